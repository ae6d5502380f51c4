//! Files inside JSON: base64, sent with the prefix `data:` and received with or without it.

mod disk;

use std::error::Error;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::cursor::Scalar;
use super::decode::Decode;
use super::encode::Encode;
use super::reader::{Found, Reader};
use super::writer::Writer;

/// The content of a file. It stays in base64 until it is asked for.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct File {
    base64: String,
}

impl File {
    /// A file with this content.
    #[must_use]
    pub fn from_bytes(content: &[u8]) -> Self {
        Self { base64: STANDARD.encode(content) }
    }

    /// A file whose content is in base64 already, perhaps as a `data:` URL. What is not base64 is found out by `bytes`.
    #[must_use]
    pub fn from_base64(text: &str) -> Self {
        Self { base64: without_prefix(text).to_owned() }
    }

    /// The content in base64, without a prefix.
    #[must_use]
    pub fn base64(&self) -> &str {
        &self.base64
    }

    /// The content.
    ///
    /// # Errors
    ///
    /// If what was received is not base64.
    pub fn bytes(&self) -> Result<Vec<u8>, InvalidFile> {
        STANDARD.decode(&self.base64).map_err(|error| InvalidFile { what: error.to_string() })
    }
}

/// `data:` and the base64, or `data:application/pdf;base64,` and the base64, or the base64 alone.
fn without_prefix(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("data:") else {
        return text;
    };
    rest.split_once(";base64,").map_or(rest, |(_, base64)| base64)
}

/// Shows the size only: the content would bury everything else.
impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "File({} bytes of base64)", self.base64.len())
    }
}

/// A file whose content is not base64.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidFile {
    what: String,
}

impl fmt::Display for InvalidFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the file's content is not base64: {}", self.what)
    }
}

impl Error for InvalidFile {}

impl Decode for File {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.scalar("file", |scalar| match *scalar {
            Scalar::Null | Scalar::False => Found::Nothing,
            Scalar::Text(text) => match Self::from_base64(text) {
                file if file.base64.is_empty() => Found::Nothing,
                file => Found::Value(file),
            },
            _ => Found::Wrong,
        })
    }
}

impl Encode for File {
    fn encode(&self, out: &mut Writer) {
        out.text_parts(&["data:", &self.base64]);
    }
}
