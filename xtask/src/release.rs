//! `release`: the next version of each package follows from what changed, is written down, and goes into manifests and changelogs.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use generator::release::{self, FILE, Note, Proposal, Refused};
use generator::{Change, settle};

use crate::generate::{api, in_colour};

/// Where cargo writes down the versions of all crates.
const LOCK: &str = "Cargo.lock";

/// Writes the next release down and makes what follows from it; nothing else changes.
pub fn release(spec: &Path, out: &Path, notes: &[String], dry: bool) -> Result<(), String> {
    let notes: Vec<Note> = notes.iter().map(|note| Note::parse(note)).collect::<Result<_, _>>()?;
    let proposal = release::propose(spec, &notes).map_err(|refused| match refused {
        Refused::Problems(problems) => in_colour(problems),
        Refused::Because(message) => message,
    })?;
    let Some(proposal) = proposal else {
        anstream::println!("nothing to release");
        return Ok(());
    };
    if dry {
        let text = proposal.print();
        let data: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        anstream::println!("{proposal}\n\n{}", data.join("\n"));
        return Ok(());
    }
    // What is made now must be what the release changes, and nothing that somebody forgot to make before.
    let stale = generator::generate(spec).map_err(in_colour)?.compare(out).map_err(|error| error.to_string())?;
    if !stale.is_empty() {
        return Err(format!("{} is not what the spec gives; run: cargo xtask generate", out.display()));
    }
    let mut changes = vec![Change::put(spec.join(FILE), proposal.print())];
    changes.extend(proposal.files().changes(out).map_err(|error| error.to_string())?);
    changes.extend(lock(&proposal)?);
    settle(&changes).map_err(|error| format!("{error}; nothing was released"))?;
    anstream::println!("{proposal}");
    for change in changes {
        anstream::println!("  {}", change.path.to_string_lossy().replace('\\', "/"));
    }
    Ok(())
}

/// The lock file of the workspace that somebody is in, where it names another version of the crate.
fn lock(proposal: &Proposal) -> Result<Option<Change>, String> {
    let text = match fs::read_to_string(LOCK) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        text => text.map_err(|error| format!("cannot read {LOCK}: {error}"))?,
    };
    let new = proposal.lock(&text);
    Ok((new != text).then(|| Change::put(LOCK, new)))
}

/// Says what the newest release has: `{"rust":"0.2.0"}`; nothing before the first.
pub fn newest(spec: &Path) -> Result<(), String> {
    let api = api(spec)?;
    anstream::println!("{}", release::newest(&api));
    Ok(())
}
