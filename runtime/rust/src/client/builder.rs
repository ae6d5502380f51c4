//! The settings of a client, checked when it is made.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::uri::{Scheme, Uri};

use super::{Client, Shared};
use crate::{ApiInfo, Error, Token, Transport};

const TIMEOUT: Duration = Duration::from_mins(1);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
const MAX_REPLY_BYTES: usize = 64 << 20;

/// Makes a [`Client`].
#[must_use = "`build` makes the client"]
pub struct ClientBuilder {
    api: &'static ApiInfo,
    token: Token,
    endpoint: Option<String>,
    timeout: Duration,
    connect_timeout: Duration,
    max_reply_bytes: usize,
    read_only: bool,
    transport: Option<Arc<dyn Transport>>,
}

impl ClientBuilder {
    /// Starts with the usual settings. The crate of an API has a shorter way to this.
    pub fn new(api: &'static ApiInfo, token: impl Into<Token>) -> Self {
        Self {
            api,
            token: token.into(),
            endpoint: None,
            timeout: TIMEOUT,
            connect_timeout: CONNECT_TIMEOUT,
            max_reply_bytes: MAX_REPLY_BYTES,
            read_only: false,
            transport: None,
        }
    }

    /// Calls another endpoint than the API's own, such as a mock of it. It begins with `https://`, or with `http://`
    /// if it is on this machine.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// How long a call may take, from its start to the last byte of the reply. 60 seconds unless set.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// How long a connection may take to come about. 10 seconds unless set. A transport of one's own has its own limit.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long a reply may be. 64 MiB unless set.
    pub fn max_reply_bytes(mut self, limit: usize) -> Self {
        self.max_reply_bytes = limit;
        self
    }

    /// Refuses to send whatever does more than read, raw calls of unknown methods included.
    pub fn read_only(mut self) -> Self {
        self.read_only = true;
        self
    }

    /// Sends over this instead of the network.
    pub fn transport(mut self, transport: impl Transport + 'static) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Makes the client. Nothing is sent yet.
    ///
    /// # Errors
    ///
    /// If the token or the endpoint cannot be right, or there is no transport.
    pub fn build(self) -> Result<Client, Error> {
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(self.connect_timeout)?,
        };
        let shared = Shared {
            api: self.api,
            endpoint: endpoint(self.endpoint.as_deref().unwrap_or(self.api.endpoint))?,
            headers: headers(self.api, &self.token)?,
            token: self.token,
            timeout: self.timeout,
            max_reply_bytes: self.max_reply_bytes,
            read_only: self.read_only,
            transport,
        };
        Ok(Client { shared: Arc::new(shared) })
    }
}

fn headers(api: &ApiInfo, token: &Token) -> Result<HeaderMap, Error> {
    let token_header = HeaderName::try_from(api.token_header)
        .map_err(|_| Error::config(format!("{:?} is no header", api.token_header)))?;
    let agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    let form = "application/x-www-form-urlencoded";
    Ok(HeaderMap::from_iter([
        (token_header, token.header().map_err(Error::config)?),
        (CONTENT_TYPE, HeaderValue::from_static(form)),
        (USER_AGENT, HeaderValue::from_static(agent)),
    ]))
}

fn endpoint(url: &str) -> Result<Uri, Error> {
    let wrong = |what: &str| Error::config(format!("the endpoint {url:?} {what}"));
    let uri: Uri = url.parse().map_err(|_| wrong("is not a URL"))?;
    let (Some(scheme), Some(host)) = (uri.scheme(), uri.host()) else {
        return Err(wrong("is not a whole URL, such as https://api.example.com/"));
    };
    if *scheme != Scheme::HTTPS && *scheme != Scheme::HTTP {
        return Err(wrong("begins neither with https:// nor with http://"));
    }
    if *scheme == Scheme::HTTP && !is_loopback(host) {
        return Err(wrong("would carry the token over the network for all to read; use https://"));
    }
    Ok(uri)
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let is_loopback = |address: std::net::IpAddr| address.is_loopback();
    host.eq_ignore_ascii_case("localhost") || address.parse().is_ok_and(is_loopback)
}

#[cfg(feature = "hyper")]
fn default_transport(connect_timeout: Duration) -> Result<Arc<dyn Transport>, Error> {
    match crate::HyperTransport::new(connect_timeout) {
        Ok(transport) => Ok(Arc::new(transport)),
        Err(error) => Err(Error::config(error.what().to_owned())),
    }
}

#[cfg(not(feature = "hyper"))]
fn default_transport(_connect_timeout: Duration) -> Result<Arc<dyn Transport>, Error> {
    Err(Error::config("there is no transport; set one, or turn on the feature `hyper`"))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("endpoint", &self.endpoint)
            .field("token", &self.token)
            .field("timeout", &self.timeout)
            .field("read_only", &self.read_only)
            .finish_non_exhaustive()
    }
}
