//! `drift`: the spec held against the public documentation, as somebody else read it.

use std::path::Path;

use generator::{Change, settle};

use crate::generate::in_colour;

/// Says what differs, as a list to tick off, or how much was compared when nothing does.
pub fn drift(spec: &Path) -> Result<(), String> {
    let report = generator::drift::run(spec).map_err(|problems| {
        // The list is what somebody asked for, and may go into a file or a pull request.
        anstream::println!("{}", problems.checklist());
        problems.summary()
    })?;
    anstream::println!("{report}");
    Ok(())
}

/// Puts skeletons of what the spec lacks into its files.
pub fn draft(spec: &Path) -> Result<(), String> {
    let draft = generator::drift::draft(spec).map_err(in_colour)?;
    let changes: Vec<Change> = draft.files.iter().map(|(path, text)| Change::put(spec.join(path), text)).collect();
    settle(&changes).map_err(|error| format!("{error}; nothing was drafted"))?;
    for made in &draft.made {
        anstream::println!("drafted {made}");
    }
    for left in &draft.left {
        anstream::println!("by hand: {left}");
    }
    match (draft.made.is_empty(), draft.left.is_empty()) {
        (true, true) => anstream::println!("the spec lacks nothing"),
        (true, false) => anstream::println!("there is nothing to draft"),
        (false, _) => anstream::println!("write what is marked TODO, then run: cargo xtask check"),
    }
    Ok(())
}
