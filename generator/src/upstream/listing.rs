//! The pages that are there once: the list of methods by group and section, with the date of the last change, and the changelog.

use std::collections::BTreeSet;

use super::page::{Kind, Piece};
use super::{ChangeReading, Reading};
use crate::is_date;
use crate::source::ChangeKind;

/// The longest line that can be the heading of a group or a section.
const LONGEST_HEADING: usize = 60;

/// The list of methods.
#[derive(Debug, Default)]
pub struct List {
    /// The date of the last change.
    pub date: Option<String>,
    /// The methods, in the order of the page.
    pub methods: Vec<Listed>,
}

/// A method of the list.
#[derive(Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// The title of its group.
    pub group: String,
    /// The title of its section.
    pub section: String,
}

/// The words before the date of the last change.
const UPDATED: &str = "last updated";

/// Whether a page is the list of methods.
pub fn is_list(pieces: &[Piece]) -> bool {
    pieces.iter().filter_map(Piece::as_line).any(|line| line.contains(UPDATED))
}

/// Reads the list of methods; a reading that was made before knows names and titles.
pub fn list(pieces: &[Piece], before: &Reading) -> List {
    let mut list = List::default();
    let mut titles: Vec<&str> = Vec::new();
    let (mut group, mut section) = (String::new(), String::new());
    let start = pieces.iter().position(|piece| piece.as_line().is_some_and(|line| line.contains(UPDATED)));
    let rest = &pieces[start.unwrap_or(0)..];
    list.date = rest.iter().take(2).filter_map(Piece::as_line).find_map(date_in);
    for piece in rest {
        if let Some(name) = method_of(piece) {
            match titles.as_slice() {
                [] => {}
                [only] if group.is_empty() || is_group(only, &group, before) => {
                    (group, section) = ((*only).to_owned(), (*only).to_owned());
                }
                [only] => (*only).clone_into(&mut section),
                [.., first, second] => (group, section) = ((*first).to_owned(), (*second).to_owned()),
            }
            titles.clear();
            list.methods.push(Listed { name, group: group.clone(), section: section.clone() });
        } else if let Some(line) = piece.as_line() {
            let is_title = line.chars().count() <= LONGEST_HEADING && !line.ends_with(['.', ':', ',']);
            if is_title { titles.push(line) } else { titles.clear() }
        }
    }
    shorten(&mut list, pieces, before);
    list
}

/// Whether a heading that stands alone is that of a group: it was one, and it was no section of the group before it.
fn is_group(title: &str, group: &str, before: &Reading) -> bool {
    let methods = || before.methods.iter().map(|(_, method)| method);
    methods().any(|method| method.group == title)
        && !methods().any(|method| method.group == group && method.section == title)
}

/// The method that a piece of the list is about: its first cell, or a name that its description has run into.
fn method_of(piece: &Piece) -> Option<String> {
    let name = match &piece.kind {
        Kind::Row(cells) => cells.first()?.trim_matches(['|', ' ']),
        Kind::Line(line) => {
            let word = first_word(line);
            let stands_alone = line[word.len()..].chars().next().is_none_or(|next| next == '(' || next == '"');
            // `addThingAPI users` ends with a word of capitals, `addThingThe` with one that has a single capital.
            let before_capitals = word.trim_end_matches(|c: char| c.is_ascii_uppercase()).len();
            let last_capital = word.rfind(|c: char| c.is_ascii_uppercase())?.min(before_capitals);
            if stands_alone { word } else { &word[..last_capital] }
        }
    };
    is_method(name).then(|| name.to_owned())
}

fn first_word(line: &str) -> &str {
    let end = line.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(line.len());
    &line[..end]
}

/// Whether a text looks like the name of a method: `getOrders`.
pub fn is_method(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.contains(|c: char| c.is_ascii_uppercase())
        && text.chars().all(|c| c.is_ascii_alphanumeric())
}

/// A description that begins with a word of several capitals has left a part of itself at the name. If the name is new, and a
/// method that was there and is not found any more begins it, that method is meant.
fn shorten(list: &mut List, pieces: &[Piece], before: &Reading) {
    let found: BTreeSet<String> = list.methods.iter().map(|method| method.name.clone()).collect();
    let in_cells: BTreeSet<String> =
        pieces.iter().filter(|piece| matches!(piece.kind, Kind::Row(_))).filter_map(method_of).collect();
    for method in &mut list.methods {
        if before.methods.get(&method.name).is_some() || in_cells.contains(&method.name) {
            continue;
        }
        let begins = |name: &&str| method.name.starts_with(name) && !found.contains(*name);
        if let Some(name) = before.methods.keys().filter(begins).max_by_key(|name| name.len()) {
            method.name = name.to_owned();
        }
    }
}

fn date_in(line: &str) -> Option<String> {
    let words = line.split(|c: char| !c.is_ascii_digit() && c != '-').map(|word| word.trim_matches('-'));
    words.into_iter().find(|word| is_date(word)).map(str::to_owned)
}

/// Whether a page is the changelog: most of its lines begin with a date or go on with a dash.
pub fn is_changelog(pieces: &[Piece]) -> bool {
    let dated = pieces.iter().filter(|piece| dated(piece).is_some()).count();
    dated > 0
        && !is_list(pieces)
        && pieces.iter().filter_map(Piece::as_line).all(|line| !line.starts_with("Input param"))
}

/// A line of the changelog that begins with a date, and what it says.
fn dated(piece: &Piece) -> Option<(String, String)> {
    let (date, text) = match &piece.kind {
        Kind::Line(line) => (line.get(..10)?, line.get(10..)?.to_owned()),
        Kind::Row(cells) => (cells.first()?.as_str(), cells[1..].join(" ")),
    };
    is_date(date).then(|| (date.to_owned(), text.trim_matches(['-', '–', ':', ' ']).to_owned()))
}

/// The lines of the changelog after a date, newest first. Known are the names of all methods.
pub fn changes(pieces: &[Piece], after: &str, known: &BTreeSet<&str>) -> Vec<ChangeReading> {
    let mut changes = Vec::new();
    let mut date = String::new();
    for piece in pieces {
        let text = match (dated(piece), piece.as_line().and_then(|line| line.strip_prefix('-'))) {
            (Some((found, text)), _) => {
                date = found;
                text
            }
            (None, Some(text)) => text.trim().to_owned(),
            (None, None) => continue,
        };
        if !text.is_empty() && *date > *after {
            let words = text.split(|c: char| !c.is_ascii_alphanumeric());
            let mut methods: Vec<String> = Vec::new();
            for word in words.filter(|word| known.contains(word)) {
                if !methods.iter().any(|method| method == word) {
                    methods.push(word.to_owned());
                }
            }
            changes.push(ChangeReading { date: date.clone(), kind: kind_of(&text), methods });
        }
    }
    changes
}

/// What kind of change a line tells of, by its words.
fn kind_of(text: &str) -> ChangeKind {
    let text = text.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match () {
        () if has(&["deprecated"]) => ChangeKind::Deprecated,
        () if has(&["removed", "withdrawn"]) => ChangeKind::Removed,
        () if has(&["added", "new "]) => ChangeKind::Added,
        () => ChangeKind::Changed,
    }
}
