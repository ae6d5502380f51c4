//! The whole of a reply: the API's envelope around it, and what is left to say once it has been read.

use std::error::Error;
use std::fmt;

use super::cursor::{Cursor, Kind, Scalar};
use super::decode::Decode;
use super::error::DecodeError;
use super::mismatch::Mismatch;
use super::reader::{Found, Reader};

/// A decoded reply, with what did not fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Decoded<T> {
    /// The reply.
    pub value: T,
    /// The values that could not be read as documented, in the order of the reply; the first thousand.
    pub mismatches: Vec<Mismatch>,
    /// How many mismatches more there were.
    pub unlisted: usize,
}

/// Why a reply gives no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReplyError {
    /// It cannot be decoded.
    Decode(DecodeError),
    /// It is the API's own error.
    Api {
        /// The error code, such as `ERROR_BAD_TOKEN`; empty if the API sent none.
        code: String,
        /// The message, often empty.
        message: String,
    },
}

impl fmt::Display for ReplyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decode(error) => error.fmt(f),
            Self::Api { code, message } if message.is_empty() => {
                write!(f, "the API answered {code}")
            }
            Self::Api { code, message } => write!(f, "the API answered {code}: {message}"),
        }
    }
}

impl Error for ReplyError {}

/// What the outermost object says beside the reply itself.
#[derive(Default)]
pub(super) struct Envelope {
    status: Option<String>,
    code: Option<String>,
    message: Option<String>,
}

impl Envelope {
    pub(super) fn has(key: &str) -> bool {
        matches!(key, "status" | "error_code" | "error_message")
    }

    fn set(&mut self, key: &str, text: Option<String>) {
        match key {
            "status" => self.status = text,
            "error_code" => self.code = text,
            _ => self.message = text,
        }
    }

    /// The API's own error, if this is one.
    fn api_error(&mut self) -> Option<ReplyError> {
        (self.status.as_deref() == Some("ERROR")).then(|| ReplyError::Api {
            code: self.code.take().unwrap_or_default(),
            message: self.message.take().unwrap_or_default(),
        })
    }
}

/// Decodes a value as it stands, without the API's envelope.
///
/// # Errors
///
/// If the body is not JSON, or not a usable `T`.
pub fn decode<T: Decode>(body: &[u8]) -> Result<Decoded<T>, DecodeError> {
    let mut value = None;
    let report = read_plain(body, &mut |reader| read_into(&mut value, reader))?;
    Ok(report.with(value))
}

/// Decodes a reply of the API: `{"status":"SUCCESS", ...}`, or an error of the API.
///
/// # Errors
///
/// If the API reports an error, or the body is not a usable reply.
pub fn decode_reply<T: Decode>(body: &[u8]) -> Result<Decoded<T>, ReplyError> {
    let mut value = None;
    let report = read_reply(body, &mut |reader| read_into(&mut value, reader))?;
    Ok(report.with(value))
}

