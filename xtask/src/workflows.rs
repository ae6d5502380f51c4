//! What the workflows in `.github` and the documents tell people to run is what this program takes, and what they name is there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::{CommandFactory, Parser};

use crate::Cli;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask/ is in the repository")
}

/// The files of a folder with an ending, by name.
fn files(folder: &str, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join(folder)).expect("a readable folder");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|found| found == ending));
    files.sort();
    assert!(!files.is_empty(), "{folder} has no .{ending} file");
    files
}

/// The lines of a file, with their places.
fn lines(path: &Path) -> Vec<(String, String)> {
    let text = fs::read_to_string(path).expect("a readable file");
    let shown = path.strip_prefix(root()).expect("below the root").display().to_string();
    text.lines().enumerate().map(|(at, line)| (format!("{shown}:{}", at + 1), line.to_owned())).collect()
}

/// What a line says after `cargo xtask`, to the end of the command: a word of the shell, a backtick, a remark.
fn commands(line: &str) -> Vec<Vec<&str>> {
    let goes_on = |word: &&str| !matches!(*word, "|" | "||" | "&&" | ">" | "#");
    line.split("cargo xtask ")
        .skip(1)
        .map(|rest| rest.split(['`', ')', '"', ';']).next().unwrap_or_default())
        .map(|command| command.split_whitespace().take_while(goes_on).collect::<Vec<_>>())
        .filter(|words| !words.is_empty())
        .collect()
}

#[test]
fn workflows_run_commands_that_there_are() {
    Cli::command().debug_assert();
    let mut found = 0;
    for (place, line) in files(".github/workflows", "yml").iter().flat_map(|path| lines(path)) {
        for command in commands(&line) {
            found += 1;
            if let Err(error) = Cli::try_parse_from(["cargo xtask"].into_iter().chain(command)) {
                panic!("{place}: {error}");
            }
        }
    }
    assert!(found > 3, "{found}");
}

/// Documents leave out or make up what people put in, so only sub-commands and options are looked up.
#[test]
fn documents_name_commands_that_there_are() {
    let documents = ["", "docs", "docs/changes", "docs/decisions", "spec"];
    let cli = Cli::command();
    for (place, line) in documents.iter().flat_map(|folder| files(folder, "md")).flat_map(|path| lines(&path)) {
        for words in commands(&line) {
            let mut command = &cli;
            for word in words {
                match word.strip_prefix("--") {
                    Some(option) => {
                        let has = command.get_arguments().any(|argument| argument.get_long() == Some(option));
                        assert!(has, "{place}: `{}` has no option --{option}", command.get_name());
                    }
                    None if command.has_subcommands() => {
                        let next = command.find_subcommand(word.trim_end_matches([',', '.', ':']));
                        command = next.unwrap_or_else(|| panic!("{place}: there is no command `{word}`"));
                    }
                    None => {}
                }
            }
        }
    }
}

#[test]
fn workflows_name_files_that_there_are() {
    for (place, line) in files(".github/workflows", "yml").iter().flat_map(|path| lines(path)) {
        for word in line.split([' ', '\'', '"', ',', '(', ')', '`', ';']) {
            let path = word.trim_start_matches("$/").trim_start_matches("./").trim_end_matches(['.', ':']);
            let Some((folder, _)) = path.split_once('/') else { continue };
            // What a run makes is below target/, and an action is no folder of this repository.
            if folder != "target" && root().join(folder).is_dir() {
                assert!(root().join(path).exists(), "{place}: there is no {path}");
            }
        }
    }
}

#[test]
fn actions_are_pinned_to_one_commit_each() {
    let mut pins: BTreeMap<String, String> = BTreeMap::new();
    for (place, line) in files(".github/workflows", "yml").iter().flat_map(|path| lines(path)) {
        let Some((_, used)) = line.split_once("uses: ") else { continue };
        if used.starts_with("$/") {
            continue;
        }
        let (action, pin) = used.split_once('@').unwrap_or_else(|| panic!("{place}: no version"));
        let (commit, version) = pin.split_once(" # v").unwrap_or_else(|| panic!("{place}: name the version behind #"));
        let is_commit = commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(
            is_commit && version.split('.').count() == 3,
            "{place}: write the commit and the version, `@... # v1.2.3`"
        );
        let known = pins.entry(action.to_owned()).or_insert_with(|| pin.to_owned());
        assert_eq!(known, pin, "{place}: {action} is pinned to something else above");
    }
    assert!(pins.len() > 3, "{pins:?}");
}
