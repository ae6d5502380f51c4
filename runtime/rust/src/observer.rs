//! Hooks: what a program can watch of its calls. They see neither the token nor parameters and replies.

use std::sync::Arc;
use std::time::Duration;

use crate::{Access, Error};

/// Watches calls, for a log or for metrics. Every hook does nothing unless it is written. They run in the middle of a
/// call, so they should be quick.
pub trait Observer: Send + Sync {
    /// A call begins. Calls that the client itself refuses do not get here.
    fn before_call(&self, _call: &CallInfo<'_>) {}

    /// A call waits for its turn, because too many were sent in the last minute.
    fn waiting(&self, _call: &CallInfo<'_>) {}

    /// A call met a blocked token. It waits for the end of the block, unless its deadline comes first.
    fn blocked(&self, _call: &CallInfo<'_>, _block: &BlockInfo<'_>) {}

    /// A call is sent. Its `attempt` counts how often that was.
    fn sending(&self, _call: &CallInfo<'_>) {}

    /// An attempt failed, and another one is made after a delay.
    fn retrying(&self, _call: &CallInfo<'_>, _error: &Error, _delay: Duration) {}

    /// A call is over.
    fn after_call(&self, _call: &CallInfo<'_>, _end: &CallEnd<'_>) {}
}

/// A call that is watched.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CallInfo<'c> {
    /// The name of the method.
    pub method: &'c str,
    /// What the method does; what is not known counts as a write.
    pub access: Access,
    /// How often the call was sent so far.
    pub attempt: u32,
}

/// A block of the token.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct BlockInfo<'b> {
    /// Until when, in the words of the API: `YYYY-MM-DD HH:MM:SS` in a time zone that it does not name.
    pub until: Option<&'b str>,
    /// After how long the next call is tried.
    pub retry_after: Duration,
}

/// How a call ended.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CallEnd<'c> {
    /// What came of it.
    pub outcome: Outcome<'c>,
    /// How long it took in all.
    pub took: Duration,
    /// How long it waited: for its turn, for the end of a block, and between attempts.
    pub waited: Duration,
}

/// What came of a call.
#[derive(Debug, Clone, Copy)]
pub enum Outcome<'c> {
    /// There is an answer.
    Answered,
    /// There is none, or one of no use.
    Failed(&'c Error),
    /// The call was dropped.
    Dropped,
}

impl<O: Observer + ?Sized> Observer for Arc<O> {
    fn before_call(&self, call: &CallInfo<'_>) {
        (**self).before_call(call);
    }

    fn waiting(&self, call: &CallInfo<'_>) {
        (**self).waiting(call);
    }

    fn blocked(&self, call: &CallInfo<'_>, block: &BlockInfo<'_>) {
        (**self).blocked(call, block);
    }

    fn sending(&self, call: &CallInfo<'_>) {
        (**self).sending(call);
    }

    fn retrying(&self, call: &CallInfo<'_>, error: &Error, delay: Duration) {
        (**self).retrying(call, error, delay);
    }

    fn after_call(&self, call: &CallInfo<'_>, end: &CallEnd<'_>) {
        (**self).after_call(call, end);
    }
}
