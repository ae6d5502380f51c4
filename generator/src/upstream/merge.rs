//! Puts what a page says together with what was known before. Pages have coarse words for types (`array`, `int`), and tell much in prose, so
//! an exact word stays where the coarse one of the page can stand for it.

use std::collections::BTreeMap;

use super::{FieldReading, Required};
use crate::source::Entries;

/// Fields as a page has them, with what was known more exactly before.
pub fn merged(read: Entries<FieldReading>, before: Entries<FieldReading>) -> Entries<FieldReading> {
    let mut before: BTreeMap<String, FieldReading> = before.0.into_iter().collect();
    let one = |(name, field): (String, FieldReading)| match before.remove(&name) {
        Some(old) if can_be(&field.word, &old.word) => (name, merged_field(field, old)),
        _ => (name, field),
    };
    Entries(read.0.into_iter().map(one).collect())
}

fn merged_field(read: FieldReading, old: FieldReading) -> FieldReading {
    // What a list holds was told in prose; a page has no table of it, or knows its fields.
    let says_nothing = read.fields.is_empty();
    let (item, fields) = match old.item {
        Some(item) if says_nothing => (Some(item), old.fields),
        Some(item) if !item.fields.is_empty() => {
            let fields = merged(read.fields, item.fields);
            (Some(Box::new(FieldReading { fields, ..*item })), Entries::default())
        }
        None if says_nothing => (None, old.fields),
        _ => (None, merged(read.fields, old.fields)),
    };
    // That a parameter is needed in some calls only is told in prose as well.
    let required = match (read.required, old.required) {
        (Some(_), Some(Required::Conditional)) | (None, _) => old.required,
        (required, _) => required,
    };
    FieldReading { word: old.word, required, item, fields }
}

/// Words of pages, with the more exact ones that they stand for.
const COARSE: &[(&str, &[&str])] = &[
    ("array", &["list", "map", "object"]),
    ("int", &["unix_time", "bool", "tinyint"]),
    ("unix_time", &["int"]),
    ("float", &["decimal", "money", "numeric"]),
    ("decimal", &["float", "money", "numeric"]),
    ("varchar", &["date", "text", "string", "char", "enum", "base64"]),
    ("text", &["varchar", "string", "date", "base64", "enum"]),
    ("string", &["varchar", "text", "date", "base64", "enum"]),
    ("tinyint", &["int", "bool"]),
    ("list", &["map", "object", "array"]),
    ("object", &["map", "array"]),
    ("mixed", &["any", "object", "map", "list", "array"]),
];

/// Whether a coarse word can mean what an exact one does. Lengths count where both have one.
fn can_be(read: &str, exact: &str) -> bool {
    let (plain, size) = parts(read);
    let (exact_plain, exact_size) = parts(exact);
    if plain == exact_plain {
        return size.is_none() || exact_size.is_none() || size == exact_size;
    }
    COARSE.iter().any(|(coarse, fits)| *coarse == plain && fits.contains(&exact_plain))
}

fn parts(word: &str) -> (&str, Option<&str>) {
    word.split_once('(').map_or((word, None), |(plain, size)| (plain, Some(size)))
}
