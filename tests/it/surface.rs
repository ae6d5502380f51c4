//! The surface of the real spec is the one that was accepted for its changelog date, and the changelog tells of every change.

use generator::surface::{self, Status};

use crate::cases;

#[test]
fn the_surface_is_the_accepted_one() {
    let state = surface::state(&cases::root().join("spec")).unwrap_or_else(|problems| panic!("{problems}"));
    assert!(state.status == Status::Accepted, "{state}");
    if let Some(problems) = &state.problems {
        panic!("{problems}");
    }
}
