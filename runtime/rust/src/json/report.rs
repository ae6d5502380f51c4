//! What a reader says about a reply: values that do not fit, and the one failure that ends everything.

use std::borrow::Cow;

use super::Value;
use super::cursor::Malformed;
use super::error::DecodeError;
use super::mismatch::{Mismatch, snippet};
use super::path;
use super::reader::Reader;

/// How many mismatches are kept; more of them tell nobody anything new.
const MAX_MISMATCHES: usize = 1000;

impl Reader<'_> {
    /// Counts memory that the result takes, and fails once it is out of all proportion to the reply.
    pub(super) fn charge(&mut self, size: usize) -> bool {
        let Some(rest) = self.budget.checked_sub(size) else {
            self.fail("it would take many times its own size in memory".into());
            return false;
        };
        self.budget = rest;
        true
    }

    pub(super) fn fail(&mut self, what: Cow<'static, str>) {
        let offset = self.cursor.offset();
        self.fail_at(offset, what);
    }

    #[cold]
    fn fail_at(&mut self, offset: usize, what: Cow<'static, str>) {
        if self.failure.is_none() {
            let path = path::render(&self.frames, &self.cursor);
            let near = near(self.cursor.text(), offset);
            self.failure = Some(Box::new(DecodeError::new(path, what, offset, near)));
        }
    }

    #[cold]
    pub(super) fn malformed(&mut self, malformed: Malformed) {
        let Malformed { offset, what } = malformed;
        self.fail_at(offset, format!("it is not valid JSON: {what}").into());
    }

    #[cold]
    pub(super) fn missing(&mut self, name: &'static str) {
        if self.failure.is_some() {
            return;
        }
        let mut path = path::render(&self.frames, &self.cursor);
        path::push_name(&mut path, name);
        let what = match self.mismatches.iter().rev().find(|mismatch| mismatch.path == path) {
            Some(Mismatch { expected, found, .. }) => format!("expected {expected}, found {found}"),
            None => "it is missing, or means nothing".to_owned(),
        };
        self.failure = Some(Box::new(DecodeError::new(path, what, self.cursor.offset(), "")));
    }

    #[cold]
    pub(super) fn mismatch(&mut self, expected: &'static str, start: usize) {
        if self.mismatches.len() >= MAX_MISMATCHES {
            self.unlisted += 1;
            return;
        }
        let path = path::render(&self.frames, &self.cursor);
        let found = snippet(self.cursor.since(start).trim_start()).to_owned();
        self.mismatches.push(Mismatch { path, expected, found });
    }

    #[cold]
    pub(super) fn wrong_key(&mut self, key: &str) {
        let skipped = self.cursor.skip();
        if self.step(skipped).is_some() && self.mismatches.len() < MAX_MISMATCHES {
            let path = path::render(&self.frames, &self.cursor);
            let found = snippet(&Value::from(key).to_string()).to_owned();
            self.mismatches.push(Mismatch { path, expected: "key", found });
        }
    }
}

/// The text around an offset, from a little before it.
fn near(text: &str, offset: usize) -> &str {
    let mut start = offset.min(text.len()).saturating_sub(20);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    &text[start..]
}
