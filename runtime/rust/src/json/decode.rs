//! What each type accepts on the wire, and which forms mean that there is nothing. The same table is in
//! `tests/wire/`, as data that the runtimes of all languages run.

use std::collections::BTreeMap;

use super::Decimal;
use super::cursor::Scalar;
use super::key::MapKey;
use super::number;
use super::reader::{Found, Reader};

/// A type that can be read from a reply.
pub trait Decode: Sized {
    /// The keys of an object that is read field by field.
    const FIELDS: &'static [&'static str] = &[];

    /// Whether it is read from an object with any keys.
    const IS_MAP: bool = false;

    /// Whether it is read from an object field by field, and from nothing else.
    const IS_OBJECT: bool = !Self::FIELDS.is_empty();

    /// Takes the next value. `None` if it means nothing, or is no such thing (the reader has recorded that).
    fn decode(reader: &mut Reader<'_>) -> Option<Self>;
}

impl Decode for i64 {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.scalar("int", int)
    }
}

impl Decode for bool {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.scalar("bool", |scalar| match *scalar {
            Scalar::True => Found::Value(true),
            Scalar::False => Found::Value(false),
            Scalar::Text(text) => match number::trim(text) {
                "true" => Found::Value(true),
                "false" => Found::Value(false),
                _ => flag(scalar),
            },
            _ => flag(scalar),
        })
    }
}

impl Decode for String {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.scalar("text", text)
    }
}

impl Decode for Decimal {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.scalar("decimal", |scalar| numeric(scalar, number::decimal))
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        let list = reader.list();
        (!list.is_empty()).then_some(list)
    }
}

impl<K: MapKey, V: Decode> Decode for BTreeMap<K, V> {
    const IS_MAP: bool = true;

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        let map = reader.map();
        (!map.is_empty()).then_some(map)
    }
}

/// Ids and codes, as the macros for them need them.
impl Reader<'_> {
    /// Reads an id that is a number. 0 and -1 mean that there is none.
    pub fn int_id(&mut self) -> Option<i64> {
        self.scalar("id", |scalar| match int(scalar) {
            Found::Value(0 | -1) => Found::Nothing,
            found => found,
        })
    }

    /// Reads an id that is a text. 0 and -1 mean that there is none, as an empty text does.
    pub fn text_id(&mut self) -> Option<String> {
        self.scalar("id", |scalar| match *scalar {
            Scalar::Text("" | "0" | "-1") | Scalar::Number("0" | "-1") => Found::Nothing,
            _ => text(scalar),
        })
    }

    /// Reads the number of an enum's value.
    pub fn int_code(&mut self) -> Option<i64> {
        self.scalar("enum", |scalar| match *scalar {
            Scalar::False => Found::Wrong,
            _ => int(scalar),
        })
    }

    /// Reads the text of an enum's value.
    pub fn text_code(&mut self) -> Option<String> {
        self.scalar("enum", |scalar| match *scalar {
            Scalar::Text("") => Found::Nothing,
            Scalar::False => Found::Wrong,
            _ => text(scalar),
        })
    }
}

pub(super) fn int(scalar: &Scalar<'_>) -> Found<i64> {
    numeric(scalar, number::int)
}

/// A number, or a text that is one. An empty text, null and false mean nothing.
fn numeric<T>(scalar: &Scalar<'_>, parse: fn(&str) -> Option<T>) -> Found<T> {
    let text = match *scalar {
        Scalar::Number(digits) => digits,
        Scalar::Text(text) => number::trim(text),
        Scalar::Null | Scalar::False => return Found::Nothing,
        Scalar::True | Scalar::Parts(_) => return Found::Wrong,
    };
    if text.is_empty() {
        return Found::Nothing;
    }
    parse(text).map_or(Found::Wrong, Found::Value)
}

fn flag(scalar: &Scalar<'_>) -> Found<bool> {
    match int(scalar) {
        Found::Value(0) => Found::Value(false),
        Found::Value(1) => Found::Value(true),
        Found::Nothing => Found::Nothing,
        Found::Value(_) | Found::Wrong => Found::Wrong,
    }
}

fn text(scalar: &Scalar<'_>) -> Found<String> {
    match *scalar {
        Scalar::Text(text) | Scalar::Number(text) => Found::Value(text.to_owned()),
        Scalar::Null | Scalar::False => Found::Nothing,
        Scalar::True | Scalar::Parts(_) => Found::Wrong,
    }
}
