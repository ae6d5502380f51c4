//! Objects as Python sees them: a class with a description of its fields that the runtime reads.

use std::collections::BTreeSet;

use serde::Serialize;

use super::types::{self, Imports, Side};
use super::{docs, example, names};
use crate::model::{Api, Field, Type};

#[derive(Debug, Serialize)]
pub(super) struct ClassView {
    pub(super) name: String,
    pub(super) doc: String,
    pub(super) wire: Vec<String>,
    pub(super) open: bool,
    pub(super) extra: bool,
    pub(super) fields: Vec<FieldView>,
}

#[derive(Debug, Serialize)]
pub(super) struct FieldView {
    name: String,
    annotation: String,
    default: &'static str,
    doc: String,
}

/// What the classes of a module need of the runtime when they are made.
pub(super) fn runtime_of(classes: &[ClassView]) -> BTreeSet<&'static str> {
    let mut used = BTreeSet::new();
    let has = |default: &str| classes.iter().flat_map(|class| &class.fields).any(|field| field.default == default);
    used.extend((!classes.is_empty()).then_some("Object"));
    used.extend(has("EMPTY_LIST").then_some("EMPTY_LIST"));
    used.extend((has("EMPTY_MAP") || classes.iter().any(|class| class.extra)).then_some("EMPTY_MAP"));
    used
}

/// A class of objects; its own doc is for the caller to set.
pub(super) fn class_view(
    api: &Api,
    named: &mut Imports,
    owner: &str,
    fields: &[Field],
    side: Side,
    sent: bool,
) -> ClassView {
    ClassView {
        name: owner.to_owned(),
        doc: String::new(),
        wire: tuple("    ", fields.iter().map(|field| wire(api, owner, field)).collect()),
        open: false,
        extra: true,
        fields: fields.iter().map(|field| field_view(api, named, owner, field, side, sent)).collect(),
    }
}

/// The description of a field, as a tuple.
pub(super) fn wire(api: &Api, owner: &str, field: &Field) -> String {
    let name = names::field(&api.names, owner, &field.wire);
    let required = if field.required { "!" } else { "" };
    let mut parts = vec![field.wire.clone(), format!("{}{required}", types::described(api, &field.ty))];
    if name != field.wire || !field.aliases.is_empty() {
        parts.push(name);
        parts.extend(field.aliases.iter().cloned());
    }
    let parts: Vec<String> = parts.iter().map(|part| example::text_literal(part)).collect();
    format!("({})", parts.join(", "))
}

/// A tuple as the formatter leaves it, as lines behind their indentation; nothing if it is empty.
pub(super) fn tuple(margin: &str, items: Vec<String>) -> Vec<String> {
    match items.as_slice() {
        [] => Vec::new(),
        [only] => vec![format!("({only},)")],
        _ => {
            let items = items.into_iter().map(|item| format!("{margin}    {item},"));
            ["(".to_owned()].into_iter().chain(items).chain([format!("{margin})")]).collect()
        }
    }
}

fn field_view(api: &Api, named: &mut Imports, owner: &str, field: &Field, side: Side, sent: bool) -> FieldView {
    let name = names::field(&api.names, owner, &field.wire);
    let annotation = types::annotation(named, &field.ty, side);
    let (default, optional) = match field.ty {
        _ if field.required => ("", false),
        // What is sent tells an empty list, which clears, from none, which keeps.
        Type::List(_) if !sent => ("EMPTY_LIST", false),
        Type::Map(..) if !sent => ("EMPTY_MAP", false),
        _ => ("None", true),
    };
    let lines = docs::wrapped(&docs::field(api, field, &name), 4);
    FieldView {
        annotation: if optional { format!("{annotation} | None") } else { annotation },
        default,
        doc: docs::quoted(&lines, 4),
        name,
    }
}
