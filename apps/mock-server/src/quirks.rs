//! Bends a reply the way live replies are bent, by its types in the spec. What means something stays readable at every
//! level, so that a program must come to the same result with all of them.

use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::params;
use crate::spec::{Api, Field, Scalar, Type};

/// Level 1: numbers as text, flags as numbers.
const TYPES: u8 = 1;
/// Level 2: nothing in all its forms, lists for maps, keys that are not documented.
const NOTHING: u8 = 2;
/// Level 3: other names, and keys that are missing where there is nothing anyway.
const MISSING: u8 = 3;

/// How many times in a thousand a quirk hits a value.
const OFTEN: u64 = 300;
const RARELY: u64 = 100;

/// Bends the fields of a reply in place.
pub(crate) fn bend(api: &Api, fields: &[Field], reply: &mut Map<String, Value>, level: u8, dice: &mut Dice) {
    if level > 0 {
        Bender { api, level, dice }.object(fields, reply);
    }
}

struct Bender<'a> {
    api: &'a Api,
    level: u8,
    dice: &'a mut Dice,
}

impl Bender<'_> {
    fn object(&mut self, fields: &[Field], map: &mut Map<String, Value>) {
        for field in fields {
            let Some(mut value) = map.remove(&field.name) else { continue };
            let free = !field.required;
            if free && self.level >= MISSING && is_nothing(&value) && self.dice.per_mille(OFTEN) {
                continue;
            }
            self.value(&field.ty, &mut value, free);
            let other = self.level >= MISSING && !field.aliases.is_empty() && self.dice.per_mille(OFTEN);
            let name = if other { self.dice.pick(&field.aliases) } else { &field.name };
            map.insert(name.clone(), value);
        }
        if self.level >= NOTHING && self.dice.per_mille(RARELY) {
            map.insert("mock_undocumented".to_owned(), json!({"since": "today", "values": [1, "2", null]}));
        }
    }

    fn value(&mut self, ty: &Type, value: &mut Value, free: bool) {
        match ty {
            Type::Int | Type::Decimal | Type::Money | Type::Timestamp => self.number(value),
            Type::Bool => self.flag(value),
            Type::Text => self.text(value, free),
            Type::Date | Type::File => self.nothing(value, free, &[json!(""), json!(null)]),
            Type::List(item) => self.list(item, value, free),
            Type::Map(key, item) => self.map(key, item, value, free),
            Type::TextOr(other) if value.is_object() => self.value(other, value, free),
            Type::Json | Type::TextOr(_) => {}
            Type::Named(name) => self.named(name, value, free),
        }
    }

    fn number(&mut self, value: &mut Value) {
        if value.is_number() && self.level >= TYPES && self.dice.per_mille(OFTEN) {
            *value = Value::from(value.to_string());
        }
    }

    fn flag(&mut self, value: &mut Value) {
        if self.level >= TYPES && self.dice.per_mille(OFTEN) {
            let flag = params::flag(value);
            let forms = [json!(flag), json!(u8::from(flag)), json!(u8::from(flag).to_string())];
            *value = self.dice.pick(&forms).clone();
        }
    }

    fn text(&mut self, value: &mut Value, free: bool) {
        self.nothing(value, free, &[json!(""), json!(null), json!(false)]);
        // Texts of digits come as numbers where that loses nothing.
        let number =
            value.as_str().and_then(|text| text.parse::<i64>().ok().filter(|number| number.to_string() == text));
        if let Some(number) = number.filter(|_| self.level >= TYPES && self.dice.per_mille(RARELY)) {
            *value = Value::from(number);
        }
    }

    /// Another form of nothing for a value that is nothing already.
    fn nothing(&mut self, value: &mut Value, free: bool, forms: &[Value]) {
        if is_nothing(value) && free && self.level >= NOTHING && self.dice.per_mille(OFTEN) {
            *value = self.dice.pick(forms).clone();
        }
    }

    fn list(&mut self, item: &Type, value: &mut Value, free: bool) {
        for found in value.as_array_mut().into_iter().flatten() {
            self.value(item, found, false);
        }
        self.nothing(value, free, &[json!([]), json!(false), json!(""), json!(null)]);
    }

    fn map(&mut self, key: &Type, item: &Type, value: &mut Value, free: bool) {
        for (_, found) in value.as_object_mut().into_iter().flatten() {
            self.value(item, found, false);
        }
        self.nothing(value, free, &[json!([]), json!(false), json!(""), json!(null)]);
        let counted = |map: &Map<String, Value>| {
            !map.is_empty() && (0..map.len()).all(|index| map.contains_key(&index.to_string()))
        };
        if *key == Type::Int && self.level >= NOTHING && value.as_object().is_some_and(counted) {
            let map = value.as_object().cloned().unwrap_or_default();
            *value = (0..map.len()).filter_map(|index| map.get(&index.to_string()).cloned()).collect();
        }
    }

    fn named(&mut self, name: &str, value: &mut Value, free: bool) {
        let Some(named) = self.api.types.get(name) else { return };
        match (&named.fields, &mut *value) {
            (Some(fields), Value::Object(map)) => self.object(fields, map),
            (Some(_), _) => self.nothing(value, free, &[json!([]), json!(""), json!(null), json!(false)]),
            (None, _) if named.id.or(named.enumeration) == Some(Scalar::Int) => self.number(value),
            (None, _) => {}
        }
    }
}

fn is_nothing(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(map) => map.is_empty(),
        Value::Number(_) | Value::Bool(true) => false,
    }
}
