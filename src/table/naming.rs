//! Which column names the rows.

use super::{FieldKind, Table, Value};

/// Rows looked at to see whether a field tells them apart.
const LOOKED_AT: usize = 12;

impl Table {
    /// The field that says most of what a row is: a text with a telling name that tells the first
    /// rows apart, else one that is like that in part. None without any text.
    pub fn naming_field(&self) -> Option<usize> {
        let is_text =
            |at: &usize| self.fields.get(*at).is_some_and(|field| field.kind == FieldKind::Text);
        let is_name = |at: usize| {
            let name = self.fields.get(at).map(|field| field.name.to_lowercase());
            let name = name.unwrap_or_default();
            ["naam", "name", "wijk", "label", "title", "titel"]
                .iter()
                .any(|word| name.contains(word))
        };
        let tells_apart = |at: usize| {
            let rows = 0..self.rows().min(LOOKED_AT);
            let seen: Vec<Value<'_>> = rows.map(|row| self.value(row, at)).collect();
            let is_unlike = |(place, value): (usize, &Value<'_>)| {
                !value.is_null() && !seen.iter().take(place).any(|other| other == value)
            };
            seen.iter().enumerate().all(is_unlike)
        };
        let texts = (0..self.fields.len()).filter(is_text);
        // Of equal ones the first.
        texts.rev().max_by_key(|at| (tells_apart(*at), is_name(*at)))
    }
}
