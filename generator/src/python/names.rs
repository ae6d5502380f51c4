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

/// An attribute name: snake case, and never a keyword.
#[must_use]
pub fn field(names: &Names, owner: &str, wire: &str) -> String {
    renamed(&names.python, owner, wire, || keyword_safe(split_words(wire, &names.words).to_snake_case()))
}

/// The name of an enum's value: capitals.
#[must_use]
pub fn value(names: &Names, owner: &str, wire: &str, name: &str) -> String {
    renamed(&names.python, owner, wire, || name.to_shouty_snake_case())
}

/// The name of a method.
#[must_use]
pub fn method(method: &Method) -> String {
    keyword_safe(method.wire.to_snake_case())
}

/// The type of a method's reply.
#[must_use]
pub fn reply_type(method: &Method) -> String {
    format!("{}Reply", method.wire.to_upper_camel_case())
}

fn keyword_safe(name: String) -> String {
    if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        for (wire, expected) in [("itemId", "item_id"), ("from", "from_"), ("None", "none"), ("class", "class_")] {
            assert_eq!(field(&Names::default(), "Order", wire), expected);
        }
    }

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
    }
}
