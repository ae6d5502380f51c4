//! What the four programs have in common: settings, the database, reading what the API has, and sending what must not be
//! sent twice. Nothing in here knows what a program is for.

mod catalog;
mod journal;
mod once;
mod orders;
mod progress;
mod session;
mod settings;
mod store;
mod summary;

pub use catalog::{Listed, default_inventory, list_products, read_products};
pub use journal::{JournalPage, read_journal};
pub use once::{Intent, again, once};
pub use orders::read_orders;
pub use progress::Progress;
pub use session::{Session, run};
pub use settings::{Settings, connect};
pub use store::{Store, count, set_cursor, text};
pub use summary::{CallCount, Summary};
