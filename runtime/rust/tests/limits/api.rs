//! A small API with a method that reads, one that adds and one that sets.

use baselinker_runtime::{Access, ApiInfo, Encode, ErrorInfo, Extra, Method, MethodInfo, Retry, Writer};

pub static API: ApiInfo = ApiInfo {
    endpoint: "https://api.example.com/connector.php",
    token_header: "X-BLToken",
    calls_per_minute: 100,
    block_seconds: 600,
    changelog_date: "2026-04-20",
    methods: &[Add::INFO, Get::INFO, Set::INFO],
    errors: &[ErrorInfo { code: "ERROR_BLOCKED_TOKEN", retry: Retry::AfterBlock }],
};

#[derive(Debug, Clone, Default)]
pub struct Get;

#[derive(Debug, Clone, Default)]
pub struct Add;

#[derive(Debug, Clone, Default)]
pub struct Set;

impl Method for Get {
    type Reply = Extra;

    const INFO: MethodInfo = MethodInfo { name: "get", access: Access::Read, idempotent: true };
}

impl Method for Add {
    type Reply = Extra;

    const INFO: MethodInfo = MethodInfo { name: "add", access: Access::Write, idempotent: false };
}

impl Method for Set {
    type Reply = Extra;

    const INFO: MethodInfo = MethodInfo { name: "set", access: Access::Write, idempotent: true };
}

impl Encode for Get {
    fn encode(&self, out: &mut Writer) {
        out.object(&[]);
    }
}

impl Encode for Add {
    fn encode(&self, out: &mut Writer) {
        out.object(&[]);
    }
}

impl Encode for Set {
    fn encode(&self, out: &mut Writer) {
        out.object(&[]);
    }
}
