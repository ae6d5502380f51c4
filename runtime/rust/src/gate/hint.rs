//! How long a block lasts. The API says until when, in a time zone that it does not name, so that is a hint at most.

use std::time::{Duration, SystemTime};

use crate::Timestamp;
use crate::race::some_of;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// How far the clocks may be apart.
const SKEW: i64 = 5 * MINUTE;

/// The shortest wait. It doubles each time that it was too short.
const LEAST: Duration = Duration::from_secs(1);

/// What is added at most, as a part of the wait and in all, so that processes do not come back together.
const JITTER_PART: u32 = 10;
const JITTER: Duration = Duration::from_secs(10);

/// How to read the time at which a block ends.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BlockClock {
    /// How many minutes the API's clock is ahead of UTC. Unless set, only minutes and seconds are read: zones are whole
    /// hours apart, and blocks shorter.
    pub(crate) utc_offset: Option<i32>,
    /// The longest wait.
    pub(crate) longest: Duration,
}

impl BlockClock {
    /// How long to wait from now on, if so many waits before this one were too short.
    pub(super) fn wait(&self, until: Option<&str>, refused: u32) -> Duration {
        let wait = self.exact(until, SystemTime::now().into(), refused);
        wait + some_of((wait / JITTER_PART).min(JITTER))
    }

    fn exact(&self, until: Option<&str>, now: Timestamp, refused: u32) -> Duration {
        let least = LEAST.saturating_mul(2_u32.saturating_pow(refused));
        let stated = until.and_then(seconds).map(|until| match self.utc_offset {
            Some(minutes) => until - now.0 - i64::from(minutes) * MINUTE,
            None => match (until - now.0).rem_euclid(HOUR) {
                // It has just passed.
                rest if rest >= HOUR - SKEW => 0,
                rest => rest,
            },
        });
        let stated = stated.map(|seconds| Duration::from_secs(u64::try_from(seconds).unwrap_or(0)));
        stated.unwrap_or(self.longest).max(least).min(self.longest)
    }
}

/// The seconds from 1970 to a `YYYY-MM-DD HH:MM:SS`, as if it were UTC.
fn seconds(text: &str) -> Option<i64> {
    let number = |start: usize, end: usize| text.get(start..end)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    // Years that begin in March have their odd day at the end.
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let days = year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + day - 1 - 719_468;
    Some(days * DAY + hour * HOUR + minute * MINUTE + second)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_as_seconds() {
        let cases = [
            ("1970-01-01 00:00:00", Some(0)),
            ("2000-02-29 23:59:59", Some(951_868_799)),
            ("2026-04-20 12:30:05", Some(1_776_688_205)),
            ("2026-04-20", None),
        ];
        for (text, expected) in cases {
            assert_eq!(seconds(text), expected, "{text}");
        }
    }

    /// The time of the message, how far the API is ahead of UTC, how many waits were too short, and the wait. It is
    /// 2026-04-20 12:25:05 UTC.
    type Case = (Option<&'static str>, Option<i32>, u32, u64);

    #[test]
    fn waits() {
        let cases: &[Case] = &[
            (Some("2026-04-20 12:30:05"), None, 0, 300),
            (Some("2026-04-20 13:30:05"), None, 0, 300),
            (Some("2026-04-20 14:30:05"), None, 3, 300),
            (Some("2026-04-20 14:30:05"), Some(120), 0, 300),
            (Some("2026-04-20 14:30:05"), Some(60), 0, 600),
            (Some("2026-04-20 12:30:05"), Some(120), 0, 1),
            (Some("2026-04-20 12:25:00"), None, 0, 1),
            (Some("2026-04-20 12:25:00"), None, 4, 16),
            (Some("2026-04-20 12:25:00"), None, 99, 600),
            (Some("2026-04-20 12:45:00"), None, 0, 600),
            (None, None, 0, 600),
        ];
        for (until, utc_offset, refused, expected) in cases {
            let clock = BlockClock { utc_offset: *utc_offset, longest: Duration::from_mins(10) };
            let wait = clock.exact(*until, Timestamp(1_776_687_905), *refused);
            assert_eq!(wait.as_secs(), *expected, "{until:?} {utc_offset:?} {refused}");
        }
    }

    #[test]
    fn waits_are_spread_a_little() {
        let clock = BlockClock { utc_offset: None, longest: Duration::from_mins(10) };
        assert!((0..100).all(|_| (600..610).contains(&clock.wait(None, 0).as_secs())));
    }
}
