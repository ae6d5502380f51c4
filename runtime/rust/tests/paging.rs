//! Reading pages and calling in parts: what a server answers, against what comes out and which calls were made.

#[cfg(feature = "blocking")]
#[path = "paging/blocking.rs"]
mod blocking;
#[path = "paging/follow.rs"]
mod follow;
mod listing;

use std::collections::BTreeMap;

use baselinker_runtime::{Error, Paged, split_list, split_map};
use listing::{ById, ByPage, Put, Server};

/// Pages as JSON lists of ids, what is read of them, and the cursor of each call (`-` for none).
type Case = (&'static str, &'static [&'static str], &'static str, &'static str);

const BY_ID: &[Case] = &[
    ("a short page ends it", &["[1,2]", "[3]"], "1 2 3", "1 3"),
    ("a full last page is followed by an empty one", &["[1,2]", "[3,4]", "[]"], "1 2 3 4", "1 3 5"),
    ("nothing at all", &["[]"], "", "1"),
    ("an empty text is an empty page", &["\"\""], "", "1"),
    ("a page in any order goes on from the greatest", &["[9,4]", "[11]"], "9 4 11", "1 10"),
    ("the same page again is an error", &["[1,2]", "[1,2]"], "1 2 !stuck", "1 3"),
    ("a page that overlaps gives only what is new", &["[1,2]", "[2,3]", "[]"], "1 2 3", "1 3 4"),
    ("a page that lost an item is not short", &["[1,\"x\"]", "[3]"], "1 3", "1 2"),
];

const AFTER: &[Case] = &[
    ("a cursor that is included", &["[1,2]", "[2,3]", "[3]"], "1 2 3", "- 2 3"),
    ("a cursor that is not", &["[1,2]", "[3]", "[]"], "1 2 3", "- 2 3"),
    ("an empty answer keeps the cursor", &["[5]", "[]"], "5", "- 5"),
];

const BY_PAGE: &[Case] = &[
    ("a short page ends it", &["[1,2]", "[3]"], "1 2 3", "- 2"),
    ("an empty page ends it", &["[1,2]", "[]"], "1 2", "- 2"),
    ("a server that ignores the number is an error", &["[1,2]", "[1,2]"], "1 2 !stuck", "- 2"),
];

#[tokio::test]
async fn pages_are_followed_to_the_end() {
    let mut failures = Vec::new();
    for (cases, step) in [(BY_ID, 1), (AFTER, 0)] {
        for case in cases {
            failures.extend(match step {
                1 => check(case, ById::<1>::default()).await,
                _ => check(case, ById::<0>::default()).await,
            });
        }
    }
    for case in BY_PAGE {
        failures.extend(check(case, ByPage::default()).await);
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

async fn check<M: Paged<Item = i64>>(case: &Case, params: M) -> Option<String> {
    let (name, pages, read, asked) = case;
    let server = Server::new(pages);
    let mut items = server.client().items(params);
    let mut found = Vec::new();
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => found.push(item.to_string()),
            Err(Error::Refused { .. }) => {
                found.push("!stuck".to_owned());
                break;
            }
            Err(error) => panic!("{name}: {error}"),
        }
    }
    let found = (found.join(" "), server.cursors());
    let expected = ((*read).to_owned(), (*asked).to_owned());
    (found != expected).then(|| format!("{name}: expected {expected:?}, found {found:?}"))
}

#[tokio::test]
async fn no_page_is_fetched_before_it_is_wanted() {
    let server = Server::new(&["[1,2]", "[3,4]", "[]"]);
    let mut items = server.client().items(ById::<1>::default());
    assert_eq!(server.cursors(), "");
    for _ in 0..2 {
        items.next().await.expect("an item").expect("a sound answer");
    }
    assert_eq!(server.cursors(), "1");
    assert_eq!(items.cursor(), Some(3));
}

#[tokio::test]
async fn reading_goes_on_from_a_stored_cursor() {
    let server = Server::new(&["[3]"]);
    let mut items = server.client().items(ById::<1> { from: Some(3) });
    assert_eq!(items.next().await.expect("an item").expect("a sound answer"), 3);
    assert!(items.next().await.is_none());
    assert_eq!(server.cursors(), "3");
}

/// More may be added to the last page later.
#[tokio::test]
async fn at_their_end_numbered_pages_go_on_from_the_last_one() {
    let cases: [(&[&str], i64); 4] =
        [(&["[1,2]", "[3]"], 2), (&["[1,2]", "[]"], 1), (&["[1,2]", "[3,\"x\"]", "[]"], 2), (&["[]"], 1)];
    for (pages, expected) in cases {
        let server = Server::new(pages);
        let mut items = server.client().items(ByPage::default());
        while let Some(item) = items.next().await {
            item.expect("a sound answer");
        }
        assert_eq!(items.cursor(), Some(expected), "{pages:?}");
    }
}

#[tokio::test]
async fn a_page_that_failed_is_asked_for_again() {
    let server = Server::new(&["[1,2]", "no JSON", "[3]"]);
    let mut pages = server.client().pages(ById::<1>::default());
    assert_eq!(pages.next().await.expect("a page").expect("a sound answer").value, [1, 2]);
    assert!(pages.next().await.expect("a page").is_err());
    assert_eq!(pages.next().await.expect("a page").expect("a sound answer").value, [3]);
    assert!(pages.next().await.is_none());
    assert_eq!(server.cursors(), "1 3 3");
}

#[tokio::test]
async fn many_items_are_sent_in_parts() {
    let server = Server::new(&["[]", "[]", "[]"]);
    let done = server.client().call_in_batches(Put { items: (1..=5).collect() }).await;
    assert_eq!(done.replies.len(), 3);
    assert!(done.failure.is_none());
    assert_eq!(server.sent(), ["[1,2]", "[3,4]", "[5]"]);
    let server = Server::new(&["[]", "[]"]);
    let done = server.client().call_in_batches(Put { items: (1..=4).collect() }).await;
    assert_eq!(
        (done.replies.len(), server.sent()),
        (2, vec!["[1,2]".to_owned(), "[3,4]".to_owned()]),
        "no part is empty"
    );
}

#[test]
fn maps_and_lists_are_split_in_their_order() {
    let mut map: BTreeMap<i64, char> = (1..).zip("abcde".chars()).collect();
    let behind = split_map(&mut map, 2);
    assert_eq!((map.len(), behind.keys().copied().collect::<Vec<_>>()), (2, vec![3, 4, 5]));
    assert_eq!((split_map(&mut map, 2), map.len()), (BTreeMap::new(), 2));
    let mut list = vec![1, 2, 3];
    assert_eq!((split_list(&mut list, 2), list.clone()), (vec![3], vec![1, 2]));
    assert_eq!((split_list(&mut list, 9), list), (vec![], vec![1, 2]));
}

#[tokio::test]
async fn a_part_that_fails_ends_it_and_says_what_was_not_sent() {
    let server = Server::new(&["[]", "no JSON"]);
    let done = server.client().call_in_batches(Put { items: (1..=7).collect() }).await;
    let failure = done.failure.expect("the second part failed");
    assert_eq!(done.replies.len(), 1);
    assert_eq!(failure.failed.items, [3, 4]);
    assert_eq!(failure.not_sent.expect("three more").items, [5, 6, 7]);
    assert!(matches!(failure.error, Error::Decode { .. }));
}

#[tokio::test]
async fn nothing_is_sent_for_no_items() {
    let server = Server::new(&[]);
    let done = server.client().call_in_batches(Put { items: Vec::new() }).await;
    assert!(done.into_replies().expect("nothing can fail").is_empty());
    assert_eq!(server.cursors(), "");
}
