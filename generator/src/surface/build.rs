//! Which facts of an API are part of its surface. Docs, titles, pages and examples are not: nothing breaks when they change.

use super::names::LANGUAGES;
use super::{Facts, Key, Kind, Surface};
use crate::model::{
    Access, Advance, Api, EnumValue, Field, FieldLimits, Method, Paging, Retry, Scalar, TypeDef, TypeKind,
};
use crate::naming::{params_key, reply_key};

/// The surface of an API.
#[must_use]
pub fn of(api: &Api) -> Surface {
    let mut surface = Surface::default();
    whole(&mut surface, api);
    for method in api.methods.values() {
        surface.add(Key::of(Kind::Method, &method.wire), method_facts(method));
        for (kind, owner, fields) in
            [(Kind::Param, params_key(method), &method.params), (Kind::Reply, reply_key(method), &method.reply)]
        {
            for field in fields {
                surface.add(Key::member(kind, &method.wire, &field.wire), field_facts(api, &owner, field));
            }
        }
    }
    for def in api.types.values() {
        surface.add(Key::of(Kind::Type, &def.name), type_facts(def));
        for field in def.fields() {
            surface.add(Key::member(Kind::Field, &def.name, &field.wire), field_facts(api, &def.name, field));
        }
        if let TypeKind::Enum { values, .. } = &def.kind {
            for value in values {
                surface.add(Key::member(Kind::Value, &def.name, &value.wire), value_facts(api, &def.name, value));
            }
        }
    }
    surface
}

impl Surface {
    fn add(&mut self, key: Key, facts: Facts) {
        let before = self.things.insert(key, facts);
        debug_assert!(before.is_none(), "the check holds names apart");
    }
}

/// What is said once for all methods.
fn whole(surface: &mut Surface, api: &Api) {
    let mut say = |kind, name: &str, facts: &[(&str, String)]| {
        let facts = facts.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
        surface.add(Key::of(kind, name), Facts(facts.collect()));
    };
    say(Kind::Api, "endpoint", &[("is", api.endpoint.clone())]);
    say(Kind::Api, "token_header", &[("is", api.token_header.clone())]);
    say(Kind::Limit, "calls_per_minute", &[("is", api.limits.calls_per_minute.to_string())]);
    say(Kind::Limit, "block_seconds", &[("is", api.limits.block_seconds.to_string())]);
    for error in &api.errors {
        let retry = match error.retry {
            Retry::Never => "never",
            Retry::AfterBlock => "after_block",
        };
        let names = LANGUAGES.iter().filter_map(|language| Some((language.name, (language.error?)(&error.code))));
        let facts: Vec<_> = [("retry", retry.to_owned())].into_iter().chain(names).collect();
        say(Kind::Error, &error.code, &facts);
    }
    for group in &api.groups {
        let names = LANGUAGES.iter().filter_map(|language| Some((language.name, (language.group?)(&group.name))));
        say(Kind::Group, &group.name, &names.collect::<Vec<_>>());
    }
}

fn method_facts(method: &Method) -> Facts {
    let mut facts = Facts::default();
    facts.set(
        "access",
        match method.access {
            Access::Read => "read",
            Access::Write => "write",
            Access::Delete => "delete",
            Access::Action => "action",
        },
    );
    facts.flag("idempotent", method.idempotent);
    facts.set("group", &method.group);
    facts.flag("deprecated", method.deprecated.is_some());
    arguments(&mut facts, &method.params);
    if !method.require_one_of.is_empty() {
        let sets: Vec<String> = method.require_one_of.iter().map(|names| names.join("|")).collect();
        facts.set("require_one_of", sets.join(" "));
    }
    if let Some(batch) = &method.batch {
        facts.set("batch", &batch.param);
        facts.set("batch.max", batch.max);
    }
    if let Some(paging) = &method.paging {
        paging_facts(&mut facts, paging);
    }
    for language in &LANGUAGES {
        for (what, name) in language.method {
            name_fact(&mut facts, &format!("{}{what}", language.name), &method.wire, &name(method));
        }
    }
    facts
}

fn paging_facts(facts: &mut Facts, paging: &Paging) {
    match paging {
        Paging::Page { param, first, size, items } => {
            facts.set("paging", "page");
            facts.set("paging.items", items);
            facts.set("paging.param", param);
            facts.set("paging.first", first);
            facts.set_some("paging.size", *size);
        }
        Paging::Cursor { param, field, advance, size, items } => {
            facts.set("paging", "cursor");
            facts.set("paging.items", items);
            facts.set("paging.param", param);
            facts.set("paging.field", field);
            facts.set("paging.advance", if *advance == Advance::Next { "next" } else { "same" });
            facts.set_some("paging.size", *size);
        }
    }
}

/// What must be given, in the order of the spec: the arguments of a constructor. One alone has no order.
fn arguments(facts: &mut Facts, fields: &[Field]) {
    let required: Vec<&str> = fields.iter().filter(|field| field.required).map(|field| field.wire.as_str()).collect();
    if required.len() > 1 {
        facts.set("arguments", required.join(" "));
    }
}

fn field_facts(api: &Api, owner: &str, field: &Field) -> Facts {
    let mut facts = Facts::default();
    facts.set("type", &field.ty);
    facts.flag("required", field.required);
    facts.flag("deprecated", field.deprecated.is_some());
    facts.set_some("default", field.default.as_ref());
    let FieldLimits { max_length, min, max, max_items, max_bytes } = &field.limits;
    facts.set_some("max_length", *max_length);
    facts.set_some("min", *min);
    facts.set_some("max", *max);
    facts.set_some("max_items", *max_items);
    facts.set_some("max_bytes", *max_bytes);
    facts.set_some("unit", field.unit.as_ref());
    facts.set_some("only_with", field.only_with.as_ref());
    if !field.aliases.is_empty() {
        facts.set("aliases", field.aliases.join(" "));
    }
    for language in &LANGUAGES {
        name_fact(&mut facts, language.name, &field.wire, &(language.field)(&api.names, owner, &field.wire));
    }
    facts
}

fn type_facts(def: &TypeDef) -> Facts {
    let mut facts = Facts::default();
    let scalar = |wire: Scalar| if wire == Scalar::Int { "int" } else { "text" };
    match &def.kind {
        TypeKind::Id { wire, pattern } => {
            facts.set("kind", format_args!("{} id", scalar(*wire)));
            facts.set_some("pattern", pattern.as_ref());
        }
        TypeKind::Enum { wire, open, .. } => {
            facts.set("kind", format_args!("{} enum", scalar(*wire)));
            facts.flag("open", *open);
        }
        TypeKind::Object { open, fields } => {
            facts.set("kind", "object");
            facts.flag("open", *open);
            if def.sent {
                arguments(&mut facts, fields);
            }
        }
    }
    facts.flag("sent", def.sent);
    facts.flag("received", def.received);
    facts
}

fn value_facts(api: &Api, owner: &str, value: &EnumValue) -> Facts {
    let mut facts = Facts::default();
    facts.flag("deprecated", value.deprecated.is_some());
    for language in &LANGUAGES {
        let name = (language.value)(&api.names, owner, &value.wire, &value.name);
        name_fact(&mut facts, language.name, &value.wire, &name);
    }
    facts
}

/// A public name, where it is not the name on the wire.
fn name_fact(facts: &mut Facts, language: &str, wire: &str, name: &str) {
    if name != wire {
        facts.set(language, name);
    }
}
