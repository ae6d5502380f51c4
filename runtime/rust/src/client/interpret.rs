//! Tells the API's errors, and answers that are not the API's, apart.

use std::borrow::Cow;
use std::time::Duration;

use http::StatusCode;

use super::Exchange;
use crate::{ApiInfo, Error, ErrorCode, ReplyError, Retry};

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
    let api = exchange.shared.api;
    let is_block = api.error(&code).is_some_and(|info| info.retry == Retry::AfterBlock);
    let advice = advice(api, &code, &method);
    let code = ErrorCode::new(code);
    if is_block {
        let until = date_and_time(&message).map(str::to_owned);
        let retry_after = Duration::from_secs(api.block_seconds.into());
        Error::Blocked { method, code, message, until, retry_after }
    } else {
        Error::Api { method, code, message, advice }
    }
}

/// What to do about an error of the API, as a clause; empty if its message has to do.
fn advice(api: &ApiInfo, code: &str, method: &str) -> Cow<'static, str> {
    let date = api.changelog_date;
    match code {
        "ERROR_BAD_TOKEN" | "ERROR_EMPTY_TOKEN" => {
            "make a token in the panel under Account, API, or check that this one is whole".into()
        }
        "ERROR_USER_ACCOUNT_BLOCKED" => "the account itself is blocked; its owner has to ask the API's support".into(),
        "ERROR_UNKNOWN_METHOD" | "ERROR_EMPTY_METHOD" if api.method(method).is_some() => {
            format!("the API had it on {date}; look for a newer version of this client").into()
        }
        "ERROR_UNKNOWN_METHOD" | "ERROR_EMPTY_METHOD" => {
            format!("this client, which knows the API of {date}, has no such method either; check its name").into()
        }
        _ => "".into(),
    }
}

/// The error of an answer with a status that the API never sends.
pub(super) fn http_error(exchange: &Exchange, status: StatusCode, body: &[u8]) -> Error {
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
