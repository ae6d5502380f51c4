//! Real replies against the spec: the files of a folder `observe/<case>/` give `observe/<case>.txt`, to the letter, with the spec of
//! `observe/shop.spec`. Whatever a reply says of a person is nowhere in what it gives.

use std::fs;
use std::path::{Path, PathBuf};

use generator::model::Api;
use generator::observe::{Observer, Report};
use generator::source::Texts;
use generator::{check, source};
use serde_json::{Value, json};

use crate::cases;

/// What stands in the inputs of the cases and must not be told.
const PLANTED: [&str; 7] = ["Anna", "anna@", "48600100200", "SECRETTOKEN", "Warszawa", "PL6110", "5210017228"];

fn in_name_order(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a readable folder");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

/// A small spec.
struct Spec {
    api: Api,
    texts: Texts,
}

impl Spec {
    fn load(case: &str) -> Self {
        let folder = cases::spec(&cases::root().join("tests/observe").join(case));
        let mut source =
            source::load(&folder.path().join("spec")).unwrap_or_else(|problems| panic!("{case}: {problems}"));
        let api = check::run(&source).unwrap_or_else(|problems| panic!("{case}: {problems}"));
        source.texts.root = PathBuf::from("spec");
        Self { api, texts: source.texts }
    }

    /// Looks at files.
    fn observe(&self, files: &[PathBuf], method: Option<&str>) -> Report {
        let mut observer = Observer::new(&self.api, self.texts.clone(), method).expect("a method of the spec");
        for file in files {
            observer.file(file).expect("a readable file");
        }
        observer.report()
    }
}

fn told(report: &Report) -> String {
    format!("{report}{}\n", if report.to_do() > 0 { report.summary() } else { String::new() })
}

#[test]
fn differences_are_told_and_persons_are_not() {
    let spec = Spec::load("shop.spec");
    let mut inputs = String::new();
    let mut failures = Vec::new();
    for case in in_name_order(&cases::root().join("tests/observe")).iter().filter(|path| path.is_dir()) {
        let files = in_name_order(case);
        let told = told(&spec.observe(&files, None));
        failures.extend(cases::compare(&case.with_extension("txt"), &told).err());
        for planted in PLANTED {
            assert!(!told.contains(planted), "{}: {planted} is told:\n{told}", case.display());
        }
        let text = |file: &PathBuf| String::from_utf8_lossy(&fs::read(file).expect("a readable file")).into_owned();
        inputs.extend(files.iter().map(text));
    }
    for planted in PLANTED {
        assert!(inputs.contains(planted), "{planted} is in no case");
    }
    cases::report(&failures);
}

/// The field of `wire.spec` that has a type of `tests/wire`: `map(id, int)` is `map_id_int`.
fn field_of(ty: &str) -> String {
    let words = ty.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join("_")
}

/// Whether a value has a key that its type does not document, or is one that its enum does not; runtimes keep both.
fn has_more(ty: &str, value: &Value) -> bool {
    match ty {
        "enum(Star)" => value.as_i64().is_some_and(|star| !(0..3).contains(&star)),
        "enum(Source)" => value.as_str().is_some_and(|source| !matches!(source, "shop" | "allegro")),
        "json" => false,
        _ => value.to_string().contains("\"extra\":"),
    }
}

/// Numbers that a double does not hold are read here as the nearest one; only the runtimes need their digits.
fn is_beyond_double(wire: &str) -> bool {
    !wire.contains('"') && wire.bytes().filter(u8::is_ascii_digit).count() > 16
        || wire.contains("e999")
        || wire.contains("e-999")
}

#[test]
fn what_the_runtimes_read_is_right_and_nothing_else() {
    let spec = Spec::load("wire.spec");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut wrong = Vec::new();
    for file in cases::files("wire", "json") {
        let text = fs::read_to_string(&file).expect("a readable file");
        let table: Value = serde_json::from_str(&text).expect("JSON");
        for case in table["cases"].as_array().expect("cases") {
            let ty = case.get("type").unwrap_or(&table["type"]).as_str().expect("a type");
            let wire = case["wire"].as_str().expect("JSON as text");
            if is_beyond_double(wire) {
                continue;
            }
            let (method, body) = match ty {
                "Page" => ("getPage", wire.to_owned()),
                _ => ("getValue", format!(r#"{{"status":"SUCCESS","{}":{wire}}}"#, field_of(ty))),
            };
            let reply = folder.path().join("reply.json");
            fs::write(&reply, body).expect("a writable folder");
            let is_right =
                case.get("mismatches").is_none() && case.get("error").is_none() && !has_more(ty, &case["value"]);
            let report = spec.observe(&[reply], Some(method));
            if is_right != (report.to_do() == 0) {
                wrong.push(format!("{ty}, {}: {wire}\n{}", case["name"], told(&report)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Names that look like those of the API are told only as long as they are few: these are the keys of a map, and what people typed.
#[test]
fn many_names_are_none() {
    let people: Vec<String> = (b'a'..=b'z').map(|letter| format!("anna_{}", char::from(letter))).collect();
    let replies = people.iter().map(|name| {
        let thing = json!({"thing_id": 1, "state": name, name: {"email": name}});
        json!({"method": "getThings", "parameters": {}, "reply": {"status": "SUCCESS", "things": [thing], name: 5}})
    });
    let lines: Vec<String> = replies.map(|line| line.to_string()).collect();
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("calls.jsonl");
    fs::write(&file, lines.join("\n")).expect("a writable folder");
    let told = told(&Spec::load("shop.spec").observe(&[file], None));
    assert!(!told.contains("anna_b") && told.contains("something that is not told (26)"), "{told}");
    assert!(told.contains("keys that are not told in `things[]`, object (26)"), "{told}");
}

#[test]
fn a_file_too_large_is_refused_and_the_others_are_read() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let [huge, other] = ["getThings.json", "getThing.json"].map(|name| folder.path().join(name));
    // It takes no room on the disk.
    fs::File::create(&huge).and_then(|file| file.set_len(129 << 20)).expect("a writable folder");
    fs::write(&other, r#"{"status":"SUCCESS","thing_id":1,"weight":1}"#).expect("a writable folder");
    let told = told(&Spec::load("shop.spec").observe(&[huge, other], None));
    assert!(told.starts_with("## getThing: 1 reply\n\nAll as the spec has it.\n"), "{told}");
    assert!(told.contains("- [ ] getThings.json: larger than 128 MiB; hand it in in parts"), "{told}");
}

/// The spec of this repository.
fn real_spec() -> Spec {
    let source = source::load(&cases::root().join("spec")).unwrap_or_else(|problems| panic!("{problems}"));
    let api = check::run(&source).unwrap_or_else(|problems| panic!("{problems}"));
    Spec { api, texts: source.texts }
}

#[test]
fn the_examples_are_as_the_spec_has_them() {
    let report = real_spec().observe(&in_name_order(&cases::root().join("generated/examples")), None);
    assert_eq!(report.to_do(), 0, "{report}");
}

/// Puts a person in every place of a value: for each value, and as a key of each object.
fn plant(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(plant),
        Value::Object(map) => {
            map.values_mut().for_each(plant);
            map.insert("anna@example.com".to_owned(), "+48600100200".into());
        }
        _ => *value = "Anna Kowalska".into(),
    }
}

#[test]
fn no_method_tells_of_a_person() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut files = Vec::new();
    for example in in_name_order(&cases::root().join("generated/examples")) {
        let text = fs::read_to_string(&example).expect("a readable file");
        let mut exchange: Value = serde_json::from_str(&text).expect("JSON");
        plant(&mut exchange["reply"]);
        exchange["reply"]["status"] = "SUCCESS".into();
        files.push(folder.path().join(example.file_name().expect("a name")));
        fs::write(files.last().expect("a file"), exchange.to_string()).expect("a writable folder");
    }
    let report = real_spec().observe(&files, None);
    let told = told(&report);
    assert!(report.to_do() > 500, "{told}");
    for planted in PLANTED {
        assert!(!told.contains(planted), "{planted} is told:\n{told}");
    }
}

/// Files that were cut off, or have something where nobody expects it, are told of as far as it goes.
#[test]
fn no_file_makes_it_fall() {
    let spec = Spec::load("shop.spec");
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["har/shop.har", "personal/calls.jsonl", "differences/getThings.1.json"] {
        let whole = fs::read(cases::root().join("tests/observe").join(name)).expect("a readable file");
        let file = folder.path().join(name.replace('/', "."));
        for at in (0..whole.len()).step_by(61) {
            let (start, end) = whole.split_at(at);
            for text in [start.to_vec(), end.to_vec(), [start, &b"{\"log\": [], \xff"[..], end].concat()] {
                fs::write(&file, text).expect("a writable folder");
                let told = told(&spec.observe(std::slice::from_ref(&file), Some("getThings")));
                for planted in PLANTED {
                    assert!(!told.contains(planted), "{name} at {at}: {planted} is told:\n{told}");
                }
            }
        }
    }
}
