//! Doc texts as Python shows them: docstrings in the style of Google, in lines of bounded width.

use super::names;
use crate::model::{Api, Field, Method};
use crate::notes;
use crate::text::{self, Piece};

/// Greatest length of a line of a doc, its indentation included.
const WIDTH: usize = 110;

/// A doc and the notes to it, as lines for a docstring at some indentation.
pub(super) fn lines(api: &Api, doc: &str, notes: &[String], indent: usize) -> Vec<String> {
    let mut paragraphs = text::paragraphs(&linked(api, doc));
    if !notes.is_empty() {
        paragraphs.push(notes.join(" "));
    }
    wrapped(&paragraphs, indent)
}

/// The doc of a field or a parameter: short notes go on in its only paragraph.
pub(super) fn field(api: &Api, field: &Field, attribute: &str) -> Vec<String> {
    let mut notes = notes::of_field(field);
    if attribute != field.wire {
        notes.push(format!("`{}` on the wire.", field.wire));
    }
    notes.extend(field.deprecated.as_ref().map(|why| format!("Deprecated: {}", linked(api, why))));
    let mut paragraphs = text::paragraphs(&linked(api, &field.doc));
    match paragraphs.as_mut_slice() {
        [only] if !notes.is_empty() => *only = format!("{only} {}", notes.join(" ")),
        _ if !notes.is_empty() => paragraphs.push(notes.join(" ")),
        _ => {}
    }
    paragraphs
}

/// The docstring of a method: what it is for, its limits, its public page, its parameters, and an example.
pub(super) fn method(api: &Api, method: &Method, params: &[(String, Vec<String>)], example: &[String]) -> Vec<String> {
    let mut paragraphs = text::paragraphs(&linked(api, &method.doc));
    // A list keeps the short notes apart.
    paragraphs.extend(notes::of_method(method).into_iter().map(|note| format!("- {note}")));
    paragraphs.extend(method.deprecated.as_ref().map(|why| format!("Deprecated: {}", linked(api, why))));
    paragraphs.push(format!("Public page: {}", method.page));
    let mut lines = wrapped(&paragraphs, 4);
    if !params.is_empty() {
        lines.extend([String::new(), "Args:".to_owned()]);
    }
    for (name, paragraphs) in params {
        let text = format!("{name}: {}", paragraphs.join(" "));
        for (at, line) in text::wrap(&text, WIDTH - 12).iter().enumerate() {
            lines.push(format!("{}{line}", if at == 0 { "    " } else { "        " }));
        }
    }
    let returns = format!("The call, whose reply is a `{}`. A client sends it.", names::reply_type(method));
    lines.extend([String::new(), "Returns:".to_owned(), format!("    {returns}")]);
    lines.extend([String::new(), "Example:".to_owned()]);
    for (at, line) in example.iter().enumerate() {
        lines.push(format!("    {} {line}", if at == 0 { ">>>" } else { "..." }));
    }
    lines
}

/// A doc without links, for a place that shows plain text.
pub(super) fn plain(api: &Api, doc: &str) -> String {
    text::paragraphs(&linked(api, doc)).join(" ")
}

/// Methods that a doc mentions are shown by the names that they have here.
fn linked(api: &Api, doc: &str) -> String {
    let pieces = text::pieces(doc).into_iter().map(|piece| match piece {
        Piece::Plain(plain) => plain.to_owned(),
        Piece::Code(code) => format!("`{code}`"),
        Piece::Link(name) => match api.methods.get(name) {
            Some(method) => format!("`{}`", names::method(method)),
            None => format!("`{name}`"),
        },
        Piece::Unclosed => String::new(),
    });
    pieces.collect()
}

/// Lines of paragraphs, with an empty line between them, but for the items of a list.
pub(super) fn wrapped(paragraphs: &[String], indent: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut in_list = false;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let is_item = paragraph.starts_with("- ");
        let goes_on = in_list && is_item;
        if !lines.is_empty() && !goes_on {
            lines.push(String::new());
        }
        // The first line stands behind the quotes.
        let quotes = if at == 0 { 3 } else { 0 };
        lines.extend(text::wrap(paragraph, WIDTH - indent - quotes));
        in_list = is_item;
    }
    lines
}

/// A docstring in its quotes, without the indentation of its first line.
pub(super) fn quoted(lines: &[String], indent: usize) -> String {
    let margin = " ".repeat(indent);
    let text = lines.join("\n");
    let (start, text) = if text.contains("\"\"\"") {
        ("\"\"\"", text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\""))
    } else if text.contains('\\') {
        ("r\"\"\"", text)
    } else {
        ("\"\"\"", text)
    };
    let is_short = lines.len() <= 1 && !text.ends_with('"');
    let body: Vec<String> = text
        .split('\n')
        .enumerate()
        .map(|(at, line)| if at == 0 || line.is_empty() { line.to_owned() } else { format!("{margin}{line}") })
        .collect();
    let end = if is_short { String::new() } else { format!("\n{margin}") };
    format!("{start}{}{end}\"\"\"", body.join("\n"))
}
