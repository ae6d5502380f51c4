//! Makes a reading out of saved pages of the public documentation: the list of methods, the changelog, and pages of methods. A page
//! is known by what it says, and what cannot be read is told with its place.
//!
//! Pages have coarse words for types (`array`, `int`), and not every page is saved every time. So a reading goes on from the one
//! before it: a method without a page stays as it was, and so does an exact word that the page's coarse one can stand for.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::listing::{self, List, is_method};
use super::page::{self, Piece};
use super::rows::{self, Found};
use super::{FieldReading, MethodReading, Reading};
use crate::drift::is_type_word;
use crate::source::Entries;

/// A saved page: its path for messages, and its text.
#[derive(Debug)]
pub struct SavedPage {
    /// Where it was saved.
    pub path: String,
    /// HTML, or text.
    pub text: String,
}

/// What came out of reading pages.
#[derive(Debug)]
pub struct ReadPages {
    /// The day of the pages, where one of them tells it.
    pub date: Option<String>,
    /// The reading.
    pub reading: Reading,
    /// Methods whose page was read.
    pub read: BTreeSet<String>,
    /// Methods on the list that were not there before, and methods that were and are not any more.
    pub added: Vec<String>,
    /// See `added`.
    pub gone: Vec<String>,
    /// What could not be read, with its place.
    pub unread: Vec<String>,
}

/// The fields of the envelope, which every reply has and no reading.
const ENVELOPE: &[&str] = &["status", "error_code", "error_message"];

/// Reads pages. Before is the reading that was made before and its date, if there is one.
#[must_use]
pub fn read(pages: &[SavedPage], before: Option<(String, Reading)>) -> ReadPages {
    let (since, before) = before.unwrap_or_default();
    let mut unread = Vec::new();
    let mut list = List::default();
    let mut changelog = Vec::new();
    let mut methods: BTreeMap<String, Fields> = BTreeMap::new();
    let known: BTreeSet<&str> = before.methods.iter().flat_map(|(_, method)| names_of(method)).collect();
    for page in pages {
        let pieces = page::pieces(&page.text);
        if listing::is_list(&pieces) {
            list = listing::list(&pieces, &before);
        } else if let Some(name) = method_name(page, &pieces) {
            let fields =
                Fields::read(&pieces, &known, |line, what| unread.push(format!("{}:{line}: {what}", page.path)));
            if methods.insert(name.clone(), fields).is_some() {
                unread.push(format!("{}: a second page of {name}", page.path));
            }
        } else if listing::is_changelog(&pieces) {
            changelog.extend(pieces);
        } else {
            unread.push(format!("{}: neither the list of methods, nor a method, nor the changelog", page.path));
        }
    }
    let names: BTreeSet<&str> = before.methods.keys().chain(list.methods.iter().map(|method| &*method.name)).collect();
    let changes = listing::changes(&changelog, &since, &names);
    let date = list.date.clone().or_else(|| changes.iter().map(|change| change.date.clone()).max());
    let added = list.methods.iter().map(|method| &method.name).filter(|name| before.methods.get(name).is_none());
    let added: Vec<String> = added.cloned().collect();
    unread
        .extend(added.iter().filter(|name| !methods.contains_key(*name)).map(|name| format!("{name}: no page of it")));
    let is_listed = |name: &str| list.methods.is_empty() || list.methods.iter().any(|method| method.name == name);
    let gone = before.methods.keys().filter(|name| !is_listed(name)).map(str::to_owned).collect();
    unread.extend(
        methods
            .keys()
            .filter(|name| before.methods.get(name).is_none() && !added.contains(name))
            .map(|name| format!("{name}: not on the list of methods, so its group and section are not known")),
    );
    let read = methods.keys().cloned().collect();
    // At the same date a reading is mended, and keeps the changes that it knows.
    let kept = if date.as_deref() == Some(&*since) { before.changes.clone() } else { Vec::new() };
    let changes = changes.into_iter().chain(kept).collect();
    let reading = Reading { changes, methods: assemble(&list, methods, before) };
    ReadPages { date, reading, read, added, gone, unread }
}

/// The methods of a reading: those of the list, each by its page, or as before.
fn assemble(list: &List, mut pages: BTreeMap<String, Fields>, before: Reading) -> Entries<MethodReading> {
    let mut old: BTreeMap<String, MethodReading> = before.methods.0.into_iter().collect();
    let names: Vec<(String, Option<(String, String)>)> = if list.methods.is_empty() {
        old.keys().map(|name| (name.clone(), None)).collect()
    } else {
        let place = |method: &listing::Listed| Some((method.group.clone(), method.section.clone()));
        list.methods.iter().map(|method| (method.name.clone(), place(method))).collect()
    };
    let mut methods: BTreeMap<String, MethodReading> = BTreeMap::new();
    for (name, place) in names {
        let mut method = old.remove(&name).unwrap_or_default();
        if let Some((group, section)) = place {
            (method.group, method.section) = (group, section);
        }
        if let Some(Fields { params, reply }) = pages.remove(&name) {
            method.params = merged(params, method.params);
            method.reply = merged(reply, method.reply);
        }
        methods.insert(name, method);
    }
    Entries(methods.into_iter().collect())
}

/// What a page of a method says.
#[derive(Default)]
struct Fields {
    params: Entries<FieldReading>,
    reply: Entries<FieldReading>,
}

