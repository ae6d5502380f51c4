//! A bare HTTP client: one connection for each call, nothing of baselinker-client.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use baselinker_mock::{Clock, MockServer, Settings};
use serde_json::Value;

/// A mock whose time stands still, with changes to its settings.
pub fn start(change: impl FnOnce(&mut Settings)) -> MockServer {
    let mut settings = Settings { clock: Clock::manual(), calls_per_minute: 0, ..Settings::default() };
    change(&mut settings);
    MockServer::start(settings).expect("a mock")
}

/// What came back; nothing when the connection ended before the head was there.
#[derive(Debug, Default)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
    /// Whether the body is as long as its head says.
    pub whole: bool,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.body))
    }

    pub fn code(&self) -> String {
        self.json()["error_code"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends a body to the connector with these headers.
pub fn post(address: SocketAddr, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut stream = TcpStream::connect(address).expect("a connection");
    let mut request = format!(
        "POST /connector.php HTTP/1.1\r\nhost: mock\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        request.extend([name, ": ", value, "\r\n"]);
    }
    stream.write_all(format!("{request}\r\n{body}").as_bytes()).expect("a request sent");
    let mut text = Vec::new();
    // A connection that ends in the middle is what some tests are about.
    let _ = stream.read_to_end(&mut text);
    let text = String::from_utf8_lossy(&text).into_owned();
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return Answer::default() };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    Answer { status, whole: length == Some(body.len()), head: head.to_owned(), body: body.to_owned() }
}

pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");
pub const TOKEN: (&str, &str) = ("x-bltoken", "1001-2002-TEST");

/// The form of a call.
pub fn form(method: &str, parameters: &Value) -> String {
    let parameters = parameters.to_string();
    form_urlencoded::Serializer::new(String::new())
        .append_pair("method", method)
        .append_pair("parameters", &parameters)
        .finish()
}

/// A call, with a header that asks for a fault when there is one.
pub fn call_with(mock: &MockServer, method: &str, parameters: &Value, fault: &str) -> Answer {
    let mut headers = vec![FORM, TOKEN];
    if !fault.is_empty() {
        headers.push(("x-mock-fault", fault));
    }
    post(mock.address(), &headers, &form(method, parameters))
}

/// A call that succeeds.
pub fn call(mock: &MockServer, method: &str, parameters: &Value) -> Value {
    let reply = call_with(mock, method, parameters, "").json();
    assert_eq!(reply["status"], "SUCCESS", "{method} {parameters}: {reply}");
    reply
}
