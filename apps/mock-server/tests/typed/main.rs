//! Every example of the spec, sent by the typed client to the mock and read at every quirk level: what is read is what is
//! read of the reply that is not bent. The examples are those of the client's own tests, so that nobody types a list of methods.

mod same;

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

use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use baselinker_client::bytes::Bytes;
use baselinker_client::{
    BoxFuture, Client, HttpRequest, HttpResponse, HyperTransport, Method, Reply, SlidingWindow, Transport,
    TransportError,
};
use baselinker_mock::{Clock, MockServer, Settings};
use serde_json::Value;

/// What the examples call, in the place of the client's own check.
mod example {
    pub(crate) use super::check;
}

/// How often each method is called at each level, as every reply is bent in another way.
const TIMES: u64 = 6;

/// Sends a call to the mock at every level and holds what is read of its reply against what there is to read.
fn check<M: Method<Reply: PartialEq + std::fmt::Debug>>(call: &M, _example: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let wire = Wire::new();
        let Some((_, plain)) = wire.ask(call, 0, 0).await else { return };
        for level in 1..=3 {
            for seed in 0..TIMES {
                let (reply, bent) = wire.ask(call, level, seed).await.expect("the mock answers again as it did");
                assert_eq!(reply.mismatches, [], "level {level}, seed {seed}: {bent}");
                let expected = same::expected(&plain, &bent);
                let expected = wire.answer(call, &expected).await;
                assert_eq!(expected.mismatches, [], "level {level}, seed {seed}: {bent}");
                assert_eq!(reply.value, expected.value, "level {level}, seed {seed}: {bent}");
            }
        }
    });
}

/// Keeps what the mock answered, and answers itself when it is told what.
#[derive(Clone)]
struct Wire {
    network: HyperTransport,
    body: Arc<Mutex<Body>>,
}

#[derive(Default)]
struct Body {
    last: Bytes,
    next: Option<Bytes>,
}

impl Wire {
    fn new() -> Self {
        let network = HyperTransport::new(Duration::from_secs(10)).expect("TLS is set up");
        Self { network, body: Arc::default() }
    }

    /// The reply of a mock whose shop nobody changed, as it was read and as it was sent; nothing if it refuses the call,
    /// because its shop has not what the example names.
    async fn ask<M: Method>(&self, call: &M, level: u8, seed: u64) -> Option<(Reply<M::Reply>, Value)> {
        let settings = Settings { clock: Clock::manual(), calls_per_minute: 0, strict: true, ..Settings::default() };
        let mock = MockServer::start(Settings { quirks: level, seed, ..settings }).expect("a mock");
        let reply = self.client(&mock.url()).call(call).await;
        let refused = mock.calls().pop().expect("the call").error_code;
        if let Some(code) = refused {
            assert!(code == "ERROR_MOCK_NOT_FOUND" || code == "ERROR_MOCK_AMOUNT", "{code}");
            return None;
        }
        let sent = serde_json::from_slice(&self.body.lock().expect("no panic").last).expect("JSON");
        Some((reply.expect("a reply"), sent))
    }

    /// What is read of a body.
    async fn answer<M: Method>(&self, call: &M, body: &Value) -> Reply<M::Reply> {
        self.body.lock().expect("no panic").next = Some(body.to_string().into());
        self.client("http://localhost/").call(call).await.expect("a reply")
    }

    fn client(&self, url: &str) -> Client {
        let no_limit = SlidingWindow::per_minute(NonZeroU32::MAX);
        let client = baselinker_client::client("1-2-3").endpoint(url).transport(self.clone());
        client.rate_limiter(no_limit).build().expect("a client")
    }
}

impl Transport for Wire {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        Box::pin(async move {
            let next = self.body.lock().expect("no panic").next.take();
            if let Some(body) = next {
                return Ok(HttpResponse { status: baselinker_client::http::StatusCode::OK, body });
            }
            let answer = self.network.send(request).await?;
            self.body.lock().expect("no panic").last = answer.body.clone();
            Ok(answer)
        })
    }
}
