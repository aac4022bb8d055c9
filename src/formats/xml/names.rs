//! What rows are called, and names that elements can have.

use crate::table::{FieldKind, Table};

/// Fields that may be what people call a row, the likeliest first.
const NAMES: [&str; 7] = ["name", "naam", "titel", "title", "label", "benaming", "nom"];

/// The field of texts, among these, that holds what people call a row.
pub(in crate::formats) fn name_field(table: &Table, among: &[usize]) -> Option<usize> {
    let name = |at: usize| table.fields.get(at).map(|field| field.name.to_lowercase());
    let is_text =
        |at: &usize| table.fields.get(*at).is_some_and(|field| field.kind == FieldKind::Text);
    let texts = || among.iter().copied().filter(is_text);
    let called = |wanted: &str| texts().find(|at| name(*at).as_deref() == Some(wanted));
    let holds = |part: &str| texts().find(|at| name(*at).is_some_and(|name| name.contains(part)));
    NAMES.into_iter().find_map(called).or_else(|| holds("naam")).or_else(|| holds("name"))
}

/// A name that an element can have (Namespaces in XML 1.0, `NCName`), as like as can be.
pub(in crate::formats) fn element_name(name: &str) -> String {
    let is_fine = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    // Letters beyond ASCII are fine where they are letters in every version of Unicode.
    let is_plain = |c: char| is_fine(c) && (c.is_ascii() || ('À'..='ɏ').contains(&c));
    let mut made: String = name.chars().map(|c| if is_plain(c) { c } else { '_' }).collect();
    if !made.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        made.insert(0, '_');
    }
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_fields_become_names_of_elements() {
        for (name, expected) in [
            ("naam", "naam"),
            ("Straat naam", "Straat_naam"),
            ("3D", "_3D"),
            ("", "_"),
            ("-x", "_-x"),
            ("één:twee", "één_twee"),
            ("a×b", "a_b"),
            ("名", "_"),
        ] {
            assert_eq!(element_name(name), expected);
        }
    }
}
