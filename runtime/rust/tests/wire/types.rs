//! The types that the table names, written as the generator would write them, and their canonical JSON.

use std::collections::BTreeMap;

use baselinker_runtime::{
    Date, Decimal, Decode, Extra, File, MapKey, Reader, TextOr, Timestamp, Value, int_enum, int_id, text_enum, text_id,
};
use serde_json::{Map, json};

use super::{Outcome, field};

/// Decodes a body as the type of this name.
pub(crate) fn with_type(name: &str, body: &[u8]) -> Outcome {
    match name {
        "int" => field::<i64>(body),
        "id" => field::<LineId>(body),
        "text_id" => field::<Code>(body),
        "decimal" | "money" => field::<Decimal>(body),
        "bool" => field::<bool>(body),
        "text" => field::<String>(body),
        "timestamp" => field::<Timestamp>(body),
        "date" => field::<Date>(body),
        "file" => field::<File>(body),
        "json" => field::<Value>(body),
        "enum(Star)" => field::<Star>(body),
        "enum(Source)" => field::<Source>(body),
        "Line" => field::<OrderLine>(body),
        "text_or(Line)" => field::<TextOr<OrderLine>>(body),
        "list(int)" => field::<Vec<i64>>(body),
        "list(text)" => field::<Vec<String>>(body),
        "list(Line)" => field::<Vec<OrderLine>>(body),
        "list(map(text, int))" => field::<Vec<BTreeMap<String, i64>>>(body),
        "list(list(int))" => field::<Vec<Vec<i64>>>(body),
        "map(text, int)" => field::<BTreeMap<String, i64>>(body),
        "map(id, decimal)" => field::<BTreeMap<LineId, Decimal>>(body),
        "map(id, Line)" => field::<BTreeMap<LineId, OrderLine>>(body),
        "map(text, map(text, int))" => field::<BTreeMap<String, BTreeMap<String, i64>>>(body),
        _ => panic!("{name} is not a type of this runner: add it to {}", file!()),
    }
}

pub(crate) trait Canonical {
    fn canonical(&self) -> Value;
}

/// Whatever can stand in the field of a case.
pub(crate) trait Field: Decode + Canonical {}

impl<T: Decode + Canonical> Field for T {}

/// The object whose only field is the value of a case.
pub(crate) struct Probe<T> {
    pub(crate) value: Option<T>,
}

impl<T: Decode> Decode for Probe<T> {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self { value: None };
        while reader.next_field(&["value"], &mut Extra::default()).is_some() {
            this.value = Decode::decode(reader);
        }
        Some(this)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct LineId(pub i64);
int_id!(LineId);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Code(pub String);
text_id!(Code);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Star {
    None,
    Yellow,
    Red,
    Unknown(i64),
}

impl Star {
    fn from_code(code: i64) -> Self {
        match code {
            0 => Self::None,
            1 => Self::Yellow,
            2 => Self::Red,
            _ => Self::Unknown(code),
        }
    }

    fn code(self) -> i64 {
        match self {
            Self::None => 0,
            Self::Yellow => 1,
            Self::Red => 2,
            Self::Unknown(code) => code,
        }
    }
}

int_enum!(Star);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    Shop,
    Allegro,
    Unknown(String),
}

impl Source {
    fn from_code(code: &str) -> Self {
        match code {
            "shop" => Self::Shop,
            "allegro" => Self::Allegro,
            _ => Self::Unknown(code.to_owned()),
        }
    }

    fn code(&self) -> &str {
        match self {
            Self::Shop => "shop",
            Self::Allegro => "allegro",
            Self::Unknown(code) => code,
        }
    }
}

text_enum!(Source);

#[derive(Debug, Clone, Default)]
pub(crate) struct OrderLine {
    line_id: LineId,
    name: Option<String>,
    quantity: Option<Decimal>,
    tags: Vec<String>,
    prices: BTreeMap<LineId, Decimal>,
    pick_state: Option<i64>,
    lines: Vec<OrderLine>,
    extra: Extra,
}

impl Decode for OrderLine {
    const FIELDS: &'static [&'static str] =
        &["line_id", "name", "quantity", "tags", "prices", "pick_state", "lines", "pick_status"];

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        let mut line_id = None;
        while let Some(field) = reader.next_field(Self::FIELDS, &mut this.extra) {
            match field {
                0 => line_id = Decode::decode(reader),
                1 => this.name = Decode::decode(reader),
                2 => this.quantity = Decode::decode(reader),
                3 => this.tags = reader.list(),
                4 => this.prices = reader.map(),
                6 => this.lines = reader.list(),
                _ => this.pick_state = Decode::decode(reader).or(this.pick_state.take()),
            }
        }
        this.line_id = reader.require("line_id", line_id);
        Some(this)
    }
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    lines: Vec<OrderLine>,
    extra: Extra,
}

impl Decode for Page {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        while reader.next_field(&["lines"], &mut this.extra).is_some() {
            this.lines = reader.list();
        }
        Some(this)
    }
}

macro_rules! canonical {
    ($($name:ty: |$value:ident| $canonical:expr;)*) => {
        $(impl Canonical for $name {
            fn canonical(&self) -> Value {
                let $value = self;
                json!($canonical)
            }
        })*
    };
}

canonical! {
    i64: |value| value;
    bool: |value| value;
    String: |value| value;
    Value: |value| value;
    Decimal: |value| value.to_string();
    Timestamp: |value| value.0;
    Date: |value| value.to_string();
    File: |value| value.base64();
    LineId: |value| value.0;
    Code: |value| value.0;
    Star: |value| value.code();
    Source: |value| value.code();
}

impl<T: Canonical> Canonical for Vec<T> {
    fn canonical(&self) -> Value {
        self.iter().map(Canonical::canonical).collect()
    }
}

impl<K: MapKey, V: Canonical> Canonical for BTreeMap<K, V> {
    fn canonical(&self) -> Value {
        self.iter().map(|(key, value)| (key.to_key(), value.canonical())).collect()
    }
}

impl<T: Canonical> Canonical for TextOr<T> {
    fn canonical(&self) -> Value {
        match self {
            Self::Text(text) => text.clone().into(),
            Self::Object(object) => object.canonical(),
        }
    }
}

impl Canonical for OrderLine {
    fn canonical(&self) -> Value {
        let Self { line_id, name, quantity, tags, prices, pick_state, lines, extra } = self;
        let fields = [
            ("line_id", Some(line_id.canonical())),
            ("name", name.as_ref().map(Canonical::canonical)),
            ("quantity", quantity.as_ref().map(Canonical::canonical)),
            ("tags", (!tags.is_empty()).then(|| tags.canonical())),
            ("prices", (!prices.is_empty()).then(|| prices.canonical())),
            ("pick_state", pick_state.as_ref().map(Canonical::canonical)),
            ("lines", (!lines.is_empty()).then(|| lines.canonical())),
        ];
        object(fields, extra)
    }
}

impl Canonical for Page {
    fn canonical(&self) -> Value {
        object([("lines", (!self.lines.is_empty()).then(|| self.lines.canonical()))], &self.extra)
    }
}

fn object(fields: impl IntoIterator<Item = (&'static str, Option<Value>)>, extra: &Extra) -> Value {
    let mut object: Map<String, Value> =
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect();
    if !extra.is_empty() {
        object.insert("extra".to_owned(), extra.clone().into_map().into());
    }
    Value::Object(object)
}
