//! What a program made, as text: every table but the cursors, every file; and the first line in which two texts differ.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

/// All tables of a database as text, a row a line, without the cursors, which may move.
pub(crate) fn tables(database: &Connection) -> String {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name != 'cursors' ORDER BY name";
    let mut names = database.prepare(sql).expect("a query");
    let names = names.query_map([], |row| row.get::<_, String>(0)).expect("tables");
    let mut text = String::new();
    for name in names {
        let name = name.expect("a name");
        for row in rows(database, &format!("SELECT * FROM {name} ORDER BY 1, 2")) {
            writeln!(text, "{name}: {row}").expect("a text");
        }
    }
    text
}

/// The rows of a query, each a line of `column=value`.
pub(crate) fn rows(database: &Connection, sql: &str) -> Vec<String> {
    let mut statement = database.prepare(sql).expect("a query");
    let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
    let rows = statement.query_map([], |row| Ok(line(&names, row))).expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

fn line(names: &[String], row: &Row<'_>) -> String {
    let cells = names.iter().enumerate().map(|(index, name)| {
        let value = match row.get_ref(index).expect("a column") {
            ValueRef::Null => "NULL".to_owned(),
            ValueRef::Integer(number) => number.to_string(),
            ValueRef::Real(number) => number.to_string(),
            ValueRef::Text(text) => format!("{:?}", String::from_utf8_lossy(text)),
            ValueRef::Blob(bytes) => format!("{} bytes", bytes.len()),
        };
        format!("{name}={value}")
    });
    cells.collect::<Vec<_>>().join(" ")
}

/// The files of a folder with their content, and no half-written ones.
pub(crate) fn files(folder: &Path) -> String {
    let mut text: Vec<String> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|file| {
            let path = file.expect("a file").path();
            format!("{}: {:?}", path.file_name().unwrap_or_default().display(), fs::read(&path).expect("a file"))
        })
        .collect();
    text.sort();
    text.join("\n")
}

/// Fails where two texts differ, and shows only that.
pub(crate) fn same(case: &str, found: &str, wanted: &str) {
    let (mut ours, mut theirs) = (found.lines(), wanted.lines());
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return,
            (ours, theirs) => assert_eq!(ours, theirs, "{case}"),
        }
    }
}
