//! How each type is sent. Requests are strict: there is one form per type.

use std::collections::BTreeMap;

use super::key::MapKey;
use super::writer::Writer;
use super::{Decimal, Value};

/// A type that can be sent.
pub trait Encode {
    /// Writes the value as JSON.
    fn encode(&self, out: &mut Writer);

    /// Is there nothing to send? Objects leave such a field out.
    fn is_absent(&self) -> bool {
        false
    }
}

/// The JSON text of a value.
#[must_use]
pub fn encode(value: &dyn Encode) -> String {
    let mut out = Writer::default();
    value.encode(&mut out);
    out.into_text()
}

impl Encode for i64 {
    fn encode(&self, out: &mut Writer) {
        out.int(*self);
    }
}

impl Encode for bool {
    fn encode(&self, out: &mut Writer) {
        out.bool(*self);
    }
}

impl Encode for String {
    fn encode(&self, out: &mut Writer) {
        out.text(self);
    }
}

impl Encode for Decimal {
    fn encode(&self, out: &mut Writer) {
        out.decimal(self);
    }
}

impl Encode for Value {
    fn encode(&self, out: &mut Writer) {
        out.json(self);
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut Writer) {
        out.list(self.iter().map(|item| item as &dyn Encode));
    }
}

impl<K: MapKey, V: Encode> Encode for BTreeMap<K, V> {
    fn encode(&self, out: &mut Writer) {
        out.map(self.iter().map(|(key, value)| (key.to_key(), value as &dyn Encode)));
    }
}

impl<T: Encode> Encode for Option<T> {
    fn encode(&self, out: &mut Writer) {
        match self {
            Some(value) => value.encode(out),
            None => out.null(),
        }
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}
