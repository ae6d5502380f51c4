//! All naming in Rust.

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

use crate::model::{Method, Names};
use crate::naming::{renamed, split_words};

/// Words that cannot be identifiers, sorted: strict and reserved keywords of the Rust reference, edition 2024.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static", "struct", "super",
    "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Names that a type cannot have, sorted: those of the prelude and of the runtime, which generated code uses as they are.
pub const RESERVED_TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Client",
    "Clone",
    "Copy",
    "Date",
    "Decimal",
    "Decode",
    "Default",
    "Encode",
    "Err",
    "Error",
    "Extra",
    "File",
    "Iterator",
    "Method",
    "None",
    "Ok",
    "Option",
    "Reader",
    "Reply",
    "Result",
    "Self",
    "Some",
    "String",
    "TextOr",
    "Timestamp",
    "ToJson",
    "Token",
    "Value",
    "Vec",
    "Writer",
];

/// The field in which a reply keeps the keys that are not documented.
pub const EXTRA: &str = "extra";

/// The variant of an enum that keeps a value that is not documented.
pub const OTHER: &str = "Other";

/// A field name: snake case, and never a keyword.
#[must_use]
pub fn field(names: &Names, owner: &str, wire: &str) -> String {
    renamed(&names.rust, owner, wire, || {
        let name = split_words(wire, &names.words).to_snake_case();
        if KEYWORDS.contains(&name.as_str()) || name == EXTRA { format!("{name}_") } else { identifier(name) }
    })
}

/// The name of an enum's value: upper camel case.
#[must_use]
pub fn variant(names: &Names, owner: &str, wire: &str, name: &str) -> String {
    renamed(&names.rust, owner, wire, || {
        let name = name.to_upper_camel_case();
        if KEYWORDS.contains(&name.as_str()) || name == OTHER { format!("{name}_") } else { name }
    })
}

/// The type of a method's parameters.
#[must_use]
pub fn params_type(method: &Method) -> String {
    method.wire.to_upper_camel_case()
}

/// The type of a method's reply.
#[must_use]
pub fn reply_type(method: &Method) -> String {
    format!("{}Reply", params_type(method))
}

/// The module of a method or of a type.
#[must_use]
pub fn module(name: &str) -> String {
    let module = name.to_snake_case();
    if KEYWORDS.contains(&module.as_str()) { format!("{module}_") } else { module }
}

/// The constant that stands for an error code.
#[must_use]
pub fn constant(code: &str) -> String {
    code.trim_start_matches("ERROR_").to_owned()
}

/// The cargo feature of a group.
#[must_use]
pub fn feature(group: &str) -> String {
    group.to_kebab_case()
}

/// A name that no identifier can be made of gets an `n` before it; an underscore would say that it is unused.
fn identifier(name: String) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.is_empty() { format!("n{name}") } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        let names = Names { words: vec![("IDs".into(), "ids".into())], ..Names::default() };
        let cases = [
            ("order_id", "order_id"),
            ("outerItemId", "outer_item_id"),
            ("orderIDs", "order_ids"),
            ("type", "type_"),
            ("self", "self_"),
            ("extra", "extra_"),
            ("2nd", "n2nd"),
            ("extra_field_1", "extra_field_1"),
        ];
        for (wire, expected) in cases {
            assert_eq!(field(&names, "Order", wire), expected);
        }
    }

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
        assert!(RESERVED_TYPES.is_sorted());
    }
}
