//! Calls that take a limited number of items: split, in order, and told apart when one fails.

use std::collections::BTreeMap;

use crate::{Client, Error, Method, Reply};

/// A method that takes a limited number of items a call.
pub trait Batched: Method + Clone {
    /// The greatest number of items that the API takes.
    const MAX_ITEMS: usize;

    /// How many items there are.
    fn items(&self) -> usize;

    /// Takes the items from a position on out, and gives the same call with these.
    #[must_use]
    fn split_off(&mut self, at: usize) -> Self;
}

/// What became of a call that was made in parts.
#[derive(Debug)]
#[must_use = "some of it may not have been sent"]
pub struct Batches<M: Method> {
    /// The replies of the parts that succeeded, in order.
    pub replies: Vec<Reply<M::Reply>>,
    /// The first part that failed, if one did; none was sent after it.
    pub failure: Option<BatchFailure<M>>,
}

/// The part at which a call in parts ended.
#[derive(Debug)]
pub struct BatchFailure<M> {
    /// Why it failed. Whether it took effect is as for any other call.
    pub error: Error,
    /// The part that failed.
    pub failed: M,
    /// The items that were not sent, as one call that may be made in parts again.
    pub not_sent: Option<M>,
}

impl<M: Method> Batches<M> {
    /// The replies, or the error of the part that failed.
    ///
    /// # Errors
    ///
    /// The error of the first part that failed.
    pub fn into_replies(self) -> Result<Vec<Reply<M::Reply>>, Error> {
        match self.failure {
            None => Ok(self.replies),
            Some(failure) => Err(failure.error),
        }
    }
}

impl Client {
    /// Calls a method with any number of items: as many calls, one after another, as the API needs for them. Without any items
    /// nothing is sent.
    ///
    /// It stops at the first call that fails, and says what was done by then, what failed, and what was not sent. All replies are
    /// kept until the end: where they are large, [`Batched::MAX_ITEMS`] says how many items to call with at a time.
    pub async fn call_in_batches<M: Batched>(&self, params: M) -> Batches<M> {
        let mut replies = Vec::new();
        let mut next = (params.items() > 0).then_some(params);
        while let Some(mut part) = next {
            let rest = (part.items() > M::MAX_ITEMS).then(|| part.split_off(M::MAX_ITEMS));
            match self.call(&part).await {
                Ok(reply) => replies.push(reply),
                Err(error) => {
                    let failure = BatchFailure { error, failed: part, not_sent: rest };
                    return Batches { replies, failure: Some(failure) };
                }
            }
            next = rest;
        }
        Batches { replies, failure: None }
    }
}

/// Takes the entries of a map from a position on out of it.
#[must_use]
pub fn split_map<K: Ord + Clone, V>(map: &mut BTreeMap<K, V>, at: usize) -> BTreeMap<K, V> {
    let first = map.keys().nth(at).cloned();
    first.map(|first| map.split_off(&first)).unwrap_or_default()
}

/// Takes the items of a list from a position on out of it.
#[must_use]
pub fn split_list<T>(list: &mut Vec<T>, at: usize) -> Vec<T> {
    list.split_off(at.min(list.len()))
}
