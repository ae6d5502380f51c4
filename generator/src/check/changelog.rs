//! Rules for dates and for `changelog.yaml`: real dates, newest first, known methods, none after the date of the spec.

use super::{Check, docs};
use crate::model::Change;
use crate::problem::Place;
use crate::source::{ChangelogEntry, Source};
use crate::suggest::did_you_mean;

const FILE: &str = "changelog.yaml";

/// Checks `changelog.yaml`.
pub(super) fn check(check: &mut Check, source: &Source) -> Vec<Change> {
    let entries = &source.changelog.data.entries;
    for (at, pair) in entries.windows(2).enumerate() {
        if pair[0].date < pair[1].date {
            let place = entry_place(at + 1).below("date").value();
            let message = format!("{} comes after {}; the newest entry stands first", pair[1].date, pair[0].date);
            check.problem("changelog-order", place, message);
        }
    }
    match entries.first() {
        Some(newest) if newest.date < source.api.data.changelog_date => {
            let place = Place::key("api.yaml", ["changelog_date"]).value();
            let message = format!("changelog.yaml has no entry of this date; its newest is {}", newest.date);
            check.problem("changelog-date", place, message);
        }
        _ => {}
    }
    entries.iter().enumerate().map(|(at, entry)| one(check, &entry_place(at), entry)).collect()
}

fn entry_place(at: usize) -> Place {
    Place::key(FILE, ["entries", &at.to_string()])
}

fn one(check: &mut Check, place: &Place, entry: &ChangelogEntry) -> Change {
    date(check, &place.below("date").value(), &entry.date);
    for (at, method) in entry.methods.iter().enumerate() {
        if !check.methods.contains(method) {
            let place = place.below("methods").below(&at.to_string()).value();
            let help = did_you_mean(method, check.methods.iter().map(String::as_str));
            let help = help.unwrap_or_else(|| "a method that the API has no more stands under `gone`".to_owned());
            check.problem_with_help("unknown-method", place, format!("no method is called `{method}`"), help);
        }
    }
    for (at, method) in entry.gone.iter().enumerate() {
        if check.methods.contains(method) {
            let place = place.below("gone").below(&at.to_string()).value();
            check.problem("not-gone", place, format!("the spec still has the method `{method}`"));
        }
    }
    let names_none = entry.methods.is_empty() && entry.gone.is_empty();
    if names_none && entry.reason.is_none() {
        let help = "name the methods that the line is about, or say why it is about none: reason: \"...\"";
        check.problem_with_help("changelog-methods", place.clone(), "the entry names no method", help);
    }
    Change {
        date: entry.date.clone(),
        kind: entry.kind,
        methods: entry.methods.clone(),
        gone: entry.gone.clone(),
        reason: entry.reason.clone(),
        doc: docs::check(check, &place.below("doc"), &entry.doc),
    }
}

/// Checks that a date is one, and not after the date of the spec.
pub(super) fn date(check: &mut Check, place: &Place, date: &str) {
    if is_date(check, place, date) && *date > *check.changelog_date {
        let message = format!("{date} is after {}, the date that the spec describes", check.changelog_date);
        check.problem_with_help("date-after-spec", place.clone(), message, "move changelog_date in api.yaml");
    }
}

/// Checks that a date is one.
pub(super) fn is_date(check: &mut Check, place: &Place, date: &str) -> bool {
    let sound = crate::is_date(date);
    if !sound {
        check.problem("bad-date", place.clone(), format!("`{date}` is not a date, such as 2026-04-20"));
    }
    sound
}
