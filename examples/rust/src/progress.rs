//! Progress on long work: one line on stderr that changes, and nothing at all where stderr is no terminal.

use std::cell::Cell;
use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

/// Often enough to look alive, seldom enough to cost nothing.
const PAUSE: Duration = Duration::from_millis(100);

/// A line that says how far the work is.
#[derive(Debug)]
pub struct Progress {
    shown: bool,
    last: Cell<Option<Instant>>,
}

impl Default for Progress {
    fn default() -> Self {
        Self { shown: stderr().is_terminal(), last: Cell::new(None) }
    }
}

impl Progress {
    /// Shows how much of something is done.
    pub fn step(&self, what: &str, done: usize, of: Option<usize>) {
        let is_due = self.last.get().is_none_or(|last| last.elapsed() >= PAUSE);
        if self.shown && (is_due || of == Some(done)) {
            let of = of.map(|of| format!(" of {of}")).unwrap_or_default();
            // A terminal that is gone is no reason to stop.
            let _ = write!(stderr(), "\r\x1b[K{what}: {done}{of}");
            self.last.set(Some(Instant::now()));
        }
    }

    /// Takes the line away, so that other text can stand in its place.
    pub fn clear(&self) {
        if self.last.take().is_some() {
            let _ = write!(stderr(), "\r\x1b[K");
        }
    }
}
