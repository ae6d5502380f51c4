//! Rules for fields: a type that exists, keys that fit the type, one of each name.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Check, docs};
use crate::json::to_json;
use crate::model::{Field, FieldLimits, Type};
use crate::problem::Place;
use crate::source;
use crate::suggest::did_you_mean;
use crate::type_expr::{self, BUILT_IN};

/// Where a field stands, which decides what it may say.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// A parameter of a method.
    Param,
    /// A field of a method's reply.
    Reply,
    /// A field of an object, which may be sent or received.
    Object,
}

/// Checks the fields at a place.
pub(super) fn check(
    check: &mut Check,
    place: &Place,
    fields: &source::Entries<source::Field>,
    side: Side,
) -> Vec<Field> {
    let mut keys = BTreeSet::new();
    let mut checked = Vec::new();
    for (wire, field) in fields.iter() {
        let place = place.below(wire);
        for key in [wire].into_iter().chain(field.aliases.iter().map(String::as_str)) {
            if !keys.insert(key.to_owned()) {
                check.problem("doubled-field", place.clone(), format!("two fields take the key `{key}`"));
            }
        }
        if wire.is_empty() || wire.contains(char::is_whitespace) {
            check.problem("bad-name", place.clone(), format!("`{wire}` is not a field name"));
        }
        checked.push(one(check, &place, wire, field, side));
    }
    checked
}

fn one(check: &mut Check, place: &Place, wire: &str, field: &source::Field, side: Side) -> Field {
    let ty = ty(check, &place.below("type").value(), &field.ty);
    keys_fit(check, place, field, &ty, side);
    for date in [&field.since].into_iter().flatten() {
        super::changelog::date(check, &place.below("since").value(), date);
    }
    let deprecated = field.deprecated.as_deref().map(|doc| docs::check(check, &place.below("deprecated"), doc));
    Field {
        wire: wire.to_owned(),
        aliases: field.aliases.clone(),
        doc: docs::check(check, &place.below("doc"), &field.doc),
        required: field.required,
        default: field.default.as_ref().map(to_json),
        limits: FieldLimits {
            max_length: field.max_length,
            min: field.min,
            max: field.max,
            max_items: field.max_items,
            max_bytes: field.max_bytes,
        },
        unit: unit(check, place, field),
        only_with: field.only_with.clone(),
        since: field.since.clone(),
        deprecated,
        ty,
    }
}

fn unit(check: &mut Check, place: &Place, field: &source::Field) -> Option<String> {
    let unit = field.unit.as_ref()?;
    let long = check.units.get(unit).cloned();
    if long.is_none() {
        let help = did_you_mean(unit, check.units.keys().map(String::as_str));
        let help = help.unwrap_or_else(|| "units are listed in api.yaml".to_owned());
        check.problem_with_help("unknown-unit", place.below("unit").value(), format!("`{unit}` is not a unit"), help);
    }
    long
}

fn ty(check: &mut Check, place: &Place, text: &str) -> Type {
    match type_expr::parse(text) {
        Err(message) => {
            let help = "all types are listed in spec/README.md";
            check.problem_with_help("bad-type", place.clone(), message, help);
            Type::Json
        }
        Ok(ty) => {
            inner(check, place, &ty);
            ty
        }
    }
}

fn inner(check: &mut Check, place: &Place, ty: &Type) {
    match ty {
        Type::Named(name) if !check.types.contains_key(name) => {
            let known = BUILT_IN.iter().copied().chain(check.types.keys().map(String::as_str));
            let help = did_you_mean(name, known).unwrap_or_else(|| "all types are listed in spec/README.md".into());
            check.problem_with_help("unknown-type", place.clone(), format!("`{name}` is not a type"), help);
        }
        Type::List(item) | Type::TextOr(item) => inner(check, place, item),
        Type::Map(key, item) => {
            inner(check, place, key);
            inner(check, place, item);
            let is_key = match &**key {
                Type::Int | Type::Text => true,
                Type::Named(name) => check.types.get(name).is_none_or(|ty| ty.is_key),
                _ => false,
            };
            if !is_key {
                let message = "the key of a map is `text`, `int`, an identifier or an enum";
                check.problem("bad-map-key", place.clone(), message);
            }
        }
        _ => {}
    }
}

/// A key of a field that makes sense for some types only.
fn keys_fit(check: &mut Check, place: &Place, field: &source::Field, ty: &Type, side: Side) {
    let number = matches!(ty, Type::Int | Type::Decimal | Type::Money);
    let many = matches!(ty, Type::List(_) | Type::Map(..));
    let texts = holds_text(ty);
    let received = side != Side::Param;
    let rules = [
        ("max_length", field.max_length.is_some(), texts, "is for texts"),
        ("min", field.min.is_some(), number, "is for numbers"),
        ("max", field.max.is_some(), number, "is for numbers"),
        ("unit", field.unit.is_some(), number, "is for numbers"),
        ("max_items", field.max_items.is_some(), many, "is for lists and maps"),
        ("max_bytes", field.max_bytes.is_some(), *ty == Type::File, "is for files"),
        ("reason", field.reason.is_some(), holds_json(ty), "is for the type `json`"),
        ("default", field.default.is_some(), side != Side::Reply, "is for what is sent"),
        ("only_with", field.only_with.is_some(), received, "is for replies"),
        ("aliases", !field.aliases.is_empty(), received, "is for replies"),
        (
            "required",
            field.required,
            side == Side::Param || !many,
            "says that the reply fails without it; a list may be empty",
        ),
    ];
    for (key, given, fits, why) in rules {
        if given && !fits && !(key == "required" && side == Side::Object) {
            check.problem("key-does-not-fit", place.below(key), format!("`{key}` {why}"));
        }
    }
    if holds_json(ty) && field.reason.is_none() {
        let help = "give an exact type, or say why there is none: reason: \"...\"";
        check.problem_with_help("json-without-reason", place.below("type").value(), "`json` needs a reason", help);
    }
    if let (Some(min), Some(max)) = (field.min, field.max)
        && min > max
    {
        check.problem("empty-range", place.below("min"), format!("no number is from {min} to {max}"));
    }
    if let Some(default) = &field.default
        && !default_fits(&to_json(default), ty)
    {
        let message = format!("the default does not fit the type `{}`", field.ty);
        check.problem("bad-default", place.below("default").value(), message);
    }
}

fn default_fits(default: &Value, ty: &Type) -> bool {
    match ty {
        Type::Int | Type::Timestamp => default.is_i64(),
        Type::Bool => default.is_boolean(),
        Type::Decimal | Type::Money => default.is_number(),
        Type::Text | Type::Date => default.is_string(),
        Type::Named(_) => default.is_string() || default.is_i64(),
        _ => false,
    }
}

fn holds_text(ty: &Type) -> bool {
    match ty {
        Type::List(item) | Type::Map(_, item) => holds_text(item),
        // An identifier or an open enum may be a text.
        Type::Text | Type::TextOr(_) | Type::Named(_) => true,
        _ => false,
    }
}

fn holds_json(ty: &Type) -> bool {
    match ty {
        Type::Json => true,
        Type::List(item) | Type::Map(_, item) => holds_json(item),
        _ => false,
    }
}
