//! The place in a JSON text and the steps that can be taken from it. All that is known here is JSON's grammar.

mod keys;
mod number;
mod text;

pub(super) use keys::{Keys, Span};

/// What is wrong with a text that is not JSON, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Malformed {
    pub(super) offset: usize,
    pub(super) what: &'static str,
}

/// A step, unless the text is not JSON there.
pub(super) type Step<T> = Result<T, Malformed>;

/// What comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    True,
    False,
    Number,
    Text,
    List,
    Object,
}

/// A value without parts, or the text of one with parts.
pub(super) enum Scalar<'s> {
    Null,
    True,
    False,
    Number(&'s str),
    Text(&'s str),
    Parts(&'s str),
}

/// A place in a JSON text.
#[derive(Clone)]
pub(super) struct Cursor<'j> {
    text: &'j str,
    at: usize,
    /// The last text that had escapes, without them.
    tape: String,
}

/// How deep the parts of a value that is skipped may lie. Skipping takes no stack, so this only bounds what is sensible.
const MAX_SKIP: usize = 200;

impl<'j> Cursor<'j> {
    pub(super) fn new(text: &'j str) -> Self {
        Self { text, at: 0, tape: String::new() }
    }

    pub(super) fn text(&self) -> &'j str {
        self.text
    }

    pub(super) fn offset(&self) -> usize {
        self.at
    }

    pub(super) fn since(&self, start: usize) -> &'j str {
        &self.text[start..self.at]
    }

    #[inline]
    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The first byte after white space.
    #[inline]
    fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    #[cold]
    fn bad<T>(&self, what: &'static str) -> Step<T> {
        let what = if self.at >= self.text.len() { "it ends too early" } else { what };
        Err(Malformed { offset: self.at, what })
    }

    pub(super) fn kind(&mut self) -> Step<Kind> {
        Ok(match self.peek() {
            Some(b'"') => Kind::Text,
            Some(b'{') => Kind::Object,
            Some(b'[') => Kind::List,
            Some(b'-' | b'0'..=b'9') => Kind::Number,
            Some(b't') => Kind::True,
            Some(b'f') => Kind::False,
            Some(b'n') => Kind::Null,
            _ => return self.bad("expected a value"),
        })
    }

    #[inline]
    pub(super) fn scalar(&mut self) -> Step<Scalar<'_>> {
        match self.peek() {
            Some(b'"') => self.string().map(Scalar::Text),
            Some(b'-' | b'0'..=b'9') => {
                let start = self.at;
                self.number()?;
                Ok(Scalar::Number(&self.text[start..self.at]))
            }
            Some(b't') => self.word("true").map(|()| Scalar::True),
            Some(b'f') => self.word("false").map(|()| Scalar::False),
            Some(b'n') => self.word("null").map(|()| Scalar::Null),
            Some(b'{' | b'[') => {
                let start = self.at;
                self.skip()?;
                Ok(Scalar::Parts(&self.text[start..self.at]))
            }
            _ => self.bad("expected a value"),
        }
    }

    fn word(&mut self, word: &'static str) -> Step<()> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        self.bad("expected a value")
    }

    pub(super) fn skip(&mut self) -> Step<()> {
        let mut open: Vec<u8> = Vec::new();
        loop {
            match self.peek() {
                Some(b'"') => drop(self.pass()?),
                Some(b'{') => {
                    if self.first_span()?.is_some() {
                        open.push(b'}');
                        if open.len() > MAX_SKIP {
                            return self.bad("nested too deep");
                        }
                        continue;
                    }
                }
                Some(b'[') => {
                    if self.first_item() {
                        open.push(b']');
                        if open.len() > MAX_SKIP {
                            return self.bad("nested too deep");
                        }
                        continue;
                    }
                }
                Some(b'-' | b'0'..=b'9') => self.number()?,
                Some(b't') => self.word("true")?,
                Some(b'f') => self.word("false")?,
                Some(b'n') => self.word("null")?,
                _ => return self.bad("expected a value"),
            }
            loop {
                let more = match open.last() {
                    None => return Ok(()),
                    Some(b']') => self.next_item()?,
                    Some(_) => self.next_span()?.is_some(),
                };
                if more {
                    break;
                }
                open.pop();
            }
        }
    }

    /// Enters a list; whether it has items.
    pub(super) fn first_item(&mut self) -> bool {
        self.at += 1;
        let empty = self.peek() == Some(b']');
        self.at += usize::from(empty);
        !empty
    }

    pub(super) fn next_item(&mut self) -> Step<bool> {
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                if self.peek() == Some(b']') { self.bad("a comma before the end") } else { Ok(true) }
            }
            Some(b']') => {
                self.at += 1;
                Ok(false)
            }
            _ => self.bad("expected a comma or ]"),
        }
    }

    pub(super) fn finish(&mut self) -> Step<()> {
        if self.peek().is_some() { self.bad("something follows the value") } else { Ok(()) }
    }
}
