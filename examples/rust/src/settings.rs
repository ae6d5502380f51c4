//! The settings that every program has, by flag or by environment, and the client that follows from them.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use baselinker_client::{Client, Error, client};
use clap::Args;

use crate::summary::CallCount;

/// Settings that every program has.
#[derive(Args)]
pub struct Settings {
    /// Token of the account; better in the environment, since others on the machine can read arguments
    #[arg(long, env = "BASELINKER_TOKEN", hide_env_values = true)]
    pub token: String,
    /// Another endpoint than the API's own, such as that of a mock server
    #[arg(long, env = "BASELINKER_ENDPOINT", value_name = "URL")]
    pub endpoint: Option<String>,
    /// The database, which is made when it is not there
    #[arg(long, env = "BASELINKER_DATABASE", value_name = "FILE")]
    pub database: PathBuf,
    /// How many calls a minute this program may make, less than the contract allows if others use the token
    #[arg(long, env = "BASELINKER_CALLS_PER_MINUTE", value_name = "CALLS", default_value_t = 100)]
    pub calls_per_minute: u32,
    /// Read everything, send and store nothing, and show what would have been done
    #[arg(long)]
    pub dry_run: bool,
    /// Run again and again, once in this time, such as 15m; once only when not given
    #[arg(long, value_name = "TIME", value_parser = humantime::parse_duration)]
    pub every: Option<Duration>,
}

impl Settings {
    /// A client for an account: the program's own, or that of a partner.
    ///
    /// # Errors
    ///
    /// If the token or the endpoint cannot be right.
    pub(crate) fn client(&self, calls: &Arc<CallCount>) -> Result<Client, Error> {
        connect(self, &self.token, self.endpoint.as_deref(), calls)
    }
}

/// A client for an account. In a dry run it refuses whatever does more than read, so that no slip of a program can write.
///
/// # Errors
///
/// If the token or the endpoint cannot be right.
pub fn connect(
    settings: &Settings,
    token: &str,
    endpoint: Option<&str>,
    calls: &Arc<CallCount>,
) -> Result<Client, Error> {
    let mut builder = client(token).calls_per_minute(settings.calls_per_minute).observer(Arc::clone(calls));
    if let Some(endpoint) = endpoint {
        builder = builder.endpoint(endpoint);
    }
    if settings.dry_run {
        builder = builder.read_only();
    }
    builder.build()
}
