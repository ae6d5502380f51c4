//! Rules for docs: there, in whole sentences, with links that lead somewhere.

use super::Check;
use crate::problem::Place;
use crate::suggest::did_you_mean;
use crate::text::{self, Piece};

/// The greatest length of the first sentence of a method's or a type's doc, which lists show alone.
const LONGEST_SUMMARY: usize = 140;

/// Checks the doc at a place; it comes back cleaned of line breaks inside paragraphs.
pub(super) fn check(check: &mut Check, place: &Place, doc: &str) -> String {
    let place = place.clone().value();
    let doc = doc.trim();
    if doc.is_empty() {
        check.problem_with_help("missing-doc", place, "the doc is empty", "say what it means, in whole sentences");
        return String::new();
    }
    for paragraph in text::paragraphs(doc) {
        if !paragraph.ends_with(['.', ':']) {
            let end: String = paragraph.chars().rev().take(20).collect::<Vec<_>>().into_iter().rev().collect();
            let last_word = paragraph.rsplit(' ').next().unwrap_or_default();
            let place = place.clone().word(last_word);
            check.problem("doc-full-stop", place, format!("the doc ends without a full stop: `…{end}`"));
            break;
        }
    }
    for marker in ["TODO", "FIXME", "XXX"] {
        if doc.contains(marker) {
            check.problem("doc-unfinished", place.clone(), format!("the doc is not finished: it has `{marker}`"));
        }
    }
    for piece in text::pieces(doc) {
        match piece {
            Piece::Link(name) => link(check, &place, name),
            Piece::Plain(plain) if plain.contains(['[', ']', '<', '>']) => {
                let message = format!("brackets must stand in backticks: `{}`", plain.trim());
                let help = "a link is one name in square brackets, `[getOrders]`";
                let word = plain.split_whitespace().find(|word| word.contains(['[', ']', '<', '>']));
                let place = place.clone().word(word.unwrap_or_default());
                check.problem_with_help("doc-brackets", place, message, help);
            }
            Piece::Plain(plain) if bare_name(plain).is_some() => {
                let name = bare_name(plain).unwrap_or_default();
                let place = place.clone().word(name);
                check.problem("doc-backticks", place, format!("names stand in backticks: `{name}`"));
            }
            Piece::Unclosed => check.problem("doc-backtick", place.clone(), "a backtick has no partner"),
            Piece::Plain(_) | Piece::Code(_) => {}
        }
    }
    doc.to_owned()
}

/// Checks the doc of something that lists show by its first sentence.
pub(super) fn check_with_summary(check: &mut Check, place: &Place, doc: &str) -> String {
    let doc = self::check(check, place, doc);
    let summary = text::summary(&doc);
    if summary.chars().count() > LONGEST_SUMMARY {
        let message = format!(
            "the first sentence has {} characters; lists show it alone, so {LONGEST_SUMMARY} at most",
            summary.chars().count()
        );
        check.problem("doc-summary", place.clone().value(), message);
    }
    doc
}

/// A word that is a name of the API and not marked as one.
fn bare_name(plain: &str) -> Option<&str> {
    let words = plain.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_'));
    words.into_iter().find(|word| word.contains('_'))
}

fn link(check: &mut Check, place: &Place, name: &str) {
    if check.methods.contains(name) || check.types.contains_key(name) {
        return;
    }
    let known = check.methods.iter().chain(check.types.keys()).map(String::as_str);
    let help = did_you_mean(name, known).unwrap_or_else(|| "put it into backticks if it is not meant as a link".into());
    let place = place.clone().word(format!("[{name}]"));
    check.problem_with_help("unknown-link", place, format!("no method or type is called `{name}`"), help);
}
