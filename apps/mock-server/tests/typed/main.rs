//! Every example of the spec, sent by the typed client to the mock and read again at every quirk level. The examples are
//! those of the client's own tests, so that nobody types a list of methods.

#[path = "../../../../generated/rust/tests/examples/base_connect.rs"]
#[rustfmt::skip]
mod base_connect;

#[path = "../../../../generated/rust/tests/examples/courier_shipments.rs"]
#[rustfmt::skip]
mod courier_shipments;

#[path = "../../../../generated/rust/tests/examples/crm.rs"]
#[rustfmt::skip]
mod crm;

#[path = "../../../../generated/rust/tests/examples/external_storages.rs"]
#[rustfmt::skip]
mod external_storages;

#[path = "../../../../generated/rust/tests/examples/order_returns.rs"]
#[rustfmt::skip]
mod order_returns;

#[path = "../../../../generated/rust/tests/examples/orders.rs"]
#[rustfmt::skip]
mod orders;

#[path = "../../../../generated/rust/tests/examples/product_catalog.rs"]
#[rustfmt::skip]
mod product_catalog;

use baselinker_client::{Error, Method};
use baselinker_mock::{Clock, MockServer, Settings};

/// What the examples call, in the place of the client's own check.
mod example {
    pub(crate) use super::check;
}

/// How often each method is called at each level, as every reply is bent in another way.
const TIMES: u32 = 10;

/// Sends a call to the mock at every level and reads its reply.
fn check<M: Method>(call: &M, _example: &str) {
    let settings = Settings { clock: Clock::manual(), calls_per_minute: 0, strict: true, ..Settings::default() };
    let mock = MockServer::start(settings).expect("a mock");
    let client = baselinker_client::client("1-2-3").endpoint(mock.url()).build().expect("a client");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    for level in 0..=3 {
        mock.set_quirks(level);
        for _ in 0..TIMES {
            match runtime.block_on(async { client.call(call).await }) {
                Ok(reply) => assert_eq!(reply.mismatches, [], "level {level}"),
                Err(why) => assert!(refused_by_the_shop(&why), "level {level}: {why}"),
            }
        }
    }
}

/// What an example names may not be in the shop, or be gone after the first call.
fn refused_by_the_shop(why: &Error) -> bool {
    let text = why.to_string();
    text.contains("ERROR_MOCK_NOT_FOUND") || text.contains("ERROR_MOCK_AMOUNT")
}
