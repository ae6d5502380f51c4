//! How a version goes on.

use std::fmt;

use crate::diff::Step;

/// The version of a package of which nothing was released yet, and of its first release.
pub(super) const FIRST: Version = Version { major: 0, minor: 1, patch: 0 };

/// A version: three numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    major: u32,
    minor: u32,
    patch: u32,
}

impl Version {
    /// Reads `0.2.1`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let numbers: Vec<u32> = text.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
        let [major, minor, patch] = numbers.as_slice() else { return None };
        Some(Self { major: *major, minor: *minor, patch: *patch })
    }

    /// The version after a step. Before 1.0 the second number stands for what breaks, as cargo and npm have it.
    #[must_use]
    pub fn after(self, step: Step) -> Self {
        let Self { major, minor, patch } = self;
        match (step, major) {
            (Step::None, _) => self,
            (Step::Breaking, 1..) => Self { major: major + 1, minor: 0, patch: 0 },
            (Step::Breaking, 0) | (Step::Feature, 1..) => Self { major, minor: minor + 1, patch: 0 },
            (Step::Feature | Step::Fix, _) => Self { major, minor, patch: patch + 1 },
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_go_on_by_their_step() {
        let cases = [
            ("0.1.0", Step::Fix, "0.1.1"),
            ("0.1.3", Step::Feature, "0.1.4"),
            ("0.1.3", Step::Breaking, "0.2.0"),
            ("1.4.2", Step::Fix, "1.4.3"),
            ("1.4.2", Step::Feature, "1.5.0"),
            ("1.4.2", Step::Breaking, "2.0.0"),
            ("1.4.2", Step::None, "1.4.2"),
        ];
        for (before, step, after) in cases {
            let version = Version::parse(before).expect("a version");
            assert_eq!(version.after(step).to_string(), after, "{before} {step:?}");
        }
        for wrong in ["", "1", "1.2", "1.2.3.4", "1.2.x", "v1.2.3", "1.2.-3"] {
            assert_eq!(Version::parse(wrong), None, "{wrong}");
        }
    }
}
