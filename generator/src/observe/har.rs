//! HAR files, which browsers and proxies save: the calls of the API in them, whatever else was on the way.

use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use super::input::{self, Exchange, Item};

/// Takes the exchanges with a host, or with a stand-in on the same machine, out of a HAR file.
pub fn read(document: &Value, name: &str, host: &str, take: &mut dyn FnMut(Item)) {
    let Some(entries) = document.pointer("/log/entries").and_then(Value::as_array) else {
        return take(Item::Unread(format!("{name}: a `log` without `entries`, which is no HAR file")));
    };
    for (at, entry) in entries.iter().enumerate() {
        let place = format!("{name}, entry {}", at + 1);
        let text = |pointer| entry.pointer(pointer).and_then(Value::as_str);
        let asked = input::host(text("/request/url").unwrap_or_default());
        if text("/request/method") != Some("POST") || !(asked == host || is_here(asked)) {
            take(Item::Other);
            continue;
        }
        take(match (method(entry), body(entry)) {
            (None, _) => Item::Unread(format!("{place}: no form with a `method` was sent")),
            (_, Err(why)) => Item::Unread(format!("{place}: the body is {why}")),
            (method, Ok(reply)) => Item::Exchange(Exchange { method, reply, place }),
        });
    }
}

fn is_here(host: &str) -> bool {
    host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
}

/// The method that was called: a field of the form, however it was sent.
fn method(entry: &Value) -> Option<String> {
    let sent = entry.pointer("/request/postData")?;
    let fields = sent.get("params").and_then(Value::as_array).into_iter().flatten();
    let field = fields.into_iter().find(|field| field.get("name").and_then(Value::as_str) == Some("method"));
    if let Some(name) = field.and_then(|field| field.get("value")?.as_str()) {
        return Some(name.to_owned());
    }
    let text = sent.get("text")?.as_str()?;
    if let Some(name) = text.split('&').find_map(|field| field.strip_prefix("method=")) {
        return Some(name.to_owned());
    }
    let (_, part) = text.split_once("name=\"method\"\r\n\r\n")?;
    part.lines().next().map(str::to_owned)
}

/// The reply, or what its body is instead.
fn body(entry: &Value) -> Result<Value, String> {
    let content = entry.pointer("/response/content").ok_or("missing")?;
    let text = content.get("text").and_then(Value::as_str).ok_or("missing; save the file with the bodies")?;
    match content.get("encoding").and_then(Value::as_str) {
        Some("base64") => {
            let bytes = STANDARD.decode(text.trim()).map_err(|_| "no base64, although it is called so")?;
            input::parse(&bytes)
        }
        _ => input::parse(text.as_bytes()),
    }
}
