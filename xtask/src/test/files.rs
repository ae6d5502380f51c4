//! Copies, so that tools that leave things beside the sources leave them somewhere else.

use std::fs;
use std::io;
use std::path::Path;

/// Copies a file, or a folder without the packages that npm installed in it.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        fs::create_dir_all(to.parent().unwrap_or(to))?;
        return fs::copy(from, to).map(|_| ());
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        if path.file_name().is_some_and(|name| name != "node_modules") {
            copy(&path, &to.join(path.file_name().unwrap_or_default()))?;
        }
    }
    Ok(())
}
