//! Whatever happens to a shop while it is read page by page, nothing that was there throughout is lost or comes twice, and
//! who stops anywhere goes on from the cursor.

use std::collections::BTreeSet;
use std::num::NonZeroU32;
use std::sync::OnceLock;
use std::time::Duration;

use baselinker_client::methods::{
    AddInventoryFulfillmentDelivery, DeleteInventoryManufacturer, DeleteOrders, GetInventoryFulfillmentDeliveries,
    GetInventoryManufacturers, GetInventoryProductsList, GetJournalList, GetOrders, SetOrderStatus,
};
use baselinker_client::types::{InventoryId, OrderId, OrderStatusId, WarehouseId};
use baselinker_client::{
    BoxFuture, Client, HttpRequest, HttpResponse, HyperTransport, Paged, SlidingWindow, Transport, TransportError,
    client,
};
use baselinker_mock::{Clock, EXAMPLE_TIME, FIRST_ORDER, MockServer, Settings, ShopSettings};
use proptest::prelude::*;

use crate::story::{Event, Story, story, tries};

struct Scene {
    mock: MockServer,
    client: Client,
}

impl Scene {
    fn open(story: &Story) -> Self {
        let shop = ShopSettings {
            orders: story.orders,
            orders_per_second: story.per_second,
            unconfirmed_percent: story.unconfirmed_percent,
            ..ShopSettings::default()
        };
        Self::with(shop)
    }

    fn with(shop: ShopSettings) -> Self {
        let settings = Settings { clock: Clock::manual(), calls_per_minute: 0, shop, ..Settings::default() };
        let mock = MockServer::start(settings).expect("a mock");
        let no_limit = SlidingWindow::per_minute(NonZeroU32::MAX);
        let client = client("1-paging").endpoint(mock.url()).rate_limiter(no_limit).build().expect("a client");
        Self { mock, client }
    }

    /// Lets something happen, and says which order is gone by it.
    async fn happens(&self, event: &Event) -> Option<i64> {
        let number = |place: &u64| i64::try_from(FIRST_ORDER + place).expect("an order number");
        match event {
            Event::Arrive(count, later) => {
                let _numbers = self.mock.add_orders(*count, EXAMPLE_TIME + later);
                None
            }
            Event::Change(place) => {
                let call = SetOrderStatus::new(OrderId(number(place)), OrderStatusId(6633));
                // There may be no such order, which is as good a thing to happen as any.
                let _ = self.client.call(&call).await;
                None
            }
            Event::Delete(place) => {
                let deleted = self.client.call(&DeleteOrders::new(vec![OrderId(number(place))])).await;
                deleted.expect("a reply").into_value().deleted_order_ids.first().map(|id| id.0)
            }
        }
    }
}

/// What was read, by what tells one item from another.
#[derive(Debug, Default)]
struct Seen {
    all: BTreeSet<String>,
    /// What came twice without a stop in between.
    doubled: Vec<String>,
    /// Which orders were deleted meanwhile.
    gone: BTreeSet<i64>,
}

/// Reads all items, while things happen and reading stops and goes on.
async fn read<M: Paged>(scene: &Scene, call: &M, story: &Story, key: impl Fn(&M::Item) -> String) -> Seen {
    let mut seen = Seen::default();
    let (mut stops, mut events) = (story.stops.clone(), story.events.clone());
    let mut call = call.clone();
    let mut count = 0;
    'streams: loop {
        let mut items = scene.client.items(call.clone());
        let mut here = BTreeSet::new();
        while let Some(item) = items.next().await {
            let key = key(&item.expect("an item"));
            if !here.insert(key.clone()) {
                seen.doubled.push(key.clone());
            }
            seen.all.insert(key);
            count += 1;
            for (_, event) in events.extract_if(.., |(at, _)| *at <= count) {
                seen.gone.extend(scene.happens(&event).await);
            }
            if stops.extract_if(.., |at| *at <= count).count() > 0 {
                items.cursor().into_iter().for_each(|cursor| call.set_cursor(cursor));
                continue 'streams;
            }
        }
        return seen;
    }
}

fn run<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(future)
}

/// Holds what was read against what was there from the beginning to the end.
fn is_sound(seen: &Seen, there: impl Iterator<Item = String>) -> Result<(), TestCaseError> {
    let lost: Vec<String> = there.filter(|key| !seen.all.contains(key)).collect();
    prop_assert!(lost.is_empty(), "lost {lost:?}");
    prop_assert!(seen.doubled.is_empty(), "doubled {:?}", seen.doubled);
    Ok(())
}

/// The orders of a story that were there throughout, by their places.
fn orders<'s>(seen: &'s Seen, places: impl Iterator<Item = u64> + 's) -> impl Iterator<Item = String> + 's {
    let numbers = places.map(|place| i64::try_from(FIRST_ORDER + place).expect("an order number"));
    numbers.filter(|number| !seen.gone.contains(number)).map(|number| number.to_string())
}

