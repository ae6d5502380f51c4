//! The items of all pages of a method, as a stream.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use super::{Paged, Pages};
use crate::{Error, Mismatch};

/// The items of all pages of a method.
#[must_use = "nothing is sent before an item is asked for"]
pub struct Items<M: Paged> {
    pages: Pages<M>,
    page: vec::IntoIter<M::Item>,
    /// Where the page that is being handed out begins.
    cursor: Option<i64>,
    mismatches: Vec<Mismatch>,
}

impl<M: Paged> Items<M> {
    pub(super) fn new(pages: Pages<M>) -> Self {
        Self { cursor: pages.cursor(), pages, page: Vec::new().into_iter(), mismatches: Vec::new() }
    }

    /// The next item; `None` after the last one.
    ///
    /// # Errors
    ///
    /// As for [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<M::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// What was not as documented on the pages read so far; they are handed out once.
    pub fn take_mismatches(&mut self) -> Vec<Mismatch> {
        std::mem::take(&mut self.mismatches)
    }

    /// A cursor from which a program that stores it can go on later: of the page that comes next, or of the page that is
    /// being handed out as long as some of its items are not. Going on repeats items of that page, and loses none. At the
    /// end it is as for [`Pages::cursor`].
    #[must_use]
    pub fn cursor(&self) -> Option<i64> {
        if self.page.as_slice().is_empty() { self.pages.cursor() } else { self.cursor }
    }
}

impl<M: Paged> Stream for Items<M> {
    type Item = Result<M::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            this.cursor = this.pages.cursor();
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    this.mismatches.extend(page.mismatches);
                    this.page = page.value.into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}
