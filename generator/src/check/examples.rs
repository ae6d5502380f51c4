//! Rules for examples: a request that the API would take, a reply that decodes without a mismatch.

use serde_json::Value;

use super::Check;
use crate::model::{Api, Field, Method, Scalar, Type, TypeKind};
use crate::problem::Place;
use crate::suggest::did_you_mean;

/// Checks the examples of all methods.
pub(super) fn check(check: &mut Check, api: &Api) {
    for method in api.methods.values() {
        let place = Place::key(&method.file, ["methods", &method.wire, "example"]);
        let mut request = Example { check, api, sent: true };
        request.object(&place.below("request"), &method.params, false, &method.example_request);
        one_of(check, &place.below("request"), method);
        let mut reply = Example { check, api, sent: false };
        reply.object(&place.below("reply"), &method.reply, false, &method.example_reply);
    }
}

fn one_of(check: &mut Check, place: &Place, method: &Method) {
    for names in &method.require_one_of {
        if names.iter().all(|name| method.example_request.get(name).is_none()) {
            let message = format!("one of `{}` must be sent", names.join("`, `"));
            check.problem("bad-example", place.clone(), message);
        }
    }
}

struct Example<'a> {
    check: &'a mut Check,
    api: &'a Api,
    /// A request is held to what the API takes, a reply to what decoding takes.
    sent: bool,
}

