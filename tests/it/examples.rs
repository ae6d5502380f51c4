//! The examples of the spec against the schemas that are made of it, by a real validator. That they decode is tested by the
//! packages, each in its own language.

use std::fs;

use serde_json::{Value, json};

use crate::cases;

#[test]
fn every_example_is_accepted_by_its_schemas() {
    let source = generator::source::load(&cases::root().join("spec")).unwrap_or_else(|problems| panic!("{problems}"));
    let api = generator::check::run(&source).unwrap_or_else(|problems| panic!("{problems}"));
    let mut failures = Vec::new();
    for method in api.methods.values() {
        let mut reply = method.example_reply.clone();
        reply["status"] = json!("SUCCESS");
        for (side, example) in [("params", &method.example_request), ("reply", &reply)] {
            let validator = validator(&format!("{}.{side}.json", method.wire));
            let errors = validator.iter_errors(example);
            failures
                .extend(errors.map(|error| format!("{} {side}: {error} at {}", method.wire, error.instance_path())));
        }
        if !method.params.is_empty() {
            let wrong = json!({ "no_such_parameter": 1 });
            let validator = validator(&format!("{}.params.json", method.wire));
            assert!(!validator.is_valid(&wrong), "{} takes an unknown parameter", method.wire);
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(!api.methods.is_empty());
}

fn validator(name: &str) -> jsonschema::Validator {
    let path = cases::root().join("generated/schemas").join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let schema: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_spec_file_is_accepted_by_the_schema_of_the_spec() {
    let validator = validator("spec.schema.json");
    let root = cases::root().join("spec");
    for folder in ["", "methods", "types"] {
        for entry in fs::read_dir(root.join(folder)).expect("a readable folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = fs::read_to_string(&path).expect("a readable file");
                assert!(text.starts_with("# yaml-language-server: $schema="), "{} has no editor line", path.display());
                let value = generator::source::to_json(&text).expect("the spec is sound");
                let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
                assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
            }
        }
    }
}
