//! Saved pages of the public documentation become a reading, whichever way they were saved, and what cannot be read is told.

use std::fs;

use generator::upstream::{self, ReadPages, Reading, SavedPage};

use crate::cases;

fn page(name: &str) -> SavedPage {
    let path = format!("tests/upstream/pages/{name}");
    let text = fs::read_to_string(cases::root().join(&path)).expect("a readable page");
    SavedPage { path, text }
}

fn before() -> (String, Reading) {
    let text = fs::read_to_string(cases::root().join("tests/upstream/before.json")).expect("a readable file");
    ("2026-04-20".to_owned(), Reading::parse(&text).expect("a sound reading"))
}

fn told(read: &ReadPages) -> String {
    format!("{:?}\n{read}\ncannot be read: {:#?}\n{}", read.date, read.unread, read.reading.print())
}

#[test]
fn pages_are_read_alike_however_they_were_saved() {
    let folder = cases::root().join("tests/upstream");
    let mut failures = Vec::new();
    for (list, changelog) in [("list.txt", "changelog.txt"), ("list.html", "changelog.html")] {
        for method in ["getThing.glued.txt", "getThing.bars.txt", "getThing.rows.txt", "getThing.html"] {
            let pages = [list, changelog, method].map(page);
            let read = told(&upstream::read(&pages, Some(before())));
            failures.extend(
                cases::compare(&folder.join("goes_on.txt"), &read).err().map(|error| format!("{method}: {error}")),
            );
            let read = told(&upstream::read(&pages, None));
            failures.extend(
                cases::compare(&folder.join("anew.txt"), &read).err().map(|error| format!("{method}: {error}")),
            );
        }
    }
    cases::report(&failures);
}

/// A list of the form of the public one, with every method of the spec.
pub fn list_of(methods: &[(&str, &str, &str)], date: &str) -> SavedPage {
    let mut text = format!("API documentation\n\nLatest changes\nThe API was last updated {date}.\n\n");
    let (mut group, mut section) = ("", "");
    for (name, in_group, in_section) in methods {
        if group != *in_group {
            text.extend(["\n", in_group, "\n"]);
        }
        if group != *in_group || section != *in_section {
            text.extend(["\n", in_section, "\n\n"]);
        }
        (group, section) = (in_group, in_section);
        text.extend([name, "The method does what its name says.\n"]);
    }
    SavedPage { path: "list.txt".to_owned(), text }
}

#[test]
fn a_list_gives_exactly_its_methods_and_says_what_moved() {
    let spec = cases::root().join("spec");
    let text = fs::read_to_string(spec.join(Reading::path("2026-04-20"))).expect("a readable file");
    let reading = || Reading::parse(&text).expect("a sound reading");
    let known = reading();
    let mut methods: Vec<(&str, &str, &str)> =
        known.methods.iter().map(|(name, method)| (name, &*method.group, &*method.section)).collect();
    methods.sort_by_key(|(name, group, section)| (*group, *section, *name));
    let read = upstream::read(&[list_of(&methods, "2026-04-20")], Some(("2026-04-20".to_owned(), reading())));
    assert_eq!(read.reading.print(), text);
    assert_eq!((read.added.len(), read.gone.len(), read.unread.len()), (0, 0, 0));

    let added = ["getAAA", "getOrdersByTag", "addOrderTag", "getZones", "setOrders", "runIt"];
    let gone = methods.remove(100).0;
    let (_, group, section) = methods[0];
    methods.splice(0..0, added.map(|name| (name, group, section)));
    let read = upstream::read(&[list_of(&methods, "2026-06-01")], Some(("2026-04-20".to_owned(), reading())));
    assert_eq!(read.date.as_deref(), Some("2026-06-01"));
    assert_eq!(read.gone, [gone]);
    assert_eq!(read.added, added);
    assert_eq!(read.reading.methods.iter().count(), known.methods.iter().count() + 5);
}

#[test]
fn what_cannot_be_read_is_told_with_its_place() {
    let text = "getThing\nInput parameters\n| - lost_idintHangs in the air\nthing_idintOnce\nthing_idintTwice\n\
                spin_xquaternionNo type\n| - odd thing\nOutput data\nwell | a type | what\n| - id | int |\n";
    let pages = [
        SavedPage { path: "one.txt".to_owned(), text: text.to_owned() },
        SavedPage { path: "two.txt".to_owned(), text: text.to_owned() },
        SavedPage { path: "empty.html".to_owned(), text: String::new() },
        SavedPage { path: "other.html".to_owned(), text: "<html><table><tr><td>a<td>b".to_owned() },
    ];
    let read = upstream::read(&pages, None);
    let told = format!("{}\n", read.unread.join("\n"));
    cases::report(
        &cases::compare(&cases::root().join("tests/upstream/unread.txt"), &told).err().into_iter().collect::<Vec<_>>(),
    );
}

/// Pages that were cut off, or have something where nobody expects it, are read as far as it goes.
#[test]
fn no_page_makes_the_reader_fall() {
    for name in ["list.txt", "list.html", "changelog.html", "getThing.glued.txt", "getThing.rows.txt", "getThing.html"]
    {
        let whole = page(name);
        for at in (0..whole.text.len()).step_by(7).filter(|at| whole.text.is_char_boundary(*at)) {
            let (start, end) = whole.text.split_at(at);
            for text in [start.to_owned(), end.to_owned(), format!("{start}| - ż <td{end}")] {
                let read = upstream::read(&[SavedPage { path: name.to_owned(), text }], Some(before()));
                assert_eq!(
                    Reading::parse(&read.reading.print()).expect("a sound reading").print(),
                    read.reading.print()
                );
            }
        }
    }
}
