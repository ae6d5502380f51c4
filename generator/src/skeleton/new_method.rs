//! Adds a method to the spec, as a skeleton in the file of its section.

use super::edit;
use crate::source::{File, MethodsFile, Source};
use crate::suggest::did_you_mean;
use crate::upstream::is_method;

/// A method that was added to a file of the spec.
#[derive(Debug)]
pub struct NewMethod {
    /// The path of the file in the spec folder.
    pub path: String,
    /// Its new text.
    pub text: String,
}

/// Adds a method to a section, which is named by its title, by its file, or with its group (`Orders / Payments`; then it may be a new
/// one); without a section, to that of the method with the most similar name.
///
/// # Errors
///
/// What is wrong with the name or the section.
pub fn new_method(source: &Source, name: &str, section: Option<&str>) -> Result<NewMethod, String> {
    check_name(source, name)?;
    let (path, text) = match section {
        Some(wanted) => named_section(source, wanted)?,
        None => similar_section(source, name)?,
    };
    let block = super::method(name, &source.api.data.changelog_date, "", "");
    Ok(NewMethod { path, text: edit::append(&text, &edit::indented(&block, 2)) })
}

fn check_name(source: &Source, name: &str) -> Result<(), String> {
    let known = methods(source).find(|(_, known)| known.eq_ignore_ascii_case(name));
    match known {
        Some((file, known)) if known == name => return Err(format!("the spec has {name} already, in {}", file.path)),
        Some((_, known)) => return Err(format!("`{name}` differs from {known} in capitals only; did you mean that?")),
        None => {}
    }
    if !is_method(name) {
        return Err(format!("`{name}` is no name of a method, such as getOrderTags: letters, a small one first"));
    }
    Ok(())
}

/// The file of a section and its text; a new one where its group is named as well.
fn named_section(source: &Source, wanted: &str) -> Result<(String, String), String> {
    let is_meant = |file: &&File<MethodsFile>| {
        let stem = file.path.trim_start_matches("methods/").trim_end_matches(".yaml");
        [stem, &*file.path, &*file.data.title, &*full_title(source, file)]
            .iter()
            .any(|name| name.eq_ignore_ascii_case(wanted))
    };
    let found: Vec<&File<MethodsFile>> = source.methods.iter().filter(is_meant).collect();
    match found.as_slice() {
        [file] => Ok((file.path.clone(), source.texts.files[&file.path].clone())),
        [] => new_section(source, wanted),
        several => {
            let titles: Vec<String> = several.iter().map(|file| format!("`{}`", full_title(source, file))).collect();
            Err(format!("several sections are called `{wanted}`: say {}", titles.join(" or ")))
        }
    }
}

fn new_section(source: &Source, wanted: &str) -> Result<(String, String), String> {
    let Some((group_title, title)) = wanted.split_once(" / ") else {
        let titles = source.methods.iter().map(|file| file.data.title.as_str());
        let help = did_you_mean(wanted, titles).unwrap_or_else(|| "its sections are the files in methods/.".to_owned());
        return Err(format!(
            "the spec has no section `{wanted}`; {help} A new one is named with its group: Orders / {wanted}"
        ));
    };
    let groups = &source.api.data.groups;
    let Some((group, _)) = groups.iter().find(|(_, group)| group.title.eq_ignore_ascii_case(group_title)) else {
        let help = did_you_mean(group_title, groups.iter().map(|(_, group)| group.title.as_str()));
        let help = help.unwrap_or_else(|| "add it to groups in api.yaml first".to_owned());
        return Err(format!("the spec has no group `{group_title}`; {help}"));
    };
    let path = super::section_path(group, title);
    if source.texts.files.contains_key(&path) {
        return Err(format!("{path} is there already, with another title; say: --section {path}"));
    }
    let text = super::section(group, title);
    Ok((path, text))
}

/// `Orders / Payments`, as the public list has it.
fn full_title(source: &Source, file: &File<MethodsFile>) -> String {
    let group = source.api.data.groups.get(&file.data.group);
    format!("{} / {}", group.map_or("", |group| &group.title), file.data.title)
}

/// The section of the method that has the most of the name in common, behind the verb.
fn similar_section(source: &Source, name: &str) -> Result<(String, String), String> {
    let common =
        |known: &str| noun(known).bytes().zip(noun(name).bytes()).take_while(|(one, other)| one == other).count();
    let nearest = methods(source).max_by_key(|(_, known)| common(known));
    match nearest.filter(|(_, known)| common(known) >= SIMILAR) {
        Some((file, _)) => Ok((file.path.clone(), source.texts.files[&file.path].clone())),
        None => Err(format!("no method is called similar to {name}; name its section, such as: --section orders")),
    }
}

/// The names of all methods, with their files.
fn methods(source: &Source) -> impl Iterator<Item = (&File<MethodsFile>, &str)> {
    source.methods.iter().flat_map(|file| file.data.methods.keys().map(move |name| (file, name)))
}

/// How many letters two names have in common at least, for one to say where the other belongs.
const SIMILAR: usize = 4;

/// A name without its verb: `OrderTags`.
fn noun(name: &str) -> &str {
    name.find(|c: char| c.is_ascii_uppercase()).map_or("", |at| &name[at..])
}
