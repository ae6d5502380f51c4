//! A surface as text: a line for each thing, with its facts behind it, two spaces apart: `param getThing.note  type=text  max_length=50`.
//!
//! A value is written in JSON quotes where it would not be read back otherwise. A flag is a name alone. A public name that is
//! the name on the wire is left out.

use std::fmt::Write;

use super::{Facts, KINDS, Key, Surface};

impl Surface {
    /// The surface as text, without a head.
    #[must_use]
    pub fn print(&self) -> String {
        let mut text = String::new();
        for (key, facts) in &self.things {
            text.push_str(&line(key, facts));
            text.push('\n');
        }
        text
    }

    /// Reads what [`Surface::print`] wrote; lines that begin with `#` are left out.
    ///
    /// # Errors
    ///
    /// The line that is no fact, or says something twice.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut surface = Self::default();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.starts_with('#')) {
            let wrong = |what: &str| format!("line {}: {what}: {line}", at + 1);
            let parsed = parse_line(line).filter(|(key, facts)| self::line(key, facts) == line);
            let (key, facts) = parsed.ok_or_else(|| wrong("this is no line of a surface"))?;
            if surface.things.insert(key, facts).is_some() {
                return Err(wrong("this is there twice"));
            }
        }
        Ok(surface)
    }
}

/// One thing in one line.
fn line(key: &Key, facts: &Facts) -> String {
    let mut line = format!("{} {}", key.kind.word(), written(&key.owner));
    // Writing to a String cannot fail.
    if key.kind.is_member() {
        let _ = write!(line, ".{}", written(&key.name));
    }
    for (name, value) in facts.iter() {
        line.push_str("  ");
        line.push_str(name);
        if !value.is_empty() {
            let _ = write!(line, "={}", written(value));
        }
    }
    line
}

/// A value as it is, or in quotes where it could be read as something else.
fn written(value: &str) -> String {
    let plain = !value.is_empty()
        && !value.starts_with('"')
        && value.trim() == value
        && !value.contains("  ")
        && !value.contains(char::is_control);
    if plain { value.to_owned() } else { serde_json::Value::from(value).to_string() }
}

fn parse_line(line: &str) -> Option<(Key, Facts)> {
    let (word, rest) = line.split_once(' ')?;
    let (kind, _) = *KINDS.iter().find(|(_, known)| *known == word)?;
    let (key, rest) = if kind.is_member() {
        let (owner, rest) = rest.split_once('.')?;
        let (name, rest) = take(rest)?;
        (Key::member(kind, owner, &name), rest)
    } else {
        let (owner, rest) = take(rest)?;
        (Key::of(kind, &owner), rest)
    };
    let mut facts = Facts::default();
    let mut rest = rest;
    while !rest.is_empty() {
        rest = rest.strip_prefix("  ")?;
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if name.is_empty() || facts.has(name) {
            return None;
        }
        match after.strip_prefix('=') {
            Some(value) => {
                let (value, after) = take(value)?;
                facts.set(name, value);
                rest = after;
            }
            None => {
                facts.set(name, "");
                rest = after;
            }
        }
    }
    Some((key, facts))
}

/// A value at the beginning of a text, and what follows it.
fn take(text: &str) -> Option<(String, &str)> {
    if text.starts_with('"') {
        let mut values = serde_json::Deserializer::from_str(text).into_iter::<String>();
        let value = values.next()?.ok()?;
        return Some((value, &text[values.byte_offset()..]));
    }
    let (value, rest) = text.split_at(text.find("  ").unwrap_or(text.len()));
    (!value.is_empty()).then(|| (value.to_owned(), rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::surface::Kind;

    #[test]
    fn what_is_written_is_read() {
        let nasty = ["a", "", "a.b", "\"a\"", "a  b", " a", "a ", "a=b", "#", "\n", "ł", "  ", "a\\", "=", "."];
        for name in nasty {
            let mut facts = Facts::default();
            facts.set("type", name);
            facts.flag("required", true);
            facts.set("default", format!("{name}{name}"));
            let mut surface = Surface::default();
            surface.things.insert(Key::member(Kind::Value, "Kind", name), facts);
            assert_eq!(Surface::parse(&surface.print()).as_ref(), Ok(&surface), "{}", surface.print());
        }
    }

    #[test]
    fn other_lines_are_refused() {
        let wrong = [
            "",
            "param",
            "param a",
            "param a.",
            "word a",
            "type A ",
            "type A  ",
            "type A  =1",
            "type A  a  a",
            "type A  a=\"b",
            "type A  a=\"b\"c",
            " type A",
            "type A  a=",
            "type  a",
        ];
        for line in wrong {
            let text = format!("{line}\n");
            let error = Surface::parse(&text).expect_err(line);
            assert!(error.starts_with("line 1: this is no line of a surface"), "{line}: {error}");
        }
        assert_eq!(Surface::parse("type A\ntype A\n").expect_err("twice"), "line 2: this is there twice: type A");
    }
}
