//! What changed between two snapshots, held against `changelog.yaml` both ways: no change without an entry, no entry without a change.

use std::collections::BTreeSet;

use super::{Key, Kind};
use crate::diff::{self, Report};
use crate::model::{Api, Change};
use crate::problem::{Place, Problem};

const FILE: &str = "changelog.yaml";

/// Holds the changes since a date against the entries up to another. Changes are excused where the spec was corrected in between.
pub(super) fn against_changelog(api: &Api, report: &Report, dates: (&str, &str), excused: bool) -> Vec<Problem> {
    let (from, to) = dates;
    let entries = api.changelog.iter().enumerate();
    let entries: Vec<(usize, &Change)> =
        entries.filter(|(_, entry)| *entry.date > *from && *entry.date <= *to).collect();
    let unnamed = report.changes.iter().filter(|change| !entries.iter().any(|(_, entry)| names(entry, change)));
    let mut problems: Vec<Problem> = Vec::new();
    if !excused {
        problems.extend(unnamed.map(|change| without_entry(api, change, from)));
    }
    let changed: BTreeSet<&str> =
        report.changes.iter().flat_map(|change| &change.methods).map(String::as_str).collect();
    for (at, entry) in entries {
        problems.extend(without_change(at, entry, &changed, from));
    }
    problems
}

/// Whether an entry is about a change. One that names no method is about the API as a whole.
fn names(entry: &Change, change: &diff::Change) -> bool {
    let mut named = entry.methods.iter().chain(&entry.gone).peekable();
    if change.methods.is_empty() { named.peek().is_none() } else { named.any(|name| change.methods.contains(name)) }
}

fn without_entry(api: &Api, change: &diff::Change, from: &str) -> Problem {
    let methods: Vec<&str> = change.methods.iter().map(String::as_str).collect();
    let wanted = match methods.as_slice() {
        [] => "is about the API as a whole".to_owned(),
        [one] => format!("names {one}"),
        [first, .., last] if methods.len() > 3 => format!("names one of {first}, ..., {last}"),
        [rest @ .., last] => format!("names {} or {last}", rest.join(", ")),
    };
    Problem {
        code: "change-without-entry",
        message: format!("{}, and no entry after {from} {wanted}", change.sentence()),
        place: place(api, &change.key),
        help: Some(format!(
            "give it an entry in {FILE}; if the API did not change and the spec was wrong, go back to {from} and run: cargo xtask accept --correction \"why\""
        )),
    }
}

fn without_change(at: usize, entry: &Change, changed: &BTreeSet<&str>, from: &str) -> Vec<Problem> {
    let place = Place::key(FILE, ["entries", &at.to_string()]);
    let named = [("methods", &entry.methods), ("gone", &entry.gone)];
    let named = named.iter().flat_map(|(key, names)| names.iter().enumerate().map(move |(at, name)| (key, at, name)));
    let unchanged: Vec<_> = named.filter(|(_, _, name)| !changed.contains(name.as_str())).collect();
    if entry.reason.is_some() {
        let names_some = !entry.methods.is_empty() || !entry.gone.is_empty();
        let is_needless = unchanged.is_empty() && names_some;
        let needless = Problem {
            code: "unused-reason",
            message: "every method that the entry names did change".to_owned(),
            place: place.below("reason"),
            help: Some("a reason says why nothing changed; take it out".to_owned()),
        };
        return is_needless.then_some(needless).into_iter().collect();
    }
    let problem = |(key, at, name): (&&str, usize, &String)| Problem {
        code: "entry-without-change",
        message: format!("nothing of {name} changed since {from}"),
        place: place.below(key).below(&at.to_string()).value(),
        help: Some("put into the spec what changed, or say why nothing there did: reason: \"...\"".to_owned()),
    };
    unchanged.into_iter().map(problem).collect()
}

/// Where a thing stands in the spec, or what is nearest to where it stood.
fn place(api: &Api, key: &Key) -> Place {
    let Key { owner, name, .. } = key;
    let method = |below: &[&str]| match api.methods.get(owner) {
        Some(method) => Place::key(&method.file, ["methods", owner.as_str()].into_iter().chain(below.iter().copied())),
        None => Place::key(FILE, ["entries"]),
    };
    let named = |below: &[&str]| match api.types.get(owner) {
        Some(def) => Place::key(&def.file, ["types", owner.as_str()].into_iter().chain(below.iter().copied())),
        None => Place::key(FILE, ["entries"]),
    };
    match key.kind {
        Kind::Api => Place::key("api.yaml", [owner.as_str()]),
        Kind::Limit => Place::key("api.yaml", ["limits", owner]),
        Kind::Error => Place::key("api.yaml", ["errors", owner]),
        Kind::Group => Place::key("api.yaml", ["groups", owner]),
        Kind::Method => method(&[]),
        Kind::Param => method(&["params", name]),
        Kind::Reply => method(&["reply", name]),
        Kind::Type => named(&[]),
        Kind::Field => named(&["fields", name]),
        Kind::Value => named(&["values", name]),
    }
}
