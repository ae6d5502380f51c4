//! What the mock knows of the API: the checked spec, embedded as `generated/api.json`. Nothing about methods or types is
//! typed by hand anywhere else.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use serde_json::{Map, Value};

/// The whole API.
#[derive(Debug, Deserialize)]
pub(crate) struct Api {
    pub(crate) limits: Limits,
    pub(crate) errors: Vec<KnownError>,
    pub(crate) methods: BTreeMap<String, Method>,
    pub(crate) types: BTreeMap<String, Named>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Limits {
    pub(crate) calls_per_minute: usize,
    pub(crate) block_seconds: u64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct KnownError {
    code: String,
    message: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Method {
    pub(crate) access: String,
    pub(crate) params: Vec<Field>,
    #[serde(default)]
    pub(crate) require_one_of: Option<Vec<Vec<String>>>,
    pub(crate) reply: Vec<Field>,
    #[serde(default)]
    pub(crate) batch: Option<Batch>,
    #[serde(default)]
    pub(crate) paging: Option<Paging>,
    pub(crate) example: Example,
}

/// How a reply is one page of many; `first` is there where pages have numbers.
#[derive(Debug, Deserialize)]
pub(crate) struct Paging {
    pub(crate) param: String,
    #[serde(default)]
    pub(crate) first: i64,
    pub(crate) size: Option<usize>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Batch {
    pub(crate) param: String,
    pub(crate) max: usize,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Example {
    pub(crate) request: Map<String, Value>,
    pub(crate) reply: Map<String, Value>,
}

/// A parameter, a field of a reply or a field of an object.
#[derive(Debug, Deserialize)]
pub(crate) struct Field {
    pub(crate) name: String,
    #[serde(rename = "type")]
    pub(crate) ty: Type,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    pub(crate) only_with: Option<String>,
    pub(crate) max_length: Option<usize>,
    pub(crate) max_items: Option<usize>,
    pub(crate) min: Option<f64>,
    pub(crate) max: Option<f64>,
}

/// A named type: an identifier, an enum or an object, told apart by the key it has.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    pub(crate) id: Option<Scalar>,
    #[serde(rename = "enum")]
    pub(crate) enumeration: Option<Scalar>,
    #[serde(default)]
    pub(crate) values: Vec<EnumValue>,
    pub(crate) fields: Option<Vec<Field>>,
    #[serde(default)]
    pub(crate) open: bool,
}

#[derive(Debug, Deserialize)]
pub(crate) struct EnumValue {
    pub(crate) value: Value,
}

#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Scalar {
    Int,
    Text,
}

/// A type as fields name it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "String")]
pub(crate) enum Type {
    Int,
    Bool,
    Decimal,
    Money,
    Text,
    Timestamp,
    Date,
    File,
    Json,
    List(Box<Type>),
    Map(Box<Type>, Box<Type>),
    TextOr(Box<Type>),
    Named(String),
}

impl From<String> for Type {
    fn from(text: String) -> Self {
        Self::parse(&text)
    }
}

impl Type {
    fn parse(text: &str) -> Self {
        let inner = |name: &str| text.strip_prefix(name)?.strip_prefix('(')?.strip_suffix(')');
        if let Some(item) = inner("list") {
            return Self::List(Box::new(Self::parse(item)));
        }
        if let Some(item) = inner("text_or") {
            return Self::TextOr(Box::new(Self::parse(item)));
        }
        if let Some((key, value)) = inner("map").and_then(|both| both.split_once(", ")) {
            return Self::Map(Box::new(Self::parse(key)), Box::new(Self::parse(value)));
        }
        match text {
            "int" => Self::Int,
            "bool" => Self::Bool,
            "decimal" => Self::Decimal,
            "money" => Self::Money,
            "text" => Self::Text,
            "timestamp" => Self::Timestamp,
            "date" => Self::Date,
            "file" => Self::File,
            "json" => Self::Json,
            name => Self::Named(name.to_owned()),
        }
    }
}

impl Api {
    /// The text that the API sends with a code; empty where nobody knows it.
    pub(crate) fn message(&self, code: &str) -> &str {
        let known = self.errors.iter().find(|known| known.code == code);
        known.and_then(|known| known.message.as_deref()).unwrap_or_default()
    }

    /// A list out of the example reply of a method.
    pub(crate) fn example_list(&self, method: &str, field: &str) -> Vec<Map<String, Value>> {
        let found = self.methods.get(method).and_then(|method| method.example.reply.get(field));
        let items = found.and_then(Value::as_array).cloned().unwrap_or_default();
        items.into_iter().filter_map(|item| if let Value::Object(map) = item { Some(map) } else { None }).collect()
    }
}

/// The API, read once.
pub(crate) fn api() -> &'static Api {
    static API: LazyLock<Api> = LazyLock::new(|| {
        let text = include_str!("../../../generated/api.json");
        serde_json::from_str(text).expect("generated/api.json is written by xtask in this very form")
    });
    &API
}
