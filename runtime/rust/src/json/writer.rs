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
        self.parts('{', present(fields), Self::field);
    }

    /// Writes an object that has keys of its own beside its fields. A field wins over a key of the same name.
    pub fn open_object(&mut self, fields: &[(&str, &dyn Encode)], extra: &Extra) {
        let is_free = |key: &str| !present(fields).any(|(name, _)| name == key);
        let keys = extra.iter().filter(|(key, _)| is_free(key)).map(|(key, value)| (&**key, value as &dyn Encode));
        self.parts('{', present(fields).chain(keys), Self::field);
    }

    /// Writes a list.
    pub fn list<'v>(&mut self, items: impl Iterator<Item = &'v dyn Encode>) {
        self.parts('[', items, |out, item| item.encode(out));
    }

    /// Writes a map.
    pub fn map<'v>(&mut self, entries: impl Iterator<Item = (Cow<'v, str>, &'v dyn Encode)>) {
        self.parts('{', entries, |out, (key, value)| out.field((&key, value)));
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

    /// Writes the parts of a list or an object, with commas between them.
    pub(super) fn parts<T>(&mut self, open: char, parts: impl Iterator<Item = T>, mut write: impl FnMut(&mut Self, T)) {
        self.text.push(open);
        for (at, part) in parts.enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            write(self, part);
        }
        self.text.push(if open == '[' { ']' } else { '}' });
    }

    /// Writes the key of an entry, whose value comes next.
    pub(super) fn key(&mut self, name: &str) {
        self.text(name);
        self.text.push(':');
    }

    fn field(&mut self, (name, value): (&str, &dyn Encode)) {
        self.key(name);
        value.encode(self);
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

/// The fields that are not absent.
fn present<'f, 'v>(
    fields: &'f [(&'v str, &'v dyn Encode)],
) -> impl Iterator<Item = (&'v str, &'v dyn Encode)> + use<'f, 'v> {
    fields.iter().copied().filter(|(_, value)| !value.is_absent())
}
