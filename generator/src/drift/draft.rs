//! Skeletons of what the spec lacks, put into its files: the changelog date and entries, methods, parameters, fields and the types
//! that they need. Types are guessed by the words of the public documentation. Docs are marked as to be written, so that the check
//! refuses the spec until somebody has looked at each.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use super::{Compared, Missing, changes};
use crate::rust::names::params_type;
use crate::skeleton::edit::{self, Spot};
use crate::skeleton::{self, TO_DO};
use crate::source::{DriftKind, DriftSide, Entries, Positions};
use crate::upstream::{ChangeReading, FieldReading, MethodReading, Required};

/// Files of the spec with skeletons in them.
#[derive(Debug, Default)]
pub struct Draft {
    /// The new texts, by their path in the spec folder.
    pub files: BTreeMap<String, String>,
    /// What was put where, a line each.
    pub made: Vec<String>,
    /// What is left to do by hand.
    pub left: Vec<String>,
}

struct Drafter<'a> {
    compared: &'a Compared,
    /// Every file of the spec, edited or not.
    texts: BTreeMap<String, String>,
    types: BTreeSet<String>,
    /// New types, with the files that they go into.
    new_types: Vec<(String, String)>,
    draft: Draft,
}

/// Makes skeletons of what a comparison found missing.
pub(super) fn draft(compared: &Compared) -> Draft {
    let mut drafter = Drafter {
        compared,
        texts: compared.source.texts.files.clone(),
        types: compared.api.types.keys().cloned().collect(),
        new_types: Vec::new(),
        draft: Draft::default(),
    };
    drafter.date();
    drafter.changelog();
    for difference in &compared.differences {
        match (&difference.missing, difference.kind, &*difference.upstream) {
            (Some(missing), ..) => {
                let is_request = difference.side == Some(DriftSide::Params);
                let place = (&*difference.place.file, &*difference.place.path);
                drafter.field(&difference.method, place, missing, is_request);
            }
            (None, DriftKind::Method, "present") => drafter.method(&difference.method),
            _ => drafter.draft.left.push(difference.message.clone()),
        }
    }
    drafter.put_types();
    drafter.draft.files =
        drafter.texts.into_iter().filter(|(path, text)| compared.source.texts.files.get(path) != Some(text)).collect();
    drafter.draft
}

