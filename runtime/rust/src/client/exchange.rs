//! A call under way: prepared once, sent, and answered. What has to happen around sending, such as waiting for a turn
//! or sending again, belongs into `run`, through which every call passes, whatever its method.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use form_urlencoded::Serializer;

use super::{Answer, Shared, interpret};
use crate::json::encode;
use crate::{Encode, Error, HttpRequest, HttpResponse, TransportError};

pub(super) struct Exchange {
    pub(super) shared: Arc<Shared>,
    pub(super) method: Cow<'static, str>,
    form: Bytes,
}

impl Exchange {
    pub(super) fn new(shared: Arc<Shared>, method: Cow<'static, str>, params: &dyn Encode) -> Self {
        let parameters = encode(params);
        let mut form = Serializer::new(String::with_capacity(parameters.len() * 2));
        form.append_pair("method", &method);
        form.append_pair("parameters", &parameters);
        Self { form: form.finish().into(), shared, method }
    }

    /// Sends the call, and gives the answer if it looks like one of the API.
    pub(super) async fn run(self) -> Result<Box<Answer>, Error> {
        let sent = self.shared.transport.send(self.request()).await;
        let HttpResponse { status, body } = sent.map_err(|error| self.unanswered(error))?;
        let answer = Box::new(Answer { exchange: self, body });
        if status.is_success() { Ok(answer) } else { Err(interpret::http_error(&answer, status)) }
    }

    fn request(&self) -> HttpRequest {
        HttpRequest {
            uri: self.shared.endpoint.clone(),
            headers: self.shared.headers.clone(),
            body: self.form.clone(),
            timeout: self.shared.timeout,
            max_reply_bytes: self.shared.max_reply_bytes,
        }
    }

    fn unanswered(&self, mut error: TransportError) -> Error {
        if let Some(veiled) = self.shared.token.veil(error.what().as_bytes()) {
            error.set_what(String::from_utf8_lossy(&veiled).into_owned());
        }
        Error::Transport { method: self.method.clone(), source: error }
    }
}
