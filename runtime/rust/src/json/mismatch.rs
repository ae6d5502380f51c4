//! What is reported about a value that is not what the documentation promises.

use std::fmt;

/// A value of a reply that could not be read as its documented type, and was left out of the result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where it was: `orders[3].products[0].quantity`, keys of maps as `prices["105"]`.
    pub path: String,
    /// The documented type: `int`, `decimal`, `list`, ...
    pub expected: &'static str,
    /// The JSON text that was there, cut to 80 characters.
    pub found: String,
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: expected {}, found {}", self.path, self.expected, self.found)
    }
}

/// The longest text of a value, in characters, that a report repeats.
const SNIPPET: usize = 80;

/// The beginning of a text, short enough for a report.
pub(super) fn snippet(text: &str) -> &str {
    match text.char_indices().nth(SNIPPET) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}
