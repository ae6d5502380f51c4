//! Reads a spec folder. Every file that is not as it should be is a problem; all of them are collected.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde_path_to_error::Segment;
use serde_yaml::Value;

use super::{File, MethodsFile, Positions, Source, Texts, TypesFile};
use crate::problem::{At, Place, Problem, Problems};
use crate::suggest::did_you_mean;

/// How many problems of one file are looked for before giving up on it.
const MOST_PROBLEMS_A_FILE: usize = 50;

/// Reads all files of a spec folder.
///
/// # Errors
///
/// Files that are missing, cannot be read, are not YAML, or have keys that do not belong there.
pub fn load(root: &Path) -> Result<Source, Problems> {
    let mut problems = Vec::new();
    let texts = read_texts(root, &mut problems);
    let mut loader = Loader { texts: &texts.files, problems };
    let api = loader.file("api.yaml");
    let names = loader.file("names.yaml");
    let changelog = loader.file("changelog.yaml");
    let drift = loader.optional("drift.yaml");
    let releases = loader.optional("releases.yaml");
    let methods = loader.folder::<MethodsFile>("methods/");
    let types = loader.folder::<TypesFile>("types/");
    let problems = loader.problems;
    match (api, names, changelog) {
        (Some(api), Some(names), Some(changelog)) if problems.is_empty() => {
            Ok(Source { texts, api, names, changelog, drift, releases, methods, types })
        }
        _ => Err(Problems::new(problems, texts)),
    }
}

fn read_texts(root: &Path, problems: &mut Vec<Problem>) -> Texts {
    let mut texts = Texts { root: root.to_owned(), files: BTreeMap::new() };
    for folder in ["", "methods/", "types/"] {
        let entries = match fs::read_dir(root.join(folder)) {
            Ok(entries) => entries,
            Err(error) => {
                problems.push(unreadable(folder, &error));
                continue;
            }
        };
        for entry in entries.flatten().filter(|entry| entry.path().is_file()) {
            let path = format!("{folder}{}", entry.file_name().to_string_lossy());
            if path == "README.md" {
                continue;
            }
            if Path::new(&path).extension().is_none_or(|ending| ending != "yaml") {
                problems.push(Problem {
                    code: "stray-file",
                    message: "only .yaml files belong here, and this one is not read".into(),
                    place: Place::file(path),
                    help: Some("rename or remove it".into()),
                });
                continue;
            }
            match fs::read_to_string(entry.path()) {
                Ok(text) => drop(texts.files.insert(path, text)),
                Err(error) => problems.push(unreadable(&path, &error)),
            }
        }
    }
    texts
}

fn unreadable(path: &str, error: &std::io::Error) -> Problem {
    Problem {
        code: "unreadable",
        message: format!("cannot be read: {error}"),
        place: Place::file(path.trim_end_matches('/')),
        help: Some("a spec folder has api.yaml, names.yaml, changelog.yaml, methods/ and types/".into()),
    }
}

struct Loader<'a> {
    texts: &'a BTreeMap<String, String>,
    problems: Vec<Problem>,
}

impl Loader<'_> {
    fn file<T: DeserializeOwned>(&mut self, path: &str) -> Option<File<T>> {
        let Some(text) = self.texts.get(path) else {
            let message = "this file is missing".to_owned();
            let help = Some("spec/README.md says what it holds".to_owned());
            self.problems.push(Problem { code: "missing-file", message, place: Place::file(path), help });
            return None;
        };
        // The straight way; only a file with a problem is read again, slowly, to find all of them.
        match serde_yaml::from_str(text) {
            Ok(data) => Some(File { path: path.to_owned(), data }),
            Err(error) => {
                self.problems.extend(file_problems::<T>(path, text, &error));
                None
            }
        }
    }

    /// A file that says nothing when it is not there.
    fn optional<T: DeserializeOwned + Default>(&mut self, path: &str) -> File<T> {
        let found = if self.texts.contains_key(path) { self.file(path) } else { None };
        found.unwrap_or_else(|| File { path: path.to_owned(), data: T::default() })
    }

    fn folder<T: DeserializeOwned>(&mut self, folder: &str) -> Vec<File<T>> {
        let paths: Vec<String> = self.texts.keys().filter(|path| path.starts_with(folder)).cloned().collect();
        paths.iter().filter_map(|path| self.file(path)).collect()
    }
}

