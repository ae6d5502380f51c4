//! `test`: every test of every language, by one command.

pub mod python;
pub mod typescript;

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
    /// The Python package
    Python,
}

/// Runs every test, or those of one language; the first that fails ends it.
pub fn test(only: Option<Language>) -> Result<(), String> {
    for language in Language::value_variants() {
        if only.is_none_or(|only| only == *language) {
            match language {
                Language::Rust => run("cargo", &["test", "--workspace", "--all-features", "--quiet"])?,
                Language::TypeScript => typescript::test()?,
                Language::Python => python::test()?,
            }
        }
    }
    Ok(())
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    execute(Command::new(program).args(arguments))
}

/// Runs a program in a folder.
fn run_in(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), String> {
    execute(Command::new(program).args(arguments).current_dir(folder))
}

/// Runs a program, and says what it runs.
fn execute(command: &mut Command) -> Result<(), String> {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let shown = words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
    println!("> {shown}");
    let status = command.status().map_err(|error| format!("cannot run {shown}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {shown}")) }
}
