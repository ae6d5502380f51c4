//! The token is seen by the server and by nobody else, whatever the server sends back.

use std::error::Error as _;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use baselinker_runtime::http::StatusCode;
use baselinker_runtime::{
    BoxFuture, ClientBuilder, Error, HttpRequest, HttpResponse, Token, Transport, TransportError, TransportErrorKind,
};

use super::method::{API, GetThings, TOKEN, client};
use super::server::{Server, ok, status};

/// Fails if a text has as much as a recognisable piece of the token.
fn assert_hidden_in(text: &str) {
    for piece in TOKEN.as_bytes().windows(6) {
        let piece = str::from_utf8(piece).expect("the token is ASCII");
        assert!(!text.contains(piece), "{piece:?} is in {text:?}");
    }
}

/// Fails if an error or one of its causes prints a piece of the token.
pub fn assert_hidden(error: &Error) {
    assert_hidden_in(&format!("{error} {error:?} {error:#?}"));
    let Error::Transport { source, .. } = error else { return };
    let mut cause = source.source();
    while let Some(error) = cause {
        assert_hidden_in(&format!("{error} {error:?} {error:#?}"));
        cause = error.source();
    }
}

#[test]
fn nothing_prints_the_token() {
    fn check(value: &dyn Debug) {
        assert_hidden_in(&format!("{value:?} {value:#?}"));
    }

    check(&Token::from(TOKEN));
    check(&ClientBuilder::new(&API, TOKEN));
    check(&client(1).build().expect("a client"));
    for text in [format!("{TOKEN}\n"), format!("x {TOKEN}")] {
        let error = ClientBuilder::new(&API, text).build().unwrap_err();
        assert_hidden(&error);
        assert_eq!(
            error.to_string(),
            "cannot make a client: the token holds a blank, a line break or another character that no token has"
        );
    }
    let error = ClientBuilder::new(&API, "").build().unwrap_err();
    assert_eq!(error.to_string(), "cannot make a client: the token is empty");
}

#[tokio::test]
async fn a_server_that_repeats_the_token() {
    let filler = "x".repeat(66);
    let answers = [
        ok(&format!(r#"{{"status":"ERROR","error_code":"{TOKEN}","error_message":"no {TOKEN}"}}"#)),
        ok(&format!("{TOKEN}{TOKEN}")),
        ok(&format!("{filler}{TOKEN}")),
        ok(&format!(r#"{{"status":"SUCCESS","{TOKEN}":["#)),
        ok(&format!(r#"{{"{filler}{TOKEN}":1}}"#)),
        ok(&format!("{{\"{TOKEN}\":1, \"a\":x{TOKEN}}}")),
        ok(&format!(r#"{{"status":"SUCCESS","things":[{{"thing_id":"{filler}{TOKEN}"}}]}}"#)),
        status("500 Oops", &format!("{filler}{filler}{filler}{TOKEN}")),
        status("500 Oops", &format!("{filler}{filler}{TOKEN}")),
    ];
    for answer in answers {
        let server = Server::start(answer).await;
        let client = client(server.port).build().expect("a client");
        assert_hidden(&client.call(&GetThings::default()).await.unwrap_err());
        assert!(server.requests()[0].contains(TOKEN));
    }
}

#[tokio::test]
async fn a_report_that_repeats_the_token() {
    let reply = format!(r#"{{"status":"SUCCESS","things":[{{"thing_id":1,"stock":"{TOKEN}","x":"{TOKEN}"}}]}}"#);
    let server = Server::start(ok(&reply)).await;
    let client = client(server.port).build().expect("a client");
    let reply = client.call(&GetThings::default()).await.expect("a reply");
    assert_eq!(reply.mismatches.len(), 1);
    assert_hidden_in(&format!("{:?}", reply.mismatches));
    // What the API sends as data stays as it is.
    assert_eq!(reply.things[0].extra.get("x"), Some(&TOKEN.into()));
}

/// Keeps what it is to send, and fails in the worst way.
#[derive(Default)]
struct Blabber(Mutex<Vec<HttpRequest>>);

impl Transport for Blabber {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let what = format!("cannot send {:?}", request.headers["X-BLToken"].to_str());
        self.0.lock().expect("no panic").push(request);
        let error = TransportError::new(TransportErrorKind::Other, what);
        Box::pin(async move { Err(error) })
    }
}

#[tokio::test]
async fn a_transport_that_repeats_the_token() {
    let transport = Arc::new(Blabber::default());
    let client = client(1).transport(Arc::clone(&transport)).build();
    let call = client.expect("a client").call(&GetThings::default());
    let error = call.await.unwrap_err();
    assert!(error.to_string().contains("***"), "{error}");
    assert_hidden(&error);

    let requests = transport.0.lock().expect("no panic");
    let request = &requests[0];
    assert_eq!(request.headers["X-BLToken"], TOKEN);
    assert_hidden_in(&format!("{request:?}"));
    assert_eq!(request.body, "method=getThings&parameters=%7B%7D");
    let response = HttpResponse { status: StatusCode::OK, body: TOKEN.into() };
    assert_hidden_in(&format!("{response:?}"));
}
