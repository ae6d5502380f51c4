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
use std::sync::{Arc, LazyLock, Mutex};
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
        let (_, plain) = wire.ask(call, 0, 0).await;
        for level in 1..=3 {
            for seed in 0..TIMES {
                let (reply, bent) = wire.ask(call, level, seed).await;
                assert_eq!(reply.mismatches, [], "level {level}, seed {seed}: {bent}");
                let expected = same::expected(&plain, &bent);
                let expected = wire.answer(call, &expected).await;
                assert_eq!(expected.mismatches, [], "level {level}, seed {seed}: {bent}");
                assert_eq!(reply.value, expected.value, "level {level}, seed {seed}: {bent}");
            }
        }
    });
}

/// The methods whose example makes what the example of this one deletes, with what they send: what they send and answer
/// has all its numbers.
fn makers(method: &str) -> Vec<(&'static str, &'static Value)> {
    static API: LazyLock<Value> =
        LazyLock::new(|| serde_json::from_str(include_str!("../../../../generated/api.json")).expect("JSON"));
    let methods = API["methods"].as_object().expect("methods");
    if methods[method]["access"] != "delete" {
        return Vec::new();
    }
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let deleted = methods[method]["example"]["request"].as_object().expect("parameters");
    let fits = |maker: &Value| {
        let (sent, made) = (&maker["example"]["request"], &maker["example"]["reply"]);
        let has = |name: &String, id| [sent, made].iter().any(|of| of.get(name).is_some_and(|of| text(of) == text(id)));
        maker["access"] == "write"
            && deleted.keys().any(|name| made.get(name).is_some())
            && deleted.iter().all(|(name, id)| has(name, id))
    };
    let makers = methods.iter().filter(|(_, maker)| fits(maker));
    makers.map(|(name, maker)| (name.as_str(), &maker["example"]["request"])).collect()
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

    /// The reply of a mock whose shop nobody changed but by what makes what the example names, as it was read and as it
    /// was sent.
    async fn ask<M: Method>(&self, call: &M, level: u8, seed: u64) -> (Reply<M::Reply>, Value) {
        let settings = Settings { clock: Clock::manual(), calls_per_minute: 0, strict: true, ..Settings::default() };
        let mock = MockServer::start(Settings { quirks: level, seed, ..settings }).expect("a mock");
        let client = self.client(&mock.url());
        for (maker, parameters) in makers(M::INFO.name) {
            client.call_raw(maker, parameters).await.expect("what the example names is made");
        }
        let reply = client.call(call).await.expect("a reply to an example");
        let sent = serde_json::from_slice(&self.body.lock().expect("no panic").last).expect("JSON");
        (reply, sent)
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
