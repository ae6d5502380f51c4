//! What Rust says to the differential test: `decode FILE` reads replies, `encode` sends every example. The methods are those of the
//! client's own tests, so that nobody types a list of them.

#[path = "../../../generated/rust/tests/examples/base_connect.rs"]
#[rustfmt::skip]
mod base_connect;
#[path = "../../../generated/rust/tests/examples/courier_shipments.rs"]
#[rustfmt::skip]
mod courier_shipments;
#[path = "../../../generated/rust/tests/examples/crm.rs"]
#[rustfmt::skip]
mod crm;
#[path = "../../../generated/rust/tests/examples/external_storages.rs"]
#[rustfmt::skip]
mod external_storages;
#[path = "../../../generated/rust/tests/examples/order_returns.rs"]
#[rustfmt::skip]
mod order_returns;
#[path = "../../../generated/rust/tests/examples/orders.rs"]
#[rustfmt::skip]
mod orders;
#[path = "../../../generated/rust/tests/examples/product_catalog.rs"]
#[rustfmt::skip]
mod product_catalog;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{self, BufWriter, Write};

use baselinker_client::{Decoded, Method, Mismatch, ReplyError, ToJson, decode_reply, encode, to_json};
use serde_json::{Map, Value, json};

/// What can be done with a method by its name.
struct Spoken {
    parameters: String,
    decode: fn(&[u8]) -> Value,
}

thread_local! {
    static METHODS: RefCell<BTreeMap<&'static str, Spoken>> = const { RefCell::new(BTreeMap::new()) };
}

/// What the examples call, in the place of the client's own check.
mod example {
    pub(crate) use super::note as check;
}

/// Takes note of a method, which its example names.
fn note<M: Method<Reply: ToJson>>(call: &M, _example: &str) {
    let spoken = Spoken { parameters: encode(call), decode: decode::<M> };
    METHODS.with_borrow_mut(|methods| methods.insert(M::INFO.name, spoken));
}

fn decode<M: Method<Reply: ToJson>>(body: &[u8]) -> Value {
    match decode_reply::<M::Reply>(body) {
        Ok(Decoded { value, mismatches, .. }) => {
            let value: Value = serde_json::from_str(&to_json(&value)).expect("replies are made JSON");
            json!({ "value": value, "mismatches": mismatches.iter().map(mismatch).collect::<Value>() })
        }
        Err(ReplyError::Api { code, message }) => json!({ "api_error": { "code": code, "message": message } }),
        Err(ReplyError::Decode(error)) => json!({ "error": { "path": error.path() } }),
    }
}

fn mismatch(Mismatch { path, expected, found }: &Mismatch) -> Value {
    json!({ "path": path, "expected": expected, "found": found })
}

fn main() -> Result<(), Box<dyn Error>> {
    let groups = [
        base_connect::EXAMPLES,
        courier_shipments::EXAMPLES,
        crm::EXAMPLES,
        external_storages::EXAMPLES,
        order_returns::EXAMPLES,
        orders::EXAMPLES,
        product_catalog::EXAMPLES,
    ];
    groups.concat().iter().for_each(|example| example());
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    METHODS.with_borrow(|methods| match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["decode", file] => decode_all(methods, file, &mut out),
        ["encode"] => encode_all(methods, &mut out),
        _ => Err("say `decode FILE` or `encode`".into()),
    })?;
    Ok(out.flush()?)
}

fn decode_all(
    methods: &BTreeMap<&'static str, Spoken>,
    file: &str,
    out: &mut impl Write,
) -> Result<(), Box<dyn Error>> {
    for line in fs::read_to_string(file)?.lines() {
        let case: Map<String, Value> = serde_json::from_str(line)?;
        let [method, reply] = ["method", "reply"].map(|key| case.get(key).and_then(Value::as_str).unwrap_or_default());
        let spoken = methods.get(method).ok_or_else(|| format!("no example calls {method}"))?;
        writeln!(out, "{}", (spoken.decode)(reply.as_bytes()))?;
    }
    Ok(())
}

fn encode_all(methods: &BTreeMap<&'static str, Spoken>, out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    for (method, spoken) in methods {
        writeln!(out, "{}", json!({ "method": method, "parameters": spoken.parameters }))?;
    }
    Ok(())
}
