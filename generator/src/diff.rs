//! What changed between two surfaces: every change once, with the rule that says what it means for each package.

mod classify;
mod report;
mod rules;
mod types;

use std::collections::BTreeSet;

use crate::surface::{Facts, Key, Kind, Surface};

pub use report::Report;
pub use rules::{PACKAGES, RULES, Rule, Step, table};

/// One change.
#[derive(Debug)]
pub struct Change {
    /// The thing that changed, by its new name where it has one.
    pub key: Key,
    /// What happened to it.
    pub what: What,
    /// The rule that it falls under.
    pub rule: &'static Rule,
    /// The methods it is part of, before or after.
    pub methods: BTreeSet<String>,
}

/// What happened to a thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// It was not there before.
    Added,
    /// It is not there any more.
    Removed,
    /// A field of a reply has another name; the old one is still read.
    Renamed {
        /// The old name.
        before: String,
    },
    /// A fact about it is another.
    Changed {
        /// The fact.
        fact: String,
        /// Its value before, if it had one.
        before: Option<String>,
        /// Its value after, if it has one.
        after: Option<String>,
    },
}

/// Everything that changed, in the order of the surface.
#[must_use]
pub fn between(old: &Surface, new: &Surface) -> Vec<Change> {
    let mut comparison = Comparison { old, new, renamed: BTreeSet::new(), changes: Vec::new() };
    let keys: BTreeSet<&Key> = old.things.keys().chain(new.things.keys()).collect();
    for key in &keys {
        comparison.renamed(key);
    }
    for key in keys {
        comparison.thing(key);
    }
    comparison.changes.sort_by(|one, other| one.key.cmp(&other.key));
    comparison.changes
}

/// Two surfaces, and what was found so far.
struct Comparison<'a> {
    old: &'a Surface,
    new: &'a Surface,
    /// Keys that a renaming already tells of: old names and new ones.
    renamed: BTreeSet<Key>,
    changes: Vec<Change>,
}

impl Comparison<'_> {
    fn thing(&mut self, key: &Key) {
        match (self.old.get(key), self.new.get(key)) {
            (Some(before), Some(after)) => self.facts(key, before, after, &[]),
            (None, Some(_)) if !self.is_told(key, self.old) => self.found(key, What::Added),
            (Some(_), None) if !self.is_told(key, self.new) => self.found(key, What::Removed),
            _ => {}
        }
    }

    /// Whether that a thing is missing on one side follows from another change: its owner is missing as well, or it was renamed.
    fn is_told(&self, key: &Key, missing_in: &Surface) -> bool {
        let owner = key.of_owner();
        self.renamed.contains(key) || owner != *key && missing_in.get(&owner).is_none()
    }

    /// Looks for the old name of a field that a reply now has under another, and keeps as an alias.
    fn renamed(&mut self, key: &Key) {
        let (Kind::Reply | Kind::Field, None, Some(after)) = (key.kind, self.old.get(key), self.new.get(key)) else {
            return;
        };
        let aliases = after.get("aliases").unwrap_or_default().split(' ');
        let mut old_keys = aliases.map(|alias| Key::member(key.kind, &key.owner, alias));
        let is_old = |old: &Key| self.new.get(old).is_none() && self.old.get(old).is_some();
        if let Some(old_key) = old_keys.find(is_old) {
            let before = self.old.get(&old_key).cloned().unwrap_or_default();
            self.renamed.extend([key.clone(), old_key.clone()]);
            self.found(key, What::Renamed { before: old_key.name });
            // Another name on the wire gives other public names, and the alias is how it was found.
            let after = after.clone();
            self.facts(key, &before, &after, &["aliases", "rust", "typescript", "python"]);
        }
    }

    fn facts(&mut self, key: &Key, before: &Facts, after: &Facts, without: &[&str]) {
        let names: BTreeSet<&str> = before.iter().chain(after.iter()).map(|(name, _)| name).collect();
        for fact in names.into_iter().filter(|name| !without.contains(name)) {
            let (old, new) = (before.get(fact), after.get(fact));
            if old != new && !follows(fact, before, after) {
                let what = What::Changed {
                    fact: fact.to_owned(),
                    before: old.map(str::to_owned),
                    after: new.map(str::to_owned),
                };
                self.found(key, what);
            }
        }
    }

    fn found(&mut self, key: &Key, what: What) {
        let rule = classify::rule(self.old, self.new, key, &what);
        let mut methods = self.old.methods_with(key);
        methods.extend(self.new.methods_with(key));
        self.changes.push(Change { key: key.clone(), what, rule, methods });
    }
}

/// Whether a fact only changed because another did, which is told instead.
fn follows(fact: &str, before: &Facts, after: &Facts) -> bool {
    let same = |fact: &str| before.get(fact) == after.get(fact);
    let on_both = |fact: &str| before.has(fact) && after.has(fact);
    let is_read = |facts: &Facts| facts.get("access") == Some("read");
    match fact {
        // Arguments come and go with parameters; only those that stay can change their order.
        "arguments" => {
            let (old, new) = (words(before, fact), words(after, fact));
            let stay = |these: &[String], those: &[String]| -> Vec<String> {
                these.iter().filter(|word| those.contains(word)).cloned().collect()
            };
            stay(&old, &new) == stay(&new, &old)
        }
        // Reading is idempotent, whatever else is.
        "idempotent" => is_read(before) != is_read(after),
        "batch.max" => !on_both("batch"),
        "paging.items" => !on_both("paging"),
        _ if fact.starts_with("paging.") => !on_both("paging") || !same("paging"),
        _ => false,
    }
}

fn words(facts: &Facts, fact: &str) -> Vec<String> {
    facts.get(fact).unwrap_or_default().split(' ').map(str::to_owned).collect()
}
