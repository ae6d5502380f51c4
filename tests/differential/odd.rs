//! Odd values by type, as JSON text: every form that the decoding table knows, the borders between them, and plain nonsense.
//!
//! Left out is what decision 7 lets languages do in two ways: whole numbers between 2^53 and 2^63.

use generator::model::{Api, Scalar, Type, TypeKind};

/// What fits hardly anywhere.
pub const ANY: &[&str] = &[
    "[]",
    "{}",
    "\"\"",
    "null",
    "false",
    "true",
    "0",
    "-1",
    "5",
    "1.5",
    "\"0\"",
    "\"x\"",
    "[1]",
    "[[]]",
    "[null]",
    "[{}]",
    "[\"a\",\"b\"]",
    "{\"no_such_key\":1}",
    "{\"0\":1}",
    "{\"1\":\"2\",\"3\":null}",
    "{\"\":[]}",
    "[[1,[2]],{\"a\":{}}]",
];

const INT: &[&str] = &[
    "5",
    "5.0",
    "5.5",
    "5e2",
    "5E+2",
    "50e-1",
    "5e-1",
    "-0",
    "0.0",
    "0e5",
    "\"5\"",
    "\" 5 \"",
    "\"\\t5\\n\"",
    "\"+5\"",
    "\"-5\"",
    "\"5.0\"",
    "\"5.\"",
    "\".5\"",
    "\"5,0\"",
    "\"0x10\"",
    "\"1e3\"",
    "\"1 000\"",
    "\"1_000\"",
    "\"five\"",
    "\"--5\"",
    "\"+-5\"",
    "\"5e\"",
    "\"\\u00a05\"",
    "\"\u{665}\"",
    "\"00012\"",
    "\"-0\"",
    "\"0\"",
    "\"-1\"",
    "\" \"",
    "9007199254740991",
    "-9007199254740991",
    "99999999999999999999",
    "\"99999999999999999999\"",
    "1e400",
    "1e-400",
    "\"1e99999999999\"",
    "\"NaN\"",
    "\"Infinity\"",
    "\"null\"",
    "\"true\"",
];

const DECIMAL: &[&str] = &[
    "12.50",
    "\"12.50\"",
    "\" 12.50\"",
    "\"-12.30\"",
    "-0.00",
    "\"1.25e1\"",
    "100e-2",
    "0.000",
    "\"000.500\"",
    "\"+.5\"",
    "0.1000000000000000055511151231",
    "\"0.10000000000000000555111512312578270211815834045410156250\"",
    "1234567890123456789.123456789",
    "12345678901234567890.1234567890",
    "1e27",
    "1e28",
    "1e-28",
    "1e-29",
    "0e99",
    "1.10E+3",
    "\"12,50\"",
    "\"12.50 PLN\"",
    "12345678901234567890",
    "0.1e-27",
    "9999999999999999999999999999",
];

const BOOL: &[&str] = &[
    "1",
    "\"1\"",
    "\"0\"",
    "\"true\"",
    "\"false\"",
    "\" true \"",
    "\"TRUE\"",
    "\"yes\"",
    "\"on\"",
    "2",
    "\"2\"",
    "1.0",
    "\"1.0\"",
    "0.0",
    "1e0",
    "\"01\"",
    "0.5",
    "\"-0\"",
    "\" \"",
];

const TEXT: &[&str] = &[
    "12.50",
    "1e5",
    "1E+05",
    "-0",
    "12345678901234567890",
    "\"\\ud83d\\ude00\"",
    "\"e\\u0301\"",
    "\"\\u2028\\u2029\"",
    "\"\\u0000\"",
    "\"a\\/b\"",
    "\"\\\"\\\\\"",
    "\"<b>&amp;</b>\"",
    "\"  x  \"",
    "\"\\u007f\\u0080\\u009f\"",
    "\"\u{1d4b3} \u{17c}\u{f3}\u{142}w\"",
    "\"__proto__\"",
    "\"\\b\\f\\n\\r\\t\"",
    "\"-1\"",
    "\"\\ufeff\"",
];

const DATE: &[&str] = &[
    "\"2026-02-29\"",
    "\"2024-02-29\"",
    "\"1900-02-29\"",
    "\"0000-00-00\"",
    "\"0001-01-01\"",
    "\"9999-12-31\"",
    "\"0000-01-01\"",
    "\" 2026-04-20 \"",
    "\"2026-4-2\"",
    "\"2026-04-20 10:00:00\"",
    "\"2026-13-01\"",
    "\"2026/04/20\"",
    "\"20.04.2026\"",
    "20260420",
    "\"\u{662}026-04-20\"",
    "\" \"",
];

const FILE: &[&str] = &[
    "\"data:aGVsbG8=\"",
    "\"data:application/pdf;base64,aGVsbG8=\"",
    "\"data:;base64,aGVsbG8=\"",
    "\"data:\"",
    "\"aGVsbG8\"",
    "\"no base64, \u{17c}\"",
    "\"DATA:aGVsbG8=\"",
    "\" data:aGVsbG8=\"",
];

const JSON: &[&str] =
    &["{\"a\":[1,{\"b\":null}],\"\":\"\"}", "[[[[[[]]]]]]", "\"x\"", "-1.5", "{\"__proto__\":{\"a\":1}}"];

/// Values that nobody documented, for keys that nobody documented. Numbers are such that every language keeps them.
pub const EXTRA: &[&str] = &[
    "1",
    "-1.5",
    "\"x\"",
    "null",
    "true",
    "[]",
    "{}",
    "\"\"",
    "[1,\"2\",null]",
    "{\"a\":{\"b\":[]},\"__proto__\":1}",
    "\"\\u017c\u{f3}\u{142}w\"",
    "1e2",
];

/// Keys that nobody documented, some of which mean something to a language.
pub const KEYS: &[&str] = &[
    "undocumented",
    "extra",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "__class__",
    "__dict__",
    "self",
    "length",
    "0",
    "-1",
    "",
    "a b",
    "a.b[0]",
    "\u{17c}\u{f3}\u{142}w",
    "\u{1f600}",
    "\"quoted\\\"",
    "ORDER_ID",
    "None",
];

/// Keys that may or may not be a number.
pub const NUMBER_KEYS: &[&str] =
    &["01", " 7 ", "7.0", "7e1", "", "abc", "-7", "7.5", "99999999999999999999", "\u{667}"];

/// The odd values of a type.
pub fn of(api: &Api, ty: &Type) -> &'static [&'static str] {
    match ty {
        Type::Int | Type::Timestamp => INT,
        Type::Decimal | Type::Money => DECIMAL,
        Type::Bool => BOOL,
        Type::Text | Type::TextOr(_) => TEXT,
        Type::Date => DATE,
        Type::File => FILE,
        Type::Json => JSON,
        Type::List(_) | Type::Map(..) => ANY,
        Type::Named(name) => match &api.type_def(name).kind {
            TypeKind::Id { wire: Scalar::Int, .. } | TypeKind::Enum { wire: Scalar::Int, .. } => INT,
            TypeKind::Id { .. } | TypeKind::Enum { .. } => TEXT,
            TypeKind::Object { .. } => ANY,
        },
    }
}

/// Whether nothing is odd there, so that only values may stand there that every language keeps.
pub fn is_free(ty: &Type) -> bool {
    *ty == Type::Json
}
