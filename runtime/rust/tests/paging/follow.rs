//! Following a method for ever: what a server answers, against what comes out, which calls were made, and when.

use std::time::Duration;

use baselinker_runtime::{Error, Followed};
use tokio::time::{sleep, timeout};

use super::listing::{ById, Server};

const MINUTE: Duration = Duration::from_mins(1);

/// Answers as JSON lists of ids, what is read of them up to the last answer, and the cursor and second of each call.
type Case = (&'static str, &'static [&'static str], &'static str, &'static str);

/// A journal, which begins behind its cursor, or perhaps at it.
const JOURNAL: &[Case] = &[
    ("everything, then what is new", &["[1,2]", "[]", "[3]"], "1 2 3", "0@0 2@0 2@60"),
    ("pages until nothing is new", &["[1,2]", "[3]", "[4]", "[]", "[5]"], "1 2 3 4 5", "0@0 2@0 3@0 4@0 4@60"),
    ("the event at the cursor comes again", &["[1,2]", "[2]", "[2]", "[2,3]"], "1 2 3", "0@0 2@0 2@60 2@120"),
    ("nothing for a long time", &["[]", "[]", "\"\"", "[7]"], "7", "0@0 0@60 0@120 0@180"),
    ("a page in any order comes in order", &["[9,4]", "[11]"], "4 9 11", "0@0 9@0"),
    ("an error waits too, and ends nothing", &["[1]", "no JSON", "[]", "[2]"], "1 ! 2", "0@0 1@0 1@60 1@120"),
    ("an error that lasts", &["no JSON", "no JSON", "[1]"], "! ! 1", "0@0 0@60 0@120"),
];

/// A list that begins at its cursor, with two items on a full page.
const LIST: &[Case] = &[
    ("a short page waits", &["[1,2]", "[3]", "[4]"], "1 2 3 4", "1@0 3@0 4@60"),
    ("an empty page waits", &["[1,2]", "[]", "[3]"], "1 2 3", "1@0 3@0 3@60"),
    ("the same page again is an error", &["[1,2]", "[1,2]", "[3]"], "1 2 ! 3", "1@0 3@0 3@60"),
];

#[tokio::test(start_paused = true)]
async fn what_is_new_is_asked_for_again_and_again() {
    let mut failures = Vec::new();
    for case in JOURNAL {
        failures.extend(check(case, ById::<0>::default()).await);
    }
    for case in LIST {
        failures.extend(check(case, ById::<1>::default()).await);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

async fn check<M: Followed<Item = i64>>(case: &Case, params: M) -> Option<String> {
    let (name, answers, read, asked) = case;
    let server = Server::new(answers);
    let mut events = server.client().follow(params, MINUTE);
    let mut found = Vec::new();
    for _ in read.split(' ') {
        found.push(events.next().await.map_or_else(|_| "!".to_owned(), |item| item.to_string()));
    }
    let found = (found.join(" "), server.cursors_and_times());
    let expected = ((*read).to_owned(), (*asked).to_owned());
    (found != expected).then(|| format!("{name}: expected {expected:?}, found {found:?}"))
}

#[tokio::test(start_paused = true)]
async fn no_page_is_fetched_before_it_is_wanted_and_work_counts_as_waiting() {
    let server = Server::new(&["[1,2]", "[]", "[3]"]);
    let mut events = server.client().follow(ById::<0>::default(), MINUTE);
    assert_eq!(server.cursors(), "");
    for expected in [1, 2] {
        assert_eq!(events.next().await.expect("an event"), expected);
        sleep(10 * MINUTE).await;
    }
    assert_eq!(server.cursors(), "0");
    assert!(timeout(MINUTE / 2, events.next()).await.is_err());
    sleep(MINUTE).await;
    assert_eq!(events.next().await.expect("an event"), 3);
    // The minute began with the empty answer, and was over before the third call was wanted.
    assert_eq!(server.cursors_and_times(), "0@0 2@1200 2@1290");
}

#[tokio::test(start_paused = true)]
async fn going_on_from_the_cursor_behind_any_item_loses_and_repeats_nothing() {
    for stop in 0..=3 {
        let server = Server::new(&["[3,1,2]"]);
        let mut events = server.client().follow(ById::<0>::default(), MINUTE);
        let mut read = Vec::new();
        for _ in 0..stop {
            read.push(events.next().await.expect("an event"));
        }
        let cursor = events.cursor();
        // This server begins at the cursor.
        let rest: Vec<i64> = (1..=4).filter(|id| *id >= cursor).collect();
        let server = Server::new(&[&format!("{rest:?}")]);
        let mut events = server.client().follow(ById::<0> { from: Some(cursor) }, MINUTE);
        while read.last() != Some(&4) {
            read.push(events.next().await.expect("an event"));
        }
        assert_eq!(read, [1, 2, 3, 4], "from {cursor}");
        assert_eq!(server.cursors(), cursor.to_string());
    }
}

#[tokio::test(start_paused = true)]
async fn a_page_is_done_with_its_cursor() {
    let server = Server::new(&["[1,2,\"x\"]", "[3]", "[]", "[4,5,6]"]);
    let mut events = server.client().follow(ById::<0>::default(), MINUTE);
    let page = events.next_page().await.expect("a page");
    assert_eq!((page.value.as_slice(), events.cursor()), ([1, 2].as_slice(), 2));
    assert_eq!(page.mismatches.len(), 1);
    let page = events.next_page().await.expect("a page");
    assert_eq!((page.value.as_slice(), events.cursor()), ([3].as_slice(), 3));
    // The rest of a page that was begun item by item is a page too.
    assert_eq!((events.next().await.expect("an event"), events.cursor()), (4, 4));
    let page = events.next_page().await.expect("a page");
    assert_eq!((page.value.as_slice(), events.cursor()), ([5, 6].as_slice(), 6));
    assert_eq!(server.cursors_and_times(), "0@0 2@0 3@0 3@60");
}

#[tokio::test(start_paused = true)]
async fn giving_up_waiting_loses_nothing() {
    let server = Server::new(&["[]", "[1,2]"]);
    let mut events = server.client().follow(ById::<0>::default(), MINUTE);
    for _ in 0..59 {
        assert!(timeout(Duration::from_secs(1), events.next()).await.is_err());
    }
    assert_eq!(events.next().await.expect("an event"), 1);
    assert_eq!(server.cursors_and_times(), "0@0 0@60");
    drop(events);
    sleep(10 * MINUTE).await;
    assert_eq!(server.cursors(), "0 0");
}

#[tokio::test(start_paused = true)]
async fn mismatches_do_not_fill_the_memory() {
    let answers = vec!["[\"x\",1]"; 2000];
    let server = Server::new(&answers);
    let mut events = server.client().follow(ById::<0>::default(), MINUTE);
    assert_eq!(events.next().await.expect("an event"), 1);
    assert!(timeout(1900 * MINUTE, events.next()).await.is_err());
    assert_eq!(events.take_mismatches().len(), 1000);
    assert!(events.take_mismatches().is_empty());
}

#[tokio::test(start_paused = true)]
async fn what_will_never_go_is_told_again_and_again() {
    let client = Server::new(&[]).client();
    let mut events = client.follow(ById::<0> { from: Some(i64::MIN) }, MINUTE);
    drop(events.next());
    assert_eq!(events.cursor(), i64::MIN);
    let refused = Server::new(&[]).builder().allow(["other"]).build().expect("sound settings");
    let mut events = refused.follow(ById::<0>::default(), MINUTE);
    for _ in 0..3 {
        assert!(matches!(events.next().await, Err(Error::Refused { .. })));
    }
}
