//! The programs under test. One that keeps to `examples/CONVENTIONS.md` takes the place of another in any language, so the
//! tests of a flow run each line of this table.

use std::process::Command;

/// A flow in a language.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) flow: &'static str,
    pub(crate) language: &'static str,
    /// What to start, and the arguments that come first.
    pub(crate) command: &'static [&'static str],
}

const PROGRAMS: &[Program] = &[
    Program { flow: "warehouse", language: "Rust", command: &[env!("CARGO_BIN_EXE_warehouse")] },
    Program { flow: "marketing", language: "Rust", command: &[env!("CARGO_BIN_EXE_marketing")] },
    Program { flow: "shop-platform", language: "Rust", command: &[env!("CARGO_BIN_EXE_shop-platform")] },
    Program { flow: "partners", language: "Rust", command: &[env!("CARGO_BIN_EXE_partners")] },
];

/// The programs of a flow.
pub(crate) fn programs(flow: &str) -> impl Iterator<Item = &'static Program> {
    PROGRAMS.iter().filter(move |program| program.flow == flow)
}

impl Program {
    pub(crate) fn start(&self) -> Command {
        let mut command = Command::new(self.command[0]);
        command.args(&self.command[1..]);
        command
    }
}
