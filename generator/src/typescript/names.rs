//! All naming in TypeScript.

use heck::{ToLowerCamelCase, ToUpperCamelCase};

use crate::model::{Method, Names};
use crate::naming::{renamed, split_words};

/// Words that cannot name a function, sorted: reserved words of ECMAScript 2025, in strict mode and in modules.
const KEYWORDS: &[&str] = &[
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// Names that a type or a method cannot have, sorted: what the package exports beside them, what its files import, and
/// what they take from the language. A test holds them against the runtime.
pub const RESERVED: &[&str] = &[
    "API",
    "Access",
    "ApiError",
    "BaseLinkerError",
    "BatchFailure",
    "BatchedMethod",
    "BatchedRequest",
    "Batches",
    "BlockInfo",
    "BlockedError",
    "CalendarDate",
    "CallEnd",
    "CallError",
    "CallInfo",
    "CallOptions",
    "Client",
    "ClientSettings",
    "ConfigError",
    "Date",
    "Decimal",
    "DecodeError",
    "Decoded",
    "Error",
    "ErrorCode",
    "FileContent",
    "Follow",
    "FollowOptions",
    "FollowedMethod",
    "FollowedRequest",
    "HttpError",
    "HttpRequest",
    "HttpResponse",
    "Id",
    "Items",
    "Json",
    "JsonObject",
    "Method",
    "Mismatch",
    "NO_RETRY",
    "NextOptions",
    "Observer",
    "Open",
    "PagedMethod",
    "PagedRequest",
    "Pages",
    "Permit",
    "RateLimiter",
    "Readonly",
    "Record",
    "Refusal",
    "RefusedError",
    "Repeat",
    "Reply",
    "Request",
    "RetryChanges",
    "RetryPolicy",
    "SlidingWindow",
    "Timestamp",
    "Transport",
    "TransportError",
    "TransportFailure",
    "TransportReason",
    "Type",
    "bool",
    "callInBatches",
    "callRaw",
    "canonical",
    "code",
    "createClient",
    "date",
    "decimal",
    "decodeReply",
    "encode",
    "fetchTransport",
    "file",
    "follow",
    "id",
    "int",
    "items",
    "json",
    "list",
    "map",
    "maxItems",
    "method",
    "numberEntries",
    "object",
    "objectWith",
    "pageSize",
    "pages",
    "params",
    "required",
    "text",
    "textCode",
    "textEntries",
    "textId",
    "textOr",
    "timestamp",
];

/// Properties that all objects have, sorted: one that may be absent cannot be called so.
const INHERITED: &[&str] = &[
    "constructor",
    "hasOwnProperty",
    "isPrototypeOf",
    "propertyIsEnumerable",
    "toLocaleString",
    "toString",
    "valueOf",
];

/// The property in which a reply keeps the keys that are not documented.
pub const EXTRA: &str = "extra";

/// A property name: lower camel case. Keywords are allowed as properties.
#[must_use]
pub fn field(names: &Names, owner: &str, wire: &str) -> String {
    renamed(&names.typescript, owner, wire, || {
        let name = split_words(wire, &names.words).to_lower_camel_case();
        let is_taken = name == EXTRA || name.is_empty() || INHERITED.contains(&name.as_str());
        if is_taken { format!("{name}_") } else { name }
    })
}

/// The property that the runtime makes of a wire name by itself: what stands behind underscores becomes a capital.
#[must_use]
pub fn by_rule(wire: &str) -> String {
    let mut name = String::with_capacity(wire.len());
    let mut underscores = 0;
    for c in wire.chars() {
        if c == '_' {
            underscores += 1;
        } else if underscores > 0 && c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_uppercase());
            underscores = 0;
        } else {
            name.extend(std::iter::repeat_n('_', underscores));
            name.push(c);
            underscores = 0;
        }
    }
    name.extend(std::iter::repeat_n('_', underscores));
    name
}

/// The name of an enum's value: upper camel case.
#[must_use]
pub fn value(names: &Names, owner: &str, wire: &str, name: &str) -> String {
    renamed(&names.typescript, owner, wire, || name.to_upper_camel_case())
}

/// The function that makes a request of a method.
#[must_use]
pub fn method(method: &Method) -> String {
    let name = method.wire.to_lower_camel_case();
    if KEYWORDS.contains(&name.as_str()) { format!("{name}_") } else { name }
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

/// The constant that says how an object is read and sent.
#[must_use]
pub fn descriptor(type_name: &str) -> String {
    format!("{}Type", type_name.to_lower_camel_case())
}

/// The constant that stands for an error code.
#[must_use]
pub fn error_code(code: &str) -> String {
    code.trim_start_matches("ERROR_").to_upper_camel_case()
}

/// The constant that holds the examples of a group.
#[must_use]
pub fn examples(group: &str) -> String {
    format!("{}Examples", group.to_lower_camel_case())
}

/// The module of the types of a spec file: `types/order_other.yaml` is `orderOther`.
#[must_use]
pub fn types_module(file: &str) -> String {
    let stem = file.rsplit('/').next().unwrap_or(file);
    stem.trim_end_matches(".yaml").to_lower_camel_case()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields() {
        let cases =
            [("order_id", "orderId"), ("outerItemId", "outerItemId"), ("to_string", "toString_"), ("2nd", "2nd")];
        for (wire, expected) in cases {
            assert_eq!(field(&Names::default(), "Order", wire), expected);
        }
    }

    #[test]
    fn the_rule_of_the_runtime() {
        let cases = [("order_id", "orderId"), ("a__b_1", "aB1"), ("_x", "X"), ("x_", "x_"), ("x_\u{17c}", "x_\u{17c}")];
        for (wire, expected) in cases {
            assert_eq!(by_rule(wire), expected);
        }
    }

    #[test]
    fn keywords_are_sorted() {
        assert!(KEYWORDS.is_sorted());
        assert!(RESERVED.is_sorted());
        assert!(INHERITED.is_sorted());
    }
}
