//! Turns the YAML description of the `BaseLinker` API into client libraries, schemas and documents.
//!
//! A spec folder goes in, a set of files comes out; nothing is written to disk but by [`settle()`], which makes all changes or none.

mod address;
mod api_json;
pub mod check;
mod date;
pub mod diff;
mod doc;
mod docs;
pub mod drift;
mod examples;
mod files;
mod json;
pub mod model;
mod naming;
mod notes;
pub mod observe;
pub mod problem;
pub mod python;
pub mod release;
pub mod rust;
mod schema;
mod settle;
pub mod skeleton;
pub mod source;
mod suggest;
pub mod surface;
mod text;
mod type_expr;
pub mod typescript;
pub mod upstream;

use std::path::Path;
use std::time::{Duration, Instant};

pub use address::is_here;
pub use annotate_snippets::Renderer;
pub use date::is_date;
pub use files::{Deviation, FileSet};
pub use problem::Problems;
pub use settle::{Change, settle};

use model::Api;

/// Makes every file out of a spec folder.
///
/// # Errors
///
/// All that is wrong with the spec.
pub fn generate(spec: &Path) -> Result<FileSet, Problems> {
    generate_timed(spec).map(|(files, _)| files)
}

/// How long each stage took, by its name.
pub type Timings = Vec<(&'static str, Duration)>;

/// As [`generate`], with the time that each stage took. The stages, a line each.
///
/// # Errors
///
/// All that is wrong with the spec.
pub fn generate_timed(spec: &Path) -> Result<(FileSet, Timings), Problems> {
    let mut watch = Watch(Instant::now());
    let source = source::load(spec)?;
    let load = watch.lap();
    let api = check::run(&source)?;
    let check = watch.lap();
    let files = emit(&api);
    let emit = watch.lap();
    Ok((files, vec![("load", load), ("check", check), ("emit", emit)]))
}

/// Makes every file out of a checked API: the outputs, a line each.
#[must_use]
pub fn emit(api: &Api) -> FileSet {
    let mut files = FileSet::default();
    files.add_all(rust::emit(&rust::view(api)));
    files.add_all(typescript::emit(&typescript::view(api)));
    files.add_all(python::emit(&python::view(api)));
    files.add_all(schema::emit(api));
    files.add_all(api_json::emit(api));
    files.add_all(examples::emit(api));
    files.add_all(docs::emit(&docs::view(api)));
    files.add_all(release::emit(api));
    files
}

/// Measures one stage after another.
struct Watch(Instant);

impl Watch {
    fn lap(&mut self) -> Duration {
        let now = Instant::now();
        let took = now.duration_since(self.0);
        self.0 = now;
        took
    }
}
