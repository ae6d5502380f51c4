//! The time the mock lives in: the real one, a faster one, or one that only a test moves.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// When the example shop's day begins: 2026-03-30, where manual clocks start.
pub const EXAMPLE_TIME: i64 = 1_774_860_000;

/// A clock; clones show and move the same time.
#[derive(Debug, Clone)]
pub struct Clock(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Running { started: Instant, origin: Duration, speed: f64 },
    Manual(Arc<AtomicU64>),
}

impl Clock {
    /// The real time from now on, running `speed` times as fast: 600 makes ten minutes one second.
    #[must_use]
    pub fn running(speed: f64) -> Self {
        let origin = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(Kind::Running { started: Instant::now(), origin, speed: speed.max(0.0) })
    }

    /// A clock that stands at [`EXAMPLE_TIME`] until [`Clock::advance`] moves it.
    #[must_use]
    pub fn manual() -> Self {
        Self(Kind::Manual(Arc::new(AtomicU64::new(EXAMPLE_TIME.unsigned_abs() * 1000))))
    }

    /// Moves a manual clock; a running one goes on as it does.
    pub fn advance(&self, time: Duration) {
        if let Kind::Manual(now) = &self.0 {
            now.fetch_add(milliseconds(time), Ordering::SeqCst);
        }
    }

    /// Milliseconds since 1970.
    #[must_use]
    pub fn now_ms(&self) -> u64 {
        match &self.0 {
            Kind::Running { started, origin, speed } => milliseconds(*origin + started.elapsed().mul_f64(*speed)),
            Kind::Manual(now) => now.load(Ordering::SeqCst),
        }
    }

    /// Seconds since 1970, as the API counts time.
    #[must_use]
    pub fn now(&self) -> i64 {
        i64::try_from(self.now_ms() / 1000).unwrap_or(i64::MAX)
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::running(1.0)
    }
}

fn milliseconds(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
