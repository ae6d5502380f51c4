//! `generate` and `check`: the two ends of one call, writing and comparing.

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use generator::model::Api;
use generator::{Deviation, FileSet, Problems, Renderer};
use similar::{ChangeTag, TextDiff};

/// The greatest number of files of which a difference is shown in full.
const SHOWN_DIFFS: usize = 5;

/// The greatest number of lines that are shown of one difference.
const SHOWN_LINES: usize = 60;

/// Makes all files and puts them in their place.
pub fn write(spec: &Path, out: &Path, timings: bool) -> Result<(), String> {
    let start = Instant::now();
    let (files, stages) = generator::generate_timed(spec).map_err(in_colour)?;
    let made = start.elapsed();
    let deviations = files.write(out).map_err(|error| error.to_string())?;
    let all = start.elapsed();
    anstream::println!("{} files, {} changed, in {:.0?}", files.iter().count(), deviations.len(), all);
    if timings {
        for (stage, took) in stages {
            anstream::println!("  {stage:<12} {took:.1?}");
        }
        anstream::println!("  {:<12} {:.1?}", "settle", all.checked_sub(made).unwrap());
    }
    Ok(())
}

/// Makes all files and says how those on disk differ.
pub fn compare(spec: &Path, out: &Path) -> Result<(), String> {
    let files: FileSet = generator::generate(spec).map_err(in_colour)?;
    let deviations = files.compare(out).map_err(|error| error.to_string())?;
    if deviations.is_empty() {
        anstream::println!("{} files are as they should be", files.iter().count());
        return Ok(());
    }
    Err(report(&deviations))
}

/// Says what is wrong with a spec.
pub fn check(spec: &Path) -> Result<(), String> {
    let api = api(spec)?;
    anstream::println!("{} methods, {} types: no problem", api.methods.len(), api.types.len());
    Ok(())
}

/// What a spec says, if nothing is wrong with it.
pub fn api(spec: &Path) -> Result<Api, String> {
    let source = generator::source::load(spec).map_err(in_colour)?;
    generator::check::run(&source).map_err(in_colour)
}

/// Problems as a terminal shows them; `anstream` takes the colours out where there is none.
#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
pub fn in_colour(problems: Problems) -> String {
    problems.render(&Renderer::styled())
}

fn report(deviations: &[Deviation]) -> String {
    let mut text = String::new();
    let mut shown = 0;
    for deviation in deviations {
        let (kind, path) = match deviation {
            Deviation::Missing { path } => ("missing", path),
            Deviation::Stale { path, .. } => ("stale", path),
            Deviation::Leftover { path } => ("leftover", path),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\u{1b}[1m{kind:>8}\u{1b}[0m {path}");
        if let Deviation::Stale { found, made, .. } = deviation {
            shown += 1;
            if shown <= SHOWN_DIFFS {
                text.push_str(&diff(found, made));
            }
        }
    }
    let _ = write!(text, "\n{} files differ; run: cargo xtask generate", deviations.len());
    text
}

fn diff(found: &str, made: &str) -> String {
    let diff = TextDiff::from_lines(found, made);
    let mut text = String::new();
    for group in diff.grouped_ops(2) {
        for op in group {
            for change in diff.iter_changes(&op) {
                let (sign, colour) = match change.tag() {
                    ChangeTag::Delete => ("-", "\u{1b}[31m"),
                    ChangeTag::Insert => ("+", "\u{1b}[32m"),
                    ChangeTag::Equal => (" ", ""),
                };
                let _ = writeln!(text, "         {colour}{sign}{}\u{1b}[0m", change.value().trim_end_matches('\n'));
            }
        }
        text.push('\n');
    }
    let lines: Vec<&str> = text.lines().collect();
    match lines.get(..SHOWN_LINES) {
        Some(shown) => format!("{}\n         and {} lines more\n", shown.join("\n"), lines.len() - SHOWN_LINES),
        None => text,
    }
}
