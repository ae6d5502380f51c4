//! What was found so far: how often, of which kinds, and where first. What comes in too many kinds to be one thing is counted only.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::discreet::{HIDDEN, MOST};
use super::forms::kind;
use crate::problem::Place;

/// How often something was there, by what it was: kinds of values, or values that may be told.
#[derive(Debug, Default)]
pub struct Tally {
    counts: BTreeMap<String, usize>,
    is_full: bool,
}

impl Tally {
    /// Counts one more.
    pub fn add(&mut self, name: &str) {
        if fills(&self.counts, name) {
            self.counts = BTreeMap::from([(HIDDEN.to_owned(), self.total())]);
            self.is_full = true;
        }
        let name = if self.is_full { HIDDEN } else { name };
        *self.counts.entry(name.to_owned()).or_default() += 1;
    }

    /// What there was, without what may not be told.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.counts.keys().map(String::as_str).filter(|name| *name != HIDDEN)
    }

    /// How often there was anything.
    pub fn total(&self) -> usize {
        self.counts.values().sum()
    }

    fn merge(&mut self, other: Self) {
        for (name, count) in other.counts {
            *self.counts.entry(name).or_default() += count;
        }
    }
}

/// Whether a name is one too many.
fn fills<T>(names: &BTreeMap<String, T>, name: &str) -> bool {
    names.len() >= MOST && !names.contains_key(name)
}

/// `int (2), null (1)`
impl fmt::Display for Tally {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let told = |(name, count): (&String, &usize)| match name.as_str() {
            HIDDEN => format!("something that is not told ({count})"),
            name => format!("{name} ({count})"),
        };
        formatter.write_str(&self.counts.iter().map(told).collect::<Vec<_>>().join(", "))
    }
}

/// How often something was there, and where first.
#[derive(Debug, Default)]
pub struct Seen {
    /// What it was.
    pub there: Tally,
    /// The file, and the path in the reply.
    pub first: String,
}

/// Something that differs from the spec.
#[derive(Debug)]
pub struct Found {
    /// What the spec says.
    pub spec: String,
    /// Where it does.
    pub place: Place,
    /// What was there.
    pub seen: Seen,
}

/// Names that the spec does not have.
#[derive(Debug)]
pub struct Keys {
    /// Where they belong in the spec.
    pub place: Place,
    names: BTreeMap<String, Seen>,
    is_full: bool,
}

impl Keys {
    /// None yet.
    pub fn new(place: Place) -> Self {
        Self { place, names: BTreeMap::new(), is_full: false }
    }

    /// Counts a name, as it may be told, with its value.
    pub fn add(&mut self, name: &str, value: &Value, first: impl FnOnce() -> String) {
        if fills(&self.names, name) {
            self.is_full = true;
            let mut all = Seen::default();
            for seen in std::mem::take(&mut self.names).into_values() {
                all.first = if all.first.is_empty() { seen.first } else { all.first };
                all.there.merge(seen.there);
            }
            self.names.insert(HIDDEN.to_owned(), all);
        }
        let name = if self.is_full { HIDDEN } else { name };
        let seen = self.names.entry(name.to_owned()).or_insert_with(|| Seen { first: first(), ..Seen::default() });
        seen.there.add(&kind(value));
    }

    /// The names, and what was seen of each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Seen)> {
        self.names.iter().map(|(name, seen)| (name.as_str(), seen))
    }
}
