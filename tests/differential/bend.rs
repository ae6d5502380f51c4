//! Bends a reply at random, by the types of the spec: as live replies are bent, and further.

use generator::model::{Api, Field, Type, TypeKind};

use crate::dice::Dice;
use crate::node::Node;
use crate::odd;

/// How much rarer what a reply cannot do without is bent: nothing else of such a reply would be seen.
const RARER: usize = 12;

/// Keys of the envelope, which are never what they seem in the outermost object.
const ENVELOPE: &[&str] = &["status", "error_code", "error_message"];

pub struct Bender<'a> {
    pub api: &'a Api,
    pub dice: &'a mut Dice,
    /// How many of a thousand values are bent.
    pub per_mille: usize,
}

impl Bender<'_> {
    /// Bends the fields of a whole reply.
    pub fn reply(&mut self, fields: &[Field], entries: &mut Vec<(String, Node)>) {
        self.object(fields, entries, ENVELOPE);
    }

    fn object(&mut self, fields: &[Field], entries: &mut Vec<(String, Node)>, taken: &[&str]) {
        for field in fields {
            let hits = if field.required { self.per_mille.div_ceil(RARER) } else { self.per_mille };
            let Some(at) = entries.iter().position(|(key, _)| *key == field.wire) else { continue };
            if self.dice.per_mille(hits / 4) {
                entries.remove(at);
                continue;
            }
            // Of doubled keys the last one counts; with several names it is not as simple.
            if field.aliases.is_empty() && self.dice.per_mille(hits / 8) {
                entries.insert(at, entries[at].clone());
            }
            self.rename(field, entries);
            let last = entries.iter_mut().rfind(|(key, _)| *key == field.wire || field.aliases.contains(key));
            if let Some((_, value)) = last {
                self.value(&field.ty, value, hits);
            }
        }
        let is_known =
            |key: &str| fields.iter().any(|field| field.wire == key || field.aliases.iter().any(|a| a == key));
        if self.dice.per_mille(self.per_mille) {
            let (key, value) = (self.dice.pick(odd::KEYS), self.dice.pick(odd::EXTRA));
            if !is_known(key) && !taken.contains(&key) {
                entries.insert(self.dice.below(entries.len() + 1), (key.to_owned(), Node::raw(value)));
            }
        }
        if self.dice.per_mille(self.per_mille) {
            self.dice.shuffle(entries);
        }
    }

    /// Calls a field by another of its names, or by both.
    fn rename(&mut self, field: &Field, entries: &mut Vec<(String, Node)>) {
        if field.aliases.is_empty() || !self.dice.per_mille(300) {
            return;
        }
        let alias = self.dice.pick(&field.aliases);
        if let Some(at) = entries.iter().rposition(|(key, _)| *key == field.wire) {
            let value = entries[at].1.clone();
            match self.dice.below(3) {
                0 => entries.push((alias, value)),
                1 => entries.push((alias, Node::raw("\"\""))),
                _ => entries[at].0 = alias,
            }
        }
    }

    fn value(&mut self, ty: &Type, node: &mut Node, hits: usize) {
        if self.dice.per_mille(hits) {
            let own = odd::of(self.api, ty);
            let any = !odd::is_free(ty) && self.dice.per_mille(250);
            *node = Node::raw(self.dice.pick(if any { odd::ANY } else { own }));
            return;
        }
        match (ty, &mut *node) {
            (Type::List(item), Node::List(items)) => self.items(item, items),
            (Type::Map(key, item), Node::Object(entries)) => self.entries(key, item, entries),
            (Type::TextOr(item), node @ Node::Object(_)) => self.value(item, node, hits),
            (Type::Named(name), Node::Object(entries)) => {
                if let TypeKind::Object { fields, .. } = &self.api.type_def(name).kind {
                    self.object(fields, entries, &[]);
                }
            }
            (Type::Int | Type::Decimal | Type::Money | Type::Timestamp, node) => self.as_text(node),
            _ => {}
        }
        self.reshape(ty, node, hits);
    }

    /// A number as a text, which is no rarity.
    fn as_text(&mut self, node: &mut Node) {
        if let Node::Raw(text) = node
            && self.dice.per_mille(200)
        {
            *node = Node::Text(std::mem::take(text));
        }
    }

    fn items(&mut self, item: &Type, items: &mut Vec<Node>) {
        for node in &mut *items {
            self.value(item, node, self.per_mille.div_ceil(4));
        }
        if !odd::is_free(item) && self.dice.per_mille(self.per_mille) {
            let stranger = Node::raw(self.dice.pick(odd::ANY));
            items.insert(self.dice.below(items.len() + 1), stranger);
        }
    }

    fn entries(&mut self, key: &Type, item: &Type, entries: &mut Vec<(String, Node)>) {
        for (_, node) in &mut *entries {
            self.value(item, node, self.per_mille);
        }
        if !entries.is_empty() && self.dice.per_mille(self.per_mille) {
            let value = self.dice.pick(entries).1;
            let keys = if *key == Type::Text { odd::KEYS } else { odd::NUMBER_KEYS };
            let at = self.dice.below(entries.len() + 1);
            entries.insert(at, (self.dice.pick(keys).to_owned(), value));
        }
    }

    /// Lists as maps, maps as lists, and a list of one as its item.
    fn reshape(&mut self, ty: &Type, node: &mut Node, hits: usize) {
        if !self.dice.per_mille(hits) {
            return;
        }
        let reshaped = match (ty, &mut *node) {
            (Type::List(_), Node::List(items)) if items.len() == 1 && self.dice.per_mille(300) => items.pop(),
            (Type::List(_), Node::List(items)) => {
                let (first, step) = (self.dice.below(3), 1 + self.dice.below(2));
                let keys = (0..).map(|at| (first + at * step).to_string());
                let mut entries: Vec<_> = keys.zip(std::mem::take(items)).collect();
                if self.dice.per_mille(200) {
                    entries.reverse();
                }
                Some(Node::Object(entries))
            }
            (Type::Map(..), Node::Object(entries)) => {
                Some(Node::List(std::mem::take(entries).into_iter().map(|(_, value)| value).collect()))
            }
            _ => None,
        };
        if let Some(reshaped) = reshaped {
            *node = reshaped;
        }
    }
}
