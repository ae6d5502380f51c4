//! What the mock remembers of the calls it got: the last ones whole, all of them as counts.

use std::collections::{BTreeMap, VecDeque};

use serde_json::{Map, Value};

/// A call that came in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Call {
    /// Counted from 1.
    pub number: u64,
    /// Time on the clock of the mock, in milliseconds since 1970.
    pub at_ms: u64,
    /// The token it was made with.
    pub token: String,
    /// Its method, as it was sent.
    pub method: String,
    /// Its parameters; empty when they could not be read.
    pub parameters: Map<String, Value>,
    /// Whether it was done: a write that was changed the shop, whatever became of its answer.
    pub executed: bool,
    /// The code it was refused with.
    pub error_code: Option<String>,
    /// What went wrong on the way, as [`Fault`](crate::Fault) shows it.
    pub fault: Option<String>,
    /// Where it differs from the spec; found in strict mode only.
    pub findings: Vec<String>,
}

/// How many calls of a method came.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All of them.
    pub received: u64,
    /// Those that were done.
    pub executed: u64,
    /// Those that were answered with an error envelope.
    pub refused: u64,
}

/// The calls so far.
#[derive(Debug)]
pub(crate) struct Calls {
    keep: usize,
    pub(crate) last: VecDeque<Call>,
    pub(crate) counts: BTreeMap<String, Counts>,
    number: u64,
}

impl Calls {
    pub(crate) fn new(keep: usize) -> Self {
        Self { keep, last: VecDeque::new(), counts: BTreeMap::new(), number: 0 }
    }

    /// How many came so far.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    pub(crate) fn add(&mut self, mut call: Call) {
        self.number += 1;
        call.number = self.number;
        // Names that no method has share one line, or a client could make the table as large as it likes.
        let known = crate::spec::api().methods.contains_key(&call.method);
        let counts = self.counts.entry(if known { call.method.clone() } else { String::new() }).or_default();
        counts.received += 1;
        counts.executed += u64::from(call.executed);
        counts.refused += u64::from(call.error_code.is_some());
        self.last.push_back(call);
        while self.last.len() > self.keep {
            self.last.pop_front();
        }
    }
}
