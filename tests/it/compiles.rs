//! Golden output is code: it compiles, without a warning, under our own lints.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use crate::cases;

#[test]
fn golden_rust_compiles_without_a_warning() {
    let root = cases::root();
    let workspace = root.join("target/golden");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).expect("a readable file");
    let lints = &manifest[manifest.find("[workspace.package]").expect("shared keys")..];
    let mut members = String::new();
    for case in cases::files("golden", "spec") {
        let name = cases::name(&case);
        let out = case.with_extension("").join("rust");
        let made = fs::read_to_string(out.join("Cargo.toml")).expect("golden output");
        let made = made
            .replace("name = \"baselinker-client\"", &format!("name = \"golden-{name}\""))
            .replace("../../runtime/rust", &root.join("runtime/rust").display().to_string())
            .replace("\"src/lib.rs\"", &format!("{:?}", out.join("src/lib.rs")))
            // The cases are about the code that was made, which is the same whatever carries the calls.
            .replace("    \"hyper\",\n", "");
        fs::create_dir_all(workspace.join(name)).expect("a writable folder");
        fs::write(workspace.join(name).join("Cargo.toml"), made).expect("a writable folder");
        let _ = write!(members, "{name:?}, ");
    }
    let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n{lints}");
    fs::write(workspace.join("Cargo.toml"), manifest).expect("a writable folder");
    fs::copy(root.join("Cargo.lock"), workspace.join("Cargo.lock")).expect("the lock file");
    fs::copy(root.join("clippy.toml"), workspace.join("clippy.toml")).expect("the settings of clippy");
    let output = cases::cargo()
        .args(["clippy", "--workspace", "--quiet", "--offline", "--", "--deny", "warnings"])
        .current_dir(&workspace)
        .env("CARGO_TARGET_DIR", workspace.join("target"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn golden_python_compiles() {
    let root = cases::root();
    for case in cases::files("golden", "spec") {
        let output = Command::new("python3")
            .args(["-m", "compileall", "-q"])
            .arg(case.with_extension("").join("python"))
            .env("PYTHONPYCACHEPREFIX", root.join("target/python/cache/golden"))
            .output()
            .expect("python3 runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn each_group_compiles_alone() {
    let manifest = fs::read_to_string(cases::root().join("generated/rust/Cargo.toml")).expect("a readable file");
    let features = manifest.lines().filter_map(|line| line.strip_suffix(" = []"));
    let mut compiled = 0;
    for feature in features {
        let output = cases::cargo()
            .args([
                "check",
                "--quiet",
                "--package",
                "baselinker-client",
                "--no-default-features",
                "--features",
                feature,
            ])
            .current_dir(cases::root())
            .output()
            .expect("cargo runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && said.is_empty(), "with the feature {feature} alone:\n{said}");
        compiled += 1;
    }
    assert!(compiled > 1, "the crate has no features for groups");
}
