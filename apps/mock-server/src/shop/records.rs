//! Things by number. What nobody changed is made anew from the seed whenever it is asked for, and only changes are kept:
//! so a shop of any size starts at once and takes no memory.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use super::Fields;
use crate::params;

/// Things made from a seed.
pub(crate) trait Base: fmt::Debug + Send {
    /// The first number from this one on.
    fn next_from(&self, id: u64) -> Option<u64>;
    fn get(&self, id: u64) -> Option<Fields>;
    /// One field, where that is less work than all of them.
    fn field(&self, id: u64, name: &str) -> Option<Value>;
}

#[derive(Debug)]
pub(crate) struct Records {
    base: Option<Box<dyn Base>>,
    /// The fields that changed, or all of what came new; none of what is gone.
    changed: BTreeMap<u64, Option<Fields>>,
    next: u64,
}

impl Records {
    pub(crate) fn new(base: Option<Box<dyn Base>>, next: u64) -> Self {
        Self { base, changed: BTreeMap::new(), next }
    }

    /// The number that the next new thing gets.
    pub(crate) fn next_id(&self) -> u64 {
        self.next
    }

    /// Gives the next new thing this number, and tells which one it would have had.
    pub(crate) fn set_next(&mut self, id: u64) -> u64 {
        std::mem::replace(&mut self.next, id)
    }

    /// Adds a thing under a new number, which is written into its field of this name.
    pub(crate) fn add(&mut self, key: &str, mut fields: Fields) -> u64 {
        let id = self.next;
        self.next += 1;
        fields.insert(key.to_owned(), id.into());
        self.changed.insert(id, Some(fields));
        id
    }

    /// Adds a thing under the number that it has in its field of this name.
    pub(crate) fn put(&mut self, key: &str, fields: Fields) {
        let id = fields.get(key).and_then(params::int).and_then(|id| u64::try_from(id).ok());
        if let Some(id) = id {
            self.next = self.next.max(id + 1);
            self.changed.insert(id, Some(fields));
        }
    }

    pub(crate) fn contains(&self, id: u64) -> bool {
        match self.changed.get(&id) {
            Some(change) => change.is_some(),
            None => self.base.as_ref().is_some_and(|base| base.next_from(id) == Some(id)),
        }
    }

    pub(crate) fn get(&self, id: u64) -> Option<Fields> {
        let made = || self.base.as_ref().and_then(|base| base.get(id));
        match self.changed.get(&id) {
            None => made(),
            Some(None) => None,
            Some(Some(changes)) => {
                let mut fields = made().unwrap_or_default();
                fields.extend(changes.clone());
                Some(fields)
            }
        }
    }

    pub(crate) fn field(&self, id: u64, name: &str) -> Option<Value> {
        match self.changed.get(&id) {
            Some(None) => None,
            Some(Some(changes)) if changes.contains_key(name) => changes.get(name).cloned(),
            _ => self.base.as_ref().and_then(|base| base.field(id, name)),
        }
    }

    pub(crate) fn int(&self, id: u64, name: &str) -> i64 {
        self.field(id, name).as_ref().and_then(params::int).unwrap_or_default()
    }

    pub(crate) fn text(&self, id: u64, name: &str) -> String {
        self.field(id, name).as_ref().map(params::text).unwrap_or_default()
    }

    /// Changes fields of a thing that is there.
    pub(crate) fn change(&mut self, id: u64, fields: Fields) -> bool {
        let there = self.contains(id);
        if there && let Some(changes) = self.changed.entry(id).or_insert_with(|| Some(Fields::new())) {
            changes.extend(fields);
        }
        there
    }

    pub(crate) fn remove(&mut self, id: u64) -> bool {
        let there = self.contains(id);
        if there {
            self.changed.insert(id, None);
        }
        there
    }

    /// The numbers of all things from this one on, in order.
    pub(crate) fn ids_from(&self, first: u64) -> impl Iterator<Item = u64> {
        let mut next = Some(first);
        std::iter::from_fn(move || {
            let found = self.next_from(next?);
            next = found.map(|id| id + 1);
            found
        })
    }

    fn next_from(&self, mut id: u64) -> Option<u64> {
        loop {
            let made = self.base.as_ref().and_then(|base| base.next_from(id));
            let changed = self.changed.range(id..).next().map(|(id, _)| *id);
            let found = made.into_iter().chain(changed).min()?;
            if !matches!(self.changed.get(&found), Some(None)) {
                return Some(found);
            }
            id = found + 1;
        }
    }
}
