//! Versions and changelogs of the packages. What was released is data, `spec/releases.yaml`; the next release is proposed by what
//! changed between the snapshot of the last one and the newest, by the rules of each package.

mod changelog;
mod lock;
mod note;
mod version;

use std::fmt::{self, Write};
use std::path::Path;

use serde_json::{Map, Value};

use crate::diff::{PACKAGES, Report, Step};
use crate::model::{Api, PackageRelease, Release};
use crate::problem::Problems;
use crate::surface::{self, Snapshot, Status};
use crate::{FileSet, check, source};

pub use changelog::{changelog, emit};
pub use note::Note;
pub use version::Version;

use version::FIRST;

/// The file of the releases in a spec folder.
pub const FILE: &str = "releases.yaml";

/// What the packages are called on crates.io, npm and `PyPI`.
const NAME: &str = "baselinker-client";

/// The next release, if there is one.
#[derive(Debug)]
pub struct Proposal {
    /// The API with its releases and the next one, newest first.
    api: Api,
    /// The versions before it.
    before: Vec<(&'static str, Option<Version>)>,
}

/// Proposes the next release.
///
/// # Errors
///
/// What is wrong with the spec or with the snapshots, or that there is something to accept first.
pub fn propose(spec: &Path, notes: &[Note]) -> Result<Option<Proposal>, Refused> {
    let state = surface::state(spec).map_err(Refused::Problems)?;
    if state.status != Status::Accepted {
        return Err(Refused::Because(state.what_to_do()));
    }
    if let Some(problems) = state.problems {
        return Err(Refused::Problems(problems));
    }
    let source = source::load(spec).map_err(Refused::Problems)?;
    let mut api = check::run(&source).map_err(Refused::Problems)?;
    let snapshots = surface::snapshots(spec).map_err(Refused::Problems)?;
    let Some(newest) = snapshots.last() else { return Ok(None) };
    let report = since_last(&api, &snapshots, newest).map_err(Refused::Because)?;
    let packages: Vec<(String, PackageRelease)> = PACKAGES
        .iter()
        .enumerate()
        .filter_map(|(at, package)| Some(((*package).to_owned(), next(&api, report.as_ref(), (at, package), notes)?)))
        .collect();
    if packages.is_empty() {
        return Ok(None);
    }
    let before = PACKAGES.map(|package| (package, api.released(package))).to_vec();
    let mut releases = vec![Release { snapshot: newest.id(), packages }];
    releases.append(&mut api.releases);
    api.releases = releases;
    Ok(Some(Proposal { api, before }))
}

/// Why nothing is released.
#[derive(Debug)]
pub enum Refused {
    /// Something is wrong with the spec or the snapshots.
    Problems(Problems),
    /// Something is to be done before.
    Because(String),
}

/// What changed since the last release; none before the first.
fn since_last(api: &Api, snapshots: &[Snapshot], newest: &Snapshot) -> Result<Option<Report>, String> {
    let Some(last) = api.releases.first() else { return Ok(None) };
    let from = snapshots.iter().find(|snapshot| snapshot.id() == last.snapshot);
    let from = from.ok_or_else(|| format!("{FILE} names the snapshot {}, which is not there", last.snapshot))?;
    let (old, new) = (from.id(), newest.id());
    Ok(Some(Report::new((&old, &from.surface), (&new, &newest.surface))))
}

/// The next version of a package, with what is to say about it; none if nothing changed for it.
fn next(api: &Api, report: Option<&Report>, (at, package): (usize, &str), notes: &[Note]) -> Option<PackageRelease> {
    let mut said: [Vec<String>; 3] = Default::default();
    let mut greatest = Step::None;
    let mut say = |step: Step, text: String| {
        greatest = greatest.max(step);
        let list = match step {
            Step::Breaking => &mut said[0],
            Step::Feature => &mut said[1],
            Step::Fix => &mut said[2],
            Step::None => return,
        };
        if !list.contains(&text) {
            list.push(text);
        }
    };
    for change in report.iter().flat_map(|report| &report.changes) {
        say(change.rule.steps[at], capital(&change.sentence()));
    }
    for note in notes.iter().filter(|note| note.package.is_none_or(|only| only == package)) {
        say(note.step, note.text.clone());
    }
    let version = match api.released(package) {
        None => {
            let methods = api.methods.len();
            let ending = if methods == 1 { "" } else { "s" };
            said[1].insert(0, format!("The first release, with {methods} method{ending} of the API."));
            FIRST
        }
        Some(_) if greatest == Step::None => return None,
        Some(version) => version.after(greatest),
    };
    let [breaking, features, fixes] = said;
    Some(PackageRelease { version: version.to_string(), breaking, features, fixes })
}

fn capital(sentence: &str) -> String {
    let mut chars = sentence.chars();
    // A name of the API stays as it is on the wire.
    let is_name = sentence.split([' ', ',', ':']).next().is_some_and(|word| word.contains(|c: char| c.is_uppercase()));
    match chars.next() {
        Some(first) if !is_name => format!("{}{}.", first.to_uppercase(), chars.as_str()),
        _ => format!("{sentence}."),
    }
}

impl Api {
    /// The newest version of a package that was released.
    fn released(&self, package: &str) -> Option<Version> {
        let releases = self.releases.iter().flat_map(|release| &release.packages);
        let newest = releases.into_iter().find(|(name, _)| name == package)?;
        Version::parse(&newest.1.version)
    }

