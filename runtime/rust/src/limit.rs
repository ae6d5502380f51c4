//! How many calls a token makes: the seam for limiters, and the one that clients have by default.

mod window;

use std::sync::Arc;
use std::time::Duration;

use crate::BoxFuture;

pub use window::SlidingWindow;

/// Decides when a call may be sent. One that several processes share, say over Redis, fits in here.
pub trait RateLimiter: Send + Sync {
    /// Waits until a call may be sent. Callers are served in the order in which they came; dropping the future gives the
    /// place in the queue up.
    fn acquire(&self) -> BoxFuture<'_, Box<dyn Permit>>;

    /// Is told that the API has blocked the token, for this long as far as is known. Clients wait for the end of a block
    /// by themselves.
    fn blocked(&self, length: Duration) {
        let _ = length;
    }
}

/// Leave to send one call. It is dropped when the call is over, whatever became of it.
pub trait Permit: Send {
    /// Takes the permit back, because the call was certainly not sent.
    fn give_back(self: Box<Self>);
}

impl<L: RateLimiter + ?Sized> RateLimiter for Arc<L> {
    fn acquire(&self) -> BoxFuture<'_, Box<dyn Permit>> {
        (**self).acquire()
    }

    fn blocked(&self, length: Duration) {
        (**self).blocked(length);
    }
}
