//! `accept`: the surface of the spec becomes the snapshot of its changelog date.

use std::fs;
use std::path::Path;

use generator::surface;

use crate::generate::in_colour;

/// Shows what changed since the newest snapshot and writes the next one, if nothing speaks against it.
pub fn accept(spec: &Path, correction: Option<&str>) -> Result<(), String> {
    let state = surface::state(spec).map_err(in_colour)?;
    if !state.report.changes.is_empty() {
        println!("{}\n", state.report);
    }
    let problems = state.problems.as_ref().map(|problems| problems.render(&generator::Renderer::styled()));
    match (state.accept(correction), problems) {
        (Err(_), Some(problems)) => Err(problems),
        (Err(message), None) => Err(message),
        (Ok(None), _) => {
            println!("nothing to accept");
            Ok(())
        }
        (Ok(Some(snapshot)), _) => {
            let path = spec.join(snapshot.path());
            write(&path, &snapshot.print()).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
            println!("accepted as {}: {} things", path.display(), snapshot.surface.things.len());
            Ok(())
        }
    }
}

/// Writes a file beside its place and moves it there, so that it is never there by half.
pub fn write(path: &Path, text: &str) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    let staged = path.with_extension("new");
    let result = fs::write(&staged, text).and_then(|()| fs::rename(&staged, path));
    if result.is_err() {
        // What is left of it is of no use; the error that matters is the first.
        let _ = fs::remove_file(&staged);
    }
    result
}
