//! `diff`: what changed between two surfaces, each named by its changelog date, by a git revision, or being the spec as it is.

use std::path::Path;
use std::process::Command;

use clap::{Args, ValueEnum};
use generator::diff::{PACKAGES, Report, Step};
use generator::surface::{self, FOLDER, Snapshot, Surface};

use crate::generate::{api, in_colour};

/// What to compare, and how to tell it.
#[derive(Args)]
pub struct Options {
    /// The older: a changelog date with a snapshot, or a git revision; the newest snapshot unless told otherwise
    from: Option<String>,
    /// The newer: a changelog date or a git revision; the spec as it is unless told otherwise
    to: Option<String>,
    /// For whom to tell it
    #[arg(long, default_value = "text")]
    format: Format,
    /// In Markdown, only what matters for one package
    #[arg(long, value_parser = PACKAGES)]
    package: Option<String>,
    /// Fail when a change asks so much, or more, of any package
    #[arg(long)]
    fail_on: Option<FailOn>,
}

/// For whom changes are told.
#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For release notes
    Markdown,
    /// For programs
    Json,
}

/// What to fail on.
#[derive(Clone, Copy, ValueEnum)]
enum FailOn {
    /// Something that worked may not any more
    Breaking,
    /// There is something new
    Feature,
    /// There is any change
    Fix,
}

/// Compares and tells.
pub fn diff(spec: &Path, options: &Options) -> Result<(), String> {
    let (from, old) = match &options.from {
        Some(name) => (name.clone(), find(spec, name)?),
        None => {
            let newest = snapshots(spec)?.pop().ok_or("there is no snapshot yet; run: cargo xtask accept")?;
            (newest.id(), newest.surface)
        }
    };
    let (to, new) = match &options.to {
        Some(name) => (name.clone(), find(spec, name)?),
        None => ("the spec".to_owned(), surface::of(&api(spec)?)),
    };
    let report = Report::new((&from, &old), (&to, &new));
    let package = options.package.as_ref().and_then(|package| PACKAGES.iter().position(|known| known == package));
    match options.format {
        Format::Text => anstream::println!("{report}"),
        Format::Markdown => anstream::print!("{}", report.markdown(package)),
        Format::Json => anstream::println!("{:#}", report.json()),
    }
    let limit = options.fail_on.map(|step| match step {
        FailOn::Breaking => Step::Breaking,
        FailOn::Feature => Step::Feature,
        FailOn::Fix => Step::Fix,
    });
    match limit {
        Some(limit) if report.worst() >= limit => Err(format!("the greatest change is: {}", report.worst().word())),
        _ => Ok(()),
    }
}

fn snapshots(spec: &Path) -> Result<Vec<Snapshot>, String> {
    surface::snapshots(spec).map_err(in_colour)
}

/// The surface that a date or a revision names.
fn find(spec: &Path, name: &str) -> Result<Surface, String> {
    let snapshots = snapshots(spec)?;
    if let Some(found) = snapshots.iter().find(|snapshot| snapshot.id() == name) {
        return Ok(found.surface.clone());
    }
    let dates: Vec<String> = snapshots.iter().map(Snapshot::id).collect();
    at_revision(spec, name).map_err(|error| {
        format!("`{name}` is no date with a snapshot ({}), and as a git revision: {error}", dates.join(", "))
    })
}

/// The newest snapshot that a revision has.
fn at_revision(spec: &Path, revision: &str) -> Result<Surface, String> {
    // The folder is named by its path from itself, so that it may be anywhere below the repository.
    let listed = git(spec, &["ls-tree", "--name-only", revision, &format!("{FOLDER}/")])?;
    let name = |line: &str| Snapshot::parse_name(line.rsplit('/').next().unwrap_or_default());
    let newest = listed.lines().filter_map(|line| Some((name(line)?, line))).max();
    let (name, path) = newest.ok_or_else(|| format!("{revision} has no snapshot"))?;
    let text = git(spec, &["show", &format!("{revision}:./{path}")])?;
    Ok(Snapshot::parse(name, &text)?.surface)
}

fn git(folder: &Path, arguments: &[&str]) -> Result<String, String> {
    let output = Command::new("git").args(arguments).current_dir(folder).output();
    let output = output.map_err(|error| format!("cannot run git: {error}"))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}
