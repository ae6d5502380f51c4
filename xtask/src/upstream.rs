//! `upstream`: readings of the public documentation, which the spec is held against.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use generator::source;
use generator::upstream::{self, Reading};

use crate::generate::in_colour;

/// What can be done with readings.
#[derive(Subcommand)]
pub enum Command {
    /// Make a reading out of a folder of JSON files, one for each method
    ///
    /// A file has `method`, `group`, `section`, `params` and `response`; generator/src/upstream/import.rs says what a field has.
    Import {
        /// The folder
        folder: PathBuf,
        /// The day of the public documentation, such as 2026-04-20; the changelog date of the spec unless told otherwise
        #[arg(long)]
        date: Option<String>,
        /// The spec
        #[arg(long, default_value = "spec")]
        spec: PathBuf,
    },
}

/// Does it.
pub fn run(command: &Command) -> Result<(), String> {
    let Command::Import { folder, date, spec } = command;
    let date = match date {
        Some(date) => date.clone(),
        None => source::load(spec).map_err(in_colour)?.api.data.changelog_date,
    };
    import(folder, &spec.join(Reading::path(&date)))
}

fn import(folder: &Path, to: &Path) -> Result<(), String> {
    let reading = upstream::import(folder)?;
    let problem = |error: std::io::Error| format!("cannot write {}: {error}", to.display());
    to.parent().map_or(Ok(()), fs::create_dir_all).map_err(problem)?;
    fs::write(to, reading.print()).map_err(problem)?;
    println!("{}: {} methods; run: cargo xtask drift", to.display(), reading.methods.iter().count());
    Ok(())
}
