//! Files to and from disk: what is written is what was received, and what cannot be written leaves everything as it was.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use baselinker_runtime::{File, encode};

/// A folder below the one that cargo has for tests, empty at first.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("file-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a writable folder");
    folder
}

/// What is in a folder.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

fn content(size: usize) -> Vec<u8> {
    (0..size).map(|at| u8::try_from((at * 7 + at / 251) % 256).expect("it is a byte")).collect()
}

#[test]
fn what_goes_to_disk_comes_back() {
    let folder = folder("round");
    // Base64 has three bytes in four characters, and copying goes by blocks of 8 KiB.
    for size in [0, 1, 2, 3, 1023, 1024, 8191, 8192, 8193, 3 * 1024 * 1024 + 1] {
        let (bytes, path) = (content(size), folder.join(format!("żółw {size}.pdf")));
        fs::write(&path, &bytes).expect("a writable folder");
        let file = File::read(&path).expect("it was just written");
        assert!(file == File::from_bytes(&bytes), "{size} bytes are read");
        file.save(&path).expect("a writable folder");
        assert!(fs::read(&path).expect("it was just written") == bytes, "{size} bytes are saved");
    }
    assert_eq!(names(&folder).len(), 10, "{:?}", names(&folder));
}

#[test]
fn what_is_sent_has_the_prefix_that_the_api_wants() {
    let path = folder("sent").join("a.txt");
    fs::write(&path, b"hello").expect("a writable folder");
    assert_eq!(encode(&File::read(&path).expect("a file")), r#""data:aGVsbG8=""#);
    for received in ["aGVsbG8=", "data:aGVsbG8=", "data:text/plain;base64,aGVsbG8="] {
        let file = File::from_base64(received);
        assert_eq!(encode(&file), r#""data:aGVsbG8=""#);
        assert_eq!(file.bytes().expect("base64"), b"hello");
    }
}

#[test]
fn what_is_not_base64_leaves_the_old_file() {
    let folder = folder("wrong");
    let path = folder.join("label.pdf");
    fs::write(&path, b"old").expect("a writable folder");
    // The first blocks are sound, so something was written by the time when it shows.
    let sound = File::from_bytes(&content(100_000));
    for wrong in ["no base64!", "aGVsbG8", "aGVsbG8=\n", &format!("{}!", sound.base64()), &sound.base64()[1..]] {
        let error = File::from_base64(wrong).save(&path).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::InvalidData, "{error}");
        assert!(error.to_string().starts_with(&format!("cannot save {}: ", path.display())), "{error}");
        assert_eq!(fs::read(&path).expect("it is there"), b"old");
        assert_eq!(names(&folder), ["label.pdf"]);
    }
}

#[test]
fn a_path_that_cannot_be_is_named() {
    let folder = folder("path");
    let file = File::from_bytes(b"hello");
    let nowhere = folder.join("no/such/folder.pdf");
    for error in [file.save(&nowhere).unwrap_err(), File::read(&nowhere).unwrap_err()] {
        assert_eq!(error.kind(), io::ErrorKind::NotFound, "{error}");
        assert!(error.to_string().contains("folder.pdf: "), "{error}");
    }
    // A folder of that name stays, and so does nothing else.
    fs::create_dir(folder.join("taken")).expect("a writable folder");
    assert!(file.save(folder.join("taken")).is_err());
    for path in ["/", "", "..", "a/.."] {
        assert_eq!(file.save(path).unwrap_err().to_string(), format!("cannot save {path}: it names no file"));
    }
    assert_eq!(names(&folder), ["taken"]);
}

/// Takes a little and then no more.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Gives a little and then breaks.
struct Broken(bool);

impl Read for Broken {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if std::mem::replace(&mut self.0, true) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        into[0] = b'x';
        Ok(1)
    }
}

#[test]
fn other_ends_may_break() {
    let file = File::from_bytes(&content(100_000));
    assert_eq!(file.write_to(&mut Full(5000)).unwrap_err().kind(), io::ErrorKind::StorageFull);
    assert_eq!(File::from_reader(Broken(false)).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    let mut out = Vec::new();
    file.write_to(&mut out).expect("memory takes it all");
    assert!(out == content(100_000));
}
