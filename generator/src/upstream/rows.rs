//! Rows of a table of parameters or reply fields: name, type, description, and how deep in others. Where a saved page has lost the
//! bounds of cells (`order_idintThe order.`), they are found again by the words for types.

use std::collections::BTreeSet;

use super::page::{Kind, Piece};
use super::{FieldReading, Required};
use crate::source::Entries;

/// The words that the public pages have for types, without what stands in brackets behind them.
const WORDS: &[&str] = &[
    "array",
    "base64",
    "bool",
    "boolean",
    "char",
    "date",
    "datetime",
    "decimal",
    "double",
    "enum",
    "float",
    "int",
    "integer",
    "list",
    "map",
    "mixed",
    "money",
    "numeric",
    "object",
    "string",
    "text",
    "tinyint",
    "unix_time",
    "varchar",
];

/// One row, as it was read.
#[derive(Debug, PartialEq, Eq)]
pub struct Row {
    /// How many other fields it is inside of.
    pub depth: usize,
    /// Its name on the wire.
    pub name: String,
    /// The word for its type.
    pub word: String,
    /// What it says about it.
    pub about: String,
}

/// What a piece of a page is, in a table of fields.
#[derive(Debug, PartialEq, Eq)]
pub enum Found {
    /// A row.
    Row(Row),
    /// Text that goes on, or that is about the table.
    Text,
    /// What looks like a row and cannot be read as one.
    Unreadable(String),
}

/// Reads one piece; known are names that pages had before, which help where cells are lost.
pub fn row(piece: &Piece, known: &BTreeSet<&str>) -> Found {
    match &piece.kind {
        Kind::Row(cells) => of_cells(cells),
        Kind::Line(text) => of_text(text, known),
    }
}

fn of_cells(cells: &[String]) -> Found {
    let [first, word, about @ ..] = cells else { return Found::Text };
    let (depth, name) = marked(first);
    if ["name", "parameter", "field"].contains(&name.to_lowercase().as_str()) && word.eq_ignore_ascii_case("type") {
        return Found::Text;
    }
    if !is_name(name) || word.is_empty() || word.contains(' ') {
        return Found::Unreadable(cells.join(" | "));
    }
    Found::Row(new_row(depth, name, word, &about.join(" | ")))
}

/// A row whose cells have run together.
fn of_text(text: &str, known: &BTreeSet<&str>) -> Found {
    let (depth, rest) = marked(text);
    let name_length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let mut splits: Vec<(usize, usize)> = Vec::new();
    for at in 1..=name_length {
        let words = WORDS.iter().filter(|word| rest.get(at..).is_some_and(|rest| rest.starts_with(**word)));
        splits.extend(words.map(|word| (at, at + word.len())).filter(|(_, end)| begins_text(&rest[*end..])));
    }
    let best = splits.iter().find(|(at, _)| known.contains(&rest[..*at])).or_else(|| splits.first());
    match best {
        Some((at, end)) if is_name(&rest[..*at]) => {
            let bracket = if rest[*end..].starts_with('(') { bracket(&rest[*end..]) } else { 0 };
            let (word, about) = (&rest[*at..end + bracket], &rest[end + bracket..]);
            Found::Row(new_row(depth, &rest[..*at], word, about.trim()))
        }
        // A mark begins nothing but a field, and no sentence begins with a name of several parts that a capital runs into.
        _ if depth > 0 || runs_together(&rest[..name_length], &rest[name_length..]) => {
            Found::Unreadable(text.to_owned())
        }
        _ => Found::Text,
    }
}

fn runs_together(start: &str, rest: &str) -> bool {
    start
        .split_once('_')
        .is_some_and(|(_, end)| end.contains(|c: char| c.is_ascii_uppercase()) || rest.starts_with('('))
}

/// Whether what comes behind a word for a type can be the begin of a description.
fn begins_text(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_lowercase() && !c.is_ascii_digit() && c != '_')
}

/// The length of `(10,2)`, if that is what a description begins with; `(optional)` is not.
fn bracket(rest: &str) -> usize {
    let Some(end) = rest.find(')') else { return 0 };
    let inside = &rest[1..end];
    let is_size = !inside.is_empty() && inside.chars().all(|c| c.is_ascii_digit() || c == ',' || c == ' ');
    if is_size { end + 1 } else { 0 }
}

/// The depth that marks tell, `| | - name`, and what comes behind them.
fn marked(text: &str) -> (usize, &str) {
    let rest = text.trim_start_matches(['|', ' ']);
    match rest.strip_prefix('-') {
        Some(name) => (text[..text.len() - rest.len()].matches('|').count().max(1), name.trim()),
        None => (0, text.trim()),
    }
}

