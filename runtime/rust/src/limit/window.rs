//! At most so many calls in any window of a minute, as the server sees it.
//!
//! The server counts a call at some moment between its sending and its answer. So a call keeps its place until a whole
//! window after its answer: however long the network takes, no window of the server has one call too many.

use std::collections::VecDeque;
use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

use super::{Permit, RateLimiter};
use crate::BoxFuture;
use crate::race::race;

/// The window, and how much longer a place is kept as a part of it, because clocks and timers are not exact.
const MINUTE: Duration = Duration::from_mins(1);
const MARGIN: u32 = 600;

/// A limiter that sends at once what fits into the window, and lets all others wait for their turn in the order in which
/// they came. Clones share the places.
#[derive(Clone)]
pub struct SlidingWindow {
    shared: Arc<Shared>,
}

struct Shared {
    /// How long a place is kept after the call that had it.
    kept: Duration,
    /// Whoever has this lock is the first in the queue. Tokio hands it on in the order in which it was asked for.
    queue: tokio::sync::Mutex<()>,
    places: Mutex<Places>,
    /// Wakes the first in the queue.
    changed: Notify,
}

struct Places {
    limit: usize,
    /// Calls under way.
    taken: usize,
    /// When the places of calls that are over become free again, soonest first.
    freed: VecDeque<Instant>,
}

enum Next {
    Taken,
    At(Instant),
    /// Not before a call under way is over.
    Later,
}

impl SlidingWindow {
    /// A limit for any minute.
    #[must_use]
    pub fn per_minute(calls: NonZeroU32) -> Self {
        Self::new(calls, MINUTE)
    }

    /// A limit for any window of some length.
    #[must_use]
    pub fn new(calls: NonZeroU32, window: Duration) -> Self {
        let places = Places { limit: size(calls), taken: 0, freed: VecDeque::new() };
        let shared = Shared {
            kept: window + window / MARGIN,
            queue: tokio::sync::Mutex::default(),
            places: Mutex::new(places),
            changed: Notify::new(),
        };
        Self { shared: Arc::new(shared) }
    }

    /// Changes the limit, for those who wait too.
    pub fn set_limit(&self, calls: NonZeroU32) {
        self.shared.places().limit = size(calls);
        self.shared.changed.notify_one();
    }

    /// Does it remember no call that still counts?
    pub(crate) fn is_idle(&self) -> bool {
        let mut places = self.shared.places();
        places.forget(Instant::now());
        places.taken == 0 && places.freed.is_empty()
    }

    async fn take(&self) -> Box<dyn Permit> {
        let _first = self.shared.queue.lock().await;
        loop {
            let next = self.shared.places().next(Instant::now());
            match next {
                Next::Taken => return Box::new(Place { shared: Arc::clone(&self.shared), was_sent: true }),
                Next::At(time) => {
                    race(sleep_until(time), self.shared.changed.notified()).await;
                }
                Next::Later => self.shared.changed.notified().await,
            }
        }
    }
}

fn size(calls: NonZeroU32) -> usize {
    usize::try_from(calls.get()).unwrap_or(usize::MAX)
}

impl RateLimiter for SlidingWindow {
    fn acquire(&self) -> BoxFuture<'_, Box<dyn Permit>> {
        Box::pin(self.take())
    }
}

impl Shared {
    fn places(&self) -> MutexGuard<'_, Places> {
        // The numbers are right after every step, so a panic elsewhere does them no harm.
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Places {
    /// Takes a place if there is one.
    fn next(&mut self, now: Instant) -> Next {
        self.forget(now);
        let used = self.taken + self.freed.len();
        if used < self.limit {
            self.taken += 1;
            return Next::Taken;
        }
        self.freed.get(used - self.limit).map_or(Next::Later, |time| Next::At(*time))
    }

    fn forget(&mut self, now: Instant) {
        while self.freed.front().is_some_and(|time| *time <= now) {
            self.freed.pop_front();
        }
    }
}

struct Place {
    shared: Arc<Shared>,
    was_sent: bool,
}

impl Permit for Place {
    fn give_back(mut self: Box<Self>) {
        self.was_sent = false;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut places = self.shared.places();
        places.taken -= 1;
        if self.was_sent {
            places.freed.push_back(Instant::now() + self.shared.kept);
        }
        drop(places);
        self.shared.changed.notify_one();
    }
}

impl fmt::Debug for SlidingWindow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = self.shared.places();
        f.debug_struct("SlidingWindow")
            .field("limit", &places.limit)
            .field("under_way", &places.taken)
            .finish_non_exhaustive()
    }
}
