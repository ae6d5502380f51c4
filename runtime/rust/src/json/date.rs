//! Days of the calendar, which the API gives as `YYYY-MM-DD`.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use super::cursor::Scalar;
use super::decode::Decode;
use super::encode::Encode;
use super::number;
use super::reader::{Found, Reader};
use super::writer::Writer;

/// A day of the calendar, from year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// A day; `None` if the calendar does not have it.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        ((1..=9999).contains(&year) && (1..=days).contains(&day)).then_some(Self { year, month, day })
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, from 1.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    #[must_use]
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A text that is not a day written as `YYYY-MM-DD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidDate;

impl fmt::Display for InvalidDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a day of the calendar, written as YYYY-MM-DD")
    }
}

impl Error for InvalidDate {}

impl FromStr for Date {
    type Err = InvalidDate;

    fn from_str(text: &str) -> Result<Self, InvalidDate> {
        let digit = |at: usize| text.as_bytes().get(at).filter(|byte| byte.is_ascii_digit()).map(|byte| byte - b'0');
        let pair = |at: usize| Some(digit(at)? * 10 + digit(at + 1)?);
        let dashes = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
        let parse = || Self::new(u16::from(pair(0)?) * 100 + u16::from(pair(2)?), pair(5)?, pair(8)?);
        if dashes { parse().ok_or(InvalidDate) } else { Err(InvalidDate) }
    }
}

impl Decode for Date {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.scalar("date", |scalar| match *scalar {
            Scalar::Null => Found::Nothing,
            Scalar::Text(text) => match number::trim(text) {
                "" | "0000-00-00" => Found::Nothing,
                text => text.parse().map_or(Found::Wrong, Found::Value),
            },
            _ => Found::Wrong,
        })
    }
}

impl Encode for Date {
    fn encode(&self, out: &mut Writer) {
        out.text(&self.to_string());
    }
}
