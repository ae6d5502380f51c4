//! House rules. Each message says what to do.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cases;

/// Files written by people, by their ending.
fn hand_written(ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["generator", "xtask", "tests", "runtime", "apps", "examples"] {
        walk(&cases::root().join(folder), &mut found);
    }
    let golden = cases::root().join("tests/golden");
    found.retain(|path| path.extension().is_some_and(|found| found == ending) && !path.starts_with(&golden));
    assert!(!found.is_empty());
    found
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        match path.is_dir() {
            true if path.ends_with("target") || path.ends_with("node_modules") => {}
            true => walk(&path, found),
            false => found.push(path),
        }
    }
}

#[test]
fn every_module_says_what_it_decides() {
    for (ending, start) in [("rs", "//! "), ("ts", "/**"), ("mjs", "/**"), ("py", "\"\"\"")] {
        for path in hand_written(ending) {
            let text = fs::read_to_string(&path).expect("a readable file");
            let place = path.display();
            assert!(text.starts_with(start), "{place}: begin the file with `{start}` and one to three sentences");
        }
    }
}

/// Past this the second idea in a file or a function should have a place of its own.
const LONGEST_FILE: usize = 300;
const LONGEST_FUNCTION: usize = 70;

#[test]
fn files_can_be_read_at_once() {
    for ending in ["rs", "ts", "mjs", "py"] {
        for path in hand_written(ending) {
            let lines = fs::read_to_string(&path).expect("a readable file").lines().count();
            assert!(lines <= LONGEST_FILE, "{}: {lines} lines; part it", path.display());
        }
    }
}

#[test]
fn functions_can_be_read_at_once() {
    for path in hand_written("rs") {
        let text = fs::read_to_string(&path).expect("a readable file");
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines.iter().enumerate() {
            let Some(name) = function_name(line) else { continue };
            let indent = line.len() - line.trim_start().len();
            let closing = format!("{}}}", " ".repeat(indent));
            let length = lines[start..].iter().take_while(|line| **line != closing).count();
            // A function on one line, or one of a trait without a body, has no end of its own.
            let ends_here = line.ends_with('}') || line.ends_with(';');
            let place = format!("{}:{}", path.display(), start + 1);
            assert!(ends_here || length <= LONGEST_FUNCTION, "{place}: `{name}` has {length} lines; part it");
        }
    }
}

/// The name of the function that begins on a line.
fn function_name(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("fn ")?;
    let words =
        before.split_whitespace().all(|word| matches!(word, "pub" | "pub(super)" | "pub(crate)" | "async" | "const"));
    words.then(|| after.split(['(', '<']).next().unwrap_or_default())
}

#[test]
fn no_lint_is_switched_off_without_a_reason() {
    for path in hand_written("rs") {
        let text = fs::read_to_string(&path).expect("a readable file");
        let silent = text.lines().find(|line| line.trim_start().starts_with("#[allow") || line.starts_with("#![allow"));
        assert!(silent.is_none(), "{}: {silent:?}: write #[expect(.., reason = \"..\")] or mend it", path.display());
    }
}

#[test]
fn the_format_of_the_spec_is_explained_key_by_key() {
    let readme = fs::read_to_string(cases::root().join("spec/README.md")).expect("a readable file");
    for module in ["drift.rs", "method.rs", "types.rs"] {
        let path = cases::root().join("generator/src/source").join(module);
        let text = fs::read_to_string(path).expect("a readable file");
        for line in text.lines().filter(|line| line.starts_with("    pub ")) {
            let key = line.trim_start_matches("    pub ").split(':').next().unwrap_or_default();
            let key = match key {
                "ty" => "type",
                "enumeration" => "enum",
                other => other,
            };
            let explained = readme.contains(&format!("`{key}`")) || readme.contains(&format!("{key}: "));
            assert!(explained, "spec/README.md does not explain the key `{key}` of {module}");
        }
    }
}

