//! Sessions of a maintainer, word by word: `transcripts/<case>.txt` has commands and edits of a small spec, and what they say.
//!
//! A case begins with `tests/base` in a folder of its own. `$ cargo xtask ...` runs the real program there, and what follows is
//! what it says; the last line of a command that fails is `[failed]`. `$ edit FILE` replaces the lines after it that begin with
//! `-` by those that begin with `+`; `$ write FILE` writes what stands behind `|`; `$ git ...` runs git. Remarks begin with `#`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cases;

#[test]
fn sessions_go_as_they_are_written() {
    let program = program();
    let failures: Vec<String> = cases::files("transcripts", "txt")
        .iter()
        .filter_map(|case| {
            let text = fs::read_to_string(case).expect("a readable case");
            let folder = cases::base();
            cases::compare(case, &play(&text, folder.path(), &program)).err()
        })
        .collect();
    cases::report(&failures);
}

/// xtask, built.
pub fn program() -> PathBuf {
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--package", "xtask"])
        .current_dir(cases::root())
        .status()
        .expect("cargo runs");
    assert!(built.success());
    // This test is in target/debug/deps, programs are in target/debug.
    let own = env::current_exe().expect("a test is a program");
    own.ancestors().nth(2).expect("tests are two folders down").join("xtask")
}

/// Does what a transcript says, and gives the transcript as it went.
fn play(text: &str, folder: &Path, program: &Path) -> String {
    let mut played: Vec<String> = Vec::new();
    let mut step: Option<(&str, Vec<&str>)> = None;
    // The remark at the end is none: it ends the last step.
    for line in text.lines().chain(["# "]) {
        let begins = line.starts_with("$ ") || line.starts_with("# ");
        if let Some((command, body)) = step.take_if(|_| begins) {
            let said = take(command, body.join("\n").trim_end(), folder, program);
            played.push(format!("$ {command}\n{}", said.trim_end()).trim_end().to_owned());
            played.push(String::new());
        }
        match (line.strip_prefix("$ "), &mut step) {
            (Some(command), _) => step = Some((command, Vec::new())),
            (None, Some((_, body))) => body.push(line),
            (None, None) => played.push(line.to_owned()),
        }
    }
    format!("{}\n", played.join("\n").trim_end_matches(['#', ' ', '\n']))
}

/// Takes one step; gives what stands below it in the transcript.
fn take(command: &str, body: &str, folder: &Path, program: &Path) -> String {
    let words = words(command);
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["cargo", "xtask", arguments @ ..] => run(Command::new(program).args(arguments).current_dir(folder)),
        ["git", arguments @ ..] => run(Command::new("git").args(arguments).current_dir(folder)),
        ["edit", file] => edit(&folder.join(file), body),
        ["write", file] => {
            let lines = body.lines().map(|line| line.strip_prefix('|').expect("`|` before what is written"));
            let text: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
            fs::create_dir_all(folder.join(file).parent().expect("a folder")).expect("a writable folder");
            fs::write(folder.join(file), text.join("\n") + "\n").expect("a writable folder");
            body.to_owned()
        }
        _ => panic!("not a step: {command}"),
    }
}

/// The words of a command; quotes hold some together.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("there is one").push(c),
        }
    }
    words
}

fn run(command: &mut Command) -> String {
    // The same whoever runs it, and wherever.
    let who = [("NAME", "Anna"), ("EMAIL", "anna@example.com")];
    for (what, value) in who {
        command.env(format!("GIT_AUTHOR_{what}"), value).env(format!("GIT_COMMITTER_{what}"), value);
    }
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    let output = command.output().expect("the program runs");
    let mut said = String::from_utf8(output.stdout).expect("text");
    said.push_str(&String::from_utf8(output.stderr).expect("text"));
    let mut said: String = said.lines().flat_map(|line| [without_figures(line), "\n"]).collect();
    if !output.status.success() {
        said.push_str(if said.ends_with('\n') { "[failed]\n" } else { "\n[failed]\n" });
    }
    said
}

/// How many files are made changes with every output that the generator gets, and how long it takes with the machine.
fn without_figures(line: &str) -> &str {
    match line.split_once(" files") {
        Some((count, rest)) if count.bytes().all(|byte| byte.is_ascii_digit()) => {
            if rest.starts_with(',') {
                "files made"
            } else {
                "files as they should be"
            }
        }
        _ => line,
    }
}

fn edit(file: &Path, body: &str) -> String {
    let mut text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut hunks: Vec<(Vec<&str>, Vec<&str>)> = Vec::new();
    let mut was_old = false;
    for line in body.lines() {
        let is_old = line.starts_with('-');
        if is_old && !was_old {
            hunks.push((Vec::new(), Vec::new()));
        }
        was_old = is_old;
        let (old, new) = hunks.last_mut().expect("an edit begins with a line that is there");
        if is_old { old } else { new }.push(line.get(1..).unwrap_or_default());
    }
    let block = |lines: &[&str]| if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" };
    for (old, new) in hunks {
        let (old, new) = (block(&old), block(&new));
        assert_eq!(text.matches(&old).count(), 1, "{} has not once:\n{old}", file.display());
        text = text.replace(&old, &new);
    }
    fs::write(file, text).expect("a writable folder");
    body.to_owned()
}
