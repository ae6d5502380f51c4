//! Stands between a program and the real API: passes calls on, answers what comes back, and has it recorded. Of what a
//! call carries only its form and its token go on, and the token goes nowhere else.

use std::io;
use std::net::IpAddr;
use std::str::FromStr;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use baselinker_runtime::{HttpRequest, HttpResponse, HyperTransport, Transport, TransportError};
use serde_json::Value;

use crate::calls::Call;
use crate::mock::Mock;
use crate::params::{self, Params};
use crate::request::{Request, TOKEN};

/// How long a connection may take, and a whole exchange: longer than the programs wait that are recorded.
const CONNECT: Duration = Duration::from_secs(10);
const EXCHANGE: Duration = Duration::from_mins(5);
/// The headers that go on.
const PASSED: [&str; 2] = ["content-type", TOKEN];
const HTML: &str = "text/html; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// Where the API is that calls are passed on to, such as `https://api.baselinker.com/connector.php`.
///
/// Tokens go there, so it is an address of `https`, or of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upstream(Uri);

impl FromStr for Upstream {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let example = "write it as https://api.baselinker.com/connector.php";
        let uri: Uri = text.parse().map_err(|why| format!("{why}; {example}"))?;
        let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
        let is_here = host == "localhost" || host.parse().is_ok_and(|ip: IpAddr| ip.is_loopback());
        match uri.scheme_str() {
            _ if uri.authority().is_some_and(|authority| authority.as_str().contains('@')) => {
                Err(format!("a name and a password have no use here; {example}"))
            }
            Some("https") => Ok(Self(uri)),
            Some("http") if is_here => Ok(Self(uri)),
            Some("http") => Err(format!("the token would go over the network for all to read; {example}")),
            _ => Err(format!("no address of https; {example}")),
        }
    }
}

/// What passes calls on.
#[derive(Debug)]
pub(crate) struct Proxy {
    upstream: Upstream,
    transport: HyperTransport,
}

impl Proxy {
    pub(crate) fn new(upstream: Upstream) -> io::Result<Self> {
        Ok(Self { upstream, transport: HyperTransport::new(CONNECT).map_err(io::Error::other)? })
    }

    /// Answers a call as the API does; with a status of 502 and the reason when there is no answer.
    pub(crate) async fn answer(&self, mock: &Mock, verb: &Method, headers: &HeaderMap, body: Bytes) -> Response<Body> {
        if *verb != Method::POST {
            return respond(
                StatusCode::METHOD_NOT_ALLOWED,
                TEXT,
                "only calls by POST are passed on to the API\n".into(),
            );
        }
        let request = Request::read(verb, headers, &body);
        match self.pass_on(headers, body).await {
            Ok(HttpResponse { status, body }) => {
                let reply = serde_json::from_slice::<Value>(&body).ok();
                mock.passed_on(call(mock, request, reply.as_ref()), reply.as_ref());
                respond(status, if reply.is_some() { JSON } else { HTML }, body)
            }
            Err(why) => {
                mock.passed_on(call(mock, request, None), None);
                let host = self.upstream.0.authority().map(ToString::to_string).unwrap_or_default();
                respond(StatusCode::BAD_GATEWAY, TEXT, format!("no answer of {host}: {}\n", chain(&why)).into())
            }
        }
    }

    async fn pass_on(&self, headers: &HeaderMap, body: Bytes) -> Result<HttpResponse, TransportError> {
        let mut passed = HeaderMap::new();
        for (name, value) in headers.iter().filter(|(name, _)| PASSED.contains(&name.as_str())) {
            let mut value = value.clone();
            value.set_sensitive(name.as_str() == TOKEN);
            passed.insert(name, value);
        }
        let uri = self.upstream.0.clone();
        let request =
            HttpRequest { uri, headers: passed, body, timeout: EXCHANGE, max_reply_bytes: crate::server::MOST };
        self.transport.send(request).await
    }
}

/// What is remembered of a call.
fn call(mock: &Mock, request: Request, reply: Option<&Value>) -> Call {
    let text = |name| reply.and_then(|reply| reply.get(name)).map(params::text);
    Call {
        at_ms: mock.settings.clock.now_ms(),
        token: request.token,
        method: request.method,
        parameters: Params::read(request.parameters.as_deref()).unwrap_or_default().0,
        executed: text("status").is_some_and(|status| status == "SUCCESS"),
        error_code: text("error_code").filter(|code| !code.is_empty()),
        ..Call::default()
    }
}

/// An error and its causes.
fn chain(why: &TransportError) -> String {
    let mut text = why.to_string();
    let mut cause = std::error::Error::source(why);
    while let Some(why) = cause {
        text = format!("{text}: {why}");
        cause = why.source();
    }
    text
}

fn respond(status: StatusCode, kind: &'static str, body: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_go_over_https_or_stay_on_this_machine() {
        for good in [
            "https://api.baselinker.com/connector.php",
            "http://127.0.0.1:8080/connector.php",
            "http://localhost/x",
            "http://[::1]:80/x",
        ] {
            assert!(good.parse::<Upstream>().is_ok(), "{good}");
        }
        for (bad, why) in [
            ("http://api.baselinker.com/connector.php", "for all to read"),
            ("http://127.0.0.1.example.com/", "for all to read"),
            ("http://localhost.example.com/", "for all to read"),
            ("https://me:secret@api.baselinker.com/", "a name and a password"),
            ("http://127.0.0.1@example.com/", "a name and a password"),
            ("ftp://localhost/", "no address of https"),
            ("api.baselinker.com", "no address of https"),
            ("/connector.php", "no address of https"),
            ("", "write it as https://"),
        ] {
            let said = bad.parse::<Upstream>().expect_err(bad);
            assert!(said.contains(why) && !said.contains("secret"), "{bad}: {said}");
        }
    }
}
