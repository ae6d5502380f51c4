//! JSON that keeps what a `serde_json::Value` does not: digits as they are written, doubled keys, the order of keys; and the
//! styles in which it is written.

use serde_json::Value;

use crate::dice::Dice;

#[derive(Clone)]
pub enum Node {
    /// JSON text that is written as it is.
    Raw(String),
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// How texts and the space between values are written.
#[derive(Clone, Copy)]
pub enum Style {
    /// As short as it can be.
    Plain,
    /// As PHP does it: `\/` and `\u0119`.
    Php,
    /// Any letter may be an escape, in keys too, and there is space everywhere.
    Wild,
}

impl Node {
    pub fn of(value: &Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text.clone()),
            Value::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Object(map) => Self::Object(map.iter().map(|(key, value)| (key.clone(), Self::of(value))).collect()),
            other => Self::Raw(other.to_string()),
        }
    }

    pub fn raw(text: &str) -> Self {
        Self::Raw(text.to_owned())
    }

    /// Whether an object has a key twice.
    pub fn has_doubled_keys(&self) -> bool {
        match self {
            Self::Raw(_) | Self::Text(_) => false,
            Self::List(items) => items.iter().any(Self::has_doubled_keys),
            Self::Object(entries) => entries.iter().enumerate().any(|(at, (key, value))| {
                value.has_doubled_keys() || entries[..at].iter().any(|(earlier, _)| earlier == key)
            }),
        }
    }

    pub fn write(&self, style: Style, dice: &mut Dice) -> String {
        let mut out = Out { text: String::new(), style, dice };
        out.node(self);
        out.text
    }
}

struct Out<'d> {
    text: String,
    style: Style,
    dice: &'d mut Dice,
}

impl Out<'_> {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Raw(text) => self.text.push_str(text),
            Node::Text(text) => self.quoted(text),
            Node::List(items) => self.parts(['[', ']'], items, Self::node),
            Node::Object(entries) => self.parts(['{', '}'], entries, |out, (key, value)| {
                out.quoted(key);
                out.space();
                out.text.push(':');
                out.space();
                out.node(value);
            }),
        }
    }

    fn parts<T>(&mut self, [open, close]: [char; 2], parts: &[T], write: impl Fn(&mut Self, &T)) {
        self.text.push(open);
        self.space();
        for (at, part) in parts.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
                self.space();
            }
            write(self, part);
            self.space();
        }
        self.text.push(close);
    }

    fn space(&mut self) {
        if matches!(self.style, Style::Wild) {
            self.text.push_str(self.dice.pick(&["", "", " ", "\n", "\t", "\r\n  "]));
        }
    }

    fn quoted(&mut self, text: &str) {
        self.text.push('"');
        for letter in text.chars() {
            let escaped = match self.style {
                Style::Plain => false,
                Style::Php => !letter.is_ascii(),
                Style::Wild => self.dice.per_mille(200),
            };
            match letter {
                _ if escaped => self.escape(letter),
                '/' if matches!(self.style, Style::Php) => self.text.push_str("\\/"),
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\u{8}' => self.text.push_str("\\b"),
                '\u{c}' => self.text.push_str("\\f"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\0'..' ' => self.escape(letter),
                other => self.text.push(other),
            }
        }
        self.text.push('"');
    }

    fn escape(&mut self, letter: char) {
        for unit in letter.encode_utf16(&mut [0; 2]) {
            let digits = format!("{unit:04x}");
            self.text.push_str("\\u");
            self.text.push_str(&if self.dice.per_mille(500) { digits.to_uppercase() } else { digits });
        }
    }
}
