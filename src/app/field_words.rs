//! What is said about a field: people read its label, and its technical name where the pointer rests.

use super::filter::kind_word;
use super::session::Session;
use crate::table::Field;

/// The technical name and the kind, the source's own words about the field, and whatever else.
pub(super) fn hint(session: &Session, field: &Field, origin: Option<String>) -> String {
    let kind = session.tr(kind_word(field.kind));
    let first = format!("{} ({kind})", field.name);
    let more = field.description.clone().into_iter().chain(origin);
    std::iter::once(first).chain(more).collect::<Vec<_>>().join("\n")
}
