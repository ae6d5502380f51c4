//! Rules for named types: one kind each, enum values that differ, names that are names.

use std::collections::{BTreeMap, BTreeSet};

use super::fields::Side;
use super::{Check, changelog, docs, fields};
use crate::model::{EnumValue, Scalar, TypeDef, TypeKind};
use crate::problem::Place;
use crate::source::{self, Source, TypeSource};
use crate::type_expr::BUILT_IN;

/// Checks every type of every file.
pub(super) fn check(check: &mut Check, source: &Source) -> BTreeMap<String, TypeDef> {
    let mut types = BTreeMap::new();
    for file in &source.types {
        for (name, ty) in file.data.types.iter() {
            let place = Place::key(&file.path, ["types", name]);
            name_is_one(check, &place, name);
            let def = TypeDef {
                name: name.to_owned(),
                file: file.path.clone(),
                doc: docs::check_with_summary(check, &place.below("doc"), &ty.doc),
                kind: kind(check, &place, ty),
                groups: BTreeSet::new(),
                sent: false,
                received: false,
            };
            if let Some(other) = types.insert(name.to_owned(), def) {
                let message = format!("the type `{name}` is there twice, also in {}", other.file);
                check.problem("doubled-type", place, message);
            }
        }
    }
    types
}

fn name_is_one(check: &mut Check, place: &Place, name: &str) {
    let upper = name.starts_with(|c: char| c.is_ascii_uppercase());
    if !upper || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        let help = "a type is named in upper camel case, `OrderProduct`";
        check.problem_with_help("bad-name", place.clone(), format!("`{name}` is not a type name"), help);
    } else if BUILT_IN.contains(&name.to_lowercase().as_str()) {
        check.problem("bad-name", place.clone(), format!("`{name}` is too near to the built-in type"));
    }
}

fn kind(check: &mut Check, place: &Place, ty: &TypeSource) -> TypeKind {
    if ty.pattern.is_some() && ty.id != Some(Scalar::Text) {
        check.problem("key-does-not-fit", place.below("pattern"), "`pattern` is for identifiers that are texts");
    }
    if let Some(Err(error)) = ty.pattern.as_deref().map(regex_lite::Regex::new) {
        check.problem("bad-pattern", place.below("pattern").value(), format!("not a regular expression: {error}"));
    }
    if !ty.values.is_empty() && ty.enumeration.is_none() {
        check.problem("key-does-not-fit", place.below("values"), "`values` are for an enum");
    }
    if ty.open && ty.id.is_some() {
        check.problem("key-does-not-fit", place.below("open"), "`open` is for enums and objects");
    }
    match (&ty.id, &ty.enumeration, &ty.fields) {
        (Some(wire), None, None) => TypeKind::Id { wire: *wire, pattern: ty.pattern.clone() },
        (None, Some(wire), None) => {
            TypeKind::Enum { wire: *wire, open: ty.open, values: values(check, place, *wire, &ty.values) }
        }
        (None, None, Some(fields)) => {
            let fields = fields::check(check, &place.below("fields"), fields, Side::Object);
            TypeKind::Object { open: ty.open, fields }
        }
        _ => {
            let message = "a type has one of the keys `id`, `enum` and `fields`, which says what kind it is";
            check.problem("type-kind", place.clone(), message);
            TypeKind::Object { open: false, fields: Vec::new() }
        }
    }
}

fn values(
    check: &mut Check,
    place: &Place,
    wire: Scalar,
    values: &source::Entries<source::EnumValue>,
) -> Vec<EnumValue> {
    if values.is_empty() {
        check.problem("enum-without-values", place.clone(), "an enum needs `values`");
    }
    let mut names = BTreeSet::new();
    let mut checked = Vec::new();
    for (value, source) in values.iter() {
        let place = place.below("values").below(value);
        if wire == Scalar::Int && value.parse::<i64>().is_err() {
            check.problem("bad-enum-value", place.clone(), format!("`{value}` is not a whole number"));
        }
        let name = source.name.clone().unwrap_or_else(|| value.to_owned());
        if !is_snake_case(&name) {
            let message = format!("the value `{value}` needs a `name` in snake case");
            check.problem("bad-name", place.clone(), message);
        }
        if !names.insert(name.clone()) {
            check.problem("doubled-enum-value", place.clone(), format!("two values are named `{name}`"));
        }
        if let Some(date) = &source.since {
            changelog::date(check, &place.below("since").value(), date);
        }
        let deprecated = source.deprecated.as_deref().map(|doc| docs::check(check, &place.below("deprecated"), doc));
        checked.push(EnumValue {
            wire: value.to_owned(),
            doc: docs::check(check, &place.below("doc"), &source.doc),
            since: source.since.clone(),
            deprecated,
            name,
        });
    }
    checked
}

fn is_snake_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
