//! What a bent reply must be read as: the reply as it was, less the keys that are missing in the bent one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Map, Value};

/// The key that the mock adds where it adds one that nobody documented.
const UNDOCUMENTED: &str = "mock_undocumented";

/// The names that fields have besides their own, as the spec lists them.
static ALIASES: LazyLock<BTreeMap<String, Vec<String>>> = LazyLock::new(|| {
    let api = serde_json::from_str(include_str!("../../../../generated/api.json")).expect("JSON");
    let mut aliases = BTreeMap::new();
    collect(&api, &mut aliases);
    assert!(!aliases.is_empty(), "the spec has aliases");
    aliases
});

fn collect(value: &Value, aliases: &mut BTreeMap<String, Vec<String>>) {
    if let (Some(name), Some(others)) = (value["name"].as_str(), value["aliases"].as_array()) {
        let others = others.iter().filter_map(Value::as_str).map(str::to_owned);
        aliases.entry(name.to_owned()).or_default().extend(others);
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, aliases)),
        Value::Object(map) => map.values().for_each(|item| collect(item, aliases)),
        _ => {}
    }
}

/// The plain reply with what the bent one took out and put in, but with every value as it was.
pub fn expected(plain: &Value, bent: &Value) -> Value {
    match (plain, bent) {
        (Value::Object(plain), Value::Object(bent)) => Value::Object(object(plain, bent)),
        (Value::Array(plain), Value::Array(bent)) => {
            assert_eq!(plain.len(), bent.len(), "no item of a list is lost");
            plain.iter().zip(bent).map(|(plain, bent)| expected(plain, bent)).collect()
        }
        // An empty object, written as PHP writes it, to which a key was added.
        (Value::Array(plain), Value::Object(bent)) if plain.is_empty() => Value::Object(object(&Map::new(), bent)),
        // An object without any of its keys is written as PHP writes an empty map.
        (Value::Object(plain), Value::Array(items)) if items.is_empty() && !plain.contains_key("0") => bent.clone(),
        // A map of consecutive numbers may come as a list, in the order of the numbers.
        (Value::Object(plain), Value::Array(bent)) => {
            let at = |(key, plain): (&String, &Value)| {
                let bent = key
                    .parse::<usize>()
                    .ok()
                    .and_then(|key| bent.get(key))
                    .unwrap_or_else(|| panic!("{key} of {plain} is not in {bent:?}"));
                (key.clone(), expected(plain, bent))
            };
            plain.iter().map(at).collect()
        }
        // To a reader of texts an empty one is a text, while null and false are nothing.
        _ if is_nothing(plain) && is_nothing(bent) => bent.clone(),
        _ => plain.clone(),
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        _ => false,
    }
}

fn object(plain: &Map<String, Value>, bent: &Map<String, Value>) -> Map<String, Value> {
    let found = |name: &String| {
        let mut others = ALIASES.get(name).into_iter().flatten();
        bent.get(name).or_else(|| others.find_map(|other| bent.get(other)))
    };
    let kept = plain.iter().filter_map(|(name, plain)| Some((name.clone(), expected(plain, found(name)?))));
    let added = bent.get(UNDOCUMENTED).map(|added| (UNDOCUMENTED.to_owned(), added.clone()));
    kept.chain(added).collect()
}
