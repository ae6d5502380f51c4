//! What appears in a method, for ever: all pages until nothing is new, then a wait, then the pages behind the cursor.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use std::vec;

use futures_core::Stream;
use tokio::time::{Sleep, sleep};

use super::{Followed, Pages, Paging};
use crate::{Error, Mismatch, Reply};

/// How many mismatches wait to be taken; who never takes any must not run out of memory.
const MAX_MISMATCHES: usize = 1000;

/// What appears in a method, item by item or page by page, without an end.
///
/// Dropping it, or the future of its next item, gives up the call under way and loses nothing: the cursor moves only when
/// something is handed out.
#[must_use = "nothing is sent before an item is asked for"]
pub struct Follow<M: Followed> {
    pages: Pages<M>,
    interval: Duration,
    /// The rest of the time before the next call.
    wait: Option<Pin<Box<Sleep>>>,
    page: vec::IntoIter<M::Item>,
    cursor: i64,
    mismatches: Vec<Mismatch>,
}

impl<M: Followed> Follow<M> {
    pub(super) fn new(pages: Pages<M>, interval: Duration) -> Self {
        let cursor = pages.cursor().unwrap_or_default();
        Self { pages, interval, wait: None, page: Vec::new().into_iter(), cursor, mismatches: Vec::new() }
    }

    /// Waits for the next item. Items of a page come in the order of their positions.
    ///
    /// # Errors
    ///
    /// As for [`Pages::next`](super::Pages::next). Asking again goes on where it was, once the interval is over.
    pub async fn next(&mut self) -> Result<M::Item, Error> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Waits for the next page, or hands out the rest of the one that was begun. For programs that store what they do with a
    /// page together with the [`cursor`](Self::cursor) behind it, so that a crash neither loses nor repeats anything.
    ///
    /// A page is empty only if it has mismatches.
    ///
    /// # Errors
    ///
    /// As for [`next`](Self::next).
    pub async fn next_page(&mut self) -> Result<Reply<Vec<M::Item>>, Error> {
        let rest: Vec<M::Item> = std::mem::take(&mut self.page).collect();
        let page = if rest.is_empty() {
            poll_fn(|context| self.poll_page(context)).await?
        } else {
            Reply { value: rest, mismatches: Vec::new(), unlisted: 0 }
        };
        page.value.iter().for_each(|item| self.pass(item));
        Ok(page)
    }

    /// Where to go on behind what was handed out. A program that stores it puts it into the parameters and follows again: then
    /// no item is lost and none comes twice.
    #[must_use]
    pub fn cursor(&self) -> i64 {
        self.cursor
    }

    /// What was not as documented on the pages read item by item; handed out once. A thousand are kept at most.
    pub fn take_mismatches(&mut self) -> Vec<Mismatch> {
        std::mem::take(&mut self.mismatches)
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Result<M::Item, Error>> {
        loop {
            if let Some(item) = self.page.next() {
                self.pass(&item);
                return Poll::Ready(Ok(item));
            }
            let page = ready!(self.poll_page(context))?;
            let room = MAX_MISMATCHES - self.mismatches.len();
            self.mismatches.extend(page.mismatches.into_iter().take(room));
            self.page = page.value.into_iter();
        }
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Result<Reply<Vec<M::Item>>, Error>> {
        loop {
            if let Some(wait) = &mut self.wait {
                ready!(wait.as_mut().poll(context));
                self.wait = None;
            }
            let page = ready!(Pin::new(&mut self.pages).poll_next(context));
            // An error may last, so it is followed by a wait too.
            if self.pages.reopen() || matches!(page, Some(Err(_))) {
                self.wait = Some(Box::pin(sleep(self.interval)));
            }
            if let Some(page) = page {
                return Poll::Ready(page.map(|mut page| {
                    page.value.sort_by_key(M::position);
                    page
                }));
            }
        }
    }

    /// Takes note that an item is handed out.
    fn pass(&mut self, item: &M::Item) {
        if let (Paging::Cursor { step, .. }, Some(position)) = (M::PAGING, M::position(item)) {
            self.cursor = self.cursor.max(position + step);
        }
    }
}

impl<M: Followed> Stream for Follow<M> {
    type Item = Result<M::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context).map(Some)
    }
}
