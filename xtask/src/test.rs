//! `test`: every test of every language, by one command.

use std::process::Command;

use clap::ValueEnum;

/// A language whose tests can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// The generator, the mock and the Rust crate
    Rust,
}

/// Runs every test, or those of one language; the first that fails ends it.
pub fn test(only: Option<Language>) -> Result<(), String> {
    for language in Language::value_variants() {
        if only.is_none_or(|only| only == *language) {
            match language {
                Language::Rust => run("cargo", &["test", "--workspace", "--all-features", "--quiet"])?,
            }
        }
    }
    Ok(())
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    let shown = format!("{program} {}", arguments.join(" "));
    println!("> {shown}");
    let status =
        Command::new(program).args(arguments).status().map_err(|error| format!("cannot run {program}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {shown}")) }
}
