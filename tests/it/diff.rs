//! What changed between two surfaces: `diff/<case>.case` gives `diff/<case>.txt`, to the letter. In a case, lines with `-` are
//! before, lines with `+` after, and the others both.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use generator::diff::{self, PACKAGES, RULES, Report, Step};
use generator::surface::{Facts, Key, Kind, Surface};

use crate::cases;

fn report(case: &Path) -> Report {
    let text = fs::read_to_string(case).expect("a readable case");
    let side = |sign: &str| {
        let lines = text.lines().filter_map(|line| line.strip_prefix(sign).or_else(|| line.strip_prefix("  ")));
        let surface = Surface::parse(&lines.collect::<Vec<_>>().join("\n"));
        surface.unwrap_or_else(|error| panic!("{}: {error}", case.display()))
    };
    Report::new(("before", &side("- ")), ("after", &side("+ ")))
}

#[test]
fn changes_are_told_once_and_classified() {
    let mut seen = BTreeSet::new();
    let failures: Vec<String> = cases::files("diff", "case")
        .iter()
        .filter_map(|case| {
            let report = report(case);
            seen.extend(report.changes.iter().map(|change| change.rule.id));
            cases::compare(&case.with_extension("txt"), &format!("{report}\n")).err()
        })
        .collect();
    cases::report(&failures);
    let unseen: Vec<&str> = RULES.iter().map(|rule| rule.id).filter(|id| !seen.contains(id)).collect();
    assert!(unseen.is_empty(), "no case in tests/diff has these rules: {unseen:?}");
}

#[test]
fn release_notes_and_programs_get_the_same() {
    let report = report(&cases::root().join("tests/diff/replies.case"));
    let schemas = PACKAGES.iter().position(|package| *package == "schemas");
    let markdown = format!("{}\n## Only for schemas\n\n{}", report.markdown(None), report.markdown(schemas));
    let folder = cases::root().join("tests/diff");
    let failures = [
        cases::compare(&folder.join("replies.md"), &markdown),
        cases::compare(&folder.join("replies.json"), &format!("{:#}\n", report.json())),
    ];
    cases::report(&failures.into_iter().filter_map(Result::err).collect::<Vec<_>>());
}

#[test]
fn the_rules_are_documented() {
    let path = cases::root().join("docs/change-rules.md");
    let text = fs::read_to_string(&path).expect("a readable file");
    let (head, _) = text.split_once("| rule |").expect("a table");
    cases::report(&cases::compare(&path, &format!("{head}{}", diff::table())).err().into_iter().collect::<Vec<_>>());
}

#[test]
fn every_rule_has_a_name_of_its_own() {
    let names: BTreeSet<&str> = RULES.iter().map(|rule| rule.id).collect();
    assert_eq!(names.len(), RULES.len());
}

/// The surface of the real spec.
fn real() -> Surface {
    let source = generator::source::load(&cases::root().join("spec")).unwrap_or_else(|problems| panic!("{problems}"));
    generator::surface::of(&generator::check::run(&source).unwrap_or_else(|problems| panic!("{problems}")))
}

#[test]
fn the_real_surface_survives_being_written() {
    let surface = real();
    assert!(Surface::parse(&surface.print()).as_ref() == Ok(&surface));
}

/// Of the surfaces of all cases and of a part of the real one, every thing is taken away and added, and every fact of it is
/// changed: each is exactly one change, of that thing. Only `arguments` may stay silent: they come and go with parameters.
#[test]
fn no_change_goes_unnoticed() {
    let mut sparse = 0;
    let real = real();
    let sample = |_: &Key| {
        sparse += 1;
        sparse % 397 == 0
    };
    let mut tried = every_change(&real, sample);
    for case in cases::files("diff", "case") {
        let text = fs::read_to_string(&case).expect("a readable case");
        for sign in ["- ", "+ "] {
            let lines = text.lines().filter_map(|line| line.strip_prefix(sign).or_else(|| line.strip_prefix("  ")));
            let surface = Surface::parse(&lines.collect::<Vec<_>>().join("\n")).expect("a sound case");
            tried += every_change(&surface, |_| true);
        }
    }
    assert!(tried > 1000, "only {tried} changes were tried");
}

fn every_change(surface: &Surface, mut sample: impl FnMut(&Key) -> bool) -> usize {
    let mut tried = 0;
    for (key, facts) in surface.things.iter().filter(|(key, _)| sample(key)) {
        let mut without = surface.clone();
        without.things.remove(key);
        tried += is_noticed(surface, &without, key, "all of it");
        for (name, value) in facts.iter().chain([("unheard_of", "0")]) {
            for replaced in [None, Some(""), Some("1"), Some("a b")].into_iter().filter(|new| *new != Some(value)) {
                let mut changed = Facts::default();
                for (fact, old) in facts.iter().filter(|(fact, _)| *fact != name) {
                    changed.set(fact, old);
                }
                if let Some(new) = replaced {
                    changed.set(name, new);
                }
                let mut other = surface.clone();
                other.things.insert(key.clone(), changed);
                if name != "arguments" && (replaced.is_some() || name != "unheard_of") {
                    tried += is_noticed(surface, &other, key, name);
                }
            }
        }
    }
    tried
}

/// Both ways.
fn is_noticed(one: &Surface, other: &Surface, key: &Key, what: &str) -> usize {
    for (old, new) in [(one, other), (other, one)] {
        let changes = diff::between(old, new);
        let told: Vec<String> = changes.iter().map(diff::Change::sentence).collect();
        assert!(changes.len() == 1 && changes[0].key == *key, "{key}, {what}: {told:?}");
        assert!(changes[0].rule.worst() > Step::None, "{key}, {what}: {told:?}");
    }
    2
}

#[test]
fn methods_are_named_that_reach_a_type() {
    let surface = real();
    let key = Key::of(Kind::Type, "OrderId");
    let methods = surface.methods_with(&key);
    assert!(methods.contains("getOrders") && methods.len() > 10, "{methods:?}");
    let all: BTreeSet<String> =
        surface.things.keys().filter(|key| key.kind == Kind::Method).map(|key| key.owner.clone()).collect();
    assert!(methods.is_subset(&all));
    let unused = surface.things.keys().find(|key| key.kind == Kind::Type && surface.methods_with(key).is_empty());
    assert_eq!(unused, None, "the spec has no type that nothing uses");
}
