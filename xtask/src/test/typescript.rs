//! The tests of TypeScript. All of it happens in `target/typescript`, in copies, with tools from a lock file: the sources
//! and `generated/` stay as they are.

mod flows;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::files::copy;
use super::{cargo_test, execute, run_in};

/// Where everything happens.
const FOLDER: &str = "target/typescript";

/// What is copied there: folders and files of the repository, and what they are called.
const COPIES: [(&str, &str); 9] = [
    ("runtime/typescript/src", "runtime/src"),
    ("runtime/typescript/tests", "runtime/tests"),
    ("runtime/typescript/tsconfig.json", "runtime/tsconfig.json"),
    ("runtime/typescript/biome.json", "biome.json"),
    ("runtime/typescript/eslint.config.mjs", "eslint.config.mjs"),
    ("runtime/typescript/benches/measure.mjs", "measure.mjs"),
    ("generated/typescript", "package"),
    ("tests/typescript", "package/tests"),
    ("generated/examples", "examples"),
];

const BIOME: &str = "node_modules/@biomejs/biome/bin/biome";
const ESLINT: &str = "node_modules/eslint/bin/eslint.js";
const ATTW: &str = "node_modules/@arethetypeswrong/cli/dist/index.js";
const PUBLINT: &str = "node_modules/publint/src/cli.js";
const TSC: &str = "node_modules/typescript/bin/tsc";
const TSC_7: &str = "node_modules/typescript-7/bin/tsc";

/// What Node.js runs there, one after another.
const STEPS: [&[&str]; 10] = [
    &[BIOME, "format", "runtime", "package", "golden", "eslint.config.mjs", "measure.mjs"],
    &[TSC, "--project", "runtime"],
    &["--enable-source-maps", "--test", "--test-reporter=dot", "runtime/dist/tests/"],
    &[TSC, "--project", "package"],
    &[TSC, "--project", "package/tests"],
    &["--enable-source-maps", "--test", "--test-reporter=dot", "package/dist/tests/"],
    &[TSC_7, "--project", "package", "--noEmit"],
    &[TSC_7, "--project", "package/tests", "--noEmit"],
    &[TSC, "--project", "golden"],
    // Types of the package are read from what was built of it.
    &[ESLINT, "runtime", "package", "golden"],
];

/// Runs them.
pub fn test() -> Result<(), String> {
    let folder = prepare().map_err(|error| format!("cannot fill {FOLDER}: {error}"))?;
    install(Path::new("runtime/typescript"), &folder)?;
    STEPS.iter().try_for_each(|arguments| run_in(&folder, "node", arguments))?;
    publishable(&folder)?;
    // The package is built now, so it can be held against Rust.
    execute(cargo_test().args(["--test", "differential"]).env("DIFFERENTIAL", "TypeScript"))?;
    flows::test(&folder)
}

/// Builds the package, and measures what it costs.
pub fn bench() -> Result<(), String> {
    let folder = prepare().map_err(|error| format!("cannot fill {FOLDER}: {error}"))?;
    install(Path::new("runtime/typescript"), &folder)?;
    run_in(&folder, "node", &[TSC, "--project", "package"])?;
    run_in(&folder, "node", &["measure.mjs"])
}

/// Packs the package, and holds it against what npm and the compilers of its users want of one.
fn publishable(folder: &Path) -> Result<(), String> {
    let packed = folder.join("packed");
    fs::create_dir_all(&packed).map_err(|error| format!("{}: {error}", packed.display()))?;
    let pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", "../packed"];
    run_in(&folder.join("package"), "npm", &pack)?;
    let archive = only_file(&packed).map_err(|error| format!("{}: {error}", packed.display()))?;
    let archive = format!("packed/{archive}");
    run_in(folder, "node", &[ATTW, &archive, "--profile", "esm-only", "--quiet"])?;
    run_in(folder, "node", &[PUBLINT, "run", &archive, "--strict"])
}

/// The name of the one file in a folder.
fn only_file(folder: &Path) -> io::Result<String> {
    let entry = fs::read_dir(folder)?.next().ok_or_else(|| io::Error::other("nothing was packed"))??;
    Ok(entry.file_name().to_string_lossy().into_owned())
}

/// Copies everything, and leaves nothing there that was copied before.
fn prepare() -> io::Result<PathBuf> {
    let folder = PathBuf::from(FOLDER);
    for old in ["runtime", "package", "packed", "examples", "golden"] {
        match fs::remove_dir_all(folder.join(old)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    for (from, to) in COPIES {
        copy(Path::new(from), &folder.join(to))?;
    }
    golden(&folder.join("golden"))?;
    Ok(folder)
}

/// The packages of the golden cases, with the runtime that the cases leave out.
fn golden(folder: &Path) -> io::Result<()> {
    let mut sources = Vec::new();
    for entry in fs::read_dir("tests/golden")? {
        let made = entry?.path().join("typescript");
        if made.is_dir() {
            let case = made.parent().and_then(Path::file_name).unwrap_or_default();
            copy(&made, &folder.join(case))?;
            copy(Path::new("generated/typescript/src/runtime"), &folder.join(case).join("src/runtime"))?;
            sources.push(format!("\"{}/src\"", case.to_string_lossy()));
        }
    }
    let settings = format!(
        "{{\n  \"extends\": \"../package/tsconfig.json\",\n  \"compilerOptions\": {{ \"rootDir\": \".\", \"noEmit\": true }},\n  \
         \"include\": [{}]\n}}\n",
        sources.join(", ")
    );
    fs::write(folder.join("tsconfig.json"), settings)?;
    fs::write(folder.join("package.json"), "{\n  \"type\": \"module\"\n}\n")
}

/// Installs packages by the lock file of a folder of the repository, unless it was done.
fn install(from: &Path, folder: &Path) -> Result<(), String> {
    let (lock, installed) = (from.join("package-lock.json"), folder.join("node_modules/.lock"));
    let wanted = fs::read(&lock).map_err(|error| format!("{}: {error}", lock.display()))?;
    if fs::read(&installed).is_ok_and(|found| found == wanted) {
        return Ok(());
    }
    for file in ["package.json", "package-lock.json"] {
        copy(&from.join(file), &folder.join(file)).map_err(|error| error.to_string())?;
    }
    run_in(folder, "npm", &["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
    fs::write(&installed, wanted).map_err(|error| format!("{}: {error}", installed.display()))
}
