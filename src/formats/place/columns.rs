//! The place of rows as columns, for formats that have nothing but columns: CSV and spreadsheets.

use crate::crs::Crs;
use crate::formats::PlaceAs;
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::{GeometryKind, GeometryRef, Table};

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// What the columns of the place are called; none where the table has none or it is not written.
pub(in crate::formats) fn names(table: &Table, place: PlaceAs) -> Vec<String> {
    if table.geometry.is_none() {
        return Vec::new();
    }
    let geographic = table.crs.as_ref().is_some_and(|crs| crs.crs.is_geographic());
    let swapped = table.crs.as_ref().is_some_and(|crs| crs.swapped);
    let wanted: &[&str] = match (place, geographic, swapped) {
        (PlaceAs::None, ..) => &[],
        (PlaceAs::Wkt, ..) => &["WKT"],
        (PlaceAs::Columns, true, false) => &["lon", "lat"],
        (PlaceAs::Columns, true, true) => &["lat", "lon"],
        (PlaceAs::Columns, false, false) => &["x", "y"],
        (PlaceAs::Columns, false, true) => &["y", "x"],
    };
    wanted.iter().map(|name| free_name(table, name)).collect()
}

/// A column name that the table does not have yet.
fn free_name(table: &Table, wanted: &str) -> String {
    let mut name = wanted.to_owned();
    let mut number = 2;
    while table.field_index(&name).is_some() {
        name = format!("{wanted}_{number}");
        number += 1;
    }
    name
}

/// The point of a row that has just one.
pub(in crate::formats) fn point_of(row: GeometryRef<'_>) -> Option<[f64; 2]> {
    match (row.kind(), row.xy()) {
        (GeometryKind::Point | GeometryKind::MultiPoint, [point])
            if point.iter().all(|number| number.is_finite()) =>
        {
            Some(*point)
        }
        _ => None,
    }
}

/// What writing the place as columns loses.
pub(in crate::formats) fn changes(table: &Table, place: PlaceAs, problems: &mut Problems) {
    let Some(geometry) = &table.geometry else { return };
    let rows = || geometry.iter();
    match place {
        PlaceAs::None => {
            let places = rows().filter(|row| !row.is_empty()).count();
            return problems.add("problem-csv-places-dropped", count(places));
        }
        PlaceAs::Columns => {
            let lost = rows().filter(|row| !row.is_empty() && point_of(*row).is_none()).count();
            problems.add("problem-csv-only-points", count(lost));
            if geometry.has_z() || geometry.has_m() {
                problems.add("problem-csv-heights-dropped", 1);
            }
        }
        PlaceAs::Wkt => {
            let finite = |row: &GeometryRef<'_>| {
                row.xy().iter().all(|[x, y]| x.is_finite() && y.is_finite())
            };
            problems
                .add("problem-position-not-finite", count(rows().filter(|r| !finite(r)).count()));
        }
    }
    let wgs84 = table.crs.as_ref().is_some_and(|c| c.crs.same_as(&Crs::wgs84()) && !c.swapped);
    if !wgs84 {
        let label = table.crs.as_ref().map_or_else(|| "?".to_owned(), |crs| crs.crs.label());
        problems.report("problem-csv-crs", 1, vec![("crs", Arg::Text(label))], None);
    }
}
