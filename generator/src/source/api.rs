//! `spec/api.yaml`, `spec/names.yaml` and `spec/changelog.yaml`: what is said once for all methods.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Entries;

/// `spec/api.yaml`: the API as a whole.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiFile {
    /// The date of the public changelog that the spec describes. It stands nowhere else.
    pub changelog_date: String,
    /// Where calls are posted to.
    pub endpoint: String,
    /// The public page of a method, with `{method}` in the place of its name.
    pub page: String,
    /// The public changelog.
    pub changelog_page: String,
    /// The HTTP header that carries the token.
    pub token_header: String,
    /// The budget that every token has.
    pub limits: Limits,
    /// The error codes that are known.
    pub errors: Entries<ErrorCode>,
    /// The groups of the public method list, in its order.
    pub groups: Entries<GroupSource>,
    /// The units that fields name, with their spelled out form.
    pub units: Entries<String>,
}

/// The budget that every token has.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Calls a minute and token.
    pub calls_per_minute: u32,
    /// How long a token stays blocked past the limit, in seconds.
    pub block_seconds: u32,
}

/// One error code.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ErrorCode {
    /// What happened and what to do about it.
    pub doc: String,
    /// The message that comes with it, where it is known.
    pub message: Option<String>,
    /// Whether the same call may be sent again.
    pub retry: Retry,
}

/// Whether the same call may be sent again after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Retry {
    /// It will fail again.
    Never,
    /// Any call may be, once the time in the message has come: it was refused at the gate.
    AfterBlock,
}

/// A group of the public method list; a cargo feature in Rust.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupSource {
    /// The title in the public list.
    pub title: String,
    /// What the group is about.
    pub doc: String,
}

/// `spec/names.yaml`: where the rules that make names from wire names get one wrong.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NamesFile {
    /// Parts of wire names that case rules split wrongly, with the words they stand for.
    #[serde(default)]
    pub words: Entries<String>,
    /// Names in Rust, by `Type.field`, `method.params.field`, `method.reply.field` or `Enum.value`.
    #[serde(default)]
    pub rust: Entries<String>,
    /// Names in TypeScript, by the same keys.
    #[serde(default)]
    pub typescript: Entries<String>,
    /// Names in Python, by the same keys.
    #[serde(default)]
    pub python: Entries<String>,
}

/// `spec/changelog.yaml`: the upstream changelog, newest first.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangelogFile {
    /// One entry for each line upstream.
    pub entries: Vec<ChangelogEntry>,
}

/// One line of the upstream changelog.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangelogEntry {
    /// Its date.
    pub date: String,
    /// What kind of change it was.
    pub kind: ChangeKind,
    /// The methods it touched.
    #[serde(default)]
    pub methods: Vec<String>,
    /// Methods it touched that the API has no more.
    #[serde(default)]
    pub gone: Vec<String>,
    /// What changed, in own words.
    pub doc: String,
    /// Why no method is named, where none is, or why nothing that the spec knows of them changed.
    pub reason: Option<String>,
}

/// What kind of change an upstream entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Something new.
    Added,
    /// Something works another way.
    Changed,
    /// Something will go away.
    Deprecated,
    /// Something went away.
    Removed,
}

impl ChangeKind {
    /// The word that stands for it in files.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Changed => "changed",
            Self::Deprecated => "deprecated",
            Self::Removed => "removed",
        }
    }
}
