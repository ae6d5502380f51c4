//! A call as it comes in: a form with `method`, `parameters` and, out of use, `token`; the token in a header.

use axum::body::Bytes;
use axum::http::{HeaderMap, Method};

use crate::faults::Fault;

/// The header that carries the token.
pub(crate) const TOKEN: &str = "x-bltoken";
/// The header that asks for a fault.
const FAULT: &str = "x-mock-fault";

#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) token: String,
    pub(crate) method: String,
    pub(crate) parameters: Option<String>,
    /// Whether the body was sent as a form; nothing in it is read when it was not.
    pub(crate) form: bool,
    /// The fault asked for, or why it cannot be had.
    pub(crate) fault: Option<Result<Fault, String>>,
}

impl Request {
    pub(crate) fn read(verb: &Method, headers: &HeaderMap, body: &Bytes) -> Self {
        let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let kind = header("content-type").unwrap_or_default().to_ascii_lowercase();
        let form =
            *verb == Method::POST && kind.split(';').next().map(str::trim) == Some("application/x-www-form-urlencoded");
        let mut request = Self {
            token: String::new(),
            method: String::new(),
            parameters: None,
            form,
            fault: header(FAULT).map(|text| text.parse()),
        };
        let body: &[u8] = if form { body } else { &[] };
        for (name, value) in form_urlencoded::parse(body) {
            match name.as_ref() {
                "method" => request.method = value.into_owned(),
                "parameters" => request.parameters = Some(value.into_owned()),
                "token" => request.token = value.into_owned(),
                _ => {}
            }
        }
        if let Some(token) = header(TOKEN) {
            request.token = token;
        }
        request
    }
}
