//! The transport over the network: hyper speaks HTTP/1.1 and keeps connections open, rustls makes them secure.

mod cause;
mod connect;

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper_util::client::legacy::Client;
use hyper_util::rt::{TokioExecutor, TokioTimer};

use self::cause::exchange_error;
use self::connect::Connector;
use super::{BoxFuture, HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind as Kind};

/// For how long a connection is kept that nobody uses.
const IDLE: Duration = Duration::from_secs(30);

/// How much memory is taken for a body on the word of its header alone.
const TRUSTED: usize = 1 << 20;

/// The transport that clients have by default. It needs a Tokio runtime to send.
#[derive(Debug, Clone)]
pub struct HyperTransport {
    client: Client<Connector, Full<Bytes>>,
}

impl HyperTransport {
    /// A transport that gives up connecting, TLS included, after a time.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up.
    pub fn new(connect_timeout: Duration) -> Result<Self, TransportError> {
        let connector = Connector::new(connect_timeout)?;
        // Of itself hyper sends a request again only if the connection was found closed before a byte was written.
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .build(connector);
        Ok(Self { client })
    }

    async fn exchange(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let HttpRequest { uri, headers, body, max_reply_bytes, .. } = request;
        let mut request = Request::post(uri)
            .body(Full::new(body))
            .map_err(|error| TransportError::new(Kind::Other, error.to_string()))?;
        *request.headers_mut() = headers;
        let response = self.client.request(request).await.map_err(exchange_error)?;
        let status = response.status();
        let body = read(response.into_body(), max_reply_bytes).await?;
        Ok(HttpResponse { status, body })
    }
}

impl Transport for HyperTransport {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let limit = request.timeout;
            let exchange = tokio::time::timeout(limit, self.exchange(request));
            exchange.await.unwrap_or_else(|_| {
                let what = format!("no complete reply within {limit:?}");
                Err(TransportError::new(Kind::Timeout, what))
            })
        })
    }
}

async fn read(mut body: Incoming, limit: usize) -> Result<Bytes, TransportError> {
    let too_large = || {
        let what = format!("the reply is longer than {limit} bytes");
        TransportError::new(Kind::TooLarge, what)
    };
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > limit {
        return Err(too_large());
    }
    let mut read = Vec::with_capacity(announced.min(TRUSTED));
    while let Some(frame) = body.frame().await {
        if let Ok(data) = frame.map_err(exchange_error)?.into_data() {
            if data.len() > limit - read.len() {
                return Err(too_large());
            }
            read.extend_from_slice(&data);
        }
    }
    Ok(read.into())
}
