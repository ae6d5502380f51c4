//! `drift`: the spec held against the public documentation, as somebody else read it.

use std::path::Path;

use crate::generate::in_colour;

/// Says what differs, or how much was compared when nothing does.
pub fn drift(spec: &Path) -> Result<(), String> {
    let report = generator::drift::run(spec).map_err(in_colour)?;
    println!("{report}");
    Ok(())
}
