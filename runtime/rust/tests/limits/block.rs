//! A blocked token: nobody calls until the block is over, then one call goes first.

use std::time::Duration;

use baselinker_runtime::{Client, Error, RetryPolicy, TransportErrorKind};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::api::{Add, Get};
use super::fake::{Answer, Fake, blocked};

/// Fails if a block of so many seconds took less time, or much more.
fn assert_waited(took: Duration, seconds: u64) {
    // The message has whole seconds, and a few are added at random.
    let longest = seconds + 11;
    assert!((seconds - 1..=longest).contains(&took.as_secs()), "{took:?} instead of {seconds} s");
}

/// Makes calls at the same time.
fn calls(client: &Client, count: usize) -> JoinSet<Result<(), Error>> {
    let mut tasks = JoinSet::new();
    add_calls(&mut tasks, client, count);
    tasks
}

fn add_calls(tasks: &mut JoinSet<Result<(), Error>>, client: &Client, count: usize) {
    for _ in 0..count {
        let call = client.call(&Get);
        tasks.spawn(async move { call.await.map(|_| ()) });
    }
}

#[tokio::test(start_paused = true)]
async fn a_block_is_waited_out_by_reads_and_writes() {
    let fake = Fake::new([blocked(300), blocked(500)]);
    let client = fake.client("2-waits");
    client.call(&Add).await.expect("a reply");
    let times = fake.times();
    assert_waited(times[1] - times[0], 300);
    assert_waited(times[2] - times[1], 500);
    assert_eq!(fake.methods(), ["add", "add", "add"]);
}

#[tokio::test(start_paused = true)]
async fn a_block_holds_all_clients_of_the_token_and_a_probe_goes_first() {
    let mut fake = Fake::new([blocked(120), blocked(60)]);
    fake.back = Duration::from_secs(5);
    let start = Instant::now();
    let mut tasks = calls(&fake.client("2-all"), 1);
    sleep(Duration::from_secs(6)).await;
    add_calls(&mut tasks, &fake.client("2-all"), 30);
    // Other tokens go on.
    Fake::default().client("2-other").call(&Get).await.expect("a reply");
    assert_eq!(start.elapsed(), Duration::from_secs(6));
    while let Some(done) = tasks.join_next().await {
        done.expect("no panic").expect("a reply");
    }
    let times = fake.times();
    assert_eq!(times.len(), 33);
    // The first call, the probe that is refused, the probe that is not, and five seconds later all the others.
    assert_eq!(times[0], start);
    assert_waited(times[1] - times[0], 125);
    assert_waited(times[2] - times[1], 65);
    assert!(times[3..].iter().all(|time| *time == times[2] + Duration::from_secs(5)), "{times:?}");
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_comes_first_is_an_error_at_once() {
    let fake = Fake::new([blocked(600)]);
    let policy = RetryPolicy { deadline: Duration::from_mins(1), ..RetryPolicy::default() };
    let client = fake.builder("2-deadline").retry(policy).build().expect("sound settings");
    let start = Instant::now();
    for _ in 0..3 {
        let error = client.call(&Get).await.unwrap_err();
        assert!(!error.is_timeout() && error.is_without_effect());
        let Error::Blocked { until: Some(until), retry_after, .. } = &error else { panic!("{error:?}") };
        assert!(error.to_string().contains(&format!("send it again after {until}")), "{error}");
        assert_waited(*retry_after, 600);
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
    assert_eq!(fake.count(), 1);

    let patient = client.with_retry(RetryPolicy::default());
    patient.call(&Get).await.expect("a reply");
    assert_waited(start.elapsed(), 600);
}

/// Calls that wait for their turn when the block begins learn of it as well.
#[tokio::test(start_paused = true)]
async fn those_who_wait_for_their_turn_are_told() {
    let mut fake = Fake::new([blocked(600)]);
    fake.back = Duration::from_secs(3);
    let policy = RetryPolicy { deadline: Duration::from_mins(5), ..RetryPolicy::default() };
    let client = fake.builder("2-queue").calls_per_minute(1).retry(policy).build().expect("sound settings");
    let start = Instant::now();
    let mut tasks = calls(&client, 5);
    while let Some(done) = tasks.join_next().await {
        let error = done.expect("no panic").unwrap_err();
        assert!(matches!(error, Error::Blocked { .. }), "{error}");
    }
    assert_eq!(start.elapsed(), Duration::from_secs(3));
    assert_eq!(fake.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn who_does_not_wait_out_blocks_fails_at_once() {
    let fake = Fake::new([blocked(600)]);
    let client = fake.builder("2-none").retry(RetryPolicy::NONE).build().expect("sound settings");
    for _ in 0..3 {
        assert!(matches!(client.call(&Get).await, Err(Error::Blocked { .. })));
    }
    assert_eq!(fake.count(), 1);
    sleep(Duration::from_secs(612)).await;
    client.call(&Get).await.expect("a reply");
}

/// A probe that is given up, or gets no answer, leaves it to the next call.
#[tokio::test(start_paused = true)]
async fn a_probe_that_comes_to_nothing() {
    let mut fake = Fake::new([blocked(10), Answer::Fails(TransportErrorKind::Closed)]);
    fake.back = Duration::from_secs(100);
    let client = fake.client("2-probe");
    let mut first = calls(&client.with_retry(RetryPolicy::NONE), 1);
    assert!(first.join_next().await.expect("a call").expect("no panic").is_err());
    sleep(Duration::from_secs(20)).await;
    let mut probe = calls(&client, 1);
    sleep(Duration::from_secs(1)).await;
    let mut others = calls(&client, 3);
    sleep(Duration::from_secs(1)).await;
    assert_eq!(fake.count(), 2);
    probe.abort_all();
    assert!(probe.join_next().await.expect("a call").is_err());
    sleep(Duration::from_secs(1)).await;
    assert_eq!(fake.count(), 3);
    while let Some(done) = others.join_next().await {
        done.expect("no panic").expect("a reply");
    }
    assert_eq!(fake.count(), 5);
}

/// The end of the block may lie in the past, if the clocks disagree: the API is not asked again and again.
#[tokio::test(start_paused = true)]
async fn a_block_that_should_be_over() {
    let fake = Fake::new((0..10).map(|_| blocked(-30)));
    let policy = RetryPolicy { deadline: Duration::from_hours(1), ..RetryPolicy::default() };
    let start = Instant::now();
    fake.client("2-past").with_retry(policy).call(&Get).await.expect("a reply");
    assert_eq!(fake.count(), 11);
    // 1 + 2 + 4 .. + 512, and a little more.
    assert!((1023..1150).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_limit_set_wrongly_loses_nothing() {
    let fake = Fake { limit: Some(100), ..Fake::default() };
    let policy = RetryPolicy { deadline: Duration::from_hours(24), ..RetryPolicy::default() };
    let client = fake.builder("2-wrong").calls_per_minute(130).retry(policy).build().expect("sound settings");
    let mut tasks = calls(&client, 500);
    let mut replies = 0;
    while let Some(done) = tasks.join_next().await {
        done.expect("no panic").expect("a reply");
        replies += 1;
    }
    assert_eq!(replies, 500);
    // Whatever was under way when a block began, and nothing during one.
    assert_eq!(fake.count() - fake.refused(), 500);
    assert!(fake.refused() <= 30 * 4, "{}", fake.refused());
}
