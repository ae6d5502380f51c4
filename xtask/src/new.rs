//! `new`: skeletons of what is not in the spec yet.

use clap::Subcommand;
use generator::{skeleton, source};

use crate::SpecFolder;
use crate::accept::write;
use crate::generate::in_colour;

/// What can be new.
#[derive(Subcommand)]
pub enum Command {
    /// A method, in the file of its section
    Method {
        /// Its name on the wire, such as getOrderTags
        name: String,
        /// The section, by its title or file, or with its group (`Orders / Payments`), then also a new one; that of the method with the
        /// most similar name unless told otherwise
        #[arg(long)]
        section: Option<String>,
        #[command(flatten)]
        spec: SpecFolder,
    },
}

/// Puts it in.
pub fn run(command: &Command) -> Result<(), String> {
    let Command::Method { name, section, spec: SpecFolder { spec } } = command;
    let source = source::load(spec).map_err(in_colour)?;
    let made = skeleton::new_method(&source, name, section.as_deref())?;
    write(&spec.join(&made.path), &made.text)?;
    anstream::println!("{}: {name}\nwrite what is marked TODO, then run: cargo xtask check", made.path);
    Ok(())
}
