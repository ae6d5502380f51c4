//! `bench`: how long making, checking and using the crate takes, for docs/decisions and for whoever changes an emitter.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use generator::model::Api;
use generator::rust::names;

use crate::generate::api;

/// How often something quick is measured; the median counts.
const RUNS: usize = 15;

/// How many times the size of the spec it is made, to see how the generator grows with it.
const LARGE: usize = 10;

/// Where programs are made and built.
const FOLDER: &str = "target/bench";

/// Measures everything and prints a table.
pub fn bench(spec: &Path) -> Result<(), String> {
    let api = api(spec)?;
    anstream::println!("{} methods, {} types", api.methods.len(), api.types.len());
    fs::create_dir_all(FOLDER).map_err(|error| error.to_string())?;

    let once = generation(spec)?;
    anstream::println!("{:<44} {once:.1?}", "generate everything, whole process");
    let large = Path::new(FOLDER).join("spec");
    enlarge(spec, &large, &api)?;
    let many = generation(&large)?;
    let ratio = many.as_secs_f64() / once.as_secs_f64();
    anstream::println!("{:<44} {many:.1?}, {ratio:.1} times as long", format!("the same, spec {LARGE} times as large"));

    let methods: Vec<String> = api.methods.values().map(names::params_type).collect();
    program("one-method", &methods[..1])?;
    program("every-method", &methods)?;
    let check = measure_cargo(&["check", "-p", "baselinker-client"], &["baselinker-client"])?;
    anstream::println!("{:<44} {check:.1?}", "cargo check of the crate alone");
    let build = measure_cargo(&["build", "--release"], &["baselinker-client", "every-method"])?;
    anstream::println!("{:<44} {build:.1?}", "release build: crate, program of all methods");
    run("cargo", &["build", "--release", "--quiet"], &Path::new(FOLDER).join("one-method"))?;
    anstream::println!("{:<44} {}", "that program, stripped", size("every-method")?);
    anstream::println!("{:<44} {}", "the same with one method, so HTTP and TLS", size("one-method")?);
    let benches = ["--bench", "decode", "--bench", "overhead"];
    run("cargo", &[&["bench", "--quiet", "-p", "baselinker-runtime"], benches.as_slice()].concat(), Path::new("."))?;
    crate::test::typescript::bench()?;
    crate::test::python::bench()
}

/// The size of a program.
fn size(name: &str) -> Result<String, String> {
    let binary = Path::new(FOLDER).join("build/release").join(name);
    let bytes = fs::metadata(&binary).map_err(|error| error.to_string())?.len();
    Ok(format!("{},{:03} kB", bytes / 1_000_000, bytes / 1000 % 1000))
}

/// The median time of `generate` as a process of its own, into a folder that is up to date but for the first run.
fn generation(spec: &Path) -> Result<Duration, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let out = Path::new(FOLDER).join("out");
    let mut times = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let output = Command::new(&program).arg("generate").arg("--spec").arg(spec).arg("--out").arg(&out).output();
        let output = output.map_err(|error| error.to_string())?;
        times.push(start.elapsed());
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned());
        }
    }
    times.sort();
    Ok(times[RUNS / 2])
}

/// The same spec several times over: every copy of a method or a type has a name of its own.
fn enlarge(spec: &Path, to: &Path, api: &Api) -> Result<(), String> {
    let problem = |error: std::io::Error| error.to_string();
    for folder in ["methods", "types"] {
        fs::create_dir_all(to.join(folder)).map_err(problem)?;
        for entry in fs::read_dir(spec.join(folder)).map_err(problem)? {
            let path = entry.map_err(problem)?.path();
            let text = fs::read_to_string(&path).map_err(problem)?;
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for copy in 0..LARGE {
                let renamed = if copy == 0 { text.clone() } else { rename(&text, api, copy) };
                fs::write(to.join(folder).join(format!("{stem}_{copy}.yaml")), renamed).map_err(problem)?;
            }
        }
    }
    for entry in fs::read_dir(spec).map_err(problem)?.flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).map_err(problem)?;
    }
    Ok(())
}

/// A text in which every name of a method or a type ends with a number.
fn rename(text: &str, api: &Api, copy: usize) -> String {
    let mut renamed = String::with_capacity(text.len() * 2);
    for word in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let name = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        renamed.push_str(name);
        if api.methods.contains_key(name) || api.types.contains_key(name) {
            let _ = write!(renamed, "Copy{copy}");
        }
        renamed.push_str(&word[name.len()..]);
    }
    renamed
}

/// A program that calls methods, in a workspace of its own.
fn program(name: &str, methods: &[String]) -> Result<(), String> {
    let calls: Vec<String> = methods.iter().map(|method| format!("    call::<m::{method}>(client).await;")).collect();
    let root = std::env::current_dir().map_err(|error| error.to_string())?;
    let manifest = MANIFEST.replace("NAME", name).replace("ROOT", &root.to_string_lossy());
    let folder = Path::new(FOLDER).join(name);
    let problem = |error: std::io::Error| error.to_string();
    fs::create_dir_all(folder.join("src")).map_err(problem)?;
    fs::write(folder.join("Cargo.toml"), manifest).map_err(problem)?;
    fs::copy("Cargo.lock", folder.join("Cargo.lock")).map_err(problem)?;
    fs::write(folder.join("src/main.rs"), MAIN.replace("CALLS", &calls.join("\n"))).map_err(problem)
}

const MANIFEST: &str = r#"[workspace]

[package]
name = "NAME"
version = "0.0.0"
edition = "2024"

[dependencies]
baselinker-client = { path = "ROOT/generated/rust" }
tokio = { version = "1", features = ["macros", "rt"] }

[profile.release]
strip = true
"#;

/// What the calls give is thrown away, but the compiler must not know.
const MAIN: &str = r#"use baselinker_client::{Client, Method, methods as m};

async fn call<M: Method>(client: &Client) {
    if let Some(call) = std::hint::black_box(None::<M>) {
        drop(std::hint::black_box(client.call(&call).await));
    }
}

async fn every(client: &Client) {
CALLS
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = baselinker_client::client("token").build().expect("sound settings");
    every(&client).await;
}
"#;

/// How long cargo takes when all but some packages are built already.
fn measure_cargo(arguments: &[&str], cold: &[&str]) -> Result<Duration, String> {
    let folder = Path::new(FOLDER).join("every-method");
    run("cargo", &[arguments, &["--quiet"]].concat(), &folder)?;
    for package in cold {
        let profile = if arguments.contains(&"--release") { vec!["--release"] } else { vec![] };
        run("cargo", &[vec!["clean", "--quiet", "-p", package], profile].concat(), &folder)?;
    }
    let start = Instant::now();
    run("cargo", &[arguments, &["--quiet"]].concat(), &folder)?;
    Ok(start.elapsed())
}

fn run(program: &str, arguments: &[&str], folder: &Path) -> Result<(), String> {
    let target = std::env::current_dir().map_err(|error| error.to_string())?.join(FOLDER).join("build");
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", target);
    let status = command.status().map_err(|error| format!("cannot run {program}: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("failed: {program} {}", arguments.join(" "))) }
}
