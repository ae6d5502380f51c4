//! Spans and events, as a subscriber sees them.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex};

use serde_json::json;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::fake::{Fake, blocked, body};

/// Writes everything down.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

struct Line<'l>(&'l mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").expect("memory");
    }
}

impl Log {
    fn line(&self, start: &str, record: impl FnOnce(&mut Line<'_>)) {
        let mut log = self.0.lock().expect("no panic");
        log.push_str(start);
        record(&mut Line(&mut log));
        log.push('\n');
    }
}

impl Subscriber for Log {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("baselinker")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.line("span", |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _span: &Id, values: &Record<'_>) {
        self.line("record", |line| values.record(line));
    }

    fn record_follows_from(&self, _span: &Id, _follows: &Id) {}

    fn event(&self, event: &Event<'_>) {
        self.line(event.metadata().level().as_str(), |line| event.record(line));
    }

    fn enter(&self, _span: &Id) {}

    fn exit(&self, _span: &Id) {}
}

#[tokio::test(start_paused = true)]
async fn a_call_has_a_span_and_events_without_secrets() {
    let log = Log::default();
    let guard = tracing::subscriber::set_default(log.clone());
    let refusal = r#"{"status":"ERROR","error_code":"ERROR_X","error_message":"Jan Kowalski, Warszawa"}"#;
    let fake = Fake::new([blocked(60), body(refusal)]);
    let client = fake.client("7-SECRET-TOKEN");
    client.call_raw("addOrder", &json!({"email": "jan@example.com"})).await.unwrap_err();
    drop(guard);
    let log = log.0.lock().expect("no panic");
    for secret in ["SECRET", "jan@", "Kowalski"] {
        assert!(!log.contains(secret), "{log}");
    }
    for part in [
        "span method=\"addOrder\" access=Write\n",
        "record attempt=2\n",
        "the token is blocked until=\"2026-04-20",
        "record outcome=\"ERROR_X\"\n",
        "the call is over outcome=\"ERROR_X\" took_ms=",
    ] {
        assert!(log.contains(part), "{part:?} is not in:\n{log}");
    }
}
