//! The client for programs that are not async. It has a runtime of its own, which works while a call waits.

mod waiting;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::{
    Batched, Batches, Client, Error, Follow, Followed, Items, Method, Paged, Pages, Refusal, Reply, RetryPolicy,
};

pub use waiting::Waiting;

/// Calls the API and waits for the answer. Clones share everything; many threads may call at once.
#[derive(Clone)]
pub struct BlockingClient {
    client: Client,
    runtime: Arc<Own>,
}

/// A runtime that goes down without waiting, so that it may be dropped anywhere.
struct Own(Option<Runtime>);

impl BlockingClient {
    /// Makes a client that waits of one that does not.
    ///
    /// # Errors
    ///
    /// If the system has no resources left for a runtime.
    pub fn new(client: Client) -> Result<Self, Error> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|error| Error::config(format!("there is no runtime: {error}")))?;
        Ok(Self { client, runtime: Arc::new(Own(Some(runtime))) })
    }

    /// The client that does not wait, for futures and streams that go to [`wait`](Self::wait).
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The same client with another time limit for each attempt.
    #[must_use = "the client itself stays as it is"]
    pub fn with_timeout(&self, limit: Duration) -> Self {
        Self { client: self.client.with_timeout(limit), ..self.clone() }
    }

    /// The same client with other retries, or another deadline.
    #[must_use = "the client itself stays as it is"]
    pub fn with_retry(&self, policy: RetryPolicy) -> Self {
        Self { client: self.client.with_retry(policy), ..self.clone() }
    }

    /// Calls a method.
    ///
    /// # Errors
    ///
    /// As for [`Client::call`], and within async code, which it would hold up.
    pub fn call<M: Method>(&self, params: &M) -> Result<Reply<M::Reply>, Error> {
        refuse_async(M::INFO.name)?;
        self.block_on(self.client.call(params))
    }

    /// Calls a method by its name, with parameters and a reply that nobody checks.
    ///
    /// # Errors
    ///
    /// As for [`Client::call_raw`], and within async code, which it would hold up.
    pub fn call_raw(&self, method: &str, parameters: &Value) -> Result<Map<String, Value>, Error> {
        refuse_async(method)?;
        self.block_on(self.client.call_raw(method, parameters))
    }

    /// Reads a method page by page, as [`Client::pages`] does.
    pub fn pages<M: Paged>(&self, params: M) -> Waiting<Pages<M>> {
        Waiting::new(self.clone(), self.client.pages(params))
    }

    /// Reads all items of a method, as [`Client::items`] does.
    pub fn items<M: Paged>(&self, params: M) -> Waiting<Items<M>> {
        Waiting::new(self.clone(), self.client.items(params))
    }

    /// Follows a method for ever, as [`Client::follow`] does.
    pub fn follow<M: Followed>(&self, params: M, interval: Duration) -> Waiting<Follow<M>> {
        Waiting::new(self.clone(), self.client.follow(params, interval))
    }

    /// Calls a method with any number of items, as [`Client::call_in_batches`] does.
    ///
    /// # Errors
    ///
    /// Within async code, which it would hold up. What became of the parts is in the result.
    pub fn call_in_batches<M: Batched>(&self, params: M) -> Result<Batches<M>, Error> {
        refuse_async(M::INFO.name)?;
        Ok(self.block_on(self.client.call_in_batches(params)))
    }

    /// Waits for any other future, such as a call of the client that does not wait.
    ///
    /// # Errors
    ///
    /// Within async code, which it would hold up.
    pub fn wait<F: Future>(&self, future: F) -> Result<F::Output, Error> {
        refuse_async("wait")?;
        Ok(self.block_on(future))
    }

    fn block_on<F: Future>(&self, future: F) -> F::Output {
        // It is there until the last client is dropped.
        self.runtime.0.as_ref().expect("the runtime is up").block_on(future)
    }
}

fn refuse_async(method: &str) -> Result<(), Error> {
    if Handle::try_current().is_err() {
        return Ok(());
    }
    let what = "async code must not wait; call by `BlockingClient::client` and await it";
    Err(Error::Refused { method: method.to_owned().into(), why: Refusal::InvalidRequest(what.into()) })
}

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(runtime) = self.0.take() {
            runtime.shutdown_background();
        }
    }
}

impl fmt::Debug for BlockingClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlockingClient").field("client", &self.client).finish_non_exhaustive()
    }
}
