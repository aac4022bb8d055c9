//! Which column names the rows.

use std::cmp::Reverse;

use super::{Field, FieldKind, Table, Value};

/// Names that fields with names have, the best first; in lower case, also as a part of others.
const NAMES: &[&str] = &[
    "naam",
    "name",
    "straatnaam",
    "straat",
    "wijk",
    "titel",
    "title",
    "label",
    "omschrijving",
    "description",
    "gemeente",
];

/// Rows looked at to see whether a field tells them apart.
const LOOKED_AT: usize = 12;

impl Table {
    /// The text field whose name says that names are in it: called so, or with such a word in it.
    pub fn field_called_name(&self) -> Option<usize> {
        let texts = || self.texts().map(|(at, field)| (at, field.name.to_lowercase()));
        let is_called = |wanted: &&str| texts().find(|(_, name)| name == wanted);
        let holds = |wanted: &&str| texts().find(|(_, name)| name.contains(*wanted));
        let found = NAMES.iter().find_map(is_called);
        found.or_else(|| NAMES.iter().find_map(holds)).map(|(at, _)| at)
    }

    fn texts(&self) -> impl DoubleEndedIterator<Item = (usize, &Field)> {
        self.fields.iter().enumerate().filter(|(_, field)| field.kind == FieldKind::Text)
    }

    /// The field that says most of what a row is: a text with a telling name that tells the first
    /// rows apart, or most of them; else any text that tells them apart. None without any text; one
    /// that holds addresses or anonymous nodes only where there is no other.
    pub fn naming_field(&self) -> Option<usize> {
        // Of equal ones the one with the better word, then the first.
        let best = self.texts().rev().max_by_key(|(at, field)| {
            let Seen { rows, different, is_readable } = self.first_values(*at);
            let (all, most) = (different == rows, different * 2 >= rows);
            let name = field.name.to_lowercase();
            let word = NAMES.iter().position(|word| name.contains(word));
            let rank = match (word.is_some(), all, most) {
                (true, true, _) => 4,
                (true, _, true) => 3,
                (false, true, _) => 2,
                (true, ..) => 1,
                (false, ..) => 0,
            };
            (is_readable, rank, Reverse(word))
        });
        best.map(|(at, _)| at)
    }

    fn first_values(&self, at: usize) -> Seen {
        let rows = 0..self.rows().min(LOOKED_AT);
        let values = rows.map(|row| self.value(row, at)).filter(|value| !value.is_null());
        let mut seen: Vec<Value<'_>> = Vec::new();
        for value in values {
            if !seen.contains(&value) {
                seen.push(value);
            }
        }
        let is_reference = |value: &Value<'_>| match value {
            Value::Text(text) => text.contains("://") || text.starts_with("_:"),
            _ => false,
        };
        Seen {
            rows: self.rows().min(LOOKED_AT),
            different: seen.len(),
            is_readable: seen.is_empty() || !seen.iter().all(is_reference),
        }
    }
}

/// What the first rows have in a field.
struct Seen {
    rows: usize,
    /// How many different values.
    different: usize,
    /// Whether any is more than a reference to something else.
    is_readable: bool,
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, StringArray};

    use super::*;

    fn named(columns: &[(&str, &[&str])]) -> Option<String> {
        let rows = columns.first().map_or(0, |(_, values)| values.len());
        let fields = columns.iter().map(|(name, _)| Field::new(*name, FieldKind::Text)).collect();
        let column = |values: &[&str]| -> ArrayRef {
            let text = |text: &&str| Some(*text).filter(|text| !text.is_empty()).map(str::to_owned);
            Arc::new(values.iter().map(text).collect::<StringArray>())
        };
        let columns = columns.iter().map(|(_, values)| column(values)).collect();
        let table = Table::new("t", rows, fields, columns, None).expect("columns of one length");
        table.naming_field().map(|at| table.fields[at].name.clone())
    }

    #[test]
    fn the_field_that_names_rows_is_found() {
        let (wijk, naam): (&[&str], &[&str]) = (&["Muide", "Muide", "Rabot"], &["a", "b", "c"]);
        let code: &[&str] = &["1", "2", "3"];
        // One that tells all apart goes before one that tells most.
        assert_eq!(named(&[("wijk", wijk), ("naam", naam)]).as_deref(), Some("naam"));
        assert_eq!(named(&[("code", code), ("wijk", wijk)]).as_deref(), Some("wijk"));
        let same: &[&str] = &["x", "x", "x"];
        assert_eq!(named(&[("code", code), ("naam", same)]).as_deref(), Some("code"));
        assert_eq!(named(&[("soort", same), ("naam", same)]).as_deref(), Some("naam"));
        assert_eq!(named(&[("omschrijving", naam), ("naam", naam)]).as_deref(), Some("naam"));
        // Addresses tell rows apart, but say nothing to a person.
        let (page, node): (&[&str], &[&str]) =
            (&["https://x.be/1", "https://x.be/2", ""], &["_:a", "_:b", "_:c"]);
        assert_eq!(named(&[("pagina", page), ("soort", same)]).as_deref(), Some("soort"));
        assert_eq!(named(&[("naam", node), ("soort", same)]).as_deref(), Some("soort"));
        assert_eq!(named(&[("pagina", page)]).as_deref(), Some("pagina"));
        assert_eq!(named(&[]), None);
    }
}
