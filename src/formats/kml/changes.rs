//! What writing a table as KML changes.

use super::plan::Plan;
use crate::formats::WriteOptions;
use crate::formats::pieces::count_rows;
use crate::formats::xml::{
    count_places, count_values, is_empty, is_writable, measures_dropped, tell, value_changes,
};
use crate::problem::Problems;
use crate::table::{FieldKind, GeometryKind, GeometryRef, PartKind, Table, Value};

/// Whole numbers that other programs read from a field of whole numbers.
const SHORT: std::ops::RangeInclusive<i64> = -2_147_483_648..=2_147_483_647;

/// How many whole numbers of a field are longer than that.
pub(super) fn long_numbers(table: &Table, at: usize) -> u64 {
    let long = |value: Value<'_>| match value {
        Value::Integer(number) => u64::from(!SHORT.contains(&number)),
        _ => 0,
    };
    count_values(table, at, long)
}

pub(super) fn changes(table: &Table, _options: &WriteOptions) -> Problems {
    let mut problems = Problems::new();
    let plan = Plan::of(table);
    for (at, field) in table.fields.iter().enumerate() {
        // Of extended data the schema tells that an empty text is one.
        let is_data = plan.data.contains(&at);
        value_changes(&mut problems, table, at, is_data);
        match field.kind {
            FieldKind::Integer if is_data => {
                tell(&mut problems, table, at, "problem-kml-long-integer", long_numbers(table, at));
            }
            FieldKind::Date | FieldKind::DateTime(_) if is_data => {
                tell(&mut problems, table, at, "problem-xml-as-text", 1);
            }
            _ => {}
        }
    }
    problems.add("problem-xml-empty-geometry", count_places(table, is_empty));
    let is_bad = |row: GeometryRef<'_>| !row.is_empty() && !is_writable(row);
    problems.add("problem-position-not-finite", count_places(table, is_bad));
    problems.add("problem-kml-collection", count_places(table, changes_kind));
    problems.add("problem-ring-closed", unclosed(table));
    measures_dropped(&mut problems, table);
    problems
}

fn unclosed(table: &Table) -> u64 {
    let Some(geometry) = &table.geometry else { return 0 };
    count_rows(geometry.len(), |row| {
        let polygons = geometry.row(row).parts().filter(|part| part.kind() == PartKind::Polygon);
        let rings = polygons.flat_map(|part| part.rings());
        let open = rings.filter(|ring| ring.xy().first() != ring.xy().last()).count();
        u64::try_from(open).unwrap_or(u64::MAX)
    })
}

/// Whether a collection reads back as something else: KML has one element for all groups.
fn changes_kind(row: GeometryRef<'_>) -> bool {
    if row.kind() != GeometryKind::GeometryCollection {
        return false;
    }
    let mut kinds: Vec<GeometryKind> = row.members().map(|(kind, _)| kind).collect();
    let nested = kinds.iter().any(|kind| kind.is_multi());
    kinds.dedup();
    nested || kinds.len() < 2
}
