//! `accept`: the surface of the spec becomes the snapshot of its changelog date.

use std::path::Path;

use generator::{Change, settle, surface};

use crate::generate::in_colour;

/// Shows what changed since the newest snapshot and writes the next one, if nothing speaks against it.
pub fn accept(spec: &Path, correction: Option<&str>) -> Result<(), String> {
    let state = surface::state(spec).map_err(in_colour)?;
    if !state.report.changes.is_empty() {
        anstream::println!("{}\n", state.report);
    }
    let problems = state.problems.as_ref().map(|problems| problems.render(&generator::Renderer::styled()));
    match (state.accept(correction), problems) {
        (Err(_), Some(problems)) => Err(problems),
        (Err(message), None) => Err(message),
        (Ok(None), _) => {
            anstream::println!("nothing to accept");
            Ok(())
        }
        (Ok(Some(snapshot)), _) => {
            let path = spec.join(snapshot.path());
            write(&path, &snapshot.print())?;
            anstream::println!("accepted as {}: {} things", path.display(), snapshot.surface.things.len());
            Ok(())
        }
    }
}

/// Writes a file, so that it is never there by half.
pub fn write(path: &Path, text: &str) -> Result<(), String> {
    settle(&[Change::put(path, text)]).map_err(|error| error.to_string())
}
