//! Reads a reply once, from front to back, for the `decode` functions of its types: it finds their fields, keeps
//! the path, records what does not fit, and stops for good once the reply turns out to be unusable.

use std::collections::BTreeMap;

use super::Value;
use super::cursor::{Cursor, Kind, Scalar, Step};
use super::decode::Decode;
use super::error::DecodeError;
use super::extra::Extra;
use super::key::MapKey;
use super::mismatch::Mismatch;
use super::path::Frame;
use super::reply::Envelope;

/// How deep the parts of a reply may lie; deeper ones could exhaust the stack of a thread.
pub(super) const MAX_DEPTH: usize = 128;

/// What a reply may take in memory: this many times its own size, and the floor below.
const GROWTH: usize = 8;
const GROWTH_FLOOR: usize = 64 << 20;

/// Lists and maps take room for this many parts at once, so that one of one part is many times as large as its text.
pub(super) const LIST_ROOM: usize = 4;
pub(super) const MAP_ROOM: usize = 11;

/// What a value means for the type it is read as.
pub(super) enum Found<T> {
    Value(T),
    Nothing,
    Wrong,
}

/// A reply that is being decoded.
///
/// Errors are sticky: after the first one every method gives nothing at once, so that decoding code need not check.
pub struct Reader<'j> {
    pub(super) cursor: Cursor<'j>,
    pub(super) frames: Vec<Frame>,
    pub(super) mismatches: Vec<Mismatch>,
    pub(super) unlisted: usize,
    pub(super) failure: Option<Box<DecodeError>>,
    /// Set while the reply's outermost object also holds the API's status.
    pub(super) envelope: Option<Envelope>,
    pub(super) budget: usize,
}

impl<'j> Reader<'j> {
    pub(super) fn new(text: &'j str) -> Self {
        Self {
            cursor: Cursor::new(text),
            frames: Vec::with_capacity(8),
            mismatches: Vec::new(),
            unlisted: 0,
            failure: None,
            envelope: None,
            budget: text.len().saturating_mul(GROWTH).saturating_add(GROWTH_FLOOR),
        }
    }

    /// Enters an object; `None` and past it, unless the next value is one.
    pub fn begin_object(&mut self) -> Option<()> {
        if self.kind()? == Kind::Object {
            return self.enter(Frame::Object { fields: &[], at: usize::MAX, started: false });
        }
        self.without_parts("object");
        None
    }

