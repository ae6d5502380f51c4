//! What can go wrong on the way: named faults, when they are asked for, and by which chance they come unasked.

use std::collections::VecDeque;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use crate::dice::Dice;

/// Something that goes wrong with a call.
///
/// Those up to [`Fault::Drop`] come before the call is done, so nothing is changed by it. Those after it damage the reply
/// to a call that was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Fault {
    /// A page of HTML with status 200.
    Html,
    /// A page of HTML with this status, such as 502.
    Status(u16),
    /// An error envelope with this code.
    Error(String),
    /// A block of the token, as if it had called too often.
    Block,
    /// The connection ends without an answer.
    Drop,
    /// An empty body.
    Empty,
    /// The body `null`.
    Null,
    /// A JSON object without `status`.
    NoStatus,
    /// A body that is shorter than its length says.
    Truncated,
    /// A whole body of half the JSON.
    CutJson,
    /// The answer comes late.
    Slow(Duration),
    /// The connection ends without an answer, after the call was done.
    DropAfterWrite,
    /// A reply bent at this level, 0 to 3.
    Quirks(u8),
}

impl FromStr for Fault {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.trim().split_once('=').unwrap_or((text.trim(), ""));
        let number = || value.parse::<u64>().map_err(|_| format!("`{name}` needs a number: {name}=2"));
        Ok(match name {
            "html" => Self::Html,
            "error" => Self::Error(value.to_owned()),
            "block" => Self::Block,
            "drop" => Self::Drop,
            "empty" => Self::Empty,
            "null" => Self::Null,
            "no-status" => Self::NoStatus,
            "truncated" => Self::Truncated,
            "cut-json" => Self::CutJson,
            "slow" => Self::Slow(Duration::from_millis(number()?)),
            "drop-after-write" => Self::DropAfterWrite,
            "quirks" => Self::Quirks(u8::try_from(number()?).unwrap_or(3).min(3)),
            other => match other.parse() {
                Ok(status @ 400..=599) => Self::Status(status),
                _ => return Err(format!("`{other}` is no fault; {KNOWN}")),
            },
        })
    }
}

const KNOWN: &str = "known are html, 502 (any status from 400 to 599), error=CODE, block, drop, empty, null, no-status, \
                     truncated, cut-json, slow=MS, drop-after-write and quirks=LEVEL";

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Html => out.write_str("html"),
            Self::Status(status) => write!(out, "{status}"),
            Self::Error(code) => write!(out, "error={code}"),
            Self::Block => out.write_str("block"),
            Self::Drop => out.write_str("drop"),
            Self::Empty => out.write_str("empty"),
            Self::Null => out.write_str("null"),
            Self::NoStatus => out.write_str("no-status"),
            Self::Truncated => out.write_str("truncated"),
            Self::CutJson => out.write_str("cut-json"),
            Self::Slow(time) => write!(out, "slow={}", time.as_millis()),
            Self::DropAfterWrite => out.write_str("drop-after-write"),
            Self::Quirks(level) => write!(out, "quirks={level}"),
        }
    }
}

/// A fault and how probable it is, written `html=0.01` or `slow=200=0.05`.
#[derive(Debug, Clone, PartialEq)]
pub struct Odds {
    /// What goes wrong.
    pub fault: Fault,
    /// How often, from 0 to 1.
    pub probability: f64,
}

impl FromStr for Odds {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (fault, odds) = text.rsplit_once('=').ok_or("write a fault and its probability: html=0.01")?;
        let probability = odds.parse().map_err(|_| format!("`{odds}` is no probability, write 0.01"))?;
        if !(0.0..=1.0).contains(&probability) {
            return Err(format!("{probability} is no probability, it must be from 0 to 1"));
        }
        Ok(Self { fault: fault.parse()?, probability })
    }
}

/// The faults to come.
#[derive(Debug)]
pub(crate) struct Faults {
    pub(crate) queued: VecDeque<Fault>,
    pub(crate) odds: Vec<Odds>,
    pub(crate) dice: Dice,
}

impl Faults {
    /// The fault of the next call, if it has one: queued ones first.
    pub(crate) fn next(&mut self) -> Option<Fault> {
        if let Some(fault) = self.queued.pop_front() {
            return Some(fault);
        }
        let dice = &mut self.dice;
        self.odds.iter().find(|odds| dice.chance(odds.probability)).map(|odds| odds.fault.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_read_as_they_are_shown() {
        let texts = "html 502 error=ERROR_X block drop empty null no-status truncated cut-json slow=20 drop-after-write quirks=2";
        for text in texts.split(' ') {
            assert_eq!(text.parse::<Fault>().map(|fault| fault.to_string()), Ok(text.to_owned()));
        }
        assert!("htlm".parse::<Fault>().is_err_and(|why| why.contains("known are html")));
        let odds = Odds { fault: Fault::Slow(Duration::from_millis(200)), probability: 0.05 };
        assert_eq!("slow=200=0.05".parse(), Ok(odds));
        assert!("html=2".parse::<Odds>().is_err());
    }
}
