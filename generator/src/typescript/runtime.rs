//! The hand-written runtime, which is copied into the package under a header.

/// A file of the runtime: its path below `runtime/typescript/src`, and its text.
macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../../runtime/typescript/src/", $path)))),*]
    };
}

/// All files, sorted.
pub const FILES: &[(&str, &str)] = files![
    "account.ts",
    "batch.ts",
    "client.ts",
    "clock.ts",
    "decode.ts",
    "describe.ts",
    "errors.ts",
    "exchange.ts",
    "fetch.ts",
    "follow.ts",
    "gate.ts",
    "hint.ts",
    "index.ts",
    "info.ts",
    "interpret.ts",
    "json/canonical.ts",
    "json/cursor.ts",
    "json/file.ts",
    "json/number.ts",
    "json/object.ts",
    "json/parts.ts",
    "json/path.ts",
    "json/reader.ts",
    "json/reply.ts",
    "json/scalars.ts",
    "json/writer.ts",
    "limit.ts",
    "node.ts",
    "observer.ts",
    "paging.ts",
    "raw.ts",
    "retry.ts",
    "told.ts",
    "token.ts",
    "transport.ts",
    "values.ts",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    use super::*;
    use crate::typescript::names::RESERVED;

    #[test]
    fn no_file_is_left_out() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../runtime/typescript/src");
        let mut found = BTreeSet::new();
        for below in ["", "json/"] {
            for entry in fs::read_dir(folder.join(below)).expect("the folder of the runtime") {
                let path = entry.expect("an entry").path();
                if path.is_file() {
                    let name = path.file_name().expect("a file has a name").to_string_lossy();
                    found.insert(format!("{below}{name}"));
                }
            }
        }
        let listed: BTreeSet<String> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(listed, found);
    }

    /// Types and methods of the spec stand beside what the runtime exports.
    #[test]
    fn exports_are_reserved() {
        for wanted in ["index.ts", "describe.ts"] {
            let (_, text) = FILES.iter().find(|(path, _)| *path == wanted).expect("a file of the runtime");
            let exports = text.split("export ").skip(1).filter_map(|export| export.split_once('{')?.1.split_once('}'));
            let names = exports.flat_map(|(names, _)| names.split(','));
            for name in names.map(|name| name.trim().trim_start_matches("type ")).filter(|name| !name.is_empty()) {
                assert!(RESERVED.contains(&name), "{name}, which {wanted} exports, is not in RESERVED");
            }
        }
    }
}
