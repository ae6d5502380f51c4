//! Parameters of a call, read as leniently as the API reads them: numbers and flags may come as text.

use serde_json::{Map, Value};

/// What a call sends in `parameters`.
#[derive(Debug, Clone, Default)]
pub(crate) struct Params(pub(crate) Map<String, Value>);

impl Params {
    /// Reads the form field: none, an empty one, `[]` and `{}` all mean no parameters. `None` is not JSON.
    pub(crate) fn read(field: Option<&str>) -> Option<Self> {
        let text = field.unwrap_or_default().trim();
        if text.is_empty() {
            return Some(Self::default());
        }
        match serde_json::from_str(text) {
            Ok(Value::Object(map)) => Some(Self(map)),
            Ok(Value::Array(items)) if items.is_empty() => Some(Self::default()),
            _ => None,
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A whole number; a text that is none counts as not sent.
    pub(crate) fn int(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(int)
    }

    /// The number of a thing in the account; 0 where it is missing or none.
    pub(crate) fn id(&self, name: &str) -> u64 {
        self.int(name).and_then(|id| u64::try_from(id).ok()).unwrap_or_default()
    }

    /// A filter by number: nothing to filter by when it is missing or 0.
    pub(crate) fn filter_id(&self, name: &str) -> Option<u64> {
        Some(self.id(name)).filter(|id| *id != 0)
    }

    pub(crate) fn cents(&self, name: &str) -> Option<i64> {
        self.get(name).and_then(cents)
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name).is_some_and(flag)
    }

    /// A text that is not empty.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.get(name).map(text).filter(|text| !text.is_empty())
    }

    pub(crate) fn ids(&self, name: &str) -> Vec<u64> {
        let items = self.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        items.iter().filter_map(int).filter_map(|id| u64::try_from(id).ok()).collect()
    }

    pub(crate) fn maps(&self, name: &str) -> Vec<Map<String, Value>> {
        let items = self.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        items.iter().filter_map(Value::as_object).cloned().collect()
    }
}

pub(crate) fn int(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Bool(flag) => Some(i64::from(*flag)),
        _ => None,
    }
}

/// An amount of money in hundredths, rounded.
pub(crate) fn cents(value: &Value) -> Option<i64> {
    let amount: f64 = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => text.trim().parse().ok()?,
        _ => return None,
    };
    // Through text, as no cast of a float is safe.
    format!("{:.0}", amount * 100.0).parse().ok()
}

/// Hundredths as the number that the API sends.
pub(crate) fn money(cents: i64) -> Value {
    let sign = if cents < 0 { "-" } else { "" };
    let (whole, rest) = (cents.abs() / 100, cents.abs() % 100);
    format!("{sign}{whole}.{rest:02}").parse::<f64>().map_or(Value::Null, Value::from)
}

pub(crate) fn flag(value: &Value) -> bool {
    match value {
        Value::Bool(flag) => *flag,
        Value::String(text) => !matches!(text.as_str(), "" | "0" | "false"),
        other => int(other).is_some_and(|number| number != 0),
    }
}

pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
