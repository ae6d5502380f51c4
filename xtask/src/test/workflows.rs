//! The workflows in `.github`, held against their schema and against what is known to go wrong in workflows. Which commands they
//! may call is a test of this crate: `xtask/src/workflows.rs`.

use super::python::Environment;

const LOCK: &str = "tests/workflows/requirements.txt";
const WORK: &str = "target/workflows";
const WORKFLOWS: &str = ".github/workflows";

/// Runs both linters; none of them asks the network.
pub fn test() -> Result<(), String> {
    let python = Environment::new(LOCK, WORK)?;
    let files = ["check", "drift", "release"].map(|name| format!("{WORKFLOWS}/{name}.yml"));
    let schema = ["--quiet", "--builtin-schema", "vendor.github-workflows"];
    python.run("check-jsonschema", &[&schema[..], &files.each_ref().map(String::as_str)].concat())?;
    python.run("zizmor", &["--quiet", "--offline", "--no-progress", WORKFLOWS])
}
