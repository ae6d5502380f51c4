//! A server that lists numbers: answers page by page as told, and notes what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use baselinker_runtime::http::StatusCode;
use baselinker_runtime::{
    Access, ApiInfo, Batched, BoxFuture, Client, ClientBuilder, Decode, Encode, ErrorInfo, Extra, Followed,
    HttpRequest, HttpResponse, Method, MethodInfo, Paged, Paging, Reader, RetryPolicy, Transport, TransportError,
    Writer, split_list,
};
use serde_json::Value;
use tokio::time::Instant;

static API: ApiInfo = ApiInfo {
    endpoint: "https://api.example.com/connector.php",
    token_header: "X-BLToken",
    calls_per_minute: 100,
    block_seconds: 600,
    changelog_date: "2026-04-20",
    methods: &[],
    errors: &[] as &[ErrorInfo],
};

/// The answers to come, and the parameters that came.
#[derive(Clone)]
pub struct Server {
    answers: Arc<Mutex<VecDeque<String>>>,
    asked: Arc<Mutex<Vec<(Instant, Value)>>>,
}

impl Server {
    /// A server that answers with these lists, one after another; what is no JSON is sent as it is.
    pub fn new(lists: &[&str]) -> Self {
        let answers = lists.iter().map(|list| {
            let body = format!(r#"{{"status":"SUCCESS","items":{list}}}"#);
            if list.starts_with('[') || list.starts_with('"') { body } else { (*list).to_owned() }
        });
        Self { answers: Arc::new(Mutex::new(answers.collect())), asked: Arc::default() }
    }

    pub fn builder(&self) -> ClientBuilder {
        ClientBuilder::new(&API, "1-23-ABC").transport(self.clone()).retry(RetryPolicy::NONE)
    }

    pub fn client(&self) -> Client {
        self.builder().build().expect("sound settings")
    }

    /// The cursor or page number of each call, `-` for none.
    pub fn cursors(&self) -> String {
        let asked = self.asked.lock().expect("no panic");
        asked.iter().map(|(_, asked)| cursor(asked)).collect::<Vec<_>>().join(" ")
    }

    /// The same, each with how many seconds after the first call it was.
    pub fn cursors_and_times(&self) -> String {
        let asked = self.asked.lock().expect("no panic");
        let after = |time: &Instant| time.duration_since(asked[0].0).as_secs();
        asked.iter().map(|(time, asked)| format!("{}@{}", cursor(asked), after(time))).collect::<Vec<_>>().join(" ")
    }

    /// The items that each call sent.
    pub fn sent(&self) -> Vec<String> {
        self.asked.lock().expect("no panic").iter().map(|(_, asked)| asked["items"].to_string()).collect()
    }
}

fn cursor(asked: &Value) -> String {
    let cursor = asked.get("from").or_else(|| asked.get("page"));
    cursor.map_or_else(|| "-".to_owned(), Value::to_string)
}

impl Transport for Server {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpResponse, TransportError>> {
        let mut form = form_urlencoded::parse(&request.body);
        let (_, parameters) = form.find(|(name, _)| name == "parameters").expect("every call has parameters");
        let asked = (Instant::now(), serde_json::from_str(&parameters).expect("JSON"));
        self.asked.lock().expect("no panic").push(asked);
        let answer = self.answers.lock().expect("no panic").pop_front().expect("one call too many");
        Box::pin(async move { Ok(HttpResponse { status: StatusCode::OK, body: answer.into() }) })
    }
}

/// Lists ids from a position on (`STEP` 1) or behind it (0), two at a time.
#[derive(Clone, Default)]
pub struct ById<const STEP: i64> {
    pub from: Option<i64>,
}

#[derive(Clone, Default)]
pub struct ByPage {
    pub page: Option<i64>,
}

/// Takes two items at a time.
#[derive(Clone, Debug)]
pub struct Put {
    pub items: Vec<i64>,
}

#[derive(Default, Debug)]
pub struct Listed {
    items: Vec<i64>,
    extra: Extra,
}

impl Decode for Listed {
    const FIELDS: &'static [&'static str] = &["items"];

    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        reader.begin_object()?;
        let mut this = Self::default();
        while reader.next_field(Self::FIELDS, &mut this.extra).is_some() {
            this.items = reader.list();
        }
        Some(this)
    }
}

const fn info(name: &'static str, access: Access) -> MethodInfo {
    MethodInfo { name, access, idempotent: true }
}

impl<const STEP: i64> Method for ById<STEP> {
    type Reply = Listed;
    const INFO: MethodInfo = info("getById", Access::Read);
}

impl<const STEP: i64> Encode for ById<STEP> {
    fn encode(&self, out: &mut Writer) {
        out.object(&[("from", &self.from)]);
    }
}

impl<const STEP: i64> Paged for ById<STEP> {
    type Item = i64;

    const PAGING: Paging = Paging::Cursor { step: STEP, size: if STEP == 1 { Some(2) } else { None } };

    fn cursor(&self) -> Option<i64> {
        self.from
    }

    fn set_cursor(&mut self, cursor: i64) {
        self.from = Some(cursor);
    }

    fn items(reply: Listed) -> Vec<i64> {
        reply.items
    }

    fn position(item: &i64) -> Option<i64> {
        Some(*item)
    }
}

impl<const STEP: i64> Followed for ById<STEP> {}

impl Method for ByPage {
    type Reply = Listed;
    const INFO: MethodInfo = info("getByPage", Access::Read);
}

impl Encode for ByPage {
    fn encode(&self, out: &mut Writer) {
        out.object(&[("page", &self.page)]);
    }
}

impl Paged for ByPage {
    type Item = i64;

    const PAGING: Paging = Paging::Page { first: 1, size: Some(2) };

    fn cursor(&self) -> Option<i64> {
        self.page
    }

    fn set_cursor(&mut self, cursor: i64) {
        self.page = Some(cursor);
    }

    fn items(reply: Listed) -> Vec<i64> {
        reply.items
    }

    fn position(_item: &i64) -> Option<i64> {
        None
    }
}

impl Method for Put {
    type Reply = Listed;
    const INFO: MethodInfo = info("put", Access::Write);
}

impl Encode for Put {
    fn encode(&self, out: &mut Writer) {
        out.object(&[("items", &self.items)]);
    }
}

impl Batched for Put {
    const MAX_ITEMS: usize = 2;

    fn items(&self) -> usize {
        self.items.len()
    }

    fn split_off(&mut self, at: usize) -> Self {
        Self { items: split_list(&mut self.items, at) }
    }
}
