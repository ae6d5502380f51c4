//! Where in a reply the reader is: a stack of cheap frames, made into text only when there is something to report.

use std::fmt::Write as _;

use super::cursor::{Cursor, Span};

/// One step from a value to a part of it.
pub(super) enum Frame {
    /// A field of an object, `at` in its list of names; out of its bounds before the first field.
    Object { fields: &'static [&'static str], at: usize, started: bool },
    /// A list: how many items were entered, and the form it was sent in.
    Items { entered: usize, form: ListForm },
    /// An entry of a map.
    Entries { key: Span, started: bool },
    /// An entry of a map that was sent as a list.
    Positions { entered: usize },
}

/// The forms that a list is sent in.
#[derive(Clone, Copy)]
pub(super) enum ListForm {
    /// A list.
    List,
    /// A map with numbers as keys.
    Map,
    /// Its only item.
    Single,
}

/// `orders[3].products[0].quantity`; keys of maps as `prices["105"]`.
pub(super) fn render(frames: &[Frame], cursor: &Cursor<'_>) -> String {
    let mut path = String::new();
    for frame in frames {
        match *frame {
            Frame::Object { fields, at, .. } => {
                if let Some(name) = fields.get(at) {
                    push_name(&mut path, name);
                }
            }
            // Writing to a string cannot fail.
            Frame::Items { entered, .. } => {
                let _ = write!(path, "[{}]", entered.saturating_sub(1));
            }
            Frame::Entries { key, .. } => {
                let _ = write!(path, "[{}]", super::Value::from(cursor.key(key)));
            }
            Frame::Positions { entered } => {
                let _ = write!(path, "[\"{}\"]", entered.saturating_sub(1));
            }
        }
    }
    path
}

pub(super) fn push_name(path: &mut String, name: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(name);
}
