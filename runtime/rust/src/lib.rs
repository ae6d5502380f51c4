//! The part of baselinker-client that is written by hand: JSON, errors, and the call.
//!
//! Programs use it through the generated crate, which exports all of it.

mod account;
mod batch;
#[cfg(feature = "blocking")]
mod blocking;
mod client;
mod error;
mod gate;
mod info;
mod json;
mod limit;
mod observer;
mod paging;
mod race;
mod retry;
mod token;
mod transport;

pub use batch::{BatchFailure, Batched, Batches, split_list, split_map};
#[cfg(feature = "blocking")]
pub use blocking::{BlockingClient, Waiting};
pub use client::{Call, Client, ClientBuilder, Reply};
pub use error::{Error, ErrorCode, Refusal};
pub use info::{Access, ApiInfo, ErrorInfo, Method, MethodInfo, Retry};
pub use json::{
    Date, Decimal, Decode, DecodeError, Decoded, Encode, Extra, File, InvalidDate, InvalidFile, MapKey, Mismatch,
    Reader, ReplyError, TextOr, Timestamp, Value, Writer, decode, decode_reply, encode,
};
#[cfg(feature = "to-json")]
pub use json::{ToJson, to_json};
pub use limit::{Permit, RateLimiter, SlidingWindow};
pub use observer::{BlockInfo, CallEnd, CallInfo, Observer, Outcome};
pub use paging::{Follow, Followed, Items, Paged, Pages, Paging};
pub use retry::{Repeat, RetryPolicy};
pub use token::Token;
#[cfg(feature = "hyper")]
pub use transport::HyperTransport;
pub use transport::{BoxFuture, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};

// Whoever writes a transport meets the types of these.
pub use {bytes, http};

/// The examples of the README, as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
