//! Connections: TCP and TLS together within one time limit.

use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower_service::Service;

use super::cause::connect_error;
use crate::{BoxFuture, TransportError, TransportErrorKind as Kind};

#[derive(Debug, Clone)]
pub(super) struct Connector {
    inner: HttpsConnector<HttpConnector>,
    limit: Duration,
}

impl Connector {
    pub(super) fn new(limit: Duration) -> Result<Self, TransportError> {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // The provider is named, because a default one exists only if no other crate chose a second.
        let tls = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())
            .map_err(|error| TransportError::new(Kind::Tls, error.to_string()))?;
        let inner = tls.https_or_http().enable_http1().wrap_connector(tcp);
        Ok(Self { inner, limit })
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = TransportError;
    type Future = BoxFuture<'static, Result<Self::Response, TransportError>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), TransportError>> {
        self.inner.poll_ready(context).map_err(|error| connect_error("the API", error))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let limit = self.limit;
        let host = uri.authority().map_or_else(String::new, ToString::to_string);
        let connecting = self.inner.call(uri);
        Box::pin(async move {
            let connected = tokio::time::timeout(limit, connecting).await;
            match connected {
                Ok(connected) => connected.map_err(|error| connect_error(&host, error)),
                Err(_) => Err(TransportError::new(Kind::Connect, format!("no connection to {host} within {limit:?}"))),
            }
        })
    }
}
