//! A saved page of the public documentation as what matters of it: lines of text, and rows of cells. HTML and text that was
//! copied out of a browser or saved by a crawler become the same.

use super::html;

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The line of the file where it begins, from 1.
    pub line: usize,
    /// What it is.
    pub kind: Kind,
}

/// What a piece of a page is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A line of text.
    Line(String),
    /// A row of a table.
    Row(Vec<String>),
}

impl Piece {
    /// Its text, if it is a line.
    pub fn as_line(&self) -> Option<&str> {
        match &self.kind {
            Kind::Line(text) => Some(text),
            Kind::Row(_) => None,
        }
    }
}

/// The pieces of a page, without those that say nothing.
pub fn pieces(text: &str) -> Vec<Piece> {
    let text = text.trim_start_matches('\u{feff}');
    if html::is_html(text) { html::pieces(text) } else { of_text(text) }
}

/// The pieces of a saved text. A row has its cells between bars; some savers begin and end it with one, others only end it.
fn of_text(text: &str) -> Vec<Piece> {
    let lines: Vec<(usize, String)> =
        text.lines().enumerate().map(|(at, line)| (at + 1, plain(line))).filter(|(_, line)| !line.is_empty()).collect();
    let begins_with_bar = lines.iter().any(|(_, line)| is_row(line) && line.starts_with('|') && depth_of(line) == 0);
    let piece = |(line, text): (usize, String)| {
        let kind = if is_row(&text) { Kind::Row(cells(&text, begins_with_bar)) } else { Kind::Line(text) };
        Piece { line, kind }
    };
    lines.into_iter().map(piece).filter(|piece| !is_rule(piece)).collect()
}

/// Text without line breaks, doubled spaces and spaces at its ends.
pub fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The number of bars of a nested field, `| | - name`: its depth, or one more where every row begins with a bar.
fn depth_of(line: &str) -> usize {
    let rest = line.trim_start_matches(['|', ' ']);
    if rest.starts_with("- ") { line[..line.len() - rest.len()].matches('|').count() } else { 0 }
}

fn is_row(line: &str) -> bool {
    line.trim_start_matches(['|', ' ']).trim_end_matches(['|', ' ']).contains(" | ")
}

/// The cells of a row; the bars of a nested field stay in its first.
fn cells(line: &str, begins_with_bar: bool) -> Vec<String> {
    let line = line.strip_prefix('|').filter(|_| begins_with_bar).unwrap_or(line).trim();
    let line = line.strip_suffix('|').unwrap_or(line);
    let rest = line.trim_start_matches(['|', ' ']);
    let marks = &line[..line.len() - rest.len()];
    let mut cells: Vec<String> = rest.split(" | ").map(plain).collect();
    cells[0].insert_str(0, marks);
    cells
}

/// The line below the head of a Markdown table.
fn is_rule(piece: &Piece) -> bool {
    let Kind::Row(cells) = &piece.kind else { return false };
    cells.iter().all(|cell| cell.trim_matches(['-', ':', ' ', '|']).is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> Vec<Vec<String>> {
        let pieces = pieces(text).into_iter();
        pieces.filter_map(|piece| if let Kind::Row(cells) = piece.kind { Some(cells) } else { None }).collect()
    }

    #[test]
    fn rows_are_the_same_however_a_page_was_saved() {
        let expected = [["things", "array", "Things"], ["| - id", "int", "A thing"], ["| | - of", "int", "Its owner"]];
        let texts = [
            "things | array | Things |\n| - id | int | A thing |\n| | - of | int | Its owner |",
            "| things | array | Things |\n| --- | --- | --- |\n| | - id | int | A thing |\n| | | - of | int | Its owner |",
            "<table><tr><td>things<td>array<td>Things<tr><td>| - id</td><td>int</td><td>A\n thing</td></tr>\
             <tr><td>|&nbsp;|&nbsp;-&nbsp;of<td>int<td>Its owner</table>",
        ];
        for text in texts {
            assert_eq!(row(text), expected, "{text}");
        }
    }
}
