//! Pages for people: every method at a glance, and the README of each package.

use serde::Serialize;
use tera::{Context, Tera};

use crate::model::{Access, Api, Group, Method, Paging};
use crate::{doc, python, rust, text, typescript};

/// The API as the templates see it.
#[derive(Debug, Serialize)]
pub struct DocsView {
    changelog_date: String,
    changelog_page: String,
    methods: usize,
    groups: Vec<GroupView>,
}

#[derive(Debug, Serialize)]
struct GroupView {
    feature: String,
    title: String,
    doc: String,
    sections: Vec<SectionView>,
}

#[derive(Debug, Serialize)]
struct SectionView {
    title: String,
    methods: Vec<MethodView>,
}

#[derive(Debug, Serialize)]
struct MethodView {
    wire: String,
    page: String,
    summary: String,
    deprecated: bool,
    rust: String,
    typescript: String,
    python: String,
    access: &'static str,
    paging: String,
    batch: String,
}

/// Makes the view.
pub fn view(api: &Api) -> DocsView {
    DocsView {
        changelog_date: api.changelog_date.clone(),
        changelog_page: api.changelog_page.clone(),
        methods: api.methods.len(),
        groups: api.groups.iter().map(|group| group_view(api, group)).collect(),
    }
}

fn group_view(api: &Api, group: &Group) -> GroupView {
    let mut sections: Vec<(&str, SectionView)> = Vec::new();
    for method in api.methods_of(&group.name) {
        let shown = method_view(method);
        match sections.iter_mut().find(|(file, _)| *file == method.file) {
            Some((_, section)) => section.methods.push(shown),
            None => sections.push((&method.file, SectionView { title: method.section.clone(), methods: vec![shown] })),
        }
    }
    sections.sort_by_key(|(file, _)| *file);
    GroupView {
        feature: rust::names::feature(&group.name),
        title: group.title.clone(),
        doc: group.doc.clone(),
        sections: sections.into_iter().map(|(_, section)| section).collect(),
    }
}

fn method_view(method: &Method) -> MethodView {
    MethodView {
        wire: method.wire.clone(),
        page: method.page.clone(),
        summary: doc::plain(&text::summary(&method.doc)).replace('|', "\\|"),
        deprecated: method.deprecated.is_some(),
        rust: rust::names::params_type(method),
        typescript: typescript::names::method(method),
        python: python::names::method(method),
        access: match (method.access, method.idempotent) {
            (Access::Read, _) => "read",
            (Access::Write, true) => "write",
            (Access::Write, false) => "write, not twice",
            (Access::Delete, _) => "delete",
            (Access::Action, _) => "action",
        },
        paging: method.paging.as_ref().map(paging).unwrap_or_default(),
        batch: method.batch.as_ref().map(|batch| format!("{} `{}`", batch.max, batch.param)).unwrap_or_default(),
    }
}

fn paging(paging: &Paging) -> String {
    let (Paging::Page { param, size, .. } | Paging::Cursor { param, size, .. }) = paging;
    match size {
        Some(size) => format!("{size} by `{param}`"),
        None => format!("by `{param}`"),
    }
}

/// Prints the pages.
///
/// # Panics
///
/// When a template does not fit the view, which is a bug.
#[must_use]
pub fn emit(view: &DocsView) -> Vec<(String, String)> {
    let pages = [
        ("METHODS.md", include_str!("../../templates/METHODS.md.tera")),
        ("rust/README.md", include_str!("../../templates/rust/README.md.tera")),
    ];
    pages.map(|(path, template)| (path.to_owned(), page(view, path, template))).into()
}

fn page(view: &DocsView, path: &str, template: &str) -> String {
    let mut tera = Tera::default();
    tera.add_raw_template(path, template)
        .and_then(|()| Context::from_serialize(view))
        .and_then(|context| tera.render(path, &context))
        .unwrap_or_else(|error| panic!("templates/{path}.tera: {error:?}"))
}
