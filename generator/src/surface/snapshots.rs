//! Snapshots: the surface of each changelog date as it was accepted, and whether the spec still has it.
//!
//! A snapshot is `surface/<date>.txt` in the spec folder. Old ones stay, and so does one that a release was made from: a correction
//! of it is `<date>.1.txt`. A head of comments names corrections made at the same
//! date, and a checksum, so that a snapshot that was edited by hand does not pass for one that was accepted.

use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::{Surface, held, of};
use crate::check;
use crate::diff::Report;
use crate::is_date;
use crate::model::Api;
use crate::problem::{Place, Problem, Problems};
use crate::source::{self, Texts};

/// The folder of the snapshots in a spec folder.
pub const FOLDER: &str = "surface";

/// How a spec stands to the snapshots of it.
#[derive(Debug)]
pub struct State {
    /// What there is to do.
    pub status: Status,
    /// What changed since the newest snapshot.
    pub report: Report,
    /// What of the changes is not in the changelog, or the other way round.
    pub problems: Option<Problems>,
    /// The snapshot that would be accepted.
    next: Snapshot,
}

/// What there is to do about snapshots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Nothing: the newest snapshot is what the spec gives.
    Accepted,
    /// There is none yet.
    First,
    /// The changelog date is that of the newest snapshot, and the surface is another.
    Changed,
    /// The changelog date moved.
    Moved,
}

/// The surface of a changelog date, as it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The changelog date.
    pub date: String,
    /// How many snapshots of the date a release was made from before it.
    pub number: u32,
    /// Why it was accepted again at the same date, oldest first.
    pub corrections: Vec<String>,
    /// What it was.
    pub surface: Surface,
}

impl Snapshot {
    /// The path of its file in the spec folder.
    #[must_use]
    pub fn path(&self) -> String {
        format!("{FOLDER}/{}.txt", self.id())
    }

    /// Its name: the changelog date, with a number where there are several of the date.
    #[must_use]
    pub fn id(&self) -> String {
        let Self { date, number, .. } = self;
        if *number == 0 { date.clone() } else { format!("{date}.{number}") }
    }

    /// As text.
    #[must_use]
    pub fn print(&self) -> String {
        let title = format!(
            "# What programs can rely on, as of the changelog of {}. Written by `cargo xtask accept`, never by hand.\n",
            self.date
        );
        let corrections: Vec<String> = self.corrections.iter().map(|why| format!("# corrected: {why}\n")).collect();
        let corrections = corrections.concat();
        let body = self.surface.print();
        format!("{title}{corrections}# checksum: {}\n{body}", checksum(&corrections, &body))
    }

    /// The date and the number in the name of a file; none if it is no such name.
    #[must_use]
    pub fn parse_name(file_name: &str) -> Option<(String, u32)> {
        let id = file_name.strip_suffix(".txt")?;
        let (date, number) = id.split_once('.').unwrap_or((id, "0"));
        let parsed: u32 = number.parse().ok()?;
        let is_sound = is_date(date) && (id == date || (parsed > 0 && parsed.to_string() == number));
        is_sound.then(|| (date.to_owned(), parsed))
    }

    /// Reads the text of the snapshot of a date and a number.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse((date, number): (String, u32), text: &str) -> Result<Self, String> {
        let corrections = text.lines().filter_map(|line| line.strip_prefix("# corrected: "));
        let corrections = corrections.map(str::to_owned).collect();
        let snapshot = Self { date, number, corrections, surface: Surface::parse(text)? };
        if snapshot.print() == text {
            Ok(snapshot)
        } else {
            Err("its checksum does not fit, so it was changed by hand".to_owned())
        }
    }
}

/// Guards against slips of a hand, not against malice.
fn checksum(corrections: &str, body: &str) -> String {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(corrections.as_bytes());
    hasher.update(body.as_bytes());
    format!("{:08x}", hasher.finalize())
}

/// All snapshots of a spec folder, oldest first.
///
/// # Errors
///
/// The files that cannot be read.
pub fn snapshots(spec: &Path) -> Result<Vec<Snapshot>, Problems> {
    read_all(spec).map_err(|list| {
        let texts = Texts { root: spec.to_owned(), ..Texts::default() };
        Problems::new(list, texts).with_advice("nothing was compared")
    })
}

