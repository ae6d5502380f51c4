//! HTML as lines and rows. Only the tags that part text are looked at, so that layout around the tables does not matter, nor
//! whether every tag is closed.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

use super::page::{Kind, Piece, plain};

/// Tags whose text nobody sees.
const HIDDEN: &[&str] = &["script", "style", "head", "template", "noscript", "pre", "code", "select", "textarea"];

/// Tags within a line of text.
const INLINE: &[&str] =
    &["a", "abbr", "b", "em", "font", "i", "img", "label", "small", "span", "strong", "sub", "sup", "tt", "u"];

/// Whether a text is HTML.
pub fn is_html(text: &str) -> bool {
    let start = text.trim_start().get(..1) == Some("<");
    let lower = text.to_ascii_lowercase();
    start && ["<html", "<!doctype", "<table", "<body", "<div", "<h1"].iter().any(|tag| lower.contains(tag))
}

/// The pieces of an HTML page.
pub fn pieces(html: &str) -> Vec<Piece> {
    let mut emitter = DefaultEmitter::new_with_span();
    emitter.naively_switch_states(true);
    let mut walk = Walk { html, ..Walk::default() };
    // A tokenizer of a text in memory cannot fail; what is no HTML it reads as well as it can.
    for token in Tokenizer::new_with_emitter(html, emitter).flatten() {
        match token {
            Token::StartTag(tag) => walk.start(&String::from_utf8_lossy(&tag.name), tag.span.start, tag.self_closing),
            Token::EndTag(tag) => walk.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => walk.text(&String::from_utf8_lossy(&text.value), text.span.start),
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    walk.close_row();
    walk.pieces
}

#[derive(Default)]
struct Walk<'a> {
    html: &'a str,
    pieces: Vec<Piece>,
    /// The cells of the row that is being read.
    cells: Option<Vec<String>>,
    /// The text since the last tag that parts text.
    text: String,
    /// Where the text or the row begins.
    begin: usize,
    /// The hidden tag that is open.
    hidden: Option<String>,
}

impl Walk<'_> {
    fn start(&mut self, tag: &str, at: usize, closes_itself: bool) {
        if self.hidden.is_some() || INLINE.contains(&tag) {
            return;
        }
        match tag {
            "tr" => {
                self.close_row();
                self.begin = at;
                self.cells = Some(Vec::new());
            }
            // A cell without a row is in a page that is broken; browsers make one up.
            "td" | "th" => {
                let cells = self.cells.get_or_insert_default();
                if let Some(last) = cells.last_mut() {
                    last.push_str(&std::mem::take(&mut self.text));
                }
                cells.push(String::new());
                self.text.clear();
            }
            // What is around a table or a heading in a cell is layout.
            "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.close_row(),
            _ if HIDDEN.contains(&tag) && !closes_itself => self.hidden = Some(tag.to_owned()),
            _ => self.part(),
        }
    }

    fn end(&mut self, tag: &str) {
        if let Some(hidden) = &self.hidden {
            if hidden == tag {
                self.hidden = None;
            }
            return;
        }
        match tag {
            "tr" | "table" => self.close_row(),
            _ if INLINE.contains(&tag) => {}
            _ => self.part(),
        }
    }

    fn text(&mut self, text: &str, at: usize) {
        if self.hidden.is_some() {
            return;
        }
        if self.cells.is_none() && self.text.trim().is_empty() {
            self.begin = at + (text.len() - text.trim_start().len());
        }
        self.text.push_str(text);
    }

    /// A tag that parts text: a new line, or a space where a cell goes on.
    fn part(&mut self) {
        if self.cells.is_some() {
            self.text.push(' ');
            return;
        }
        let text = plain(&std::mem::take(&mut self.text));
        if !text.is_empty() {
            let line = self.line();
            self.pieces.push(Piece { line, kind: Kind::Line(text) });
        }
    }

    fn close_row(&mut self) {
        let Some(mut cells) = self.cells.take() else { return self.part() };
        let text = std::mem::take(&mut self.text);
        match cells.last_mut() {
            Some(last) => last.push_str(&text),
            None => cells.push(text),
        }
        let cells: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        let line = self.line();
        let kind = match cells.as_slice() {
            _ if cells.iter().all(String::is_empty) => return,
            [only] => Kind::Line(only.clone()),
            _ => Kind::Row(cells),
        };
        self.pieces.push(Piece { line, kind });
    }

    fn line(&self) -> usize {
        let before = self.html.get(..self.begin).unwrap_or_default();
        before.matches('\n').count() + 1
    }
}
