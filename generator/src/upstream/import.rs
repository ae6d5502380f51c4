//! Makes a reading out of a folder of JSON files, one for each method, as whoever read the public pages wrote them down.
//!
//! A file has `method`, `group` and `section` (texts), `params` and `response` (lists of fields, `null` for none). A field
//! has `name`, `type`, and where they apply `required` (true, false or `"conditional"`), `fields` (of an object, or of the
//! items of a list or a map) and `item` (what a list or a map holds, where that has no fields). `doc_type`, the word of the
//! page itself, counts where `type` is `any`. All other keys are notes of the reader and are left out.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::{FieldReading, MethodReading, Reading, Required};
use crate::source::Entries;

#[derive(Deserialize)]
struct MethodNote {
    method: String,
    group: String,
    section: String,
    params: Option<Vec<FieldNote>>,
    response: Option<Vec<FieldNote>>,
}

#[derive(Deserialize)]
struct FieldNote {
    #[serde(default)]
    name: String,
    #[serde(rename = "type")]
    ty: String,
    doc_type: Option<String>,
    required: Option<Required>,
    item: Option<Box<FieldNote>>,
    fields: Option<Vec<FieldNote>>,
}

/// Reads all `.json` files of a folder.
///
/// # Errors
///
/// The file that cannot be read, or says something twice.
pub fn import(folder: &Path) -> Result<Reading, String> {
    let unreadable = |path: &Path, error: &dyn std::fmt::Display| format!("cannot read {}: {error}", path.display());
    let entries = fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut methods = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|error| unreadable(&path, &error))?;
        let note: MethodNote = serde_json::from_str(&text).map_err(|error| unreadable(&path, &error))?;
        methods.push(method(note).map_err(|error| unreadable(&path, &error))?);
    }
    if methods.is_empty() {
        return Err(format!("{} has no .json file", folder.display()));
    }
    methods.sort_by(|(one, _), (other, _)| one.cmp(other));
    match methods.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        Some(pair) => Err(format!("two files are about the method {}", pair[0].0)),
        None => Ok(Reading { changes: Vec::new(), methods: Entries(methods) }),
    }
}

fn method(note: MethodNote) -> Result<(String, MethodReading), String> {
    let params = fields(note.params, Side::Params)?;
    let reply = fields(note.response, Side::Reply)?;
    Ok((note.method, MethodReading { group: note.group, section: note.section, params, reply }))
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Params,
    Reply,
}

fn fields(notes: Option<Vec<FieldNote>>, side: Side) -> Result<Entries<FieldReading>, String> {
    let mut fields: Vec<(String, FieldReading)> = Vec::new();
    for note in notes.unwrap_or_default() {
        let name = note.name.clone();
        if name.is_empty() || fields.iter().any(|(other, _)| *other == name) {
            return Err(format!("a field is called `{name}`, which is no name or the name of another"));
        }
        fields.push((name, field(note, side)?));
    }
    Ok(Entries(fields))
}

fn field(note: FieldNote, side: Side) -> Result<FieldReading, String> {
    let word = match note.doc_type {
        Some(word) if note.ty == "any" => word,
        _ => note.ty,
    };
    Ok(FieldReading {
        word,
        // Of a reply only its shape is compared: that anything may be missing is known.
        required: note.required.filter(|_| side == Side::Params),
        item: note.item.map(|item| field(*item, side)).transpose()?.map(Box::new),
        fields: fields(note.fields, side)?,
    })
}
