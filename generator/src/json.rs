//! YAML values as JSON values, in the same order.

use serde_json::{Map, Value};
use serde_yaml::Value as Yaml;

/// The JSON value that a YAML value stands for. Keys that are numbers become texts.
pub fn to_json(yaml: &Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(*flag),
        Yaml::Number(number) => number_to_json(number),
        Yaml::String(text) => Value::String(text.clone()),
        Yaml::Sequence(items) => items.iter().map(to_json).collect(),
        Yaml::Mapping(entries) => {
            entries.iter().map(|(key, value)| (key_text(key), to_json(value))).collect::<Map<_, _>>().into()
        }
        Yaml::Tagged(tagged) => to_json(&tagged.value),
    }
}

fn number_to_json(number: &serde_yaml::Number) -> Value {
    match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(int), ..) => int.into(),
        (_, Some(int), _) => int.into(),
        (.., Some(float)) => float.into(),
        _ => Value::Null,
    }
}

fn key_text(key: &Yaml) -> String {
    match key {
        Yaml::String(text) => text.clone(),
        other => to_json(other).to_string(),
    }
}
