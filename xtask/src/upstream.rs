//! `upstream`: readings of the public documentation, which the spec is held against.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use generator::upstream::{self, Reading, SavedPage};
use generator::{is_date, source};

use crate::SpecFolder;
use crate::accept::write;
use crate::fetch;
use crate::generate::in_colour;

/// What can be done with readings.
#[derive(Subcommand)]
pub enum Command {
    /// Make a reading out of saved pages: the list of methods, the changelog, and methods; HTML or text
    ///
    /// A method of which there is no page stays as the last reading had it, so the pages that changed are enough.
    Read {
        /// Pages, or folders of them (.html, .htm, .txt, .md)
        #[arg(required = true)]
        pages: Vec<PathBuf>,
        /// The day of the pages; what the list of methods says unless told otherwise
        #[arg(long)]
        date: Option<String>,
        /// Write what could be read, although not everything could
        #[arg(long)]
        partial: bool,
        #[command(flatten)]
        spec: SpecFolder,
    },
    /// Save the public pages into a folder, one request after the other, for `upstream read`
    Fetch {
        #[command(flatten)]
        options: fetch::Options,
        #[command(flatten)]
        spec: SpecFolder,
    },
    /// Make a reading out of a folder of JSON files, one for each method
    ///
    /// A file has `method`, `group`, `section`, `params` and `response`; generator/src/upstream/import.rs says what a field has.
    Import {
        /// The folder
        folder: PathBuf,
        /// The day of the public documentation, such as 2026-04-20; the changelog date of the spec unless told otherwise
        #[arg(long)]
        date: Option<String>,
        #[command(flatten)]
        spec: SpecFolder,
    },
}

/// Does it.
pub fn run(command: &Command) -> Result<(), String> {
    match command {
        Command::Import { folder, date, spec: SpecFolder { spec } } => {
            let date = match date {
                Some(date) => date.clone(),
                None => source::load(spec).map_err(in_colour)?.api.data.changelog_date,
            };
            let reading = upstream::import(folder)?;
            let path = keep(spec, &date, &reading)?;
            anstream::println!("{path}: {} methods; run: cargo xtask drift", reading.methods.iter().count());
            Ok(())
        }
        Command::Read { pages, date, partial, spec } => read(pages, date.as_deref(), *partial, &spec.spec),
        Command::Fetch { options, spec } => {
            fetch::fetch(options, &source::load(&spec.spec).map_err(in_colour)?.api.data)
        }
    }
}

fn read(paths: &[PathBuf], date: Option<&str>, partial: bool, spec: &Path) -> Result<(), String> {
    let mut pages = Vec::new();
    for path in paths {
        add_pages(path, &mut pages)?;
    }
    if pages.is_empty() {
        return Err("there is no page (.html, .htm, .txt, .md)".to_owned());
    }
    let made = upstream::read(&pages, last_reading(spec)?);
    if !made.unread.is_empty() {
        let unread = format!("cannot be read:\n  {}", made.unread.join("\n  "));
        if !partial {
            return Err(format!("{unread}\nnothing was written; mend the saved pages, or go on without: --partial"));
        }
        anstream::println!("{unread}");
    }
    let date = date.or(made.date.as_deref()).ok_or(
        "no page says when the API was last updated; add the list of methods or the changelog, or tell it: --date 2026-04-20",
    )?;
    let path = keep(spec, date, &made.reading)?;
    anstream::println!("{path}: {made}\nrun: cargo xtask drift");
    Ok(())
}

/// The newest reading that the spec has, with its date.
fn last_reading(spec: &Path) -> Result<Option<(String, Reading)>, String> {
    let dates = upstream::dates(spec).map_err(|error| format!("cannot read {}: {error}", spec.display()))?;
    let Some(date) = dates.last() else { return Ok(None) };
    let path = spec.join(Reading::path(date));
    let problem = |error: &dyn std::fmt::Display| format!("cannot read {}: {error}", path.display());
    let text = fs::read_to_string(&path).map_err(|error| problem(&error))?;
    let reading = Reading::parse(&text).map_err(|error| problem(&error))?;
    Ok(Some((date.clone(), reading)))
}

fn add_pages(path: &Path, pages: &mut Vec<SavedPage>) -> Result<(), String> {
    let problem = |error: std::io::Error| format!("cannot read {}: {error}", path.display());
    if !path.is_dir() {
        let text = String::from_utf8_lossy(&fs::read(path).map_err(problem)?).into_owned();
        pages.push(SavedPage { path: path.to_string_lossy().replace('\\', "/"), text });
        return Ok(());
    }
    let mut below: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(path).map_err(problem)? {
        below.push(entry.map_err(problem)?.path());
    }
    below.retain(|path| path.is_file() && upstream::is_page(&path.to_string_lossy()));
    below.sort();
    below.iter().try_for_each(|path| add_pages(path, pages))
}

fn keep(spec: &Path, date: &str, reading: &Reading) -> Result<String, String> {
    if !is_date(date) {
        return Err(format!("`{date}` is no day, such as 2026-04-20; nothing was written"));
    }
    let path = spec.join(Reading::path(date));
    write(&path, &reading.print())?;
    Ok(path.to_string_lossy().replace('\\', "/"))
}
