//! Every way in which an answer can be bad, and the exact text that people read then.

use std::error::Error as _;
use std::io;
use std::time::Duration;

use baselinker_runtime::Error;
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::method::{GetThings, TOKEN, client};
use super::secret::assert_hidden;
use super::server::{Answer, Server, Then, ok, raw, status};

const BLOCKED: &str = r#"{"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN","error_message":"Query limit exceeded, token blocked until 2026-04-20 12:30:05"}"#;

/// What the server does, and the error of the call.
fn cases() -> Vec<(Answer, &'static str)> {
    let mut cases = api_errors();
    cases.extend(strange_answers());
    cases.extend(strange_statuses());
    cases.extend(broken_connections());
    cases
}

fn api_errors() -> Vec<(Answer, &'static str)> {
    vec![
        (
            ok(r#"{"status":"ERROR","error_code":"ERROR_BAD_TOKEN","error_message":"Invalid user token"}"#),
            "getThings: the API refused the call: ERROR_BAD_TOKEN, Invalid user token (make a token in the panel under \
             Account, API, or check that this one is whole)",
        ),
        (
            ok(r#"{"status":"ERROR","error_code":"ERROR_UNKNOWN_METHOD","error_message":""}"#),
            "getThings: the API refused the call: ERROR_UNKNOWN_METHOD (the API had it on 2026-04-20; look for a newer \
             version of this client)",
        ),
        (
            ok(r#"{"error_message":"","status":"ERROR","error_code":"ERROR_PARSE_JSON_PARAMETERS"}"#),
            "getThings: the API refused the call: ERROR_PARSE_JSON_PARAMETERS",
        ),
        (ok(r#"{"status":"ERROR"}"#), "getThings: the API refused the call and does not say why"),
        (
            ok(BLOCKED),
            "getThings: the API refused the call: ERROR_BLOCKED_TOKEN, Query limit exceeded, token blocked until \
             2026-04-20 12:30:05 (the call had no effect; send it again after 2026-04-20 12:30:05, and send fewer a \
             minute)",
        ),
        (
            status("429 Too Many Requests", r#"{"status":"ERROR","error_code":"ERROR_BLOCKED_TOKEN"}"#),
            "getThings: the API refused the call: ERROR_BLOCKED_TOKEN (the call had no effect; send it again after \
             about 10 minutes, and send fewer a minute)",
        ),
    ]
}

fn strange_answers() -> Vec<(Answer, &'static str)> {
    vec![
        (ok(""), "getThings: cannot decode the reply: it is empty (byte 0) (the call may have taken effect)"),
        (
            ok("null"),
            "getThings: cannot decode the reply: it is not an object with a status (byte 0, near \"null\") (the call \
             may have taken effect)",
        ),
        (
            ok("[]"),
            "getThings: cannot decode the reply: it is not an object with a status (byte 0, near \"[]\") (the call \
             may have taken effect)",
        ),
        (
            ok("<html>ok</html>"),
            "getThings: cannot decode the reply: it is HTML or XML instead of JSON: is this the API's endpoint? \
             (byte 0, near \"<html>ok</html>\") (the call may have taken effect)",
        ),
        (
            ok(r#"{"things":[]}"#),
            "getThings: cannot decode the reply: it has no status: is this the API's endpoint? (byte 13, near \
             \"{\\\"things\\\":[]}\") (the call may have taken effect)",
        ),
        (
            ok(r#"{"status":"SUCCESS","things":["#),
            "getThings: cannot decode the reply at things[0]: it is not valid JSON: it ends too early (byte 30, near \
             \"\\\"SUCCESS\\\",\\\"things\\\":[\") (the call may have taken effect; `call_raw` asks less of a reply)",
        ),
        (
            ok(r#"{"status":"SUCCESS","things":[{"stock":1}]}"#),
            "getThings: cannot decode the reply at things[0].thing_id: it is missing, or means nothing (byte 41) \
             (the call may have taken effect; `call_raw` asks less of a reply)",
        ),
    ]
}

fn strange_statuses() -> Vec<(Answer, &'static str)> {
    vec![
        (
            status("502 Bad Gateway", "<html>\r\n <h1>502 Bad Gateway</h1>\r\n</html>"),
            "getThings: HTTP 502 Bad Gateway instead of a reply (a server is in trouble; the call may have taken \
             effect): \"<html> <h1>502 Bad Gateway</h1> </html>\"",
        ),
        (
            status("503 Service Unavailable", ""),
            "getThings: HTTP 503 Service Unavailable instead of a reply (a server is in trouble; the call may have \
             taken effect)",
        ),
        (
            status("404 Not Found", r#"{"status":"SUCCESS"}"#),
            "getThings: HTTP 404 Not Found instead of a reply (is this the API's endpoint?): \
             \"{\\\"status\\\":\\\"SUCCESS\\\"}\"",
        ),
        (
            raw("HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n", Then::Keep),
            "getThings: HTTP 302 Found instead of a reply (is this the API's endpoint?)",
        ),
    ]
}

fn broken_connections() -> Vec<(Answer, &'static str)> {
    const CLOSED: &str = "getThings: the connection was closed before the reply was complete (the call may have \
                          taken effect; look before sending a write again)";
    const SLOW: &str = "getThings: no complete reply within 300ms (the call may have taken effect; look before \
                        sending a write again)";
    const LONG: &str = "getThings: the reply is longer than 1024 bytes (the call may have taken effect; raise \
                        `max_reply_bytes`)";
    let chunk = format!("400\r\n{}\r\n", " ".repeat(1024));
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    vec![
        (raw("", Then::Close), CLOSED),
        (raw("HTTP/1.1 200 OK\r\ncont", Then::Close), CLOSED),
        (raw("HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n{\"status\"", Then::Close), CLOSED),
        (raw(format!("{chunked}5\r\n{{\"st"), Then::Close), CLOSED),
        (raw("", Then::Hang), SLOW),
        (raw("HTTP/1.1 200 OK\r\ncontent-length: 30\r\n\r\n{\"status\"", Then::Hang), SLOW),
        (ok(&" ".repeat(1025)), LONG),
        (raw(format!("{chunked}{chunk}{chunk}"), Then::Hang), LONG),
        (
            raw("HTTP/1.1 200 OK\r\ncontent-length: 99999999999999999999999\r\n\r\n", Then::Hang),
            "getThings: the exchange failed: invalid content-length parsed (the call may have taken effect; look \
             before sending a write again)",
        ),
        (
            raw("SSH-2.0-OpenSSH_9.6\r\n", Then::Hang),
            "getThings: the exchange failed: invalid HTTP version parsed (the call may have taken effect; look \
             before sending a write again)",
        ),
    ]
}

#[tokio::test]
async fn every_bad_answer() {
    for (case, (answer, text)) in cases().into_iter().enumerate() {
        let server = Server::start(answer).await;
        let is_slow = text.contains("300ms");
        let limit = Duration::from_millis(if is_slow { 300 } else { 10_000 });
        // A block is remembered by address, and a later server may get the same port.
        let address = format!("http://127.0.0.1:{}/case/{case}", server.port);
        let client = client(server.port).endpoint(address).timeout(limit).max_reply_bytes(1024);
        let client = client.build().expect("a client");
        let error = client.call(&GetThings::default()).await.unwrap_err();
        assert_eq!(error.to_string(), text);
        assert_eq!(error.method(), Some("getThings"));
        assert_eq!(error.is_timeout(), is_slow, "{error:?}");
        assert_hidden(&error);
        assert_eq!(server.requests().len(), 1, "{text}");
        // A raw call misses no field, and does not follow the path.
        if !text.contains("things[0]") {
            let raw = client.call_raw("getThings", &json!({})).await.unwrap_err();
            assert_eq!(raw.to_string(), text);
        }
    }
}

#[tokio::test]
async fn an_endless_answer() {
    let head = "HTTP/1.1 200 OK\r\n\r\n";
    let filler = head.to_owned() + &" ".repeat(1 << 20);
    let server = Server::start(raw(filler, Then::Repeat)).await;
    let client = client(server.port).max_reply_bytes(3 << 20).build();
    let error = client.expect("a client").call(&GetThings::default()).await.unwrap_err();
    assert!(error.to_string().contains("longer than 3145728 bytes"), "{error}");
    // The connection is dropped, so that the server cannot go on.
    server.until(|seen| seen.closed == 1).await;
    assert!(server.sent() < 64 << 20, "{} bytes", server.sent());
}

#[tokio::test]
async fn no_connection() {
    let refused = TcpStream::connect("127.0.0.1:1").await;
    let refused = refused.expect_err("nobody uses port 1");
    let client = client(1).build().expect("a client");
    let error = client.call(&GetThings::default()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "getThings: no connection to 127.0.0.1:1: {refused} (nothing was sent; check the network and the \
             endpoint)"
        )
    );
    assert!(error.is_without_effect());
    assert_hidden(&error);
}

#[tokio::test]
async fn no_secure_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let server = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await?;
        let mut sent = Vec::new();
        stream.read_to_end(&mut sent).await?;
        io::Result::Ok(sent)
    });
    let client = client(1).endpoint(format!("https://{address}/")).build();
    let client = client.expect("a client");
    let error = client.call(&GetThings::default()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "getThings: no secure connection to {address}: received corrupt message of type InvalidContentType \
             (nothing was sent; check the endpoint, the clock, and proxies that open connections)"
        )
    );
    assert!(error.is_without_effect());
    assert_hidden(&error);
    let sent = server.await.expect("no panic").expect("a connection");
    assert!(!String::from_utf8_lossy(&sent).contains(TOKEN));
}

#[tokio::test]
async fn what_programs_ask_of_an_error() {
    let server = Server::start(ok(BLOCKED)).await;
    let address = format!("http://127.0.0.1:{}/blocked", server.port);
    let client = client(server.port).endpoint(address).build().expect("a client");
    let error = client.call(&GetThings::default()).await.unwrap_err();
    assert!(error.code().is_some_and(|code| *code == "ERROR_BLOCKED_TOKEN"));
    assert!(error.is_without_effect() && !error.is_unclear());
    assert!(error.source().is_none());
    let Error::Blocked { until, .. } = error else {
        panic!("{error:?}");
    };
    assert_eq!(until.as_deref(), Some("2026-04-20 12:30:05"));
}

#[tokio::test]
async fn what_caused_an_error() {
    let server = Server::start(ok(TOKEN)).await;
    let client_here = client(server.port).build().expect("a client");
    let error = client_here.call(&GetThings::default()).await.unwrap_err();
    // The text has the cause, and is all that a chain of errors would print.
    assert!(error.source().is_none() && error.is_unclear());
    let Error::Decode { source, .. } = error else { panic!("{error:?}") };
    assert!(source.to_string().starts_with("cannot decode the reply"), "{source}");
    drop((client_here, server));

    let server = Server::start(raw("", Then::Close)).await;
    let client = client(server.port).build().expect("a client");
    let error = client.call(&GetThings::default()).await.unwrap_err();
    assert!(error.source().is_none() && error.is_unclear());
    let Error::Transport { source, .. } = error else { panic!("{error:?}") };
    assert!(source.source().is_some());
}
