//! Makes a reading out of saved pages of the public documentation: the list of methods, the changelog, and pages of methods. A page
//! is known by what it says, and what cannot be read is told with its place.
//!
//! Not every page is saved every time, so a reading goes on from the one before it, and a method without a page stays as it was.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::listing::{self, List};
use super::merge::merged;
use super::method::{Fields, method_name};
use super::page;
use super::{FieldReading, MethodReading, Reading};
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
