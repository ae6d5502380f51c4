//! What is known of the API before any call, as Python prints it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::names;
use crate::model::{Access, Api, Method, Paging, Retry};

/// The API as a whole.
#[derive(Debug, Serialize)]
pub(super) struct ApiView {
    version: String,
    changelog_date: String,
    endpoint: String,
    token_header: String,
    calls_per_minute: u32,
    block_seconds: u32,
    methods: Vec<(String, String)>,
    errors: Vec<(String, &'static str)>,
    sections: Vec<(String, String)>,
    count: usize,
}

/// Makes the view.
pub(super) fn view(api: &Api) -> ApiView {
    let retry = |retry| if retry == Retry::AfterBlock { "after_block" } else { "never" };
    let mut sections = BTreeMap::new();
    for method in api.methods.values() {
        sections.entry(names::module(&method.file)).or_insert_with(|| method.section.clone());
    }
    ApiView {
        version: api.version("python").to_string(),
        changelog_date: api.changelog_date.clone(),
        endpoint: api.endpoint.clone(),
        token_header: api.token_header.clone(),
        calls_per_minute: api.limits.calls_per_minute,
        block_seconds: api.limits.block_seconds,
        methods: api.methods.values().map(|method| (method.wire.clone(), info(method))).collect(),
        errors: api.errors.iter().map(|error| (error.code.clone(), retry(error.retry))).collect(),
        sections: sections.into_iter().collect(),
        count: api.methods.len(),
    }
}

/// The word that stands for an access.
pub(super) fn access(access: Access) -> &'static str {
    match access {
        Access::Read => "read",
        Access::Write => "write",
        Access::Delete => "delete",
        Access::Action => "action",
    }
}

/// What is known of a method, as arguments.
fn info(method: &Method) -> String {
    let size = method.paging.as_ref().and_then(|(Paging::Page { size, .. } | Paging::Cursor { size, .. })| *size);
    let size = size.map(|size| format!(", page_size={size}"));
    let max = method.batch.as_ref().map(|batch| format!(", batch_max={}", batch.max));
    format!("\"{}\"{}{}", access(method.access), size.unwrap_or_default(), max.unwrap_or_default())
}
