//! Takes the differences that are meant out of those that were found, and finds exceptions that do not hold any more.

use super::compare::Comparison;
use super::{Difference, Exempted};
use crate::model::Api;
use crate::problem::{Place, Problem};
use crate::source::{DriftException, DriftFile, DriftSide, File};
use crate::suggest::did_you_mean;
use crate::upstream::Reading;

/// What is left after all exceptions: problems, for each exception the number of differences it is about, and the differences that
/// are not meant.
pub fn apply(
    api: &Api,
    reading: &Reading,
    file: &File<DriftFile>,
    comparison: Comparison,
) -> (Vec<Problem>, Vec<Exempted>, Vec<Difference>) {
    let Comparison { differences, mut problems, fields, .. } = comparison;
    let exceptions = &file.data.exceptions;
    let mut covered: Vec<Vec<&Difference>> = exceptions.iter().map(|_| Vec::new()).collect();
    let mut left: Vec<Difference> = Vec::new();
    for difference in &differences {
        match exceptions.iter().position(|exception| covers(exception, difference)) {
            Some(at) => covered[at].push(difference),
            None => {
                problems.push(difference.problem());
                left.push(Difference::clone(difference));
            }
        }
    }
    let mut exempted = Vec::new();
    for (at, (exception, covered)) in exceptions.iter().zip(covered).enumerate() {
        let place = Place::key(&file.path, ["exceptions", &at.to_string()]);
        let mut unknown = unknown_methods(exception, &place, api, reading);
        unknown.extend(unknown_fields(exception, &place, fields.iter()));
        if unknown.is_empty() {
            unknown = unused(exception, &place, &covered);
        }
        problems.extend(unknown);
        problems.extend(prose(exception, &place));
        exempted.push(Exempted { kind: exception.kind, differences: covered.len() });
    }
    (problems, exempted, left)
}

fn covers(exception: &DriftException, difference: &Difference) -> bool {
    exception.kind == difference.kind
        && in_methods(exception, &difference.method)
        && exception.side.is_none_or(|side| difference.side == Some(side))
        && in_fields(exception, &difference.field)
        && exception.spec == difference.spec
        && exception.upstream == difference.upstream
}

fn in_methods(exception: &DriftException, method: &str) -> bool {
    exception.methods.is_empty() || exception.methods.iter().any(|name| name == method)
}

fn in_fields(exception: &DriftException, path: &str) -> bool {
    match exception.fields.as_slice() {
        [] => path.is_empty(),
        patterns => patterns.iter().any(|pattern| fits(pattern, path)),
    }
}

/// Whether a path is one of those that a pattern means.
fn fits(pattern: &str, path: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == path };
    let Some(behind) = path.strip_prefix(start) else { return false };
    behind.char_indices().map(|(at, _)| at).chain([behind.len()]).any(|at| fits(rest, &behind[at..]))
}

const REMOVE: &str = "remove it";

fn unknown_methods(exception: &DriftException, place: &Place, api: &Api, reading: &Reading) -> Vec<Problem> {
    let known = |method: &str| api.methods.contains_key(method) || reading.methods.get(method).is_some();
    let unknown = exception.methods.iter().enumerate().filter(|(_, method)| !known(method));
    let one = |(at, method): (usize, &String)| {
        let help = did_you_mean(method, api.methods.keys().map(String::as_str)).unwrap_or_else(|| REMOVE.to_owned());
        problem("unknown-method", item(place, "methods", at), format!("no method is called `{method}`"), &help)
    };
    unknown.map(one).collect()
}

/// Patterns that mean no field of the spec and none of the public documentation.
fn unknown_fields<'a>(
    exception: &DriftException,
    place: &Place,
    fields: impl Iterator<Item = &'a (String, DriftSide, String)> + Clone,
) -> Vec<Problem> {
    let fields = fields
        .filter(|(method, side, _)| in_methods(exception, method) && exception.side.is_none_or(|own| own == *side));
    let unknown = |pattern: &str| !fields.clone().any(|(_, _, path)| fits(pattern, path));
    let unknown = exception.fields.iter().enumerate().filter(|(_, pattern)| unknown(pattern));
    let one = |(at, pattern): (usize, &String)| {
        let help = "a path is like `orders[].products[].sku`, with `{}` for what a map holds and `*` for anything";
        problem("unknown-field", item(place, "fields", at), format!("no field is called `{pattern}`"), help)
    };
    unknown.map(one).collect()
}

/// An exception that no difference needs, as a whole, for one of its methods or for one of its fields.
fn unused(exception: &DriftException, place: &Place, covered: &[&Difference]) -> Vec<Problem> {
    if covered.is_empty() {
        let message = "nothing differs in this way: the two agree, or an exception above says it already";
        return vec![problem("unused-exception", place.clone(), message.to_owned(), REMOVE)];
    }
    let mut problems = Vec::new();
    let mut idle = |list, at, name| {
        let message = format!("nothing of `{name}` differs in this way");
        problems.push(problem("unused-exception", item(place, list, at), message, REMOVE));
    };
    for (at, method) in exception.methods.iter().enumerate() {
        if covered.iter().all(|difference| difference.method != *method) {
            idle("methods", at, method);
        }
    }
    for (at, pattern) in exception.fields.iter().enumerate() {
        if !covered.iter().any(|difference| fits(pattern, &difference.field)) {
            idle("fields", at, pattern);
        }
    }
    problems
}

/// A reason is a sentence, and a link an address.
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

fn item(place: &Place, list: &str, at: usize) -> Place {
    place.below(list).below(&at.to_string()).value()
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
