//! Reading all pages of a method: one after another, none before it is wanted, none twice and none lost.

mod follow;
mod items;
mod pages;

use std::time::Duration;

use crate::{Client, Method};

pub use follow::Follow;
pub use items::Items;
pub use pages::Pages;

/// A method whose reply holds only a part, and how to ask for the next one.
pub trait Paged: Method + Clone + Send + Unpin {
    /// What is listed: an item, or a key with its item.
    type Item: PartialEq + Clone + Send + Unpin;

    /// How one page follows another.
    const PAGING: Paging;

    /// The cursor or the page number in the parameters.
    fn cursor(&self) -> Option<i64>;

    /// Puts a cursor or a page number into the parameters.
    fn set_cursor(&mut self, cursor: i64);

    /// What a reply lists.
    fn items(reply: Self::Reply) -> Vec<Self::Item>;

    /// What the cursor is made of in an item; `None` where pages are numbered.
    fn position(item: &Self::Item) -> Option<i64>;
}

/// A method whose pages follow a cursor, so that what appears later can be asked for from where it ended.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be followed",
    note = "only methods that are read by a cursor can be followed, and not those with numbered pages"
)]
pub trait Followed: Paged {}

/// How one page follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paging {
    /// Pages have numbers. A page that is short or empty is the last one.
    Page {
        /// The number of the first page.
        first: i64,
        /// Items on a full page, where documented.
        size: Option<usize>,
    },
    /// The next page begins at, or behind, the greatest position seen.
    Cursor {
        /// What is added to the greatest position seen: 1 where the API begins at the cursor, 0 where it begins behind it.
        step: i64,
        /// Items in a full reply, where documented.
        size: Option<usize>,
    },
}

impl Client {
    /// Reads a method page by page, from the cursor or page number in the parameters on.
    ///
    /// Nothing is sent before the first page is asked for, and no page before it is wanted. `pages.next().await` gives the
    /// next one; with the `Stream` trait in scope its adapters work too. After the last page it gives `None`; after an
    /// error it goes on with the page that failed.
    pub fn pages<M: Paged>(&self, params: M) -> Pages<M> {
        Pages::new(self.clone(), params)
    }

    /// Reads all items of a method, from the cursor or page number in the parameters on; otherwise as [`pages`](Self::pages).
    pub fn items<M: Paged>(&self, params: M) -> Items<M> {
        Items::new(self.pages(params))
    }

    /// Follows a method for ever: reads all items behind the cursor in the parameters, and asks for new ones once the
    /// interval is over. Without a cursor it begins with the first item that there is.
    ///
    /// The interval counts from the answer that had nothing more, or from an error, so a program that takes long over an
    /// item is not late. Every asking is a call that counts for the limit of the account. An error ends nothing: asking
    /// for the next item again goes on.
    ///
    /// What appears before the cursor is not seen, such as an order that has an older number and is confirmed later. The API has
    /// journals for that.
    pub fn follow<M: Followed>(&self, mut params: M, interval: Duration) -> Follow<M> {
        if let (Paging::Cursor { step, .. }, None) = (M::PAGING, params.cursor()) {
            // Behind position 0, which no item has.
            params.set_cursor(step);
        }
        Follow::new(self.pages(params), interval)
    }
}
