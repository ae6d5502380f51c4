//! What was done by hand and is no part of a surface: runtimes, emitters.

use crate::diff::{PACKAGES, Step};

/// Something that was done by hand, for those who use a package: `rust: fix: Timeouts are told apart.`
#[derive(Debug, Clone)]
pub struct Note {
    /// The package; every one if there is none.
    pub package: Option<&'static str>,
    /// What it asks of its users.
    pub step: Step,
    /// What was done.
    pub text: String,
}

impl Note {
    /// Reads `rust: fix: what was done`; the package may be left out, or be `all`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not like `rust: fix: What was done.` or `all: feature: What there is.`");
        let mut parts = text.splitn(3, ':').map(str::trim);
        let (Some(package), Some(step), Some(said)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong());
        };
        let package = match PACKAGES.iter().find(|known| **known == package) {
            Some(known) => Some(*known),
            None if package == "all" => None,
            None => return Err(wrong()),
        };
        let step = [Step::Breaking, Step::Feature, Step::Fix].into_iter().find(|known| known.word() == step);
        match step {
            Some(step) if !said.is_empty() && !said.contains('\n') => Ok(Self { package, step, text: said.to_owned() }),
            _ => Err(wrong()),
        }
    }
}
