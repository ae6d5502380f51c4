//! Reading and writing the API's JSON: every type reads all the forms in which the API is known to send it,
//! and what cannot be read becomes a recorded [`Mismatch`] instead of a lost reply.

mod cursor;
mod date;
mod decode;
mod encode;
mod enums;
mod error;
mod extra;
mod file;
mod ids;
mod key;
mod mismatch;
mod number;
mod parts;
mod path;
mod reader;
mod reply;
mod report;
mod text_or;
mod timestamp;
#[cfg(feature = "to-json")]
mod to_json;
mod value;
mod writer;

pub use date::{Date, InvalidDate};
pub use decode::Decode;
pub use encode::{Encode, encode};
pub use error::DecodeError;
pub use extra::Extra;
pub use file::{File, InvalidFile};
pub use key::MapKey;
pub use mismatch::Mismatch;
pub use reader::Reader;
pub use reply::{Decoded, ReplyError, decode, decode_reply};
pub use text_or::TextOr;
pub use timestamp::Timestamp;
#[cfg(feature = "to-json")]
pub use to_json::{ToJson, to_json};
pub use writer::Writer;

/// Without the feature no type has this JSON.
#[cfg(not(feature = "to-json"))]
#[doc(hidden)]
#[macro_export]
macro_rules! json_as_sent {
    ($($name:ty),*) => {};
}

/// An exact decimal number, for money and measures.
pub type Decimal = rust_decimal::Decimal;

/// Any JSON value, for the few places where the API promises no shape.
pub type Value = serde_json::Value;
