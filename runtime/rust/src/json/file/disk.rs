//! Files to and from disk, a piece at a time: the content is never in memory beside its base64, and nothing half-written
//! stays under the name that was asked for.

use std::collections::hash_map::RandomState;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, BufWriter, Read, Write};
use std::path::Path;

use base64::engine::general_purpose::STANDARD;
use base64::read::DecoderReader;
use base64::write::EncoderStringWriter;

use super::File;

impl File {
    /// Reads a file from disk. It holds up the thread, for a file of megabytes by some milliseconds.
    ///
    /// # Errors
    ///
    /// As for [`std::fs::File::open`] and reading; the text names the path.
    pub fn read(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        fs::File::open(path).and_then(Self::from_reader).map_err(|error| about("read", path, &error))
    }

    /// Reads the content of a file from anything, to its end.
    ///
    /// # Errors
    ///
    /// If reading fails.
    pub fn from_reader(mut content: impl Read) -> io::Result<Self> {
        let mut encoder = EncoderStringWriter::new(&STANDARD);
        io::copy(&mut content, &mut encoder)?;
        Ok(Self { base64: encoder.into_inner() })
    }

    /// Writes the content to disk, under another name first: whoever looks finds all of it, or what was there before. A file
    /// of that name is replaced. It holds up the thread, for a file of megabytes by some milliseconds.
    ///
    /// # Errors
    ///
    /// If what was received is not base64 ([`io::ErrorKind::InvalidData`]), or it cannot be written; the text names the path.
    pub fn save(&self, path: impl AsRef<Path>) -> io::Result<()> {
        let path = path.as_ref();
        let Some(name) = path.file_name() else {
            let error = io::Error::new(io::ErrorKind::InvalidInput, "it names no file");
            return Err(about("save", path, &error));
        };
        let draft = path.with_file_name(draft_of(name));
        let placed = self.write_new(&draft).and_then(|()| fs::rename(&draft, path));
        placed.map_err(|error| {
            // The first error is the one to tell of. Without a draft there is nothing to take away.
            let _ = fs::remove_file(&draft);
            about("save", path, &error)
        })
    }

    /// Writes the content to anything, a piece at a time.
    ///
    /// # Errors
    ///
    /// If what was received is not base64 ([`io::ErrorKind::InvalidData`]), or writing fails. A part of the content may have been
    /// written by then.
    pub fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        io::copy(&mut DecoderReader::new(self.base64.as_bytes(), &STANDARD), out)?;
        Ok(())
    }

    fn write_new(&self, path: &Path) -> io::Result<()> {
        let mut out = BufWriter::new(fs::File::create_new(path)?);
        self.write_to(&mut out)?;
        // A rename may reach the disk before the content does.
        out.into_inner()?.sync_all()
    }
}

/// A name for the same folder, since only there a rename is one step, and one that nobody else has.
fn draft_of(name: &OsStr) -> OsString {
    let mut draft = OsString::from(".");
    draft.push(name);
    draft.push(format!(".{:016x}.part", RandomState::new().build_hasher().finish()));
    draft
}

fn about(what: &str, path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot {what} {}: {error}", path.display()))
}
