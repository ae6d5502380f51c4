//! What the table of `tests/wire/` cannot say: bytes that are no text, hostile sizes and depths, and what a failure
//! does to the rest of a reply.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use baselinker_runtime::{Decode, Extra, Reader, Value, decode, decode_reply};

#[derive(Debug, Default, PartialEq)]
struct Node {
    id: i64,
    name: Option<String>,
    numbers: Vec<i64>,
    nodes: Vec<Node>,
    by_name: BTreeMap<String, Node>,
    extra: Extra,
}

impl Decode for Node {
    const FIELDS: &'static [&'static str] = &["id", "name", "numbers", "nodes", "by_name"];

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        let mut id = None;
        while let Some(field) = reader.next_field(Self::FIELDS, &mut this.extra) {
            match field {
                0 => id = Decode::decode(reader),
                1 => this.name = Decode::decode(reader),
                2 => this.numbers = reader.list(),
                3 => this.nodes = reader.list(),
                _ => this.by_name = reader.map(),
            }
        }
        this.id = reader.require("id", id);
        Some(this)
    }
}

/// An object without an identity, which takes far more memory than its two brackets.
#[derive(Debug, Default)]
struct Wide {
    texts: [Option<String>; 32],
    extra: Extra,
}

impl Decode for Wide {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        while reader.next_field(&["text"], &mut this.extra).is_some() {
            this.texts[0] = Decode::decode(reader);
        }
        Some(this)
    }
}

#[test]
fn bytes_that_are_no_text() {
    let error = decode::<Node>(b"{\"id\":1,\"name\":\"a\xff\"}").unwrap_err();
    assert_eq!(error.what(), "it is not UTF-8 text");
    assert_eq!(error.offset(), 17);
    assert!(decode::<Node>(b"{\"id\":1,\"unknown\":\"\xc5\"}").is_err());
    assert!(decode::<Node>(b"\x1f\x8b\x08\x00\x00").is_err());
}

#[test]
fn lone_surrogates_are_no_text() {
    for body in [r#"{"id":1,"name":"\ud800"}"#, r#"{"id":1,"x":"\udc00"}"#, r#"{"id":1,"\ud800x":1}"#] {
        assert!(decode::<Node>(body.as_bytes()).is_err(), "{body}");
    }
}