impl Example<'_> {
    fn object(&mut self, place: &Place, fields: &[Field], open: bool, value: &Value) {
        let Value::Object(object) = value else {
            return self.wrong(place, "an object", value);
        };
        for (key, value) in object {
            let place = place.below(key);
            match fields.iter().find(|field| field.wire == *key || field.aliases.contains(key)) {
                Some(field) => self.field(&place, field, value),
                None if open => {}
                None => {
                    let help = did_you_mean(key, fields.iter().map(|field| field.wire.as_str()));
                    let help =
                        help.unwrap_or_else(|| "add the field to the spec, or take it out of the example".into());
                    self.check.problem_with_help("bad-example", place, format!("no field is called `{key}`"), help);
                }
            }
        }
        for field in fields.iter().filter(|field| field.required) {
            if !object.contains_key(&field.wire) {
                let message = format!("`{}` is required and is missing", field.wire);
                self.check.problem("bad-example", place.clone(), message);
            }
        }
    }

    fn field(&mut self, place: &Place, field: &Field, value: &Value) {
        self.value(place, &field.ty, value);
        let limits = &field.limits;
        let long = value.as_str().map_or(0, |text| text.chars().count());
        if self.sent && limits.max_length.is_some_and(|max| long > max as usize) {
            let message = format!("{long} characters are more than the {} allowed", limits.max_length.unwrap_or(0));
            self.check.problem("bad-example", place.clone().value(), message);
        }
        let number = number_of(value);
        let under = limits.min.zip(number).is_some_and(|(min, number)| number < min);
        let over = limits.max.zip(number).is_some_and(|(max, number)| number > max);
        if under || over {
            self.check.problem("bad-example", place.clone().value(), "the number is out of the allowed range");
        }
    }

    fn value(&mut self, place: &Place, ty: &Type, value: &Value) {
        if !self.sent && means_nothing(ty, value) {
            return;
        }
        match ty {
            Type::Json => {}
            Type::Int | Type::Timestamp => self.expect(place, self.is_int(value), "a whole number", value),
            Type::Decimal | Type::Money => self.expect(place, number_of(value).is_some(), "a number", value),
            Type::Bool => self.expect(place, self.is_bool(value), "true or false", value),
            Type::Text => self.expect(place, self.is_text_value(value), "a text", value),
            Type::Date => self.expect(place, value.as_str().is_some_and(is_date), "a date, \"2026-04-20\"", value),
            Type::File => {
                let fits = value.as_str().is_some_and(|text| !self.sent || text.starts_with("data:"));
                self.expect(place, fits, "a file, \"data:\" and base64", value);
            }
            Type::List(item) => match value {
                Value::Array(items) => {
                    for (at, value) in items.iter().enumerate() {
                        self.value(&place.below(&at.to_string()), item, value);
                    }
                }
                _ => self.wrong(place, "a list", value),
            },
            Type::Map(key, item) => self.map(place, key, item, value),
            Type::TextOr(item) => match value {
                Value::Object(_) => self.value(place, item, value),
                _ => self.expect(place, self.is_text_value(value), "a text or an object", value),
            },
            Type::Named(name) => self.named(place, name, value),
        }
    }

    fn map(&mut self, place: &Place, key: &Type, item: &Type, value: &Value) {
        let Value::Object(entries) = value else {
            return self.wrong(place, "a map", value);
        };
        for (name, value) in entries {
            let place = place.below(name);
            // A key is a text in JSON, whatever it stands for.
            let key_value = name.parse::<i64>().map_or_else(|_| Value::from(name.as_str()), Value::from);
            let key_value = if self.is_text(key) { Value::from(name.as_str()) } else { key_value };
            self.value(&place, key, &key_value);
            self.value(&place, item, value);
        }
    }

    fn is_text(&self, ty: &Type) -> bool {
        let Type::Named(name) = ty else { return *ty == Type::Text };
        match &self.api.type_def(name).kind {
            TypeKind::Id { wire, .. } | TypeKind::Enum { wire, .. } => *wire == Scalar::Text,
            TypeKind::Object { .. } => false,
        }
    }

    fn named(&mut self, place: &Place, name: &str, value: &Value) {
        match &self.api.type_def(name).kind {
            TypeKind::Object { fields, open } => self.object(place, fields, *open, value),
            TypeKind::Id { wire: Scalar::Int, .. } => self.expect(place, self.is_int(value), "a number", value),
            TypeKind::Id { wire: Scalar::Text, pattern } => {
                let text = text_of(value);
                self.expect(place, text.is_some(), "a text", value);
                let pattern = pattern.as_deref().and_then(|pattern| regex_lite::Regex::new(pattern).ok());
                if let (Some(pattern), Some(text)) = (pattern, text) {
                    self.expect(place, pattern.is_match(&text), &format!("a text like {pattern}"), value);
                }
            }
            TypeKind::Enum { values, open, .. } => {
                let known = text_of(value).is_some_and(|text| values.iter().any(|known| known.wire == text));
                self.expect(place, known || *open, &format!("a value of {name}"), value);
            }
        }
    }

    /// A request sends numbers as numbers; a reply may have them as text.
    fn is_int(&self, value: &Value) -> bool {
        value.is_i64() || (!self.sent && value.as_str().is_some_and(|text| text.parse::<i64>().is_ok()))
    }

    fn is_bool(&self, value: &Value) -> bool {
        value.is_boolean() || (!self.sent && ["0", "1"].contains(&text_of(value).unwrap_or_default().as_str()))
    }

    fn is_text_value(&self, value: &Value) -> bool {
        value.is_string() || (!self.sent && value.is_number())
    }

    fn expect(&mut self, place: &Place, fits: bool, expected: &str, value: &Value) {
        if !fits {
            self.wrong(place, expected, value);
        }
    }

    fn wrong(&mut self, place: &Place, expected: &str, value: &Value) {
        let found: String = value.to_string().chars().take(60).collect();
        let message = format!("expected {expected}, found {found}");
        self.check.problem("bad-example", place.clone().value(), message);
    }
}

/// Whether a reply value stands for nothing, by the decoding table.
fn means_nothing(ty: &Type, value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => !matches!(ty, Type::Bool),
        Value::String(text) => text.is_empty() || (text == "0000-00-00" && *ty == Type::Date),
        Value::Array(items) => items.is_empty(),
        _ => false,
    }
}

fn number_of(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
