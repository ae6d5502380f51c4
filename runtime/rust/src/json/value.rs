//! Values of which nothing is promised but that they are JSON.

use serde_json::{Map, Number};

use super::Value;
use super::cursor::{Kind, Scalar};
use super::decode::Decode;
use super::number;
use super::reader::{Found, LIST_ROOM, MAP_ROOM, MAX_DEPTH, Reader};

impl Decode for Value {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.json(0).filter(|value| !value.is_null())
    }
}

impl Reader<'_> {
    /// Reads any value, `depth` levels below the innermost frame.
    pub(super) fn json(&mut self, depth: usize) -> Option<Value> {
        let kind = self.kind()?;
        if !self.charge(size_of::<Value>()) {
            return None;
        }
        if matches!(kind, Kind::List | Kind::Object) && self.frames.len() + depth >= MAX_DEPTH {
            self.fail("its values are nested too deep".into());
            return None;
        }
        match kind {
            Kind::List => self.json_list(depth),
            Kind::Object => self.json_object(depth),
            _ => self.scalar("json", |scalar| Found::Value(plain(scalar))),
        }
    }

    fn json_list(&mut self, depth: usize) -> Option<Value> {
        let mut items = Vec::new();
        let mut more = Ok(self.cursor.first_item());
        while self.step(more)? {
            if items.is_empty() && !self.charge((LIST_ROOM - 1) * size_of::<Value>()) {
                return None;
            }
            items.push(self.json(depth + 1)?);
            more = self.cursor.next_item();
        }
        Some(Value::Array(items))
    }

    fn json_object(&mut self, depth: usize) -> Option<Value> {
        let mut map = Map::new();
        let mut key = self.cursor.first_span();
        while let Some(span) = self.step(key)? {
            let value = self.json(depth + 1)?;
            let name = self.cursor.key(span).into_owned();
            let entries = if map.is_empty() { MAP_ROOM } else { 1 };
            if !self.charge(entries * size_of::<(String, Value)>() + name.len()) {
                return None;
            }
            map.insert(name, value);
            key = self.cursor.next_span();
        }
        Some(Value::Object(map))
    }
}

fn plain(scalar: &Scalar<'_>) -> Value {
    match *scalar {
        Scalar::Null | Scalar::Parts(_) => Value::Null,
        Scalar::True => Value::Bool(true),
        Scalar::False => Value::Bool(false),
        Scalar::Text(text) => Value::from(text),
        Scalar::Number(digits) => plain_number(digits),
    }
}

/// A number beyond what a JSON number of Rust holds is kept as its text.
fn plain_number(digits: &str) -> Value {
    let whole = !digits.contains(['.', 'e', 'E']);
    if whole && let Some(number) = number::int(digits) {
        return number.into();
    }
    if let Ok(number) = digits.parse::<u64>() {
        return number.into();
    }
    let float = digits.parse().ok().and_then(Number::from_f64);
    float.map_or_else(|| Value::from(digits), Value::Number)
}
