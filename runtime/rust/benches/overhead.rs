//! What a call costs beside the exchange itself: the client against bare hyper, on this machine, over one connection each, within one
//! run: `cargo bench --package baselinker-runtime --bench overhead`.
//!
//! Both write the same parameters, send the same bytes and read the reply into the same structs, so what differs is what the client
//! does around that: limiter, gate, time limits, hooks, telling replies from errors.

#[path = "decode/lenient.rs"]
mod lenient;

use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

use baselinker_runtime::{
    Access, ApiInfo, Client, ClientBuilder, Decode, Encode, Extra, Method, MethodInfo, Reader, Writer, decode_reply,
};
use bytes::Bytes;
use http::{Request, Uri};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::{Client as Hyper, Error as HyperError};
use hyper_util::rt::TokioExecutor;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};

/// How many calls are timed together, and how often.
const CALLS: usize = 20;
const ROUNDS: usize = 500;

const ORDERS: i64 = 100;

static API: ApiInfo = ApiInfo {
    endpoint: "https://api.example.com/connector.php",
    token_header: "X-BLToken",
    calls_per_minute: 100,
    block_seconds: 600,
    changelog_date: "2026-04-20",
    methods: &[],
    errors: &[],
};

/// Reads a page of orders.
struct GetOrders;

/// Reads nothing, so that all of it is overhead.
struct Ping;

#[derive(Default)]
struct Pong {
    extra: Extra,
}

impl Method for GetOrders {
    type Reply = lenient::GetOrdersReply;
    const INFO: MethodInfo = MethodInfo { name: "getOrders", access: Access::Read, idempotent: true };
}

impl Method for Ping {
    type Reply = Pong;
    const INFO: MethodInfo = MethodInfo { name: "ping", access: Access::Read, idempotent: true };
}

impl Encode for GetOrders {
    fn encode(&self, out: &mut Writer) {
        out.object(&[("id_from", &1_000_000)]);
    }
}

impl Encode for Ping {
    fn encode(&self, out: &mut Writer) {
        out.object(&[]);
    }
}

impl Decode for Pong {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        while reader.next_field(&[], &mut this.extra).is_some() {}
        Some(this)
    }
}

fn main() {
    let order = include_str!("decode/order.json").trim();
    let orders = vec![order; usize::try_from(ORDERS).expect("it is small")].join(",");
    println!("client against bare hyper on loopback, the best of {ROUNDS} times {CALLS} calls (goal: 1.05)");
    compare("no data", &Ping, r#"{"status":"SUCCESS"}"#);
    compare("page of 100 orders", &GetOrders, &format!(r#"{{"status":"SUCCESS","orders":[{orders}]}}"#));
}

fn compare<M: Method>(name: &str, params: &M, reply: &str) {
    let url = format!("http://{}/connector.php", serve(reply));
    let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
    let client = ClientBuilder::new(&API, "1-23-ABC").endpoint(&url).calls_per_minute(u32::MAX).build();
    let client = client.expect("sound settings");
    let mut tcp = HttpConnector::new();
    tcp.set_nodelay(true);
    let bare = Bare { hyper: Hyper::builder(TokioExecutor::new()).build(tcp), uri: url.parse().expect("a URL") };
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..ROUNDS {
        times[0].push(time(&runtime, || bare.call(params)));
        times[1].push(time(&runtime, || call(&client, params)));
    }
    let [bare, ours] = times.map(best);
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    println!("{name:<20} {} bytes: bare {bare:.1?}, client {ours:.1?}, ratio {ratio:.3}", reply.len());
}

fn form(method: &str, parameters: &str) -> Bytes {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("method", method).append_pair("parameters", parameters);
    form.finish().into()
}

async fn call<M: Method>(client: &Client, params: &M) {
    black_box(client.call(params).await.expect("a reply"));
}

/// What a program without a client would do.
struct Bare {
    hyper: Hyper<HttpConnector, Full<Bytes>>,
    uri: Uri,
}

impl Bare {
    async fn call<M: Method>(&self, params: &M) {
        let form = form(M::INFO.name, &baselinker_runtime::encode(params));
        let body = self.exchange(form).await.expect("an answer");
        black_box(decode_reply::<M::Reply>(&body).expect("a reply"));
    }

    async fn exchange(&self, form: Bytes) -> Result<Bytes, HyperError> {
        let request = Request::post(self.uri.clone())
            .header("x-bltoken", "1-23-ABC")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("user-agent", "baselinker-client/0.1.0")
            .body(Full::new(form))
            .expect("a request");
        let response = self.hyper.request(request).await?;
        Ok(response.into_body().collect().await.expect("a body").to_bytes())
    }
}

/// The mean time of a call.
fn time<F: Future<Output = ()>>(runtime: &Runtime, call: impl Fn() -> F) -> Duration {
    runtime.block_on(async {
        let start = Instant::now();
        for _ in 0..CALLS {
            call().await;
        }
        start.elapsed() / u32::try_from(CALLS).expect("it is small")
    })
}

/// Whatever else the machine does only adds to a time.
fn best(times: Vec<Duration>) -> Duration {
    times.into_iter().min().expect("it was timed")
}

/// Answers every request with the same reply; gives the address. One thread does it for all connections: whether it runs on the core of the
/// caller decides most of how long a small exchange takes, and so is the same for whoever calls.
fn serve(reply: &str) -> String {
    let answer =
        format!("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{reply}", reply.len());
    let answer = Bytes::from(answer);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it is bound").to_string();
    thread::spawn(move || {
        listener.set_nonblocking(true).expect("a socket");
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::from_std(listener).expect("a listener");
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(answer_all(stream, answer.clone()));
            }
        });
    });
    address
}

async fn answer_all(mut stream: TcpStream, answer: Bytes) {
    stream.set_nodelay(true).expect("a connection");
    let mut bytes = [0; 4096];
    // Requests of this program come in one piece.
    while stream.read(&mut bytes).await.is_ok_and(|read| read > 0) {
        if stream.write_all(&answer).await.is_err() {
            return;
        }
    }
}
