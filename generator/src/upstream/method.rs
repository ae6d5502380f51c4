//! Reads the page of one method: two tables of names, types and descriptions.

use std::collections::BTreeSet;

use super::listing::is_method;
use super::page::Piece;
use super::rows::{self, Found};
use super::{FieldReading, SavedPage};
use crate::drift::is_type_word;
use crate::source::Entries;

/// The fields of the envelope, which every reply has and no reading.
const ENVELOPE: &[&str] = &["status", "error_code", "error_message"];

/// What a page of a method says.
#[derive(Default)]
pub struct Fields {
    /// The table of the input parameters.
    pub params: Entries<FieldReading>,
    /// The table of the output data, without the envelope.
    pub reply: Entries<FieldReading>,
}

/// The parts of a page of a method.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Params,
    Reply,
}

impl Fields {
    /// Reads the tables; what cannot be read is told with its line. Known are the names of fields that there were before.
    pub fn read(pieces: &[Piece], known: &BTreeSet<&str>, mut unread: impl FnMut(usize, String)) -> Self {
        let mut part = None;
        let (mut params, mut reply) = (Vec::new(), Vec::new());
        for piece in pieces {
            if let Some(line) = piece.as_line() {
                match heading(line) {
                    Heading::Part(next) => part = Some(next),
                    Heading::Sample if !reply.is_empty() => break,
                    Heading::Sample | Heading::None => {}
                }
            }
            let rows = match part {
                Some(Part::Params) => &mut params,
                Some(Part::Reply) => &mut reply,
                None => continue,
            };
            match rows::row(piece, known) {
                Found::Row(row) if row.depth == 0 && part == Some(Part::Reply) && ENVELOPE.contains(&&*row.name) => {}
                Found::Row(row) => {
                    if !is_type_word(&row.word) {
                        unread(piece.line, format!("`{}` is no type word that is known ({})", row.word, row.name));
                    }
                    rows.push((piece.line, row));
                }
                Found::Text => {}
                Found::Unreadable(text) => {
                    unread(piece.line, format!("no row of name, type and description: `{text}`"));
                }
            }
        }
        let (params, mut problems) = rows::fields(params, true);
        let (reply, more) = rows::fields(reply, false);
        problems.extend(more);
        for (line, problem) in problems {
            unread(line, problem);
        }
        Self { params, reply }
    }
}

/// What a line is in a page of a method.
enum Heading {
    Part(Part),
    Sample,
    None,
}

/// Some savers put the heads of hidden tabs, which end with a colon, before the tables: those begin nothing.
fn heading(line: &str) -> Heading {
    match line.to_lowercase().as_str() {
        "input parameters" => Heading::Part(Part::Params),
        "output data" => Heading::Part(Part::Reply),
        "sample" => Heading::Sample,
        _ => Heading::None,
    }
}

/// The method that a page is about, if it has tables of one: a line of its own, or else the name of the file.
pub fn method_name(page: &SavedPage, pieces: &[Piece]) -> Option<String> {
    let is_part = |line: &str| matches!(heading(line), Heading::Part(_));
    let first = pieces.iter().position(|piece| piece.as_line().is_some_and(is_part))?;
    let above = pieces[..first].iter().rev().filter_map(Piece::as_line).find(|line| is_method(line)).map(str::to_owned);
    above.or_else(|| method_in(page.path.rsplit(['/', '\\']).next()?))
}

/// The method that a file is named after: `getOrders.2.html`.
pub fn method_in(file_name: &str) -> Option<String> {
    file_name.split(|c: char| !c.is_ascii_alphanumeric()).find(|word| is_method(word)).map(str::to_owned)
}
