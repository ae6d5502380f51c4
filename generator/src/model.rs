//! The API after all checks: sorted, complete, free of any language. What emitters read.

mod types;

use std::collections::BTreeMap;

use serde_json::Value;

pub use crate::source::{Access, Advance, Batch, ChangeKind, Limits, PackageRelease, Paging, Retry, Scalar};
pub use types::{EnumValue, Type, TypeDef, TypeKind};

/// The whole API.
#[derive(Debug)]
pub struct Api {
    /// The date of the public changelog that the spec describes.
    pub changelog_date: String,
    /// Where calls are posted to.
    pub endpoint: String,
    /// The HTTP header that carries the token.
    pub token_header: String,
    /// The public changelog.
    pub changelog_page: String,
    /// The budget of a token.
    pub limits: Limits,
    /// Known error codes, in the order of the spec.
    pub errors: Vec<ErrorCode>,
    /// Groups in the order of the public list.
    pub groups: Vec<Group>,
    /// Methods by wire name.
    pub methods: BTreeMap<String, Method>,
    /// Named types by name.
    pub types: BTreeMap<String, TypeDef>,
    /// The names that rules get wrong.
    pub names: Names,
    /// The upstream changelog, newest first.
    pub changelog: Vec<Change>,
    /// What was released of the packages, newest first.
    pub releases: Vec<Release>,
}

/// A known error code.
#[derive(Debug)]
pub struct ErrorCode {
    /// The code on the wire.
    pub code: String,
    /// What happened and what to do.
    pub doc: String,
    /// The message that comes with it.
    pub message: Option<String>,
    /// Whether the same call may be sent again.
    pub retry: Retry,
}

/// A group of the public method list.
#[derive(Debug)]
pub struct Group {
    /// Its name in the spec, snake case.
    pub name: String,
    /// Its title in the public list.
    pub title: String,
    /// What it is about.
    pub doc: String,
}

/// One method.
#[derive(Debug)]
pub struct Method {
    /// The name on the wire.
    pub wire: String,
    /// The file of the spec it comes from, such as `methods/orders.yaml`.
    pub file: String,
    /// The name of its group.
    pub group: String,
    /// The title of its section in the public list.
    pub section: String,
    /// What it is for.
    pub doc: String,
    /// Its public page.
    pub page: String,
    /// What a call does to the account.
    pub access: Access,
    /// Whether sending the same call twice does the same as sending it once.
    pub idempotent: bool,
    /// When it appeared.
    pub since: Option<String>,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
    /// What can be sent, in the order of the public page.
    pub params: Vec<Field>,
    /// Groups of parameters of which at least one must be sent.
    pub require_one_of: Vec<Vec<String>>,
    /// What comes back.
    pub reply: Vec<Field>,
    /// The number of items one call takes.
    pub batch: Option<Batch>,
    /// How to read more than one reply holds.
    pub paging: Option<Paging>,
    /// The parameters of the example call, a JSON object.
    pub example_request: Value,
    /// The reply of the example call, a JSON object without `status`.
    pub example_reply: Value,
}

/// A parameter, a reply field or a field of an object.
#[derive(Debug, Clone)]
pub struct Field {
    /// The name on the wire.
    pub wire: String,
    /// Other keys of a reply that mean the same.
    pub aliases: Vec<String>,
    /// Its type.
    pub ty: Type,
    /// What it means.
    pub doc: String,
    /// Whether a request must have it, or a reply cannot do without.
    pub required: bool,
    /// What the API takes when it is not sent.
    pub default: Option<Value>,
    /// What values are allowed.
    pub limits: FieldLimits,
    /// Unit, spelled out.
    pub unit: Option<String>,
    /// The parameter that asks for it.
    pub only_with: Option<String>,
    /// When it appeared.
    pub since: Option<String>,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
}

/// What values of a field are allowed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FieldLimits {
    /// Greatest number of characters.
    pub max_length: Option<u32>,
    /// Smallest number.
    pub min: Option<f64>,
    /// Greatest number.
    pub max: Option<f64>,
    /// Greatest number of items.
    pub max_items: Option<u32>,
    /// Greatest size in bytes.
    pub max_bytes: Option<u32>,
}

/// The names that rules get wrong.
#[derive(Debug, Default)]
pub struct Names {
    /// Parts of wire names, with the words they stand for.
    pub words: Vec<(String, String)>,
    /// Names in Rust, by the thing they name.
    pub rust: BTreeMap<String, String>,
    /// Names in TypeScript.
    pub typescript: BTreeMap<String, String>,
    /// Names in Python.
    pub python: BTreeMap<String, String>,
}

/// One release.
#[derive(Debug, Clone)]
pub struct Release {
    /// The snapshot of the surface that it was made from.
    pub snapshot: String,
    /// Its packages by name, with what is to say about each.
    pub packages: Vec<(String, PackageRelease)>,
}

/// One entry of the upstream changelog.
#[derive(Debug)]
pub struct Change {
    /// Its date.
    pub date: String,
    /// What kind of change it was.
    pub kind: ChangeKind,
    /// The methods it touched.
    pub methods: Vec<String>,
    /// Methods it touched that are gone.
    pub gone: Vec<String>,
    /// Why it names no method, or why nothing of those that it names changed.
    pub reason: Option<String>,
    /// What changed.
    pub doc: String,
}

impl Api {
    /// The definition of a named type. Checks have made sure that there is one.
    #[must_use]
    pub fn type_def(&self, name: &str) -> &TypeDef {
        &self.types[name]
    }

    /// The methods of a group, by wire name.
    pub fn methods_of(&self, group: &str) -> impl Iterator<Item = &Method> {
        self.methods.values().filter(move |method| method.group == group)
    }
}
