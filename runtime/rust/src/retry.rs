//! When a call is sent again, and after how long. The runtimes of all languages have this rule and these numbers.

use std::time::Duration;

use crate::Access;
use crate::race::some_of;

/// How often a call is sent, and how long it may take in all.
///
/// What only reads is sent again when there was no connection, no answer in time, a broken one, a server error (5xx) or
/// something that is no reply. What changes something is sent again only when it certainly was not sent, unless [`repeat`](Self::repeat)
/// says otherwise. Whatever was refused because the token is blocked had no effect, and is sent again after the block. No
/// other error is worth it.
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
    /// What is sent again although it may have taken effect.
    pub repeat: Repeat,
}

/// What is sent again when nobody knows whether it took effect: after no answer, a server error, or something that is no
/// reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Repeat {
    /// What only reads.
    Reads,
    /// What only reads, and what does no more when it is done twice, such as setting a status: each method says which it is,
    /// a raw call does not. It is for programs that alone write what they write; a value that somebody else wrote meanwhile
    /// would be lost.
    Idempotent,
    /// Any call. It is for single calls of which the program knows that they do no harm twice.
    Anything,
}

impl Repeat {
    /// May such a call come twice?
    pub(crate) fn allows(self, access: Access, idempotent: bool) -> bool {
        match self {
            Self::Reads => access == Access::Read,
            Self::Idempotent => access == Access::Read || idempotent,
            Self::Anything => true,
        }
    }
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
        repeat: Repeat::Reads,
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
    /// May a call that failed so be sent again? It depends on whether it may come twice, unless it did not come at all.
    pub(crate) fn allows_repeating(self, may_come_twice: bool) -> bool {
        match self {
            Self::NotSent => true,
            Self::Unclear => may_come_twice,
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
