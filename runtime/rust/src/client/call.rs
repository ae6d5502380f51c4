//! The future that a typed call is.

use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use super::answer::Answer;
use crate::{BoxFuture, Decode, Error, Reply};

/// A call that is sent once it is awaited, and given up when it is dropped.
///
/// It owns all it needs, so it may be spawned.
#[must_use = "a call is sent only if it is awaited"]
pub struct Call<T> {
    // All but the last step is the same for every method, and in a box: so it is compiled here, once, and not again
    // for every method in every crate that awaits one.
    answer: BoxFuture<'static, Result<Box<Answer>, Error>>,
    reply: PhantomData<fn() -> T>,
}

impl<T> Call<T> {
    pub(super) fn new(answer: BoxFuture<'static, Result<Box<Answer>, Error>>) -> Self {
        Self { answer, reply: PhantomData }
    }
}

impl<T: Decode> Future for Call<T> {
    type Output = Result<Reply<T>, Error>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Poll::Ready(match ready!(self.answer.as_mut().poll(context)) {
            Ok(answer) => answer.read(),
            Err(error) => Err(error),
        })
    }
}
