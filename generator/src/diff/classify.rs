//! Which rule a change falls under. Every change falls under one, and where something is both sent and received, under the graver.

use super::What;
use super::rules::{Rule, named};
use super::types::{Succession, succession};
use crate::surface::{Key, Kind, Surface};

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Request,
    Reply,
}

/// Two surfaces, and the thing in question as each of them has it.
struct Case<'a> {
    old: &'a Surface,
    new: &'a Surface,
    key: &'a Key,
}

/// The rule of a change.
pub(super) fn rule(old: &Surface, new: &Surface, key: &Key, what: &What) -> &'static Rule {
    let case = Case { old, new, key };
    let rules = case.sides().into_iter().map(|side| named(case.on(side, what)));
    // Of two the one that asks more of more packages; the first where they ask the same.
    let weight = |rule: &Rule| (rule.worst(), rule.steps.map(|step| step as u32).iter().sum::<u32>());
    rules.reduce(|one, other| if weight(other) > weight(one) { other } else { one }).unwrap_or_else(|| named("unknown"))
}

impl Case<'_> {
    /// The ways in which a thing goes; one of them where it does not matter.
    fn sides(&self) -> Vec<Side> {
        match self.key.kind {
            Kind::Reply => vec![Side::Reply],
            Kind::Type | Kind::Field | Kind::Value => {
                let is = |flag: &str| self.owner(self.old, flag).or(self.owner(self.new, flag)).is_some();
                match (is("sent"), is("received")) {
                    (true, false) => vec![Side::Request],
                    (false, true) => vec![Side::Reply],
                    _ => vec![Side::Request, Side::Reply],
                }
            }
            _ => vec![Side::Request],
        }
    }

    /// A fact of the method or type that the thing is or is part of.
    fn owner<'s>(&self, surface: &'s Surface, fact: &str) -> Option<&'s str> {
        surface.get(&self.key.of_owner())?.get(fact)
    }

    fn on(&self, side: Side, what: &What) -> &'static str {
        match what {
            What::Added => self.added(side),
            What::Removed => self.removed(side),
            What::Renamed { .. } => "reply-field-renamed",
            What::Changed { fact, before, after } => self.changed(side, fact, before.as_deref(), after.as_deref()),
        }
    }

    fn added(&self, side: Side) -> &'static str {
        let required = self.new.get(self.key).is_some_and(|facts| facts.has("required"));
        match (self.key.kind, side) {
            (Kind::Method, _) => "method-added",
            (Kind::Param | Kind::Reply | Kind::Field, Side::Request) if required => "request-required-field-added",
            (Kind::Param | Kind::Reply | Kind::Field, Side::Request) => "request-field-added",
            (Kind::Param | Kind::Reply | Kind::Field, Side::Reply) if required => "reply-identity-added",
            (Kind::Param | Kind::Reply | Kind::Field, Side::Reply) => "reply-field-added",
            (Kind::Type, _) => "type-added",
            (Kind::Value, _) => "value-added",
            (Kind::Error, _) => "error-added",
            (Kind::Group, _) => "group-added",
            (Kind::Api | Kind::Limit, _) => "unknown",
        }
    }

    fn removed(&self, side: Side) -> &'static str {
        match (self.key.kind, side) {
            (Kind::Method, _) => "method-removed",
            (Kind::Param | Kind::Reply | Kind::Field, Side::Request) => "request-field-removed",
            (Kind::Param | Kind::Reply | Kind::Field, Side::Reply) => "reply-field-removed",
            (Kind::Type, _) => "type-removed",
            (Kind::Value, Side::Request) if self.owner(self.old, "open").is_none() => "request-value-removed",
            (Kind::Value, _) => "value-removed",
            (Kind::Error, _) => "error-removed",
            (Kind::Group, _) => "group-removed",
            (Kind::Api | Kind::Limit, _) => "unknown",
        }
    }

    fn changed(&self, side: Side, fact: &str, before: Option<&str>, after: Option<&str>) -> &'static str {
        match (fact.split('.').next().unwrap_or(fact), self.key.kind) {
            ("rust", _) => "rust-name-changed",
            ("typescript", _) => "typescript-name-changed",
            ("python", _) => "python-name-changed",
            ("deprecated", _) if after.is_some() => "deprecated",
            ("deprecated", _) => "not-deprecated",
            ("arguments", _) => "arguments-reordered",
            ("is", Kind::Limit) => "limit-changed",
            ("is", Kind::Api) => "api-changed",
            ("retry", Kind::Error) => "error-retry-changed",
            (_, Kind::Method) => self.method(fact, before, after),
            (_, Kind::Type) => self.type_fact(side, fact, after),
            (_, Kind::Param | Kind::Reply | Kind::Field) => self.field(side, fact, before, after),
            _ => "unknown",
        }
    }

    fn method(&self, fact: &str, before: Option<&str>, after: Option<&str>) -> &'static str {
        match (fact, before, after) {
            ("access", Some("read"), _) => "method-not-read",
            ("access" | "idempotent", ..) => "access-changed",
            ("group", ..) => "group-changed",
            ("require_one_of", ..) => self.alternatives(),
            ("batch", None, _) => "batch-added",
            ("batch", _, None) => "batch-removed",
            ("batch" | "batch.max", ..) => "batch-changed",
            ("paging", None, _) => "paging-added",
            ("paging", _, None) => "paging-removed",
            ("paging.items", ..) => "paging-items-changed",
            _ if fact.starts_with("paging") => "paging-changed",
            _ => "unknown",
        }
    }

    /// Whether every call that was accepted still is: each set that must be met now was part of one that had to be before.
    fn alternatives(&self) -> &'static str {
        let sets = |surface: &Surface| -> Vec<Vec<String>> {
            let sets = self.owner(surface, "require_one_of").unwrap_or_default().split_whitespace();
            sets.map(|set| set.split('|').map(str::to_owned).collect()).collect()
        };
        let (before, after) = (sets(self.old), sets(self.new));
        let follows = |new: &Vec<String>| before.iter().any(|old| old.iter().all(|name| new.contains(name)));
        if after.iter().all(follows) { "alternatives-loosened" } else { "alternatives-tightened" }
    }

    fn type_fact(&self, side: Side, fact: &str, after: Option<&str>) -> &'static str {
        let is_enum = self.owner(self.new, "kind").is_some_and(|kind| kind != "object");
        match fact {
            "kind" => "type-kind-changed",
            "pattern" if side == Side::Request => "request-pattern-changed",
            "pattern" => "reply-limit-changed",
            "open" if is_enum && after.is_some() => "enum-opened",
            "open" if is_enum => "enum-closed",
            "open" if after.is_some() => "object-opened",
            "open" => "object-closed",
            "sent" | "received" if after.is_some() => "type-use-added",
            "sent" | "received" => "type-use-removed",
            _ => "unknown",
        }
    }

    fn field(&self, side: Side, fact: &str, before: Option<&str>, after: Option<&str>) -> &'static str {
        match (fact, side) {
            ("type", _) => self.type_of_field(side, before.unwrap_or_default(), after.unwrap_or_default()),
            ("required", Side::Request) if after.is_some() => "request-became-required",
            ("required", Side::Request) => "request-became-optional",
            ("required", Side::Reply) if after.is_some() => "reply-became-required",
            ("required", Side::Reply) => "reply-became-optional",
            ("max_length" | "min" | "max" | "max_items" | "max_bytes", Side::Request) => {
                limit(fact == "min", before, after)
            }
            ("max_length" | "min" | "max" | "max_items" | "max_bytes", Side::Reply) => "reply-limit-changed",
            ("default", _) => "default-changed",
            ("unit", _) => "unit-changed",
            ("only_with", _) => "only-with-changed",
            ("aliases", _) => aliases(before, after),
            _ => "unknown",
        }
    }

    fn type_of_field(&self, side: Side, before: &str, after: &str) -> &'static str {
        match (succession((self.old, before), (self.new, after)), side) {
            (Succession::Alike, _) => "type-alike",
            (Succession::Renamed, Side::Request) => "request-type-renamed",
            (Succession::Renamed, Side::Reply) => "reply-type-renamed",
            (Succession::Widened, Side::Request) => "request-type-widened",
            (Succession::Changed, Side::Request) => "request-type-changed",
            (Succession::Widened | Succession::Changed, Side::Reply) => "reply-type-changed",
        }
    }
}

/// Whether a limit of what is sent lets more through or less; no limit lets everything through.
fn limit(is_lower: bool, before: Option<&str>, after: Option<&str>) -> &'static str {
    let number = |limit: &str| limit.parse::<f64>().ok();
    let tighter = match (before.and_then(number), after.and_then(number)) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(before), Some(after)) => (after < before) != is_lower,
    };
    if tighter { "request-limit-tightened" } else { "request-limit-loosened" }
}

fn aliases(before: Option<&str>, after: Option<&str>) -> &'static str {
    let after: Vec<&str> = after.unwrap_or_default().split(' ').collect();
    let kept = before.is_none_or(|before| before.split(' ').all(|alias| after.contains(&alias)));
    if kept { "alias-added" } else { "alias-removed" }
}
