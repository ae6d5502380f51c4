//! `spec/drift.yaml`: where the spec says something else than the public documentation, on purpose.

use schemars::JsonSchema;
use serde::Deserialize;

/// `spec/drift.yaml`: the differences from the public documentation that are meant.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DriftFile {
    /// One entry for each decision. Where several fit a difference, the first counts.
    pub exceptions: Vec<DriftException>,
}

/// A decision to differ, for one field or for many.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DriftException {
    /// What kind of thing differs.
    pub kind: DriftKind,
    /// The methods that it is about; all of them when left out.
    #[serde(default)]
    pub methods: Vec<String>,
    /// Whether it is about what is sent or what comes back; both when left out.
    pub side: Option<DriftSide>,
    /// The paths of the fields, such as `orders[].products[].sku`; `*` stands for anything. Left out for a method or a section.
    #[serde(default)]
    pub fields: Vec<String>,
    /// What the spec says: `absent`, `present`, `optional`, `required`, the family of a type, or a section.
    pub spec: String,
    /// What the public documentation says, in the same words.
    pub upstream: String,
    /// Why the spec is right, in whole sentences.
    pub reason: String,
    /// Where to read about it; the public page of the method when left out.
    pub link: Option<String>,
}

/// What kind of thing differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DriftKind {
    /// Whether there is such a method.
    Method,
    /// In which section of the public list a method stands.
    Section,
    /// Whether there is such a field.
    Field,
    /// What the value of a field is.
    Type,
    /// Whether a parameter must be sent.
    Required,
}

/// What is sent, or what comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum DriftSide {
    /// The parameters.
    Params,
    /// The reply.
    Reply,
}
