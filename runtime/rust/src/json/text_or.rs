//! Values that are a text in one reply and an object in the next.

use super::cursor::Kind;
use super::decode::Decode;
use super::encode::Encode;
use super::reader::Reader;
use super::writer::Writer;

/// A text, or something with parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextOr<T> {
    /// A text.
    Text(String),
    /// The other thing.
    Object(T),
}

impl<T> TextOr<T> {
    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Object(_) => None,
        }
    }

    /// The other thing, if it is that.
    pub fn object(&self) -> Option<&T> {
        match self {
            Self::Text(_) => None,
            Self::Object(object) => Some(object),
        }
    }
}

impl<T> From<&str> for TextOr<T> {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl<T> From<String> for TextOr<T> {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Decode> Decode for TextOr<T> {
    const FIELDS: &'static [&'static str] = T::FIELDS;
    const IS_MAP: bool = T::IS_MAP;
    const IS_OBJECT: bool = false;

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        match reader.kind()? {
            Kind::Text | Kind::Number => String::decode(reader).map(Self::Text),
            Kind::True => {
                reader.reject("text or object");
                None
            }
            _ => T::decode(reader).map(Self::Object),
        }
    }
}

impl<T: Encode> Encode for TextOr<T> {
    fn encode(&self, out: &mut Writer) {
        match self {
            Self::Text(text) => out.text(text),
            Self::Object(object) => object.encode(out),
        }
    }
}
