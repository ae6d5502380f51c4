//! How a type of the spec is written in Python: as an annotation, and in the description of a field that the runtime reads.

use std::collections::BTreeSet;

use crate::model::{Api, Scalar, Type, TypeKind};

/// What annotations of a module name, by where it comes from.
#[derive(Debug, Default)]
pub(super) struct Imports {
    /// Named types of the API.
    pub(super) types: BTreeSet<String>,
    /// Items of the runtime.
    pub(super) runtime: BTreeSet<&'static str>,
    /// `collections.abc`.
    pub(super) containers: BTreeSet<&'static str>,
    /// Whether `Decimal` is named.
    pub(super) decimal: bool,
    /// Whether `datetime` is named.
    pub(super) datetime: bool,
}

/// Where an annotation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// A parameter, which takes all that can be sent.
    Param,
    /// A field of an object that is only sent.
    Sent,
    /// A field of an object that is received.
    Received,
}

/// The annotation of a type; what it names is added to the imports.
pub(super) fn annotation(imports: &mut Imports, ty: &Type, side: Side) -> String {
    match ty {
        Type::Int => "int".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::Text => "str".to_owned(),
        Type::Decimal | Type::Money => {
            imports.decimal = true;
            if side == Side::Received { "Decimal" } else { "Decimal | int" }.to_owned()
        }
        Type::Timestamp => runtime(imports, "Timestamp"),
        Type::File => runtime(imports, "File"),
        Type::Json => runtime(imports, "Json"),
        Type::Date => {
            imports.datetime = true;
            "datetime.date".to_owned()
        }
        Type::List(item) => {
            let item = annotation(imports, item, side);
            format!("{}[{item}]", container(imports, side, "Sequence", "list"))
        }
        Type::Map(key, item) => {
            let (key, item) = (annotation(imports, key, side), annotation(imports, item, side));
            format!("{}[{key}, {item}]", container(imports, side, "Mapping", "dict"))
        }
        Type::TextOr(item) => format!("str | {}", annotation(imports, item, side)),
        Type::Named(name) => {
            imports.types.insert(name.clone());
            name.clone()
        }
    }
}

fn runtime(imports: &mut Imports, name: &'static str) -> String {
    imports.runtime.insert(name);
    name.to_owned()
}

fn container(imports: &mut Imports, side: Side, taken: &'static str, held: &'static str) -> &'static str {
    if side == Side::Param {
        imports.containers.insert(taken);
        return taken;
    }
    held
}

/// A type as the runtime reads it: as in the spec, but that identifiers are what they are on the wire.
pub(super) fn described(api: &Api, ty: &Type) -> String {
    match ty {
        Type::Money => "decimal".to_owned(),
        Type::List(item) => format!("list({})", described(api, item)),
        Type::Map(key, item) => format!("map({}, {})", described(api, key), described(api, item)),
        Type::TextOr(item) => format!("text_or({})", described(api, item)),
        Type::Named(name) => match &api.type_def(name).kind {
            TypeKind::Id { wire: Scalar::Int, .. } => "id".to_owned(),
            TypeKind::Id { wire: Scalar::Text, .. } => "text_id".to_owned(),
            _ => name.clone(),
        },
        plain => plain.to_string(),
    }
}