impl Drafter<'_> {
    fn date(&mut self) {
        let Compared { api, date, .. } = self.compared;
        if *date > api.changelog_date {
            let text = self.texts.entry("api.yaml".to_owned()).or_default();
            let positions = Positions::read(text);
            if let Some(position) = positions.find(&["changelog_date".to_owned()]) {
                text.replace_range(position.value.clone(), date);
                self.draft.made.push(format!("api.yaml: changelog_date {date}"));
            }
        }
    }

    fn changelog(&mut self) {
        let Compared { api, reading, .. } = self.compared;
        let missing: Vec<&ChangeReading> = changes::unnamed(api, reading).map(|(_, change)| change).collect();
        let entries: String = missing.iter().map(|change| self.entry(change)).collect();
        let text = self.texts.entry("changelog.yaml".to_owned()).or_default();
        if let Some(at) = text.find("entries:\n").filter(|_| !missing.is_empty()) {
            text.insert_str(at + "entries:\n".len(), &entries);
            self.draft.made.push(format!("changelog.yaml: entries, {}", missing.len()));
        }
    }

    fn entry(&self, change: &ChangeReading) -> String {
        let is_there = |name: &&String| self.compared.reading.methods.get(name).is_some();
        let (there, gone): (Vec<&String>, Vec<&String>) = change.methods.iter().partition(is_there);
        let mut entry = format!("  - date: {}\n    kind: {}\n", change.date, change.kind.word());
        for (key, names) in [("methods", there), ("gone", gone)] {
            if !names.is_empty() {
                let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
                // Writing to a String cannot fail.
                let _ = writeln!(entry, "    {key}: [{}]", names.join(", "));
            }
        }
        if change.methods.is_empty() {
            entry.push_str("    reason: \"TODO: say why it names no method.\"\n");
        }
        entry + "    doc: \"TODO: say what changed.\"\n\n"
    }

    fn field(&mut self, method: &str, (file, within): (&str, &[String]), missing: &Missing, is_request: bool) {
        let Missing { name, above, read } = missing;
        let owner = match within {
            [types, owner, ..] if types == "types" => owner.clone(),
            _ => self.camel(method),
        };
        let since = self.since(method);
        let types = types_file(file);
        let line = self.field_line(&owner, (name, read), is_request, Some(&since), &types);
        let text = self.texts.get(file).cloned().unwrap_or_default();
        let made = format!("{file}: {} of {}", name, within.join("."));
        match edit::put(&text, &Spot { within, above: above.as_deref() }, &line) {
            // A type that is shared is missing the field in each of its methods, and gets it once.
            _ if self.draft.made.contains(&made) => {}
            Some(text) => {
                self.texts.insert(file.to_owned(), text);
                self.draft.made.push(made);
            }
            None => self.draft.left.push(format!("{file}: put it in by hand: {line}")),
        }
    }

    fn method(&mut self, name: &str) {
        let Some(read) = self.compared.reading.methods.get(name).cloned() else { return };
        let Some(file) = self.section_file(&read) else {
            self.draft.left.push(format!("{name}: api.yaml has no group with the title {}", read.group));
            return;
        };
        let types = types_file(&file);
        let owner = self.camel(name);
        let params = self.field_lines(&owner, &read.params, true, &types);
        let reply = self.field_lines(&owner, &read.reply, false, &types);
        let block = skeleton::method(name, &self.since(name), &params, &reply);
        let text = self.texts.entry(file.clone()).or_default();
        *text = edit::append(text, &edit::indented(&block, 2));
        self.draft.made.push(format!("{file}: {name}"));
    }

    /// The file of the section that a method is listed in; a new one for a new section of a known group.
    fn section_file(&mut self, read: &MethodReading) -> Option<String> {
        let Compared { api, source, .. } = self.compared;
        let group = &api.groups.iter().find(|group| group.title == read.group)?.name;
        let is_section = |file: &&crate::source::File<crate::source::MethodsFile>| {
            file.data.group == *group && file.data.title == read.section
        };
        if let Some(file) = source.methods.iter().find(is_section) {
            return Some(file.path.clone());
        }
        let path = skeleton::section_path(group, &read.section);
        self.texts.entry(path.clone()).or_insert_with(|| skeleton::section(group, &read.section));
        Some(path)
    }

    /// The date of the newest line of the changelog about a method; that of the reading without one.
    fn since(&self, method: &str) -> String {
        let named = |change: &&ChangeReading| change.methods.iter().any(|name| name == method);
        let dates = self.compared.reading.changes.iter().filter(named).map(|change| &change.date);
        dates.max().unwrap_or(&self.compared.date).clone()
    }

    fn field_lines(&mut self, owner: &str, fields: &Entries<FieldReading>, is_request: bool, file: &str) -> String {
        let lines: Vec<String> =
            fields.iter().map(|field| self.field_line(owner, field, is_request, None, file)).collect();
        lines.join("\n")
    }

    fn field_line(
        &mut self,
        owner: &str,
        (name, read): (&str, &FieldReading),
        is_request: bool,
        since: Option<&str>,
        file: &str,
    ) -> String {
        let type_name = format!("{owner}{}", self.camel(name));
        let ty = self.ty(&type_name, read, is_request, file);
        let mut line = format!("{name}: {{ type: {ty}");
        if read.required == Some(Required::Yes) {
            line.push_str(", required: true");
        }
        if let Some(length) = length_of(&read.word).filter(|_| is_request && ty == "text") {
            let _ = write!(line, ", max_length: {length}");
        }
        if ty == "json" {
            line.push_str(skeleton::REASON);
        }
        if let Some(since) = since {
            let _ = write!(line, ", since: {since}");
        }
        format!("{line}, doc: \"{TO_DO}\" }}")
    }

    /// A type by the word of the public documentation; of an object it is a new one.
    fn ty(&mut self, name: &str, read: &FieldReading, is_request: bool, file: &str) -> String {
        let word = read.word.split('(').next().unwrap_or_default();
        let item = match (&read.item, read.fields.is_empty()) {
            (Some(item), _) => Some(self.ty(name, item, is_request, file)),
            (None, false) => Some(self.object(name, &read.fields, is_request, file)),
            (None, true) => None,
        };
        match (word, item) {
            ("map", Some(item)) => format!("map(text, {item})"),
            ("object", Some(item)) => item,
            (_, Some(item)) => format!("list({item})"),
            ("bool" | "date" | "money", None) => word.to_owned(),
            ("int" | "tinyint", None) => "int".to_owned(),
            ("decimal" | "float" | "numeric", None) => "decimal".to_owned(),
            ("unix_time", None) => "timestamp".to_owned(),
            ("base64", None) => "file".to_owned(),
            ("char" | "enum" | "string" | "text" | "varchar", None) => "text".to_owned(),
            _ => "json".to_owned(),
        }
    }

    fn object(&mut self, name: &str, fields: &Entries<FieldReading>, is_request: bool, file: &str) -> String {
        let mut free = name.to_owned();
        while !self.types.insert(free.clone()) {
            free.push_str("New");
        }
        let lines = self.field_lines(&free, fields, is_request, file);
        let block = format!("{free}:\n  doc: \"{TO_DO}\"\n  fields:\n{}", edit::indented(&lines, 4));
        self.draft.made.push(format!("{file}: {free}"));
        self.new_types.push((file.to_owned(), block));
        free
    }

    fn put_types(&mut self) {
        for (file, block) in std::mem::take(&mut self.new_types) {
            let text = self.texts.entry(file).or_insert_with(skeleton::types);
            *text = edit::append(text, &edit::indented(&block, 2));
        }
    }

    /// A wire name as a part of the name of a type.
    fn camel(&self, wire: &str) -> String {
        match self.compared.api.methods.get(wire) {
            Some(method) => params_type(method),
            None => wire.split('_').map(capitalised).collect(),
        }
    }
}

/// The file of the types that go with a file of methods, or the file of types itself.
fn types_file(file: &str) -> String {
    file.replacen("methods/", "types/", 1)
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_ascii_uppercase().to_string() + chars.as_str())
}

/// The 50 of `varchar(50)`.
fn length_of(word: &str) -> Option<u32> {
    word.split_once('(')?.1.strip_suffix(')')?.parse().ok()
}
