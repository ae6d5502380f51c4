//! A quick look at an answer, before anybody asks for the reply in it: is it one at all?

/// What an answer looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glance {
    /// An object from end to end, with the status of a success.
    Reply,
    /// Something that has to be looked at closely: an error of the API, or no JSON.
    Other,
}

/// How replies of the API begin.
const USUAL: &[u8] = br#"{"status":"SUCCESS""#;

/// Looks at the brackets and at the texts of the outermost object, and at nothing else.
pub(super) fn glance(body: &[u8]) -> Glance {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    if body.first() != Some(&b'{') || body.last() != Some(&b'}') {
        return Glance::Other;
    }
    if body.starts_with(USUAL) && is_balanced(body) { Glance::Reply } else { look(body) }
}

/// Are there as many closing brackets as opening ones? A reply that lost its end has fewer, unless its texts happen to make
/// up for it, and then reading it tells. This costs a tenth of looking closely.
fn is_balanced(body: &[u8]) -> bool {
    // So many that a byte counts them, and in a multiple of what a processor compares at once.
    let balance = |bytes: &[u8]| {
        bytes.iter().fold(0_i8, |sum, byte| {
            // Both kinds of brackets differ in one bit.
            let bracket = byte & !0x20;
            sum + i8::from(bracket == b'[') - i8::from(bracket == b']')
        })
    };
    body.chunks(112).map(|bytes| i64::from(balance(bytes))).sum::<i64>() == 0
}

fn look(body: &[u8]) -> Glance {
    let (mut depth, mut at) = (0_usize, 0);
    let (mut is_status, mut is_success) = (false, false);
    while let Some(byte) = body.get(at) {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    break;
                }
            }
            b'"' => {
                let Some(length) = text(&body[at + 1..]) else { return Glance::Other };
                if depth == 1 {
                    let text = &body[at + 1..at + 1 + length];
                    is_success |= is_status && text == b"SUCCESS";
                    is_status = text == b"status";
                }
                at += length + 1;
            }
            _ => {}
        }
        at += 1;
    }
    if is_success && at + 1 == body.len() { Glance::Reply } else { Glance::Other }
}

/// The length of a text up to its closing quote; `None` if it has none.
fn text(rest: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += rest.get(at..)?.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
        if rest[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_and_others() {
        let replies = [
            r#"{"status":"SUCCESS"}"#,
            r#" {"a":[{"b":"}]\"{"}],"status":"SUCCESS"} "#,
            "\u{feff}{\"status\":\"SUCCESS\",\"x\":\"\\\\\",\"y\":{\"error\":\"ERROR\"}}",
            r#"{"status":"SUCCESS","x":"]]}"}"#,
        ];
        for body in replies {
            assert_eq!(glance(body.as_bytes()), Glance::Reply, "{body}");
        }
        let others = [
            "",
            "null",
            "[]",
            "{}",
            "<html></html>",
            r#"{"things":[]}"#,
            r#"{"status":"MAYBE"}"#,
            r#"{"a":"status","b":"SUCCESS"}"#,
            r#"{"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN"}"#,
            r#"{"status":"SUCCESS","things":[{"a":1}"#,
            r#"{"status":"SUCCESS","things":[{"a":"1}"#,
            r#"{"status":"SUCCESS"}}"#,
            r#"{"status":"SUCCESS","things":[{"a":{}"#,
            r#"{"status":"SUCCESSFUL"}"#,
            r#"{"x":1,"status":"SUCCESS"}{}"#,
            r#"{"status":"SUCCESS\"}"#,
        ];
        for body in others {
            assert_eq!(glance(body.as_bytes()), Glance::Other, "{body}");
        }
    }
}
