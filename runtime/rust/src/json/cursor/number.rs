//! Numbers: where they end. What they are is for the types to say, so that no digit is lost.

use super::{Cursor, Step};

impl Cursor<'_> {
    pub(super) fn number(&mut self) -> Step<()> {
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        match self.byte() {
            Some(b'0') => {
                self.at += 1;
                if matches!(self.byte(), Some(b'0'..=b'9')) {
                    return self.bad("a number with a leading zero");
                }
            }
            Some(b'1'..=b'9') => self.digits()?,
            _ => return self.bad("expected a digit"),
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.byte(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    fn digits(&mut self) -> Step<()> {
        let rest = &self.text.as_bytes()[self.at..];
        let count = rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len());
        if count == 0 {
            return self.bad("expected a digit");
        }
        self.at += count;
        Ok(())
    }
}
