//! The program of the README is the one in `examples/`, and it does what the README says.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;
use std::thread;

use serde_json::Value;

use crate::cases;

#[test]
fn the_readme_shows_the_program_that_runs() {
    let readme = fs::read_to_string(cases::root().join("README.md")).expect("a readable file");
    let program = fs::read_to_string(cases::root().join("tests/examples/quickstart.rs")).expect("a readable file");
    let (_, program) = program.split_once("\n\n").expect("a head and a program");
    assert!(readme.contains(program), "README.md and tests/examples/quickstart.rs differ; copy the program over");
}

#[test]
fn the_program_of_the_readme_lists_orders() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let endpoint = format!("http://{}/connector.php", listener.local_addr().expect("an address"));
    let server = thread::spawn(move || answer_once(&listener));
    let output = Command::new(quickstart())
        .env("BASELINKER_TOKEN", "1-23-ABC")
        .env("BASELINKER_ENDPOINT", endpoint)
        .output()
        .expect("the program runs");
    let (head, body) = server.join().expect("the server answered");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(String::from_utf8_lossy(&output.stdout), expected());
    assert!(head.contains("x-bltoken: 1-23-abc"), "{head}");
    assert_eq!(body, "method=getOrders&parameters=%7B%22id_from%22%3A1%2C%22include_commissions%22%3Atrue%7D");
}

/// The program. It was built along with the tests, which cargo sees if it is asked for in the same way as they were.
fn quickstart() -> PathBuf {
    let built = cases::cargo()
        .args(["build", "--quiet", "--workspace", "--all-features", "--example", "quickstart"])
        .current_dir(cases::root())
        .status()
        .expect("cargo runs");
    assert!(built.success());
    // This test is in target/debug/deps, examples are in target/debug/examples.
    let own = env::current_exe().expect("a test is a program");
    let profile = own.ancestors().nth(2).expect("tests are two folders down");
    profile.join("examples/quickstart")
}

/// Takes one request and answers it with the example of the spec; gives what was sent.
fn answer_once(listener: &TcpListener) -> (String, String) {
    let (stream, _) = listener.accept().expect("a connection");
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        assert!(reader.read_line(&mut head).expect("a request") > 0, "the request ends in its head: {head}");
    }
    let head = head.to_lowercase();
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).expect("a length");
    let mut body = vec![0; length.parse().expect("a number")];
    reader.read_exact(&mut body).expect("a body");
    let example = example();
    let reply = example["reply"].to_string();
    let mut stream = reader.into_inner();
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{reply}", reply.len())
        .expect("sent");
    (head, String::from_utf8(body).expect("a form is ASCII"))
}

/// What the program should say of the example's orders.
fn expected() -> String {
    let example = example();
    let orders = example["reply"]["orders"].as_array().expect("the example has orders");
    let lines = orders.iter().map(|order| {
        let email = order["email"].as_str().unwrap_or("no e-mail");
        let lines = order["products"].as_array().map_or(0, Vec::len);
        format!("order {} of {email}, {lines} lines\n", order["order_id"])
    });
    lines.collect()
}

fn example() -> Value {
    let text = fs::read_to_string(cases::root().join("generated/examples/getOrders.json")).expect("a readable file");
    serde_json::from_str(&text).expect("JSON")
}
