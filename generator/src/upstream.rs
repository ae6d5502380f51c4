//! A second, independent reading of the public documentation: which methods and fields it has, of which types, and which
//! parameters it requires. It is kept as `spec/upstream/<date>.json`, a line for each field, so that two readings compare well.

mod import;

use std::fmt::Write;

use serde::Deserialize;
use serde_json::Value;

use crate::source::Entries;

pub use import::import;

/// What the public documentation said on one day.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The methods by wire name.
    pub methods: Entries<MethodReading>,
}

/// What it said about a method.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MethodReading {
    /// The title of its group in the public list.
    pub group: String,
    /// The title of its section in the public list.
    pub section: String,
    /// The parameters by wire name.
    pub params: Entries<FieldReading>,
    /// The fields of the reply, without the envelope.
    pub reply: Entries<FieldReading>,
}

/// What it said about a field.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldReading {
    /// The word for its type, as it was read: `varchar(30)`, `unix_time`, `list`.
    #[serde(rename = "type")]
    pub word: String,
    /// Whether it must be sent; only parameters have this.
    pub required: Option<Required>,
    /// What a list or a map holds, where that has no fields.
    pub item: Option<Box<FieldReading>>,
    /// The fields of an object, or of the items of a list or a map.
    #[serde(default)]
    pub fields: Entries<FieldReading>,
}

/// Whether a parameter must be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required {
    /// Always.
    Yes,
    /// Never.
    No,
    /// It depends on other parameters.
    Conditional,
}

impl<'de> Deserialize<'de> for Required {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Bool(true) => Ok(Self::Yes),
            Value::Bool(false) => Ok(Self::No),
            Value::String(word) if word == "conditional" => Ok(Self::Conditional),
            other => {
                Err(serde::de::Error::custom(format_args!("`required` is true, false or \"conditional\", not {other}")))
            }
        }
    }
}

impl Reading {
    /// The path of the reading of a day in the spec folder.
    #[must_use]
    pub fn path(date: &str) -> String {
        format!("upstream/{date}.json")
    }

    /// Reads a reading.
    ///
    /// # Errors
    ///
    /// What is wrong with the JSON.
    pub fn parse(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The reading as JSON: methods by name, fields in the order of the public page, a line each.
    #[must_use]
    pub fn print(&self) -> String {
        let mut methods: Vec<(&str, &MethodReading)> = self.methods.iter().collect();
        methods.sort_by_key(|(name, _)| *name);
        let methods: Vec<String> = methods.into_iter().map(|(name, method)| print_method(name, method)).collect();
        format!("{{\n  \"methods\": {{\n{}\n  }}\n}}\n", methods.join(",\n"))
    }
}

fn print_method(name: &str, method: &MethodReading) -> String {
    format!(
        "    {}: {{\n      \"group\": {},\n      \"section\": {},\n      \"params\": {},\n      \"reply\": {}\n    }}",
        quoted(name),
        quoted(&method.group),
        quoted(&method.section),
        print_fields(&method.params, 6),
        print_fields(&method.reply, 6),
    )
}

fn print_fields(fields: &Entries<FieldReading>, indent: usize) -> String {
    if fields.is_empty() {
        return "{}".to_owned();
    }
    let inner = indent + 2;
    let one = |(name, field)| format!("{:inner$}{}: {}", "", quoted(name), print_field(field, inner));
    let lines: Vec<String> = fields.iter().map(one).collect();
    format!("{{\n{}\n{:indent$}}}", lines.join(",\n"), "")
}

fn print_field(field: &FieldReading, indent: usize) -> String {
    let mut text = format!("{{ \"type\": {}", quoted(&field.word));
    let required = field.required.map(|required| match required {
        Required::Yes => "true",
        Required::No => "false",
        Required::Conditional => "\"conditional\"",
    });
    // Writing to a String cannot fail.
    if let Some(required) = required {
        let _ = write!(text, ", \"required\": {required}");
    }
    if let Some(item) = &field.item {
        let _ = write!(text, ", \"item\": {}", print_field(item, indent));
    }
    if !field.fields.is_empty() {
        let _ = write!(text, ", \"fields\": {}", print_fields(&field.fields, indent));
    }
    text + " }"
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
