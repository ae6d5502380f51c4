//! Holds the spec against the second reading of the public documentation. What differs is a problem, unless `drift.yaml` says
//! that it is meant, and why; an exception that nothing needs is a problem as well.

mod changes;
mod compare;
mod draft;
mod exceptions;
mod families;

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::model::Api;
use crate::problem::{Place, Problem, Problems};
use crate::source::{self, DriftKind, DriftSide, Source, Texts};
use crate::upstream::{self, FieldReading, Reading};

pub use draft::Draft;

/// Whether a word for a type is one that the comparison knows.
pub(crate) fn is_type_word(word: &str) -> bool {
    families::meaning(word).is_some()
}

/// What to do about differences; the last line of a report.
const ADVICE: &str = "mend the spec, or say in drift.yaml why it is right";

/// One difference between the spec and the public documentation.
#[derive(Debug, Clone)]
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
    /// The field that the spec lacks; the place is where it belongs.
    missing: Option<Missing>,
}

/// A field that the spec lacks.
#[derive(Debug, Clone)]
struct Missing {
    name: String,
    /// The name of the field above it.
    above: Option<String>,
    read: FieldReading,
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

/// Holds a spec folder against the newest reading, which is of its changelog date or later.
///
/// # Errors
///
/// All that is wrong with the spec; if nothing is, all that differs; and every exception that does not hold.
pub fn run(spec: &Path) -> Result<Report, Problems> {
    let compared = compare(spec)?;
    if compared.problems.is_empty() {
        return Ok(Report { counts: compared.counts, exempted: compared.exempted });
    }
    Err(Problems::new(compared.problems, compared.texts).with_advice(ADVICE))
}

/// Makes skeletons of what the spec lacks.
///
/// # Errors
///
/// All that is wrong with the spec.
pub fn draft(spec: &Path) -> Result<Draft, Problems> {
    compare(spec).map(|compared| draft::draft(&compared))
}

/// A spec that was held against a reading.
struct Compared {
    source: Source,
    api: Api,
    /// The date of the reading.
    date: String,
    reading: Reading,
    counts: Counts,
    problems: Vec<Problem>,
    exempted: Vec<Exempted>,
    /// What differs and is not meant to.
    differences: Vec<Difference>,
    /// The texts of the spec and of the reading.
    texts: Texts,
}

fn compare(spec: &Path) -> Result<Compared, Problems> {
    let source = source::load(spec)?;
    let api = crate::check::run(&source)?;
    let newest = upstream::dates(spec).unwrap_or_default().pop().filter(|date| *date > api.changelog_date);
    let date = newest.unwrap_or_else(|| api.changelog_date.clone());
    let file = Reading::path(&date);
    let mut texts = source.texts.clone();
    let reading = read(&mut texts, &file)?;
    let comparison = compare::compare(&api, &reading, &file);
    let counts = comparison.counts;
    let (mut problems, exempted, differences) = exceptions::apply(&api, &reading, &source.drift, comparison);
    problems.extend(changes::behind(&api, &date));
    problems.extend(changes::unnamed(&api, &reading).map(|(at, change)| changes::problem(&file, at, change)));
    Ok(Compared { source, api, date, reading, counts, problems, exempted, differences, texts })
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
        problem("missing-reading", message, "make it with: cargo xtask upstream read <pages>")
    })?;
    let reading = Reading::parse(&text).map_err(|error| {
        let help = "the file is made by: cargo xtask upstream read <pages>";
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
