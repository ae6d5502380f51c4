//! Stage 2, check: a source becomes an [`Api`], or all that is wrong with it is told at once.
//!
//! Each family of rules has a file of its own; this one lists them.

mod api;
mod changelog;
mod docs;
mod examples;
mod fields;
mod methods;
mod names;
mod releases;
mod types;
mod usage;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Api;
use crate::problem::{Place, Problem, Problems};
use crate::source::Source;

/// Checks a source.
///
/// # Errors
///
/// Every rule that is broken, with its place.
pub fn run(source: &Source) -> Result<Api, Problems> {
    let mut check = Check::new(source);
    let types = types::check(&mut check, source);
    let methods = methods::check(&mut check, source);
    let mut api = api::check(&mut check, source, methods, types);
    api.changelog = changelog::check(&mut check, source);
    api.releases = releases::check(&mut check, source);
    if check.problems.is_empty() {
        // These look at the whole, which makes sense once every part is sound.
        usage::check(&mut check, &mut api);
        examples::check(&mut check, &api);
        names::check(&mut check, &api);
    }
    if check.problems.is_empty() { Ok(api) } else { Err(Problems::new(check.problems, source.texts.clone())) }
}

/// What every rule needs: where problems go, and which names there are.
struct Check {
    problems: Vec<Problem>,
    /// Wire names of all methods.
    methods: BTreeSet<String>,
    /// Names of all types, with their files.
    types: BTreeMap<String, TypeName>,
    units: BTreeMap<String, String>,
    changelog_date: String,
}

/// What is known of a type before its fields are looked at.
struct TypeName {
    /// Whether it can be the key of a map: an identifier or an enum.
    is_key: bool,
}

impl Check {
    fn new(source: &Source) -> Self {
        let types = source.types.iter().flat_map(|file| file.data.types.iter());
        let is_key = |ty: &crate::source::TypeSource| ty.id.is_some() || ty.enumeration.is_some();
        let units = source.api.data.units.iter();
        Self {
            problems: Vec::new(),
            methods: source.methods.iter().flat_map(|file| file.data.methods.keys()).map(String::from).collect(),
            types: types.map(|(name, ty)| (name.to_owned(), TypeName { is_key: is_key(ty) })).collect(),
            units: units.map(|(name, long)| (name.to_owned(), long.clone())).collect(),
            changelog_date: source.api.data.changelog_date.clone(),
        }
    }

    fn problem(&mut self, code: &'static str, place: Place, message: impl Into<String>) {
        self.problems.push(Problem { code, message: message.into(), place, help: None });
    }

    fn problem_with_help(
        &mut self,
        code: &'static str,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.problems.push(Problem { code, message: message.into(), place, help: Some(help.into()) });
    }
}
