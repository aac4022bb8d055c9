//! What writing values and geometry as XML changes, in any format.

use crate::formats::pieces::count_rows;
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::{FieldKind, GeometryKind, GeometryRef, Table, Value};

use super::write::unwritable;

/// How many values of a field, or what else they count.
pub(in crate::formats) fn count_values(
    table: &Table,
    field: usize,
    of: impl Fn(Value<'_>) -> u64 + Sync,
) -> u64 {
    count_rows(table.rows(), |row| of(table.value(row, field)))
}

/// How many rows have such geometry.
pub(in crate::formats) fn count_places(
    table: &Table,
    is_so: impl Fn(GeometryRef<'_>) -> bool + Sync,
) -> u64 {
    let Some(geometry) = &table.geometry else { return 0 };
    count_rows(geometry.len(), |row| u64::from(is_so(geometry.row(row))))
}

/// Tells a change of so many values of a field.
pub(in crate::formats) fn tell(
    problems: &mut Problems,
    table: &Table,
    field: usize,
    id: &'static str,
    count: u64,
) {
    let name = table.fields.get(field).map(|field| field.name.clone()).unwrap_or_default();
    problems.report(id, count, vec![("field", Arg::Text(name))], None);
}

/// What is lost of the values of a field: characters that XML does not have, numbers that are
/// none; where an empty text would be read as no value, those too.
pub(in crate::formats) fn value_changes(
    problems: &mut Problems,
    table: &Table,
    field: usize,
    keeps_empty: bool,
) {
    match table.fields.get(field).map(|field| field.kind) {
        Some(FieldKind::Text | FieldKind::Json) => {
            let characters = |value: Value<'_>| match value {
                Value::Text(text) | Value::Json(text) => unwritable(text),
                _ => 0,
            };
            let count = count_values(table, field, characters);
            tell(problems, table, field, "problem-xml-characters", count);
            if !keeps_empty {
                let empty = |value: Value<'_>| u64::from(matches!(value, Value::Text("")));
                let count = count_values(table, field, empty);
                tell(problems, table, field, "problem-xml-empty-text", count);
            }
        }
        Some(FieldKind::Number) => {
            let bad = |value: Value<'_>| match value {
                Value::Number(number) => u64::from(!number.is_finite()),
                _ => 0,
            };
            let count = count_values(table, field, bad);
            tell(problems, table, field, "problem-number-not-finite", count);
        }
        _ => {}
    }
}

/// Rows whose geometry is there, but holds no position.
pub(in crate::formats) fn is_empty(row: GeometryRef<'_>) -> bool {
    row.is_empty() && row.kind() != GeometryKind::Null
}

/// Whether a geometry has positions, and all are numbers.
pub(in crate::formats) fn is_writable(row: GeometryRef<'_>) -> bool {
    !row.is_empty() && row.xy().iter().all(|[x, y]| x.is_finite() && y.is_finite())
}

/// What is lost of all geometry: measures.
pub(in crate::formats) fn measures_dropped(problems: &mut Problems, table: &Table) {
    let measured = |row: GeometryRef<'_>| {
        row.parts().any(|part| part.rings().any(|ring| ring.m().iter().any(|m| m.is_finite())))
    };
    if table.geometry.as_ref().is_some_and(|geometry| geometry.has_m()) {
        problems.add("problem-xml-measures-dropped", count_places(table, measured));
    }
}
