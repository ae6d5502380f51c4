//! `test`: every test of every language, by one command.

mod files;
pub mod python;
pub mod typescript;
mod workflows;

use std::env;
use std::path::Path;
use std::process::Command;

use clap::ValueEnum;

/// What can be tested alone: a language, or the workflows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// The generator, the mock and the Rust crate
    Rust,
    /// The npm package and its runtime
    #[value(name = "typescript")]
    TypeScript,
    /// The Python package
    Python,
    /// The workflows of `.github`
    Workflows,
}

/// Runs every test, or those of one part; the first that fails ends it.
pub fn test(only: Option<Language>) -> Result<(), String> {
    for language in Language::value_variants() {
        if only.is_none_or(|only| only == *language) {
            match language {
                Language::Rust => execute(&mut cargo_test())?,
                Language::TypeScript => built().and_then(|()| typescript::test())?,
                Language::Python => built().and_then(|()| python::test())?,
                Language::Workflows => workflows::test()?,
            }
        }
    }
    Ok(())
}

/// Builds what tests of other languages need: the mock server, and the flows.
fn built() -> Result<(), String> {
    execute(cargo_test().arg("--no-run"))
}

/// Tests in Rust. All of them are built in one way: for a choice of packages, cargo would build most libraries once more, with
/// the features that these packages ask for.
fn cargo_test() -> Command {
    let mut command = Command::new("cargo");
    command.args(["test", "--workspace", "--all-features", "--quiet"]);
    command
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    execute(Command::new(program).args(arguments))
}

/// Runs a program in a folder.
fn run_in(folder: &Path, program: &str, arguments: &[&str]) -> Result<(), String> {
    execute(Command::new(program).args(arguments).current_dir(folder))
}

/// Runs a program, and says what it runs.
///
/// What cargo tells this program of itself is kept from it: build scripts that watch these variables would run again whenever
/// cargo is called from here and then from elsewhere, and with them half of the workspace.
fn execute(command: &mut Command) -> Result<(), String> {
    for (name, _) in env::vars_os() {
        if ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.to_string_lossy().starts_with(start)) {
            command.env_remove(name);
        }
    }
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let shown = words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ");
    anstream::println!("> {shown}");
    let status = command.status().map_err(|error| format!("cannot run {shown}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {shown}")) }
}