/// The parts of a page of a method.
#[derive(Clone, Copy, PartialEq)]
enum Part {
    Params,
    Reply,
}

impl Fields {
    fn read(pieces: &[Piece], known: &BTreeSet<&str>, mut unread: impl FnMut(usize, String)) -> Self {
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
fn method_name(page: &SavedPage, pieces: &[Piece]) -> Option<String> {
    let is_part = |line: &str| matches!(heading(line), Heading::Part(_));
    let first = pieces.iter().position(|piece| piece.as_line().is_some_and(is_part))?;
    let above = pieces[..first].iter().rev().filter_map(Piece::as_line).find(|line| is_method(line)).map(str::to_owned);
    above.or_else(|| {
        let file = page.path.rsplit(['/', '\\']).next()?;
        let words = file.split(|c: char| !c.is_ascii_alphanumeric());
        words.into_iter().find(|word| is_method(word)).map(str::to_owned)
    })
}

/// All names of fields that a method has, at any depth.
fn names_of(method: &MethodReading) -> Vec<&str> {
    fn below<'a>(fields: &'a Entries<FieldReading>, names: &mut Vec<&'a str>) {
        for (name, field) in fields.iter() {
            names.push(name);
            below(&field.fields, names);
            field.item.iter().for_each(|item| below(&item.fields, names));
        }
    }
    let mut names = Vec::new();
    below(&method.params, &mut names);
    below(&method.reply, &mut names);
    names
}

/// Fields as a page has them, with what was known more exactly before.
fn merged(read: Entries<FieldReading>, before: Entries<FieldReading>) -> Entries<FieldReading> {
    let mut before: BTreeMap<String, FieldReading> = before.0.into_iter().collect();
    let one = |(name, field): (String, FieldReading)| match before.remove(&name) {
        Some(old) if can_be(&field.word, &old.word) => (name, merged_field(field, old)),
        _ => (name, field),
    };
    Entries(read.0.into_iter().map(one).collect())
}

fn merged_field(read: FieldReading, old: FieldReading) -> FieldReading {
    // What a list holds was told in prose; a page has no table of it, or knows its fields.
    let says_nothing = read.fields.is_empty();
    let (item, fields) = match old.item {
        Some(item) if says_nothing => (Some(item), old.fields),
        Some(item) if !item.fields.is_empty() => {
            let fields = merged(read.fields, item.fields);
            (Some(Box::new(FieldReading { fields, ..*item })), Entries::default())
        }
        None if says_nothing => (None, old.fields),
        _ => (None, merged(read.fields, old.fields)),
    };
    // That a parameter is needed in some calls only is told in prose as well.
    let required = match (read.required, old.required) {
        (Some(_), Some(super::Required::Conditional)) | (None, _) => old.required,
        (required, _) => required,
    };
    FieldReading { word: old.word, required, item, fields }
}

/// Words of pages, with the more exact ones that they stand for.
const COARSE: &[(&str, &[&str])] = &[
    ("array", &["list", "map", "object"]),
    ("int", &["unix_time", "bool", "tinyint"]),
    ("unix_time", &["int"]),
    ("float", &["decimal", "money", "numeric"]),
    ("decimal", &["float", "money", "numeric"]),
    ("varchar", &["date", "text", "string", "char", "enum", "base64"]),
    ("text", &["varchar", "string", "date", "base64", "enum"]),
    ("string", &["varchar", "text", "date", "base64", "enum"]),
    ("tinyint", &["int", "bool"]),
    ("list", &["map", "object", "array"]),
    ("object", &["map", "array"]),
    ("mixed", &["any", "object", "map", "list", "array"]),
];

/// Whether a coarse word can mean what an exact one does. Lengths count where both have one.
fn can_be(read: &str, exact: &str) -> bool {
    let (plain, size) = parts(read);
    let (exact_plain, exact_size) = parts(exact);
    if plain == exact_plain {
        return size.is_none() || exact_size.is_none() || size == exact_size;
    }
    COARSE.iter().any(|(coarse, fits)| *coarse == plain && fits.contains(&exact_plain))
}

fn parts(word: &str) -> (&str, Option<&str>) {
    word.split_once('(').map_or((word, None), |(plain, size)| (plain, Some(size)))
}

/// The methods that a list of methods has, in its order; none if a page is no such list.
#[must_use]
pub fn listed(text: &str) -> Vec<String> {
    let pieces = page::pieces(text);
    let list = if listing::is_list(&pieces) { listing::list(&pieces, &Reading::default()) } else { List::default() };
    list.methods.into_iter().map(|method| method.name).collect()
}

/// Whether a file can be a saved page, by the ending of its name.
#[must_use]
pub fn is_page(file_name: &str) -> bool {
    [".html", ".htm", ".txt", ".md"].iter().any(|ending| file_name.ends_with(ending))
}

impl fmt::Display for ReadPages {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Self { reading, read, added, gone, .. } = self;
        let kept = reading.methods.iter().filter(|(name, _)| !read.contains(*name)).count();
        let methods = reading.methods.iter().count();
        write!(formatter, "{methods} methods; {} by their pages, {kept} as they were", read.len())?;
        for (what, names) in [("new", added), ("gone", gone)] {
            if !names.is_empty() {
                write!(formatter, "\n{what}: {}", names.join(", "))?;
            }
        }
        for change in &reading.changes {
            write!(formatter, "\n{}: {}", change.date, change.methods.join(", "))?;
        }
        Ok(())
    }
}
