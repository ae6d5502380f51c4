//! The types that the table names, written as the generator would write them.

use std::collections::BTreeMap;

use baselinker_runtime::{
    Date, Decimal, Decode, Extra, File, Reader, TextOr, Timestamp, ToJson, Value, Writer, int_enum, int_id, text_enum,
    text_id,
};

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
        "list(text_or(Line))" => field::<Vec<TextOr<OrderLine>>>(body),
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

/// Whatever can stand in the field of a case.
pub(crate) trait Field: Decode + ToJson {}

impl<T: Decode + ToJson> Field for T {}

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

impl ToJson for OrderLine {
    fn write_json(&self, out: &mut Writer) {
        let Self { line_id, name, quantity, tags, prices, pick_state, lines, extra } = self;
        out.record(
            &[
                ("line_id", line_id),
                ("name", name),
                ("quantity", quantity),
                ("tags", tags),
                ("prices", prices),
                ("pick_state", pick_state),
                ("lines", lines),
            ],
            extra,
        );
    }
}

impl ToJson for Page {
    fn write_json(&self, out: &mut Writer) {
        out.record(&[("lines", &self.lines)], &self.extra);
    }
}
