//! When two types are the same to whom: in JSON, and in the packages.

use crate::surface::{Key, Kind, Surface, names_in};

/// How one type follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Succession {
    /// Every package has the same type for both.
    Alike,
    /// The JSON is the same.
    Renamed,
    /// A text became a text or an object.
    Widened,
    /// Anything else.
    Changed,
}

/// Compares a type of one surface with one of another.
pub(super) fn succession(old: (&Surface, &str), new: (&Surface, &str)) -> Succession {
    if without_money(old.1) == without_money(new.1) {
        return Succession::Alike;
    }
    let (before, after) = (json(old.0, old.1, &mut Vec::new()), json(new.0, new.1, &mut Vec::new()));
    if before == after {
        return Succession::Renamed;
    }
    if before == "text" && after.starts_with("text_or(") { Succession::Widened } else { Succession::Changed }
}

/// Money and other decimals are one type everywhere; which of them it is tells people something.
fn without_money(ty: &str) -> String {
    ty.replace("money", "decimal")
}

/// A type with everything that has no trace in JSON taken out: names of types, and what decimals stand for.
fn json(surface: &Surface, ty: &str, within: &mut Vec<String>) -> String {
    let mut text = without_money(ty);
    let names: Vec<String> = names_in(ty).map(str::to_owned).collect();
    for name in names {
        let form = named(surface, &name, within);
        text = replace_word(&text, &name, &form);
    }
    text
}

fn named(surface: &Surface, name: &str, within: &mut Vec<String>) -> String {
    let key = Key::of(Kind::Type, name);
    let Some(facts) = surface.get(&key) else { return name.to_owned() };
    if let Some((scalar, _)) = facts.get("kind").and_then(|kind| kind.split_once(' ')) {
        return scalar.to_owned();
    }
    if let Some(depth) = within.iter().position(|outer| outer == name) {
        // An object inside of itself is the same wherever it is at the same depth.
        return format!("outer {depth}");
    }
    within.push(name.to_owned());
    let fields = surface.members(&key).map(|(key, facts)| {
        let required = if facts.has("required") { "!" } else { "" };
        format!("{}{required}:{}", key.name, json(surface, facts.get("type").unwrap_or_default(), within))
    });
    let fields = fields.collect::<Vec<_>>().join(",");
    within.pop();
    format!("{{{fields}}}")
}

/// Replaces a word where it stands alone.
fn replace_word(text: &str, word: &str, with: &str) -> String {
    let parts = text.split_inclusive(|c: char| !c.is_ascii_alphanumeric());
    let replaced = parts.map(|part| {
        let bare = part.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        if bare == word { format!("{with}{}", &part[bare.len()..]) } else { part.to_owned() }
    });
    replaced.collect()
}
