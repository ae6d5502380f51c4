//! Streams for programs that are not async: iterators that wait.

use std::future::poll_fn;
use std::ops::{Deref, DerefMut};
use std::pin::Pin;

use futures_core::Stream;

use super::BlockingClient;
use crate::{Error, Follow, Followed, Reply};

/// Pages or items as an iterator, whose `next` waits. All else is as it is without waiting: `orders.cursor()`,
/// `orders.take_mismatches()`.
///
/// Within async code every `next` is an error.
#[must_use = "nothing is sent before it is iterated over"]
pub struct Waiting<S> {
    client: BlockingClient,
    stream: S,
}

impl<S> Waiting<S> {
    pub(super) fn new(client: BlockingClient, stream: S) -> Self {
        Self { client, stream }
    }
}

impl<M: Followed> Waiting<Follow<M>> {
    /// As [`Follow::next_page`].
    ///
    /// # Errors
    ///
    /// As there, and within async code, which it would hold up.
    pub fn next_page(&mut self) -> Result<Reply<Vec<M::Item>>, Error> {
        self.client.wait(self.stream.next_page())?
    }
}

impl<T, S: Stream<Item = Result<T, Error>> + Unpin> Iterator for Waiting<S> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let stream = &mut self.stream;
        let next = self.client.wait(poll_fn(|context| Pin::new(&mut *stream).poll_next(context)));
        next.unwrap_or_else(|refused| Some(Err(refused)))
    }
}

impl<S> Deref for Waiting<S> {
    type Target = S;

    fn deref(&self) -> &S {
        &self.stream
    }
}

impl<S> DerefMut for Waiting<S> {
    fn deref_mut(&mut self) -> &mut S {
        &mut self.stream
    }
}
