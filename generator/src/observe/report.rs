//! What was found, method by method, as a list to tick off.

use std::fmt;

use super::discreet::HIDDEN;
use super::found::{Found, Keys, Seen};
use super::{Observed, Observer, forms};
use crate::problem::{Problem, Problems};
use crate::skeleton;
use crate::source::Texts;
use crate::suggest::did_you_mean;

/// What to do about what was found.
const ADVICE: &str = "mend the spec, or leave it where the reply is the odd one";

/// What replies have that the spec has not.
#[derive(Debug)]
pub struct Report {
    methods: Vec<Part>,
    /// What the spec lacks as a whole.
    unknown: Vec<String>,
    unread: Vec<String>,
    others: usize,
}

/// What is to say of one method.
#[derive(Debug)]
struct Part {
    /// The method, and what was seen of it.
    title: String,
    replies: usize,
    problems: Problems,
    /// What was read from other forms than those of JSON.
    forms: Vec<String>,
    /// Fields of the spec that no reply had.
    unseen: Vec<String>,
}

impl Report {
    pub(super) fn new(observer: Observer) -> Self {
        let Observer { api, texts, methods, unknown, unread, others, .. } = observer;
        let unknown = unknown.iter().map(|(name, seen)| {
            let help = did_you_mean(name, api.methods.keys().map(String::as_str)).map(|help| format!("; {help}"));
            let name = if name == HIDDEN { "whose name is not told".to_owned() } else { format!("`{name}`") };
            let times = times(seen.there.total());
            format!(
                "the spec has no method {name}, called {times}; first at {}{}",
                seen.first,
                help.unwrap_or_default()
            )
        });
        let unknown = unknown.collect();
        let methods = methods.into_iter().map(|(name, observed)| Part::new(&name, observed, &texts)).collect();
        Self { methods, unknown, unread, others }
    }

    /// How much there is to do.
    #[must_use]
    pub fn to_do(&self) -> usize {
        let found: usize = self.methods.iter().map(|part| part.problems.list().len()).sum();
        found + self.unknown.len() + self.unread.len()
    }

    /// How much there is to do, and how: what stands below the report.
    #[must_use]
    pub fn summary(&self) -> String {
        format!("{} to do; {ADVICE}", self.to_do())
    }
}

impl Part {
    fn new(name: &str, observed: Observed, texts: &Texts) -> Self {
        let Observed { replies, errors, found, keys, forms, documented, seen } = observed;
        let mut problems: Vec<Problem> = keys.iter().flat_map(|(path, keys)| missing_keys(path, keys)).collect();
        problems.extend(found.iter().map(|((path, kind), found)| difference(path, kind, found)));
        let errors: Vec<String> = errors.iter().map(|(code, count)| format!(", {code} {count}")).collect();
        Self {
            title: format!("{name}: {replies} {}{}", if replies == 1 { "reply" } else { "replies" }, errors.concat()),
            replies,
            problems: Problems::new(problems, texts.clone()).with_advice(ADVICE),
            forms: forms.iter().map(|(path, there)| format!("`{path}` from {there}")).collect(),
            unseen: documented.difference(&seen).cloned().collect(),
        }
    }
}

/// The keys of an object that the spec does not have.
fn missing_keys(path: &str, keys: &Keys) -> Vec<Problem> {
    let dot = if path.is_empty() { "" } else { "." };
    let one = |(name, seen): (&str, &Seen)| {
        let what = if name == HIDDEN { "keys that are not told".to_owned() } else { format!("`{path}{dot}{name}`") };
        let within = if name == HIDDEN && !path.is_empty() { format!(" in `{path}`") } else { String::new() };
        let ty = forms::guess(seen.there.names());
        let reason = if ty == "json" { skeleton::REASON } else { "" };
        Problem {
            code: "observed-key",
            message: format!("the spec does not have {what}{within}, {}", told(seen)),
            place: keys.place.clone(),
            help: (name != HIDDEN).then(|| format!("{name}: {{ type: {ty}{reason}, doc: \"{}\" }}", skeleton::TO_DO)),
        }
    };
    keys.iter().map(one).collect()
}

/// A field of the spec of which something else came.
fn difference(path: &str, kind: &str, found: &Found) -> Problem {
    let Found { spec, place, seen } = found;
    let there = match kind {
        "missing" => format!("is missing {}", times(seen.there.total())),
        "key" => format!("came with {}", seen.there),
        _ => format!("came as {}", seen.there),
    };
    let values: Vec<String> = match kind {
        "value" => seen.there.names().map(value_line).collect(),
        _ => Vec::new(),
    };
    Problem {
        code: "observed-field",
        message: format!("`{path}` {spec}, and {there}; first at {}", seen.first),
        place: place.clone(),
        help: (!values.is_empty()).then(|| values.join("\n      ")),
    }
}

/// A value of an enum, as the spec has it; a number needs a name.
fn value_line(value: &str) -> String {
    let name = if value.parse::<i64>().is_ok() { "name: TODO, " } else { "" };
    format!("{value}: {{ {name}doc: \"TODO: say what it means.\" }}")
}

fn told(seen: &Seen) -> String {
    format!("{}; first at {}", seen.there, seen.first)
}

fn times(count: usize) -> String {
    if count == 1 { "once".to_owned() } else { format!("{count} times") }
}

impl fmt::Display for Report {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        for part in &self.methods {
            writeln!(formatter, "## {}\n", part.title)?;
            let list = part.problems.checklist();
            match (list.is_empty(), part.replies) {
                (false, _) => writeln!(formatter, "{list}")?,
                (true, 0) => writeln!(formatter, "No call went well.\n")?,
                (true, _) => writeln!(formatter, "All as the spec has it.\n")?,
            }
            for (title, list) in [("Read as well", &part.forms), ("Never there", &part.unseen)] {
                if !list.is_empty() {
                    writeln!(formatter, "{title}: {}\n", list.join(", "))?;
                }
            }
        }
        let lists = [("Not in the spec", &self.unknown), ("Not looked at", &self.unread)];
        for (title, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            writeln!(formatter, "## {title}\n")?;
            for line in list {
                writeln!(formatter, "- [ ] {line}")?;
            }
            writeln!(formatter)?;
        }
        if self.others > 0 {
            writeln!(formatter, "{} with other hosts, or not by POST: left out\n", self.others)?;
        }
        Ok(())
    }
}
