//! What nasty specs give: `golden/<case>.spec` makes the folder `golden/<case>`, to the letter. One theme a case.

use std::fs;

use generator::Deviation;

use crate::cases;

#[test]
fn specs_give_what_they_gave() {
    let mut failures = Vec::new();
    for case in cases::files("golden", "spec") {
        let folder = cases::spec(&case);
        let mut files = generator::generate(&folder.path().join("spec"))
            .unwrap_or_else(|problems| panic!("{}:\n{problems}", case.display()));
        // What is the same whatever the spec says is looked at where it is written.
        let same = ["schemas/spec.schema.json", "/runtime/", "/_runtime/", "/LICENSE"];
        files.retain(|path| !same.iter().any(|part| path.contains(part)));
        let out = case.with_extension("");
        if cases::updating() {
            files.write(&out).expect("a writable folder");
        }
        for deviation in files.compare(&out).expect("a readable folder") {
            failures.push(match deviation {
                Deviation::Missing { path } => format!("{}/{path} is missing", out.display()),
                Deviation::Leftover { path } => format!("{}/{path} is not made any more", out.display()),
                Deviation::Stale { path, made, .. } => cases::compare(&out.join(path), &made).err().unwrap_or_default(),
            });
        }
    }
    cases::report(&failures);
}

#[test]
fn a_method_that_is_gone_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let files = generator::generate(&cases::root().join("tests/base")).expect("the base is sound");
    files.write(folder.path()).expect("a writable folder");
    let stray = folder.path().join("rust/src/methods/old/gone.rs");
    fs::create_dir_all(stray.parent().expect("a folder")).expect("a writable folder");
    fs::write(&stray, "").expect("a writable folder");
    let deviations = files.write(folder.path()).expect("a writable folder");
    assert_eq!(deviations, [Deviation::Leftover { path: "rust/src/methods/old/gone.rs".to_owned() }]);
    assert!(!stray.parent().expect("a folder").exists());
    assert_eq!(files.compare(folder.path()).expect("a readable folder"), []);
}
