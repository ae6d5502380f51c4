//! What is wrong with a spec, and where: collected, sorted by place, shown the way rustc shows an error.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use crate::source::{Positions, Texts};

/// One thing that is wrong with a spec.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Its kind, such as `unknown-type`.
    pub code: &'static str,
    /// What is wrong, without a full stop.
    pub message: String,
    /// Where it is.
    pub place: Place,
    /// What to do about it.
    pub help: Option<String>,
}

/// A place in a spec folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file, by its path in the folder.
    pub file: String,
    /// Keys and list positions from the root of the file.
    pub path: Vec<String>,
    /// What to point at.
    pub at: At,
}

/// What a place points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// The key.
    Key,
    /// The value.
    Value,
    /// The first place in the value that has this text.
    Word(String),
    /// Bytes of a file that could not be read as YAML.
    Bytes(Range<usize>),
    /// The file as a whole.
    File,
}

impl Place {
    /// A file as a whole.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), path: Vec::new(), at: At::File }
    }

    /// A key in a file.
    pub fn key<'a>(file: impl Into<String>, path: impl IntoIterator<Item = &'a str>) -> Self {
        Self { file: file.into(), path: path.into_iter().map(String::from).collect(), at: At::Key }
    }

    /// A key below this place.
    #[must_use]
    pub fn below(&self, key: &str) -> Self {
        let mut path = self.path.clone();
        path.push(key.to_owned());
        Self { file: self.file.clone(), path, at: At::Key }
    }

    /// The value instead of the key.
    #[must_use]
    pub fn value(mut self) -> Self {
        self.at = At::Value;
        self
    }

    /// A word in the value.
    #[must_use]
    pub fn word(mut self, word: impl Into<String>) -> Self {
        self.at = At::Word(word.into());
        self
    }

    /// What the place is, in words: `getOrders, parameter date_from`.
    fn in_words(&self) -> Option<String> {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        Some(match path.as_slice() {
            ["methods", method, "params", name, ..] => format!("{method}, parameter {name}"),
            ["methods", method, "reply", name, ..] => format!("{method}, reply field {name}"),
            ["methods", method, "example", side, ..] => format!("{method}, example {side}"),
            ["methods", method, ..] => (*method).to_owned(),
            ["types", ty, "fields", name, ..] => format!("{ty}, field {name}"),
            ["types", ty, "values", name, ..] => format!("{ty}, value {name}"),
            ["types", ty, ..] => (*ty).to_owned(),
            _ => return None,
        })
    }
}

/// All that is wrong with a spec, by place.
#[derive(Debug)]
pub struct Problems {
    list: Vec<Problem>,
    texts: Texts,
    /// What the last line says, behind the number of problems.
    advice: &'static str,
}

impl Problems {
    /// Sorts problems by the place where they stand.
    #[must_use]
    pub fn new(mut list: Vec<Problem>, texts: Texts) -> Self {
        let positions = positions(&list, &texts);
        list.sort_by_key(|problem| {
            let range = range(problem, &texts, &positions);
            (problem.place.file.clone(), range.map_or(0, |range| range.start), problem.code, problem.message.clone())
        });
        list.dedup();
        Self { list, texts, advice: "nothing was written" }
    }

    /// Ends with another advice than that nothing was written.
    #[must_use]
    pub fn with_advice(self, advice: &'static str) -> Self {
        Self { advice, ..self }
    }

    /// The problems, by place.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.list
    }

    /// Shows every problem on a line to tick off, in Markdown, with its file, line and column.
    #[must_use]
    pub fn checklist(&self) -> String {
        let positions = positions(&self.list, &self.texts);
        let one = |problem: &Problem| {
            let path = self.texts.root.join(&problem.place.file).to_string_lossy().replace('\\', "/");
            let place = range(problem, &self.texts, &positions).map_or(path.clone(), |range| {
                let before = &self.texts.files[&problem.place.file][..range.start];
                let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
                format!("{path}:{}:{column}", before.matches('\n').count() + 1)
            });
            let help = problem.help.as_ref().map_or(String::new(), |help| format!("\n      {help}"));
            format!("- [ ] {place}: {}{help}\n", problem.message)
        };
        let lines: Vec<String> = self.list.iter().map(one).collect();
        lines.concat()
    }

    /// How much there is to do, and how: what stands below the list.
    #[must_use]
    pub fn summary(&self) -> String {
        format!("{} to do; {}", self.list.len(), self.advice)
    }

    /// Shows every problem with the line it is in, with colours for a terminal.
    #[must_use]
    pub fn render(&self, renderer: &Renderer) -> String {
        let positions = positions(&self.list, &self.texts);
        let mut out = String::new();
        for problem in &self.list {
            out.push_str(&self.render_one(problem, renderer, &positions));
            out.push_str("\n\n");
        }
        let count = self.list.len();
        let ending = if count == 1 { "" } else { "s" };
        out + &format!("{count} problem{ending} in the spec; {}", self.advice)
    }

    fn render_one(&self, problem: &Problem, renderer: &Renderer, positions: &BTreeMap<String, Positions>) -> String {
        let path = self.texts.root.join(&problem.place.file).to_string_lossy().replace('\\', "/");
        let title = Level::ERROR.with_name(Some("problem")).primary_title(&problem.message).id(problem.code);
        let words = problem.place.in_words();
        let group: Group = match range(problem, &self.texts, positions) {
            Some(range) => {
                let text = &self.texts.files[&problem.place.file];
                let annotation = AnnotationKind::Primary.span(range);
                let annotation = match &words {
                    Some(words) => annotation.label(words),
                    None => annotation,
                };
                title.element(Snippet::source(text).path(&path).annotation(annotation))
            }
            None => title.element(Origin::path(&path)),
        };
        let group = match &problem.help {
            Some(help) => group.element(Level::HELP.message(help)),
            None => group,
        };
        renderer.render(&[group])
    }
}

/// Plain text, as for a log file.
impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.render(&Renderer::plain()))
    }
}

impl std::error::Error for Problems {}

fn positions(list: &[Problem], texts: &Texts) -> BTreeMap<String, Positions> {
    let files = list.iter().filter(|problem| matches!(problem.place.at, At::Key | At::Value | At::Word(_)));
    let mut positions = BTreeMap::new();
    for problem in files {
        if let Some(text) = texts.files.get(&problem.place.file) {
            positions.entry(problem.place.file.clone()).or_insert_with(|| Positions::read(text));
        }
    }
    positions
}

/// The bytes that a problem points at, on one line.
fn range(problem: &Problem, texts: &Texts, positions: &BTreeMap<String, Positions>) -> Option<Range<usize>> {
    let Place { file, path, at } = &problem.place;
    let text = texts.files.get(file)?;
    let range = match at {
        At::File => return None,
        At::Bytes(bytes) => bytes.clone(),
        At::Key => positions.get(file)?.find(path)?.key.clone(),
        At::Value | At::Word(_) => {
            let positions = positions.get(file)?;
            let found = positions.find(path)?;
            if positions.has(path) { found.value.clone() } else { found.key.clone() }
        }
    };
    if let At::Word(word) = at
        && let Some(offset) = text[range.start..].find(word.as_str())
    {
        return Some(range.start + offset..range.start + offset + word.len());
    }
    let first_line = text[range.clone()].find('\n').map_or(range.end, |end| range.start + end);
    Some(range.start..first_line.max(range.start))
}
