//! The undocumented keys of an object.

use std::collections::{BTreeMap, btree_map};

use super::Value;
use super::decode::Decode;
use super::encode::Encode;
use super::reader::Reader;
use super::writer::Writer;

/// Keys that the API sent and its documentation does not name, with their values. Takes no memory when empty.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Extra(BTreeMap<String, Value>);

impl Extra {
    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.0.get(key)
    }

    /// Sets a key; gives back what was there.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0.insert(key.into(), value.into())
    }

    /// Takes a key out.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key)
    }

    /// All keys with their values, in alphabetical order.
    pub fn iter(&self) -> btree_map::Iter<'_, String, Value> {
        self.0.iter()
    }

    /// How many keys there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Is there no key?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The same as a JSON object.
    #[must_use]
    pub fn into_map(self) -> serde_json::Map<String, Value> {
        self.0.into_iter().collect()
    }
}

impl<'e> IntoIterator for &'e Extra {
    type Item = (&'e String, &'e Value);
    type IntoIter = btree_map::Iter<'e, String, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// An object of which nothing is documented: all of it is extra.
impl Decode for Extra {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        while reader.next_field(&[], &mut this).is_some() {}
        Some(this)
    }
}

impl Encode for Extra {
    fn encode(&self, out: &mut Writer) {
        out.open_object(&[], self);
    }
}
