//! The languages against each other: thousands of replies, decoded to the same JSON, and the example calls, sent as the same bytes.
//! README.md beside this file says how a language takes part.

mod bend;
mod cases;
mod compare;
mod dice;
mod files;
mod node;
mod odd;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use generator::model::Api;
use serde_json::{Value, json};

use crate::cases::Case;

/// A language: the programs that speak for it, without `FILE`, from the root of the repository.
struct Language {
    name: &'static str,
    decode: &'static [&'static str],
    encode: &'static [&'static str],
    /// Whether its parser shows the earlier ones of doubled keys; `tests/wire/README.md` leaves it free to report on them, and
    /// decision 11 says what it would cost in Python.
    sees_doubled: bool,
    /// Whether it looks for the status before it reads the rest, and so tells of that first where both are missing.
    looks_for_status_first: bool,
}

/// What the others are held against.
const OURS: Language = Language {
    name: "Rust",
    decode: &[env!("CARGO_BIN_EXE_differential-rust"), "decode"],
    encode: &[env!("CARGO_BIN_EXE_differential-rust"), "encode"],
    sees_doubled: true,
    looks_for_status_first: false,
};

/// Languages whose packages have to be built first. `cargo xtask test` does that, and names them in `DIFFERENTIAL`.
const OTHERS: &[Language] = &[
    Language {
        name: "TypeScript",
        decode: &["node", "tests/differential/decode.mjs"],
        encode: &["node", "tests/differential/encode.mjs"],
        sees_doubled: true,
        looks_for_status_first: false,
    },
    Language {
        name: "Python",
        decode: &[PYTHON, "tests/differential/decode.py"],
        encode: &[PYTHON, "tests/differential/encode.py"],
        sees_doubled: false,
        looks_for_status_first: true,
    },
];

/// The environment of `cargo xtask test --only python`, with the package in it.
const PYTHON: &str = "target/python/venv/bin/python";

/// The other languages that take part.
fn others() -> impl Iterator<Item = &'static Language> {
    let named = env::var("DIFFERENTIAL").unwrap_or_default();
    OTHERS.iter().filter(move |language| named.split(',').any(|name| name == language.name))
}

/// How many differences are shown.
const SHOWN: usize = 10;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the repository")
}

fn api() -> Api {
    let source = generator::source::load(&root().join("spec")).expect("the spec is sound");
    generator::check::run(&source).expect("the spec is sound")
}

/// The lines that a program prints.
fn run(program: &[&str], file: Option<&Path>) -> Vec<Value> {
    let shown = program.join(" ");
    let output = Command::new(program[0]).args(&program[1..]).args(file).current_dir(root()).output();
    let output = output.unwrap_or_else(|error| panic!("cannot run {shown}: {error}"));
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}: {}\n{errors}", output.status);
    let text = String::from_utf8(output.stdout).unwrap_or_else(|error| panic!("{shown}: {error}"));
    let parse = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{shown}: {error}: {line}"));
    text.lines().map(parse).collect()
}

/// Lets a language decode cases, by a file of this name.
fn decode(language: &Language, name: &str, cases: &[Case]) -> Vec<Value> {
    let lines: Vec<String> =
        cases.iter().map(|case| format!("{}\n", json!({ "method": case.method, "reply": case.reply }))).collect();
    let folder = root().join("target/differential");
    fs::create_dir_all(&folder).expect("a writable folder");
    let file: PathBuf = folder.join(name);
    fs::write(&file, lines.concat()).expect("a writable folder");
    let answers = run(language.decode, Some(&file));
    assert_eq!(answers.len(), cases.len(), "{} answers with another number of lines", language.name);
    answers
}

#[test]
fn every_language_decodes_the_same() {
    let cases = cases::all(&api(), &env::var("DIFFERENTIAL_SEED").unwrap_or_default());
    let ours = decode(&OURS, "replies.jsonl", &cases);
    is_worth_comparing(&cases, &ours);
    for language in others() {
        let theirs = decode(language, "replies.jsonl", &cases);
        let answers = cases.iter().zip(ours.iter().zip(&theirs)).enumerate();
        let failures: Vec<String> = answers
            .filter_map(|(line, (case, (ours, theirs)))| {
                let difference = if case.is_doubled && !language.sees_doubled {
                    compare::difference_of_last(ours, theirs)?
                } else {
                    let is_place_compared = case.is_json && !(language.looks_for_status_first && case.lacks_status());
                    compare::difference(ours, theirs, is_place_compared)?
                };
                let Case { method, reply, .. } = case;
                let reply: String = reply.chars().take(1000).collect();
                Some(format!("line {}, {method}, {difference}\n    of {reply}", line + 1))
            })
            .collect();
        let (first, name) = (OURS.name, language.name);
        let shown = failures.iter().take(SHOWN).cloned().collect::<Vec<_>>().join("\n");
        assert!(
            failures.is_empty(),
            "{first} and {name} differ in {} of {} replies:\n{shown}",
            failures.len(),
            cases.len()
        );
    }
}

/// A test that compares only errors, or only clean replies, would show nothing.
fn is_worth_comparing(cases: &[Case], answers: &[Value]) {
    let count = |wanted: fn(&Value) -> bool| answers.iter().filter(|answer| wanted(answer)).count();
    let clean = count(|answer| answer["mismatches"].as_array().is_some_and(Vec::is_empty));
    let mismatched = count(|answer| answer["mismatches"].as_array().is_some_and(|list| !list.is_empty()));
    let (errors, refused) =
        (count(|answer| answer["error"].is_object()), count(|answer| answer["api_error"].is_object()));
    let counts = format!(
        "{} cases: {clean} clean, {mismatched} with mismatches, {errors} useless, {refused} refused by the API",
        cases.len()
    );
    println!("{counts}");
    assert_eq!(clean + mismatched + errors + refused, cases.len(), "{counts}");
    assert!([clean, mismatched, errors, refused].iter().all(|count| *count >= cases.len() / 50), "{counts}");
    for (case, answer) in cases.iter().zip(answers) {
        assert!(case.is_json || answer["error"].is_object(), "{} was read: {}", case.reply, case.method);
    }
}

#[test]
fn every_language_sends_the_same() {
    let api = api();
    let ours = run(OURS.encode, None);
    let sent: Vec<(&str, Value)> = ours.iter().map(|line| (text(line, "method"), parameters(line))).collect();
    let expected: Vec<(&str, Value)> =
        api.methods.values().map(|method| (&*method.wire, method.example_request.clone())).collect();
    assert_eq!(sent, expected, "{} does not send the examples of the spec", OURS.name);
    for language in others() {
        let theirs = run(language.encode, None);
        assert_eq!(theirs.len(), ours.len(), "{} sends another number of methods", language.name);
        for (ours, theirs) in ours.iter().zip(&theirs) {
            for key in ["method", "parameters"] {
                assert_eq!(text(ours, key), text(theirs, key), "{}, {}", language.name, ours["method"]);
            }
        }
    }
}

fn text<'l>(line: &'l Value, key: &str) -> &'l str {
    line[key].as_str().unwrap_or_else(|| panic!("no {key} in {line}"))
}

fn parameters(line: &Value) -> Value {
    serde_json::from_str(text(line, "parameters")).unwrap_or_else(|error| panic!("{line}: {error}"))
}
