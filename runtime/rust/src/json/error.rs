//! The error of a reply that cannot be used at all.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;

use super::mismatch::snippet;

/// A reply that could not be decoded: not JSON, not a reply of this API, or without the identity of something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    path: String,
    what: Cow<'static, str>,
    offset: usize,
    near: String,
}

impl DecodeError {
    pub(super) fn new(path: String, what: impl Into<Cow<'static, str>>, offset: usize, near: &str) -> Self {
        Self { path, what: what.into(), offset, near: snippet(near).to_owned() }
    }

    /// Where in the reply: `orders[3].order_id`; empty for the reply as a whole.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// What is wrong, as a clause.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    /// How many bytes of the reply were read.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// The same error without a text that must not be shown.
    #[must_use]
    pub fn without(mut self, secret: &str) -> Self {
        if !secret.is_empty() {
            self.near = self.near.replace(secret, "[redacted]");
            self.path = self.path.replace(secret, "[redacted]");
            self.what = self.what.replace(secret, "[redacted]").into();
        }
        self
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot decode the reply")?;
        if !self.path.is_empty() {
            write!(f, " at {}", self.path)?;
        }
        write!(f, ": {} (byte {}", self.what, self.offset)?;
        if !self.near.is_empty() {
            write!(f, ", near {:?}", self.near)?;
        }
        write!(f, ")")
    }
}

impl Error for DecodeError {}
