//! Tells the API's errors, and answers that are not the API's, apart.

use http::StatusCode;

use super::{Answer, Exchange};
use crate::{Error, ErrorCode, Extra, ReplyError, Retry};

/// How many characters of a strange answer an error repeats.
const SNIPPET: usize = 160;

/// The most bytes that such characters can take, white space around them included.
const SNIPPET_BYTES: usize = 4096;

/// The error of an answer of the API.
pub(super) fn reply_error(exchange: &Exchange, error: ReplyError) -> Error {
    let method = exchange.method.clone();
    let (code, message) = match error {
        ReplyError::Decode(error) => return Error::Decode { method, source: Box::new(error) },
        ReplyError::Api { code, message } => (code, message),
    };
    let known = exchange.shared.api.error(&code);
    let code = ErrorCode::new(code);
    if known.is_some_and(|info| info.retry == Retry::AfterBlock) {
        let until = date_and_time(&message).map(str::to_owned);
        Error::Blocked { method, code, message, until }
    } else {
        Error::Api { method, code, message }
    }
}

/// The error of an answer with a status that the API never sends. It may be the API's all the same.
pub(super) fn http_error(answer: &Answer, status: StatusCode) -> Error {
    if let Err(error @ (Error::Api { .. } | Error::Blocked { .. })) = answer.read::<Extra>() {
        return error;
    }
    let Answer { exchange, body } = answer;
    let veiled = exchange.shared.token.veil(body);
    let snippet = snippet(veiled.as_deref().unwrap_or(body));
    Error::Http { method: exchange.method.clone(), status, snippet }
}

/// The beginning of a body, in one line.
fn snippet(body: &[u8]) -> String {
    let start = &body[..body.len().min(SNIPPET_BYTES)];
    let text = String::from_utf8_lossy(start);
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(SNIPPET).collect()
}

/// The first `YYYY-MM-DD HH:MM:SS` in a text.
fn date_and_time(text: &str) -> Option<&str> {
    const FORM: &[u8] = b"0000-00-00 00:00:00";
    let fits = |window: &[u8]| {
        let mut pairs = window.iter().zip(FORM);
        pairs.all(|(byte, form)| match form {
            b'0' => byte.is_ascii_digit(),
            form => byte == form,
        })
    };
    let start = text.as_bytes().windows(FORM.len()).position(fits)?;
    text.get(start..start + FORM.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_in_messages() {
        let cases = [
            ("Query limit exceeded, token blocked until 2026-04-20 12:30:05", Some("2026-04-20 12:30:05")),
            ("do 2026-04-20 12:30:05 (ż)", Some("2026-04-20 12:30:05")),
            ("until 2026-04-20T12:30:05", None),
            ("until 2026-04-20 12:30", None),
            ("żżżżżżżżżżżż", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(date_and_time(text), expected, "{text}");
        }
    }

    #[test]
    fn snippets() {
        assert_eq!(snippet(b" <html>\n\n  <b>x\xff</b> "), "<html> <b>x\u{fffd}</b>");
        assert_eq!(snippet("ż".repeat(9000).as_bytes()).chars().count(), SNIPPET);
        assert_eq!(snippet(&vec![b' '; 9000]), "");
    }
}