#[test]
fn errors_say_what_and_where() {
    let cases = [
        (
            r#"{"id":1,"nodes":[{"id":2},{"name":"b"}]}"#,
            "cannot decode the reply at nodes[1].id: it is missing, or means nothing (byte 38)",
        ),
        (r#"{"id":[1]}"#, "cannot decode the reply at id: expected int, found [1] (byte 10)"),
        (r#"{"id":1,"by_name":{"a b":{"id":3,"name":tru}}}"#, ""),
        (r#"{"id":1,"nodes":[{"id":1,"unknown":[1,}]"#, ""),
        ("5", "cannot decode the reply: expected object (byte 0, near \"5\")"),
        ("null", "cannot decode the reply: it holds nothing (byte 0, near \"null\")"),
    ];
    for (body, expected) in cases {
        let error = decode::<Node>(body.as_bytes()).unwrap_err().to_string();
        assert!(expected.is_empty() || error == expected, "{body}\n  {error}");
    }
    let error = decode::<Node>(br#"{"id":1,"by_name":{"a b":{"id":3,"name":tru}}}"#).unwrap_err();
    assert_eq!(error.path(), r#"by_name["a b"].name"#);
    let error = decode::<Node>(br#"{"id":1,"nodes":[{"id":1,"unknown":[1,}]"#).unwrap_err();
    assert_eq!(error.path(), "nodes[0]");
}

thread_local!(static CALLS: Cell<usize> = const { Cell::new(0) });

/// Counts how often it is asked for.
struct Counted;

impl Decode for Counted {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        CALLS.with(|calls| calls.set(calls.get() + 1));
        i64::decode(reader).map(|_| Self)
    }
}

/// Goes on after its list has failed.
struct Stubborn;

impl Decode for Stubborn {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        while reader.next_field(&["a"], &mut Extra::default()).is_some() {
            let items: Vec<Counted> = reader.list();
            assert_eq!(items.len(), 2);
            let entries: BTreeMap<String, Counted> = reader.map();
            assert!(entries.is_empty());
            assert_eq!(String::decode(reader), None);
            assert_eq!(Value::decode(reader), None);
            assert!(reader.begin_object().is_none());
        }
        Some(Self)
    }
}

#[test]
fn a_failure_stops_everything() {
    let error = decode::<Stubborn>(br#"{"a":[1,2,!,4,5],"a":[6]}"#).err().map(|error| error.to_string());
    assert!(error.is_some_and(|error| error.contains(" at a[2]: it is not valid JSON")));
    assert_eq!(CALLS.with(Cell::get), 3);
}

#[test]
fn depth_does_not_exhaust_the_stack() {
    const DEPTH: usize = 10_000;
    for (open, close) in
        [("[", "]"), (r#"{"id":1,"nodes":["#, "]}"), (r#"{"id":1,"by_name":{"a":"#, "}}"), (r#"{"x":"#, "}")]
    {
        for inner in [r#"{"id":1}"#, ""] {
            let nest = open.repeat(DEPTH) + inner + &close.repeat(DEPTH);
            for field in ["id", "name", "numbers", "nodes", "by_name", "unknown"] {
                let body = format!(r#"{{"status":"SUCCESS","id":1,"{field}":{nest}}}"#);
                assert!(decode_reply::<Node>(body.as_bytes()).is_err(), "{field}: {open}");
                assert!(decode_reply::<Extra>(body.as_bytes()).is_err(), "{field}: {open}");
            }
        }
    }
}

/// If reading took time by the square of the size, this would not end.
#[test]
fn fifty_megabytes_of_the_wrong_shape() {
    for (field, part) in [("nodes", "\"x\","), ("unknown", "[1],")] {
        wrong_shape(50 << 20, field, part);
    }
    let parts = ["{},", "[],", "\"\",", "1,", "\"x\",", "{\"id\":1},", "null,", "[[[[[]]]]],", "\"\\u0119\","];
    for part in parts {
        for field in ["numbers", "name", "nodes", "by_name", "unknown"] {
            wrong_shape(1 << 18, field, part);
        }
    }
}

fn wrong_shape(size: usize, field: &str, part: &str) {
    let items = part.repeat(size / part.len());
    let body = format!(r#"{{"status":"SUCCESS","id":1,"{field}":[{}]}}"#, items.trim_end_matches(','));
    match decode_reply::<Node>(body.as_bytes()) {
        Ok(decoded) => assert!(decoded.mismatches.len() <= 1000),
        Err(error) => assert!(error.to_string().len() < 500),
    }
}

#[test]
fn memory_is_bounded_by_the_size_of_the_reply() {
    let body = format!("[{}]", vec!["{}"; 2_000_000].join(","));
    let error = decode::<Vec<Wide>>(body.as_bytes()).unwrap_err();
    assert_eq!(error.what(), "it would take many times its own size in memory");
    assert_eq!(decode::<Vec<Wide>>(b"[{},{}]").unwrap().value.len(), 2);
}

#[test]
fn mismatches_are_cut_and_counted() {
    let body = format!(r#"{{"id":1,"numbers":[{}],"name":"{}"}}"#, vec!["true"; 3000].join(","), "ę".repeat(200));
    let decoded = decode::<Node>(body.as_bytes()).unwrap();
    assert_eq!(decoded.mismatches.len(), 1000);
    assert_eq!(decoded.unlisted, 2000);
    assert_eq!(decoded.mismatches[999].path, "numbers[999]");
    let body = format!(r#"{{"id":1,"numbers":"{}"}}"#, "ę".repeat(200));
    assert_eq!(decode::<Node>(body.as_bytes()).unwrap().mismatches[0].found.chars().count(), 80);
}

/// Every beginning of a reply, and every byte of it replaced by others, gives a result or an error.
#[test]
fn no_damage_makes_it_panic() {
    let mut body =
        String::from(r#"{"status":"SUCCESS","id":1,"name":"\u0119\ud83d\ude00","numbers":{"0":"5","1":[1]},"#);
    let _ = write!(
        body,
        r#""by_name":[{{"id":-1.5e3,"k\u0065y":{{"a":[null,true,"ż"]}}}}],"nodes":[{{"id":"7"}},false]}}"#
    );
    assert!(decode_reply::<Node>(body.as_bytes()).is_ok());
    for at in 0..body.len() {
        assert!(decode_reply::<Node>(&body.as_bytes()[..at]).is_err(), "cut at {at}");
        for byte in *b"\0\"\\{}[]:,0-eu x\x80\xff" {
            let mut damaged = body.clone().into_bytes();
            damaged[at] = byte;
            let _ = decode_reply::<Node>(&damaged);
        }
    }
}
