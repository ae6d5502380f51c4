//! What is known of the API and its methods before any call. The generated crate fills it in.

use crate::{Decode, Encode};

/// The API as a whole.
#[derive(Debug)]
pub struct ApiInfo {
    /// Where calls go, unless a client is told otherwise.
    pub endpoint: &'static str,
    /// The header that carries the token.
    pub token_header: &'static str,
    /// How many calls a minute a token has.
    pub calls_per_minute: u32,
    /// For how many seconds a token is blocked that had too many.
    pub block_seconds: u32,
    /// The date of the public changelog that this describes, as `YYYY-MM-DD`.
    pub changelog_date: &'static str,
    /// Every method, sorted by name.
    pub methods: &'static [MethodInfo],
    /// The error codes that are known. The API may send others.
    pub errors: &'static [ErrorInfo],
}

impl ApiInfo {
    /// A method by its name.
    #[must_use]
    pub fn method(&self, name: &str) -> Option<&'static MethodInfo> {
        let found = self.methods.binary_search_by_key(&name, |info| info.name);
        found.ok().map(|index| &self.methods[index])
    }

    /// What is known of an error code.
    #[must_use]
    pub fn error(&self, code: &str) -> Option<&'static ErrorInfo> {
        self.errors.iter().find(|info| info.code == code)
    }
}

/// An error code of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorInfo {
    /// The code as the API sends it.
    pub code: &'static str,
    /// Whether the same call may be sent again.
    pub retry: Retry,
}

/// Whether a call that failed may be sent again as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// It would fail again.
    Never,
    /// Once the token is no longer blocked: the call was refused before it had any effect.
    AfterBlock,
}

/// A method of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MethodInfo {
    /// Its name as it is sent.
    pub name: &'static str,
    /// What it does.
    pub access: Access,
    /// Whether calling it twice does no more than calling it once.
    pub idempotent: bool,
}

/// What a method does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Access {
    /// Nothing changes.
    Read,
    /// Something is added or changed.
    Write,
    /// Something is removed.
    Delete,
    /// Something happens outside the account's data, such as ordering a courier.
    Action,
}

/// The parameters of a method, which say what its reply is.
pub trait Method: Encode {
    /// What the method answers.
    type Reply: Decode;

    /// What is known of the method.
    const INFO: MethodInfo;
}
