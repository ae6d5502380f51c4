//! Docs as lines, whatever the language: which paragraphs a doc has, what is noted behind them, and where lines break.

use crate::model::{Api, Field, Method};
use crate::notes;
use crate::text::{self, Piece};

/// How a language writes docs.
pub struct Style {
    /// Greatest length of a line, without its indentation and what makes it a comment.
    pub width: usize,
    /// Words, made safe for a comment.
    pub plain: fn(&str) -> String,
    /// Code between backticks, made safe for a comment.
    pub code: fn(&str) -> String,
    /// A link to a method or type.
    pub link: fn(&Api, &str) -> String,
    /// The link to a public page.
    pub page: fn(&str) -> String,
}

impl Style {
    /// A doc and the notes to it, as lines.
    pub fn lines(&self, api: &Api, doc: &str, notes: &[String]) -> Vec<String> {
        let mut paragraphs = self.paragraphs(api, doc);
        if !notes.is_empty() {
            paragraphs.push(self.notes(notes));
        }
        self.wrapped(&paragraphs)
    }

    /// The doc of a field: short notes go on in its only paragraph.
    pub fn field(&self, api: &Api, field: &Field, ident: &str) -> Vec<String> {
        let mut notes = notes::of_field(field);
        if ident != field.wire {
            notes.push(format!("`{}` on the wire.", field.wire));
        }
        let mut paragraphs = self.paragraphs(api, &field.doc);
        match paragraphs.as_mut_slice() {
            [only] if !notes.is_empty() => *only = format!("{only} {}", self.notes(&notes)),
            _ if !notes.is_empty() => paragraphs.push(self.notes(&notes)),
            _ => {}
        }
        self.wrapped(&paragraphs)
    }

    /// The doc of a method, with what it does, its limits and its public page.
    pub fn method(&self, api: &Api, method: &Method) -> Vec<String> {
        let mut paragraphs = self.paragraphs(api, &method.doc);
        // A list keeps the short notes apart.
        paragraphs.extend(notes::of_method(method).iter().map(|note| format!("- {}", self.linked(api, note))));
        paragraphs.push(format!("Public page: {}", (self.page)(&method.page)));
        self.wrapped(&paragraphs)
    }

    fn paragraphs(&self, api: &Api, doc: &str) -> Vec<String> {
        text::paragraphs(&self.linked(api, doc))
    }

    fn linked(&self, api: &Api, doc: &str) -> String {
        self.written(doc, |name| (self.link)(api, name))
    }

    /// Notes name no methods, so there is nothing in them to link to.
    fn notes(&self, notes: &[String]) -> String {
        self.written(&notes.join(" "), |name| format!("[{name}]"))
    }

    fn written(&self, doc: &str, link: impl Fn(&str) -> String) -> String {
        let pieces = text::pieces(doc).into_iter().map(|piece| match piece {
            Piece::Plain(plain) => (self.plain)(plain),
            Piece::Code(code) => format!("`{}`", (self.code)(code)),
            Piece::Link(name) => link(name),
            Piece::Unclosed => String::new(),
        });
        pieces.collect()
    }

    fn wrapped(&self, paragraphs: &[String]) -> Vec<String> {
        wrapped(paragraphs, self.width)
    }
}

/// A doc without links, for a place that shows plain text.
pub fn plain(doc: &str) -> String {
    let pieces = text::pieces(doc).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain.to_owned(),
        Piece::Code(code) => format!("`{code}`"),
        Piece::Link(name) => format!("`{name}`"),
        Piece::Unclosed => String::new(),
    });
    text::paragraphs(&pieces.collect::<String>()).join(" ")
}

/// Lines of paragraphs, with an empty line between them, but for the items of a list.
fn wrapped(paragraphs: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut in_list = false;
    for paragraph in paragraphs {
        let is_item = paragraph.starts_with("- ");
        let goes_on = in_list && is_item;
        if !lines.is_empty() && !goes_on {
            lines.push(String::new());
        }
        lines.extend(text::wrap(paragraph, width));
        in_list = is_item;
    }
    lines
}
