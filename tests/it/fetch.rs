//! `upstream fetch` against a server on this machine: one request for each page, none twice, and on from where it was refused.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use crate::{cases, transcripts};

/// Answers one connection after the other. A path that is asked for the first time is refused if it is `refused`; the requests
/// come back when one asks for `/end`.
fn serve(listener: TcpListener, refused: &'static str) -> thread::JoinHandle<Vec<String>> {
    thread::spawn(move || {
        let mut asked: Vec<String> = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.expect("a connection");
            let head: Vec<String> = BufReader::new(&stream)
                .lines()
                .map(|line| line.expect("a line"))
                .take_while(|line| !line.is_empty())
                .collect();
            let path = head[0].split(' ').nth(1).expect("a path").to_owned();
            if path == "/end" {
                return asked;
            }
            assert!(head.iter().any(|line| line.to_lowercase().starts_with("user-agent: baselinker-client-xtask/")));
            let is_refused = path.contains(refused) && !asked.contains(&path);
            let (status, body) = match &*path {
                _ if is_refused => ("503 Service Unavailable", String::new()),
                "/index.php" => ("200 OK", fs::read_to_string(page("list.html")).expect("a readable page")),
                _ => ("200 OK", format!("<html>{path}")),
            };
            asked.push(path);
            let length = body.len();
            write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
                .expect("a reader");
        }
        asked
    })
}

fn page(name: &str) -> std::path::PathBuf {
    cases::root().join("tests/upstream/pages").join(name)
}

#[test]
fn pages_are_fetched_once_and_on_from_a_refusal() {
    let program = transcripts::program();
    let folder = cases::base();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address");
    let server = serve(listener, "getThingsByOwner");
    let fetch = |from: &str| {
        let mut command = Command::new(&program);
        command.args(["upstream", "fetch", "pages", "--pause", "0", "--from", from]).current_dir(folder.path());
        let output = command.output().expect("the program runs");
        let said = [output.stdout, output.stderr].map(|text| String::from_utf8(text).expect("text"));
        (output.status.success(), said.concat())
    };
    let from = format!("http://{address}/index.php");
    let (went, said) = fetch(&from);
    assert!(!went && said.contains("?method=getThingsByOwner: http status: 503; what was saved stays"), "{said}");
    assert!(!folder.path().join("pages/getThingsByOwner.html").exists());
    let (went, said) = fetch(&from);
    assert!(went, "{said}");
    assert_eq!(said, "4 pages fetched, 6 methods on the list; run: cargo xtask upstream read pages\n");
    let (went, said) = fetch("http://127.0.0.1.example.com/index.php");
    assert!(!went && said.contains("at least a second between two requests"), "{said}");

    let ended =
        std::net::TcpStream::connect(address).and_then(|mut stream| stream.write_all(b"GET /end HTTP/1.1\r\n\r\n"));
    ended.expect("the server listens");
    let method = |name| format!("/index.php?method={name}");
    let mut expected = vec!["/index.php".to_owned(), "/index.php?changelog=1".to_owned()];
    let names = [
        "getThing",
        "addThing",
        "getThingsByOwner",
        "getThingsByOwner",
        "setThingPayment",
        "getShelves",
        "deleteShelf",
    ];
    expected.extend(names.map(method));
    assert_eq!(server.join().expect("the server ends"), expected);
    let saved = fs::read_to_string(folder.path().join("pages/getShelves.html")).expect("a saved page");
    assert_eq!(saved, "<html>/index.php?method=getShelves");
}
