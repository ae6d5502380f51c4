//! A bench for one program: a mock, a folder with its database, ways to run it, to kill it and to ask what came of it.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use baselinker_client::{Client, client};
use baselinker_mock::{Clock, MockServer, Odds, Settings, ShopSettings};
use rusqlite::Connection;
use serde_json::{Map, Value};
use tempfile::TempDir;
use tokio::runtime::Runtime;

use crate::programs::Program;

/// Longer than any run takes, in any language and on a busy machine; a program that hangs fails its test then.
const PATIENCE: Duration = Duration::from_mins(5);

/// How often a program is run again that could not do everything.
const MOST_RUNS: usize = 20;

pub(crate) struct Bench {
    pub(crate) mock: MockServer,
    pub(crate) folder: TempDir,
    /// More of the environment than every program gets.
    pub(crate) environment: Vec<(&'static str, String)>,
    program: Program,
    arguments: Vec<String>,
    runtime: Runtime,
    client: Client,
}

/// What a run said.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) succeeded: bool,
    pub(crate) summary: String,
    pub(crate) errors: String,
}

impl Bench {
    /// A bench with a shop of this size whose time stands still, and without a limit.
    pub(crate) fn new(program: &Program, shop: ShopSettings, arguments: &[&str]) -> Self {
        Self::with(program, settings(shop), arguments)
    }

    /// A bench with these settings.
    pub(crate) fn with(program: &Program, settings: Settings, arguments: &[&str]) -> Self {
        let mock = MockServer::start(settings).expect("a mock");
        let folder = TempDir::new_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
        let client = tester(&mock);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let arguments = arguments.iter().map(|text| (*text).to_owned()).collect();
        Self { mock, folder, environment: Vec::new(), program: program.clone(), arguments, runtime, client }
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("flow.db")
    }

    fn command(&self, more: &[&str]) -> Command {
        let mut command = self.program.start();
        command
            .args(&self.arguments)
            .args(more)
            .current_dir(self.folder.path())
            .env("BASELINKER_TOKEN", "1-2-secret")
            .env("BASELINKER_ENDPOINT", self.mock.url())
            .env("BASELINKER_DATABASE", self.database())
            .env("BASELINKER_CALLS_PER_MINUTE", "1000000")
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, more: &[&str]) -> Run {
        let output = self.command(more).output().expect("a program that starts");
        Run::of(&output)
    }

    /// Runs the program, which must do everything.
    pub(crate) fn run_well(&self, more: &[&str]) -> Run {
        let run = self.run(more);
        assert!(run.succeeded, "{} {more:?}: {}{}", self.program.language, run.summary, run.errors);
        run
    }

    /// Runs the program as a timer would: again, until everything is done.
    pub(crate) fn run_until_done(&self, more: &[&str]) {
        let mut runs = (0..MOST_RUNS).map(|_| self.run(more));
        let last = runs.find(|run| run.succeeded);
        assert!(last.is_some(), "{}: nothing helped", self.program.language);
    }

    /// Runs the program until everything is done on a bad day, with replies as bent as they come.
    pub(crate) fn run_on_bad_day(&self, number: u32, more: &[&str]) {
        self.mock.set_odds(bad_day(number));
        self.mock.set_quirks(3);
        self.run_until_done(more);
        self.mock.set_odds(Vec::new());
        self.mock.set_quirks(0);
    }

    /// Runs the program and kills it in the middle of a call, before or after the call takes effect, but always before its
    /// answer. Says whether it came so far.
    pub(crate) fn kill_at(&self, call: u64, done: bool, more: &[&str]) -> bool {
        self.kill_in(&self.mock, call, done, more)
    }

