//! Types of values: those that every API has, and those that the spec names.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::{Field, Scalar};

/// The type of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// A whole number of 64 bits.
    Int,
    /// A flag.
    Bool,
    /// An exact decimal number.
    Decimal,
    /// An exact decimal amount of money.
    Money,
    /// A text.
    Text,
    /// Unix time in seconds.
    Timestamp,
    /// A calendar day.
    Date,
    /// The content of a file.
    File,
    /// Anything.
    Json,
    /// A list.
    List(Box<Type>),
    /// A map from a key that is an int, a text, an identifier or an enum.
    Map(Box<Type>, Box<Type>),
    /// A text or an object.
    TextOr(Box<Type>),
    /// A named type.
    Named(String),
}

/// A named type.
#[derive(Debug)]
pub struct TypeDef {
    /// Its name, upper camel case.
    pub name: String,
    /// The file of the spec it comes from.
    pub file: String,
    /// What a value stands for.
    pub doc: String,
    /// What kind of type it is.
    pub kind: TypeKind,
    /// The groups whose methods use it.
    pub groups: BTreeSet<String>,
    /// Whether a request may hold it.
    pub sent: bool,
    /// Whether a reply may hold it.
    pub received: bool,
}

/// The kinds of named types.
#[derive(Debug)]
pub enum TypeKind {
    /// An identifier.
    Id {
        /// What it is on the wire.
        wire: Scalar,
        /// A regular expression that text ones match.
        pattern: Option<String>,
    },
    /// A set of values.
    Enum {
        /// What the values are on the wire.
        wire: Scalar,
        /// Whether requests may hold other values.
        open: bool,
        /// The known values in the order of the spec.
        values: Vec<EnumValue>,
    },
    /// An object.
    Object {
        /// Whether requests may hold further keys.
        open: bool,
        /// Its fields in the order of the spec.
        fields: Vec<Field>,
    },
}

/// One value of an enum.
#[derive(Debug)]
pub struct EnumValue {
    /// The value on the wire, numbers as text.
    pub wire: String,
    /// Its name, snake case.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// When it appeared.
    pub since: Option<String>,
    /// Why not to use it any more.
    pub deprecated: Option<String>,
}

impl Type {
    /// The named types in it, its own name included.
    #[must_use]
    pub fn names(&self) -> Vec<&str> {
        match self {
            Self::Named(name) => vec![name],
            Self::List(item) | Self::TextOr(item) => item.names(),
            Self::Map(key, item) => [key.names(), item.names()].concat(),
            _ => Vec::new(),
        }
    }
}

/// As the spec writes it.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Int => f.write_str("int"),
            Self::Bool => f.write_str("bool"),
            Self::Decimal => f.write_str("decimal"),
            Self::Money => f.write_str("money"),
            Self::Text => f.write_str("text"),
            Self::Timestamp => f.write_str("timestamp"),
            Self::Date => f.write_str("date"),
            Self::File => f.write_str("file"),
            Self::Json => f.write_str("json"),
            Self::List(item) => write!(f, "list({item})"),
            Self::Map(key, item) => write!(f, "map({key}, {item})"),
            Self::TextOr(item) => write!(f, "text_or({item})"),
            Self::Named(name) => f.write_str(name),
        }
    }
}

impl EnumValue {
    /// The value as JSON.
    #[must_use]
    pub fn json(&self, wire: Scalar) -> Value {
        match wire {
            // Checked to be a number before.
            Scalar::Int => self.wire.parse::<i64>().unwrap_or_default().into(),
            Scalar::Text => self.wire.as_str().into(),
        }
    }
}

impl TypeDef {
    /// The fields of an object; none for other kinds.
    #[must_use]
    pub fn fields(&self) -> &[Field] {
        match &self.kind {
            TypeKind::Object { fields, .. } => fields,
            _ => &[],
        }
    }
}
