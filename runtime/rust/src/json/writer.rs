//! Writes the JSON text of a request.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};

use super::encode::Encode;
use super::extra::Extra;
use super::{Decimal, Value};

/// A JSON text that is being written.
#[derive(Debug, Default)]
pub struct Writer {
    text: String,
}

impl Writer {
    /// The text so far.
    #[must_use]
    pub fn into_text(self) -> String {
        self.text
    }

    /// Writes an object, without the fields that are absent.
    pub fn object(&mut self, fields: &[(&str, &dyn Encode)]) {
        self.text.push('{');
        self.fields(fields);
        self.text.push('}');
    }

    /// Writes an object that has keys of its own beside its fields. A field wins over a key of the same name.
    pub fn open_object(&mut self, fields: &[(&str, &dyn Encode)], extra: &Extra) {
        self.text.push('{');
        self.fields(fields);
        for (key, value) in extra {
            if !fields.iter().any(|(name, field)| name == key && !field.is_absent()) {
                self.field(key, value);
            }
        }
        self.text.push('}');
    }

    /// Writes a list.
    pub fn list<'v>(&mut self, items: impl Iterator<Item = &'v dyn Encode>) {
        self.text.push('[');
        for item in items {
            self.comma('[');
            item.encode(self);
        }
        self.text.push(']');
    }

    /// Writes a map.
    pub fn map<'v>(&mut self, entries: impl Iterator<Item = (Cow<'v, str>, &'v dyn Encode)>) {
        self.text.push('{');
        for (key, value) in entries {
            self.field(&key, value);
        }
        self.text.push('}');
    }

    /// Writes a whole number.
    pub fn int(&mut self, number: i64) {
        self.display(&number);
    }

    /// Writes true or false.
    pub fn bool(&mut self, yes: bool) {
        self.text.push_str(if yes { "true" } else { "false" });
    }

    /// Writes a number with all its digits.
    pub fn decimal(&mut self, number: &Decimal) {
        self.display(number);
    }

    /// Writes a text.
    pub fn text(&mut self, text: &str) {
        self.text_parts(&[text]);
    }

    /// Writes null.
    pub fn null(&mut self) {
        self.text.push_str("null");
    }

    /// Writes any value.
    pub fn json(&mut self, value: &Value) {
        self.display(value);
    }

    /// Writes one text that is made of several.
    pub(super) fn text_parts(&mut self, parts: &[&str]) {
        self.text.push('"');
        for part in parts {
            self.escape(part);
        }
        self.text.push('"');
    }

    fn fields(&mut self, fields: &[(&str, &dyn Encode)]) {
        for (name, value) in fields {
            if !value.is_absent() {
                self.field(name, *value);
            }
        }
    }

    fn field(&mut self, name: &str, value: &dyn Encode) {
        self.comma('{');
        self.text(name);
        self.text.push(':');
        value.encode(self);
    }

    /// A value never ends in an opening bracket, so one at the end is that of the list or object being written.
    fn comma(&mut self, open: char) {
        if !self.text.ends_with(open) {
            self.text.push(',');
        }
    }

    fn display(&mut self, value: &dyn Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.text, "{value}");
    }

    fn escape(&mut self, text: &str) {
        let mut done = 0;
        for (at, byte) in text.bytes().enumerate() {
            let escaped = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0..0x20 => "",
                _ => continue,
            };
            self.text.push_str(&text[done..at]);
            self.text.push_str(escaped);
            if escaped.is_empty() {
                self.display(&format_args!("\\u{byte:04x}"));
            }
            done = at + 1;
        }
        self.text.push_str(&text[done..]);
    }
}
