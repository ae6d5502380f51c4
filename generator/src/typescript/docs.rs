//! Doc texts as comments of `TSDoc`: lines of bounded width, links by name, nothing that ends the comment.

use super::names;
use crate::doc::Style;
use crate::model::{Api, Field, Method};

/// How TypeScript writes docs.
const STYLE: Style = Style { width: 110, plain, code, link, page };

/// Stands for the blank of a link until lines are broken.
const BLANK: char = '\u{a0}';

/// A doc, as lines of a comment.
pub fn lines(api: &Api, doc: &str, notes: &[String], deprecated: Option<&str>) -> Vec<String> {
    finished(STYLE.lines(api, doc, notes), deprecated)
}

/// The doc of a field, as lines of a comment.
pub fn field(api: &Api, field: &Field, property: &str) -> Vec<String> {
    finished(STYLE.field(api, field, property), field.deprecated.as_deref())
}

/// The doc of a method, as lines of a comment.
pub fn method(api: &Api, method: &Method) -> Vec<String> {
    finished(STYLE.method(api, method), method.deprecated.as_deref())
}

fn finished(mut lines: Vec<String>, deprecated: Option<&str>) -> Vec<String> {
    if let Some(why) = deprecated {
        lines.push(String::new());
        lines.push(format!("@deprecated {}", plain(&crate::doc::plain(why))));
    }
    lines.into_iter().map(|line| line.replace(BLANK, " ")).collect()
}

/// Characters that mean something to `TSDoc`, and are what they are behind a backslash. It comes first.
const SPECIAL: [char; 6] = ['\\', '{', '}', '@', '<', '>'];

fn plain(text: &str) -> String {
    let escaped = SPECIAL.iter().fold(text.to_owned(), |text, found| text.replace(*found, &format!("\\{found}")));
    code(&escaped)
}

fn code(text: &str) -> String {
    text.replace("*/", "*\\/")
}

fn link(api: &Api, name: &str) -> String {
    let shown = api.methods.get(name).map_or_else(|| name.to_owned(), names::method);
    format!("{{@link{BLANK}{shown}}}")
}

fn page(url: &str) -> String {
    format!("{{@link{BLANK}{url}}}")
}