fn read_all(spec: &Path) -> Result<Vec<Snapshot>, Vec<Problem>> {
    let problem = |file: String, message: String| Problem {
        code: "bad-snapshot",
        message,
        place: Place::file(file),
        help: Some("snapshots are written by cargo xtask accept; take the file back to what was committed".to_owned()),
    };
    let entries = match fs::read_dir(spec.join(FOLDER)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(vec![problem(FOLDER.to_owned(), format!("cannot be read: {error}"))]),
    };
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let file = format!("{FOLDER}/{name}");
        let read = match Snapshot::parse_name(&name) {
            None => Err("the name of a snapshot is its date, such as 2026-04-20.txt".to_owned()),
            Some(name) => fs::read_to_string(entry.path())
                .map_err(|error| format!("cannot be read: {error}"))
                .and_then(|text| Snapshot::parse(name, &text)),
        };
        match read {
            Ok(snapshot) => found.push(snapshot),
            Err(message) => problems.push(problem(file, message)),
        }
    }
    found.sort_by(|a, b| (&a.date, a.number).cmp(&(&b.date, b.number)));
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// How a spec stands to the snapshots of it.
///
/// # Errors
///
/// What is wrong with the spec or with the snapshots.
pub fn state(spec: &Path) -> Result<State, Problems> {
    let source = source::load(spec)?;
    let api = check::run(&source)?;
    let problems = |list| Problems::new(list, source.texts.clone());
    let snapshots = read_all(spec).map_err(problems)?;
    let mut next = Snapshot { date: api.changelog_date.clone(), number: 0, corrections: Vec::new(), surface: of(&api) };
    let Some(newest) = snapshots.last() else {
        let report = Report::new(("nothing", &next.surface), (&next.date, &next.surface));
        return Ok(State { status: Status::First, report, problems: None, next });
    };
    let status = match next.date.cmp(&newest.date) {
        std::cmp::Ordering::Less => return Err(problems(vec![went_back(newest)])),
        std::cmp::Ordering::Equal if next.surface == newest.surface => Status::Accepted,
        std::cmp::Ordering::Equal => Status::Changed,
        std::cmp::Ordering::Greater => Status::Moved,
    };
    let to = if status == Status::Moved { &next.date } else { "the spec" };
    let report = Report::new((&newest.date, &newest.surface), (to, &next.surface));
    let mut unheld = between_neighbours(&api, &snapshots);
    if status == Status::Moved {
        unheld.extend(held::against_changelog(&api, &report, (&newest.date, &next.date), false));
    } else if api.releases.iter().any(|release| release.snapshot == newest.id()) {
        // What was released stays as it was, so that what changed since can be told.
        next.number = newest.number + 1;
    } else {
        next.number = newest.number;
        next.corrections.clone_from(&newest.corrections);
    }
    let problems = (!unheld.is_empty()).then(|| problems(unheld).with_advice("the changelog and the spec must agree"));
    Ok(State { status, report, problems, next })
}

fn went_back(newest: &Snapshot) -> Problem {
    Problem {
        code: "date-before-snapshot",
        message: format!("there is a snapshot of {} already", newest.date),
        place: Place::key("api.yaml", ["changelog_date"]).value(),
        help: Some(format!("a date only moves on; if {} was wrong, remove its snapshot first", newest.date)),
    }
}

/// Holds what changed from each snapshot to the next against the changelog, which may have been edited since.
fn between_neighbours(api: &Api, snapshots: &[Snapshot]) -> Vec<Problem> {
    let pairs = snapshots.windows(2).flat_map(|pair| {
        let [old, new] = pair else { return Vec::new() };
        let report = Report::new((&old.date, &old.surface), (&new.date, &new.surface));
        held::against_changelog(api, &report, (&old.date, &new.date), !new.corrections.is_empty())
    });
    pairs.collect()
}

impl State {
    /// The snapshot to write; none when the newest is as it should be.
    ///
    /// # Errors
    ///
    /// Why nothing can be accepted as it is.
    pub fn accept(mut self, correction: Option<&str>) -> Result<Option<Snapshot>, String> {
        let date = &self.next.date;
        match (self.status, correction) {
            _ if self.problems.is_some() => return Err("nothing was accepted".to_owned()),
            (Status::Accepted, None) => return Ok(None),
            (Status::Accepted, Some(_)) => return Err(format!("the snapshot of {date} needs no correction")),
            (Status::First | Status::Moved, None) => {}
            (Status::First | Status::Moved, Some(_)) => {
                return Err(format!("{date} has no snapshot to correct; run: cargo xtask accept"));
            }
            (Status::Changed, None) => return Err(self.what_to_do()),
            (Status::Changed, Some(why)) if why.trim().is_empty() || why.contains('\n') => {
                return Err("say in one line what was wrong: cargo xtask accept --correction \"why\"".to_owned());
            }
            (Status::Changed, Some(why)) => self.next.corrections.push(why.trim().to_owned()),
        }
        Ok(Some(self.next))
    }

    /// What to do about it, in words.
    #[must_use]
    pub fn what_to_do(&self) -> String {
        let date = &self.next.date;
        match self.status {
            Status::Accepted => format!("the surface is the one accepted for {date}"),
            Status::First => "there is no snapshot yet; run: cargo xtask accept".to_owned(),
            Status::Moved => format!("the surface of {date} is not accepted yet; run: cargo xtask accept"),
            Status::Changed => format!(
                "the surface is not the one accepted for {date}. If the API moved, set changelog_date in api.yaml and give \
                 changelog.yaml its entries; if the spec or the generator was wrong, run: cargo xtask accept --correction \"why\""
            ),
        }
    }
}

/// What changed, and what to do about it.
impl fmt::Display for State {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        if matches!(self.status, Status::Changed | Status::Moved) {
            write!(formatter, "{}\n\n", self.report)?;
        }
        formatter.write_str(&self.what_to_do())
    }
}
