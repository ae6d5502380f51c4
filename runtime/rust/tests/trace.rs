//! Spans and events, in a program of their own: whether a place is traced is remembered by a whole process, and other
//! tests run without a subscriber.
#![cfg(feature = "tracing")]

#[path = "limits/api.rs"]
mod api;
#[expect(dead_code, reason = "the tests of limits need more of it")]
#[path = "limits/fake.rs"]
mod fake;
#[path = "limits/trace.rs"]
mod spans;
