//! All naming in TypeScript.

use heck::{ToLowerCamelCase, ToUpperCamelCase};

use crate::model::{Method, Names};
use crate::naming::{renamed, split_words};

/// A property name: lower camel case. Keywords are allowed as properties.
#[must_use]
pub fn field(names: &Names, owner: &str, wire: &str) -> String {
    renamed(&names.typescript, owner, wire, || split_words(wire, &names.words).to_lower_camel_case())
}

/// The name of an enum's value: upper camel case.
#[must_use]
pub fn value(names: &Names, owner: &str, wire: &str, name: &str) -> String {
    renamed(&names.typescript, owner, wire, || name.to_upper_camel_case())
}

/// The type of a method's parameters.
#[must_use]
pub fn params_type(method: &Method) -> String {
    format!("{}Params", method.wire.to_upper_camel_case())
}

/// The type of a method's reply.
#[must_use]
pub fn reply_type(method: &Method) -> String {
    format!("{}Reply", method.wire.to_upper_camel_case())
}
