//! Hooks see all that happens to a call, and no secret.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use baselinker_runtime::{BlockInfo, CallEnd, CallInfo, Error, Observer, Outcome, RetryPolicy, TransportErrorKind};
use serde_json::json;
use tokio::time::sleep;

use super::api::{Add, Get};
use super::fake::{Answer, Fake, blocked, body};

const TOKEN: &str = "5-TOP-S3CR3T";

/// Writes down what it is told.
#[derive(Default)]
struct Notes(Mutex<Vec<String>>);

impl Notes {
    fn add(&self, what: &str, call: &CallInfo<'_>) {
        let CallInfo { method, access, attempt, .. } = call;
        self.0.lock().expect("no panic").push(format!("{what} {method} {access:?} {attempt}"));
    }

    fn take(&self) -> Vec<String> {
        let notes = std::mem::take(&mut *self.0.lock().expect("no panic"));
        assert!(!format!("{notes:?}").contains(TOKEN), "{notes:?}");
        notes
    }
}

impl Observer for Notes {
    fn before_call(&self, call: &CallInfo<'_>) {
        self.add("before", call);
    }

    fn waiting(&self, call: &CallInfo<'_>) {
        self.add("waiting", call);
    }

    fn blocked(&self, call: &CallInfo<'_>, block: &BlockInfo<'_>) {
        assert!(block.until.is_some_and(|until| until.starts_with("2026-04-20 ")), "{block:?}");
        let minutes = block.retry_after.as_secs_f64() / 60.0;
        self.add(&format!("blocked {minutes:.0}m"), call);
    }

    fn sending(&self, call: &CallInfo<'_>) {
        self.add("sending", call);
    }

    fn retrying(&self, call: &CallInfo<'_>, error: &Error, delay: Duration) {
        assert!(delay <= Duration::from_secs(1));
        self.add(&format!("retrying ({error})"), call);
    }

    fn after_call(&self, call: &CallInfo<'_>, end: &CallEnd<'_>) {
        let outcome = match end.outcome {
            Outcome::Answered => "answered".to_owned(),
            Outcome::Dropped => "dropped".to_owned(),
            Outcome::Failed(error) => format!("failed ({error})"),
        };
        assert!(end.waited <= end.took);
        let waited = end.waited.as_secs_f64() / 60.0;
        self.add(&format!("after {waited:.0}m {outcome}"), call);
    }
}

#[tokio::test(start_paused = true)]
async fn everything_is_told() {
    let echo = format!("{TOKEN} is not JSON");
    let fake = Fake::new([body(&echo), blocked(300)]);
    let notes = Arc::new(Notes::default());
    let (first, second) = (Arc::clone(&notes), Arc::new(Notes::default()));
    let builder = fake.builder(TOKEN).calls_per_minute(2).observer(first).observer(Arc::clone(&second));
    let client = builder.build().expect("sound settings");

    client.call(&Get).await.expect("a reply");
    let expected = [
        "before get Read 0",
        "sending get Read 1",
        "retrying (get: cannot decode the reply: it is not an object with a status (byte 0, near \"************ is not JSON\") \
         (the call may have taken effect)) get Read 1",
        "sending get Read 2",
        "blocked 5m get Read 2",
        "sending get Read 3",
        "after 5m answered get Read 3",
    ];
    assert_eq!(notes.take(), expected);
    assert_eq!(second.take(), expected);

    client.call_raw("send", &json!({"password": "x"})).await.expect("a reply");
    assert_eq!(notes.take(), ["before send Write 0", "sending send Write 1", "after 0m answered send Write 1"]);

    client.call(&Add).await.expect("a reply");
    assert_eq!(
        notes.take(),
        ["before add Write 0", "waiting add Write 0", "sending add Write 1", "after 1m answered add Write 1"]
    );
}

#[tokio::test(start_paused = true)]
async fn failed_and_dropped_calls_are_told() {
    let mut fake = Fake::new([Answer::Fails(TransportErrorKind::Closed)]);
    let notes = Arc::new(Notes::default());
    fake.back = Duration::from_secs(9);
    let client = fake.builder("5-failed").retry(RetryPolicy::NONE).observer(Arc::clone(&notes)).build();
    let client = client.expect("sound settings");
    client.call(&Get).await.unwrap_err();
    let failed = "get: it failed (the call may have taken effect; look before sending a write again)";
    assert_eq!(
        notes.take(),
        ["before get Read 0", "sending get Read 1", &format!("after 0m failed ({failed}) get Read 1")]
    );

    let call = tokio::spawn(client.call(&Get));
    sleep(Duration::from_secs(1)).await;
    call.abort();
    call.await.unwrap_err();
    assert_eq!(notes.take(), ["before get Read 0", "sending get Read 1", "after 0m dropped get Read 1"]);

    drop(client.call(&Get));
    assert_eq!(notes.take(), [""; 0]);
}
