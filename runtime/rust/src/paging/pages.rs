//! The pages of a method, as a stream.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{Paged, Paging};
use crate::client::Call;
use crate::{Client, Error, Refusal, Reply};

/// The smallest position there is.
const FIRST_POSITION: i64 = 1;

/// The pages of a method.
#[must_use = "nothing is sent before a page is asked for"]
pub struct Pages<M: Paged> {
    client: Client,
    params: M,
    /// The call under way.
    call: Option<Call<M::Reply>>,
    /// The greatest position seen.
    seen: Option<i64>,
    /// The first item of the page before, by which a server that ignores page numbers shows.
    before: Option<M::Item>,
    done: bool,
}

impl<M: Paged> Pages<M> {
    pub(super) fn new(client: Client, mut params: M) -> Self {
        // Without a cursor the API may sort another way, and a page sorted so would not lead to the next one.
        if matches!(M::PAGING, Paging::Cursor { step: 1.., .. }) && params.cursor().is_none() {
            params.set_cursor(FIRST_POSITION);
        }
        // Who goes on from a stored cursor has seen all before it, but an API that begins at the cursor sends that again.
        let seen = match M::PAGING {
            Paging::Cursor { step, .. } => params.cursor().map(|cursor| cursor.saturating_sub(step)),
            Paging::Page { .. } => None,
        };
        Self { client, params, call: None, seen, before: None, done: false }
    }

    /// Whether the last page was read; if so, it may be asked for what has appeared behind it since.
    pub(super) fn reopen(&mut self) -> bool {
        std::mem::take(&mut self.done)
    }

    /// The next page; `None` after the last one.
    ///
    /// # Errors
    ///
    /// As for [`Client::call`], and if the server gives the same page again instead of the next one. Asking again after an
    /// error asks for the same page again.
    pub async fn next(&mut self) -> Option<Result<Reply<Vec<M::Item>>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// The cursor or page number of the page that comes next. A program that stores it can go on from there: put it into
    /// the parameters again. `None` before the first page where the API needs none. At the end of numbered pages it is the
    /// number of the last one, since more may be added to that: going on repeats it, and loses nothing.
    #[must_use]
    pub fn cursor(&self) -> Option<i64> {
        self.params.cursor()
    }

    /// What is new on a page, and where the next one begins.
    fn advance(&mut self, reply: Reply<M::Reply>) -> Result<Reply<Vec<M::Item>>, Error> {
        let Reply { value, mismatches, unlisted } = reply;
        let items = M::items(value);
        // A page from which an item was lost is not short.
        let is_short = |size: Option<usize>| mismatches.is_empty() && size.is_some_and(|size| items.len() < size);
        let value = match M::PAGING {
            Paging::Page { first, size } => {
                self.done = items.is_empty() || is_short(size);
                self.turn_page(items, first)?
            }
            Paging::Cursor { step, size } => {
                self.done = is_short(size);
                self.move_cursor(items, step)?
            }
        };
        Ok(Reply { value, mismatches, unlisted })
    }

    fn turn_page(&mut self, items: Vec<M::Item>, first: i64) -> Result<Vec<M::Item>, Error> {
        let number = self.params.cursor().unwrap_or(first);
        if !items.is_empty() && items.first() == self.before.as_ref() {
            return Err(stuck::<M>(&format!("page {number} is the page before it once more")));
        }
        let next = match self.done {
            false => number + 1,
            // It is not known whether the page before this empty one was full.
            true if items.is_empty() && self.before.is_some() => number - 1,
            true => number,
        };
        self.before = items.first().cloned();
        self.params.set_cursor(next);
        Ok(items)
    }

    fn move_cursor(&mut self, items: Vec<M::Item>, step: i64) -> Result<Vec<M::Item>, Error> {
        let is_empty = items.is_empty();
        let seen = self.seen;
        let is_new = |item: &M::Item| seen.is_none_or(|seen| M::position(item).is_none_or(|position| position > seen));
        let new: Vec<M::Item> = items.into_iter().filter(is_new).collect();
        if new.is_empty() && !is_empty && step > 0 {
            return Err(stuck::<M>(&format!("nothing behind {} came", seen.unwrap_or_default())));
        }
        self.done |= new.is_empty();
        if let Some(greatest) = new.iter().filter_map(M::position).max() {
            self.seen = Some(greatest);
            self.params.set_cursor(greatest + step);
        }
        Ok(new)
    }
}

/// The error of a page that does not lead on: asking again would go on for ever.
fn stuck<M: Paged>(what: &str) -> Error {
    let why = Refusal::InvalidRequest(format!("{what}; the next call would be the same again").into());
    Error::Refused { method: M::INFO.name.into(), why }
}

impl<M: Paged> Stream for Pages<M> {
    type Item = Result<Reply<Vec<M::Item>>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if this.done {
            return Poll::Ready(None);
        }
        let call = this.call.get_or_insert_with(|| this.client.call(&this.params));
        let reply = ready!(Pin::new(call).poll(context));
        this.call = None;
        let page = reply.and_then(|reply| this.advance(reply));
        // The last page is told by being empty only where nothing else tells it, so an empty one is no page.
        if this.done && page.as_ref().is_ok_and(|page| page.value.is_empty() && page.mismatches.is_empty()) {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(page))
    }
}