proptest! {
    #![proptest_config(tries(48))]

    /// The cursor is the number of the next order.
    #[test]
    fn orders_by_their_numbers(story in story()) {
        let scene = Scene::open(&story);
        let call = GetOrders { get_unconfirmed_orders: Some(true), ..GetOrders::default() };
        let seen = run(read(&scene, &call, &story, |order| order.order_id.to_string()));
        is_sound(&seen, orders(&seen, 0..story.orders))?;
    }

    /// A filter leaves gaps between the numbers, and orders leave it and come into it.
    #[test]
    fn orders_of_a_source(story in story()) {
        let scene = Scene::open(&story);
        let call = GetOrders { filter_order_source: Some("shop".into()), ..GetOrders::default() };
        let quiet = Story { events: Vec::new(), stops: Vec::new(), ..story.clone() };
        let before = run(read(&scene, &call, &quiet, |order| order.order_id.to_string()));
        let seen = run(read(&scene, &call, &story, |order| order.order_id.to_string()));
        let kept = before.all.into_iter().filter(|id| !seen.gone.iter().any(|gone| gone.to_string() == *id));
        is_sound(&seen, kept)?;
    }

    /// The cursor is the last event seen, and an empty page ends it.
    #[test]
    fn the_journal(story in story()) {
        let scene = Scene::open(&story);
        let quiet = Story { events: Vec::new(), stops: Vec::new(), ..story.clone() };
        let before = run(read(&scene, &GetJournalList::default(), &quiet, |log| log.log_id.to_string()));
        let seen = run(read(&scene, &GetJournalList::default(), &story, |log| log.log_id.to_string()));
        let numbers: Vec<i64> = seen.all.iter().filter_map(|id| id.parse().ok()).collect();
        let whole = numbers.iter().max().zip(numbers.iter().min()).map_or(0, |(max, min)| max - min + 1);
        prop_assert_eq!(usize::try_from(whole).expect("a count"), numbers.len(), "the journal has no gaps");
        is_sound(&seen, before.all.into_iter())?;
    }

    /// Pages with numbers from 0 on, to which more is added. What is deleted moves the rest to the page before it, so an
    /// API with such pages loses items by itself, and no client can mend it.
    #[test]
    fn pages_from_0(count in 0..320_usize, arrivals in prop::collection::vec(0..320_usize, 0..5), stop in 0..320_usize) {
        let scene = Scene::with(ShopSettings::default());
        let add = |name: String| scene.client.call(&AddInventoryFulfillmentDelivery::new(WarehouseId(206), WarehouseId(209), name));
        run(async {
            for number in 0..count {
                add(number.to_string()).await.expect("a delivery");
            }
            let mut call = GetInventoryFulfillmentDeliveries::default();
            let mut seen = Vec::new();
            let mut items = scene.client.items(call.clone());
            let mut stopped = false;
            while let Some(delivery) = items.next().await {
                seen.push(delivery.expect("a delivery").delivery_id.0);
                if arrivals.contains(&seen.len()) {
                    add("late".to_owned()).await.expect("a delivery");
                }
                if seen.len() == stop && !std::mem::replace(&mut stopped, true) {
                    items.cursor().into_iter().for_each(|cursor| call.set_cursor(cursor));
                    items = scene.client.items(call.clone());
                    // The page that was being handed out comes again.
                    seen.truncate(stop / 100 * 100);
                }
            }
            let unique: BTreeSet<i64> = seen.iter().copied().collect();
            prop_assert_eq!(unique.len(), seen.len(), "nothing comes twice");
            prop_assert!(seen.len() >= count, "{} of {count} came", seen.len());
            Ok(())
        })?;
    }
}

proptest! {
    #![proptest_config(tries(6))]

    /// Pages with numbers from 1 on, a thousand products each.
    #[test]
    fn pages_from_1(products in prop::sample::select(vec![0, 1, 999, 1000, 1001, 2000])) {
        let scene = Scene::with(ShopSettings { orders: 1, products, ..ShopSettings::default() });
        let story = Story { orders: 1, per_second: 1, unconfirmed_percent: 0, events: Vec::new(), stops: vec![700] };
        let call = GetInventoryProductsList::new(InventoryId(307));
        let seen = run(read(&scene, &call, &story, |(id, _)| id.to_string()));
        // Without products the mock has those of the examples.
        prop_assert!(seen.all.len() >= usize::try_from(products).expect("a count"));
        prop_assert!(seen.doubled.is_empty());
    }
}

/// Sends the first request again and again, so that the mock seems to ignore every cursor.
struct Stuck {
    network: HyperTransport,
    first: OnceLock<HttpRequest>,
}

impl Transport for Stuck {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        self.network.send(self.first.get_or_init(|| request).clone())
    }
}

#[tokio::test]
async fn a_cursor_that_does_not_advance_is_an_error() {
    async fn ends<M: Paged>(mock: &MockServer, call: M) {
        let network = HyperTransport::new(Duration::from_secs(10)).expect("TLS is set up");
        let stuck = Stuck { network, first: OnceLock::new() };
        let client = client("1-stuck").endpoint(mock.url()).transport(stuck).build().expect("a client");
        let mut pages = client.pages(call);
        assert!(pages.next().await.is_some_and(|page| page.is_ok()), "the first page is sound");
        let error = pages.next().await.and_then(Result::err).expect("an error").to_string();
        assert!(error.contains("the next call would be the same again"), "{error}");
    }
    let scene = Scene::with(ShopSettings { orders: 250, products: 1500, ..ShopSettings::default() });
    ends(&scene.mock, GetOrders::default()).await;
    ends(&scene.mock, GetInventoryProductsList::new(InventoryId(307))).await;
}

#[tokio::test]
async fn an_empty_list_is_read_as_nothing() {
    let scene = Scene::with(ShopSettings::default());
    for manufacturer in
        scene.client.call(&GetInventoryManufacturers::default()).await.expect("a list").manufacturers.clone()
    {
        let gone = DeleteInventoryManufacturer::new(manufacturer.manufacturer_id);
        scene.client.call(&gone).await.expect("it is there");
    }
    // The API writes a list of nothing and a map of nothing alike.
    assert!(scene.client.items(GetInventoryManufacturers::default()).next().await.is_none());
    let none = GetOrders { id_from: Some(OrderId(i64::MAX)), ..GetOrders::default() };
    assert!(scene.client.items(none).next().await.is_none());
}
