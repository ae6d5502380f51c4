//! `show`: one method at every stage, for whoever wonders where something comes from.

use std::fmt::Debug;
use std::path::Path;

use clap::ValueEnum;
use generator::model::Api;
use generator::{python, rust, source, typescript};

use crate::generate::in_colour;

/// A stage of the pipeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Stage {
    /// What the spec says
    Source,
    /// What the checks made of it
    Api,
    /// What Rust sees
    RustView,
    /// What TypeScript sees
    #[value(name = "typescript-view")]
    TypeScriptView,
    /// What Python sees
    PythonView,
    /// What is printed
    Files,
}

/// Shows a method.
pub fn show(spec: &Path, wire: &str, only: Option<Stage>) -> Result<(), String> {
    let source = source::load(spec).map_err(in_colour)?;
    let api = generator::check::run(&source).map_err(in_colour)?;
    let method = api.method(wire)?;
    for stage in Stage::value_variants().iter().filter(|stage| only.is_none_or(|only| only == **stage)) {
        anstream::println!("== {stage:?}\n");
        match stage {
            Stage::Source => anstream::println!("{}\n", written(&source.texts.files[&method.file], wire)),
            Stage::Api => anstream::println!("{method:#?}\n"),
            Stage::RustView => seen(rust::view(&api).method(wire))?,
            Stage::TypeScriptView => seen(typescript::view(&api).method(wire))?,
            Stage::PythonView => seen(python::view(&api).method(wire))?,
            Stage::Files => files(&api, wire),
        }
    }
    Ok(())
}

fn seen(method: Option<impl Debug>) -> Result<(), String> {
    anstream::println!("{:#?}\n", method.ok_or("the view has lost the method")?);
    Ok(())
}

/// The lines of a file that describe a method: from its name to the next line that is indented no deeper.
fn written(text: &str, wire: &str) -> String {
    let start = format!("  {wire}:");
    let mut lines = text.lines().skip_while(|line| *line != start);
    let first = lines.next().unwrap_or_default();
    let rest = lines.take_while(|line| line.is_empty() || line.starts_with("   "));
    [first].into_iter().chain(rest).collect::<Vec<_>>().join("\n").trim_end().to_owned()
}

/// The files that a method has to itself.
fn files(api: &Api, wire: &str) {
    let files = generator::emit(api);
    let stem = rust::names::module(wire);
    let own = |path: &str| {
        let name = path.rsplit('/').next().unwrap_or(path);
        name.split('.').next() == Some(stem.as_str()) || name.split('.').next() == Some(wire)
    };
    for (path, content) in files.iter().filter(|(path, _)| own(path)) {
        anstream::println!("-- {path}\n\n{content}");
    }
}
