//! A run of a program, from its settings to its summary and its exit status, once or again and again.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use baselinker_client::{Client, Error, Method, Mismatch};

use crate::summary::{CallCount, Summary};
use crate::{Progress, Settings, Store};

/// Mismatches that are shown; more of the same kind say nothing new.
const SHOWN_MISMATCHES: usize = 10;

/// Everything that a run works with.
#[derive(Debug)]
pub struct Session {
    /// Calls the API.
    pub client: Client,
    /// The database.
    pub store: Store,
    /// Whether to read only, and count what would be done.
    pub dry_run: bool,
    /// What was done so far.
    pub summary: Summary,
    /// Where the work is.
    pub progress: Progress,
    /// How many calls there were so far.
    pub calls: Arc<CallCount>,
}

impl Session {
    fn new(settings: &Settings, schema: &str, summary: Summary) -> Result<Self> {
        let calls = Arc::new(CallCount::default());
        Ok(Self {
            client: settings.client(&calls)?,
            store: Store::open(&settings.database, schema, settings.dry_run)?,
            dry_run: settings.dry_run,
            summary,
            progress: Progress::default(),
            calls,
        })
    }

    /// Calls a method and gives its reply alone; what is not as documented is shown.
    ///
    /// # Errors
    ///
    /// As the client's own `call`.
    pub async fn call<M: Method>(&self, call: &M) -> Result<M::Reply, Error> {
        self.call_by(&self.client, call).await
    }

    /// The same for another account.
    ///
    /// # Errors
    ///
    /// As the client's own `call`.
    pub async fn call_by<M: Method>(&self, client: &Client, call: &M) -> Result<M::Reply, Error> {
        let reply = client.call(call).await?;
        self.show_mismatches(M::INFO.name, &reply.mismatches);
        Ok(reply.value)
    }

    /// Turns the refusal of one thing into a problem, so that the others are still done; any other error ends the run.
    ///
    /// # Errors
    ///
    /// What was no refusal by the API.
    pub fn refused(&mut self, what: &str, error: anyhow::Error) -> Result<()> {
        if !matches!(error.downcast_ref(), Some(Error::Api { .. })) {
            return Err(error);
        }
        self.summary.problem(format!("{what}: {error:#}"));
        Ok(())
    }

    /// Shows values that could not be read and are missing therefore.
    pub fn show_mismatches(&self, method: &str, mismatches: &[Mismatch]) {
        for mismatch in mismatches.iter().take(SHOWN_MISMATCHES) {
            self.progress.clear();
            eprintln!("not as documented: {method}: {mismatch}");
        }
    }
}

/// Runs the work of a program as its settings say: prints the summary to stdout and problems to stderr. The status is 0
/// when everything was done, 1 when something was not.
pub async fn run(
    settings: &Settings,
    schema: &str,
    summary: impl Fn() -> Summary,
    work: impl AsyncFn(&mut Session) -> Result<()>,
) -> ExitCode {
    loop {
        let started = Instant::now();
        let status = match Session::new(settings, schema, summary()) {
            Ok(mut session) => {
                let result = work(&mut session).await;
                finish(&session, result)
            }
            Err(error) => failed(&error),
        };
        let Some(every) = settings.every else { return status };
        tokio::time::sleep(every.saturating_sub(started.elapsed())).await;
    }
}

/// Shows what was done, also when the rest failed.
fn finish(session: &Session, result: Result<()>) -> ExitCode {
    session.progress.clear();
    println!("{}", session.summary.text(session.dry_run, &session.calls));
    for problem in session.summary.problems() {
        eprintln!("problem: {problem}");
    }
    match result {
        Err(error) => failed(&error),
        Ok(()) if session.summary.problems().is_empty() => ExitCode::SUCCESS,
        Ok(()) => ExitCode::FAILURE,
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    eprintln!("error: {error:#}");
    ExitCode::FAILURE
}
