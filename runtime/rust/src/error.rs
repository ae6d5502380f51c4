//! What can go wrong with a call. Every text says what happened, to which method, and what to do; none has the token.

use std::borrow::Cow;
use std::error;
use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::{DecodeError, TransportError, TransportErrorKind};

/// A call that gave no result, or a client that could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The client cannot be made like this.
    Config {
        /// What is wrong, as a clause.
        what: Cow<'static, str>,
    },
    /// The call was not sent.
    Refused {
        /// The method that was called.
        method: Cow<'static, str>,
        /// Why it was not sent.
        why: Refusal,
    },
    /// There was no answer.
    Transport {
        /// The method that was called.
        method: Cow<'static, str>,
        /// What kept it away.
        source: TransportError,
    },
    /// Something answered that is not the API, or not well.
    Http {
        /// The method that was called.
        method: Cow<'static, str>,
        /// The status of the answer.
        status: StatusCode,
        /// The beginning of the answer.
        snippet: String,
    },
    /// The token is blocked after too many calls. This one had no effect, and may be sent again after that time.
    Blocked {
        /// The method that was called.
        method: Cow<'static, str>,
        /// The API's code.
        code: ErrorCode,
        /// The API's message.
        message: String,
        /// Until when, as `YYYY-MM-DD HH:MM:SS`, if the message says so. It names no time zone.
        until: Option<String>,
        /// After how long the client itself would send the next call.
        retry_after: Duration,
    },
    /// The API refused the call.
    Api {
        /// The method that was called.
        method: Cow<'static, str>,
        /// The API's code.
        code: ErrorCode,
        /// The API's message, which may be empty.
        message: String,
        /// What to do about it, as a clause; empty if the message has to do.
        advice: Cow<'static, str>,
    },
    /// The API answered, but nothing usable.
    Decode {
        /// The method that was called.
        method: Cow<'static, str>,
        /// What is wrong with the answer.
        source: Box<DecodeError>,
    },
}

/// Why a call was not sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// The client only reads, and the method does more, or is unknown.
    ReadOnly,
    /// The client may call some methods, and this is none of them.
    NotAllowed,
    /// Its turn did not come within this time, because too many calls were waiting.
    Late(Duration),
    /// The call makes no sense; the text says what is wrong with it, as a clause.
    InvalidRequest(Cow<'static, str>),
}

/// A code of the API's errors, such as `ERROR_BAD_TOKEN`. The set of codes is open.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ErrorCode(String);

impl Error {
    /// The method that was called; `None` if the client could not even be made.
    #[must_use]
    pub fn method(&self) -> Option<&str> {
        match self {
            Self::Config { .. } => None,
            Self::Refused { method, .. }
            | Self::Transport { method, .. }
            | Self::Http { method, .. }
            | Self::Blocked { method, .. }
            | Self::Api { method, .. }
            | Self::Decode { method, .. } => Some(method),
        }
    }

    /// The API's code, if the API refused the call.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        match self {
            Self::Blocked { code, .. } | Self::Api { code, .. } => Some(code),
            _ => None,
        }
    }

    /// Did it take too long?
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Transport { source, .. } => source.kind() == TransportErrorKind::Timeout,
            Self::Refused { why, .. } => matches!(why, Refusal::Late(_)),
            _ => false,
        }
    }

    /// Is it certain that the call had no effect, as far as the API keeps its word?
    #[must_use]
    pub fn is_without_effect(&self) -> bool {
        match self {
            Self::Config { .. } | Self::Refused { .. } | Self::Blocked { .. } => true,
            Self::Transport { source, .. } => source.kind().is_unsent(),
            Self::Http { .. } | Self::Api { .. } | Self::Decode { .. } => false,
        }
    }

    /// Does nobody know whether the call took effect? There was no answer, or one that says nothing: look before a write is
    /// sent again. An error of the API is an answer, and counts as a refusal.
    #[must_use]
    pub fn is_unclear(&self) -> bool {
        let has_answer = matches!(self, Self::Api { .. });
        !has_answer && !self.is_without_effect()
    }

    pub(crate) fn config(what: impl Into<Cow<'static, str>>) -> Self {
        Self::Config { what: what.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config { what } => write!(f, "cannot make a client: {what}"),
            Self::Refused { method, why } => write!(f, "{method}: not sent, because {why}"),
            Self::Transport { method, source } => write!(f, "{method}: {source}"),
            Self::Http { method, status, snippet } => {
                let advice = if status.is_server_error() {
                    "a server is in trouble; the call may have taken effect"
                } else {
                    "is this the API's endpoint?"
                };
                write!(f, "{method}: HTTP {status} instead of a reply ({advice})")?;
                if snippet.is_empty() {
                    return Ok(());
                }
                write!(f, ": {snippet:?}")
            }
            Self::Blocked { method, code, message, until, retry_after } => {
                api(f, method, code, message)?;
                f.write_str(" (the call had no effect; send it again after ")?;
                match until {
                    Some(until) => write!(f, "{until}, and send fewer a minute)"),
                    None => write!(f, "about {} minutes, and send fewer a minute)", (retry_after.as_secs() + 30) / 60),
                }
            }
            Self::Api { method, code, message, advice } => {
                api(f, method, code, message)?;
                if advice.is_empty() { Ok(()) } else { write!(f, " ({advice})") }
            }
            Self::Decode { method, source } => {
                write!(f, "{method}: {source} (the call may have taken effect")?;
                if !source.path().is_empty() {
                    f.write_str("; `call_raw` asks less of a reply")?;
                }
                f.write_str(")")
            }
        }
    }
}

fn api(f: &mut fmt::Formatter<'_>, method: &str, code: &ErrorCode, message: &str) -> fmt::Result {
    match (code.as_str(), message) {
        ("", "") => write!(f, "{method}: the API refused the call and does not say why"),
        ("", message) => write!(f, "{method}: the API refused the call: {message}"),
        (code, "") => write!(f, "{method}: the API refused the call: {code}"),
        (code, message) => write!(f, "{method}: the API refused the call: {code}, {message}"),
    }
}

/// Its text tells of the cause already. Whoever prints chains of errors would print that twice, so the cause is in the fields only.
impl error::Error for Error {}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ReadOnly => f.write_str("the client is read-only; call by one without `read_only`"),
            Self::NotAllowed => f.write_str("the client may not call it; name it in `allow`"),
            Self::Late(deadline) => write!(
                f,
                "its turn did not come within {deadline:?}; make fewer calls at once, or raise the deadline of the \
                 `RetryPolicy`"
            ),
            Self::InvalidRequest(what) => f.write_str(what),
        }
    }
}

impl ErrorCode {
    pub(crate) fn new(code: String) -> Self {
        Self(code)
    }

    /// The code as the API sent it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq<str> for ErrorCode {
    fn eq(&self, code: &str) -> bool {
        self.0 == code
    }
}

impl PartialEq<&str> for ErrorCode {
    fn eq(&self, code: &&str) -> bool {
        self.0 == *code
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every call carries one in its result.
    #[test]
    fn an_error_is_small() {
        assert!(size_of::<Error>() <= 128, "{} bytes", size_of::<Error>());
    }
}
