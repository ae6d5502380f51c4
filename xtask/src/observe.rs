//! `observe`: real replies held against the spec.

use std::path::{Path, PathBuf};

use generator::observe::Observer;
use generator::{check, source};

use crate::generate::in_colour;

/// Says what the replies in some files have that the spec has not, or the other way round.
pub fn observe(spec: &Path, files: &[PathBuf], method: Option<&str>) -> Result<(), String> {
    let source = source::load(spec).map_err(in_colour)?;
    let api = check::run(&source).map_err(in_colour)?;
    let mut observer = Observer::new(&api, source.texts.clone(), method)?;
    for file in files {
        observer.file(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    }
    let report = observer.report();
    anstream::print!("{report}");
    match report.to_do() {
        0 => Ok(()),
        _ => Err(report.summary()),
    }
}
