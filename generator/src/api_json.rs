//! `api.json`: the whole checked API in one file, for programs that go by method name and data, such as a stand-in for the API.

use serde_json::{Map, Value, json};

use crate::model::{Access, Api, EnumValue, ErrorCode, Field, Method, Retry, Scalar, TypeDef, TypeKind};
use crate::source::{Advance, Paging};

/// The file, by its path below the output folder.
#[must_use]
pub fn emit(api: &Api) -> Vec<(String, String)> {
    let methods: Map<String, Value> = api.methods.values().map(|one| (one.wire.clone(), method(one))).collect();
    let types: Map<String, Value> = api.types.values().map(|def| (def.name.clone(), type_def(def))).collect();
    let groups = api.groups.iter().map(|group| json!({ "name": group.name, "title": group.title, "doc": group.doc }));
    let whole = json!({
        "version": api.version("schemas").to_string(),
        "changelog_date": api.changelog_date,
        "endpoint": api.endpoint,
        "token_header": api.token_header,
        "limits": { "calls_per_minute": api.limits.calls_per_minute, "block_seconds": api.limits.block_seconds },
        "errors": api.errors.iter().map(error).collect::<Value>(),
        "groups": groups.collect::<Value>(),
        "methods": methods,
        "types": types,
    });
    // Plain data always prints.
    let text = serde_json::to_string_pretty(&whole).unwrap_or_default();
    vec![("api.json".to_owned(), text + "\n")]
}

fn error(error: &ErrorCode) -> Value {
    let retry = match error.retry {
        Retry::Never => "never",
        Retry::AfterBlock => "after_block",
    };
    object([
        ("code", Some(json!(error.code))),
        ("doc", Some(json!(error.doc))),
        ("message", error.message.as_ref().map(|message| json!(message))),
        ("retry", Some(json!(retry))),
    ])
}

fn method(method: &Method) -> Value {
    let access = match method.access {
        Access::Read => "read",
        Access::Write => "write",
        Access::Delete => "delete",
        Access::Action => "action",
    };
    let one_of = &method.require_one_of;
    object([
        ("group", Some(json!(method.group))),
        ("section", Some(json!(method.section))),
        ("doc", Some(json!(method.doc))),
        ("page", Some(json!(method.page))),
        ("access", Some(json!(access))),
        ("idempotent", Some(json!(method.idempotent))),
        ("since", text(method.since.as_ref())),
        ("deprecated", text(method.deprecated.as_ref())),
        ("params", Some(fields(&method.params))),
        ("require_one_of", (!one_of.is_empty()).then(|| json!(one_of))),
        ("reply", Some(fields(&method.reply))),
        ("batch", method.batch.as_ref().map(|batch| json!({ "param": batch.param, "max": batch.max }))),
        ("paging", method.paging.as_ref().map(paging)),
        ("example", Some(json!({ "request": method.example_request, "reply": method.example_reply }))),
    ])
}

fn paging(paging: &Paging) -> Value {
    match paging {
        Paging::Page { param, first, size, items } => {
            json!({ "style": "page", "param": param, "first": first, "size": size, "items": items })
        }
        Paging::Cursor { param, field, advance, size, items } => {
            let advance = match advance {
                Advance::Same => "same",
                Advance::Next => "next",
            };
            json!({ "style": "cursor", "param": param, "field": field, "advance": advance, "size": size, "items": items })
        }
    }
}

fn fields(fields: &[Field]) -> Value {
    fields.iter().map(field).collect()
}

fn field(field: &Field) -> Value {
    let limits = &field.limits;
    object([
        ("name", Some(json!(field.wire))),
        ("type", Some(json!(field.ty.to_string()))),
        ("doc", Some(json!(field.doc))),
        ("required", field.required.then(|| json!(true))),
        ("default", field.default.clone()),
        ("max_length", limits.max_length.map(|max| json!(max))),
        ("min", limits.min.map(|min| json!(min))),
        ("max", limits.max.map(|max| json!(max))),
        ("max_items", limits.max_items.map(|max| json!(max))),
        ("max_bytes", limits.max_bytes.map(|max| json!(max))),
        ("unit", text(field.unit.as_ref())),
        ("only_with", text(field.only_with.as_ref())),
        ("aliases", (!field.aliases.is_empty()).then(|| json!(field.aliases))),
        ("since", text(field.since.as_ref())),
        ("deprecated", text(field.deprecated.as_ref())),
    ])
}

fn type_def(def: &TypeDef) -> Value {
    let open = |open: bool| open.then(|| json!(true));
    match &def.kind {
        TypeKind::Id { wire, pattern } => object([
            ("doc", Some(json!(def.doc))),
            ("id", Some(json!(scalar(*wire)))),
            ("pattern", text(pattern.as_ref())),
        ]),
        TypeKind::Enum { wire, open: is_open, values } => object([
            ("doc", Some(json!(def.doc))),
            ("enum", Some(json!(scalar(*wire)))),
            ("open", open(*is_open)),
            ("values", Some(values.iter().map(|one| value(one, *wire)).collect())),
        ]),
        TypeKind::Object { open: is_open, fields: known } => {
            object([("doc", Some(json!(def.doc))), ("open", open(*is_open)), ("fields", Some(fields(known)))])
        }
    }
}

fn value(value: &EnumValue, wire: Scalar) -> Value {
    object([
        ("value", Some(value.json(wire))),
        ("name", Some(json!(value.name))),
        ("doc", Some(json!(value.doc))),
        ("since", text(value.since.as_ref())),
        ("deprecated", text(value.deprecated.as_ref())),
    ])
}

fn scalar(wire: Scalar) -> &'static str {
    match wire {
        Scalar::Int => "int",
        Scalar::Text => "text",
    }
}

fn text(text: Option<&String>) -> Option<Value> {
    text.map(|text| json!(text))
}

/// An object of the keys that have a value.
fn object<const N: usize>(keys: [(&str, Option<Value>); N]) -> Value {
    keys.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect::<Map<_, _>>().into()
}
