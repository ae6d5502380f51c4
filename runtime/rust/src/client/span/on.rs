//! A span for each call, and an event for each thing that happens to it.

use std::borrow::Cow;
use std::time::Duration;

use tracing::field::Empty;
use tracing::{Instrument, debug, info, info_span, warn};

use crate::{Access, BlockInfo, CallEnd, CallInfo, Error, Observer, Outcome};

#[derive(Clone)]
pub(in crate::client) struct Span(tracing::Span);

impl Span {
    pub(in crate::client) fn new(method: &str, access: Access) -> Self {
        Self(info_span!("call", method, ?access, attempt = Empty, outcome = Empty, waited_ms = Empty))
    }

    pub(in crate::client) async fn around<T>(self, future: impl Future<Output = T>) -> T {
        future.instrument(self.0).await
    }
}

impl Observer for Span {
    fn waiting(&self, _call: &CallInfo<'_>) {
        debug!(parent: &self.0, "waiting for a turn");
    }

    fn blocked(&self, _call: &CallInfo<'_>, block: &BlockInfo<'_>) {
        let BlockInfo { until, retry_after } = block;
        warn!(parent: &self.0, until, retry_after_ms = millis(*retry_after), "the token is blocked");
    }

    fn sending(&self, call: &CallInfo<'_>) {
        self.0.record("attempt", call.attempt);
        debug!(parent: &self.0, attempt = call.attempt, "sending");
    }

    fn retrying(&self, _call: &CallInfo<'_>, error: &Error, delay: Duration) {
        info!(parent: &self.0, error = &*kind(error), delay_ms = millis(delay), "sending again after a delay");
    }

    fn after_call(&self, _call: &CallInfo<'_>, end: &CallEnd<'_>) {
        let outcome = match end.outcome {
            Outcome::Answered => Cow::Borrowed("answered"),
            Outcome::Dropped => Cow::Borrowed("dropped"),
            Outcome::Failed(error) => kind(error),
        };
        self.0.record("outcome", &*outcome);
        self.0.record("waited_ms", millis(end.waited));
        debug!(parent: &self.0, outcome = &*outcome, took_ms = millis(end.took), "the call is over");
    }
}

fn millis(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(u64::MAX)
}

/// What an error is, without its texts.
fn kind(error: &Error) -> Cow<'static, str> {
    match error {
        Error::Config { .. } => "config".into(),
        Error::Refused { .. } => "refused".into(),
        Error::Transport { source, .. } => format!("transport: {:?}", source.kind()).into(),
        Error::Http { status, .. } => format!("http: {}", status.as_u16()).into(),
        Error::Blocked { code, .. } | Error::Api { code, .. } => code.as_str().to_owned().into(),
        Error::Decode { .. } => "decode".into(),
    }
}
