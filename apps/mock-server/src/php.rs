//! JSON as PHP writes it: `\/`, `\u0119`, and `[]` for every array without items, map or not.

use std::fmt::Write;

use serde_json::Value;

/// A value as the API would send it.
pub(crate) fn encode(value: &Value) -> String {
    let mut text = String::new();
    write_value(&mut text, value);
    text
}

fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
        Value::Number(number) => write_number(out, number),
        Value::String(text) => write_text(out, text),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(out, item);
            }
            out.push(']');
        }
        Value::Object(map) if map.is_empty() => out.push_str("[]"),
        Value::Object(map) => {
            out.push('{');
            for (index, (key, item)) in map.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(out, key);
                out.push(':');
                write_value(out, item);
            }
            out.push('}');
        }
    }
}

/// PHP writes 5.0 as 5.
fn write_number(out: &mut String, number: &serde_json::Number) {
    let text = number.to_string();
    out.push_str(text.strip_suffix(".0").unwrap_or(&text));
}

fn write_text(out: &mut String, text: &str) {
    let plain = |letter: char| matches!(letter, ' '..='~') && !matches!(letter, '"' | '\\' | '/');
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(|letter| !plain(letter)) {
        out.push_str(&rest[..at]);
        let mut letters = rest[at..].chars();
        letters.next().into_iter().for_each(|letter| write_escaped(out, letter));
        rest = letters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn write_escaped(out: &mut String, letter: char) {
    match letter {
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        '/' => out.push_str("\\/"),
        '\n' => out.push_str("\\n"),
        '\r' => out.push_str("\\r"),
        '\t' => out.push_str("\\t"),
        other => write_escapes(out, other),
    }
}

fn write_escapes(out: &mut String, character: char) {
    let mut units = [0; 2];
    for unit in character.encode_utf16(&mut units) {
        // Writing to a String cannot fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn writes_as_php_does() {
        let value = json!({"a": {}, "b": [], "c": 5.0, "d": 24.9, "e": "ę/\"\\\u{1}😀", "f": null});
        let text = r#"{"a":[],"b":[],"c":5,"d":24.9,"e":"\u0119\/\"\\\u0001\ud83d\ude00","f":null}"#;
        assert_eq!(encode(&value), text);
        assert_eq!(serde_json::from_str::<Value>(text).expect("JSON")["e"], value["e"]);
    }
}
