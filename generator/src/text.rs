//! Doc texts: paragraphs, the first sentence, and the links and code in them.

/// A piece of a doc text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words.
    Plain(&'a str),
    /// What stood between backticks.
    Code(&'a str),
    /// The method or type that stood in square brackets.
    Link(&'a str),
    /// A backtick without a partner; nothing comes behind it.
    Unclosed,
}

/// The paragraphs of a doc, each on one line. Items of a list are paragraphs that start with `- `.
pub fn paragraphs(doc: &str) -> Vec<String> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in doc.lines().map(str::trim) {
        if line.is_empty() {
            open = false;
        } else if open && !line.starts_with("- ") {
            // `open` is only set once there is a paragraph.
            let last = paragraphs.last_mut().expect("a paragraph is open");
            last.push(' ');
            last.push_str(line);
        } else {
            paragraphs.push(line.to_owned());
            open = true;
        }
    }
    paragraphs
}

/// The first sentence of a doc.
pub fn summary(doc: &str) -> String {
    let first = paragraphs(doc).into_iter().next().unwrap_or_default();
    let end = first.match_indices(". ").map(|(at, _)| at).find(|at| !inside_code(&first[..*at]));
    match end {
        Some(end) => first[..=end].to_owned(),
        None => first,
    }
}

fn inside_code(before: &str) -> bool {
    before.matches('`').count() % 2 == 1
}

/// Takes a doc apart into words, code and links.
pub fn pieces(doc: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = doc;
    while let Some(at) = rest.find(['`', '[']) {
        let (plain, marked) = rest.split_at(at);
        if let Some(code) = marked.strip_prefix('`') {
            push_plain(&mut pieces, plain);
            let Some((code, behind)) = code.split_once('`') else {
                pieces.push(Piece::Unclosed);
                return pieces;
            };
            pieces.push(Piece::Code(code));
            rest = behind;
        } else if let Some(name) = link_name(marked) {
            push_plain(&mut pieces, plain);
            pieces.push(Piece::Link(name));
            rest = &marked[name.len() + 2..];
        } else {
            push_plain(&mut pieces, &rest[..=at]);
            rest = &rest[at + 1..];
        }
    }
    push_plain(&mut pieces, rest);
    pieces
}

fn push_plain<'a>(pieces: &mut Vec<Piece<'a>>, plain: &'a str) {
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
}

/// The name in `[name]` at the start of a text.
fn link_name(text: &str) -> Option<&str> {
    let end = text.find(']')?;
    let name = &text[1..end];
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.chars().all(|c| c.is_ascii_alphanumeric());
    is_name.then_some(name)
}

/// Breaks a paragraph into lines of at most `width` characters; a longer word gets a line of its own.
pub fn wrap(paragraph: &str, width: usize) -> Vec<String> {
    let indent = if paragraph.starts_with("- ") { "  " } else { "" };
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in paragraph.split_whitespace() {
        if !line.trim().is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
        } else if !line.trim().is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_is_the_first_sentence() {
        let cases = [
            ("One. Two.", "One."),
            ("Takes `a. b` and c. Two.", "Takes `a. b` and c."),
            ("A line\nthat goes on.\n\nMore.", "A line that goes on."),
        ];
        for (doc, expected) in cases {
            assert_eq!(summary(doc), expected);
        }
    }

    #[test]
    fn docs_are_taken_apart() {
        use Piece::{Code, Link, Plain, Unclosed};
        let cases: [(&str, &[Piece]); 4] = [
            ("See [getOrders].", &[Plain("See "), Link("getOrders"), Plain(".")]),
            ("An `[a]` b", &[Plain("An "), Code("[a]"), Plain(" b")]),
            ("a [b c] d", &[Plain("a ["), Plain("b c] d")]),
            ("a `b", &[Plain("a "), Unclosed]),
        ];
        for (doc, expected) in cases {
            assert_eq!(pieces(doc), expected, "{doc}");
        }
    }

    #[test]
    fn long_paragraphs_are_wrapped() {
        assert_eq!(wrap("- one two three", 9), ["- one two", "  three"]);
        assert_eq!(wrap("extraordinarily long", 5), ["extraordinarily", "long"]);
    }
}
