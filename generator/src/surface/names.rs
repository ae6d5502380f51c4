//! Which public names every language has: the one table. A language that gets names for something new gets a word more in here.

use crate::model::{Method, Names};
use crate::{python, rust, typescript};

/// What makes the public names of a language.
pub(super) struct Language {
    /// Its name, under which names are written.
    pub name: &'static str,
    /// The names that a method gives, each with what is added to the name of the language.
    pub method: &'static [(&'static str, fn(&Method) -> String)],
    /// The name of a field, from the key of its owner in `names.yaml` and its name on the wire.
    pub field: fn(&Names, &str, &str) -> String,
    /// The name of an enum's value, from the key of its owner, the value on the wire and its name in the spec.
    pub value: fn(&Names, &str, &str, &str) -> String,
    /// The name of an error code, where codes have names.
    pub error: Option<fn(&str) -> String>,
    /// The name of a group, where groups have names.
    pub group: Option<fn(&str) -> String>,
}

/// All languages. Named types have the name of the spec in each of them.
pub(super) const LANGUAGES: [Language; 3] = [
    Language {
        name: "rust",
        method: &[("", rust::names::params_type), (".reply", rust::names::reply_type)],
        field: rust::names::field,
        value: rust::names::variant,
        error: Some(rust::names::constant),
        group: Some(rust::names::feature),
    },
    Language {
        name: "typescript",
        method: &[(".params", typescript::names::params_type), (".reply", typescript::names::reply_type)],
        field: typescript::names::field,
        value: typescript::names::value,
        error: None,
        group: None,
    },
    Language {
        name: "python",
        method: &[("", python::names::method), (".reply", python::names::reply_type)],
        field: python::names::field,
        value: python::names::value,
        error: None,
        group: None,
    },
];
