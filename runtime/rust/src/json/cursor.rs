//! The place in a JSON text and the steps that can be taken from it. All that is known here is JSON's grammar.

mod number;
mod text;

use std::borrow::Cow;

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

/// What the keys of an object are.
pub(super) enum Keys<'j> {
    /// Whole numbers, all of them; also when there are none.
    Numbers,
    /// None of them is a number.
    Names { first: Cow<'j, str> },
    /// Some are numbers.
    Mixed,
}

/// A key as it stands in the text, between its quotes.
#[derive(Clone, Copy)]
pub(super) struct Span {
    start: usize,
    end: usize,
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

    /// Moves to the next key: before its quote.
    #[inline]
    fn reach_key(&mut self, first: bool) -> Step<bool> {
        if first {
            self.at += 1;
        }
        match self.peek() {
            Some(b'"') if first => return Ok(true),
            Some(b'}') => {
                self.at += 1;
                return Ok(false);
            }
            Some(b',') if !first => {
                self.at += 1;
            }
            _ => return self.bad("expected a comma or }"),
        }
        if self.peek() == Some(b'"') { Ok(true) } else { self.bad("expected a key") }
    }

    #[inline]
    fn colon(&mut self) -> Step<()> {
        if self.peek() == Some(b':') {
            self.at += 1;
            return Ok(());
        }
        self.bad("expected a colon")
    }

    /// The next key's index in `fields`, looked for at `guess` first; or the unknown key.
    #[inline]
    pub(super) fn field(&mut self, first: bool, fields: &[&str], guess: usize) -> Step<Option<Result<usize, Span>>> {
        if !self.reach_key(first)? {
            return Ok(None);
        }
        if let Some(name) = fields.get(guess) {
            let rest = &self.text.as_bytes()[self.at + 1..];
            if rest.len() > name.len() && rest[name.len()] == b'"' && &rest[..name.len()] == name.as_bytes() {
                self.at += name.len() + 2;
                self.colon()?;
                return Ok(Some(Ok(guess)));
            }
        }
        let span = self.pass()?;
        self.colon()?;
        let key = self.key(span);
        Ok(Some(fields.iter().position(|name| *name == key).ok_or(span)))
    }

    fn span(&mut self, first: bool) -> Step<Option<Span>> {
        if !self.reach_key(first)? {
            return Ok(None);
        }
        let span = self.pass()?;
        self.colon()?;
        Ok(Some(span))
    }

    pub(super) fn first_span(&mut self) -> Step<Option<Span>> {
        self.span(true)
    }

    pub(super) fn next_span(&mut self) -> Step<Option<Span>> {
        self.span(false)
    }

    pub(super) fn key(&self, span: Span) -> Cow<'j, str> {
        let raw = &self.text[span.start..span.end];
        if !raw.contains('\\') {
            return Cow::Borrowed(raw);
        }
        let quoted = &self.text[span.start - 1..=span.end];
        serde_json::from_str(quoted).map_or(Cow::Borrowed(raw), Cow::Owned)
    }

    /// What the keys of the object that comes next are, without taking it.
    pub(super) fn keys(&self) -> Step<Keys<'j>> {
        let mut ahead = self.clone();
        let mut span = ahead.first_span()?;
        let first = span.map_or(Cow::Borrowed(""), |span| ahead.key(span));
        let (mut numbers, mut names) = (0_usize, 0_usize);
        while let Some(found) = span {
            let key = ahead.key(found);
            let is_number = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit());
            *(if is_number { &mut numbers } else { &mut names }) += 1;
            ahead.skip()?;
            span = ahead.next_span()?;
        }
        Ok(match (numbers, names) {
            (_, 0) => Keys::Numbers,
            (0, _) => Keys::Names { first },
            _ => Keys::Mixed,
        })
    }

    pub(super) fn finish(&mut self) -> Step<()> {
        if self.peek().is_some() { self.bad("something follows the value") } else { Ok(()) }
    }
}
