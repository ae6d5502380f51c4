//! Replies as JSON, for logs and databases: what the API meant, in one form, whatever form it was sent in.
//!
//! The form is that of `tests/wire/README.md`, the same in every language. It differs from what is sent: decimals are text,
//! files have no prefix, and undocumented keys stand apart.

use std::collections::BTreeMap;

use super::key::MapKey;
use super::writer::Writer;
use super::{Date, Decimal, Extra, File, TextOr, Timestamp, Value};

/// A type that replies are made of.
pub trait ToJson {
    /// Writes the value as JSON.
    fn write_json(&self, out: &mut Writer);

    /// Does it mean nothing? Objects leave such a field out.
    fn is_nothing(&self) -> bool {
        false
    }
}

/// A reply, or a part of one, as JSON text in one canonical form: names as on the wire, decimals as text so that no digit is lost,
/// times as unix seconds, files as base64, only what is something, and undocumented keys under `extra`.
///
/// ```
/// use baselinker_runtime::{Decimal, to_json};
///
/// assert_eq!(to_json(&vec![Decimal::new(1250, 2)]), r#"["12.50"]"#);
/// ```
#[must_use]
pub fn to_json(value: &dyn ToJson) -> String {
    let mut out = Writer::default();
    value.write_json(&mut out);
    out.into_text()
}

impl Writer {
    /// Writes what was received as an object: its fields that are something, and `extra` if there are undocumented keys.
    pub fn record(&mut self, fields: &[(&str, &dyn ToJson)], extra: &Extra) {
        let extra = (!extra.is_empty()).then_some(("extra", extra as &dyn ToJson));
        let fields = fields.iter().copied().filter(|(_, value)| !value.is_nothing()).chain(extra);
        self.parts('{', fields, |out, (name, value)| {
            out.key(name);
            value.write_json(out);
        });
    }
}

/// Makes types whose JSON is what is sent.
#[doc(hidden)]
#[macro_export]
macro_rules! json_as_sent {
    ($($name:ty),*) => {
        $(impl $crate::ToJson for $name {
            fn write_json(&self, out: &mut $crate::Writer) {
                $crate::Encode::encode(self, out);
            }
        })*
    };
}

json_as_sent!(i64, bool, String, Date, Timestamp, Value, Extra);

impl ToJson for Decimal {
    fn write_json(&self, out: &mut Writer) {
        out.text(&self.to_string());
    }
}

impl ToJson for File {
    fn write_json(&self, out: &mut Writer) {
        out.text(self.base64());
    }
}

impl<T: ToJson> ToJson for TextOr<T> {
    fn write_json(&self, out: &mut Writer) {
        match self {
            Self::Text(text) => out.text(text),
            Self::Object(object) => object.write_json(out),
        }
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn write_json(&self, out: &mut Writer) {
        match self {
            Some(value) => value.write_json(out),
            None => out.null(),
        }
    }

    fn is_nothing(&self) -> bool {
        self.as_ref().is_none_or(T::is_nothing)
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn write_json(&self, out: &mut Writer) {
        out.parts('[', self.iter(), |out, item| item.write_json(out));
    }

    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl<K: MapKey, V: ToJson> ToJson for BTreeMap<K, V> {
    fn write_json(&self, out: &mut Writer) {
        out.parts('{', self.iter(), |out, (key, value)| {
            out.key(&key.to_key());
            value.write_json(out);
        });
    }

    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}
