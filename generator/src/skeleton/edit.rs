//! Puts lines into a YAML text and leaves every other byte as it is.

use crate::source::Positions;

/// Where a key goes.
pub(crate) struct Spot<'a> {
    /// The mapping that it goes into, by its keys from the root.
    pub within: &'a [String],
    /// The key that it goes below; first of all without one.
    pub above: Option<&'a str>,
}

/// Puts a key with its value, written without indentation, into a mapping. None if the mapping is written on one line.
pub(crate) fn put(text: &str, spot: &Spot, entry: &str) -> Option<String> {
    let positions = Positions::read(text);
    let owned = |path: &[&str]| path.iter().map(|key| (*key).to_owned()).collect::<Vec<String>>();
    if !positions.has(spot.within) {
        // A mapping that is not there yet stands above the example, which every method has.
        let (last, method) = spot.within.split_last()?;
        let example = [method, &owned(&["example"])].concat();
        let at = positions.has(&example).then(|| positions.find(&example))??.key.start;
        let line = line_start(text, at);
        let block = format!("{last}:\n{}", indented(entry, 2));
        return Some(insert(text, line, &indented(&block, at - line)));
    }
    let container = positions.find(spot.within)?;
    if text[container.value.clone()].starts_with(['{', '[']) {
        return None;
    }
    let indent = container.value.start - line_start(text, container.value.start);
    let above = spot.above.map(|key| [spot.within, &owned(&[key])].concat()).filter(|path| positions.has(path));
    let at = match above {
        Some(path) => block_end(text, positions.find(&path)?.key.start, indent),
        None => line_end(text, container.key.start),
    };
    Some(insert(text, at, &indented(entry, indent)))
}

/// Puts lines at the end of a text, an empty line before them.
pub(crate) fn append(text: &str, block: &str) -> String {
    let gap = if text.trim_end().ends_with("methods:") || text.trim_end().ends_with("types:") { "" } else { "\n" };
    format!("{}\n{gap}{block}", text.trim_end())
}

fn insert(text: &str, at: usize, lines: &str) -> String {
    let (before, after) = text.split_at(at);
    let gap = if before.is_empty() || before.ends_with('\n') { "" } else { "\n" };
    format!("{before}{gap}{lines}{after}")
}

/// Lines with spaces before them, each ended.
pub(crate) fn indented(text: &str, indent: usize) -> String {
    let line = |line: &str| if line.is_empty() { "\n".to_owned() } else { format!("{:indent$}{line}\n", "") };
    text.lines().map(line).collect()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// Where the lines end that belong to a key: those that are indented more than it.
fn block_end(text: &str, key: usize, indent: usize) -> usize {
    let mut end = line_end(text, key);
    let mut here = end;
    while here < text.len() {
        let next = line_end(text, here);
        let line = &text[here..next];
        let depth = line.len() - line.trim_start().len();
        if !line.trim().is_empty() {
            if depth <= indent {
                break;
            }
            end = next;
        }
        here = next;
    }
    end
}
