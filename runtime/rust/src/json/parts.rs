//! How a reader walks through the items of lists and the entries of maps, in each of the forms they are sent in.

use std::borrow::Cow;

use super::cursor::{Keys, Kind, Step};
use super::path::{Frame, ListForm};
use super::reader::{LIST_ROOM, MAP_ROOM, Reader};

impl<'j> Reader<'j> {
    /// Enters a list that has items. A map with numbers as keys is one, and so is a single object that could be an item: one
    /// that begins with one of `fields`, or any if an item is a map.
    pub(super) fn begin_list(&mut self, fields: &[&str], is_map: bool) -> bool {
        let Some(kind) = self.kind() else {
            return false;
        };
        let (has_items, form) = match kind {
            Kind::List => (Ok(self.cursor.first_item()), ListForm::List),
            Kind::Object => match self.cursor.keys() {
                Ok(Keys::Numbers) => (self.cursor.first_span().map(|span| span.is_some()), ListForm::Map),
                Ok(Keys::Names { first }) if is_map || fields.contains(&&*first) => (Ok(true), ListForm::Single),
                Ok(_) => {
                    self.reject("list");
                    return false;
                }
                Err(malformed) => (Err(malformed), ListForm::Map),
            },
            _ => {
                self.without_parts("list");
                return false;
            }
        };
        self.step(has_items).unwrap_or(false) && self.enter(Frame::Items { entered: 0, form }).is_some()
    }

    /// Moves to the next item of a list, which will take `size` bytes.
    pub(super) fn next_item(&mut self, size: usize) -> bool {
        if self.failure.is_some() {
            return false;
        }
        let Some(Frame::Items { entered, form }) = self.frames.last_mut() else {
            return false;
        };
        *entered += 1;
        // On entering the list, the first item was found already.
        let more = match (*entered, *form) {
            (1, _) => Ok(true),
            (_, ListForm::List) => self.cursor.next_item(),
            (_, ListForm::Map) => self.cursor.next_span().map(|span| span.is_some()),
            (_, ListForm::Single) => Ok(false),
        };
        let room = if *entered == 1 { LIST_ROOM } else { 1 };
        self.advance(more, room * size)
    }

    /// Enters a map that has entries.
    pub(super) fn begin_map(&mut self) -> bool {
        let Some(kind) = self.kind() else {
            return false;
        };
        match kind {
            Kind::Object => {
                let first = self.cursor.first_span();
                match self.step(first).flatten() {
                    Some(key) => self.enter(Frame::Entries { key, started: false }).is_some(),
                    None => false,
                }
            }
            Kind::List => self.cursor.first_item() && self.enter(Frame::Positions { entered: 0 }).is_some(),
            _ => {
                self.without_parts("map");
                false
            }
        }
    }

    /// Moves to the next entry of a map, which will take `size` bytes, and gives its key.
    pub(super) fn next_entry(&mut self, size: usize) -> Option<Cow<'j, str>> {
        if self.failure.is_some() {
            return None;
        }
        match self.frames.last_mut() {
            Some(Frame::Entries { key, started: started @ false }) => {
                *started = true;
                let key = *key;
                self.advance(Ok(true), MAP_ROOM * size).then(|| self.cursor.key(key))
            }
            Some(Frame::Entries { key, .. }) => {
                let more = match self.cursor.next_span() {
                    Ok(Some(span)) => {
                        *key = span;
                        Ok(true)
                    }
                    Ok(None) => Ok(false),
                    Err(malformed) => Err(malformed),
                };
                let key = *key;
                self.advance(more, size).then(|| self.cursor.key(key))
            }
            Some(Frame::Positions { entered }) => {
                let position = *entered;
                *entered += 1;
                let more = if position == 0 { Ok(true) } else { self.cursor.next_item() };
                let entries = if position == 0 { MAP_ROOM } else { 1 };
                self.advance(more, entries * size).then(|| Cow::Owned(position.to_string()))
            }
            _ => None,
        }
    }

    fn advance(&mut self, more: Step<bool>, size: usize) -> bool {
        match self.step(more) {
            Some(true) => self.charge(size),
            Some(false) => {
                self.frames.pop();
                false
            }
            None => false,
        }
    }
}
