//! What is sent, what is not, and what a good answer gives.

use std::time::Duration;

use baselinker_runtime::{Client, Error, Refusal};
use serde_json::json;

use super::method::{AddThing, GetThings, Item, TOKEN, ThingId, client};
use super::server::{Server, ok};

const EMPTY: &str = r#"{"status":"SUCCESS"}"#;

#[tokio::test]
async fn every_byte_of_a_call() {
    let reply = r#"{"status":"SUCCESS","things":[{"thing_id":"7","stock":"x","new":1}]}"#;
    let server = Server::start(ok(reply)).await;
    let client = client(server.port).build().expect("a client");
    let params = GetThings {
        id_from: Some(ThingId(12_911_880_143)),
        text: Some("a+b c&d=e% \u{17c}\"\u{1f4e6}".to_owned()),
        price: Some("12.50".parse().expect("a price")),
    };

    let reply = client.call(&params).await.expect("a reply");

    let body = "method=getThings&parameters=%7B%22id_from%22%3A12911880143%2C%22text%22%3A%22a%2Bb+c%26d%3De%25+\
                %C5%BC%5C%22%F0%9F%93%A6%22%2C%22price%22%3A12.50%7D";
    let request = format!(
        "POST /connector.php HTTP/1.1\r\n\
         x-bltoken: {TOKEN}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\
         user-agent: baselinker-runtime/{}\r\n\
         host: 127.0.0.1:{}\r\n\
         content-length: {}\r\n\
         \r\n\
         {body}",
        env!("CARGO_PKG_VERSION"),
        server.port,
        body.len(),
    );
    assert_eq!(server.requests(), [request]);
    let things = &reply.things;
    assert_eq!(things.len(), 1);
    assert_eq!(things[0].thing_id, ThingId(7));
    assert_eq!(things[0].extra.get("new"), Some(&json!(1)));
    assert_eq!(reply.mismatches.len(), 1);
    assert_eq!(reply.mismatches[0].to_string(), "things[0].stock: expected int, found \"x\"");
    assert_eq!(reply.unlisted, 0);
    let Item { stock, .. } = reply.into_value().things.remove(0);
    assert_eq!(stock, None);
}

#[tokio::test]
async fn calls_share_a_connection() {
    let server = Server::start(ok(EMPTY)).await;
    let client = client(server.port).build().expect("a client");
    for _ in 0..3 {
        let reply = client.clone().call(&GetThings::default()).await;
        assert_eq!(reply.expect("a reply").things, []);
    }
    assert_eq!(server.requests().len(), 3);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_raw_call() {
    let reply = r#"{"status":"SUCCESS","a":{"b":[1,null,"\u0119"]},"c":null}"#;
    let server = Server::start(ok(reply)).await;
    let client = client(server.port).build().expect("a client");
    let reply = client.call_raw("getOther", &json!({"x": [1, "+"]})).await.expect("a reply");
    assert_eq!(json!(reply), json!({"a": {"b": [1, null, "\u{119}"]}, "c": null}));
    let requests = server.requests();
    let (_, body) = requests[0].split_once("\r\n\r\n").expect("a body");
    assert_eq!(body, "method=getOther&parameters=%7B%22x%22%3A%5B1%2C%22%2B%22%5D%7D");
}

#[tokio::test]
async fn a_raw_call_that_makes_no_sense() {
    let server = Server::start(ok(EMPTY)).await;
    let client = client(server.port).build().expect("a client");
    let cases = [
        ("", json!({}), ": not sent, because the method has no name"),
        ("getThings", json!([]), "getThings: not sent, because the parameters are not a JSON object"),
        ("x", json!(null), "x: not sent, because the parameters are not a JSON object"),
    ];
    for (method, parameters, text) in cases {
        let error = client.call_raw(method, &parameters).await.unwrap_err();
        assert_eq!(error.to_string(), text);
        assert_eq!(error.method(), Some(method));
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_client_that_only_reads() {
    let server = Server::start(ok(EMPTY)).await;
    let client = client(server.port).read_only().build().expect("a client");
    let refusals = [
        client.call(&AddThing::default()).await.unwrap_err(),
        client.call_raw("addThing", &json!({})).await.unwrap_err(),
        client.call_raw("getUnknown", &json!({})).await.unwrap_err(),
    ];
    for error in &refusals {
        assert!(matches!(error, Error::Refused { why, .. } if *why == Refusal::ReadOnly), "{error:?}");
        assert!(error.is_without_effect());
    }
    assert_eq!(
        refusals[0].to_string(),
        "addThing: not sent, because the client is read-only; call by one without `read_only`"
    );
    assert_eq!(server.connections(), 0);

    assert!(client.call(&GetThings::default()).await.is_ok());
    assert!(client.call_raw("getThings", &json!({})).await.is_ok());
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn settings_that_cannot_be_right() {
    let endpoints = [
        ("", "is not a URL"),
        ("connector.php", "is not a whole URL, such as https://api.example.com/"),
        ("/connector.php", "is not a whole URL, such as https://api.example.com/"),
        ("ftp://example.com/", "begins neither with https:// nor with http://"),
        ("http://example.com/", "would carry the token over the network for all to read; use https://"),
        ("http://127.0.0.1.example.com/", "would carry the token over the network for all to read; use https://"),
    ];
    for (url, what) in endpoints {
        let error = client(1).endpoint(url).build().unwrap_err();
        assert_eq!(error.to_string(), format!("cannot make a client: the endpoint {url:?} {what}"));
        assert_eq!(error.method(), None);
    }
    for url in [
        "https://example.com",
        "http://localhost:8080/",
        "http://LOCALHOST",
        "http://[::1]:8080/",
        "http://127.1.2.3/x",
    ] {
        assert!(client(1).endpoint(url).build().is_ok(), "{url}");
    }
}

/// Calls may be spawned, also after the parameters and the client are gone.
#[tokio::test]
async fn a_call_of_its_own() {
    fn is_shared<T: Send + Sync + Clone + 'static>(_: &T) {}

    let server = Server::start(ok(EMPTY)).await;
    let client: Client = client(server.port).timeout(Duration::from_secs(5)).build().expect("a client");
    is_shared(&client);
    let typed = tokio::spawn(client.call(&GetThings::default()));
    let raw = tokio::spawn(client.call_raw("getThings", &json!({})));
    drop(client);
    assert!(typed.await.expect("no panic").is_ok());
    assert!(raw.await.expect("no panic").is_ok());
}
