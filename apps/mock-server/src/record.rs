//! Exchanges as lines of JSON, `{"method", "parameters", "reply"}`: written without tokens and personal data, and read
//! again to answer from.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use serde_json::{Map, Value, json};

use crate::calls::Call;
use crate::params::Params;
use crate::scrub::{scrub_map, without};

/// Real tokens are longer than this.
const SHORTEST_TOKEN: usize = 10;

#[derive(Debug)]
pub(crate) struct Recorder(File);

impl Recorder {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let file = OpenOptions::new().create(true).append(true).open(path);
        file.map(Self).map_err(|why| about("record to", path, &why))
    }

    /// Adds an exchange whose reply is an object, as one that could be answered again; one that cannot be written is told
    /// of and does not stop the mock.
    pub(crate) fn add(&mut self, call: &Call, reply: Option<Value>) {
        let Some(Value::Object(mut reply)) = reply else { return };
        scrub_map(&mut reply);
        let mut parameters = call.parameters.clone();
        scrub_map(&mut parameters);
        let mut line = json!({"method": call.method, "parameters": parameters, "reply": reply});
        // Wherever it may stand, such as in the text of an error. A shorter one is no secret, but may be part of a word.
        if call.token.len() >= SHORTEST_TOKEN {
            without(&call.token, &mut line);
        }
        if let Err(why) = writeln!(self.0, "{line}") {
            eprintln!("baselinker-mock cannot record: {why}");
        }
    }
}

/// Recorded replies, by method and scrubbed parameters. Those of one question are given in turn, the last for ever.
#[derive(Debug)]
pub(crate) struct Replay(BTreeMap<String, VecDeque<Map<String, Value>>>);

impl Replay {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut replies: BTreeMap<String, VecDeque<_>> = BTreeMap::new();
        let file = File::open(path).map_err(|why| about("replay", path, &why))?;
        for (index, line) in BufReader::new(file).lines().enumerate() {
            let line = line.map_err(|why| about("replay", path, &why))?;
            if line.trim().is_empty() {
                continue;
            }
            let (question, reply) = read(&line).ok_or_else(|| {
                let place = format!("{}:{}", path.display(), index + 1);
                io::Error::other(format!("{place}: not a line of {{\"method\", \"parameters\", \"reply\"}}"))
            })?;
            replies.entry(question).or_default().push_back(reply);
        }
        Ok(Self(replies))
    }

    pub(crate) fn answer(&mut self, method: &str, params: &Params) -> Option<Map<String, Value>> {
        let replies = self.0.get_mut(&question(method, params.0.clone()))?;
        if replies.len() > 1 { replies.pop_front() } else { replies.front().cloned() }
    }
}

fn about(what: &str, path: &Path, why: &io::Error) -> io::Error {
    io::Error::new(why.kind(), format!("cannot {what} {}: {why}", path.display()))
}

fn read(line: &str) -> Option<(String, Map<String, Value>)> {
    let line: Value = serde_json::from_str(line).ok()?;
    let parameters = line.get("parameters")?.as_object()?.clone();
    Some((question(line.get("method")?.as_str()?, parameters), line.get("reply")?.as_object()?.clone()))
}

fn question(method: &str, mut parameters: Map<String, Value>) -> String {
    scrub_map(&mut parameters);
    format!("{method} {}", Value::Object(parameters))
}
