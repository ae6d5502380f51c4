//! The surface: all that a program can come to rely on, on the wire and in every language, one line for each thing.
//!
//! It is made of an [`Api`](crate::model::Api), kept as text for each changelog date, and two of them can be compared.

mod build;
mod held;
mod names;
mod snapshots;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

pub use build::of;
pub use snapshots::{FOLDER, Snapshot, State, Status, snapshots, state};

/// Everything that a program can rely on.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Surface {
    /// What is there, and what is true of it.
    pub things: BTreeMap<Key, Facts>,
}

/// The name of one thing: `param getOrders.id_from`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    part: Part,
    /// The method, the type, or the thing itself where it belongs to nothing.
    pub owner: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// The field or value in its owner, by its name on the wire; empty for the owner itself.
    pub name: String,
}

/// The parts of the text, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Api,
    Limits,
    Errors,
    Groups,
    Methods,
    Types,
}

/// What kind of thing something is; within its owner things stand in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A fact about the API as a whole.
    Api,
    /// A part of the budget of a token.
    Limit,
    /// An error code.
    Error,
    /// A group of methods.
    Group,
    /// A method.
    Method,
    /// A parameter of a method.
    Param,
    /// A field of a method's reply.
    Reply,
    /// A named type.
    Type,
    /// A field of an object.
    Field,
    /// A value of an enum.
    Value,
}

/// All kinds, with the word that stands for each in the text.
const KINDS: [(Kind, &str); 10] = [
    (Kind::Api, "api"),
    (Kind::Limit, "limit"),
    (Kind::Error, "error"),
    (Kind::Group, "group"),
    (Kind::Method, "method"),
    (Kind::Param, "param"),
    (Kind::Reply, "reply"),
    (Kind::Type, "type"),
    (Kind::Field, "field"),
    (Kind::Value, "value"),
];

impl Kind {
    /// The word that stands for it in the text.
    #[must_use]
    pub fn word(self) -> &'static str {
        KINDS.iter().find(|(kind, _)| *kind == self).map_or("", |(_, word)| word)
    }

    /// Whether such a thing is inside of another.
    fn is_member(self) -> bool {
        matches!(self, Self::Param | Self::Reply | Self::Field | Self::Value)
    }

    /// The kind of the thing that such a thing is inside of.
    #[must_use]
    pub fn owner(self) -> Self {
        match self {
            Self::Param | Self::Reply => Self::Method,
            Self::Field | Self::Value => Self::Type,
            other => other,
        }
    }

    fn part(self) -> Part {
        match self {
            Self::Method | Self::Param | Self::Reply => Part::Methods,
            Self::Type | Self::Field | Self::Value => Part::Types,
            Self::Api => Part::Api,
            Self::Limit => Part::Limits,
            Self::Error => Part::Errors,
            Self::Group => Part::Groups,
        }
    }
}

impl Key {
    /// The key of something that is inside of nothing else.
    #[must_use]
    pub fn of(kind: Kind, owner: &str) -> Self {
        Self::member(kind, owner, "")
    }

    /// The key of something inside of a method or a type.
    #[must_use]
    pub fn member(kind: Kind, owner: &str, name: &str) -> Self {
        Self { part: kind.part(), owner: owner.to_owned(), kind, name: name.to_owned() }
    }

    /// The key of the method or type that it is inside of; its own where there is none.
    #[must_use]
    pub fn of_owner(&self) -> Self {
        if self.kind.is_member() { Self::of(self.kind.owner(), &self.owner) } else { self.clone() }
    }
}

/// In words for people: ``getOrders, parameter `id_from` ``.
impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let Self { owner, name, .. } = self;
        match self.kind {
            Kind::Api => write!(formatter, "the API, {owner}"),
            Kind::Limit => write!(formatter, "the limit {owner}"),
            Kind::Error => write!(formatter, "the error code {owner}"),
            Kind::Group => write!(formatter, "the group {owner}"),
            Kind::Method => formatter.write_str(owner),
            Kind::Param => write!(formatter, "{owner}, parameter `{name}`"),
            Kind::Reply => write!(formatter, "{owner}, reply field `{name}`"),
            Kind::Type => write!(formatter, "the type {owner}"),
            Kind::Field => write!(formatter, "{owner}, field `{name}`"),
            Kind::Value => write!(formatter, "{owner}, value `{name}`"),
        }
    }
}

/// What is true of a thing: facts by name, in the order in which they are written. A flag has an empty value.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Facts(Vec<(String, String)>);

impl Facts {
    /// The value of a fact.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(found, _)| found == name).map(|(_, value)| value.as_str())
    }

    /// Whether a flag is set, or a fact known.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// Names and values in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Adds a fact.
    pub fn set(&mut self, name: impl Into<String>, value: impl fmt::Display) {
        self.0.push((name.into(), value.to_string()));
    }

    /// Adds a fact where there is something to say.
    fn set_some(&mut self, name: &str, value: Option<impl fmt::Display>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Adds a flag where it is set.
    fn flag(&mut self, name: &str, is_set: bool) {
        if is_set {
            self.set(name, "");
        }
    }
}

impl Surface {
    /// What is true of a thing, if it is there.
    #[must_use]
    pub fn get(&self, key: &Key) -> Option<&Facts> {
        self.things.get(key)
    }

    /// The things inside of a method or a type.
    pub fn members(&self, owner: &Key) -> impl Iterator<Item = (&Key, &Facts)> {
        let found = self.things.range(owner..).skip(1);
        found.take_while(move |(key, _)| key.part == owner.part && key.owner == owner.owner)
    }

    /// The methods that something is part of: a method's own things, and whatever reaches a type.
    #[must_use]
    pub fn methods_with(&self, key: &Key) -> BTreeSet<String> {
        if key.part != Part::Types {
            return if key.part == Part::Methods { BTreeSet::from([key.owner.clone()]) } else { BTreeSet::new() };
        }
        let mut types = BTreeSet::from([key.owner.clone()]);
        loop {
            let before = types.len();
            let holders = self.things.iter().filter(|(key, facts)| key.kind == Kind::Field && names_any(facts, &types));
            let holders: Vec<String> = holders.map(|(key, _)| key.owner.clone()).collect();
            types.extend(holders);
            if types.len() == before {
                break;
            }
        }
        let sides = self.things.iter().filter(|(key, _)| matches!(key.kind, Kind::Param | Kind::Reply));
        sides.filter(|(_, facts)| names_any(facts, &types)).map(|(key, _)| key.owner.clone()).collect()
    }
}

/// The named types in a type, such as `map(WarehouseCode, list(Price))`.
pub fn names_in(ty: &str) -> impl Iterator<Item = &str> {
    ty.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn names_any(facts: &Facts, types: &BTreeSet<String>) -> bool {
    facts.get("type").is_some_and(|ty| names_in(ty).any(|name| types.contains(name)))
}
