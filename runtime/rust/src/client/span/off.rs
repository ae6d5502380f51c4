//! No span.

use crate::{Access, Observer};

#[derive(Clone)]
pub(in crate::client) struct Span;

impl Span {
    pub(in crate::client) fn new(_method: &str, _access: Access) -> Self {
        Self
    }

    pub(in crate::client) async fn around<T>(self, future: impl Future<Output = T>) -> T {
        future.await
    }
}

impl Observer for Span {}
