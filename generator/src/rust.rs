//! Rust: the crate `baselinker-client`.

mod docs;
mod emit;
mod format;
pub mod names;
mod view;

pub use emit::emit;
pub use view::{RustView, view};
