//! When a call is sent again, and after how long. The runtimes of all languages have this rule and these numbers.

use std::time::Duration;

use crate::Access;
use crate::race::some_of;

/// How often a call is sent, and how long it may take in all.
///
/// What only reads is sent again when there was no connection, no answer in time, a broken one, a server error (5xx) or
/// something that is no reply. What changes something is sent again only when it certainly was not sent. Whatever was
/// refused because the token is blocked had no effect, and is sent again after the block. No other error is worth it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often a call is sent at most; refusals of a blocked token do not count.
    pub attempts: u32,
    /// The longest delay before the second attempt; it doubles with each one after that. The delay itself is a random
    /// part of it, so that callers who failed together do not come back together.
    pub first_delay: Duration,
    /// How far the longest delay may grow.
    pub greatest_delay: Duration,
    /// How long a call may take in all: waiting for its turn, for the end of a block, and all attempts.
    pub deadline: Duration,
    /// Whether a call waits while the token is blocked, if its deadline allows. Otherwise it fails at once.
    pub wait_out_blocks: bool,
}

impl RetryPolicy {
    /// A call is sent once at most, and not at all while the token is blocked. It still waits for its turn.
    pub const NONE: Self = Self { attempts: 1, wait_out_blocks: false, ..Self::USUAL };

    /// What clients do unless told otherwise. A block takes ten minutes, and should fit into the deadline.
    const USUAL: Self = Self {
        attempts: 5,
        first_delay: Duration::from_millis(500),
        greatest_delay: Duration::from_secs(30),
        deadline: Duration::from_mins(15),
        wait_out_blocks: true,
    };

    /// How long to wait after so many attempts that failed.
    pub(crate) fn delay(&self, failures: u32) -> Duration {
        some_of(self.longest_delay(failures))
    }

    fn longest_delay(&self, failures: u32) -> Duration {
        let factor = 2_u32.saturating_pow(failures.saturating_sub(1));
        self.first_delay.saturating_mul(factor).min(self.greatest_delay)
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::USUAL
    }
}

/// What is known of a call that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It certainly was not sent.
    NotSent,
    /// It may have taken effect, and may succeed if it is sent again.
    Unclear,
    /// It would fail again.
    Lasting,
}

impl Fault {
    /// May a call that failed so be sent again?
    pub(crate) fn allows_repeating(self, access: Access) -> bool {
        match self {
            Self::NotSent => true,
            Self::Unclear => access == Access::Read,
            Self::Lasting => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delays_double_up_to_a_limit() {
        let policy = RetryPolicy::default();
        let longest = [1, 2, 3, 7, 40].map(|failures| policy.longest_delay(failures).as_millis());
        assert_eq!(longest, [500, 1000, 2000, 30_000, 30_000]);
        assert!((0..100).all(|_| policy.delay(3) <= Duration::from_secs(2)));
    }
}
