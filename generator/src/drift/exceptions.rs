//! Takes the differences that are meant out of those that were found, and finds exceptions that do not hold any more.

use super::compare::Comparison;
use super::{Difference, Exempted};
use crate::model::Api;
use crate::problem::{Place, Problem};
use crate::source::{DriftException, File};
use crate::suggest::did_you_mean;
use crate::source::DriftFile;
use crate::upstream::Reading;

/// What is left after all exceptions: problems, and for each exception the number of differences it is about.
pub fn apply(
    api: &Api,
    reading: &Reading,
    file: &File<DriftFile>,
    comparison: Comparison,
) -> (Vec<Problem>, Vec<Exempted>) {
    let mut problems = comparison.problems;
    let (differences, fields) = (comparison.differences, comparison.fields);
    let exceptions = &file.data.exceptions;
    let mut matched: Vec<Vec<&Difference>> = exceptions.iter().map(|_| Vec::new()).collect();
    for difference in &differences {
        match exceptions.iter().position(|exception| covers(exception, difference)) {
            Some(at) => matched[at].push(difference),
            None => problems.push(difference.problem()),
        }
    }
    let mut exempted = Vec::new();
    for (at, (exception, matched)) in exceptions.iter().zip(matched).enumerate() {
        let place = Place::key(&file.path, ["exceptions", &at.to_string()]);
        let known = |method: &str| api.methods.contains_key(method) || reading.methods.get(method).is_some();
        let unknown = unknown_methods(exception, &place, api, known);
        let there = |(method, side, path): &(String, _, String)| {
            in_methods(exception, method) && exception.side.is_none_or(|own| own == *side) && fits(&exception.field, path)
        };
        if !unknown.is_empty() {
            problems.extend(unknown);
        } else if !exception.field.is_empty() && !fields.iter().any(there) {
            let message = format!("no field is called `{}` there", exception.field);
            problems.push(problem("unknown-field", place.below("field").value(), message, PATHS));
        } else {
            problems.extend(unused(exception, &place, &matched));
        }
        problems.extend(prose(exception, &place));
        exempted.push(Exempted { kind: exception.kind, differences: matched.len() });
    }
    (problems, exempted)
}

const PATHS: &str = "a path is like `orders[].products[].sku`, with `{}` for the items of a map and `*` for anything";

fn covers(exception: &DriftException, difference: &Difference) -> bool {
    exception.kind == difference.kind
        && in_methods(exception, &difference.method)
        && exception.side.is_none_or(|side| difference.side == Some(side))
        && fits(&exception.field, &difference.field)
        && exception.spec == difference.spec
        && exception.upstream == difference.upstream
}

fn in_methods(exception: &DriftException, method: &str) -> bool {
    exception.methods.is_empty() || exception.methods.iter().any(|name| name == method)
}

/// Whether a path is one of those that a pattern means.
fn fits(pattern: &str, path: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == path };
    let Some(behind) = path.strip_prefix(start) else { return false };
    behind.char_indices().map(|(at, _)| at).chain([behind.len()]).any(|at| fits(rest, &behind[at..]))
}

fn unknown_methods(
    exception: &DriftException,
    place: &Place,
    api: &Api,
    known: impl Fn(&str) -> bool,
) -> Vec<Problem> {
    let unknown = exception.methods.iter().enumerate().filter(|(_, method)| !known(method));
    let one = |(at, method): (usize, &String)| {
        let place = place.below("methods").below(&at.to_string()).value();
        let help = did_you_mean(method, api.methods.keys().map(String::as_str)).unwrap_or_else(|| REMOVE.to_owned());
        problem("unknown-method", place, format!("no method is called `{method}`"), &help)
    };
    unknown.map(one).collect()
}

const REMOVE: &str = "remove it";

/// An exception that no difference needs, as a whole or for one of its methods.
fn unused(exception: &DriftException, place: &Place, matched: &[&Difference]) -> Vec<Problem> {
    if matched.is_empty() {
        let message = "nothing differs in this way: the two agree, or an exception above says it already";
        return vec![problem("unused-exception", place.clone(), message.to_owned(), REMOVE)];
    }
    let idle = |method: &str| matched.iter().all(|difference| difference.method != method);
    let idle = exception.methods.iter().enumerate().filter(|(_, method)| idle(method));
    let one = |(at, method): (usize, &String)| {
        let place = place.below("methods").below(&at.to_string()).value();
        problem("unused-exception", place, format!("nothing of {method} differs in this way"), REMOVE)
    };
    idle.map(one).collect()
}

/// A reason is a sentence and a link an address.
fn prose(exception: &DriftException, place: &Place) -> Vec<Problem> {
    let mut problems = Vec::new();
    let reason = exception.reason.trim();
    if !reason.ends_with('.') || !reason.contains(' ') {
        let help = "say why the spec is right, as to somebody who sees the difference for the first time";
        let message = "the reason is no whole sentence".to_owned();
        problems.push(problem("bad-reason", place.below("reason").value(), message, help));
    }
    if let Some(link) = exception.link.as_ref().filter(|link| !link.starts_with("https://")) {
        let message = format!("`{link}` is not the address of a page");
        let help = "leave it out for the public page of the method";
        problems.push(problem("bad-link", place.below("link").value(), message, help));
    }
    problems
}

fn problem(code: &'static str, place: Place, message: String, help: &str) -> Problem {
    Problem { code, message, place, help: Some(help.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_anything() {
        let cases = [
            ("sku", "sku", true),
            ("sku", "products[].sku", false),
            ("*sku", "products[].sku", true),
            ("*.sku", "sku", false),
            ("products[].*_id", "products[].variant_id", true),
            ("products[].*_id", "products[].variant_ids", false),
            ("*", "", true),
            ("", "sku", false),
        ];
        for (pattern, path, expected) in cases {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }
}
