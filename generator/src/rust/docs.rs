//! Doc texts as rustdoc wants them: lines of bounded width, links as paths.

use super::names;
use crate::doc::Style;
use crate::model::Api;

/// How Rust writes docs.
pub const STYLE: Style = Style { width: 100, plain: str::to_owned, code: str::to_owned, link, page };

fn link(api: &Api, name: &str) -> String {
    match api.methods.get(name) {
        Some(method) => format!("[`{name}`](crate::methods::{})", names::params_type(method)),
        None => format!("[`{name}`](crate::types::{name})"),
    }
}

fn page(url: &str) -> String {
    format!("<{url}>")
}
