//! Changes files on disk, all of them or none. New contents are written beside their places first; then old files are moved aside and
//! new ones into place; whatever fails, everything is moved back.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// What becomes of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The file.
    pub path: PathBuf,
    /// Its new content; none takes it away.
    pub content: Option<String>,
}

impl Change {
    /// A file with a content.
    pub fn put(path: impl Into<PathBuf>, content: impl Into<String>) -> Self {
        Self { path: path.into(), content: Some(content.into()) }
    }

    fn staged(&self) -> PathBuf {
        beside(&self.path, ".xtask-new")
    }

    fn aside(&self) -> PathBuf {
        beside(&self.path, ".xtask-old")
    }

    /// Writes the new content beside its place.
    fn stage(&self) -> io::Result<()> {
        let Some(content) = &self.content else { return Ok(()) };
        if self.path.is_dir() {
            return Err(io::Error::new(io::ErrorKind::IsADirectory, "a folder stands where the file belongs"));
        }
        self.path.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::write(self.staged(), content)
    }

    /// Moves the old file aside and the new one into its place.
    fn swap(&self) -> io::Result<()> {
        if self.path.exists() {
            fs::rename(&self.path, self.aside())?;
        }
        if self.content.is_none() {
            return Ok(());
        }
        // The caller undoes only those that went well, so this one undoes itself.
        fs::rename(self.staged(), &self.path).inspect_err(|_| self.move_back())
    }

    fn undo(&self) {
        if self.content.is_some() {
            // It was put there a moment ago; if it cannot be removed, moving back replaces it.
            let _ = fs::remove_file(&self.path);
        }
        self.move_back();
    }

    fn move_back(&self) {
        // There is nothing aside where there was no file before.
        let _ = fs::rename(self.aside(), &self.path);
    }
}

/// The endings are such that nobody has files of these names.
fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().map_or_else(OsString::new, ToOwned::to_owned);
    name.push(ending);
    path.with_file_name(name)
}

/// Makes all changes, or none.
///
/// # Errors
///
/// The first file that cannot be written, with its path; then everything is as it was.
pub fn settle(changes: &[Change]) -> io::Result<()> {
    let failed = |change: &Change, error: io::Error| {
        io::Error::new(error.kind(), format!("cannot write {}: {error}", change.path.display()))
    };
    let mut result = changes.iter().try_for_each(|change| change.stage().map_err(|error| failed(change, error)));
    let mut done = Vec::new();
    if result.is_ok() {
        for change in changes {
            result = change.swap().map_err(|error| failed(change, error));
            if result.is_err() {
                break;
            }
            done.push(change);
        }
    }
    if result.is_err() {
        done.iter().rev().for_each(|change| change.undo());
    }
    for change in changes {
        // What is left of a failure, or the old files of a success; either may not be there.
        let _ = fs::remove_file(change.staged());
        if result.is_ok() {
            let _ = fs::remove_file(change.aside());
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn files(folder: &Path) -> BTreeMap<String, Option<String>> {
        let entries = fs::read_dir(folder).expect("a readable folder").map(|entry| entry.expect("an entry").path());
        let name = |path: &Path| path.file_name().expect("a name").to_string_lossy().into_owned();
        entries.map(|path| (name(&path), fs::read_to_string(&path).ok())).collect()
    }

    /// A folder of its own with two files.
    fn folder(name: &str) -> PathBuf {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/settle").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a writable folder");
        for file in ["a", "b"] {
            fs::write(folder.join(file), "old").expect("a writable folder");
        }
        folder
    }

    #[test]
    fn all_changes_are_made() {
        let folder = folder("all");
        let gone = Change { path: folder.join("a"), content: None };
        settle(&[gone, Change::put(folder.join("b"), "new"), Change::put(folder.join("c"), "new")]).expect("room");
        let new = |name: &str| (name.to_owned(), Some("new".to_owned()));
        assert_eq!(files(&folder), BTreeMap::from([new("b"), new("c")]));
        fs::remove_dir_all(folder).expect("a writable folder");
    }

    /// A folder stands in the way: of the file, of what is written beside it, of the old file that is moved aside.
    #[test]
    fn one_that_fails_undoes_all() {
        for (name, obstacle) in [("file", "c"), ("new", "c.xtask-new"), ("old", "b.xtask-old")] {
            let folder = folder(name);
            fs::create_dir_all(folder.join(obstacle).join("x")).expect("a writable folder");
            let before = files(&folder);
            let gone = Change { path: folder.join("a"), content: None };
            let changes = [gone, Change::put(folder.join("b"), "new"), Change::put(folder.join("c"), "new")];
            let error = settle(&changes).expect_err("a folder is in the way").to_string();
            assert!(error.starts_with(&format!("cannot write {}", folder.join(&obstacle[..1]).display())), "{error}");
            assert_eq!(files(&folder), before, "{name}");
            fs::remove_dir_all(folder).expect("a writable folder");
        }
    }
}
