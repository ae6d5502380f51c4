//! Runs the table of `tests/wire/` against this runtime. What the files mean is said in the README beside them.

#[path = "wire/types.rs"]
mod types;

use std::fs;
use std::path::Path;

use baselinker_runtime::{DecodeError, Decoded, Mismatch, ReplyError, ToJson, decode, decode_reply, to_json};
use serde_json::{Map, Value, json};
use types::{Field, Page};

/// What a case gives, in the words of the table.
type Outcome = Map<String, Value>;

#[test]
fn every_file_of_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/wire");
    let mut cases = 0;
    let mut failures = Vec::new();
    let entries = fs::read_dir(&folder).expect("tests/wire is there");
    for path in entries.map(|entry| entry.expect("an entry can be read").path()) {
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = fs::read_to_string(&path).expect("the file can be read");
            let file: Value = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            for case in file["cases"].as_array().expect("a file has cases") {
                cases += 1;
                failures.extend(failure(&path, &file, case));
            }
        }
    }
    assert!(cases > 500, "only {cases} cases were found in {}", folder.display());
    assert!(failures.is_empty(), "{} of {cases} cases failed\n{}", failures.len(), failures.join("\n"));
}

/// What is wrong with a case, if anything is.
fn failure(path: &Path, file: &Value, case: &Value) -> Option<String> {
    let kind = case.get("type").unwrap_or(&file["type"]).as_str()?;
    let wire = case["wire"].as_str()?;
    let mut expected = case.as_object()?.clone();
    expected.retain(|key, _| !matches!(key.as_str(), "name" | "type" | "wire" | "exact_integers"));
    let mut found = outcome(kind, wire);
    if expected.get("error").is_some_and(|error| error["path"].is_null()) && found.contains_key("error") {
        found["error"]["path"] = Value::Null;
    }
    let name = &case["name"];
    let file = path.file_name()?.display();
    let [expected, found] = [expected, found].map(Value::Object);
    (expected != found).then(|| format!("{file}, {name}: {wire}\n  expected {expected}\n  found    {found}"))
}

fn outcome(kind: &str, wire: &str) -> Outcome {
    if kind == "Page" {
        return match decode_reply::<Page>(wire.as_bytes()) {
            Ok(decoded) => success(canonical(&decoded.value), &decoded.mismatches),
            Err(ReplyError::Api { code, message }) => {
                Map::from_iter([("api_error".into(), json!({ "code": code, "message": message }))])
            }
            Err(ReplyError::Decode(error)) => unusable(&error),
        };
    }
    let body = format!(r#"{{"value":{wire}}}"#);
    types::with_type(kind, body.as_bytes())
}

/// Decodes the body's one field as a `T`.
fn field<T: Field>(body: &[u8]) -> Outcome {
    match decode::<types::Probe<T>>(body) {
        Ok(Decoded { value, mismatches, .. }) => {
            success(value.value.map_or(Value::Null, |value| canonical(&value)), &mismatches)
        }
        Err(error) => unusable(&error),
    }
}

fn canonical(value: &dyn ToJson) -> Value {
    serde_json::from_str(&to_json(value)).expect("JSON")
}

fn success(value: Value, mismatches: &[Mismatch]) -> Outcome {
    let mut outcome = Map::from_iter([("value".into(), value)]);
    if !mismatches.is_empty() {
        let list = mismatches
            .iter()
            .map(|Mismatch { path, expected, found }| json!({ "path": path, "expected": expected, "found": found }));
        outcome.insert("mismatches".into(), list.collect());
    }
    outcome
}

fn unusable(error: &DecodeError) -> Outcome {
    Map::from_iter([("error".into(), json!({ "path": error.path() }))])
}
