//! What the naming rules of all languages share: words of a wire name, and renames from `spec/names.yaml`.

use std::collections::BTreeMap;

use crate::model::{Api, Method, TypeKind};

/// A language that names are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Rust.
    Rust,
    /// TypeScript.
    TypeScript,
    /// Python.
    Python,
}

/// All languages, with the key of `names.yaml` that holds their renames.
pub const LANGUAGES: [(Language, &str); 3] =
    [(Language::Rust, "rust"), (Language::TypeScript, "typescript"), (Language::Python, "python")];

/// A wire name whose words are apart in the way that case rules expect: `orderIDs` becomes `order_Ids`.
pub fn split_words(wire: &str, words: &[(String, String)]) -> String {
    words.iter().fold(wire.to_owned(), |name, (part, apart)| name.replace(part.as_str(), &format!("_{apart}_")))
}

/// Something whose fields or values need different names: its key in `names.yaml` and the wire names in it.
#[derive(Debug)]
pub struct Owner<'a> {
    /// `getOrders.params`, `getOrders.reply`, or the name of a type.
    pub key: String,
    /// What is named.
    pub kind: OwnerKind,
    /// Wire names, and the names the spec gives them.
    pub members: Vec<(&'a str, &'a str)>,
}

/// What the members of an owner are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnerKind {
    /// Fields.
    Fields,
    /// Values of an enum.
    Values,
}

/// Everything in an API that has members with names.
pub fn owners(api: &Api) -> Vec<Owner<'_>> {
    let methods = api.methods.values().flat_map(|method| {
        [(params_key(method), &method.params), (reply_key(method), &method.reply)].map(|(key, fields)| Owner {
            key,
            kind: OwnerKind::Fields,
            members: fields.iter().map(|field| (field.wire.as_str(), field.wire.as_str())).collect(),
        })
    });
    let types = api.types.values().filter_map(|def| match &def.kind {
        TypeKind::Id { .. } => None,
        TypeKind::Object { fields, .. } => Some(Owner {
            key: def.name.clone(),
            kind: OwnerKind::Fields,
            members: fields.iter().map(|field| (field.wire.as_str(), field.wire.as_str())).collect(),
        }),
        TypeKind::Enum { values, .. } => Some(Owner {
            key: def.name.clone(),
            kind: OwnerKind::Values,
            members: values.iter().map(|value| (value.wire.as_str(), value.name.as_str())).collect(),
        }),
    });
    methods.chain(types).collect()
}

/// The key of a method's parameters in `names.yaml`.
pub fn params_key(method: &Method) -> String {
    format!("{}.params", method.wire)
}

/// The key of a method's reply in `names.yaml`.
pub fn reply_key(method: &Method) -> String {
    format!("{}.reply", method.wire)
}

/// The name of a member: as `names.yaml` has it, or as the rule of a language makes it.
pub fn renamed(renames: &BTreeMap<String, String>, owner: &str, wire: &str, rule: impl FnOnce() -> String) -> String {
    renames.get(&format!("{owner}.{wire}")).cloned().unwrap_or_else(rule)
}
