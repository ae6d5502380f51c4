//! What counts as the same answer of two languages, and where the first difference is.

use serde_json::Value;

/// Where two answers to a reply differ first, and what is there; `None` if they say the same.
///
/// Of a reply that is no JSON they only need to say that it cannot be read: each stops where it notices.
pub fn difference(ours: &Value, theirs: &Value, is_json: bool) -> Option<String> {
    if !is_json && ours.get("error").is_some() && theirs.get("error").is_some() {
        return None;
    }
    parts(ours, theirs, "")
}

/// The same where only one of them read the earlier ones of doubled keys: what is wrong with those only it can tell.
pub fn difference_of_last(ours: &Value, theirs: &Value) -> Option<String> {
    match (ours.get("value"), theirs.get("value")) {
        (Some(ours), Some(theirs)) => parts(ours, theirs, "value"),
        (None, _) => None,
        (Some(_), None) => Some(told("", Some(ours), Some(theirs))),
    }
}

fn parts(ours: &Value, theirs: &Value, path: &str) -> Option<String> {
    match (ours, theirs) {
        (Value::Object(a), Value::Object(b)) => {
            let mut keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            keys.find_map(|key| match (a.get(key), b.get(key)) {
                (Some(a), Some(b)) if key == "found" && is_same_text(a, b) => None,
                (Some(a), Some(b)) => parts(a, b, &format!("{path}.{key}")),
                (a, b) => Some(told(&format!("{path}.{key}"), a, b)),
            })
        }
        (Value::Array(a), Value::Array(b)) => {
            let longest = a.len().max(b.len());
            (0..longest).find_map(|at| match (a.get(at), b.get(at)) {
                (Some(a), Some(b)) => parts(a, b, &format!("{path}[{at}]")),
                (a, b) => Some(told(&format!("{path}[{at}]"), a, b)),
            })
        }
        // 5.0 and 5 are one number where a language has one kind of numbers.
        (Value::Number(a), Value::Number(b)) if a.as_f64() == b.as_f64() => None,
        (a, b) if a == b => None,
        (a, b) => Some(told(path, Some(a), Some(b))),
    }
}

/// The JSON text of a value may be written anew by a language that did not keep it.
fn is_same_text(a: &Value, b: &Value) -> bool {
    let parsed = |value: &Value| value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    a == b || parsed(a).is_some_and(|a| parsed(b).is_some_and(|b| parts(&a, &b, "").is_none()))
}

fn told(path: &str, ours: Option<&Value>, theirs: Option<&Value>) -> String {
    let shown = |value: Option<&Value>| value.map_or_else(|| "nothing".to_owned(), Value::to_string);
    format!("at {}: {} and {}", path.trim_start_matches('.'), shown(ours), shown(theirs))
}
