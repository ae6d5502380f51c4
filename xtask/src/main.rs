//! The chores of this project, one command each.

// Those of anstream bear that a reader goes away, as `head` does; those of std panic.
#![warn(clippy::print_stdout)]

mod accept;
mod bench;
mod diff;
mod drift;
mod fetch;
mod generate;
mod new;
mod observe;
mod release;
mod show;
mod test;
mod upstream;
#[cfg(test)]
mod workflows;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

/// The chores of this project.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make everything in generated/ out of spec/
    Generate {
        #[command(flatten)]
        spec: SpecFolder,
        #[command(flatten)]
        out: OutFolder,
        /// Change nothing; fail when generated/ is not what would be made
        #[arg(long)]
        check: bool,
        /// Say how long each stage took
        #[arg(long)]
        timings: bool,
    },
    /// Say what is wrong with spec/ and make nothing
    Check {
        #[command(flatten)]
        spec: SpecFolder,
    },
    /// Say how spec/ differs from the reading of the public documentation in spec/upstream/
    Drift {
        #[command(flatten)]
        spec: SpecFolder,
        /// Put skeletons of what is missing into the spec; the check refuses them until their docs are written
        #[arg(long)]
        draft: bool,
    },
    /// Say how real replies differ from spec/; nothing personal in them is told
    ///
    /// A file is a HAR file, a recording of the mock (`--record`), or the body of one reply, then named after its method: getOrders.json.
    Observe {
        /// The files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// The method of replies whose file does not name it
        #[arg(long, value_name = "NAME")]
        method: Option<String>,
        #[command(flatten)]
        spec: SpecFolder,
    },
    /// Put a skeleton into the spec; the check refuses it until its docs are written
    New {
        #[command(subcommand)]
        command: new::Command,
    },
    /// Keep the surface of the spec as the snapshot of its changelog date
    Accept {
        #[command(flatten)]
        spec: SpecFolder,
        /// Replace the snapshot of this date, because the spec or the generator was wrong and the API did not change
        #[arg(long, value_name = "WHY")]
        correction: Option<String>,
    },
    /// Say what changed between two surfaces, and what it means for those who use the packages
    Diff {
        #[command(flatten)]
        options: diff::Options,
        #[command(flatten)]
        spec: SpecFolder,
    },
    /// Write down the next version of each package, by what changed since the last, and make what follows from it
    Release {
        #[command(flatten)]
        spec: SpecFolder,
        #[command(flatten)]
        out: OutFolder,
        /// Something that was done by hand, such as `rust: fix: Timeouts are told apart.`; `all` stands for every package
        #[arg(long, value_name = "NOTE")]
        note: Vec<String>,
        /// Show it and change nothing
        #[arg(long)]
        dry_run: bool,
        /// Say which packages the newest release has, with their versions, as JSON; for what publishes them
        #[arg(long, conflicts_with_all = ["note", "dry_run"])]
        newest: bool,
    },
    /// Keep readings of the public documentation
    Upstream {
        #[command(subcommand)]
        command: upstream::Command,
    },
    /// Show one method at every stage, from the spec to the files made of it
    Show {
        /// Its name on the wire, such as getOrders
        method: String,
        /// One stage only
        #[arg(long)]
        stage: Option<show::Stage>,
        #[command(flatten)]
        spec: SpecFolder,
    },
    /// Run every test
    Test {
        /// Those of one language, or of the workflows
        #[arg(long)]
        only: Option<test::Language>,
    },
    /// Measure how long making, checking and using the crate takes
    Bench {
        #[command(flatten)]
        spec: SpecFolder,
    },
}

/// Where the spec is; in this repository unless told otherwise.
#[derive(Args)]
struct SpecFolder {
    /// The spec
    #[arg(long, value_name = "FOLDER", default_value = "spec")]
    spec: PathBuf,
}

/// Where what is made goes; into this repository unless told otherwise.
#[derive(Args)]
struct OutFolder {
    /// What is made of it
    #[arg(long, value_name = "FOLDER", default_value = "generated")]
    out: PathBuf,
}

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::Generate { spec, out, check: false, timings } => generate::write(&spec.spec, &out.out, timings),
        Command::Generate { spec, out, check: true, .. } => generate::compare(&spec.spec, &out.out),
        Command::Check { spec } => generate::check(&spec.spec),
        Command::Drift { spec, draft: false } => drift::drift(&spec.spec),
        Command::Drift { spec, draft: true } => drift::draft(&spec.spec),
        Command::Observe { files, method, spec } => observe::observe(&spec.spec, &files, method.as_deref()),
        Command::New { command } => new::run(&command),
        Command::Accept { spec, correction } => accept::accept(&spec.spec, correction.as_deref()),
        Command::Diff { options, spec } => diff::diff(&spec.spec, &options),
        Command::Release { spec, newest: true, .. } => release::newest(&spec.spec),
        Command::Release { spec, out, note, dry_run, .. } => release::release(&spec.spec, &out.out, &note, dry_run),
        Command::Upstream { command } => upstream::run(&command),
        Command::Show { method, stage, spec } => show::show(&spec.spec, &method, stage),
        Command::Test { only } => test::test(only),
        Command::Bench { spec } => bench::bench(&spec.spec),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            anstream::eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
