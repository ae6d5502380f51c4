//! What of a reply may stand in a report: never a value of a person, a token or a text somebody typed. Names are told if they look
//! like names of the API, and so are values where the spec has an enum; whatever else there is, is told by its kind and its number.

use serde_json::Value;

/// What stands for a name that is not told, and for the keys of maps.
pub const HIDDEN: &str = "*";

/// The greatest number of characters of a name, and of a value of an enum.
const LONGEST_NAME: usize = 40;
const LONGEST_VALUE: usize = 24;

/// The greatest number of digits in either: more make a phone number, an identifier, a token.
const MOST_DIGITS: usize = 3;

/// The greatest number of different names that an object of the API, and of different values that an enum is thought to have and the
/// spec not: more are the keys of a map, or what people typed, and none is told.
pub const MOST: usize = 20;

/// A key of an object, as it may be told: `price_brutto`, `orderIDs`.
pub fn key(name: &str) -> &str {
    let is_word = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_word && name.len() <= LONGEST_NAME && few_digits(name) { name } else { HIDDEN }
}

/// A value where the spec has an enum, if it may be told: a small number, or words of small or of capital letters.
pub fn value(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => number.as_i64().filter(|number| number.abs() < 1000).map(|number| number.to_string()),
        Value::String(text) => {
            let is_word = |is_letter: fn(&u8) -> bool| {
                text.bytes().next().is_some_and(|byte| is_letter(&byte))
                    && text.bytes().all(|byte| is_letter(&byte) || byte.is_ascii_digit() || byte == b'_')
            };
            let is_number = text.len() <= MOST_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit());
            let is_value = is_word(u8::is_ascii_lowercase) || is_word(u8::is_ascii_uppercase) || is_number;
            (is_value && !text.is_empty() && text.len() <= LONGEST_VALUE && few_digits(text)).then(|| text.clone())
        }
        _ => None,
    }
}

/// The name of a method, as it may be told.
pub fn method(name: &str) -> &str {
    let is_name = name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().any(|byte| byte.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphabetic());
    if is_name && name.len() <= LONGEST_NAME { name } else { HIDDEN }
}

/// An error code, as it may be told; couriers have codes of their own.
pub fn error_code(code: &str, is_known: bool) -> String {
    let is_code = code.starts_with("ERROR_") && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    if is_known || is_code && code.len() <= 2 * LONGEST_NAME { code.to_owned() } else { "another code".to_owned() }
}

fn few_digits(text: &str) -> bool {
    text.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn names_of_the_api_are_told_and_nothing_else() {
        for name in ["priority", "price_brutto", "orderIDs", "extra_field_2", "a"] {
            assert_eq!(key(name), name);
        }
        let hidden = ["Anna", "anna@example.com", "48600100200", "a b", "ż", "", "_x", "order_123456", "name|pl"];
        for name in hidden {
            assert_eq!(key(name), HIDDEN, "{name}");
        }
        assert_eq!(key(&"a".repeat(41)), HIDDEN);
    }

    #[test]
    fn values_are_told_if_they_look_like_those_of_an_enum() {
        for told in [json!("kauflandcz"), json!("blconnect_7"), json!("EXPT"), json!("13"), json!(13), json!(-1)] {
            let text = told.as_str().map_or_else(|| told.to_string(), str::to_owned);
            assert_eq!(value(&told), Some(text));
        }
        let hidden = [
            json!("Anna"),
            json!("Anna Kowalska"),
            json!("anna.k"),
            json!("a@b.pl"),
            json!("48600"),
            json!("1-23-ABC"),
            json!("aBcDeF"),
            json!("a".repeat(25)),
            json!(48600),
            json!(1.5),
            json!(["a"]),
            json!(true),
            json!(""),
        ];
        for hidden in hidden {
            assert_eq!(value(&hidden), None, "{hidden}");
        }
    }
}
