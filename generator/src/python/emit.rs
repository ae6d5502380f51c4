//! Prints the view: a template for each kind of file, and the hand-written runtime beside them.

use serde::Serialize;
use tera::{Context, Tera};

use super::runtime;
use super::view::PythonView;

/// A template by its name, with its text.
macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../templates/python/", $name, ".tera")))),*]
    };
}

const TEMPLATES: &[(&str, &str)] = templates![
    "README.md",
    "_api.py",
    "examples.py",
    "examples_init.py",
    "index.py",
    "methods.py",
    "package.py",
    "pyproject.toml",
    "test_examples.py",
    "types.py",
];

/// The folder of the importable package.
const PACKAGE: &str = "python/src/baselinker_client";

/// Prints the package, by path below the output folder.
///
/// # Panics
///
/// When a template does not fit the view, which is a bug.
#[must_use]
pub fn emit(view: &PythonView) -> Vec<(String, String)> {
    let mut tera = Tera::default();
    tera.add_raw_templates(TEMPLATES.iter().copied()).unwrap_or_else(|error| panic!("templates/python: {error:?}"));
    let mut files = runtime::files(PACKAGE);
    for (path, template) in [
        ("python/README.md", "README.md"),
        ("python/pyproject.toml", "pyproject.toml"),
        ("python/tests/test_examples.py", "test_examples.py"),
        ("python/tests/examples/__init__.py", "examples_init.py"),
    ] {
        files.push((path.to_owned(), page(&tera, template, view)));
    }
    files.push((format!("{PACKAGE}/__init__.py"), page(&tera, "package.py", view)));
    files.push((format!("{PACKAGE}/_api.py"), page(&tera, "_api.py", view)));
    files.push((format!("{PACKAGE}/methods/__init__.py"), page(&tera, "index.py", &view.method_index)));
    files.push((format!("{PACKAGE}/types/__init__.py"), page(&tera, "index.py", &view.type_index)));
    for module in &view.methods {
        files.push((format!("{PACKAGE}/methods/{}.py", module.name), page(&tera, "methods.py", module)));
        files.push((format!("python/tests/examples/{}.py", module.name), page(&tera, "examples.py", module)));
    }
    for module in &view.types {
        files.push((format!("{PACKAGE}/types/{}.py", module.name), page(&tera, "types.py", module)));
    }
    files
}

/// Prints a part of the view by a template.
fn page(tera: &Tera, template: &str, part: &impl Serialize) -> String {
    Context::from_serialize(part)
        .and_then(|context| tera.render(template, &context))
        .unwrap_or_else(|error| panic!("templates/python/{template}.tera: {error:?}"))
}
