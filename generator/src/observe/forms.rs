//! Which forms on the wire a value of a type is read from, as every runtime reads it: the table is `tests/wire`, whose cases this passes.
//! And what a value is, in words that tell nothing of it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::check::days_of;
use crate::model::{Api, Scalar, Type, TypeKind};

/// What reading one value gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Read {
    /// It means nothing: `""`, `null`, `[]` for a map and the like.
    Nothing,
    /// It is one.
    Something,
    /// It is none, and would be reported as a mismatch.
    Mismatch,
}

/// How a value reads that is neither a list, a map nor an object; those are walked through.
#[must_use]
pub fn read(api: &Api, ty: &Type, value: &Value) -> Read {
    match ty {
        Type::Int => number(value, |number| number.whole().map(|_| true)),
        Type::Timestamp => number(value, |number| number.whole().map(|seconds| seconds != 0)),
        Type::Decimal | Type::Money => number(value, |number| number.is_decimal().then_some(true)),
        Type::Bool => bool(value),
        Type::Text => text(value, |_| true),
        Type::Date => date(value),
        Type::File if value.is_number() => Read::Mismatch,
        Type::File => text(value, |text| {
            !text.strip_prefix("data:").unwrap_or(text).ends_with(',') && !matches!(text, "" | "data:")
        }),
        Type::Json => means(!value.is_null()),
        Type::Named(name) => named(&api.type_def(name).kind, value),
        Type::List(_) | Type::Map(..) | Type::TextOr(_) => Read::Mismatch,
    }
}

fn named(kind: &TypeKind, value: &Value) -> Read {
    match kind {
        TypeKind::Id { wire: Scalar::Int, .. } => {
            number(value, |number| number.whole().map(|number| !matches!(number, 0 | -1)))
        }
        TypeKind::Id { wire: Scalar::Text, .. } => text(value, |text| !matches!(text, "" | "0" | "-1")),
        TypeKind::Enum { .. } if *value == Value::Bool(false) => Read::Mismatch,
        TypeKind::Enum { wire: Scalar::Int, .. } => number(value, |number| number.whole().map(|_| true)),
        TypeKind::Enum { wire: Scalar::Text, .. } => text(value, |text| !text.is_empty()),
        TypeKind::Object { .. } => Read::Mismatch,
    }
}

/// Whether a value comes in the form that a type has in JSON, and in no other that it is read from as well.
pub fn is_plain(api: &Api, ty: &Type, value: &Value) -> bool {
    let scalar =
        |wire: Scalar| if wire == Scalar::Int { !value.is_f64() && value.is_number() } else { value.is_string() };
    match ty {
        Type::Int | Type::Timestamp => scalar(Scalar::Int),
        Type::Text | Type::Date | Type::File => scalar(Scalar::Text),
        Type::Decimal | Type::Money => value.is_number(),
        Type::Bool => value.is_boolean(),
        Type::List(_) => value.is_array(),
        Type::Map(..) => value.is_object(),
        Type::Named(name) => match &api.type_def(name).kind {
            TypeKind::Id { wire, .. } | TypeKind::Enum { wire, .. } => scalar(*wire),
            TypeKind::Object { .. } => value.is_object(),
        },
        Type::Json | Type::TextOr(_) => true,
    }
}

/// The whole number that a value is, or is the text of.
pub fn whole(value: &Value) -> Option<i64> {
    let text = value.as_str().map_or_else(|| value.to_string(), |text| trimmed(text).to_owned());
    Number::parse(&text)?.whole()
}

/// Whether a value means nothing where a list, a map or an object belongs.
pub fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn means(something: bool) -> Read {
    if something { Read::Something } else { Read::Nothing }
}

/// A number or the text of one; somebody says of it whether it means something, or is none of the kind.
fn number(value: &Value, says: impl Fn(&Number) -> Option<bool>) -> Read {
    let text = match value {
        Value::Null | Value::Bool(false) => return Read::Nothing,
        Value::Number(number) => number.to_string(),
        Value::String(text) if trimmed(text).is_empty() => return Read::Nothing,
        Value::String(text) => trimmed(text).to_owned(),
        _ => return Read::Mismatch,
    };
    Number::parse(&text).and_then(|number| says(&number)).map_or(Read::Mismatch, means)
}

fn text(value: &Value, says: impl Fn(&str) -> bool) -> Read {
    match value {
        Value::Null | Value::Bool(false) => Read::Nothing,
        Value::String(text) => means(says(text)),
        Value::Number(number) => means(says(&number.to_string())),
        _ => Read::Mismatch,
    }
}

