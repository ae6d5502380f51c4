//! The programs under test. One that keeps to `examples/CONVENTIONS.md` takes the place of another in any language, so the
//! tests of a flow run each line of this table that is in the language under test.

use std::env;
use std::path::Path;
use std::process::Command;

/// The language whose programs are run; Rust unless set. `cargo xtask test` builds those of the others first.
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
}
