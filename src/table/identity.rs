//! The identity of rows: what makes a row the same row after filter, sort, export and reload.
//!
//! Portals change the row order between downloads, so a row's place in the file is not its
//! identity. It is the feature's own identifier if the source has unique ones, otherwise a hash of
//! the row's content, with a counter for rows that are equal in everything.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use arrow_array::{Array, ArrayRef};
use arrow_cast::display::{ArrayFormatter, FormatOptions};

use super::Table;

/// The identity of one row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowKey {
    /// The source's own identifier.
    Id(String),
    /// A hash of the content and, among rows of the same content, which one.
    Content(u64, u32),
}

/// The identities of all rows of a table.
#[derive(Debug)]
pub struct Identity {
    keys: Vec<RowKey>,
    rows: HashMap<RowKey, u32>,
}

impl Identity {
    /// Computes the identities.
    pub fn of(table: &Table) -> Identity {
        let ids = table.ids.as_ref().and_then(unique_ids);
        let keys = ids.unwrap_or_else(|| content_keys(table));
        let numbered = keys.iter().cloned().zip(0..u32::MAX);
        Identity { rows: numbered.collect(), keys }
    }

    /// The identity of a row.
    pub fn key(&self, row: usize) -> Option<&RowKey> {
        self.keys.get(row)
    }

    /// The row with an identity.
    pub fn row(&self, key: &RowKey) -> Option<usize> {
        self.rows.get(key).map(|row| *row as usize)
    }
}

fn unique_ids(ids: &ArrayRef) -> Option<Vec<RowKey>> {
    if ids.null_count() > 0 {
        return None;
    }
    let options = FormatOptions::default();
    let texts = ArrayFormatter::try_new(ids.as_ref(), &options).ok()?;
    let mut seen = std::collections::HashSet::with_capacity(ids.len());
    let keys = (0..ids.len()).map(|row| texts.value(row).to_string());
    keys.map(|id| seen.insert(id.clone()).then_some(RowKey::Id(id))).collect()
}

fn content_keys(table: &Table) -> Vec<RowKey> {
    let options = FormatOptions::default().with_null("\u{0}");
    let columns: Vec<_> = table
        .columns
        .iter()
        .filter_map(|column| ArrayFormatter::try_new(column.as_ref(), &options).ok())
        .collect();
    let mut met: HashMap<u64, u32> = HashMap::new();
    (0..table.rows())
        .map(|row| {
            // `DefaultHasher::new` hashes with fixed keys: the same content, the same number, in
            // every run of one release of the program. Nothing that is saved depends on it.
            let mut hasher = DefaultHasher::new();
            for column in &columns {
                column.value(row).to_string().hash(&mut hasher);
            }
            if let Some(geometry) = &table.geometry {
                let geometry = geometry.row(row);
                geometry.kind().hash(&mut hasher);
                for [x, y] in geometry.xy() {
                    (x.to_bits(), y.to_bits()).hash(&mut hasher);
                }
            }
            let hash = hasher.finish();
            let number = met.entry(hash).or_default();
            let key = RowKey::Content(hash, *number);
            *number += 1;
            key
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Int64Array, StringArray};

    use super::*;
    use crate::table::{Field, FieldKind, GeometryBuilder};

    fn table(names: &[&str], xs: &[f64]) -> Table {
        let mut builder = GeometryBuilder::new();
        xs.iter().for_each(|x| builder.push_point([*x, 0.0]));
        let names: ArrayRef = Arc::new(StringArray::from(names.to_vec()));
        Table::new(
            "t",
            xs.len(),
            vec![Field::new("n", FieldKind::Text)],
            vec![names],
            builder.finish().ok(),
        )
        .unwrap_or_else(|error| panic!("{error}"))
    }

    #[test]
    fn a_row_keeps_its_key_when_the_order_changes() {
        let first = table(&["a", "b", "b", "a"], &[1.0, 2.0, 2.0, 3.0]);
        let second = table(&["b", "a", "a", "b"], &[2.0, 3.0, 1.0, 2.0]);
        let row_of = |row: usize| {
            let key = first.identity().key(row)?;
            second.identity().row(key)
        };
        assert_eq!(
            [row_of(0), row_of(1), row_of(2), row_of(3)],
            [Some(2), Some(0), Some(3), Some(1)]
        );
    }

    #[test]
    fn ids_that_repeat_are_no_identity() {
        let mut with_ids = table(&["a", "b"], &[1.0, 2.0]);
        with_ids.ids = Some(Arc::new(Int64Array::from(vec![7, 7])));
        assert!(matches!(with_ids.identity().key(0), Some(RowKey::Content(..))));
        let mut unique = table(&["a", "b"], &[1.0, 2.0]);
        unique.ids = Some(Arc::new(Int64Array::from(vec![7, 8])));
        assert_eq!(unique.identity().key(1), Some(&RowKey::Id("8".to_owned())));
    }
}