fn bool(value: &Value) -> Read {
    match value {
        Value::Bool(_) => Read::Something,
        Value::String(text) if matches!(trimmed(text), "true" | "false") => Read::Something,
        _ => number(value, |number| number.whole().filter(|number| matches!(number, 0 | 1)).map(|_| true)),
    }
}

fn date(value: &Value) -> Read {
    match value {
        Value::Null => Read::Nothing,
        Value::String(text) => match trimmed(text) {
            "" | "0000-00-00" => Read::Nothing,
            day if is_day(day) => Read::Something,
            _ => Read::Mismatch,
        },
        _ => Read::Mismatch,
    }
}

fn is_day(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        && days_of(text).is_some()
        && !text.starts_with("0000")
}

fn trimmed(text: &str) -> &str {
    text.trim_matches([' ', '\t', '\n', '\r'])
}

/// A decimal number of any size, by its digits.
struct Number {
    is_negative: bool,
    /// Without zeros at the front.
    digits: String,
    /// How many of them stand behind the point; below zero, how many zeros follow them.
    scale: i64,
}

impl Number {
    /// Reads `[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?`.
    fn parse(text: &str) -> Option<Self> {
        let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
        let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let exponent_digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        if ![whole, fraction, exponent_digits].into_iter().all(is_digits) {
            return None;
        }
        let fraction = if mantissa.contains('.') { fraction } else { "" };
        let digits = format!("{whole}{fraction}").trim_start_matches('0').to_owned();
        // An exponent beyond 64 bits is beyond everything, but for zero.
        let exponent: i64 = if digits.is_empty() { 0 } else { exponent.parse().ok()? };
        let scale = i64::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        Some(Self { is_negative: text.starts_with('-'), digits, scale })
    }

    /// The number, if it is a whole one of 64 bits.
    fn whole(&self) -> Option<i64> {
        if self.digits.is_empty() {
            return Some(0);
        }
        let behind = usize::try_from(self.scale.max(0)).ok()?;
        let (whole, fraction) = self.digits.split_at_checked(self.digits.len().checked_sub(behind)?)?;
        let zeros = usize::try_from(self.scale.min(0).checked_neg()?).ok().filter(|zeros| *zeros < 20)?;
        let number: i128 = format!("{whole}{}", "0".repeat(zeros)).parse().ok()?;
        let number = if self.is_negative { -number } else { number };
        i64::try_from(number).ok().filter(|_| fraction.bytes().all(|byte| byte == b'0'))
    }

    /// Whether it is one of at most 28 digits, and at most as many behind the point.
    fn is_decimal(&self) -> bool {
        let digits = i64::try_from(self.digits.len()).unwrap_or(i64::MAX);
        digits == 0 || self.scale <= 28 && digits.saturating_sub(self.scale.min(0)) <= 28
    }
}

/// What a value is, in words that tell nothing of it.
pub fn kind(value: &Value) -> String {
    match value {
        Value::Array(items) if !items.is_empty() => {
            let first = if items[0].is_array() { "list".to_owned() } else { kind(&items[0]) };
            format!("list of {first}")
        }
        _ => simple_kind(value).to_owned(),
    }
}

fn simple_kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "decimal",
        Value::Number(_) => "int",
        Value::String(text) => match trimmed(text) {
            "" => "empty text",
            text if Number::parse(text).is_some() => "text of a number",
            text if is_day(text) => "text of a date",
            _ => "text",
        },
        Value::Array(_) => "empty list",
        Value::Object(map) if map.is_empty() => "empty object",
        Value::Object(_) => "object",
    }
}

/// The type that values of some kinds may have, as the spec writes it; `json` where nobody can tell.
pub fn guess<'k>(kinds: impl Iterator<Item = &'k str>) -> String {
    let kinds: BTreeSet<&str> =
        kinds.filter(|kind| !matches!(*kind, "null" | "empty text" | "empty list" | "empty object")).collect();
    let only = |fit: &[&str]| !kinds.is_empty() && kinds.iter().all(|kind| fit.contains(kind));
    let items: Vec<&str> = kinds.iter().filter_map(|kind| kind.strip_prefix("list of ")).collect();
    if !items.is_empty() && items.len() == kinds.len() && !items.contains(&"list") {
        return format!("list({})", guess(items.into_iter()));
    }
    let table: &[(&str, &[&str])] = &[
        ("bool", &["bool"]),
        ("date", &["text of a date"]),
        ("text", &["text of a number"]),
        ("int", &["int", "text of a number"]),
        ("decimal", &["int", "decimal", "text of a number"]),
        ("text", &["int", "text", "text of a date", "text of a number"]),
    ];
    table.iter().find(|(_, fit)| only(fit)).map_or("json", |(ty, _)| ty).to_owned()
}
