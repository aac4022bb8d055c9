//! What writing a table as GPX changes.

use arrow_array::Array;

use super::plan::{Plan, Segments, Target};
use super::write_row::Rows;
use crate::formats::WriteOptions;
use crate::formats::xml::{count_places, is_writable, measures_dropped, value_changes};
use crate::problem::Problems;
use crate::table::{GeometryKind, GeometryRef, PartKind, Table};

pub(super) fn changes(table: &Table, _options: &WriteOptions) -> Problems {
    let mut problems = Problems::new();
    let segments = Segments::of(table);
    let left_out = segments.map(Segments::fields).unwrap_or_default();
    let of_kind = |wanted: PartKind| {
        count_places(table, |row| is_writable(row) && row.parts().any(|part| part.kind() == wanted))
    };
    let (points, areas) = (of_kind(PartKind::Point), of_kind(PartKind::Polygon));
    let target = if points > 0 { Target::Point } else { Target::Line };
    let plan = Plan::of(table, target, &left_out);
    for at in 0..table.fields.len() {
        // What is an extension has its kind told: an empty text is one.
        let is_extension = plan.extensions.iter().any(|extension| extension.field == at);
        value_changes(&mut problems, table, at, is_extension);
    }
    let rows = u64::try_from(table.rows()).unwrap_or(u64::MAX);
    let written = count_places(table, is_writable);
    problems.add("problem-rows-not-written", rows.saturating_sub(written));
    problems.add("problem-gpx-rings", areas);
    let several = |row: GeometryRef<'_>| {
        is_writable(row) && row.parts().filter(|part| part.kind() == PartKind::Point).count() > 1
    };
    problems.add("problem-gpx-points", count_places(table, several));
    let mixed = |row: GeometryRef<'_>| {
        row.kind() == GeometryKind::GeometryCollection
            && is_writable(row)
            && row.parts().any(|part| part.kind() == PartKind::Point)
            && row.parts().any(|part| part.kind() != PartKind::Point)
    };
    problems.add("problem-gpx-collection-split", count_places(table, mixed));
    let lines = count_places(table, |row| {
        is_writable(row) && row.parts().any(|part| part.kind() != PartKind::Point)
    });
    problems.add("problem-gpx-split", points.min(lines).min(1));
    let single = |row: GeometryRef<'_>| is_writable(row) && row.kind() == GeometryKind::LineString;
    let are_routes = Rows::new(table, &left_out).are_routes;
    problems.add("problem-gpx-multi", if are_routes { 0 } else { count_places(table, single) });
    if segments.is_some() {
        problems.add("problem-gpx-track-points", rows);
    }
    if let Some(ids) = &table.ids {
        let known = ids.len().saturating_sub(ids.null_count());
        problems.add("problem-ids-dropped", u64::try_from(known).unwrap_or(u64::MAX));
    }
    measures_dropped(&mut problems, table);
    problems
}
