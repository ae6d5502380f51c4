//! The seam between a call and the network. It lies below the token, the limits and the errors of the API, so that
//! whoever stands in for the network, a test or a recorder, sees and gives the very bytes.

mod error;
#[cfg(feature = "hyper")]
mod hyper;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri};

pub use error::{TransportError, TransportErrorKind};

#[cfg(feature = "hyper")]
pub use self::hyper::HyperTransport;

/// A future in a box.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Carries requests to the API and brings back what it answers.
pub trait Transport: Send + Sync {
    /// Sends a request, once, by POST, and waits for the whole answer, whatever its status. Redirects are not followed:
    /// they would carry the token elsewhere. Dropping the future gives the exchange up.
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>>;
}

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        (**self).send(request)
    }
}

/// A request as it is to be sent. Its headers hold the token, marked as sensitive.
#[derive(Clone)]
pub struct HttpRequest {
    /// Where to.
    pub uri: Uri,
    /// All headers but those of the connection itself, such as `host` and `content-length`.
    pub headers: HeaderMap,
    /// The form.
    pub body: Bytes,
    /// How long the whole exchange may take.
    pub timeout: Duration,
    /// How long the answer's body may be.
    pub max_reply_bytes: usize,
}

/// Leaves out the form, which may hold data of buyers.
impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpRequest")
            .field("uri", &self.uri)
            .field("headers", &self.headers)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .field("timeout", &self.timeout)
            .field("max_reply_bytes", &self.max_reply_bytes)
            .finish()
    }
}

/// What was answered.
#[derive(Clone)]
pub struct HttpResponse {
    /// The status; the API itself answers 200 always.
    pub status: StatusCode,
    /// The body, to its end.
    pub body: Bytes,
}

/// Leaves out the body, which may hold data of buyers.
impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpResponse")
            .field("status", &self.status)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish()
    }
}
