//! The tests of the Python package: in an environment made from the lock file, on the wheel that is built of it; and of the
//! examples that use it. Everything that tools make stays below `target/python`.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{cargo_test, execute, files, run};

const LOCK: &str = "runtime/python/requirements.txt";
const CONFIG: &str = "runtime/python/pyproject.toml";
const PACKAGE: &str = "generated/python";
const EXAMPLES: &str = "examples/python";
const WORK: &str = "target/python";

/// The tests of the flows that there are, some at once: those of bad days wait more than they work.
const FLOWS: [&str; 3] = ["warehouse::", "partners::", "--test-threads=4"];

/// What is formatted and linted.
const LINTED: &[&str] = &[PACKAGE, "runtime/python", "tests/differential", EXAMPLES];

/// What type checkers read.
const TYPED: &[&str] =
    &["generated/python/src", "runtime/python/tests", "runtime/python/benches", "tests/differential", EXAMPLES];

/// Builds the package, and runs linters, type checkers and tests.
pub fn test() -> Result<(), String> {
    let python = Environment::new(LOCK, WORK)?;
    let wheel = python.build()?;
    python.install(&wheel)?;
    python.run("ruff", &[&["format", "--check", "--quiet", "--config", CONFIG], LINTED].concat())?;
    python.run("ruff", &[&["check", "--quiet", "--config", CONFIG], LINTED].concat())?;
    python.run("mypy", &[&["--config-file", CONFIG], TYPED].concat())?;
    python.run("basedpyright", &["--project", CONFIG, "--warnings"])?;
    python.run("pytest", &["--quiet", "--config-file", CONFIG, "runtime/python/tests", "generated/python/tests"])?;
    python.with_caches(cargo_test().args(["--test", "differential"]).env("DIFFERENTIAL", "Python"))?;
    python.run("pytest", &["--quiet", "--config-file", CONFIG, "--doctest-modules", EXAMPLES])?;
    python.test_examples()
}

/// Measures the package, in the same environment.
pub fn bench() -> Result<(), String> {
    let python = Environment::new(LOCK, WORK)?;
    let wheel = python.build()?;
    python.install(&wheel)?;
    python.run("python", &["runtime/python/benches/measure.py"])
}

/// An environment of Python with all that a lock file names.
pub struct Environment {
    /// Where its programs are.
    bin: PathBuf,
    root: PathBuf,
}

impl Environment {
    /// The environment, below a folder; it is made anew if the lock file has changed.
    pub fn new(lock_file: &str, work: &str) -> Result<Self, String> {
        let root = env::current_dir().map_err(|error| format!("no current folder: {error}"))?;
        let lock = read(lock_file)?;
        let folder = root.join(work).join("venv");
        let stamp = folder.join("made-from.txt");
        let this = Self { bin: folder.join("bin"), root };
        if fs::read_to_string(&stamp).is_ok_and(|made_from| made_from == lock) {
            return Ok(this);
        }
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))?;
        }
        run("python3", &["-m", "venv", &folder.display().to_string()])?;
        this.run("pip", &["install", "--quiet", "--require-hashes", "--requirement", lock_file])?;
        fs::write(&stamp, lock).map_err(|error| format!("cannot write {}: {error}", stamp.display()))?;
        Ok(this)
    }

    /// Builds source distribution and, out of that, the wheel.
    fn build(&self) -> Result<String, String> {
        let (copy, dist) = (format!("{WORK}/package"), format!("{WORK}/dist"));
        for folder in [&copy, &dist] {
            if Path::new(folder).exists() {
                fs::remove_dir_all(folder).map_err(|error| format!("cannot remove {folder}: {error}"))?;
            }
        }
        // Builds leave things beside what they build.
        files::copy(Path::new(PACKAGE), Path::new(&copy)).map_err(|error| format!("cannot make {copy}: {error}"))?;
        self.run("python", &["-m", "build", "--no-isolation", "--outdir", &dist, &copy])?;
        let files = fs::read_dir(&dist).map_err(|error| format!("cannot read {dist}: {error}"))?;
        let names = files.filter_map(|file| Some(file.ok()?.path().display().to_string()));
        names
            .into_iter()
            .find(|name| Path::new(name).extension().is_some_and(|ending| ending == "whl"))
            .ok_or_else(|| format!("there is no wheel in {dist}"))
    }

    /// Installs the wheel here, and into an environment that has nothing else but what the wheel asks for.
    fn install(&self, wheel: &str) -> Result<(), String> {
        self.run("pip", &["install", "--quiet", "--no-deps", "--force-reinstall", wheel])?;
        let clean = format!("{WORK}/clean");
        if !Path::new(&clean).exists() {
            run("python3", &["-m", "venv", &clean])?;
        }
        let python = format!("{clean}/bin/python");
        self.command(&python, &["-m", "pip", "install", "--quiet", wheel])?;
        self.command(&python, &["-m", "pip", "install", "--quiet", "--no-deps", "--force-reinstall", wheel])?;
        self.command(&python, &["-c", "import baselinker_client.methods as m; m.get_orders()"])
    }

    /// Runs one of its programs.
    pub fn run(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let program = self.bin.join(program).display().to_string();
        self.command(&program, arguments)
    }

    /// Runs the tests that all examples have in common, on the Python ones.
    fn test_examples(&self) -> Result<(), String> {
        let others = env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(self.bin.clone()).chain(env::split_paths(&others));
        let path = env::join_paths(folders).map_err(|error| format!("PATH cannot be extended: {error}"))?;
        let mut command = cargo_test();
        command
            .args(["--tests", "--"])
            .args(FLOWS)
            .env("EXAMPLES_LANGUAGE", "Python")
            .env("PATH", path)
            .env("PYTHONPATH", self.root.join(EXAMPLES));
        self.with_caches(&mut command)
    }

    /// The place of a cache.
    fn cache(&self, name: &str) -> PathBuf {
        self.root.join(WORK).join("cache").join(name)
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        self.with_caches(Command::new(program).args(arguments))
    }

    /// Executes a command whose tools keep nothing beside the sources.
    fn with_caches(&self, command: &mut Command) -> Result<(), String> {
        command
            .env("BASELINKER_MOCK", self.root.join("target/debug/baselinker-mock"))
            .env("HYPOTHESIS_STORAGE_DIRECTORY", self.cache("hypothesis"))
            .env("MYPY_CACHE_DIR", self.cache("mypy"))
            .env("PIP_CACHE_DIR", self.cache("pip"))
            .env("PIP_DISABLE_PIP_VERSION_CHECK", "1")
            // Whoever forbids Python to keep what it compiles would wait for that hundreds of times.
            .env("PYTHONDONTWRITEBYTECODE", "")
            .env("PYTHONPYCACHEPREFIX", self.cache("pycache"))
            .env("RUFF_CACHE_DIR", self.cache("ruff"));
        execute(command)
    }
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {path}: {error}"))
}
