//! Holds the spec against the second reading of the public documentation. What differs is a problem, unless `drift.yaml` says
//! that it is meant, and why; an exception that nothing needs is a problem as well.

mod compare;
mod exceptions;
mod families;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::problem::{Place, Problem, Problems};
use crate::source::{self, DriftKind, DriftSide, Texts};
use crate::upstream::Reading;

/// What to do about differences; the last line of a report.
const ADVICE: &str = "mend the spec, or say in drift.yaml why it is right";

/// One difference between the spec and the public documentation.
#[derive(Debug)]
struct Difference {
    kind: DriftKind,
    method: String,
    /// None for a method as a whole.
    side: Option<DriftSide>,
    /// The path of the field; empty for a method as a whole.
    field: String,
    /// What the spec says, in the words of `drift.yaml`.
    spec: String,
    /// What the public documentation says, in the same words.
    upstream: String,
    message: String,
    place: Place,
}

impl Difference {
    fn problem(&self) -> Problem {
        let code = match self.kind {
            DriftKind::Method => "drift-method",
            DriftKind::Section => "drift-section",
            DriftKind::Field => "drift-field",
            DriftKind::Type => "drift-type",
            DriftKind::Required => "drift-required",
        };
        Problem { code, message: self.message.clone(), place: self.place.clone(), help: None }
    }
}

/// How much was compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Methods that both have.
    pub methods: usize,
    /// Parameters that both have, with those inside of others.
    pub params: usize,
    /// Reply fields that both have, with those inside of others.
    pub reply_fields: usize,
}

/// What an exception is good for.
#[derive(Debug)]
struct Exempted {
    kind: DriftKind,
    differences: usize,
}

/// A comparison in which nothing differed but what is meant to.
#[derive(Debug)]
pub struct Report {
    /// How much was compared.
    pub counts: Counts,
    exempted: Vec<Exempted>,
}

/// Holds a spec folder against the reading of its changelog date.
///
/// # Errors
///
/// All that is wrong with the spec; if nothing is, all that differs; and every exception that does not hold.
pub fn run(spec: &Path) -> Result<Report, Problems> {
    let source = source::load(spec)?;
    let api = crate::check::run(&source)?;
    let file = Reading::path(&api.changelog_date);
    let mut texts = source.texts.clone();
    let reading = read(&mut texts, &file)?;
    let comparison = compare::compare(&api, &reading, &file);
    let counts = comparison.counts;
    let (problems, exempted) = exceptions::apply(&api, &reading, &source.drift, comparison);
    if problems.is_empty() {
        return Ok(Report { counts, exempted });
    }
    Err(Problems::new(problems, texts).with_advice(ADVICE))
}

/// Reads a reading, and keeps its text for problems that show it.
fn read(texts: &mut Texts, file: &str) -> Result<Reading, Problems> {
    let problem = |code, message, help: &str| {
        let problem = Problem { code, message, place: Place::file(file), help: Some(help.to_owned()) };
        Problems::new(vec![problem], texts.clone())
    };
    let text = fs::read_to_string(texts.root.join(file)).map_err(|error| {
        let message = match error.kind() {
            ErrorKind::NotFound => "there is no reading of the date in api.yaml".to_owned(),
            _ => format!("cannot be read: {error}"),
        };
        problem("missing-reading", message, "make it with: cargo xtask upstream import <folder>")
    })?;
    let reading = Reading::parse(&text).map_err(|error| {
        let help = "the file is made by: cargo xtask upstream import <folder>";
        problem("bad-reading", format!("cannot be read: {error}"), help)
    })?;
    texts.files.insert(file.to_owned(), text);
    Ok(reading)
}

/// The figures, for whoever wonders how much was looked at.
impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Counts { methods, params, reply_fields } = self.counts;
        writeln!(formatter, "compared: {methods} methods, {params} parameters, {reply_fields} reply fields")?;
        let differences: usize = self.exempted.iter().map(|exempted| exempted.differences).sum();
        write!(formatter, "different on purpose: {differences}, by {} exceptions", self.exempted.len())?;
        let mut kinds: BTreeMap<DriftKind, (usize, usize)> = BTreeMap::new();
        for exempted in &self.exempted {
            let (exceptions, differences) = kinds.entry(exempted.kind).or_default();
            *exceptions += 1;
            *differences += exempted.differences;
        }
        for (kind, (exceptions, differences)) in kinds {
            let kind = format!("{kind:?}").to_lowercase();
            write!(formatter, "\n  {kind:<10} {differences}, by {exceptions}")?;
        }
        Ok(())
    }
}
