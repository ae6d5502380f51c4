//! Rules for `releases.yaml`: known packages, versions that go down from the newest to the oldest.

use super::Check;
use crate::diff::PACKAGES;
use crate::model::Release;
use crate::problem::Place;
use crate::release::Version;
use crate::source::Source;

/// Checks `releases.yaml`.
pub(super) fn check(check: &mut Check, source: &Source) -> Vec<Release> {
    let file = &source.releases;
    let mut newer: [Option<Version>; PACKAGES.len()] = Default::default();
    let mut releases = Vec::new();
    for (at, release) in file.data.releases.iter().enumerate() {
        let place = Place::key(&file.path, ["releases", &at.to_string()]);
        for (name, package) in release.packages.iter() {
            let place = place.below("packages").below(name);
            let Some(known) = PACKAGES.iter().position(|package| *package == name) else {
                let help = format!("known are {}", PACKAGES.join(", "));
                check.problem_with_help("unknown-package", place, format!("no package is called `{name}`"), help);
                continue;
            };
            let place = place.below("version").value();
            match Version::parse(&package.version) {
                None => {
                    let message = format!("`{}` is not a version, such as 0.2.1", package.version);
                    check.problem("bad-version", place, message);
                }
                Some(version) if newer[known].is_some_and(|newer| newer <= version) => {
                    check.problem("version-order", place, format!("{version} is not below the version above it"));
                }
                version => newer[known] = version,
            }
        }
        let packages = release.packages.iter().map(|(name, package)| (name.to_owned(), package.clone()));
        releases.push(Release { snapshot: release.snapshot.clone(), packages: packages.collect() });
    }
    releases
}
