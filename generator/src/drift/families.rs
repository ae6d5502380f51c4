//! Which type words of the public documentation go with which types of the spec: the one table of the comparison.

use crate::model::{Api, Scalar, Type, TypeKind};

/// What kind of value a type of the spec stands for; names, lengths and keys of maps are left aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// A flag.
    Bool,
    /// A calendar day.
    Date,
    /// An exact decimal number.
    Decimal,
    /// The content of a file.
    File,
    /// A whole number: plain, an identifier or an enum.
    Int,
    /// Anything.
    Json,
    /// A list.
    List,
    /// A map.
    Map,
    /// An amount of money.
    Money,
    /// An object.
    Object,
    /// A text: plain, an identifier or an enum.
    Text,
    /// A text or an object.
    TextOr,
    /// Unix time.
    Timestamp,
}

use Family::{Bool, Date, Decimal, File, Int, Json, List, Map, Money, Object, Text, TextOr, Timestamp};

/// What a type word means: its name in `drift.yaml`, and the families of the spec that can mean the same.
#[derive(Debug)]
pub struct Meaning {
    /// One name for all words that mean the same.
    pub name: &'static str,
    /// The families that go with it.
    pub fits: &'static [Family],
}

const ANYTHING: &[Family] = &[Bool, Date, Decimal, File, Int, Json, List, Map, Money, Object, Text, TextOr, Timestamp];

/// The words, without what stands in brackets behind them, and what they mean.
const WORDS: &[(&[&str], Meaning)] = &[
    (&["any", "mixed"], Meaning { name: "any", fits: ANYTHING }),
    // PHP has one word for three things; where the reader could not tell which, each of them fits.
    (&["array"], Meaning { name: "array", fits: &[Json, List, Map, Object] }),
    (&["base64"], Meaning { name: "file", fits: &[File] }),
    (&["bool"], Meaning { name: "bool", fits: &[Bool] }),
    // A day is written as a text. A text that may also be an object was read as the text.
    (&["char", "enum", "string", "text", "varchar"], Meaning { name: "text", fits: &[Date, Text, TextOr] }),
    (&["date"], Meaning { name: "date", fits: &[Date] }),
    (&["decimal"], Meaning { name: "decimal", fits: &[Decimal, Money] }),
    (&["float", "numeric"], Meaning { name: "decimal", fits: &[Decimal] }),
    (&["int", "tinyint"], Meaning { name: "int", fits: &[Int] }),
    (&["list"], Meaning { name: "list", fits: &[List] }),
    (&["map"], Meaning { name: "map", fits: &[Map] }),
    (&["money"], Meaning { name: "money", fits: &[Money] }),
    (&["object"], Meaning { name: "object", fits: &[Object] }),
    (&["string/int"], Meaning { name: "text", fits: &[Text] }),
    (&["unix_time"], Meaning { name: "timestamp", fits: &[Timestamp] }),
];

/// What a type word means, if the table has it.
pub fn meaning(word: &str) -> Option<&'static Meaning> {
    let plain = word.split('(').next().unwrap_or(word);
    WORDS.iter().find(|(words, _)| words.contains(&plain)).map(|(_, meaning)| meaning)
}

impl Family {
    /// The family of a type.
    pub fn of(api: &Api, ty: &Type) -> Self {
        match ty {
            Type::Bool => Bool,
            Type::Date => Date,
            Type::Decimal => Decimal,
            Type::File => File,
            Type::Int => Int,
            Type::Json => Json,
            Type::List(_) => List,
            Type::Map(..) => Map,
            Type::Money => Money,
            Type::Text => Text,
            Type::TextOr(_) => TextOr,
            Type::Timestamp => Timestamp,
            Type::Named(name) => match &api.type_def(name).kind {
                TypeKind::Object { .. } => Object,
                TypeKind::Id { wire, .. } | TypeKind::Enum { wire, .. } => match wire {
                    Scalar::Int => Int,
                    Scalar::Text => Text,
                },
            },
        }
    }

    /// Its name in `drift.yaml`.
    pub fn name(self) -> &'static str {
        match self {
            Bool => "bool",
            Date => "date",
            Decimal => "decimal",
            File => "file",
            Int => "int",
            Json => "json",
            List => "list",
            Map => "map",
            Money => "money",
            Object => "object",
            Text => "text",
            TextOr => "text_or",
            Timestamp => "timestamp",
        }
    }
}
