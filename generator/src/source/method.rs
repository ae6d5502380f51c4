//! The files of `spec/methods/`: a section of the public method list each, with its methods.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_yaml::Value;

use super::{Entries, Field};

/// One file of `spec/methods/`: a section of the public method list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MethodsFile {
    /// Name of the group, a key of `groups` in `api.yaml`.
    pub group: String,
    /// Title of the section, as the public list has it.
    pub title: String,
    /// What the section is about, in whole sentences.
    pub doc: String,
    /// The methods by their wire name.
    pub methods: Entries<MethodSource>,
}

/// One method of the API.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MethodSource {
    /// What the method is for. The first sentence stands alone as a summary; `[getOrders]` links to a method or a type.
    pub doc: String,
    /// What a call does to the account.
    pub access: Access,
    /// Whether the same call sent twice leaves the account as one call does. Left out for `access: read`, where it is true.
    pub idempotent: Option<bool>,
    /// The public page, only where it differs from the pattern in `api.yaml`.
    pub page: Option<String>,
    /// The date on which the method appeared in the public changelog.
    pub since: Option<String>,
    /// Why not to use it any more and what to use instead.
    pub deprecated: Option<String>,
    /// What can be sent, in the order of the public page.
    #[serde(default)]
    pub params: Entries<Field>,
    /// Groups of parameters of which at least one must be sent.
    #[serde(default)]
    pub require_one_of: Vec<Vec<String>>,
    /// What comes back, without the envelope (`status`, `error_code`, `error_message`).
    #[serde(default)]
    pub reply: Entries<Field>,
    /// The documented number of items that one call takes.
    pub batch: Option<Batch>,
    /// How to read more than one reply holds.
    pub paging: Option<Paging>,
    /// A call as it goes over the wire.
    pub example: Example,
}

/// What a call does to the account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Changes nothing.
    Read,
    /// Creates or changes something.
    Write,
    /// Removes something.
    Delete,
    /// Starts something outside the data: a macro, a courier's pick-up.
    Action,
}

/// The documented number of items that one call takes.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The parameter, a list or a map, that the number is about.
    pub param: String,
    /// The greatest number of items.
    pub max: u32,
}

/// How to read more than one reply holds.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(tag = "style", rename_all = "lowercase", deny_unknown_fields)]
pub enum Paging {
    /// Numbered pages, until one is short or empty.
    Page {
        /// The parameter that takes the page number.
        param: String,
        /// The number of the first page.
        first: u32,
        /// Items on a full page, where documented.
        size: Option<u32>,
        /// The reply field that holds the items.
        items: String,
    },
    /// Each call goes on from the greatest value seen.
    Cursor {
        /// The parameter that takes the cursor.
        param: String,
        /// The field of an item that the cursor is made of.
        field: String,
        /// How the next cursor follows from the greatest value seen.
        advance: Advance,
        /// Items in a full reply, where documented.
        size: Option<u32>,
        /// The reply field that holds the items.
        items: String,
    },
}

/// How the next cursor follows from the greatest value seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Advance {
    /// The value itself: the API starts behind it.
    Same,
    /// The value plus one: the API starts at it.
    Next,
}

/// A call as it goes over the wire, with its quirks.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The parameters.
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub request: Value,
    /// The reply without `status`.
    #[serde(default)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub reply: Value,
}
