//! `generated/` is what the generator makes, and two runs give the same bytes.

use crate::cases;

#[test]
fn generated_files_are_fresh() {
    let files = generator::generate(&cases::root().join("spec")).unwrap_or_else(|problems| panic!("{problems}"));
    let deviations = files.compare(&cases::root().join("generated")).expect("a readable folder");
    let paths: Vec<&str> = deviations.iter().map(generator::Deviation::path).collect();
    assert!(deviations.is_empty(), "generated/ is not what spec/ gives: {paths:#?}\nrun: cargo xtask generate");
}

#[test]
fn two_runs_give_the_same_bytes() {
    let run = || generator::generate(&cases::root().join("spec")).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(run() == run());
}
