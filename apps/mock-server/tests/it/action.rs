//! The action that starts the mock in a job of GitHub: its script, as a step runs it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;

use crate::raw::{FORM, TOKEN, form, post};

/// Runs the script; gives what it says and what it writes into the files of later steps.
fn start(name: &str, arguments: &str) -> (Output, [String; 2]) {
    let temp = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&temp);
    fs::create_dir_all(&temp).expect("a writable folder");
    let files = ["output", "env"].map(|file| temp.join(file));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../.github/actions/mock/start.sh");
    let output = Command::new(script)
        .env("MOCK", env!("CARGO_BIN_EXE_baselinker-mock"))
        .env("ARGUMENTS", arguments)
        .env("RUNNER_TEMP", &temp)
        .env("GITHUB_OUTPUT", &files[0])
        .env("GITHUB_ENV", &files[1])
        .output()
        .expect("bash runs");
    (output, files.map(|file| fs::read_to_string(file).unwrap_or_default()))
}

#[test]
fn later_steps_know_where_it_answers() {
    let (output, [told, environment]) = start("action", "--orders 3 --limit 0");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let endpoint = told.trim().strip_prefix("endpoint=").expect("an endpoint");
    assert_eq!(environment, format!("BASELINKER_ENDPOINT={endpoint}\n"));
    let address = endpoint.trim_start_matches("http://").trim_end_matches("/connector.php");
    let answer = post(address.parse().expect("an address"), &[FORM, TOKEN], &form("getOrders", &json!({})));
    assert_eq!(answer.json()["orders"].as_array().map(Vec::len), Some(3));
    let pid = fs::read_to_string(Path::new(env!("CARGO_TARGET_TMPDIR")).join("action/baselinker-mock.pid"));
    let killed = Command::new("bash").args(["-c", "kill $0", pid.expect("its number").trim()]).status();
    assert!(killed.expect("bash runs").success());
}

#[test]
fn a_mock_that_does_not_start_fails_the_step_and_says_why() {
    let (output, told) = start("action-wrong", "--order 3");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.starts_with("the mock did not start:\nerror: unexpected argument '--order'"), "{said}");
    assert_eq!((output.status.code(), told), (Some(1), [String::new(), String::new()]));
}
