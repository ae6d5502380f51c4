//! The client that waits: over real connections, from many threads, and not within async code.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use baselinker_runtime::{BlockingClient, ClientBuilder, Error, RetryPolicy};
use serde_json::json;

use super::api::{API, Get};
use super::fake::{Fake, OK};

/// Answers every request on this machine well.
fn serve() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            thread::spawn(move || answer(stream));
        }
    });
    port
}

fn answer(mut stream: TcpStream) {
    let mut bytes = [0; 4096];
    // Requests of these tests come in one piece.
    while stream.read(&mut bytes).is_ok_and(|read| read > 0) {
        let reply = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{OK}", OK.len());
        if stream.write_all(reply.as_bytes()).is_err() {
            return;
        }
    }
}

fn client(port: u16) -> BlockingClient {
    let endpoint = format!("http://127.0.0.1:{port}/connector.php");
    let client = ClientBuilder::new(&API, "6-blocking").endpoint(endpoint).build().expect("sound settings");
    BlockingClient::new(client).expect("a runtime")
}

#[test]
fn many_threads_call_at_once() {
    let client = client(serve());
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let client = client.clone();
            thread::spawn(move || {
                for _ in 0..5 {
                    client.call(&Get).expect("a reply");
                    assert!(client.call_raw("other", &json!({})).expect("a reply").is_empty());
                }
            })
        })
        .collect();
    for call in calls {
        call.join().expect("no panic");
    }
    let reply = client.wait(client.client().call(&Get)).expect("this is no async code");
    reply.expect("a reply");
}

#[test]
fn what_a_call_may_take_is_a_setting_here_too() {
    let error = client(1).with_retry(RetryPolicy::NONE).call(&Get).unwrap_err();
    assert!(matches!(error, Error::Transport { .. }), "{error}");
}

#[tokio::test]
async fn async_code_is_refused() {
    let client = BlockingClient::new(Fake::default().client("6-async")).expect("a runtime");
    let error = client.call(&Get).unwrap_err();
    assert_eq!(
        error.to_string(),
        "get: not sent, because async code must not wait; call by `BlockingClient::client` and await it"
    );
    assert!(client.call_raw("get", &json!({})).is_err());
    assert!(client.wait(async {}).is_err());
    client.client().call(&Get).await.expect("a reply");
    // Dropping the runtime within another one must not panic either.
    drop(client);
}
