//! The replies that all languages decode: the example of every method as it is, bent at random, in the API's own errors, and broken.

use generator::model::{Api, Method};
use serde_json::Value;

use crate::bend::Bender;
use crate::dice::Dice;
use crate::node::{Node, Style};

/// How often each example is bent, by how many of a thousand values.
const BENT: &[(usize, usize)] = &[(3, 0), (15, 40), (20, 150), (12, 400)];

/// How many of the errors of the API, of broken replies and of other answers each method has.
const OTHERS: usize = 3;

/// One reply.
pub struct Case {
    pub method: String,
    pub reply: String,
    /// Whether it is JSON at all: if not, every language stops somewhere else.
    pub is_json: bool,
    /// Whether an object in it has a key twice. Some parsers only give the last of them.
    pub is_doubled: bool,
}

impl Case {
    /// Whether it is an object that says nothing of how the call went.
    pub fn lacks_status(&self) -> bool {
        serde_json::from_str::<Value>(&self.reply).is_ok_and(|reply| reply.is_object() && reply["status"].is_null())
    }
}

/// All cases, the same every time for the same seed.
pub fn all(api: &Api, seed: &str) -> Vec<Case> {
    api.methods.values().flat_map(|method| of(api, method, seed)).collect()
}

fn of(api: &Api, method: &Method, seed: &str) -> Vec<Case> {
    let mut dice = Dice::of(&format!("{}{seed}", method.wire));
    let case = |reply, is_json| Case { method: method.wire.clone(), reply, is_json, is_doubled: false };
    let plain = whole(&method.example_reply).write(Style::Plain, &mut dice);
    let mut cases = vec![case(plain.clone(), true)];
    for (times, per_mille) in BENT {
        for _ in 0..*times {
            let bent = bent(api, method, *per_mille, &mut dice);
            let style = dice.pick(&[Style::Plain, Style::Php, Style::Wild]);
            let is_doubled = bent.has_doubled_keys();
            cases.push(Case { is_doubled, ..case(bent.write(style, &mut dice), true) });
        }
    }
    for _ in 0..OTHERS {
        cases.push(case(plain.replacen("\"status\":\"SUCCESS\"", dice.pick(ENVELOPES), 1), true));
        let broken = broken(&plain, &mut dice);
        // A letter that is missing in a text breaks nothing.
        let is_json = serde_json::from_str::<Value>(&broken).is_ok();
        cases.push(case(broken, is_json));
        let (text, is_json) = dice.pick(NOT_REPLIES);
        cases.push(case(text.to_owned(), is_json));
    }
    cases
}

/// What may stand in the place of `"status":"SUCCESS"`.
const ENVELOPES: &[&str] = &[
    r#""status":"ERROR","error_code":"ERROR_BAD_TOKEN","error_message":"Invalid user token""#,
    r#""error_message":"\u017c\u00f3\u0142w \"x\"","status":"ERROR","error_code":"""#,
    r#""status":"ERROR","error_code":17,"error_message":null"#,
    r#""status":"ERROR","error_code":false,"error_message":[1]"#,
    r#""status":"ERROR""#,
    r#""error_code":"ERROR_STORAGE_ID","error_message":"kept from an earlier call","status":"SUCCESS""#,
    r#""status":"SUCCESS","status":"ERROR","error_code":"TWICE""#,
    r#""status":"success""#,
    r#""status":" SUCCESS""#,
    r#""status":true"#,
    r#""status":null"#,
    r#""Status":"SUCCESS""#,
];

/// Answers that are no replies, and whether they are JSON.
const NOT_REPLIES: &[(&str, bool)] = &[
    ("", false),
    (" \r\n", false),
    ("null", true),
    ("[]", true),
    ("{}", true),
    ("\"SUCCESS\"", true),
    ("[{\"status\":\"SUCCESS\"}]", true),
    ("<html><body>502 Bad Gateway</body></html>", false),
    ("{\"status\":\"SUCCESS\"}", true),
    ("\u{feff}{\"status\":\"SUCCESS\"}", true),
    ("\n {\"status\":\"SUCCESS\"}\n ", true),
    ("{\"status\":\"SUCCESS\"} x", false),
    ("{\"status\":\"SUCCESS\",}", false),
    ("{'status':'SUCCESS'}", false),
    ("{\"status\":\"SUCCESS\",\"x\":01}", false),
    ("{\"status\":\"SUCCESS\",\"x\":+1}", false),
    ("{\"status\":\"SUCCESS\",\"x\":.5}", false),
    ("{\"status\":\"SUCCESS\",\"x\":1.}", false),
    ("{\"status\":\"SUCCESS\",\"x\":NaN}", false),
    ("{\"status\":\"SUCCESS\",\"x\":-Infinity}", false),
    ("{\"status\":\"SUCCESS\",\"x\":[1,]}", false),
    ("{\"status\":\"SUCCESS\",\"x\":True}", false),
    ("{\"status\":\"SUCCESS\",\"x\":\"\\x\"}", false),
    ("{\"status\":\"SUCCESS\",\"x\":\"\\u12\"}", false),
    ("{\"status\":\"SUCCESS\",\"x\":\"\\ud800\"}", false),
    ("{\"status\":\"SUCCESS\",\"x\":\"a\tb\"}", false),
    ("{\"status\":\"SUCCESS\",\"x\":1 /* one */}", false),
];

/// The example with the envelope that every reply has.
fn whole(reply: &Value) -> Node {
    with_status(entries(reply))
}

fn bent(api: &Api, method: &Method, per_mille: usize, dice: &mut Dice) -> Node {
    let mut entries = entries(&method.example_reply);
    Bender { api, dice, per_mille }.reply(&method.reply, &mut entries);
    with_status(entries)
}

fn entries(reply: &Value) -> Vec<(String, Node)> {
    match Node::of(reply) {
        Node::Object(entries) => entries,
        _ => Vec::new(),
    }
}

fn with_status(mut entries: Vec<(String, Node)>) -> Node {
    entries.insert(0, ("status".to_owned(), Node::Text("SUCCESS".to_owned())));
    Node::Object(entries)
}

/// A reply of which the end is missing, or a letter in the middle.
fn broken(reply: &str, dice: &mut Dice) -> String {
    let borders: Vec<usize> = reply.char_indices().map(|(at, _)| at).filter(|at| *at > 0).collect();
    let at = dice.pick(&borders);
    // Without the comma between them two numbers may be one that is too large for some languages.
    let is_digit = |at: usize| reply.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let is_structure = |at: &usize| {
        reply[*at..].starts_with(['{', '}', '[', ']', ',', ':']) && !(is_digit(at - 1) && is_digit(at + 1))
    };
    let structure: Vec<usize> = borders.into_iter().filter(is_structure).collect();
    if structure.is_empty() || dice.per_mille(500) {
        return reply[..at].to_owned();
    }
    let at = dice.pick(&structure);
    [&reply[..at], &reply[at + 1..]].concat()
}