    /// The version of a package: that of its newest release, or the one that its first will have.
    #[must_use]
    pub fn version(&self, package: &str) -> Version {
        self.released(package).unwrap_or(FIRST)
    }
}

/// The packages that the newest release has, with their versions, as JSON: `{"rust":"0.2.0"}`.
#[must_use]
pub fn newest(api: &Api) -> Value {
    let packages = api.releases.iter().take(1).flat_map(|release| &release.packages);
    packages.map(|(name, package)| (name.clone(), Value::from(&*package.version))).collect::<Map<_, _>>().into()
}

impl Proposal {
    /// The files that are made once the release is written down.
    #[must_use]
    pub fn files(&self) -> FileSet {
        crate::emit(&self.api)
    }

    /// The text of a `Cargo.lock` that has the crate with the next version; as it was where it does not have the crate.
    #[must_use]
    pub fn lock(&self, text: &str) -> String {
        lock::with_version(text, NAME, &self.api.version("rust").to_string())
    }

    /// The text of `releases.yaml` with the next release.
    #[must_use]
    pub fn print(&self) -> String {
        let mut text = "# yaml-language-server: $schema=../generated/schemas/spec.schema.json\n\
                        # What was released of each package, newest first. Written by `cargo xtask release`.\nreleases:\n"
            .to_owned();
        for Release { snapshot, packages } in &self.api.releases {
            // Writing to a String cannot fail.
            let _ = writeln!(text, "  - snapshot: {snapshot}\n    packages:");
            for (name, package) in packages {
                let _ = writeln!(text, "      {name}:\n        version: {}", package.version);
                let lists =
                    [("breaking", &package.breaking), ("features", &package.features), ("fixes", &package.fixes)];
                for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
                    let _ = writeln!(text, "        {key}:");
                    for said in list {
                        let _ = writeln!(text, "          - {}", Value::from(said.as_str()));
                    }
                }
            }
        }
        text
    }
}

/// What goes from which version to which.
impl fmt::Display for Proposal {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let next = self.api.releases.first().map(|release| release.packages.as_slice()).unwrap_or_default();
        for (at, (package, before)) in self.before.iter().enumerate() {
            let line = if at == 0 { "" } else { "\n" };
            let after = next.iter().find(|(name, _)| name == package).map(|(_, release)| &release.version);
            match (before, after) {
                (None, Some(after)) => write!(formatter, "{line}{package}: {after}, the first")?,
                (Some(before), Some(after)) => write!(formatter, "{line}{package}: {before} -> {after}")?,
                (Some(before), None) => write!(formatter, "{line}{package}: {before}, as it was")?,
                (None, None) => {}
            }
        }
        Ok(())
    }
}
