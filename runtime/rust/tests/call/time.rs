//! Time limits, and calls that are given up.

use std::time::Duration;

use super::method::{GetThings, client};
use super::server::{Server, Then, raw};

#[tokio::test]
async fn a_dropped_call_is_given_up() {
    let server = Server::start(raw("", Then::Hang)).await;
    let client = client(server.port).build().expect("a client");
    let call = tokio::spawn(client.call(&GetThings::default()));
    server.until(|seen| seen.requests.len() == 1).await;
    call.abort();
    server.until(|seen| seen.closed == 1).await;
    assert!(call.await.is_err_and(|error| error.is_cancelled()));
}

#[tokio::test]
async fn a_call_that_is_never_polled_is_never_sent() {
    let server = Server::start(raw("", Then::Hang)).await;
    let client = client(server.port).build().expect("a client");
    drop(client.call(&GetThings::default()));
    tokio::time::sleep(Duration::from_millis(50)).await;
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_late_reply_frees_the_connection() {
    let server = Server::start(raw("HTTP/1.1 200 OK\r\n", Then::Hang)).await;
    let client = client(server.port).timeout(Duration::from_millis(100));
    let call = client.build().expect("a client").call(&GetThings::default());
    let error = call.await.unwrap_err();
    assert!(error.is_timeout());
    assert!(!error.is_without_effect());
    server.until(|seen| seen.closed == 1).await;
}

/// A server that accepts connections and then says nothing would hold up the TLS handshake for ever.
#[tokio::test]
async fn connecting_takes_too_long() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("it is bound");
    let client = client(1)
        .endpoint(format!("https://{address}/"))
        .connect_timeout(Duration::from_millis(100))
        .build()
        .expect("a client");
    let error = client.call(&GetThings::default()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "getThings: no connection to {address} within 100ms (nothing was sent; check the network and the endpoint)"
        )
    );
    assert!(error.is_without_effect());
}
