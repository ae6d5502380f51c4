//! Rules for methods: known group, a page, access and idempotency that go together, paging and batches that name real fields.

use std::collections::BTreeMap;

use super::fields::Side;
use super::{Check, changelog, docs, fields};
use crate::json::to_json;
use crate::model::{Field, Method, Type};
use crate::problem::Place;
use crate::source::{Access, MethodSource, MethodsFile, Paging, Source};
use crate::suggest::did_you_mean;

/// Checks every method of every file.
pub(super) fn check(check: &mut Check, source: &Source) -> BTreeMap<String, Method> {
    let mut methods: BTreeMap<String, Method> = BTreeMap::new();
    for file in &source.methods {
        section(check, source, &file.path, &file.data);
        for (wire, method) in file.data.methods.iter() {
            let place = Place::key(&file.path, ["methods", wire]);
            let checked = one(check, source, &place, wire, &file.data, method);
            if let Some(other) = methods.insert(wire.to_owned(), checked) {
                let message = format!("the method `{wire}` is there twice, also in {}", other.file);
                check.problem("doubled-method", place, message);
            }
        }
    }
    methods
}

fn section(check: &mut Check, source: &Source, path: &str, file: &MethodsFile) {
    let groups = &source.api.data.groups;
    if groups.get(&file.group).is_none() {
        let help = did_you_mean(&file.group, groups.keys());
        let help = help.unwrap_or_else(|| "groups are listed in api.yaml".to_owned());
        let place = Place::key(path, ["group"]).value();
        check.problem_with_help("unknown-group", place, format!("`{}` is not a group", file.group), help);
    }
    docs::check(check, &Place::key(path, ["doc"]), &file.doc);
}

fn one(
    check: &mut Check,
    source: &Source,
    place: &Place,
    wire: &str,
    section: &MethodsFile,
    method: &MethodSource,
) -> Method {
    name(check, place, wire);
    let params = fields::check(check, &place.below("params"), &method.params, Side::Param);
    let reply = fields::check(check, &place.below("reply"), &method.reply, Side::Reply);
    if let Some(date) = &method.since {
        changelog::date(check, &place.below("since").value(), date);
    }
    paging(check, &place.below("paging"), method, &params, &reply);
    batch(check, &place.below("batch"), method, &params);
    for names in &method.require_one_of {
        for name in names {
            known_param(check, &place.below("require_one_of").value(), &params, name);
        }
    }
    let deprecated = method.deprecated.as_deref().map(|doc| docs::check(check, &place.below("deprecated"), doc));
    Method {
        wire: wire.to_owned(),
        file: place.file.clone(),
        group: section.group.clone(),
        section: section.title.clone(),
        doc: docs::check_with_summary(check, &place.below("doc"), &method.doc),
        page: page(check, source, place, wire, method),
        access: method.access,
        idempotent: idempotent(check, place, method),
        since: method.since.clone(),
        deprecated,
        params,
        require_one_of: method.require_one_of.clone(),
        reply,
        batch: method.batch.clone(),
        paging: method.paging.clone(),
        example_request: or_empty(to_json(&method.example.request)),
        example_reply: or_empty(to_json(&method.example.reply)),
    }
}

/// An example that was left out is an empty object.
fn or_empty(value: serde_json::Value) -> serde_json::Value {
    if value.is_null() { serde_json::Value::Object(serde_json::Map::new()) } else { value }
}

fn name(check: &mut Check, place: &Place, wire: &str) {
    let lower = wire.starts_with(|c: char| c.is_ascii_lowercase());
    if !lower || !wire.chars().all(|c| c.is_ascii_alphanumeric()) {
        check.problem("bad-name", place.clone(), format!("`{wire}` is not a method name"));
    }
}

fn page(check: &mut Check, source: &Source, place: &Place, wire: &str, method: &MethodSource) -> String {
    let pattern = &source.api.data.page;
    let host = pattern.split("/index.php").next().unwrap_or(pattern);
    match &method.page {
        None => pattern.replace("{method}", wire),
        Some(page) => {
            if !page.starts_with(host) {
                let help = format!("pages of methods begin with {host}");
                let place = place.below("page").value();
                check.problem_with_help(
                    "unknown-page",
                    place,
                    "the link leads away from the public documentation",
                    help,
                );
            }
            page.clone()
        }
    }
}

fn idempotent(check: &mut Check, place: &Place, method: &MethodSource) -> bool {
    match (method.access, method.idempotent) {
        (Access::Read, None) => true,
        (Access::Read, Some(_)) => {
            check.problem("key-does-not-fit", place.below("idempotent"), "reading is always idempotent; leave it out");
            true
        }
        (_, Some(idempotent)) => idempotent,
        (_, None) => {
            let help = "say whether the same call sent twice leaves the account as one call does";
            check.problem_with_help("missing-key", place.clone(), "the key `idempotent` is missing", help);
            false
        }
    }
}

fn paging(check: &mut Check, place: &Place, method: &MethodSource, params: &[Field], reply: &[Field]) {
    let Some(paging) = &method.paging else { return };
    let (Paging::Page { param, items, .. } | Paging::Cursor { param, items, .. }) = paging;
    known_param(check, &place.below("param").value(), params, param);
    match reply.iter().find(|field| field.wire == *items) {
        None => {
            let help = did_you_mean(items, reply.iter().map(|field| field.wire.as_str()));
            let help = help.unwrap_or_else(|| "it names the list or map of the reply that is read page by page".into());
            let place = place.below("items").value();
            check.problem_with_help("unknown-field", place, format!("the reply has no field `{items}`"), help);
        }
        Some(field) if !matches!(field.ty, Type::List(_) | Type::Map(..)) => {
            let message = format!("`{items}` is neither a list nor a map");
            check.problem("paging-items", place.below("items").value(), message);
        }
        Some(_) => {}
    }
}

fn batch(check: &mut Check, place: &Place, method: &MethodSource, params: &[Field]) {
    let Some(batch) = &method.batch else { return };
    known_param(check, &place.below("param").value(), params, &batch.param);
    let field = params.iter().find(|field| field.wire == batch.param);
    if field.is_some_and(|field| !matches!(field.ty, Type::List(_) | Type::Map(..))) {
        let message = format!("`{}` is neither a list nor a map", batch.param);
        check.problem("batch-param", place.below("param").value(), message);
    }
}

fn known_param(check: &mut Check, place: &Place, params: &[Field], name: &str) {
    if params.iter().all(|field| field.wire != name) {
        let help = did_you_mean(name, params.iter().map(|field| field.wire.as_str()));
        let help = help.unwrap_or_else(|| "it names a parameter of this method".to_owned());
        check.problem_with_help("unknown-field", place.clone(), format!("there is no parameter `{name}`"), help);
    }
}
