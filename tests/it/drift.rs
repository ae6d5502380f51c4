//! The spec against the second reading of the public documentation: `drift/<case>.spec` gives `drift/<case>.txt`, to the
//! letter, and the real spec differs in nothing but what it means to.

use std::fs;

use generator::upstream::{self, Reading};

use crate::cases;

#[test]
fn differences_are_found() {
    let failures: Vec<String> = cases::files("drift", "spec")
        .iter()
        .filter_map(|case| {
            let folder = cases::spec(case);
            let shown = match generator::drift::run(&folder.path().join("spec")) {
                Ok(report) => format!("{report}\n"),
                Err(problems) => format!("{problems}\n"),
            };
            let shown = shown.replace(&format!("{}/", folder.path().display()), "");
            cases::compare(&case.with_extension("txt"), &shown).err()
        })
        .collect();
    cases::report(&failures);
}

#[test]
fn the_spec_differs_only_on_purpose() {
    let report = generator::drift::run(&cases::root().join("spec")).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(report.counts.methods > 100, "{report}");
}

#[test]
fn a_folder_of_notes_becomes_a_reading() {
    let folder = cases::root().join("tests/upstream");
    let reading = upstream::import(&folder.join("folder")).expect("sound notes");
    cases::report(
        &cases::compare(&folder.join("reading.json"), &reading.print()).err().into_iter().collect::<Vec<_>>(),
    );
}

#[test]
fn readings_stay_as_they_are_when_they_are_read_and_printed() {
    for entry in fs::read_dir(cases::root().join("spec/upstream")).expect("a folder of readings") {
        let text = fs::read_to_string(entry.expect("an entry").path()).expect("a readable file");
        assert_eq!(Reading::parse(&text).expect("a sound reading").print(), text);
    }
}

#[test]
fn notes_that_say_something_twice_are_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let import = || upstream::import(folder.path()).expect_err("nothing sound to read");
    let write = |name: &str, params: &str| {
        let text =
            format!(r#"{{ "method": "a", "group": "A", "section": "A", "params": {params}, "response": null }}"#);
        fs::write(folder.path().join(name), text).expect("a writable folder");
    };
    assert!(import().ends_with("has no .json file"), "{}", import());
    write("one.json", r#"[{ "name": "x", "type": "int" }, { "name": "x", "type": "int" }]"#);
    assert!(import().ends_with("a field is called `x`, which is no name or the name of another"), "{}", import());
    write("one.json", "[]");
    write("two.json", "[]");
    assert_eq!(import(), "two files are about the method a");
}
