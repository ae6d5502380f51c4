//! The secret of an account. It is in memory once, leaves it only as the header of a request, and is overwritten when
//! the last client that has it is gone.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderValue;
use zeroize::Zeroizing;

/// How many characters of a token are a piece of it, rather than any text.
const PIECE: usize = 4;

/// The token of an account, which a seller makes in the panel under Account, API.
///
/// It cannot be read back, and nothing of this crate prints it.
#[derive(Clone)]
pub struct Token(Arc<Zeroizing<String>>);

impl Token {
    /// The header's value; what is wrong with the token if it cannot be one.
    pub(crate) fn header(&self) -> Result<HeaderValue, &'static str> {
        if self.0.is_empty() {
            return Err("the token is empty");
        }
        if !self.0.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("the token holds a blank, a line break or another character that no token has");
        }
        // The value shares the memory of the token instead of being a copy that would outlive it.
        let shared = Bytes::from_owner(Shared(self.clone()));
        let mut value = HeaderValue::from_maybe_shared(shared).map_err(|_| "the token cannot be a header")?;
        value.set_sensitive(true);
        Ok(value)
    }

    /// The token itself, to be hashed and nothing else.
    pub(crate) fn secret(&self) -> &str {
        &self.0
    }

    /// A copy of a text with asterisks in place of the token, so that every offset stays; `None` if it is not there.
    pub(crate) fn veil(&self, text: &[u8]) -> Option<Vec<u8>> {
        let secret = self.0.as_bytes();
        let is_here = |at: usize| text[at..].starts_with(secret);
        let last = text.len().checked_sub(secret.len())?;
        let mut veiled = None;
        let mut at = 0;
        while let Some(found) = (at..=last).find(|at| is_here(*at)) {
            at = found + secret.len();
            veiled.get_or_insert_with(|| text.to_vec())[found..at].fill(b'*');
        }
        veiled
    }

    /// Puts asterisks in place of the token, also if the text ends within it.
    pub(crate) fn veil_text(&self, text: &mut String) {
        let secret = self.0.as_str();
        if text.contains(secret) {
            *text = text.replace(secret, &"*".repeat(secret.len()));
        }
        // The token is ASCII, so there is a character at every byte.
        let piece = (PIECE..secret.len()).rev().find(|length| text.ends_with(&secret[..*length]));
        if let Some(length) = piece {
            text.truncate(text.len() - length);
            text.push_str(&"*".repeat(length));
        }
    }
}

struct Shared(Token);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.0.0.as_bytes()
    }
}

impl From<String> for Token {
    fn from(text: String) -> Self {
        Self(Arc::new(Zeroizing::new(text)))
    }
}

impl From<&str> for Token {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token([redacted])")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_is_the_token_and_sensitive() {
        let header = Token::from("1-23-ABC").header().expect("it is a token");
        assert_eq!(header.as_bytes(), b"1-23-ABC");
        assert!(header.is_sensitive());
        assert_eq!(format!("{header:?}"), "Sensitive");
    }

    #[test]
    fn what_is_no_token() {
        for text in ["", " ", "1-23-ABC\n", "\u{17c}", "a b"] {
            assert!(Token::from(text).header().is_err(), "{text:?}");
        }
    }

    #[test]
    fn veiled() {
        let token = Token::from("aba");
        let cases = [
            ("", None),
            ("ab", None),
            ("xab", None),
            ("aba", Some("***")),
            ("xababab", Some("x***bab")),
            ("abaabax", Some("******x")),
        ];
        for (text, expected) in cases {
            let veiled = token.veil(text.as_bytes());
            assert_eq!(veiled.as_deref(), expected.map(str::as_bytes), "{text}");
        }
    }

    #[test]
    fn veiled_in_reports() {
        let token = Token::from("1-23-ABC");
        let cases = [
            ("", ""),
            ("1-23", "****"),
            ("1-2", "1-2"),
            ("\u{17c}1-23-A", "\u{17c}******"),
            ("x 1-23-ABC 1-23-ABC y 1-23-AB", "x ******** ******** y *******"),
        ];
        for (text, expected) in cases {
            let mut veiled = text.to_owned();
            token.veil_text(&mut veiled);
            assert_eq!(veiled, expected);
        }
    }
}