fn is_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Rows as fields, those of others inside of them. Rows that say something twice or hang in the air are told.
pub fn fields(rows: Vec<(usize, Row)>, is_request: bool) -> (Entries<FieldReading>, Vec<(usize, String)>) {
    let marks_some = rows.iter().any(|(_, row)| row.depth == 0 && marked_optional(&row.about));
    let mut root: Vec<(String, FieldReading)> = Vec::new();
    let mut problems = Vec::new();
    for (line, row) in rows {
        let Some(siblings) = level(&mut root, row.depth) else {
            problems.push((line, format!("`{}` is marked as inside of a field that is not there", row.name)));
            continue;
        };
        if siblings.iter().any(|(name, _)| *name == row.name) {
            problems.push((line, format!("`{}` is there twice", row.name)));
            continue;
        }
        let required = is_request.then(|| required(&row.about, marks_some || row.depth > 0)).flatten();
        siblings.push((row.name, FieldReading { word: row.word, required, item: None, fields: Entries::default() }));
    }
    (Entries(root), problems)
}

/// The list that a field of a depth goes into.
fn level(root: &mut Vec<(String, FieldReading)>, depth: usize) -> Option<&mut Vec<(String, FieldReading)>> {
    let mut here = root;
    for _ in 0..depth {
        here = &mut here.last_mut()?.1.fields.0;
    }
    Some(here)
}

fn marked_optional(about: &str) -> bool {
    about.to_lowercase().starts_with("(optional")
}

/// Whether a parameter must be sent. Some pages mark what is optional and some mark nothing, which says nothing.
fn required(about: &str, marks_some: bool) -> Option<Required> {
    let about = about.to_lowercase();
    match () {
        () if about.starts_with("(optional") => Some(Required::No),
        () if about.starts_with("(required") => Some(Required::Yes),
        () if marks_some => Some(Required::Yes),
        () => None,
    }
}

/// A row with one word for all that mean the same type; where the description gives a moment away, the exact one.
fn new_row(depth: usize, name: &str, word: &str, about: &str) -> Row {
    let about_moment = about.to_lowercase();
    let is_moment = about_moment.contains("unix time") || about_moment.contains("timestamp");
    let word = match word.to_lowercase().as_str() {
        "int" | "integer" if is_moment => "unix_time".to_owned(),
        "integer" => "int".to_owned(),
        "boolean" => "bool".to_owned(),
        "double" => "float".to_owned(),
        word => word.to_owned(),
    };
    Row { depth, name: name.to_owned(), word, about: about.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_ran_together_are_found() {
        let cases = [
            ("order_idint(optional) The order.", "0 order_id int"),
            ("| - expiry_datedate(optional) Last day", "1 expiry_date date"),
            ("| | - pricedecimal(10,2)Price", "2 price decimal(10,2)"),
            ("pointsintPoints", "0 points int"),
            ("print_idint", "0 print_id int"),
            ("date_addintWhen it came", "0 date_add int"),
            ("textvarchar(30)", "0 text varchar(30)"),
            ("languages array", "text"),
            ("listlistAll lists", "0 list list"),
            ("orderIDsarrayOrders", "0 orderIDs array"),
            ("ERROR - an error occurred", "text"),
            ("The method returns the data in JSON format.", "text"),
            ("error_message and error_code are in the reply", "text"),
            ("wheel_spinquaternionThe spin", "unreadable"),
            ("order_id, which is the number of the order", "text"),
            ("| - weird thing", "unreadable"),
            ("ageyearsHow old", "text"),
        ];
        for (text, expected) in cases {
            let piece = Piece { line: 1, kind: Kind::Line(text.to_owned()) };
            let found = match row(&piece, &BTreeSet::new()) {
                Found::Row(row) => format!("{} {} {}", row.depth, row.name, row.word),
                Found::Text => "text".to_owned(),
                Found::Unreadable(_) => "unreadable".to_owned(),
            };
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn a_name_that_was_known_decides() {
        let piece = Piece { line: 1, kind: Kind::Line("pointintText".to_owned()) };
        let known = BTreeSet::from(["pointint"]);
        assert!(matches!(row(&piece, &known), Found::Row(row) if row.name == "point"));
        let piece = Piece { line: 1, kind: Kind::Line("unintintNo".to_owned()) };
        let known = BTreeSet::from(["unint"]);
        assert!(matches!(row(&piece, &known), Found::Row(row) if row.name == "unint" && row.word == "int"));
    }
}
