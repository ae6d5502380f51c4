//! What a maintainer does, word by word: `transcripts/<case>.txt` has commands and edits of a small spec, and what they say.
//!
//! A case begins with `tests/base` in a folder of its own; `$ copy spec` puts the spec of this repository there instead. `$ cargo xtask ...`
//! runs the real program there, and what follows is what it says; the last line of a command that fails is `[failed]`. `$ edit FILE`
//! replaces the lines after it that begin with `-` by those that begin with `+`; `$ write FILE` writes what stands behind `|`, `$ show FILE`
//! shows it so; `$ git ...` runs git. `$ list FILE DATE METHOD...` saves the public list of methods as it would be on a later day, without
//! these. Remarks begin with `#`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use generator::upstream::{self, Reading};

use crate::cases;
use crate::upstream::list_of;

#[test]
fn transcripts_go_as_they_are_written() {
    let program = program();
    let one = |case: &Path| {
        let text = fs::read_to_string(case).expect("a readable case");
        let folder = cases::base();
        cases::compare(case, &play(&text, folder.path(), &program)).err()
    };
    let cases = cases::files("transcripts", "txt");
    let failures: Vec<String> = thread::scope(|scope| {
        let played: Vec<_> = cases.iter().map(|case| scope.spawn(|| one(case))).collect();
        played.into_iter().filter_map(|case| case.join().expect("a transcript that can be played")).collect()
    });
    cases::report(&failures);
}

#[test]
fn every_stage_shows_a_method() {
    let program = program();
    for stage in ["source", "api", "rust-view", "typescript-view", "python-view", "files"] {
        let mut show = Command::new(&program);
        let shown = show.args(["show", "getOrders", "--stage", stage]).current_dir(cases::root()).output();
        let shown = shown.expect("xtask runs");
        let text = String::from_utf8_lossy(&shown.stdout);
        assert!(shown.status.success() && text.contains("filter_email"), "{stage}: {text}");
    }
}

/// Who pipes a long answer into `head` has what they want.
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let mut told = Command::new(program());
    told.args(["show", "getOrders"]).current_dir(cases::root()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = told.spawn().expect("xtask runs");
    drop(child.stdout.take());
    let done = child.wait_with_output().expect("xtask ends");
    assert_eq!((String::from_utf8_lossy(&done.stderr).as_ref(), done.status.success()), ("", true));
}

/// xtask, built in the same way as the tests were, so that cargo finds its libraries built.
pub fn program() -> PathBuf {
    let built = cases::cargo()
        .args(["build", "--quiet", "--workspace", "--all-features", "--bin", "xtask"])
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
        ["show", file] => {
            let text = fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            text.lines().map(|line| format!("| {line}").trim_end().to_owned() + "\n").collect()
        }
        ["copy", what] => {
            fs::remove_dir_all(folder.join(what)).expect("a folder of the base");
            cases::copy(&cases::root().join(what), &folder.join(what));
            String::new()
        }
        ["list", file, date, without @ ..] => {
            fs::create_dir_all(folder.join(file).parent().expect("a folder")).expect("a writable folder");
            fs::write(folder.join(file), list(&folder.join("spec"), date, without)).expect("a writable folder");
            String::new()
        }
        _ => panic!("not a step: {command}"),
    }
}

/// The public list of methods on some day, as the newest reading has it but for some methods.
fn list(spec: &Path, date: &str, without: &[&str]) -> String {
    let newest = upstream::dates(spec).expect("readings").pop().expect("a reading");
    let text = fs::read_to_string(spec.join(Reading::path(&newest))).expect("a readable file");
    let reading = Reading::parse(&text).expect("a sound reading");
    let mut methods: Vec<(&str, &str, &str)> =
        reading.methods.iter().map(|(name, method)| (name, &*method.group, &*method.section)).collect();
    methods.retain(|(name, ..)| !without.contains(name));
    methods.sort_by_key(|(name, group, section)| (*group, *section, *name));
    list_of(&methods, date).text
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
    let mut said: String = said.lines().map(|line| without_figures(line) + "\n").collect();
    if !output.status.success() {
        said.push_str(if said.ends_with('\n') { "[failed]\n" } else { "\n[failed]\n" });
    }
    said
}

/// How many files are made changes with every output that the generator gets, and how long it takes with the machine; and what the real
/// spec has, with every change of it.
fn without_figures(line: &str) -> String {
    match line.split_once(" files") {
        Some((count, rest)) if is_number(count) => {
            return if rest.starts_with(',') { "files made" } else { "files as they should be" }.to_owned();
        }
        _ => {}
    }
    let mut words: Vec<&str> = line.split(' ').collect();
    for at in 1..words.len() {
        let is_counted =
            ["methods", "parameters", "reply", "types", "things"].iter().any(|what| words[at].starts_with(what));
        if is_counted && words[at - 1].len() > 2 && is_number(words[at - 1]) {
            words[at - 1] = "many";
        }
    }
    words.join(" ")
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
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
