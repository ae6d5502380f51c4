//! Whether the spec knows of the day and of the lines of the public changelog that a reading has.

use crate::model::{Api, Change};
use crate::problem::{Place, Problem};
use crate::upstream::{ChangeReading, Reading};

/// The problem of a spec that describes an earlier day than the public documentation.
pub(super) fn behind(api: &Api, date: &str) -> Option<Problem> {
    (*date > *api.changelog_date).then(|| Problem {
        code: "drift-date",
        message: format!("the public documentation is of {date}, the spec of {}", api.changelog_date),
        place: Place::key("api.yaml", ["changelog_date"]).value(),
        help: None,
    })
}

/// The lines of the public changelog that no entry of the spec is about, with their numbers.
pub(super) fn unnamed<'a>(api: &'a Api, reading: &'a Reading) -> impl Iterator<Item = (usize, &'a ChangeReading)> {
    let is_named = |change: &ChangeReading| {
        let entries: Vec<&Change> = api.changelog.iter().filter(|entry| entry.date == change.date).collect();
        let names = |method| entries.iter().any(|entry| entry.methods.contains(method) || entry.gone.contains(method));
        !entries.is_empty() && change.methods.iter().all(names)
    };
    reading.changes.iter().enumerate().filter(move |(_, change)| !is_named(change))
}

/// The problem of such a line.
pub(super) fn problem(file: &str, at: usize, change: &ChangeReading) -> Problem {
    let about = if change.methods.is_empty() { "no method".to_owned() } else { change.methods.join(", ") };
    Problem {
        code: "drift-changelog",
        message: format!(
            "the public changelog has a line of {} about {about}, and changelog.yaml has not",
            change.date
        ),
        place: Place::key(file, ["changes", &at.to_string()]),
        help: None,
    }
}
