//! Well-known text: geometry as people read it, in columns of CSV and on the clipboard.

mod read;
mod write;

use crate::table::GeometryRef;

pub(super) use read::{looks_like, read, srid};
pub(super) use write::push_text;

/// A geometry as WKT, with its coordinates as they are; nothing for none.
pub fn text(geometry: GeometryRef<'_>) -> String {
    let mut text = Vec::new();
    push_text(&mut text, geometry);
    String::from_utf8_lossy(&text).into_owned()
}
