//! No minute has more calls than allowed, as the API counts them; and hardly fewer, if there are enough.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use baselinker_runtime::{Client, Error, Refusal, RetryPolicy, TransportErrorKind};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::api::Get;
use super::fake::{Answer, Fake, MINUTE};

fn patient() -> RetryPolicy {
    RetryPolicy { deadline: Duration::from_hours(24), ..RetryPolicy::default() }
}

/// Makes calls from many tasks at once.
async fn run(clients: Vec<Client>, calls: usize) -> Duration {
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for client in &clients {
        for _ in 0..calls / clients.len() / 10 {
            let client = client.with_retry(patient());
            tasks.spawn(async move {
                for _ in 0..10 {
                    client.call(&Get).await.expect("a reply");
                }
            });
        }
    }
    while let Some(done) = tasks.join_next().await {
        done.expect("no panic");
    }
    start.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_at_the_rate_that_is_allowed() {
    // Calls take longer or shorter, so that the API counts them at other distances than they were sent.
    for (there, back) in [(0, 1), (50, 250), (300, 0), (0, 450)] {
        let (there, back) = (Duration::from_millis(there), Duration::from_millis(back));
        let fake = Fake { there, back, ..Fake::default() };
        let client = fake.client(&format!("1-rate-{there:?}-{back:?}"));
        let took = run(vec![client], 1000).await;
        assert_eq!(fake.count(), 1000);
        assert_eq!(fake.busiest_minute(), 100);
        // The first hundred go at once, and the tenth hundred nine minutes later.
        let ideal = 9 * MINUTE;
        assert!(took >= ideal, "{took:?}");
        assert!(took.as_secs_f64() < ideal.as_secs_f64() / 0.99, "{there:?} {back:?}: {took:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_network_that_gets_faster_does_not_squeeze_calls_together() {
    let slow = Fake { there: Duration::from_secs(20), ..Fake::default() };
    let mut quick = slow.clone();
    quick.there = Duration::ZERO;
    let clients = [slow, quick.clone()].map(|fake| fake.client("1-squeeze"));
    run(vec![clients[0].clone()], 100).await;
    run(vec![clients[1].clone()], 200).await;
    assert_eq!(quick.count(), 300);
    assert_eq!(quick.busiest_minute(), 100);
}

#[tokio::test(start_paused = true)]
async fn clients_of_a_token_share_its_limit() {
    let fake = Fake::default();
    let clients = (0..8).map(|_| fake.client("1-shared")).collect();
    let took = run(clients, 800).await;
    assert_eq!(fake.count(), 800);
    assert_eq!(fake.busiest_minute(), 100);
    assert!(took.as_secs_f64() < 7.0 * 60.0 / 0.99, "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn tokens_do_not_hold_each_other_up() {
    let fake = Fake::default();
    let clients = ["1-one", "1-two", "1-three"].map(|token| fake.client(token)).to_vec();
    let took = run(clients, 300).await;
    assert!(took < Duration::from_secs(1), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn limits_up_and_down() {
    for (limit, token) in [(1, "1-up"), (37, "1-up"), (250, "1-up")] {
        let fake = Fake::default();
        let client = fake.builder(token).calls_per_minute(limit).build().expect("sound settings");
        // What was sent under the limit before still counts.
        sleep(2 * MINUTE).await;
        run(vec![client], 300).await;
        assert_eq!(fake.busiest_minute(), usize::try_from(limit).expect("it is small"));
    }
    let error = Fake::default().builder("1-none").calls_per_minute(0).build().unwrap_err();
    assert_eq!(error.to_string(), "cannot make a client: no call a minute is too few");
}

#[tokio::test(start_paused = true)]
async fn who_waits_longest_goes_first() {
    let fake = Fake::default();
    let client = fake.builder("1-fair").calls_per_minute(1).build().expect("sound settings").with_retry(patient());
    let order = Arc::new(Mutex::new(Vec::new()));
    let mut tasks = JoinSet::new();
    for number in 0..20 {
        let (client, order) = (client.clone(), Arc::clone(&order));
        tasks.spawn(async move {
            // Those who have been served queue up behind the others.
            for _ in 0..3 {
                client.call(&Get).await.expect("a reply");
                order.lock().expect("no panic").push(number);
            }
        });
        sleep(Duration::from_millis(1)).await;
    }
    while tasks.join_next().await.is_some() {}
    let expected: Vec<i32> = (0..3).flat_map(|_| 0..20).collect();
    // The very first call need not wait, so its task is back in the queue while the others join it.
    let order = order.lock().expect("no panic");
    assert_eq!(order.len(), expected.len());
    for number in 0..20 {
        let places: Vec<usize> = (0..60).filter(|place| order[*place] == number).collect();
        assert!(places.windows(2).all(|pair| (19..=21).contains(&(pair[1] - pair[0])) || number == 0), "{order:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_dropped_while_it_waits_gives_its_place_back() {
    let fake = Fake::default();
    let client = fake.builder("1-dropped").calls_per_minute(1).build().expect("sound settings");
    client.call(&Get).await.expect("a reply");
    let start = Instant::now();
    let given_up: Vec<_> = (0..5).map(|_| tokio::spawn(client.call(&Get))).collect();
    sleep(Duration::from_secs(1)).await;
    let kept = tokio::spawn(client.call(&Get));
    sleep(Duration::from_secs(1)).await;
    for call in given_up {
        call.abort();
    }
    kept.await.expect("no panic").expect("a reply");
    assert!(start.elapsed() < MINUTE + Duration::from_secs(1), "{:?}", start.elapsed());
    assert_eq!(fake.count(), 2);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_was_not_sent_gives_its_place_back() {
    let fake = Fake::new([Answer::Fails(TransportErrorKind::Connect)]);
    let client = fake.builder("1-unsent").calls_per_minute(1).build().expect("sound settings");
    let start = Instant::now();
    client.call(&Get).await.expect("a reply");
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_turn_that_comes_too_late() {
    let fake = Fake::default();
    let policy = RetryPolicy { deadline: Duration::from_secs(30), ..RetryPolicy::default() };
    let client = fake.builder("1-late").calls_per_minute(1).retry(policy).build().expect("sound settings");
    client.call(&Get).await.expect("a reply");
    let start = Instant::now();
    let error = client.call(&Get).await.unwrap_err();
    assert_eq!(start.elapsed(), Duration::from_secs(30));
    assert!(matches!(&error, Error::Refused { why: Refusal::Late(_), .. }), "{error:?}");
    assert!(error.is_timeout() && error.is_without_effect());
    assert_eq!(
        error.to_string(),
        "get: not sent, because its turn did not come within 30s; make fewer calls at once, or raise the deadline of \
         the `RetryPolicy`"
    );
    assert_eq!(fake.count(), 1);
}
