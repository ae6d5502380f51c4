//! The files of `spec/types/`: named types, and the field that methods and objects share.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::Value;

use super::Entries;

/// One file of `spec/types/`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypesFile {
    /// The types by their name, upper camel case.
    pub types: Entries<TypeSource>,
}

/// A named type. Exactly one of `id`, `enum` and `fields` says which kind it is.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TypeSource {
    /// What a value stands for and where it comes from, in whole sentences.
    pub doc: String,
    /// An identifier of something in the account: what it is on the wire.
    pub id: Option<Scalar>,
    /// Regular expression that every value of a text identifier matches.
    pub pattern: Option<String>,
    /// A set of values with meanings: what they are on the wire.
    #[serde(rename = "enum")]
    pub enumeration: Option<Scalar>,
    /// The values of an enum with their meanings.
    #[serde(default)]
    pub values: Entries<EnumValue>,
    /// The fields of an object.
    pub fields: Option<Entries<Field>>,
    /// For an enum: values besides these may be sent. For an object: so may further keys.
    #[serde(default)]
    pub open: bool,
}

/// What an identifier or an enum is on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scalar {
    /// A whole number.
    Int,
    /// A text.
    Text,
}

/// One value of an enum.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EnumValue {
    /// Its name in snake case, where the value itself makes none (numbers need one).
    pub name: Option<String>,
    /// What the value means.
    pub doc: String,
    /// The date on which it appeared in the public changelog.
    pub since: Option<String>,
    /// Why not to use it any more and what to use instead.
    pub deprecated: Option<String>,
}

/// A parameter, a reply field or a field of an object.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// `int`, `bool`, `decimal`, `money`, `text`, `timestamp`, `date`, `file`, `json`, `list(T)`, `map(K, T)`,
    /// `text_or(T)`, or the name of a type in `spec/types`.
    #[serde(rename = "type")]
    pub ty: String,
    /// What it means, in whole sentences.
    pub doc: String,
    /// To be sent: the call is refused without it. In a reply: an identity, without which the whole reply fails.
    #[serde(default)]
    pub required: bool,
    /// What the API takes when it is not sent.
    #[schemars(with = "Option<serde_json::Value>")]
    pub default: Option<Value>,
    /// Greatest number of characters of a text.
    pub max_length: Option<u32>,
    /// Smallest value of a number.
    pub min: Option<f64>,
    /// Greatest value of a number.
    pub max: Option<f64>,
    /// Greatest number of items of a list or a map.
    pub max_items: Option<u32>,
    /// Greatest size of a file in bytes.
    pub max_bytes: Option<u32>,
    /// Unit of a number, a key of `units` in `api.yaml`.
    pub unit: Option<String>,
    /// In a reply: the parameter that asks for it; without it the field is absent.
    pub only_with: Option<String>,
    /// In a reply: other keys that the same value was seen under.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Why the type is `json` and nothing more exact.
    pub reason: Option<String>,
    /// The date on which it appeared in the public changelog.
    pub since: Option<String>,
    /// Why not to use it any more and what to use instead.
    pub deprecated: Option<String>,
}
