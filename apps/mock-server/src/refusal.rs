//! How the API says no: an envelope with a code and a text, at HTTP status 200.

use serde_json::{Value, json};

use crate::spec::api;

/// A call that was not done, with the code that the API (or the mock) has for why.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self { code: code.to_owned(), message: message.into() }
    }

    /// One of the codes of the spec, with the text that the API sends with it.
    pub(crate) fn known(code: &str) -> Self {
        Self::new(code, api().message(code))
    }

    /// Nobody recorded what the API says of things that are not there, so the code is the mock's own.
    pub(crate) fn no_such(what: &str, id: impl std::fmt::Display) -> Self {
        Self::new("ERROR_MOCK_NOT_FOUND", format!("there is no {what} {id} in the shop of this mock"))
    }

    pub(crate) fn envelope(&self) -> Value {
        json!({"status": "ERROR", "error_code": self.code, "error_message": self.message})
    }
}
