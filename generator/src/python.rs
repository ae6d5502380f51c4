//! The Python package: `view` decides every name, type and doc, `emit` prints it by templates.

pub mod names;

mod api;
mod classes;
mod docs;
mod emit;
mod example;
mod imports;
mod method;
mod runtime;
mod types;
mod view;

pub use emit::emit;
pub use view::{PythonView, view};
