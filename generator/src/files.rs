//! The files that were made, and how they compare with those on disk. Nothing is written before all are made.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use crate::settle::{Change, settle};

/// Made files by their path, with forward slashes, below the output folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
}

/// One way in which a folder differs from a file set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deviation {
    /// A made file is not there.
    Missing {
        /// Its path.
        path: String,
    },
    /// A file has another content.
    Stale {
        /// Its path.
        path: String,
        /// What is on disk.
        found: String,
        /// What was made.
        made: String,
    },
    /// A file is there that was not made.
    Leftover {
        /// Its path.
        path: String,
    },
}

/// Names below an output folder that tools make and that are nobody's output.
const IGNORED: &[&str] = &["node_modules", "target", "__pycache__", "Cargo.lock"];

impl FileSet {
    /// Adds a file.
    ///
    /// # Panics
    ///
    /// When there is one of this path already: two emitters disagree, which is a bug.
    pub fn add(&mut self, path: impl Into<String>, content: impl Into<String>) {
        let path = path.into();
        let old = self.files.insert(path.clone(), content.into());
        assert!(old.is_none(), "two files are called {path}");
    }

    /// Adds many files.
    pub fn add_all(&mut self, files: impl IntoIterator<Item = (String, String)>) {
        for (path, content) in files {
            self.add(path, content);
        }
    }

    /// Leaves files out.
    pub fn retain(&mut self, keep: impl Fn(&str) -> bool) {
        self.files.retain(|path, _| keep(path));
    }

    /// Paths and contents, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, content)| (path.as_str(), content.as_str()))
    }

    /// How a folder differs, by path.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn compare(&self, folder: &Path) -> io::Result<Vec<Deviation>> {
        let mut deviations = Vec::new();
        for (path, made) in &self.files {
            match fs::read(folder.join(path)) {
                Ok(found) if found == made.as_bytes() => {}
                Ok(found) => {
                    let found = String::from_utf8_lossy(&found).into_owned();
                    deviations.push(Deviation::Stale { path: path.clone(), found, made: made.clone() });
                }
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    deviations.push(Deviation::Missing { path: path.clone() });
                }
                Err(error) => return Err(unreadable(&folder.join(path), &error)),
            }
        }
        let leftovers = files_below(folder)?.into_iter().filter(|path| !self.files.contains_key(path));
        deviations.extend(leftovers.map(|path| Deviation::Leftover { path }));
        deviations.sort_by(|a, b| a.path().cmp(b.path()));
        Ok(deviations)
    }

    /// What makes a folder hold these files and no others; files that are right already are left alone.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read.
    pub fn changes(&self, folder: &Path) -> io::Result<Vec<Change>> {
        Ok(self.settling(folder, &self.compare(folder)?))
    }

    /// Makes a folder hold these files and no others, or leaves it as it was.
    ///
    /// # Errors
    ///
    /// When the folder cannot be read or written.
    pub fn write(&self, folder: &Path) -> io::Result<Vec<Deviation>> {
        let deviations = self.compare(folder)?;
        settle(&self.settling(folder, &deviations))?;
        for deviation in &deviations {
            if let Deviation::Leftover { path } = deviation {
                remove_empty_parents(folder, path);
            }
        }
        Ok(deviations)
    }

    fn settling(&self, folder: &Path, deviations: &[Deviation]) -> Vec<Change> {
        let change = |deviation: &Deviation| {
            let content = self.files.get(deviation.path()).cloned();
            Change { path: folder.join(deviation.path()), content }
        };
        deviations.iter().map(change).collect()
    }
}

impl Deviation {
    /// The file that it is about.
    #[must_use]
    pub fn path(&self) -> &str {
        match self {
            Self::Missing { path } | Self::Stale { path, .. } | Self::Leftover { path } => path,
        }
    }
}

/// The paths of all files below a folder; none where there is no folder.
fn files_below(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut todo = vec![String::new()];
    while let Some(below) = todo.pop() {
        let entries = match fs::read_dir(folder.join(&below)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => return Err(unreadable(&folder.join(&below), &error)),
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if IGNORED.contains(&name.as_str()) {
                continue;
            }
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.file_type()?.is_dir() {
                todo.push(path);
            } else {
                found.push(path);
            }
        }
    }
    Ok(found)
}

fn unreadable(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot read {}: {error}", path.display()))
}

fn remove_empty_parents(folder: &Path, path: &str) {
    let mut parent = Path::new(path).parent();
    while let Some(below) = parent.filter(|below| !below.as_os_str().is_empty()) {
        // Fails when it is not empty, which is where the climb ends.
        if fs::remove_dir(folder.join(below)).is_err() {
            return;
        }
        parent = below.parent();
    }
}
