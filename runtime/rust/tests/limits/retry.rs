//! Which calls are sent again after which faults, how often and after how long.

use std::time::Duration;

use baselinker_runtime::{Repeat, RetryPolicy, TransportErrorKind as Kind};
use serde_json::json;
use tokio::time::{Instant, sleep};

use super::api::{Add, Get, Set};
use super::fake::{Answer, Fake, OK, blocked, body};

/// A fault, and how often it makes a read and a write be sent if it happens every time.
type Case = (&'static str, Answer, usize, usize);

fn cases() -> Vec<Case> {
    let api_error = r#"{"status":"ERROR","error_code":"ERROR_STORAGE_ID","error_message":""}"#;
    let truncated = r#"{"status":"SUCCESS","orders":[{"order_id":1}"#;
    vec![
        ("no connection", Answer::Fails(Kind::Connect), 5, 5),
        ("no secure connection", Answer::Fails(Kind::Tls), 1, 1),
        ("no answer in time", Answer::Fails(Kind::Timeout), 5, 1),
        ("a broken connection", Answer::Fails(Kind::Closed), 5, 1),
        ("something strange", Answer::Fails(Kind::Other), 5, 1),
        ("a long reply", Answer::Fails(Kind::TooLarge), 1, 1),
        ("a server error", Answer::Body(502, "<html>".to_owned()), 5, 1),
        ("a server error that looks like a reply", Answer::Body(500, OK.to_owned()), 5, 1),
        ("an error of the API with a status", Answer::Body(500, api_error.to_owned()), 1, 1),
        ("a status that is no server error", Answer::Body(404, OK.to_owned()), 1, 1),
        ("HTML", body("<html>"), 5, 1),
        ("nothing", body(""), 5, 1),
        ("null", body("null"), 5, 1),
        ("no status", body(r#"{"orders":[]}"#), 5, 1),
        ("an odd status", body(r#"{"status":"MAYBE"}"#), 5, 1),
        ("half a reply", body(truncated), 5, 1),
        ("an error of the API", body(api_error), 1, 1),
        ("a reply", body(OK), 1, 1),
        ("a reply that mentions an error", body(r#"{"status":"SUCCESS","state":"ERROR"}"#), 1, 1),
    ]
}

#[tokio::test(start_paused = true)]
async fn what_is_sent_again() {
    let mut failures = Vec::new();
    for (name, answer, reads, writes) in cases() {
        let fakes = [0; 4].map(|_| Fake::new(vec![answer.clone(); 20]));
        let client = |index: usize| fakes[index].client(&format!("3-table-{name}-{index}").replace(' ', "-"));
        let is_reply = name.starts_with("a reply");
        assert_eq!(client(0).call(&Get).await.is_ok(), is_reply, "{name}");
        assert_eq!(client(1).call(&Add).await.is_ok(), is_reply, "{name}");
        assert_eq!(client(2).call_raw("get", &json!({})).await.is_ok(), is_reply, "{name}");
        assert_eq!(client(3).call_raw("getUnknown", &json!({})).await.is_ok(), is_reply, "{name}");
        let found = fakes.each_ref().map(Fake::count);
        let expected = [reads, writes, reads, writes];
        if found != expected {
            failures.push(format!("{name}: sent {found:?} times, expected {expected:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[tokio::test(start_paused = true)]
async fn a_read_that_fails_at_first() {
    let answers = [Answer::Fails(Kind::Connect), Answer::Body(503, String::new()), blocked(60), body("<html>")];
    let fake = Fake::new(answers);
    let start = Instant::now();
    fake.client("3-mixed").call(&Get).await.expect("a reply");
    assert_eq!(fake.count(), 5);
    assert!(start.elapsed() < Duration::from_secs(75), "{:?}", start.elapsed());
}

/// A write that may have taken effect is not sent again, whatever happened before.
#[tokio::test(start_paused = true)]
async fn a_write_that_fails_at_first() {
    let fake = Fake::new([Answer::Fails(Kind::Connect), blocked(60), Answer::Fails(Kind::Timeout)]);
    let error = fake.client("3-write").call(&Add).await.unwrap_err();
    assert!(error.is_timeout() && !error.is_without_effect());
    assert_eq!(fake.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn writes_are_sent_again_when_asked_for() {
    let cases = [(Repeat::Reads, [5, 1, 1, 1]), (Repeat::Idempotent, [5, 5, 1, 1]), (Repeat::Anything, [5; 4])];
    for (repeat, expected) in cases {
        let fakes = [0; 4].map(|_| Fake::new(vec![Answer::Body(502, String::new()); 20]));
        let client = |index: usize| {
            let client = fakes[index].client(&format!("3-repeat-{repeat:?}-{index}"));
            client.with_retry(RetryPolicy { repeat, ..client.retry() })
        };
        client(0).call(&Get).await.unwrap_err();
        client(1).call(&Set).await.unwrap_err();
        client(2).call(&Add).await.unwrap_err();
        client(3).call_raw("setUnknown", &json!({})).await.unwrap_err();
        assert_eq!(fakes.each_ref().map(Fake::count), expected, "{repeat:?}");
    }
}

/// The last attempt of a write may be without effect, and one before it not.
#[tokio::test(start_paused = true)]
async fn an_attempt_that_may_have_had_an_effect_is_not_forgotten() {
    let lost = Answer::Fails(Kind::Timeout);
    let never_back = vec![Answer::Fails(Kind::Connect); 20];
    let late = RetryPolicy { deadline: Duration::from_mins(1), repeat: Repeat::Idempotent, ..RetryPolicy::default() };
    for (name, then) in [("offline", never_back), ("blocked", vec![blocked(500)])] {
        let fake = Fake::new([vec![lost.clone()], then].concat());
        let client = fake.client(&format!("3-unclear-{name}")).with_retry(late);
        let error = client.call(&Set).await.unwrap_err();
        assert!(error.is_unclear() && error.is_timeout(), "{name}: {error}");
        assert!(fake.count() > 1, "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_answer_says_what_is_wrong_also_after_retries() {
    let fake = Fake::new(vec![body("<html>x"); 20]);
    let error = fake.client("3-html").call(&Get).await.unwrap_err();
    assert!(error.to_string().contains("it is HTML or XML instead of JSON"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn delays_grow_and_are_random() {
    let mut sums = [Duration::ZERO; 3];
    for round in 0..200 {
        let fake = Fake::new(vec![Answer::Fails(Kind::Closed); 3]);
        fake.client(&format!("3-delay-{round}")).call(&Get).await.expect("a reply");
        let times = fake.times();
        for (index, sum) in sums.iter_mut().enumerate() {
            let delay = times[index + 1] - times[index];
            // Timers tick in milliseconds.
            assert!(delay <= Duration::from_millis((500 << index) + 1), "{delay:?}");
            *sum += delay;
        }
    }
    let means = sums.map(|sum| sum.as_secs_f64() / 200.0);
    for (mean, expected) in means.iter().zip([0.25, 0.5, 1.0]) {
        assert!((mean / expected - 1.0).abs() < 0.25, "{means:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_policy_of_ones_own() {
    let fake = Fake::new(vec![Answer::Fails(Kind::Closed); 20]);
    let client = fake.client("3-own");
    let twice = RetryPolicy { attempts: 2, ..client.retry() };
    client.with_retry(twice).call(&Get).await.unwrap_err();
    assert_eq!(fake.count(), 2);
    client.with_retry(RetryPolicy::NONE).call(&Get).await.unwrap_err();
    assert_eq!(fake.count(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_ends_all_attempts() {
    let mut fake = Fake::new(vec![Answer::Fails(Kind::Closed); 1000]);
    fake.back = Duration::from_secs(1);
    let policy = RetryPolicy { attempts: 1000, deadline: Duration::from_mins(1), ..RetryPolicy::default() };
    let client = fake.builder("3-deadline").retry(policy).build().expect("sound settings");
    let start = Instant::now();
    client.call(&Get).await.unwrap_err();
    assert!(start.elapsed() <= Duration::from_secs(61), "{:?}", start.elapsed());
    assert!((3..60).contains(&fake.count()), "{}", fake.count());
}

#[tokio::test(start_paused = true)]
async fn a_dropped_call_is_not_sent_again() {
    let fake = Fake::new(vec![Answer::Fails(Kind::Closed); 20]);
    let policy = RetryPolicy {
        first_delay: Duration::from_hours(1),
        greatest_delay: Duration::from_hours(1),
        deadline: Duration::from_hours(9),
        ..RetryPolicy::default()
    };
    let client = fake.builder("3-dropped").retry(policy).build().expect("sound settings");
    let call = tokio::spawn(client.call(&Get));
    sleep(Duration::from_millis(10)).await;
    let before = fake.count();
    call.abort();
    sleep(Duration::from_hours(10)).await;
    assert_eq!(fake.count(), before);
}

#[tokio::test(start_paused = true)]
async fn no_deadline_at_all() {
    let fake = Fake::new([Answer::Fails(Kind::Closed), blocked(60)]);
    let policy = RetryPolicy { deadline: Duration::MAX, greatest_delay: Duration::MAX, ..RetryPolicy::default() };
    fake.client("3-never").with_retry(policy).call(&Get).await.expect("a reply");
    let policy = RetryPolicy { first_delay: Duration::MAX, ..policy };
    let fake = Fake::new([Answer::Fails(Kind::Closed)]);
    fake.client("3-never-again").with_retry(policy).call(&Get).await.unwrap_err();
}
