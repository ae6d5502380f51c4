//! What the keys of a spec say beside the doc, in words that fit every language.

use crate::model::{Access, Field, Method, Paging};

/// What is allowed in a field and when it is there, as short sentences.
pub fn of_field(field: &Field) -> Vec<String> {
    let limits = &field.limits;
    let mut notes = Vec::new();
    notes.extend(limits.max_length.map(|max| format!("At most {max} characters.")));
    notes.extend(match (limits.min, limits.max) {
        (Some(min), Some(max)) => Some(format!("From {min} to {max}.")),
        (Some(min), None) => Some(format!("At least {min}.")),
        (None, Some(max)) => Some(format!("At most {max}.")),
        (None, None) => None,
    });
    notes.extend(limits.max_items.map(|max| format!("At most {max} items.")));
    notes.extend(limits.max_bytes.map(|max| format!("At most {} MiB.", max / (1024 * 1024))));
    notes.extend(field.unit.as_ref().map(|unit| format!("In {unit}.")));
    notes.extend(field.default.as_ref().map(|default| format!("Default: `{default}`.")));
    notes.extend(field.only_with.as_ref().map(|param| format!("Only with `{param}`.")));
    if !field.aliases.is_empty() {
        notes.push(format!("Also read from `{}`.", field.aliases.join("`, `")));
    }
    notes.extend(field.since.as_ref().map(|date| format!("Since {date}.")));
    notes
}

/// What a call does, its limits and its paging, as short sentences.
pub fn of_method(method: &Method) -> Vec<String> {
    let mut notes = vec![access(method).to_owned()];
    notes.extend(method.batch.as_ref().map(|batch| format!("Takes at most {} `{}` a call.", batch.max, batch.param)));
    notes.extend(method.paging.as_ref().map(paging));
    for names in &method.require_one_of {
        notes.push(format!("Needs one of `{}`.", names.join("`, `")));
    }
    notes.extend(method.since.as_ref().map(|date| format!("Since {date}.")));
    notes
}

fn access(method: &Method) -> &'static str {
    match (method.access, method.idempotent) {
        (Access::Read, _) => "Reads only.",
        (Access::Write, true) => "Writes; the same call sent twice does no more than one.",
        (Access::Write, false) => "Writes; the same call sent twice acts twice.",
        (Access::Delete, true) => "Deletes; the same call sent twice does no more than one.",
        (Access::Delete, false) => "Deletes; the same call sent twice acts twice.",
        (Access::Action, true) => "Starts something; the same call sent twice does no more than one.",
        (Access::Action, false) => "Starts something; the same call sent twice acts twice.",
    }
}

fn paging(paging: &Paging) -> String {
    let full = |size: &Option<u32>| size.map_or_else(String::new, |size| format!(", {size} on a full one"));
    match paging {
        Paging::Page { param, first, size, .. } => {
            format!("Pages are numbered by `{param}` from {first} on{}.", full(size))
        }
        Paging::Cursor { param, field, size, .. } => {
            let full = size.map_or_else(String::new, |size| format!(", {size} in a full reply"));
            format!("Continues by `{param}`, made of the greatest `{field}` seen{full}.")
        }
    }
}
