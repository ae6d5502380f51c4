//! All naming in Python.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

use crate::model::{Method, Names};
use crate::naming::{renamed, split_words};

/// Words that cannot be identifiers, sorted: `keyword.kwlist` of Python 3.14.
const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Attributes that would hide, within their class, what annotations name, or have a meaning already; sorted.
const RESERVED_FIELDS: &[&str] = &["bool", "datetime", "dict", "extra", "int", "list", "str"];

/// Names that a type cannot have, sorted: what generated modules import, and built-in names that they use.
pub const RESERVED_TYPES: &[&str] = &[
    "Any",
    "BatchLimit",
    "BatchedRequest",
    "CursorStyle",
    "Decimal",
    "DeprecationWarning",
    "False",
    "File",
    "FollowedRequest",
    "Json",
    "Mapping",
    "Method",
    "NewType",
    "None",
    "Object",
    "OpenInt",
    "OpenText",
    "PageStyle",
    "PagedRequest",
    "Request",
    "Sequence",
    "Timestamp",
    "True",
];

/// An attribute name: snake case, and never a keyword.
#[must_use]
pub fn field(names: &Names, owner: &str, wire: &str) -> String {
    renamed(&names.python, owner, wire, || {
        let name = keyword_safe(split_words(wire, &names.words).to_snake_case());
        if RESERVED_FIELDS.contains(&name.as_str()) { format!("{name}_") } else { identifier(name, "n") }
    })
}

/// The name of an enum's value: capitals.
#[must_use]
pub fn value(names: &Names, owner: &str, wire: &str, name: &str) -> String {
    renamed(&names.python, owner, wire, || identifier(name.to_shouty_snake_case(), "N"))
}

/// The name of a method.
#[must_use]
pub fn method(method: &Method) -> String {
    keyword_safe(method.wire.to_snake_case())
}

/// The constant that describes a method.
#[must_use]
pub fn constant(method: &Method) -> String {
    format!("_{}", method.wire.to_shouty_snake_case())
}

/// The type of a method's reply.
#[must_use]
pub fn reply_type(method: &Method) -> String {
    format!("{}Reply", method.wire.to_upper_camel_case())
}

/// The module of what a file of the spec describes: `methods/orders.yaml` gives `orders`.
#[must_use]
pub fn module(file: &str) -> String {
    let stem = file.rsplit('/').next().unwrap_or(file).trim_end_matches(".yaml");
    keyword_safe(stem.to_snake_case())
}

fn keyword_safe(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

/// A name that no identifier can be made of gets a letter before it; an underscore would say that it is private.
fn identifier(name: String, letter: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() { format!("{letter}{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        let cases = [
            ("itemId", "item_id"),
            ("from", "from_"),
            ("None", "none"),
            ("class", "class_"),
            ("2nd", "n2nd"),
            ("extra", "extra_"),
            ("list", "list_"),
        ];
        for (wire, expected) in cases {
            assert_eq!(field(&Names::default(), "Order", wire), expected);
        }
    }

    #[test]
    fn modules() {
        assert_eq!(module("methods/orders.yaml"), "orders");
        assert_eq!(module("types/class.yaml"), "class_");
    }

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
        assert!(RESERVED_FIELDS.is_sorted());
        assert!(RESERVED_TYPES.is_sorted());
    }
}
