//! The examples in TypeScript: built in a copy that lies as the repository does, then run by the tests that the examples in
//! Rust have.

use std::fs;
use std::io;
use std::path::Path;

use super::super::files::copy;
use super::super::{cargo_test, execute, run_in};
use super::{BIOME, ESLINT, install};

/// Where the copy is, seen from the folder of all TypeScript.
const FOLDER: &str = "flows";
const PROGRAMS: &str = "examples/typescript";
const PACKAGE: &str = "generated/typescript";

/// The flows that there are, with their folder and the module of their tests.
const FLOWS: [(&str, &str); 2] = [("marketing", "marketing::"), ("shop-platform", "shop_platform::")];

/// Builds and runs them.
pub fn test(tools: &Path) -> Result<(), String> {
    let folder = tools.join(FOLDER);
    prepare(&folder).map_err(|error| format!("cannot fill {}: {error}", folder.display()))?;
    let programs = folder.join(PROGRAMS);
    install(Path::new(PROGRAMS), &programs)?;
    run_in(tools, "node", &[BIOME, "format", &format!("{FOLDER}/{PROGRAMS}")])?;
    run_in(&programs, "npm", &["run", "build", "--loglevel=error"])?;
    run_in(tools, "node", &[ESLINT, &format!("{FOLDER}/{PROGRAMS}")])?;
    let mut command = cargo_test();
    command.args(["--tests", "--"]).args(FLOWS.map(|(_, tests)| tests));
    execute(command.env("EXAMPLES_LANGUAGE", "TypeScript"))
}

/// Copies everything; of what was there only the installed packages stay.
fn prepare(folder: &Path) -> io::Result<()> {
    let programs = folder.join(PROGRAMS);
    fs::create_dir_all(&programs)?;
    let old = fs::read_dir(&programs)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    let old = old.into_iter().filter(|path| path.is_dir() && !path.ends_with("node_modules"));
    for path in old.chain([folder.join("generated")]).filter(|path| path.exists()) {
        fs::remove_dir_all(path)?;
    }
    copy(Path::new(PROGRAMS), &programs)?;
    copy(Path::new(PACKAGE), &folder.join(PACKAGE))?;
    for (flow, _) in FLOWS {
        let schema = format!("examples/rust/{flow}/schema.sql");
        copy(Path::new(&schema), &folder.join(&schema))?;
    }
    Ok(())
}
