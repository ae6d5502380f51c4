//! Doc texts as rustdoc wants them: lines of bounded width, links as paths.

use super::names;
use crate::model::{Api, Field, Method};
use crate::notes;
use crate::text::{self, Piece};

/// Greatest length of a line of a doc, without its indentation and `/// `.
const WIDTH: usize = 100;

/// A doc and the notes to it, as lines.
pub fn lines(api: &Api, doc: &str, notes: &[String]) -> Vec<String> {
    let mut paragraphs = text::paragraphs(&linked(api, doc));
    if !notes.is_empty() {
        paragraphs.push(notes.join(" "));
    }
    wrapped(&paragraphs)
}

/// The doc of a field: short notes go on in its only paragraph.
pub fn field(api: &Api, field: &Field, ident: &str) -> Vec<String> {
    let mut notes = notes::of_field(field);
    if ident != field.wire {
        notes.push(format!("`{}` on the wire.", field.wire));
    }
    let mut paragraphs = text::paragraphs(&linked(api, &field.doc));
    match paragraphs.as_mut_slice() {
        [only] if !notes.is_empty() => *only = format!("{only} {}", notes.join(" ")),
        _ if !notes.is_empty() => paragraphs.push(notes.join(" ")),
        _ => {}
    }
    wrapped(&paragraphs)
}

/// The doc of a method, with what it does, its limits and its public page.
pub fn method(api: &Api, method: &Method) -> Vec<String> {
    let mut paragraphs = text::paragraphs(&linked(api, &method.doc));
    // A list keeps the short notes apart.
    paragraphs.extend(notes::of_method(method).into_iter().map(|note| format!("- {note}")));
    paragraphs.push(format!("Public page: <{}>", method.page));
    wrapped(&paragraphs)
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

fn linked(api: &Api, doc: &str) -> String {
    let pieces = text::pieces(doc).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain.to_owned(),
        Piece::Code(code) => format!("`{code}`"),
        Piece::Link(name) => match api.methods.get(name) {
            Some(method) => format!("[`{name}`](crate::methods::{})", names::params_type(method)),
            None => format!("[`{name}`](crate::types::{name})"),
        },
        Piece::Unclosed => String::new(),
    });
    pieces.collect()
}

/// Lines of paragraphs, with an empty line between them, but for the items of a list.
fn wrapped(paragraphs: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut in_list = false;
    for paragraph in paragraphs {
        let is_item = paragraph.starts_with("- ");
        let goes_on = in_list && is_item;
        if !lines.is_empty() && !goes_on {
            lines.push(String::new());
        }
        lines.extend(text::wrap(paragraph, WIDTH));
        in_list = is_item;
    }
    lines
}
