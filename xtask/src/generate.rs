//! `generate` and `check`: the two ends of one call, writing and comparing.

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use generator::{Drift, FileSet, Problems, Renderer};
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
    let drifts = files.write(out).map_err(|error| error.to_string())?;
    let all = start.elapsed();
    println!("{} files, {} changed, in {:.0?}", files.iter().count(), drifts.len(), all);
    if timings {
        for (stage, took) in stages {
            println!("  {stage:<12} {took:.1?}");
        }
        println!("  {:<12} {:.1?}", "settle", all.checked_sub(made).unwrap());
    }
    Ok(())
}

/// Makes all files and says how those on disk differ.
pub fn compare(spec: &Path, out: &Path) -> Result<(), String> {
    let files: FileSet = generator::generate(spec).map_err(in_colour)?;
    let drifts = files.compare(out).map_err(|error| error.to_string())?;
    if drifts.is_empty() {
        println!("{} files are as they should be", files.iter().count());
        return Ok(());
    }
    Err(report(&drifts))
}

/// Says what is wrong with a spec.
pub fn check(spec: &Path) -> Result<(), String> {
    let source = generator::source::load(spec).map_err(in_colour)?;
    let api = generator::check::run(&source).map_err(in_colour)?;
    println!("{} methods, {} types: no problem", api.methods.len(), api.types.len());
    Ok(())
}

/// Problems as a terminal shows them; `anstream` takes the colours out where there is none.
#[expect(clippy::needless_pass_by_value, reason = "it stands in map_err")]
pub fn in_colour(problems: Problems) -> String {
    problems.render(&Renderer::styled())
}

fn report(drifts: &[Drift]) -> String {
    let mut text = String::new();
    let mut shown = 0;
    for drift in drifts {
        let (kind, path) = match drift {
            Drift::Missing { path } => ("missing", path),
            Drift::Stale { path, .. } => ("stale", path),
            Drift::Leftover { path } => ("leftover", path),
        };
        // Writing to a String cannot fail.
        let _ = writeln!(text, "\u{1b}[1m{kind:>8}\u{1b}[0m {path}");
        if let Drift::Stale { found, made, .. } = drift {
            shown += 1;
            if shown <= SHOWN_DIFFS {
                text.push_str(&diff(found, made));
            }
        }
    }
    let _ = write!(text, "\n{} files differ; run: cargo xtask generate", drifts.len());
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
