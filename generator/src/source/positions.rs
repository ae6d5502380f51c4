//! Where each key and value stands in a YAML file. serde forgets it, so it is read again, and only when a problem is shown.

use std::collections::HashMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, Span};

/// Where a value stands, and the key before it, as byte ranges of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    /// The key, or the item itself in a list.
    pub key: Range<usize>,
    /// The value; for a mapping or a list only its first character.
    pub value: Range<usize>,
}

/// The positions of a file by path: the keys and list positions from its root.
#[derive(Debug, Default)]
pub struct Positions {
    places: HashMap<Vec<String>, Position>,
    doubled: Vec<(Vec<String>, Range<usize>)>,
}

impl Positions {
    /// Reads the positions of a YAML text. What comes after a syntax error is left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let offsets: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let mut walk = Walk { offsets, ..Walk::default() };
        for event in Parser::new_from_str(text) {
            let Ok((event, span)) = event else { break };
            walk.event(&event, span);
        }
        Self { places: walk.places, doubled: walk.doubled }
    }

    /// The position of a path, or of the nearest thing around it.
    #[must_use]
    pub fn find(&self, path: &[String]) -> Option<&Position> {
        (0..=path.len()).rev().find_map(|len| self.places.get(&path[..len]))
    }

    /// Keys that stand a second time in their mapping, by path.
    #[must_use]
    pub fn doubled(&self) -> &[(Vec<String>, Range<usize>)] {
        &self.doubled
    }

    /// Whether this very path is there.
    #[must_use]
    pub fn has(&self, path: &[String]) -> bool {
        self.places.contains_key(path)
    }
}

/// One mapping or list that is being read.
enum Frame {
    /// The next scalar is a key, or the value of the key already on the path.
    Mapping {
        key: Option<Range<usize>>,
    },
    List {
        next: usize,
    },
}

#[derive(Default)]
struct Walk {
    offsets: Vec<usize>,
    frames: Vec<Frame>,
    path: Vec<String>,
    places: HashMap<Vec<String>, Position>,
    doubled: Vec<(Vec<String>, Range<usize>)>,
}

impl Walk {
    fn event(&mut self, event: &Event, span: Span) {
        let range = self.bytes(span);
        match event {
            Event::Scalar(text, ..) => {
                if let Some(Frame::Mapping { key: key @ None }) = self.frames.last_mut() {
                    *key = Some(range);
                    self.path.push(text.to_string());
                } else {
                    self.value(range);
                    self.leave();
                }
            }
            Event::MappingStart(..) => {
                self.value(range.start..range.start + 1);
                self.frames.push(Frame::Mapping { key: None });
            }
            Event::SequenceStart(..) => {
                self.value(range.start..range.start + 1);
                self.frames.push(Frame::List { next: 0 });
            }
            Event::MappingEnd | Event::SequenceEnd => {
                self.frames.pop();
                self.leave();
            }
            _ => {}
        }
    }

    /// Notes the value that starts here.
    fn value(&mut self, value: Range<usize>) {
        let key = match self.frames.last_mut() {
            Some(Frame::Mapping { key: Some(key) }) => key.clone(),
            Some(Frame::List { next }) => {
                self.path.push(next.to_string());
                *next += 1;
                value.clone()
            }
            _ => value.clone(),
        };
        let below_doubled = self.doubled.iter().any(|(path, _)| self.path.starts_with(path));
        if self.places.contains_key(&self.path) && !below_doubled {
            self.doubled.push((self.path.clone(), key.clone()));
        }
        self.places.insert(self.path.clone(), Position { key, value });
    }

    /// Goes back to the mapping or list around the value that ends here.
    fn leave(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            self.path.pop();
            if let Frame::Mapping { key } = frame {
                *key = None;
            }
        }
    }

    fn bytes(&self, span: Span) -> Range<usize> {
        let at = |index: usize| self.offsets[index.min(self.offsets.len() - 1)];
        at(span.start.index())..at(span.end.index().max(span.start.index()))
    }
}
