//! The client: what a program calls. A call is prepared at once, goes through an [`Exchange`] and gives an [`Answer`];
//! only the first and the last step, from parameters to JSON and from JSON to the reply, know of which method it is.

mod answer;
mod attempt;
mod builder;
mod call;
mod exchange;
mod glance;
mod interpret;
mod reply;
mod span;
mod told;

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, Uri};
use serde_json::Map;

use self::answer::Answer;
use self::exchange::Exchange;
use crate::account::Account;
use crate::gate::BlockClock;
use crate::{
    Access, ApiInfo, BoxFuture, Encode, Error, Extra, Method, MethodInfo, Observer, RateLimiter, Refusal, RetryPolicy,
    Token, Transport, Value,
};

pub use builder::ClientBuilder;
pub use call::Call;
pub use reply::Reply;

/// Calls the API for one account. Clones share everything, so that a clone costs next to nothing.
#[derive(Clone)]
pub struct Client {
    shared: Arc<Shared>,
    limits: Limits,
}

/// What may differ from call to call.
#[derive(Debug, Clone, Copy)]
struct Limits {
    timeout: Duration,
    retry: RetryPolicy,
}

/// What all calls of a client have in common.
struct Shared {
    api: &'static ApiInfo,
    endpoint: Uri,
    token: Token,
    headers: HeaderMap,
    max_reply_bytes: usize,
    read_only: bool,
    allowed: Option<BTreeSet<String>>,
    transport: Arc<dyn Transport>,
    account: Arc<Account>,
    limiter: Arc<dyn RateLimiter>,
    clock: BlockClock,
    observers: Vec<Arc<dyn Observer>>,
}

impl Client {
    /// The same client with another time limit for each attempt: `client.with_timeout(limit).call(..)`.
    #[must_use = "the client itself stays as it is"]
    pub fn with_timeout(&self, limit: Duration) -> Self {
        Self { limits: Limits { timeout: limit, ..self.limits }, ..self.clone() }
    }

    /// The same client with other retries, or another deadline: `client.with_retry(RetryPolicy::NONE).call(..)`.
    #[must_use = "the client itself stays as it is"]
    pub fn with_retry(&self, policy: RetryPolicy) -> Self {
        Self { limits: Limits { retry: policy, ..self.limits }, ..self.clone() }
    }

    /// How often calls of this client are sent, and how long they may take in all.
    #[must_use]
    pub fn retry(&self) -> RetryPolicy {
        self.limits.retry
    }

    /// Calls a method. The parameters are read at once; nothing is sent until the future is polled, and dropping it
    /// gives the call up, which does not undo what the API has done by then.
    ///
    /// # Errors
    ///
    /// If the call was refused, got no answer, or got one that is of no use: see [`Error`]. Single values that are not
    /// as documented are no error, but reported in the reply.
    pub fn call<M: Method>(&self, params: &M) -> Call<M::Reply> {
        Call::new(self.start(&M::INFO, params))
    }

    /// Calls a method by its name, with parameters and a reply that nobody checks. The reply is without `status`.
    ///
    /// Unless the method is known, it is taken for one that changes something.
    ///
    /// # Errors
    ///
    /// As for [`call`](Self::call), and if the name is empty or the parameters are not an object.
    #[must_use = "a call is sent only if it is awaited"]
    pub fn call_raw(&self, method: &str, parameters: &Value) -> BoxFuture<'static, Result<Map<String, Value>, Error>> {
        let answer = run(self.prepare_raw(method, parameters));
        Box::pin(async move { Ok(answer.await?.read::<Extra>()?.into_value().into_map()) })
    }

    fn start(&self, info: &MethodInfo, params: &dyn Encode) -> BoxFuture<'static, Result<Box<Answer>, Error>> {
        run(self.prepare(Cow::Borrowed(info.name), (info.access, info.idempotent), params))
    }

    fn prepare(
        &self,
        method: Cow<'static, str>,
        (access, idempotent): (Access, bool),
        params: &dyn Encode,
    ) -> Result<Exchange, Error> {
        if self.shared.read_only && access != Access::Read {
            let why = Refusal::ReadOnly;
            return Err(Error::Refused { method, why });
        }
        if self.shared.allowed.as_ref().is_some_and(|allowed| !allowed.contains(&*method)) {
            let why = Refusal::NotAllowed;
            return Err(Error::Refused { method, why });
        }
        Ok(Exchange::new(Arc::clone(&self.shared), self.limits, (method, access, idempotent), params))
    }

    fn prepare_raw(&self, method: &str, parameters: &Value) -> Result<Exchange, Error> {
        let wrong = if method.is_empty() {
            Some("the method has no name")
        } else if parameters.is_object() {
            None
        } else {
            Some("the parameters are not a JSON object")
        };
        let known = self.shared.api.method(method);
        let method = known.map_or_else(|| Cow::Owned(method.to_owned()), |info| Cow::Borrowed(info.name));
        if let Some(wrong) = wrong {
            let why = Refusal::InvalidRequest(wrong.into());
            return Err(Error::Refused { method, why });
        }
        let access = known.map_or(Access::Write, |info| info.access);
        self.prepare(method, (access, false), parameters)
    }
}

fn run(exchange: Result<Exchange, Error>) -> BoxFuture<'static, Result<Box<Answer>, Error>> {
    Box::pin(async move { exchange?.run().await })
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.shared.endpoint)
            .field("token", &self.shared.token)
            .field("limits", &self.limits)
            .field("read_only", &self.shared.read_only)
            .finish_non_exhaustive()
    }
}
