//! Cases: a small spec folder in one file, and the text that it should give.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use similar::TextDiff;
use tempfile::TempDir;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the repository").to_owned()
}

/// The case files of a folder below `tests/`, by name.
pub fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("tests").join(folder)).expect("the folder of the cases");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == ending));
    files.sort();
    assert!(!files.is_empty(), "tests/{folder} has no .{ending} file");
    files
}

/// The name of a case.
pub fn name(path: &Path) -> &str {
    path.file_stem().and_then(|stem| stem.to_str()).expect("case files have plain names")
}

/// A folder with the spec of a case: `tests/base`, and over it the files that the case has.
///
/// A line `=== methods/orders.yaml` begins a file, which goes on to the next such line; `=== methods/orders.yaml gone`
/// takes a file of the base away.
pub fn spec(case: &Path) -> TempDir {
    let folder = base();
    let spec = folder.path().join("spec");
    let text = fs::read_to_string(case).expect("a readable case");
    assert!(text.starts_with("=== "), "{} does not begin with `=== `", case.display());
    for section in text.split("=== ").skip(1) {
        let (head, content) = section.split_once('\n').expect("a file after its head");
        if let Some(path) = head.strip_suffix(" gone") {
            fs::remove_file(spec.join(path)).expect("a file of the base");
        } else {
            let path = spec.join(head);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a writable folder");
            fs::write(path, content).expect("a writable folder");
        }
    }
    folder
}

/// A folder with `tests/base` as its spec.
pub fn base() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    copy(&root().join("tests/base"), &folder.path().join("spec"));
    folder
}

/// Copies a folder.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a writable folder");
    for entry in fs::read_dir(from).expect("a readable folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).expect("a readable file");
        }
    }
}

/// cargo, as somebody runs it. Some build scripts watch what cargo tells a test of the test, and would run again; with them half of
/// the workspace would be built anew.
pub fn cargo() -> Command {
    let mut command = Command::new(env!("CARGO"));
    for (name, _) in env::vars_os() {
        if ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.to_string_lossy().starts_with(start)) {
            command.env_remove(name);
        }
    }
    command
}

/// Whether what cases give is to be written instead of compared.
pub fn updating() -> bool {
    env::var_os("UPDATE").is_some()
}

/// Compares a text with the one on file, or writes it; gives the difference.
pub fn compare(path: &Path, made: &str) -> Result<(), String> {
    if updating() {
        fs::write(path, made).expect("a writable folder");
        return Ok(());
    }
    let found = fs::read_to_string(path).unwrap_or_default();
    if found == made {
        return Ok(());
    }
    let diff = TextDiff::from_lines(&found, made).unified_diff().context_radius(3).to_string();
    Err(format!("{} would change:\n{diff}", path.display()))
}

/// Fails with all that went wrong.
pub fn report(failures: &[String]) {
    let help = "read the difference; if it is right, run: UPDATE=1 cargo test -p tests";
    assert!(failures.is_empty(), "{}\n{help}", failures.join("\n"));
}