/// Reads a value; whether there is one.
type Read<'r> = &'r mut dyn FnMut(&mut Reader<'_>) -> bool;

fn read_into<T: Decode>(value: &mut Option<T>, reader: &mut Reader<'_>) -> bool {
    *value = T::decode(reader);
    value.is_some()
}

/// What was noted while reading a value that is there.
struct Report {
    mismatches: Vec<Mismatch>,
    unlisted: usize,
}

impl Report {
    fn with<T>(self, value: Option<T>) -> Decoded<T> {
        let Self { mismatches, unlisted } = self;
        // There is a report only if there is a value.
        Decoded { value: value.expect("a value was read"), mismatches, unlisted }
    }
}

// Decoding is compiled for every reply that a program asks for, so all that can be is done here, once for all of them.

fn read_plain(body: &[u8], read: Read<'_>) -> Result<Report, DecodeError> {
    let mut reader = Reader::new(utf8(body)?);
    let found = read(&mut reader);
    reader.close()?;
    reader.report(found)
}

fn read_reply(body: &[u8], read: Read<'_>) -> Result<Report, ReplyError> {
    let mut reader = Reader::for_reply(body).map_err(ReplyError::Decode)?;
    let found = read(&mut reader);
    reader.close_reply()?;
    reader.report(found).map_err(ReplyError::Decode)
}

impl<'j> Reader<'j> {
    fn for_reply(body: &'j [u8]) -> Result<Self, DecodeError> {
        let text = utf8(body)?;
        let what = match text.trim_ascii_start().as_bytes().first() {
            Some(b'{') => {
                let mut reader = Self::new(text);
                reader.envelope = Some(Envelope::default());
                return Ok(reader);
            }
            None => "it is empty",
            Some(b'<') => "it is HTML or XML instead of JSON: is this the API's endpoint?",
            Some(_) => "it is not an object with a status",
        };
        Err(DecodeError::new(String::new(), what, 0, text.trim_ascii()))
    }

    /// Takes one of the keys that belong to the envelope.
    #[cold]
    pub(super) fn envelope_field(&mut self, key: &str) {
        let text = self.scalar("text", envelope_text);
        if let Some(envelope) = &mut self.envelope {
            envelope.set(key, text);
        }
    }

    fn close(&mut self) -> Result<(), DecodeError> {
        if self.failure.is_none() {
            let finished = self.cursor.finish();
            self.step(finished);
        }
        self.failure.take().map_or(Ok(()), |failure| Err(*failure))
    }

    fn close_reply(&mut self) -> Result<(), ReplyError> {
        let closed = self.close();
        let mut envelope = self.envelope.take().unwrap_or_default();
        if let Err(failure) = closed {
            // Decoding stopped early, perhaps before the API's own error, which would explain what is missing.
            let reread = Envelope::of(self.cursor.text());
            let error = reread.and_then(|mut envelope| envelope.api_error());
            return Err(error.unwrap_or(ReplyError::Decode(failure)));
        }
        if let Some(error) = envelope.api_error() {
            return Err(error);
        }
        let what = match envelope.status.as_deref() {
            Some("SUCCESS") => return Ok(()),
            Some(_) => "its status is neither SUCCESS nor ERROR",
            None => "it has no status: is this the API's endpoint?",
        };
        let text = self.cursor.text();
        Err(ReplyError::Decode(DecodeError::new(String::new(), what, text.len(), text.trim_ascii())))
    }

    /// What was noted; an error if no value was found.
    fn report(self, found: bool) -> Result<Report, DecodeError> {
        let Self { cursor, mismatches, unlisted, .. } = self;
        if found {
            return Ok(Report { mismatches, unlisted });
        }
        Err(match mismatches.first() {
            Some(Mismatch { expected, found, .. }) => {
                DecodeError::new(String::new(), format!("expected {expected}"), 0, found)
            }
            None => DecodeError::new(String::new(), "it holds nothing", 0, cursor.text().trim_ascii()),
        })
    }
}

impl Envelope {
    /// Reads nothing but the envelope; `None` if the text is not JSON from end to end.
    fn of(text: &str) -> Option<Self> {
        let mut cursor = Cursor::new(text);
        let mut envelope = Self::default();
        if cursor.kind().ok()? != Kind::Object {
            return None;
        }
        let mut span = cursor.first_span().ok()?;
        while let Some(found) = span {
            let key = cursor.key(found);
            if Self::has(&key) {
                let text = match envelope_text(&cursor.scalar().ok()?) {
                    Found::Value(text) => Some(text),
                    Found::Nothing | Found::Wrong => None,
                };
                envelope.set(&key, text);
            } else {
                cursor.skip().ok()?;
            }
            span = cursor.next_span().ok()?;
        }
        cursor.finish().ok()?;
        Some(envelope)
    }
}

fn envelope_text(scalar: &Scalar<'_>) -> Found<String> {
    match *scalar {
        Scalar::Text(text) | Scalar::Number(text) => Found::Value(text.to_owned()),
        Scalar::Null | Scalar::False => Found::Nothing,
        Scalar::True | Scalar::Parts(_) => Found::Wrong,
    }
}

fn utf8(body: &[u8]) -> Result<&str, DecodeError> {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
    std::str::from_utf8(body).map_err(|error| {
        let offset = error.valid_up_to();
        let near = String::from_utf8_lossy(&body[offset.saturating_sub(20)..]);
        DecodeError::new(String::new(), "it is not UTF-8 text", offset, &near)
    })
}
