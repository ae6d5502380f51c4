//! Saves the public pages, politely: one request after the other with a pause between them, nothing twice, and an end at the first
//! refusal. What was saved stays, so running it again goes on.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use clap::Args;
use generator::is_here;
use generator::source::ApiFile;
use generator::upstream::{FOLDER, listed};

use crate::accept::write;

/// What to save.
#[derive(Args)]
pub struct Options {
    /// Where the pages go; pages that it has already are not asked for again
    folder: PathBuf,
    /// The address of the list of methods; the pages of methods and the changelog hang below it
    #[arg(long)]
    from: Option<String>,
    /// Only the pages of these methods, besides the list and the changelog
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Seconds between two requests; at least one, but for this machine
    #[arg(long, default_value_t = 1)]
    pause: u64,
}

/// How long a page may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Saves the list of methods, the changelog, and a page for each method on the list.
pub fn fetch(options: &Options, api: &ApiFile) -> Result<(), String> {
    let from = options.from.clone().unwrap_or_else(|| base(&api.page).to_owned());
    if options.pause == 0 && !is_here(&from) {
        return Err(format!("{from} is not this machine, so there is at least a second between two requests"));
    }
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(TIMEOUT))
        .user_agent(concat!("baselinker-client-xtask/", env!("CARGO_PKG_VERSION")))
        .build();
    let mut fetcher = Fetcher { agent: config.into(), folder: &options.folder, pause: options.pause, asked: 0 };
    let list = fetcher.page("index.html", &from)?;
    let methods = listed(&list);
    if methods.is_empty() {
        return Err(format!(
            "{from} is no list of methods; it was saved as index.html in {}",
            options.folder.display()
        ));
    }
    if let Some(unknown) = options.only.iter().find(|name| !methods.contains(name)) {
        return Err(format!("{from} has no method {unknown}"));
    }
    fetcher.page("changelog.html", &format!("{from}?changelog=1"))?;
    let wanted = methods.iter().filter(|name| options.only.is_empty() || options.only.contains(name));
    for name in wanted {
        fetcher.page(&format!("{name}.html"), &format!("{from}?method={name}"))?;
    }
    let folder = options.folder.display();
    anstream::println!(
        "{} pages fetched, {} methods on the list; run: cargo xtask {FOLDER} read {folder}",
        fetcher.asked,
        methods.len()
    );
    Ok(())
}

/// The address of the list of methods: that of a method's page without what names the method.
fn base(page: &str) -> &str {
    page.split('?').next().unwrap_or(page)
}

struct Fetcher<'a> {
    agent: ureq::Agent,
    folder: &'a Path,
    pause: u64,
    asked: usize,
}

impl Fetcher<'_> {
    /// A page: as it was saved before, or as it is fetched and saved now.
    fn page(&mut self, name: &str, address: &str) -> Result<String, String> {
        let path = self.folder.join(name);
        if let Ok(text) = fs::read_to_string(&path) {
            return Ok(text);
        }
        if self.asked > 0 {
            thread::sleep(Duration::from_secs(self.pause));
        }
        self.asked += 1;
        let text = self.agent.get(address).call().and_then(|mut reply| reply.body_mut().read_to_string());
        let text = text.map_err(|error| {
            format!("cannot fetch {address}: {error}; what was saved stays, and the same command goes on from there")
        })?;
        write(&path, &text)?;
        Ok(text)
    }
}