    /// Moves to the next field of an object: its index in `fields`. Other keys are put into `extra` on the way.
    pub fn next_field(&mut self, fields: &'static [&'static str], extra: &mut Extra) -> Option<usize> {
        loop {
            if self.failure.is_some() {
                return None;
            }
            let outermost = self.frames.len() == 1 && self.envelope.is_some();
            let Some(Frame::Object { fields: names, at, started }) = self.frames.last_mut() else {
                return None;
            };
            *names = fields;
            // Fields come in the documented order, so the next one is where to look first.
            let guess = at.wrapping_add(1);
            match self.cursor.field(!std::mem::replace(started, true), fields, guess) {
                Ok(Some(Ok(index))) => {
                    *at = index;
                    return Some(index);
                }
                Ok(Some(Err(span))) => {
                    let key = self.cursor.key(span).into_owned();
                    if outermost && Envelope::has(&key) {
                        self.envelope_field(&key);
                    } else {
                        self.unknown(key, extra);
                    }
                }
                Ok(None) => {
                    self.frames.pop();
                    return None;
                }
                Err(malformed) => {
                    self.malformed(malformed);
                    return None;
                }
            }
        }
    }

    /// Reads a value; `None` if there is nothing, or another thing.
    pub fn read<T: Decode>(&mut self) -> Option<T> {
        T::decode(self)
    }

    /// Reads a list; empty if there is nothing, or no list.
    pub fn list<T: Decode>(&mut self) -> Vec<T> {
        let mut items = Vec::new();
        if self.begin_list(T::FIELDS, T::IS_MAP) {
            while self.next_item(size_of::<T>()) {
                if let Some(item) = self.part() {
                    items.push(item);
                }
            }
        }
        items
    }

    /// Reads a map; empty if there is nothing, or no map.
    pub fn map<K: MapKey, V: Decode>(&mut self) -> BTreeMap<K, V> {
        let mut map = BTreeMap::new();
        if self.begin_map() {
            while let Some(key) = self.next_entry(size_of::<(K, V)>()) {
                let Some(key) = K::from_key(&key) else {
                    self.wrong_key(&key);
                    continue;
                };
                if let Some(value) = self.part() {
                    map.insert(key, value);
                }
            }
        }
        map
    }

    /// Reads what stands in a list or map. Nothing in the place of an object is a mismatch there: something is lost, which who
    /// counts the others has to know.
    fn part<T: Decode>(&mut self) -> Option<T> {
        if T::IS_OBJECT && self.kind()? != Kind::Object {
            self.reject("object");
            return None;
        }
        T::decode(self)
    }

    /// The value of a field without which an object is of no use. If it is missing, the reply has failed.
    pub fn require<T: Default>(&mut self, name: &'static str, value: Option<T>) -> T {
        value.unwrap_or_else(|| {
            self.missing(name);
            T::default()
        })
    }

    /// Reads a value without parts.
    pub(super) fn scalar<T>(
        &mut self,
        expected: &'static str,
        read: impl FnOnce(&Scalar<'_>) -> Found<T>,
    ) -> Option<T> {
        if self.failure.is_some() {
            return None;
        }
        let start = self.cursor.offset();
        let found = match self.cursor.scalar() {
            Ok(scalar) => read(&scalar),
            Err(malformed) => {
                self.malformed(malformed);
                return None;
            }
        };
        match found {
            Found::Value(value) => Some(value),
            Found::Nothing => None,
            Found::Wrong => {
                self.mismatch(expected, start);
                None
            }
        }
    }

    /// The kind of the next value; `None` after a failure.
    pub(super) fn kind(&mut self) -> Option<Kind> {
        if self.failure.is_some() {
            return None;
        }
        let kind = self.cursor.kind();
        self.step(kind)
    }

    /// Takes a value and records that it is not what was expected.
    pub(super) fn reject(&mut self, expected: &'static str) {
        let start = self.cursor.offset();
        let skipped = self.cursor.skip();
        if self.step(skipped).is_some() {
            self.mismatch(expected, start);
        }
    }

    pub(super) fn step<T>(&mut self, result: Step<T>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(malformed) => {
                self.malformed(malformed);
                None
            }
        }
    }

    pub(super) fn enter(&mut self, frame: Frame) -> Option<()> {
        if self.frames.len() >= MAX_DEPTH {
            self.fail("its values are nested too deep".into());
            return None;
        }
        self.frames.push(frame);
        Some(())
    }

    /// Takes a value that stands where one with parts should: some forms mean that there is nothing.
    #[cold]
    pub(super) fn without_parts(&mut self, expected: &'static str) {
        self.scalar::<()>(expected, |scalar| match scalar {
            Scalar::Null | Scalar::False | Scalar::Text("") => Found::Nothing,
            Scalar::Parts(parts) if is_empty_list(parts) => Found::Nothing,
            _ => Found::Wrong,
        });
    }

    fn unknown(&mut self, key: String, extra: &mut Extra) {
        // While the value is read, a path should not name the field before it.
        let before = self.set_field(usize::MAX);
        let entries = if extra.is_empty() { MAP_ROOM } else { 1 };
        if let Some(value) = self.json(0)
            && self.charge(entries * size_of::<(String, Value)>() + key.len())
        {
            extra.insert(key, value);
            self.set_field(before);
        }
    }

    fn set_field(&mut self, index: usize) -> usize {
        match self.frames.last_mut() {
            Some(Frame::Object { at, .. }) => std::mem::replace(at, index),
            _ => index,
        }
    }
}

fn is_empty_list(text: &str) -> bool {
    text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(']'))
}
