//! A quick look at an answer, before anybody asks for the reply in it: is it one at all?

/// What an answer looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glance {
    /// An object from end to end, with the status of a success.
    Reply,
    /// Something that has to be looked at closely: an error of the API, or no JSON.
    Other,
}

/// Looks at the brackets and at the texts of the outermost object, and at nothing else.
pub(super) fn glance(body: &[u8]) -> Glance {
    let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body).trim_ascii();
    if body.first() != Some(&b'{') || body.last() != Some(&b'}') {
        return Glance::Other;
    }
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
            r#"{"status":"SUCCESS"}{}"#,
            r#"{"status":"SUCCESS\"}"#,
        ];
        for body in others {
            assert_eq!(glance(body.as_bytes()), Glance::Other, "{body}");
        }
    }
}
