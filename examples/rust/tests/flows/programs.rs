//! The programs under test. One that keeps to `examples/CONVENTIONS.md` takes the place of another in any language, so the
//! tests of a flow run each line of this table that is in the language under test.

use std::env;
use std::path::Path;
use std::process::Command;

/// Names the language under test; Rust when not set. The step of another language sets it, once all that its programs need
/// is built.
const LANGUAGE: &str = "EXAMPLES_LANGUAGE";

/// A flow in a language.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) flow: &'static str,
    pub(crate) language: &'static str,
    /// What to start, and the arguments that come first.
    pub(crate) command: &'static [&'static str],
}

/// A program where the test of TypeScript builds it.
macro_rules! typescript {
    ($flow:literal) => {
        concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../target/typescript/flows/examples/typescript/dist/",
            $flow,
            "/main.js"
        )
    };
}

const PROGRAMS: &[Program] = &[
    Program { flow: "warehouse", language: "Rust", command: &[env!("CARGO_BIN_EXE_warehouse")] },
    Program { flow: "marketing", language: "Rust", command: &[env!("CARGO_BIN_EXE_marketing")] },
    Program { flow: "shop-platform", language: "Rust", command: &[env!("CARGO_BIN_EXE_shop-platform")] },
    Program { flow: "partners", language: "Rust", command: &[env!("CARGO_BIN_EXE_partners")] },
    Program { flow: "marketing", language: "TypeScript", command: &["node", typescript!("marketing")] },
    Program { flow: "shop-platform", language: "TypeScript", command: &["node", typescript!("shop-platform")] },
    Program { flow: "warehouse", language: "Python", command: &["python", "-m", "warehouse"] },
    Program { flow: "partners", language: "Python", command: &["python", "-m", "partners"] },
];

/// The programs of a flow in the language under test.
pub(crate) fn programs(flow: &str) -> Vec<&'static Program> {
    let language = env::var(LANGUAGE).unwrap_or_else(|_| "Rust".to_owned());
    let wanted = |program: &&Program| program.flow == flow && program.language == language;
    let found: Vec<_> = PROGRAMS.iter().filter(wanted).collect();
    assert!(!found.is_empty(), "{LANGUAGE}: no program does `{flow}` in `{language}`");
    found
}

impl Program {
    pub(crate) fn start(&self) -> Command {
        let is_built = self.command.iter().all(|part| !part.starts_with('/') || Path::new(part).exists());
        assert!(is_built, "{:?} is not built; `cargo xtask test` does it", self.command);
        let mut command = Command::new(self.command[0]);
        command.args(&self.command[1..]);
        command
    }

    /// The calls at which it is killed, one after another: every one in Rust. Interpreters take long to start, and a program
    /// that keeps to the conventions makes the same calls as the one in Rust, so for them a sample has to do.
    pub(crate) fn kill_points(&self) -> impl Iterator<Item = u64> {
        (1..).step_by(if self.language == "Rust" { 1 } else { 7 })
    }
}
