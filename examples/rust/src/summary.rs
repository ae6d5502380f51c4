//! What a run has done, counted by name: the names are fixed from the start, so that what did not happen shows as 0.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};

use baselinker_client::{CallInfo, Observer};

/// What a run has done.
#[derive(Debug)]
pub struct Summary {
    title: &'static str,
    counts: Vec<(&'static str, u64)>,
    problems: Vec<String>,
}

impl Summary {
    /// Nothing done yet of all that a program does.
    #[must_use]
    pub fn new(title: &'static str, names: &[&'static str]) -> Self {
        Self { title, counts: names.iter().map(|name| (*name, 0)).collect(), problems: Vec::new() }
    }

    /// Counts something. What was not named at the start gets a line behind the others.
    pub fn add(&mut self, name: &'static str, count: usize) {
        let count = count as u64;
        match self.counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += count,
            None => self.counts.push((name, count)),
        }
    }

    /// Remembers something that could not be done, and that the next run tries again.
    pub fn problem(&mut self, what: impl Into<String>) {
        self.problems.push(what.into());
    }

    /// What could not be done.
    #[must_use]
    pub fn problems(&self) -> &[String] {
        &self.problems
    }

    /// The text for people, and for whoever reads lines of `name: number`.
    #[must_use]
    pub fn text(&self, dry_run: bool, calls: &CallCount) -> String {
        let note = if dry_run { " (dry run: nothing was sent or stored)" } else { "" };
        let mut lines = vec![format!("{}{note}", self.title)];
        lines.extend(self.counts.iter().map(|(name, count)| format!("  {name}: {count}")));
        lines.push(format!("  problems: {}", self.problems.len()));
        lines.push(format!("  calls: {calls}"));
        lines.join("\n")
    }
}

/// Counts the calls of all clients that it watches, each attempt for itself, as the limit does.
#[derive(Debug, Default)]
pub struct CallCount(AtomicU64);

impl Observer for CallCount {
    fn sending(&self, _call: &CallInfo<'_>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl CallCount {
    /// How many there were so far.
    #[must_use]
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl fmt::Display for CallCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.get().fmt(f)
    }
}
