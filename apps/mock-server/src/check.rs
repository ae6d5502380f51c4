//! Whether parameters are what the spec says. What the API itself refuses is refused always; the rest, which it
//! silently ignores or bends, is reported in strict mode only.

use serde_json::{Map, Value};

use crate::params;
use crate::refusal::Refusal;
use crate::spec::{Api, Field, Method, Named, Scalar, Type};

/// What the API would refuse too: missing parameters and batches that are too long.
pub(crate) fn always(method: &Method, sent: &Map<String, Value>) -> Result<(), Refusal> {
    let there = |name: &str| sent.get(name).is_some_and(|value| !value.is_null() && *value != "");
    let missing = |names: &str| Err(Refusal::new("ERROR_MOCK_MISSING_PARAMETER", format!("{names} must be sent")));
    for field in method.params.iter().filter(|field| field.required) {
        // An empty comment or an empty list of products is still sent.
        if sent.get(&field.name).is_none_or(Value::is_null) {
            return missing(&field.name);
        }
    }
    for group in method.require_one_of.iter().flatten() {
        if !group.iter().any(|name| there(name)) {
            return missing(&format!("one of {}", group.join(", ")));
        }
    }
    let Some(batch) = &method.batch else { return Ok(()) };
    let items = match sent.get(&batch.param) {
        Some(Value::Array(items)) => items.len(),
        Some(Value::Object(items)) => items.len(),
        _ => 0,
    };
    if items <= batch.max {
        return Ok(());
    }
    let message = format!("{} takes at most {} items, not {items}", batch.param, batch.max);
    Err(Refusal::new("ERROR_MOCK_BATCH_TOO_LONG", message))
}

/// Everything in which a call differs from the spec, each with its path.
pub(crate) fn strict(api: &Api, method: &Method, sent: &Map<String, Value>) -> Vec<String> {
    let mut checker = Checker { api, found: Vec::new() };
    checker.object("", &method.params, false, sent);
    checker.found
}

struct Checker<'a> {
    api: &'a Api,
    found: Vec<String>,
}

impl Checker<'_> {
    fn report(&mut self, path: &str, what: &str) {
        self.found.push(format!("{path}: {what}"));
    }

    fn object(&mut self, path: &str, fields: &[Field], open: bool, sent: &Map<String, Value>) {
        let inside = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        for name in sent.keys().filter(|name| !open && !fields.iter().any(|field| field.name == **name)) {
            self.report(&inside(name), "not a parameter of this method; the API would ignore it");
        }
        for field in fields {
            match sent.get(&field.name) {
                Some(value) => self.field(&inside(&field.name), field, value),
                None if field.required => self.report(&inside(&field.name), "required"),
                None => {}
            }
        }
    }

    fn field(&mut self, path: &str, field: &Field, value: &Value) {
        self.value(path, &field.ty, value);
        let length = params::text(value).chars().count();
        if let Some(max) = field.max_length.filter(|max| value.is_string() && length > *max) {
            self.report(path, &format!("{length} characters, at most {max} are allowed"));
        }
        let items = value.as_array().map(Vec::len).or_else(|| value.as_object().map(Map::len)).unwrap_or_default();
        if let Some(max) = field.max_items.filter(|max| items > *max) {
            self.report(path, &format!("{items} items, at most {max} are allowed"));
        }
        let number = number(value);
        if let Some((number, min)) = number.zip(field.min).filter(|(number, min)| number < min) {
            self.report(path, &format!("{number} is below {min}"));
        }
        if let Some((number, max)) = number.zip(field.max).filter(|(number, max)| number > max) {
            self.report(path, &format!("{number} is above {max}"));
        }
    }

    fn value(&mut self, path: &str, ty: &Type, value: &Value) {
        let fits = match ty {
            Type::Json => true,
            Type::Int | Type::Timestamp => params::int(value).is_some() && !value.is_boolean(),
            Type::Decimal | Type::Money => number(value).is_some(),
            Type::Bool => is_flag(value),
            Type::Text | Type::Date | Type::File => value.is_string() || value.is_number(),
            Type::List(item) => return self.list(path, item, value),
            Type::Map(key, item) => return self.map(path, key, item, value),
            Type::TextOr(_) if value.is_string() => true,
            Type::TextOr(other) => return self.value(path, other, value),
            Type::Named(name) => return self.named(path, name, value),
        };
        if !fits {
            self.report(path, &format!("{value} is no {ty:?}"));
        }
    }

    fn list(&mut self, path: &str, item: &Type, value: &Value) {
        let Some(items) = value.as_array() else { return self.report(path, "not a list") };
        for (index, found) in items.iter().enumerate() {
            self.value(&format!("{path}[{index}]"), item, found);
        }
    }

    fn map(&mut self, path: &str, key: &Type, item: &Type, value: &Value) {
        match value {
            Value::Array(items) if items.is_empty() => {}
            // PHP has one kind of array: a list is a map from 0 on.
            Value::Array(items) => {
                for (index, found) in items.iter().enumerate() {
                    self.value(&format!("{path}.{index}"), item, found);
                }
            }
            Value::Object(map) => {
                for (name, found) in map {
                    self.value(&format!("{path} key {name}"), key, &Value::from(name.as_str()));
                    self.value(&format!("{path}.{name}"), item, found);
                }
            }
            _ => self.report(path, "not a map"),
        }
    }

    fn named(&mut self, path: &str, name: &str, value: &Value) {
        let Some(named) = self.api.types.get(name) else { return };
        match (&named.fields, value) {
            (Some(fields), Value::Object(map)) => self.object(path, fields, named.open, map),
            (Some(_), _) => self.report(path, &format!("not an object of type {name}")),
            (None, _) if scalar_fits(named, value) => {}
            (None, _) => self.report(path, &format!("{value} is no {name}")),
        }
    }
}

fn scalar_fits(named: &Named, value: &Value) -> bool {
    let kind = named.id.or(named.enumeration);
    let typed = match kind {
        Some(Scalar::Int) => params::int(value).is_some() && !value.is_boolean(),
        _ => value.is_string() || value.is_number(),
    };
    let sent = params::text(value);
    let listed = named.values.iter().any(|known| params::text(&known.value) == sent);
    typed && (named.enumeration.is_none() || named.open || listed)
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}

fn is_flag(value: &Value) -> bool {
    value.is_boolean() || matches!(params::text(value).as_str(), "0" | "1")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::spec::api;

    #[test]
    fn every_example_of_the_spec_passes() {
        for (name, method) in &api().methods {
            assert_eq!(always(method, &method.example.request), Ok(()), "{name}");
            assert_eq!(strict(api(), method, &method.example.request), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn reports_have_paths() {
        let cases = [
            ("getOrders", json!({"date_form": 1}), "date_form: not a parameter"),
            ("getOrders", json!({"order_id": "abc"}), "order_id: \"abc\" is no OrderId"),
            ("setOrderFields", json!({"order_id": 1, "star": 6}), "star: 6 is above 5"),
            ("setOrderStatuses", json!({"order_ids": [1, []], "status_id": 1}), "order_ids[1]: [] is no OrderId"),
            ("setOrderStatus", json!({"order_id": 1}), "status_id: required"),
        ];
        for (method, sent, expected) in cases {
            let found = strict(api(), &api().methods[method], sent.as_object().expect("an object"));
            assert!(found.len() == 1 && found[0].starts_with(expected), "{expected}: {found:?}");
        }
    }
}
