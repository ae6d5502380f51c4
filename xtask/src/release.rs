//! `release`: the next version of each package follows from what changed, is written down, and goes into manifests and changelogs.

use std::path::Path;
use std::process::Command;

use generator::release::{self, FILE, Note, Refused};

use crate::accept::write;
use crate::generate::in_colour;

/// Writes the next release down and makes what follows from it; nothing else changes.
pub fn release(spec: &Path, out: &Path, notes: &[String], dry: bool) -> Result<(), String> {
    let notes: Vec<Note> = notes.iter().map(|note| Note::parse(note)).collect::<Result<_, _>>()?;
    let proposal = release::propose(spec, &notes).map_err(|refused| match refused {
        Refused::Problems(problems) => in_colour(problems),
        Refused::Because(message) => message,
    })?;
    let Some(proposal) = proposal else {
        println!("nothing to release");
        return Ok(());
    };
    if dry {
        let text = proposal.print();
        let data: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
        println!("{proposal}\n\n{}", data.join("\n"));
        return Ok(());
    }
    // What is made now must be what the release changes, and nothing that somebody forgot to make before.
    let stale = generator::generate(spec).map_err(in_colour)?.compare(out).map_err(|error| unreadable(out, &error))?;
    if !stale.is_empty() {
        return Err(format!("{} is not what the spec gives; run: cargo xtask generate", out.display()));
    }
    let path = spec.join(FILE);
    write(&path, &proposal.print()).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    println!("{proposal}");
    let made = generator::generate(spec).map_err(in_colour)?.write(out).map_err(|error| unreadable(out, &error))?;
    for file in made {
        println!("  {}", out.join(file.path()).to_string_lossy().replace('\\', "/"));
    }
    lock()
}

/// Says what the newest release has: `{"rust":"0.2.0"}`; nothing before the first.
pub fn newest(spec: &Path) -> Result<(), String> {
    let source = generator::source::load(spec).map_err(in_colour)?;
    let api = generator::check::run(&source).map_err(in_colour)?;
    println!("{}", release::newest(&api));
    Ok(())
}

fn unreadable(out: &Path, error: &std::io::Error) -> String {
    format!("{}: {error}", out.display())
}

/// The lock file names the versions of the crates in this repository.
fn lock() -> Result<(), String> {
    if !Path::new("Cargo.lock").exists() {
        return Ok(());
    }
    let status = Command::new("cargo").args(["update", "--workspace", "--offline", "--quiet"]).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        _ => Err("cannot write the new versions into Cargo.lock; run: cargo update --workspace".to_owned()),
    }
}
