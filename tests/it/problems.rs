//! What a maintainer reads when something is wrong: `bad/<case>.spec` gives `bad/<case>.txt`, to the letter.

use std::fs;

use crate::cases;

#[test]
fn wrong_specs_say_what_is_wrong() {
    let failures: Vec<String> = cases::files("bad", "spec")
        .iter()
        .filter_map(|case| {
            let folder = cases::spec(case);
            let shown = match generator::generate(&folder.path().join("spec")) {
                Ok(_) => "no problem\n".to_owned(),
                Err(problems) => format!("{problems}\n"),
            };
            let shown = shown.replace(&format!("{}/", folder.path().display()), "");
            cases::compare(&case.with_extension("txt"), &shown).err()
        })
        .collect();
    cases::report(&failures);
}

#[test]
fn a_folder_that_is_not_there_is_a_problem() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let problems = generator::generate(&folder.path().join("nowhere")).expect_err("there is no spec");
    assert!(problems.to_string().contains("problem[unreadable]"), "{problems}");
}

#[test]
fn an_output_folder_that_cannot_be_written_keeps_what_it_has() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    fs::create_dir(&out).expect("a writable folder");
    // A file where a folder is needed: this fails for every user, root included.
    fs::write(out.join("schemas"), "old").expect("a writable folder");
    let files = generator::generate(&cases::root().join("tests/base")).expect("the base is sound");
    assert!(files.write(&out).is_err());
    let left: Vec<_> = fs::read_dir(&out).expect("a readable folder").map(|entry| entry.expect("an entry")).collect();
    let texts: Vec<_> = left.iter().filter(|entry| entry.path().is_file()).map(fs::DirEntry::file_name).collect();
    assert_eq!(texts, ["schemas"], "something was half-written");
    assert_eq!(fs::read_to_string(out.join("schemas")).expect("a readable file"), "old");
}
