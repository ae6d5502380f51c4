//! The keys of an object: which field one is, as text only when it is asked for, and what kind they are.

use std::borrow::Cow;

use super::{Cursor, Step};

/// What the keys of an object are.
pub(in crate::json) enum Keys<'j> {
    /// Whole numbers, all of them; also when there are none.
    Numbers,
    /// None of them is a number.
    Names { first: Cow<'j, str> },
    /// Some are numbers.
    Mixed,
}

/// A key as it stands in the text, between its quotes.
#[derive(Clone, Copy)]
pub(in crate::json) struct Span {
    pub(super) start: usize,
    pub(super) end: usize,
}

impl<'j> Cursor<'j> {
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
    pub(in crate::json) fn field(
        &mut self,
        first: bool,
        fields: &[&str],
        guess: usize,
    ) -> Step<Option<Result<usize, Span>>> {
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

    pub(in crate::json) fn first_span(&mut self) -> Step<Option<Span>> {
        self.span(true)
    }

    pub(in crate::json) fn next_span(&mut self) -> Step<Option<Span>> {
        self.span(false)
    }

    pub(in crate::json) fn key(&self, span: Span) -> Cow<'j, str> {
        let raw = &self.text[span.start..span.end];
        if !raw.contains('\\') {
            return Cow::Borrowed(raw);
        }
        let quoted = &self.text[span.start - 1..=span.end];
        serde_json::from_str(quoted).map_or(Cow::Borrowed(raw), Cow::Owned)
    }

    /// What the keys of the object that comes next are, without taking it.
    pub(in crate::json) fn keys(&self) -> Step<Keys<'j>> {
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
}
