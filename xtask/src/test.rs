//! `test`: every test of every language, by one command.

use std::process::Command;

/// Runs every test; the first that fails ends it.
pub fn test() -> Result<(), String> {
    run("cargo", &["test", "--workspace", "--all-features", "--quiet"])
}

fn run(program: &str, arguments: &[&str]) -> Result<(), String> {
    let shown = format!("{program} {}", arguments.join(" "));
    println!("> {shown}");
    let status =
        Command::new(program).args(arguments).status().map_err(|error| format!("cannot run {program}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {shown}")) }
}