    /// The same in the middle of a call to another mock.
    pub(crate) fn kill_in(&self, mock: &MockServer, call: u64, done: bool, more: &[&str]) -> bool {
        let awaited = mock.call_count() + call;
        mock.fall_silent(awaited, done);
        let mut child = self.command(more).spawn().expect("a program that starts");
        let came = loop {
            if mock.wait_for_call(awaited, Duration::from_millis(20)) {
                break true;
            }
            if child.try_wait().expect("a child").is_some() {
                break mock.call_count() >= awaited;
            }
        };
        child.kill().expect("a child to kill");
        child.wait().expect("a child that ends");
        mock.speak();
        came
    }

    /// Runs the program up to its last call, which gets no answer, and looks at the process then.
    pub(crate) fn watch_last_call<T>(&self, call: u64, look: impl FnOnce(u32) -> T) -> T {
        self.mock.fall_silent(call, true);
        let mut child = self.command(&[]).spawn().expect("a program that starts");
        assert!(self.mock.wait_for_call(call, PATIENCE), "{} of {call} calls came", self.mock.call_count());
        let seen = look(child.id());
        child.kill().expect("a child to kill");
        child.wait().expect("a child that ends");
        self.mock.speak();
        seen
    }

    /// Calls the API beside the program; these calls meet no fault.
    pub(crate) fn api(&self, method: &str, parameters: &Value) -> Map<String, Value> {
        self.ask(&self.client, method, parameters)
    }

    /// The same of another mock.
    pub(crate) fn ask(&self, client: &Client, method: &str, parameters: &Value) -> Map<String, Value> {
        let call = client.call_raw(method, parameters);
        self.runtime.block_on(call).unwrap_or_else(|error| panic!("{error}"))
    }

    /// The database, as the other side opens it.
    pub(crate) fn sql(&self) -> Connection {
        let database = Connection::open(self.database()).expect("a database");
        database.busy_timeout(PATIENCE).expect("a time-out");
        database
    }

    /// Does the other side's work.
    pub(crate) fn other_side(&self, sql: &str) {
        self.sql().execute_batch(sql).expect("statements that work");
    }

    /// The methods that change something and were called since a call, in order.
    pub(crate) fn writes_since(&self, call: u64) -> Vec<String> {
        let methods = self.mock.methods();
        let changes = |name: &str| methods.iter().any(|(method, changes)| *method == name && *changes);
        let calls = self.mock.calls().into_iter().filter(|made| made.number > call);
        calls.map(|made| made.method).filter(|name| changes(name)).collect()
    }

    /// How often calls of a method took effect.
    pub(crate) fn effects(&self, method: &str) -> u64 {
        self.mock.counts(method).executed
    }

    /// The bytes of the database.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        fs::read(self.database()).expect("a database")
    }
}

/// A mock with a shop of this size whose time stands still, and without a limit.
pub(crate) fn settings(shop: ShopSettings) -> Settings {
    Settings { clock: Clock::manual(), calls_per_minute: 0, keep_calls: 100_000, shop, ..Settings::default() }
}

/// A client for questions beside the program.
pub(crate) fn tester(mock: &MockServer) -> Client {
    client("1-2-test").endpoint(mock.url()).calls_per_minute(1_000_000).build().expect("a client")
}

impl Run {
    fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Self { succeeded: output.status.success(), summary: text(&output.stdout), errors: text(&output.stderr) }
    }

    /// A number of the summary.
    pub(crate) fn count(&self, name: &str) -> u64 {
        let line = self.summary.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": "));
        line.and_then(|number| number.parse().ok())
            .unwrap_or_else(|| panic!("no {name} in {}{}", self.summary, self.errors))
    }
}

/// What goes wrong on a bad day: more each time, so that the dice fall in another way.
pub(crate) fn bad_day(number: u32) -> Vec<Odds> {
    let fault = |name: &str| name.parse().expect("a fault");
    let faults = ["502", "drop", "drop-after-write", "truncated", "html"].map(fault);
    faults.map(|fault| Odds { fault, probability: 0.02 + 0.01 * f64::from(number) }).into()
}
