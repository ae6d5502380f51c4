//! Finds the replies in a file that somebody hands in: one reply, an exchange or lines of them as the mock records, or a HAR file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use serde_json::Value;

use super::har;
use crate::upstream::method_in;

/// The greatest number of bytes of one document, or of one line of a recording.
const LARGEST: u64 = 128 << 20;

/// A reply, with the method that it answers if that is known.
#[derive(Debug)]
pub struct Exchange {
    pub method: Option<String>,
    pub reply: Value,
    /// The file, and where in it.
    pub place: String,
}

/// What is in a file.
#[derive(Debug)]
pub enum Item {
    Exchange(Exchange),
    /// What could not be read, with its place.
    Unread(String),
    /// An exchange with another host.
    Other,
}

/// Takes one item after the other out of a file. The host is the one of the API.
pub fn read(path: &Path, host: &str, take: &mut dyn FnMut(Item)) -> io::Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let mut reader = BufReader::new(File::open(path)?);
    let mut text = Vec::new();
    reader.by_ref().take(LARGEST).read_until(b'\n', &mut text)?;
    let first = parse(&text).map(|line| exchange(line, &name, 1));
    if let Ok(Ok(exchange)) = first {
        take(Item::Exchange(exchange));
        return lines(reader, &name, 2, take);
    }
    let rest = LARGEST - text.len() as u64;
    if reader.by_ref().take(rest + 1).read_to_end(&mut text)? as u64 > rest || rest == 0 {
        let help = "hand it in in parts, or as a recording with a line for each reply";
        take(Item::Unread(format!("{name}: larger than {} MiB; {help}", LARGEST >> 20)));
        return Ok(());
    }
    document(&text, &name, host, take)
}

/// A file that does not begin as a recording does.
fn document(text: &[u8], name: &str, host: &str, take: &mut dyn FnMut(Item)) -> io::Result<()> {
    match parse(text) {
        Ok(document) if document.get("log").is_some() => har::read(&document, name, host, take),
        Ok(document) => take(Item::Exchange(match exchange(document, name, 0) {
            Ok(exchange) => exchange,
            Err(reply) => Exchange { method: method_in(name), reply, place: name.to_owned() },
        })),
        // Something may stand before the first line of a recording.
        Err(why) => {
            let is_exchange = |line: &[u8]| parse(line).is_ok_and(|line| exchange(line, name, 0).is_ok());
            if text.split(|byte| *byte == b'\n').any(is_exchange) {
                return lines(text, name, 1, take);
            }
            take(Item::Unread(format!("{name}: {why}")));
        }
    }
    Ok(())
}

/// The lines of a recording.
fn lines(mut reader: impl BufRead, name: &str, first: usize, take: &mut dyn FnMut(Item)) -> io::Result<()> {
    for number in first.. {
        let mut line = Vec::new();
        if reader.by_ref().take(LARGEST).read_until(b'\n', &mut line)? == 0 {
            break;
        }
        if line.trim_ascii().is_empty() {
            continue;
        }
        let found = parse(&line).and_then(|line| {
            exchange(line, name, number)
                .map_err(|_| "no line of a recording, which has `method` and `reply`".to_owned())
        });
        take(match found {
            Ok(exchange) => Item::Exchange(exchange),
            Err(why) => Item::Unread(format!("{name}:{number}: {why}")),
        });
    }
    Ok(())
}

/// An exchange as the mock records it, or else the JSON as it was; the number is that of its line.
fn exchange(mut line: Value, name: &str, number: usize) -> Result<Exchange, Value> {
    let (Some(method), true) = (line.get("method").and_then(Value::as_str), line.get("reply").is_some()) else {
        return Err(line);
    };
    let method = Some(method.to_owned());
    let place = if number == 0 { name.to_owned() } else { format!("{name}:{number}") };
    Ok(Exchange { method, reply: line["reply"].take(), place })
}

/// JSON, or what is wrong with it in words that tell nothing of it.
pub fn parse(text: &[u8]) -> Result<Value, String> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_end();
    if text.is_empty() {
        return Err("empty".to_owned());
    }
    let text = std::str::from_utf8(text).map_err(|_| "no text in UTF-8".to_owned())?;
    serde_json::from_str(text).map_err(|error| {
        let line = if error.line() > 1 { format!("line {}, ", error.line()) } else { String::new() };
        let what = if error.is_eof() { "JSON that is cut off" } else { "no JSON" };
        format!("{what}, at {line}column {}", error.column())
    })
}

/// The host of an address, without a port.
pub fn host(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    let authority = behind.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    match host.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    }
}
