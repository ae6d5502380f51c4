//! TypeScript: the npm package `baselinker-client`.

mod docs;
mod emit;
mod example;
mod layout;
mod methods;
pub mod names;
mod objects;
mod runtime;
mod types;
mod view;

pub use emit::emit;
pub use view::{TsView, view};
