//! Rules for names: no two things with one name in any language, and no rename that renames nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use crate::model::Api;
use crate::naming::{LANGUAGES, Language, Owner, OwnerKind, owners};
use crate::problem::Place;
use crate::suggest::did_you_mean;
use crate::{python, rust, typescript};

/// Checks the names of everything in every language.
pub(super) fn check(check: &mut Check, api: &Api) {
    let owners = owners(api);
    for (language, key) in LANGUAGES {
        for owner in &owners {
            members(check, api, owner, language, key);
        }
        types(check, api, language, key);
    }
    renames(check, api, &owners);
}

fn members(check: &mut Check, api: &Api, owner: &Owner, language: Language, key: &str) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (wire, name) in &owner.members {
        let name = member_name(api, owner, language, wire, name);
        if let Some(other) = seen.insert(name.clone(), wire) {
            let message = format!("`{other}` and `{wire}` are both called `{name}` in {key}");
            let help = format!("give one of them another name in names.yaml, under {key}: {}.{wire}: ...", owner.key);
            check.problem_with_help("colliding-names", place(api, owner, wire), message, help);
        }
    }
}

fn member_name(api: &Api, owner: &Owner, language: Language, wire: &str, name: &str) -> String {
    let names = &api.names;
    match (language, owner.kind) {
        (Language::Rust, OwnerKind::Fields) => rust::names::field(names, &owner.key, wire),
        (Language::Rust, OwnerKind::Values) => rust::names::variant(names, &owner.key, wire, name),
        (Language::TypeScript, OwnerKind::Fields) => typescript::names::field(names, &owner.key, wire),
        (Language::TypeScript, OwnerKind::Values) => typescript::names::value(names, &owner.key, wire, name),
        (Language::Python, OwnerKind::Fields) => python::names::field(names, &owner.key, wire),
        (Language::Python, OwnerKind::Values) => python::names::value(names, &owner.key, wire, name),
    }
}

/// Named types, parameters and replies share one space of names.
fn types(check: &mut Check, api: &Api, language: Language, key: &str) {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for def in api.types.values() {
        seen.insert(def.name.clone(), format!("the type {}", def.name));
        if reserved(language).contains(&def.name.as_str()) {
            let message = format!("`{}` has another meaning in {key} already", def.name);
            let help = "give it a name that says what it is here, such as `OrderError`";
            check.problem_with_help("reserved-name", Place::key(&def.file, ["types", &def.name]), message, help);
        }
    }
    for method in api.methods.values() {
        let names = match language {
            Language::Rust => vec![rust::names::params_type(method), rust::names::reply_type(method)],
            Language::TypeScript => vec![
                typescript::names::method(method),
                typescript::names::params_type(method),
                typescript::names::reply_type(method),
            ],
            Language::Python => vec![python::names::method(method), python::names::reply_type(method)],
        };
        for name in names {
            if reserved(language).contains(&name.as_str()) {
                let place = Place::key(&method.file, ["methods", &method.wire]);
                check.problem("reserved-name", place, format!("`{name}` has another meaning in {key} already"));
            }
            let thing = format!("the method {}", method.wire);
            if let Some(other) = seen.insert(name.clone(), thing.clone()) {
                let place = Place::key(&method.file, ["methods", &method.wire]);
                let message = format!("{other} and {thing} both need the name `{name}` in {key}");
                check.problem("colliding-names", place, message);
            }
        }
    }
}

/// Names that have another meaning in a language.
fn reserved(language: Language) -> &'static [&'static str] {
    match language {
        Language::Rust => rust::names::RESERVED_TYPES,
        Language::TypeScript => typescript::names::RESERVED,
        Language::Python => python::names::RESERVED_TYPES,
    }
}

fn renames(check: &mut Check, api: &Api, owners: &[Owner]) {
    let keys = |owner: &Owner| -> Vec<String> {
        owner.members.iter().map(|(wire, _)| format!("{}.{wire}", owner.key)).collect()
    };
    let known: BTreeSet<String> = owners.iter().flat_map(keys).collect();
    let tables = [&api.names.rust, &api.names.typescript, &api.names.python];
    for ((_, language), table) in LANGUAGES.iter().zip(tables) {
        for key in table.keys().filter(|key| !known.contains(*key)) {
            let help = did_you_mean(key, known.iter().map(String::as_str));
            let help = help.unwrap_or_else(|| "keys are `Type.field`, `method.params.field`, `Enum.value`".to_owned());
            let place = Place::key("names.yaml", [*language, key]);
            check.problem_with_help("unused-rename", place, format!("there is nothing called `{key}`"), help);
        }
    }
    for (part, _) in &api.names.words {
        let used = owners.iter().any(|owner| owner.members.iter().any(|(wire, _)| wire.contains(part.as_str())));
        if !used {
            let place = Place::key("names.yaml", ["words", part]);
            check.problem("unused-rename", place, format!("no wire name has `{part}` in it"));
        }
    }
}

/// Where a member stands in the spec.
fn place(api: &Api, owner: &Owner, wire: &str) -> Place {
    if let Some((method, side)) = owner.key.split_once('.') {
        Place::key(&api.methods[method].file, ["methods", method, side, wire])
    } else {
        let side = if owner.kind == OwnerKind::Fields { "fields" } else { "values" };
        Place::key(&api.types[&owner.key].file, ["types", &owner.key, side, wire])
    }
}
