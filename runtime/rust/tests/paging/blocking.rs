//! Pages, items, parts and what is new, for programs that are not async.

use std::time::Duration;

use baselinker_runtime::{BlockingClient, Error};

use super::listing::{ById, ByPage, Put, Server};

fn client(server: &Server) -> BlockingClient {
    BlockingClient::new(server.client()).expect("a runtime")
}

#[test]
fn items_and_pages_are_iterators() {
    let server = Server::new(&["[1,2]", "[3,\"x\"]", "[]"]);
    let mut items = client(&server).items(ById::<1>::default());
    let read: Result<Vec<i64>, Error> = items.by_ref().collect();
    assert_eq!(read.expect("sound answers"), [1, 2, 3]);
    assert_eq!(items.take_mismatches().len(), 1);
    assert_eq!(items.cursor(), Some(4));

    let server = Server::new(&["[1,2]", "[3]"]);
    let pages: Vec<usize> =
        client(&server).pages(ByPage::default()).map(|page| page.expect("a page").value.len()).collect();
    assert_eq!(pages, [2, 1]);
}

#[test]
fn what_is_new_is_waited_for() {
    let server = Server::new(&["[1]", "[]", "[2,3]", "no JSON", "[4]"]);
    let mut events = client(&server).follow(ById::<0>::default(), Duration::ZERO);
    assert_eq!(events.next_page().expect("a page").value, [1]);
    assert_eq!(events.next().expect("it never ends").expect("an event"), 2);
    assert_eq!(events.cursor(), 2);
    assert_eq!(events.next_page().expect("a page").value, [3]);
    assert!(events.next_page().is_err());
    assert_eq!(events.next_page().expect("a page").value, [4]);
}

#[test]
fn many_items_are_sent_in_parts() {
    let server = Server::new(&["[]", "[]"]);
    let done = client(&server).call_in_batches(Put { items: vec![1, 2, 3] }).expect("this is no async code");
    assert_eq!(done.into_replies().expect("both parts were sent").len(), 2);
}

#[tokio::test]
async fn async_code_is_refused() {
    let client = client(&Server::new(&[]));
    assert!(matches!(client.items(ByPage::default()).next(), Some(Err(Error::Refused { .. }))));
    assert!(client.follow(ById::<0>::default(), Duration::ZERO).next_page().is_err());
    assert!(client.call_in_batches(Put { items: vec![1] }).is_err());
}
