//! Changes for people, for release notes and for programs.

use std::fmt::{self, Write};

use serde_json::{Value, json};

use super::{Change, PACKAGES, Step, What, between};
use crate::surface::Surface;

/// How many methods a line names before it only counts the others.
const NAMED_METHODS: usize = 3;

/// What changed between two surfaces that have names.
#[derive(Debug)]
pub struct Report {
    /// The name of the older one: a date or a revision.
    pub from: String,
    /// The name of the newer one.
    pub to: String,
    /// The changes, in the order of the surface.
    pub changes: Vec<Change>,
}

impl Report {
    /// Compares two surfaces.
    #[must_use]
    pub fn new(from: (&str, &Surface), to: (&str, &Surface)) -> Self {
        Self { from: from.0.to_owned(), to: to.0.to_owned(), changes: between(from.1, to.1) }
    }

    /// The greatest step of each of [`PACKAGES`].
    #[must_use]
    pub fn steps(&self) -> [Step; 4] {
        let mut steps = [Step::None; 4];
        for change in &self.changes {
            for (step, other) in steps.iter_mut().zip(change.rule.steps) {
                *step = (*step).max(other);
            }
        }
        steps
    }

    /// The greatest step of all.
    #[must_use]
    pub fn worst(&self) -> Step {
        self.steps().into_iter().fold(Step::None, Ord::max)
    }

    /// The changes whose greatest step is the given one, for all packages or for one of them.
    fn of_step(&self, step: Step, package: Option<usize>) -> Vec<&Change> {
        let worst = |change: &Change| package.map_or_else(|| change.rule.worst(), |at| change.rule.steps[at]);
        self.changes.iter().filter(|change| worst(change) == step).collect()
    }

    /// As Markdown, for the release notes of a package, or of all of them.
    #[must_use]
    pub fn markdown(&self, package: Option<usize>) -> String {
        let titles = [(Step::Breaking, "Breaking"), (Step::Feature, "New"), (Step::Fix, "Other")];
        let mut sections = Vec::new();
        for (step, title) in titles {
            let changes = self.of_step(step, package);
            if !changes.is_empty() {
                let lines: Vec<String> = changes.iter().map(|change| format!("- {}", change.sentence())).collect();
                sections.push(format!("### {title}\n\n{}\n", lines.join("\n")));
            }
        }
        sections.join("\n")
    }

    /// As JSON, for programs.
    #[must_use]
    pub fn json(&self) -> Value {
        let changes: Vec<Value> = self.changes.iter().map(Change::json).collect();
        json!({ "from": self.from, "to": self.to, "packages": by_package(self.steps()), "changes": changes })
    }
}

/// For people: the changes by how much they ask, each with its rule.
impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let count = self.changes.len();
        let ending = if count == 1 { "" } else { "s" };
        write!(formatter, "{} -> {}: {count} change{ending}", self.from, self.to)?;
        if count == 0 {
            return Ok(());
        }
        write!(formatter, "; {}", in_words(self.steps()))?;
        for step in [Step::Breaking, Step::Feature, Step::Fix] {
            let changes = self.of_step(step, None);
            if !changes.is_empty() {
                write!(formatter, "\n\n{}", step.word())?;
            }
            for change in changes {
                write!(formatter, "\n  {}\n      {}", change.sentence(), change.rule_in_words())?;
            }
        }
        Ok(())
    }
}

/// The steps of the packages in words, together where they are alike, and without those that stay as they were.
fn in_words(steps: [Step; 4]) -> String {
    let [first, rest @ ..] = steps;
    if rest.iter().all(|step| *step == first) {
        return format!("{} for every package", first.word());
    }
    let some = PACKAGES.iter().zip(steps).filter(|(_, step)| *step != Step::None);
    let each = some.map(|(package, step)| format!("{package} {}", step.word()));
    each.collect::<Vec<_>>().join(", ")
}

fn by_package(steps: [Step; 4]) -> Value {
    PACKAGES.iter().zip(steps).map(|(package, step)| ((*package).to_owned(), json!(step.word()))).collect()
}

impl Change {
    /// What happened, to what, and in which methods: ``Order, field `note` (getOrders): added``.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut text = self.key.to_string();
        if self.key.of_owner().kind == crate::surface::Kind::Type && !self.methods.is_empty() {
            let named: Vec<&str> = self.methods.iter().take(NAMED_METHODS).map(String::as_str).collect();
            // Writing to a String cannot fail.
            let _ = write!(text, " ({}", named.join(", "));
            let more = self.methods.len() - named.len();
            let _ = if more > 0 { write!(text, " and {more} more)") } else { write!(text, ")") };
        }
        format!("{text}: {}", self.what)
    }

    fn rule_in_words(&self) -> String {
        let [first, rest @ ..] = self.rule.steps;
        if rest.iter().all(|step| *step == first) {
            return self.rule.id.to_owned();
        }
        format!("{}: {}", self.rule.id, in_words(self.rule.steps))
    }

    fn json(&self) -> Value {
        let (what, fact, before, after) = match &self.what {
            What::Added => ("added", None, None, None),
            What::Removed => ("removed", None, None, None),
            What::Renamed { before } => ("renamed", None, Some(before), Some(&self.key.name)),
            What::Changed { fact, before, after } => ("changed", Some(fact), before.as_ref(), after.as_ref()),
        };
        json!({
            "rule": self.rule.id,
            "kind": self.key.kind.word(),
            "of": self.key.owner,
            "name": self.key.name,
            "what": what,
            "fact": fact,
            "before": before,
            "after": after,
            "methods": self.methods,
            "packages": by_package(self.rule.steps),
            "sentence": self.sentence(),
        })
    }
}

impl fmt::Display for What {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Added => formatter.write_str("added"),
            Self::Removed => formatter.write_str("removed"),
            Self::Renamed { before } => write!(formatter, "renamed, it was `{before}`"),
            Self::Changed { fact, before, after } => match (before.as_deref(), after.as_deref()) {
                (None, Some("")) => write!(formatter, "now {fact}"),
                (Some(""), None) => write!(formatter, "no longer {fact}"),
                (None, Some(after)) => write!(formatter, "{fact} `{after}`, where there was none"),
                (Some(before), None) => write!(formatter, "no {fact}, it was `{before}`"),
                (before, after) => {
                    let [before, after] = [before, after].map(Option::unwrap_or_default);
                    // What is said of a thing that is nothing but its value.
                    let fact = if fact == "is" { "now" } else { fact };
                    write!(formatter, "{fact} `{after}`, it was `{before}`")
                }
            },
        }
    }
}