#[test]
fn every_generated_file_says_so() {
    let mut found = Vec::new();
    walk(&cases::root().join("generated"), &mut found);
    found.retain(|path| !path.extension().is_some_and(|ending| ending == "json" || ending == "lock"));
    // The words of a licence are not ours.
    found.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("LICENSE")));
    assert!(found.len() > 10);
    for path in found {
        let text = fs::read_to_string(&path).expect("a readable file");
        let head: String = text.lines().take(40).collect::<Vec<_>>().join("\n");
        assert!(head.contains("Generated by `cargo xtask generate`"), "{} has no header", path.display());
    }
}

/// What stands between backticks.
fn spans(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// Whether a file has a test, or a case of a test, of this name; the name may go on with what a test puts into it.
fn shows(text: &str, name: &str) -> bool {
    let forms = ["fn NAME(", "fn NAME<", "def NAME(", "\"NAME\"", "`NAME${"];
    forms.iter().any(|form| text.contains(&form.replace("NAME", name)))
}

#[test]
fn every_behaviour_names_tests_that_exist() {
    let root = cases::root();
    let page = fs::read_to_string(root.join("docs/behaviour.md")).expect("a readable file");
    // The folder of each column; a column without one is no list of tests.
    let mut folders: Vec<Option<&str>> = Vec::new();
    let mut wrong = Vec::new();
    for (line, row) in page.lines().enumerate().filter(|(_, row)| row.starts_with('|') && !row.contains("---")) {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").collect();
        if cells.iter().any(|cell| cell.contains(", in `")) {
            folders = cells.iter().map(|cell| spans(cell).first().copied()).collect();
            continue;
        }
        let place = format!("docs/behaviour.md:{}", line + 1);
        if cells.len() != folders.len() {
            wrong.push(format!("{place}: {} cells; give the row as many as its head has", cells.len()));
        }
        for (cell, folder) in cells.iter().zip(&folders) {
            let (tests, Some(folder)) = (spans(cell), folder) else { continue };
            if tests.is_empty() != cell.trim().starts_with("not ") || tests.len() % 2 == 1 {
                wrong.push(format!("{place}: {cell:?}: write `file` `test`, or \"not yet\""));
            }
            for test in tests.chunks_exact(2) {
                let (file, name) = (test[0], test[1]);
                let places = [root.join(folder).join(file), root.join(file)];
                let Some(text) = places.iter().find_map(|path| fs::read_to_string(path).ok()) else {
                    wrong.push(format!("{place}: there is no {file}; name the file that has the test now"));
                    continue;
                };
                if !shows(&text, name) {
                    let advice = "name the one that shows this now, or say \"not yet\"";
                    wrong.push(format!("{place}: {file} has no test {name:?}; {advice}"));
                }
            }
        }
    }
    assert!(!folders.is_empty() && wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The sections of a manifest that name dependencies.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in manifest.lines() {
        match line.strip_prefix('[') {
            Some(section) => inside = section.contains("dependencies]"),
            None if inside && !line.contains("path = ") => found.extend(line.split_once(" = ").map(|(name, _)| name)),
            None => {}
        }
    }
    found.retain(|name| !name.starts_with('#'));
    found
}

#[test]
fn every_library_has_its_reason() {
    let (mut manifests, mut reasons) = (Vec::new(), Vec::new());
    for folder in ["generator", "xtask", "tests", "runtime/rust", "generated/rust", "apps", "examples"] {
        walk(&cases::root().join(folder), &mut manifests);
    }
    manifests.retain(|path| path.ends_with("Cargo.toml"));
    walk(&cases::root().join("docs/decisions"), &mut reasons);
    let reasons: String = reasons.iter().map(|path| fs::read_to_string(path).expect("a readable file")).collect();
    let words: BTreeSet<&str> = reasons.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').collect();
    for path in manifests {
        let manifest = fs::read_to_string(&path).expect("a readable file");
        for name in dependencies(&manifest) {
            assert!(words.contains(name), "{}: say in docs/decisions/ why there is {name}", path.display());
        }
    }
}
