//! Why an exchange gave no answer.

use std::error::Error;
use std::fmt;

/// An exchange that gave no answer.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    what: String,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// What kept an exchange from giving an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection. Nothing was sent.
    Connect,
    /// The connection could not be made secure. Nothing was sent.
    Tls,
    /// It took too long. The call may have taken effect.
    Timeout,
    /// The connection broke before the answer was complete. The call may have taken effect.
    Closed,
    /// The answer is longer than allowed. The call may have taken effect.
    TooLarge,
    /// Something else. The call may have taken effect.
    Other,
}

impl TransportError {
    /// An error; `what` is a clause such as `no connection to api.example.com`.
    pub fn new(kind: TransportErrorKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), source: None }
    }

    /// The same error with what caused it. The cause must not name the token.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// What kept the exchange from giving an answer.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// What happened, as a clause.
    #[must_use]
    pub fn what(&self) -> &str {
        &self.what
    }

    pub(crate) fn set_what(&mut self, what: String) {
        self.what = what;
    }
}

impl TransportErrorKind {
    /// Was the call certainly not sent?
    #[must_use]
    pub fn is_unsent(self) -> bool {
        matches!(self, Self::Connect | Self::Tls)
    }

    /// What whoever reads the error should know or do, as a clause.
    fn advice(self) -> &'static str {
        match self {
            Self::Connect => "nothing was sent; check the network and the endpoint",
            Self::Tls => "nothing was sent; check the endpoint, the clock, and proxies that open connections",
            Self::TooLarge => "the call may have taken effect; raise `max_reply_bytes`",
            Self::Timeout | Self::Closed | Self::Other => {
                "the call may have taken effect; look before sending a write again"
            }
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.what, self.kind.advice())
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
