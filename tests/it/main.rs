//! Tests of the project as a whole: data in, text out. A new case is a new file beside the others, not a new function.
//!
//! `UPDATE=1 cargo test -p tests` writes what the cases give; reading the difference is accepting it.

mod cases;
mod compiles;
mod diff;
mod drift;
mod examples;
mod fetch;
mod freshness;
mod golden;
mod observe;
mod problems;
mod readme;
mod surface;
mod tidy;
mod transcripts;
mod upstream;
