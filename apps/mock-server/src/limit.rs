//! The limit of calls a minute: the call past it blocks its token for some minutes, for every program that uses it.

use std::collections::{BTreeMap, VecDeque};

use jiff::Timestamp;
use jiff::tz::TimeZone;

const MINUTE_MS: u64 = 60_000;

/// The calls of the last minute, by token.
#[derive(Debug)]
pub(crate) struct Limiter {
    per_minute: usize,
    block_ms: u64,
    tokens: BTreeMap<String, Window>,
    blocks: u64,
}

#[derive(Debug, Default)]
struct Window {
    calls: VecDeque<u64>,
    blocked_until: Option<u64>,
}

impl Limiter {
    pub(crate) fn new(per_minute: usize, block_seconds: u64) -> Self {
        Self { per_minute, block_ms: block_seconds * 1000, tokens: BTreeMap::new(), blocks: 0 }
    }

    /// Lets a call in, or says until when (in milliseconds) its token is blocked.
    pub(crate) fn enter(&mut self, token: &str, now: u64) -> Result<(), u64> {
        if self.per_minute == 0 {
            return Ok(());
        }
        let window = self.tokens.entry(token.to_owned()).or_default();
        match window.blocked_until {
            Some(until) if now < until => return Err(until),
            Some(_) => *window = Window::default(),
            None => {}
        }
        while window.calls.front().is_some_and(|call| now.saturating_sub(*call) >= MINUTE_MS) {
            window.calls.pop_front();
        }
        if window.calls.len() < self.per_minute {
            window.calls.push_back(now);
            return Ok(());
        }
        Err(self.block(token, now))
    }

    /// Blocks a token from now on and says until when.
    pub(crate) fn block(&mut self, token: &str, now: u64) -> u64 {
        // The message shows whole seconds, so the block ends on one, never before the time it shows.
        let until = (now + self.block_ms).div_ceil(1000) * 1000;
        self.tokens.entry(token.to_owned()).or_default().blocked_until = Some(until);
        self.blocks += 1;
        until
    }

    /// How often a token was blocked.
    pub(crate) fn blocks(&self) -> u64 {
        self.blocks
    }
}

/// The text of a block, made from the pattern that the spec has for it.
pub(crate) fn block_message(pattern: &str, until_ms: u64, zone: &TimeZone) -> String {
    let seconds = i64::try_from(until_ms / 1000).unwrap_or_default();
    let moment = Timestamp::from_second(seconds).unwrap_or_default().to_zoned(zone.clone());
    pattern.replace("YYYY-MM-DD HH:MM:SS", &moment.strftime("%Y-%m-%d %H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_minute_slides() {
        let mut limiter = Limiter::new(2, 600);
        assert_eq!(limiter.enter("a", 0), Ok(()));
        assert_eq!(limiter.enter("a", 30_000), Ok(()));
        assert_eq!(limiter.enter("a", 60_000), Ok(()));
        assert_eq!(limiter.enter("a", 60_001), Err(661_000));
        assert_eq!(limiter.enter("a", 660_999), Err(661_000));
        assert_eq!(limiter.enter("b", 60_001), Ok(()));
        assert_eq!(limiter.enter("a", 661_000), Ok(()));
        assert_eq!(limiter.blocks(), 1);
    }

    #[test]
    fn the_message_is_in_the_zone_of_the_setting() {
        let zone = TimeZone::get("Europe/Warsaw").expect("a bundled zone");
        let message = block_message("until YYYY-MM-DD HH:MM:SS", 1_774_860_000_000, &zone);
        assert_eq!(message, "until 2026-03-30 10:40:00");
    }
}
