//! The identity of rows: what makes a row the same row after filter, sort, export and reload.
//!
//! Portals change the row order between downloads, so a row's place in the file is not its
//! identity. It is the feature's own identifier if the source has unique ones, otherwise a hash of
//! the row's content, with a counter for rows that are equal in everything.
//!
//! Projects keep identities, so they are the same in every release and on every machine: the
//! content is hashed by a published function over bytes that are laid down here.

use std::collections::{HashMap, HashSet};
use std::io::Write;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef};
use serde::{Deserialize, Serialize};

use super::{GeometryKind, Table, Value};
use crate::jobs::in_parallel;

/// Rows hashed in one go.
const RUN: usize = 1 << 14;

/// The identity of one row. In JSON `{"id": "7"}` or `{"content": "00c3a5c85c97cb31", "number": 1}`,
/// the number left out where it is 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "Written", try_from = "Written")]
pub enum RowKey {
    /// The source's own identifier.
    Id(String),
    /// A hash of the content and, among rows of the same content, which one.
    Content(u64, u32),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Id {
        id: String,
    },
    /// In hexadecimal digits: not every program reads whole numbers of 64 bits exactly.
    Content {
        content: String,
        #[serde(default, skip_serializing_if = "is_first")]
        number: u32,
    },
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_first(number: &u32) -> bool {
    *number == 0
}

impl From<RowKey> for Written {
    fn from(key: RowKey) -> Written {
        match key {
            RowKey::Id(id) => Written::Id { id },
            RowKey::Content(hash, number) => {
                Written::Content { content: format!("{hash:016x}"), number }
            }
        }
    }
}

impl TryFrom<Written> for RowKey {
    type Error = std::num::ParseIntError;

    fn try_from(written: Written) -> Result<RowKey, Self::Error> {
        Ok(match written {
            Written::Id { id } => RowKey::Id(id),
            Written::Content { content, number } => {
                RowKey::Content(u64::from_str_radix(&content, 16)?, number)
            }
        })
    }
}

/// The identities of all rows of a table.
#[derive(Debug)]
pub struct Identity {
    keys: Vec<RowKey>,
    rows: HashMap<RowKey, u32>,
}

impl Identity {
    /// Computes the identities, on all cores.
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
    let texts: Vec<String> = if let Some(numbers) = ids.as_primitive_opt::<Int64Type>() {
        numbers.values().iter().map(i64::to_string).collect()
    } else {
        ids.as_string_opt::<i32>()?.iter().flatten().map(str::to_owned).collect()
    };
    let mut seen = HashSet::with_capacity(texts.len());
    let is_unique = texts.iter().all(|id| seen.insert(id.as_str()));
    is_unique.then(|| texts.iter().cloned().map(RowKey::Id).collect())
}

fn content_keys(table: &Table) -> Vec<RowKey> {
    let runs = (0..table.rows()).step_by(RUN).map(|start| start..(start + RUN).min(table.rows()));
    let hashes = in_parallel(runs, |rows| {
        let mut bytes = Vec::new();
        let hash = |row| {
            content(table, row, &mut bytes);
            fnv_1a(&bytes)
        };
        rows.map(hash).collect::<Vec<u64>>()
    });
    let mut met: HashMap<u64, u32> = HashMap::new();
    let key = |hash| {
        let number = met.entry(hash).or_default();
        let key = RowKey::Content(hash, *number);
        *number += 1;
        key
    };
    hashes.into_iter().flatten().map(key).collect()
}

/// The bytes that stand for a row: every value as data text (so that a column whose kind is found
/// differently next time keeps its hashes), ended by 0xFF, which is in no UTF-8; 0xFE for none;
/// then the number of the geometry's kind in well-known binary (OGC 06-103r4, section 8.2.8) and
/// its coordinates, x and y, as little-endian doubles.
fn content(table: &Table, row: usize, bytes: &mut Vec<u8>) {
    bytes.clear();
    for field in 0..table.fields.len() {
        // Memory takes everything.
        let _ = match table.value(row, field) {
            Value::Null => bytes.write_all(&[0xFE]),
            Value::Text(text) | Value::Json(text) => bytes.write_all(text.as_bytes()),
            Value::Boolean(value) => write!(bytes, "{value}"),
            Value::Integer(value) => write!(bytes, "{value}"),
            Value::Number(value) => write!(bytes, "{value}"),
            Value::Date(date) => write!(bytes, "{date}"),
            Value::DateTime(at, form) => bytes.write_all(form.write(at).as_bytes()),
        };
        bytes.push(0xFF);
    }
    if let Some(geometry) = &table.geometry {
        let geometry = geometry.row(row);
        bytes.push(match geometry.kind() {
            GeometryKind::Null => 0,
            GeometryKind::Point => 1,
            GeometryKind::LineString => 2,
            GeometryKind::Polygon => 3,
            GeometryKind::MultiPoint => 4,
            GeometryKind::MultiLineString => 5,
            GeometryKind::MultiPolygon => 6,
            GeometryKind::GeometryCollection => 7,
        });
        for coordinate in geometry.xy().iter().flatten() {
            bytes.extend_from_slice(&coordinate.to_bits().to_le_bytes());
        }
    }
}

/// FNV-1a of 64 bits (Fowler, Noll, Vo and Eastlake, "The FNV Non-Cryptographic Hash Algorithm",
/// RFC 9923, section 2).
pub(super) fn fnv_1a(bytes: &[u8]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    bytes.iter().fold(OFFSET, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{Int64Array, StringArray};

    use super::*;
    use crate::table::{Field, FieldKind, GeometryBuilder};

    const HASH_A: u64 = 0xe4f2_56cb_a9a9_ca65;
    const HASH_B: u64 = 0xf804_b4af_f472_719d;

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

    /// The test values of RFC 9923, appendix C (64 bits): the empty text, "a" and "foobar".
    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv_1a(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv_1a(b"a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(fnv_1a(b"foobar"), 0x8594_4171_f739_67e8);
    }

    /// What projects keep must not change: hashes computed apart, by Python:
    /// `fnv1a(b"a\xff" + b"\x01" + struct.pack("<dd", 1.0, 0.0))`.
    #[test]
    fn identities_are_the_same_for_good() {
        let table = table(&["a", "b", "b"], &[1.0, 2.0, 2.0]);
        let keys = [0, 1, 2].map(|row| table.identity().key(row).cloned());
        assert_eq!(
            keys,
            [
                Some(RowKey::Content(HASH_A, 0)),
                Some(RowKey::Content(HASH_B, 0)),
                Some(RowKey::Content(HASH_B, 1)),
            ]
        );
        let written = serde_json::to_string(&keys).unwrap_or_default();
        let expected = format!(
            r#"[{{"content":"{HASH_A:016x}"}},{{"content":"{HASH_B:016x}"}},{{"content":"{HASH_B:016x}","number":1}}]"#
        );
        assert_eq!(written, expected);
        assert_eq!(serde_json::from_str::<[Option<RowKey>; 3]>(&written).ok(), Some(keys));
        let id: Option<RowKey> = serde_json::from_str(r#"{"id":"7"}"#).ok();
        assert_eq!(id, Some(RowKey::Id("7".to_owned())));
        assert!(serde_json::from_str::<RowKey>(r#"{"content":"wijk"}"#).is_err());
    }
}
