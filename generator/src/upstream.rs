//! A second, independent reading of the public documentation: which methods and fields it has, of which types, and which
//! parameters it requires. It is kept as `spec/upstream/<date>.json`, a line for each field, so that two readings compare well.

mod html;
mod import;
mod listing;
mod merge;
mod method;
mod page;
mod read;
mod rows;

use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use crate::check::days_of;
use crate::source::{ChangeKind, Entries};

pub use import::import;
pub(crate) use listing::is_method;
pub use method::method_in;
pub use read::{ReadPages, SavedPage, is_page, listed, read};

/// The folder of the readings in a spec folder.
pub const FOLDER: &str = "upstream";

/// What the public documentation said on one day.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// The lines of the public changelog since the reading before, newest first.
    #[serde(default)]
    pub changes: Vec<ChangeReading>,
    /// The methods by wire name.
    pub methods: Entries<MethodReading>,
}

/// A line of the public changelog.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeReading {
    /// Its date.
    pub date: String,
    /// What kind of change it tells of, as far as its words say.
    pub kind: ChangeKind,
    /// The methods that it names.
    pub methods: Vec<String>,
}

/// What it said about a method.
#[derive(Debug, Default, Clone, Deserialize)]
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
#[derive(Debug, Clone, Deserialize)]
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
        format!("{FOLDER}/{date}.json")
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
        let changes: Vec<String> = self.changes.iter().map(print_change).collect();
        let changes = match changes.as_slice() {
            [] => String::new(),
            some => format!("  \"changes\": [\n{}\n  ],\n", some.join(",\n")),
        };
        format!("{{\n{changes}  \"methods\": {{\n{}\n  }}\n}}\n", methods.join(",\n"))
    }
}

/// The dates of the readings that a spec folder has, oldest first.
///
/// # Errors
///
/// When the folder cannot be read.
pub fn dates(spec: &Path) -> std::io::Result<Vec<String>> {
    let entries = match fs::read_dir(spec.join(FOLDER)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut dates = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        dates.extend(name.strip_suffix(".json").filter(|date| days_of(date).is_some()).map(str::to_owned));
    }
    dates.sort();
    Ok(dates)
}

fn print_change(change: &ChangeReading) -> String {
    let ChangeReading { date, kind, methods } = change;
    let methods: Vec<String> = methods.iter().map(|method| quoted(method)).collect();
    let kind = kind.word();
    format!(r#"    {{ "date": "{date}", "kind": "{kind}", "methods": [{}] }}"#, methods.join(", "))
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