/// All problems of a file: each is noted and taken out, until the rest can be read.
fn file_problems<T: DeserializeOwned>(file: &str, text: &str, first: &serde_yaml::Error) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut value: Value = match serde_yaml::from_str(text) {
        Ok(value) => value,
        Err(error) => return syntax_problems(file, text, &error),
    };
    while problems.len() < MOST_PROBLEMS_A_FILE {
        let Err(error) = serde_path_to_error::deserialize::<_, T>(value.clone()) else { break };
        let mut path: Vec<String> = error.path().iter().map(segment).collect();
        let message = error.inner().to_string();
        if let Some(key) = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next())
            && path.last().is_none_or(|last| last != key)
        {
            path.push(key.to_owned());
        }
        let problem = shape_problem(file, &path, &message);
        // A key that was just taken out, or is misspelt, is not missing as well.
        let follows = |other: &Problem| other.place.path.len() == path.len() + 1 && other.place.path.starts_with(&path);
        if problem.code != "missing-key" || !problems.iter().any(follows) {
            problems.push(problem);
        }
        if !take_out(&mut value, &path) {
            break;
        }
    }
    if problems.is_empty() {
        problems.extend(syntax_problems(file, text, first));
    }
    problems
}

fn segment(segment: &Segment) -> String {
    match segment {
        Segment::Seq { index } => index.to_string(),
        other => other.to_string(),
    }
}

/// What keeps a text from being YAML: doubled keys, or the first thing that its parser stumbles over.
fn syntax_problems(file: &str, text: &str, error: &serde_yaml::Error) -> Vec<Problem> {
    let place = |path: &[String], bytes| Place { file: file.to_owned(), path: path.to_vec(), at: At::Bytes(bytes) };
    let positions = Positions::read(text);
    let doubled = positions.doubled().iter().map(|(path, key)| Problem {
        code: "doubled-key",
        message: format!("the key `{}` is there twice", &text[key.clone()]),
        place: place(path, key.clone()),
        help: Some("each key stands once; rename or remove one".to_owned()),
    });
    let doubled: Vec<Problem> = doubled.collect();
    if !doubled.is_empty() {
        return doubled;
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message);
    let offset = error.location().map_or(0, |location| location.index()).min(text.len());
    let offset = text.floor_char_boundary(offset);
    let end = text[offset..].chars().next().map_or(offset, |c| offset + c.len_utf8());
    let line = text[..offset].rfind('\n').map_or(text, |at| &text[at + 1..]).lines().next().unwrap_or_default();
    let help = match line {
        line if line.contains('\t') => Some("YAML is indented with spaces, not with tabs"),
        line if line.contains('{') => Some(QUOTES),
        _ => None,
    };
    let (message, help) = (message.to_owned(), help.map(String::from));
    vec![Problem { code: "bad-yaml", message, place: place(&[], offset..end), help }]
}

/// What most often goes wrong in a field on one line.
const QUOTES: &str = "a doc inside { } must stand in double quotes when it has a comma, a colon or a bracket";

fn shape_problem(file: &str, path: &[String], message: &str) -> Problem {
    let place = Place::key(file, path.iter().map(String::as_str));
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let unknown = |what: &str| {
        if quoted[0].contains(' ') {
            return (format!("`{}` is not {what}", quoted[0]), Some(QUOTES.to_owned()));
        }
        let help = quoted.split_first().and_then(|(wrong, known)| did_you_mean(wrong, known.iter().copied()));
        let help =
            help.unwrap_or_else(|| format!("known are {}; spec/README.md explains them", quoted[1..].join(", ")));
        (format!("`{}` is not {what}", quoted[0]), Some(help))
    };
    let (code, place, (message, help)) = if message.starts_with("unknown field") {
        ("unknown-key", place, unknown("a key that belongs here"))
    } else if message.starts_with("unknown variant") {
        ("unknown-value", place.value(), unknown("a value that belongs here"))
    } else if message.starts_with("missing field") {
        ("missing-key", place, (format!("the key `{}` is missing", quoted[0]), None))
    } else {
        // serde names our own types, which say nothing to a maintainer.
        let message = match message.split_once(", expected struct ") {
            Some((found, _)) => format!("{found}, expected a mapping"),
            None => message.to_owned(),
        };
        ("wrong-shape", place.value(), (message, Some("spec/README.md explains every key".to_owned())))
    };
    Problem { code, message, place, help }
}

/// Takes what stands at a path out of a value, so that the rest can be looked at.
fn take_out(value: &mut Value, path: &[String]) -> bool {
    let Some((last, parents)) = path.split_last() else { return false };
    let mut here = value;
    for key in parents {
        let next = match here {
            Value::Mapping(mapping) => mapping.iter_mut().find(|(name, _)| is_key(name, key)).map(|(_, value)| value),
            Value::Sequence(items) => key.parse().ok().and_then(|at: usize| items.get_mut(at)),
            _ => None,
        };
        let Some(next) = next else { return false };
        here = next;
    }
    match here {
        Value::Mapping(mapping) => {
            let before = mapping.len();
            mapping.retain(|name, _| !is_key(name, last));
            mapping.len() < before
        }
        Value::Sequence(items) => match last.parse::<usize>() {
            Ok(at) if at < items.len() => items.remove(at) != Value::Null,
            _ => false,
        },
        _ => false,
    }
}

fn is_key(name: &Value, key: &str) -> bool {
    match name {
        Value::String(text) => text == key,
        Value::Number(number) => number.to_string() == key,
        _ => false,
    }
}
