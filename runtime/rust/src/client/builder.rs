//! The settings of a client, checked when it is made.

use std::collections::BTreeSet;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use http::uri::{Scheme, Uri};

use super::{Client, Limits, Shared};
use crate::account::Account;
use crate::gate::BlockClock;
use crate::{ApiInfo, Error, Observer, RateLimiter, RetryPolicy, Token, Transport};

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
    allowed: Option<BTreeSet<String>>,
    retry: RetryPolicy,
    calls_per_minute: Option<u32>,
    limiter: Option<Arc<dyn RateLimiter>>,
    utc_offset: Option<i32>,
    observers: Vec<Arc<dyn Observer>>,
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
            allowed: None,
            retry: RetryPolicy::default(),
            calls_per_minute: None,
            limiter: None,
            utc_offset: None,
            observers: Vec::new(),
            transport: None,
        }
    }

    /// Calls another endpoint than the API's own, such as a mock of it. It begins with `https://`, or with `http://`
    /// if it is on this machine.
    pub fn endpoint(mut self, url: impl Into<String>) -> Self {
        self.endpoint = Some(url.into());
        self
    }

    /// How long an attempt may take, from its start to the last byte of the reply. 60 seconds unless set. How long a call
    /// may take in all, waiting included, is the deadline of [`retry`](Self::retry).
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

    /// Refuses to send all methods but these. Called again, it allows more.
    pub fn allow<S: Into<String>>(mut self, methods: impl IntoIterator<Item = S>) -> Self {
        self.allowed.get_or_insert_default().extend(methods.into_iter().map(Into::into));
        self
    }

    /// How often a call is sent, and how long it may take in all. See [`RetryPolicy::default`] for what is usual.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// How many calls a minute the token has by its contract, less what other programs need that use it. All clients of
    /// the token in this process share the limit, and the last one to set it decides.
    pub fn calls_per_minute(mut self, limit: u32) -> Self {
        self.calls_per_minute = Some(limit);
        self
    }

    /// Asks this limiter when to send, instead of the one that clients of the token share in this process.
    pub fn rate_limiter(mut self, limiter: impl RateLimiter + 'static) -> Self {
        self.limiter = Some(Arc::new(limiter));
        self
    }

    /// How many minutes the API's clock is ahead of UTC, for the time until which a token is blocked. Unless set, hours do
    /// not count: no block is as long as one.
    pub fn utc_offset_minutes(mut self, minutes: i32) -> Self {
        self.utc_offset = Some(minutes);
        self
    }

    /// Watches the calls of the client. There may be several.
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observers.push(Arc::new(observer));
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
        let url = self.endpoint.as_deref().unwrap_or(self.api.endpoint);
        let (endpoint, headers) = (endpoint(url)?, headers(self.api, &self.token)?);
        let account = account(self.api, &self.token, url, self.calls_per_minute)?;
        let limiter = self.limiter.unwrap_or_else(|| Arc::new(account.window.clone()));
        let longest = Duration::from_secs(self.api.block_seconds.into());
        let shared = Shared {
            api: self.api,
            endpoint,
            headers,
            token: self.token,
            max_reply_bytes: self.max_reply_bytes,
            read_only: self.read_only,
            allowed: self.allowed,
            transport,
            account,
            limiter,
            clock: BlockClock { utc_offset: self.utc_offset, longest },
            observers: self.observers,
        };
        let limits = Limits { timeout: self.timeout, retry: self.retry };
        Ok(Client { shared: Arc::new(shared), limits })
    }
}

fn account(api: &ApiInfo, token: &Token, url: &str, limit: Option<u32>) -> Result<Arc<Account>, Error> {
    let calls = |calls| NonZeroU32::new(calls).ok_or_else(|| Error::config("no call a minute is too few"));
    let account = Account::of(token, url, calls(api.calls_per_minute)?);
    if let Some(limit) = limit {
        account.window.set_limit(calls(limit)?);
    }
    Ok(account)
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
            .field("allowed", &self.allowed)
            .field("retry", &self.retry)
            .field("calls_per_minute", &self.calls_per_minute)
            .finish_non_exhaustive()
    }
}
