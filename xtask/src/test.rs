//! `test`: every test of every language, by one command.

mod typescript;

use std::path::Path;
use std::process::Command;

use clap::ValueEnum;

/// A language whose tests can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// The generator, the mock and the Rust crate
    Rust,
    /// The npm package and its runtime
    #[value(name = "typescript")]
    TypeScript,
}

/// Runs every test, or those of one language; the first that fails ends it.
pub fn test(only: Option<Language>) -> Result<(), String> {
    for language in Language::value_variants() {
        if only.is_none_or(|only| only == *language) {
            match language {
                Language::Rust => run("cargo", &["test", "--workspace", "--all-features", "--quiet"])?,
                Language::TypeScript => typescript::test()?,
            }
        }
    }
    Ok(())
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    run_in(Path::new("."), program, arguments)
}

/// Runs a program in a folder, and says what it runs.
fn run_in(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), String> {
    let shown = format!("{program} {}", arguments.join(" "));
    println!("> {shown}");
    let status = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .status()
        .map_err(|error| format!("cannot run {program}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {shown}")) }
}
