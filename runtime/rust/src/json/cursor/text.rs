//! Texts: eight bytes at a time to the next quote or backslash, and what escapes stand for.

use super::{Cursor, Span, Step};

impl Cursor<'_> {
    /// Moves from within a string to its end or next backslash.
    #[inline]
    fn run(&mut self) -> Step<u8> {
        const ONES: u64 = u64::from_le_bytes([1; 8]);
        const HIGH: u64 = ONES << 7;
        let bytes = self.text.as_bytes();
        while let Some(chunk) = bytes.get(self.at..).and_then(|rest| rest.first_chunk::<8>()) {
            let word = u64::from_le_bytes(*chunk);
            let quote = word ^ (ONES * 0x22);
            let slash = word ^ (ONES * 0x5c);
            let found = ((quote.wrapping_sub(ONES) & !quote)
                | (slash.wrapping_sub(ONES) & !slash)
                | (word.wrapping_sub(ONES * 0x20) & !word))
                & HIGH;
            if found != 0 {
                self.at += found.trailing_zeros() as usize / 8;
                let byte = bytes[self.at];
                return if byte < 0x20 { self.bad("a control character in a text") } else { Ok(byte) };
            }
            self.at += 8;
        }
        loop {
            match self.byte() {
                Some(byte @ (b'"' | b'\\')) => return Ok(byte),
                Some(0..0x20) | None => return self.bad("a control character in a text"),
                Some(_) => self.at += 1,
            }
        }
    }

    #[inline]
    pub(super) fn string(&mut self) -> Step<&str> {
        let start = self.at + 1;
        self.at = start;
        if self.run()? == b'"' {
            let text = &self.text[start..self.at];
            self.at += 1;
            return Ok(text);
        }
        self.unescape(start)?;
        Ok(&self.tape)
    }

    fn unescape(&mut self, mut start: usize) -> Step<()> {
        self.tape.clear();
        loop {
            self.tape.push_str(&self.text[start..self.at]);
            self.at += 1;
            let c = self.escape()?;
            self.tape.push(c);
            start = self.at;
            if self.run()? == b'"' {
                self.tape.push_str(&self.text[start..self.at]);
                self.at += 1;
                return Ok(());
            }
        }
    }

    fn escape(&mut self) -> Step<char> {
        let c = match self.byte() {
            Some(b'u') => return self.unicode(),
            Some(byte @ (b'"' | b'\\' | b'/')) => byte as char,
            Some(b'n') => '\n',
            Some(b't') => '\t',
            Some(b'r') => '\r',
            Some(b'b') => '\x08',
            Some(b'f') => '\x0c',
            _ => return self.bad("an unknown escape"),
        };
        self.at += 1;
        Ok(c)
    }

    fn unicode(&mut self) -> Step<char> {
        let first = self.hex()?;
        let code = if let 0xd800..0xdc00 = first {
            if self.byte() != Some(b'\\') {
                return self.bad("half a surrogate pair");
            }
            self.at += 1;
            let second = if self.byte() == Some(b'u') { self.hex()? } else { 0 };
            if !(0xdc00..0xe000).contains(&second) {
                return self.bad("half a surrogate pair");
            }
            0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
        } else {
            first
        };
        match char::from_u32(code) {
            Some(c) => Ok(c),
            None => self.bad("half a surrogate pair"),
        }
    }

    fn hex(&mut self) -> Step<u32> {
        let mut code = 0;
        for _ in 0..4 {
            self.at += 1;
            match self.byte().and_then(|byte| (byte as char).to_digit(16)) {
                Some(digit) => code = code * 16 + digit,
                None => return self.bad("an unknown escape"),
            }
        }
        self.at += 1;
        Ok(code)
    }

    /// Moves past a string without keeping it.
    pub(super) fn pass(&mut self) -> Step<Span> {
        let start = self.at + 1;
        self.at = start;
        loop {
            if self.run()? == b'"' {
                let end = self.at;
                self.at += 1;
                return Ok(Span { start, end });
            }
            self.at += 1;
            self.escape()?;
        }
    }
}
