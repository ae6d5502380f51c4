//! A small API, in the form in which the generator emits it.

use baselinker_runtime::{
    Access, ApiInfo, ClientBuilder, Decimal, Decode, Encode, ErrorInfo, Extra, Method, MethodInfo, Reader, Retry,
    RetryPolicy, Writer, int_id,
};

pub const TOKEN: &str = "1-23-S3CR3TS3CR3TS3CR3T";

pub static API: ApiInfo = ApiInfo {
    endpoint: "https://api.example.com/connector.php",
    token_header: "X-BLToken",
    calls_per_minute: 100,
    block_seconds: 600,
    changelog_date: "2026-04-20",
    methods: &[AddThing::INFO, GetThings::INFO],
    errors: &[
        ErrorInfo { code: "ERROR_BLOCKED_TOKEN", retry: Retry::AfterBlock },
        ErrorInfo { code: "ERROR_BAD_TOKEN", retry: Retry::Never },
    ],
};

/// A client of the small API, which calls a server on this machine, and only once.
pub fn client(port: u16) -> ClientBuilder {
    let endpoint = format!("http://127.0.0.1:{port}/connector.php");
    ClientBuilder::new(&API, TOKEN).endpoint(endpoint).retry(RetryPolicy::NONE)
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ThingId(pub i64);

int_id!(ThingId);

#[derive(Debug, Clone, Default)]
pub struct GetThings {
    pub id_from: Option<ThingId>,
    pub text: Option<String>,
    pub price: Option<Decimal>,
}

impl Method for GetThings {
    type Reply = Things;

    const INFO: MethodInfo = MethodInfo { name: "getThings", access: Access::Read, idempotent: true };
}

impl Encode for GetThings {
    fn encode(&self, out: &mut Writer) {
        out.object(&[("id_from", &self.id_from), ("text", &self.text), ("price", &self.price)]);
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Things {
    pub things: Vec<Item>,
    pub extra: Extra,
}

impl Decode for Things {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        const FIELDS: &[&str] = &["things"];
        reader.begin_object()?;
        let mut this = Self::default();
        while reader.next_field(FIELDS, &mut this.extra).is_some() {
            this.things = reader.list();
        }
        Some(this)
    }
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Item {
    pub thing_id: ThingId,
    pub stock: Option<i64>,
    pub extra: Extra,
}

impl Decode for Item {
    fn decode(reader: &mut Reader<'_>) -> Option<Self> {
        const FIELDS: &[&str] = &["thing_id", "stock"];
        reader.begin_object()?;
        let mut this = Self::default();
        let mut thing_id = None;
        while let Some(field) = reader.next_field(FIELDS, &mut this.extra) {
            match field {
                0 => thing_id = Decode::decode(reader),
                _ => this.stock = Decode::decode(reader),
            }
        }
        this.thing_id = reader.require("thing_id", thing_id);
        Some(this)
    }
}

#[derive(Debug, Clone, Default)]
pub struct AddThing {
    pub name: String,
}

impl Method for AddThing {
    type Reply = Extra;

    const INFO: MethodInfo = MethodInfo { name: "addThing", access: Access::Write, idempotent: false };
}

impl Encode for AddThing {
    fn encode(&self, out: &mut Writer) {
        out.object(&[("name", &self.name)]);
    }
}
