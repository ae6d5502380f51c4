//! Rules for `api.yaml`, and the whole put together.

use std::collections::BTreeMap;

use super::{Check, changelog, docs};
use crate::model::{Api, ErrorCode, Group, Method, Names, TypeDef};
use crate::problem::Place;
use crate::source::{Entries, Source};

const FILE: &str = "api.yaml";

/// Checks `api.yaml` and puts the model together.
pub(super) fn check(
    check: &mut Check,
    source: &Source,
    methods: BTreeMap<String, Method>,
    types: BTreeMap<String, TypeDef>,
) -> Api {
    let api = &source.api.data;
    changelog::is_date(check, &Place::key(FILE, ["changelog_date"]).value(), &api.changelog_date);
    for (key, link) in [("endpoint", &api.endpoint), ("page", &api.page), ("changelog_page", &api.changelog_page)] {
        if !link.starts_with("https://") {
            check.problem("bad-link", Place::key(FILE, [key]).value(), format!("`{link}` is not an https link"));
        }
    }
    if !api.page.contains("{method}") {
        let message = "the pattern has no `{method}` for the name of the method";
        check.problem("bad-link", Place::key(FILE, ["page"]).value(), message);
    }
    Api {
        changelog_date: api.changelog_date.clone(),
        endpoint: api.endpoint.clone(),
        token_header: api.token_header.clone(),
        changelog_page: api.changelog_page.clone(),
        limits: api.limits.clone(),
        errors: errors(check, source),
        groups: groups(check, source),
        names: names(source),
        changelog: Vec::new(),
        releases: Vec::new(),
        methods,
        types,
    }
}

fn errors(check: &mut Check, source: &Source) -> Vec<ErrorCode> {
    let errors = source.api.data.errors.iter();
    let checked = errors.map(|(code, error)| ErrorCode {
        code: code.to_owned(),
        doc: docs::check(check, &Place::key(FILE, ["errors", code, "doc"]), &error.doc),
        message: error.message.clone(),
        retry: error.retry,
    });
    checked.collect()
}

fn groups(check: &mut Check, source: &Source) -> Vec<Group> {
    let groups = source.api.data.groups.iter();
    let checked = groups.map(|(name, group)| {
        let place = Place::key(FILE, ["groups", name]);
        if source.methods.iter().all(|file| file.data.group != name) {
            check.problem("empty-group", place.clone(), format!("no file of methods/ belongs to the group `{name}`"));
        }
        let doc = docs::check(check, &place.below("doc"), &group.doc);
        Group { name: name.to_owned(), title: group.title.clone(), doc }
    });
    checked.collect()
}

fn names(source: &Source) -> Names {
    let table = |entries: &Entries<String>| entries.0.iter().cloned().collect::<BTreeMap<_, _>>();
    let names = &source.names.data;
    Names {
        words: names.words.0.clone(),
        rust: table(&names.rust),
        typescript: table(&names.typescript),
        python: table(&names.python),
    }
}
