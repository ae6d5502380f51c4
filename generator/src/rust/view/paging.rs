//! How a method is read page by page, as Rust sees it.

use crate::model::{Api, Field, Method, Paging, Type};
use crate::naming::{params_key, reply_key};
use crate::rust::names;
use crate::source::Advance;

/// How a method is read page by page.
#[derive(Debug)]
pub struct PagingView {
    /// The parameter that takes the cursor or the page number.
    pub cursor: CursorField,
    /// Whether the parameter must be given.
    pub required: bool,
    /// The reply field that lists the items.
    pub items: String,
    /// The type of that field.
    pub list: Type,
    /// The field of an item that the cursor is made of, where there is one.
    pub position: Option<CursorField>,
    /// How one page follows another.
    pub style: PagingStyle,
}

/// A field that holds a position.
#[derive(Debug)]
pub struct CursorField {
    /// Its name.
    pub ident: String,
    /// The identifier type it has, if it is no plain number.
    pub id: Option<String>,
}

/// How one page follows another.
#[derive(Debug)]
pub enum PagingStyle {
    /// By number.
    Page {
        /// The first number.
        first: u32,
        /// Items on a full page.
        size: Option<u32>,
    },
    /// By the greatest position seen.
    Cursor {
        /// What is added to it.
        step: u32,
        /// Items in a full reply.
        size: Option<u32>,
    },
}

/// Makes the view. Checks have made sure that the fields are there.
pub fn view(api: &Api, method: &Method) -> Option<PagingView> {
    let paging = method.paging.as_ref()?;
    let (Paging::Page { param, items, .. } | Paging::Cursor { param, items, .. }) = paging;
    let cursor = method.params.iter().find(|field| field.wire == *param)?;
    let list = method.reply.iter().find(|field| field.wire == *items)?;
    let (style, position) = match paging {
        Paging::Page { first, size, .. } => (PagingStyle::Page { first: *first, size: *size }, None),
        Paging::Cursor { field, advance, size, .. } => {
            let step = u32::from(*advance == Advance::Next);
            (PagingStyle::Cursor { step, size: *size }, Some(position(api, &list.ty, field)?))
        }
    };
    Some(PagingView {
        cursor: cursor_field(api, &params_key(method), cursor),
        required: cursor.required,
        items: names::field(&api.names, &reply_key(method), items),
        list: list.ty.clone(),
        position,
        style,
    })
}

fn position(api: &Api, list: &Type, wire: &str) -> Option<CursorField> {
    let Type::List(item) = list else { return None };
    let Type::Named(name) = &**item else { return None };
    let field = api.type_def(name).fields().iter().find(|field| field.wire == wire)?;
    Some(cursor_field(api, name, field))
}

fn cursor_field(api: &Api, owner: &str, field: &Field) -> CursorField {
    let id = match &field.ty {
        Type::Named(name) => Some(name.clone()),
        _ => None,
    };
    CursorField { ident: names::field(&api.names, owner, &field.wire), id }
}
