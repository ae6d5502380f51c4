//! Moments, which the API gives in whole unix seconds.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::decode::{Decode, int};
use super::encode::Encode;
use super::reader::{Found, Reader};
use super::writer::Writer;

/// A moment, in seconds since 1970-01-01 00:00:00 UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The same as the system's time; `None` if the system cannot express it.
    #[must_use]
    pub fn to_system_time(self) -> Option<SystemTime> {
        let distance = Duration::from_secs(self.0.unsigned_abs());
        if self.0 < 0 { UNIX_EPOCH.checked_sub(distance) } else { UNIX_EPOCH.checked_add(distance) }
    }
}

/// Parts of a second are dropped, towards the past.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        let seconds = match time.duration_since(UNIX_EPOCH) {
            Ok(after) => i128::from(after.as_secs()),
            Err(error) => {
                let before = error.duration();
                -i128::from(before.as_secs()) - i128::from(before.subsec_nanos() > 0)
            }
        };
        // No system's clock reaches so far; the ends of the range are as good as any answer.
        Self(i64::try_from(seconds).unwrap_or(if seconds < 0 { i64::MIN } else { i64::MAX }))
    }
}

impl From<i64> for Timestamp {
    fn from(seconds: i64) -> Self {
        Self(seconds)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Decode for Timestamp {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.scalar("timestamp", |scalar| match int(scalar) {
            Found::Value(0) | Found::Nothing => Found::Nothing,
            Found::Value(seconds) => Found::Value(Self(seconds)),
            Found::Wrong => Found::Wrong,
        })
    }
}

impl Encode for Timestamp {
    fn encode(&self, out: &mut Writer) {
        out.int(self.0);
    }
}
