//! What a table becomes in a GeoPackage, and what that changes.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, Int64Array};

use super::names::Names;
use super::values::Values;
use crate::formats::pieces::all_runs;
use crate::i18n::Arg;
use crate::problem::{Place, Problems};
use crate::table::{
    DateTimeForm, Field, FieldKind, GeometryColumn, GeometryKind, GeometryRef, Offset, PartKind,
    Table,
};

/// A column of the table, and where its values come from.
pub(super) struct ColumnPlan<'a> {
    pub name: String,
    /// The type it is declared with.
    pub declared: &'static str,
    pub values: Values<'a>,
    pub label: Option<&'a str>,
    pub description: Option<&'a str>,
    pub is_json: bool,
}

impl ColumnPlan<'_> {
    /// Whether more is known of it than name and type.
    pub(super) fn is_described(&self) -> bool {
        self.label.is_some() || self.description.is_some() || self.is_json
    }
}

/// The geometry column.
pub(super) struct GeometryPlan<'a> {
    pub column: &'a GeometryColumn,
    pub name: String,
    /// The type it is declared with.
    pub declared: &'static str,
    /// Whether rows have heights and measures: none 0, all 1, some 2.
    pub z: u8,
    pub m: u8,
}

/// A layer of the file.
pub(super) struct LayerPlan<'a> {
    pub table: &'a Table,
    pub name: String,
    /// The name of the column with the numbers of the rows.
    pub key: String,
    /// The rows' own numbers, where they can be those of the file.
    pub keys: Option<&'a Int64Array>,
    pub geometry: Option<GeometryPlan<'a>>,
    pub columns: Vec<ColumnPlan<'a>>,
    pub problems: Problems,
}

impl<'a> LayerPlan<'a> {
    /// Looks at the whole table.
    pub(super) fn of(table: &'a Table, tables: &mut Names) -> LayerPlan<'a> {
        let mut problems = Problems::new();
        let name = tables.of_table(&table.name);
        if name != table.name {
            let args =
                vec![("from", Arg::Text(table.name.clone())), ("to", Arg::Text(name.clone()))];
            problems.report("problem-layer-renamed", 1, args, None);
        }
        let mut names = Names::default();
        // Fields keep their names; what is added gets out of their way.
        let fields = table.fields.iter().zip(&table.columns).enumerate();
        let mut columns: Vec<ColumnPlan<'a>> = fields
            .filter_map(|(at, (field, array))| {
                let name = names.unique(&field.name, &format!("field_{}", at + 1));
                if name != field.name {
                    let args = vec![
                        ("from", Arg::Text(field.name.clone())),
                        ("to", Arg::Text(name.clone())),
                    ];
                    problems.report("problem-geopackage-field-name", 1, args, None);
                }
                column(field, array, name, &mut problems)
            })
            .collect();
        let key = names.of_key();
        let geometry = table.geometry.as_deref().map(|column| {
            let name = names.unique("geom", "geom");
            if table.crs.is_none() {
                problems.add("problem-geopackage-no-crs", 1);
            }
            GeometryPlan::of(column, name, &mut problems)
        });
        let (keys, id) = ids(table, &mut names, &mut problems);
        columns.splice(0..0, id);
        LayerPlan { table, name, key, keys, geometry, columns, problems }
    }

    /// The number of a row (from 0) in the file.
    pub(super) fn key_of(&self, row: usize) -> i64 {
        match self.keys {
            Some(keys) if row < keys.len() => keys.value(row),
            _ => i64::try_from(row).unwrap_or(i64::MAX).saturating_add(1),
        }
    }
}

fn column<'a>(
    field: &'a Field,
    array: &'a dyn Array,
    name: String,
    problems: &mut Problems,
) -> Option<ColumnPlan<'a>> {
    // The array's type is the kind's.
    let values = Values::of(field.kind, array)?;
    values.report(&field.name, problems);
    if let FieldKind::DateTime(DateTimeForm { offset, .. }) = field.kind {
        let id = match offset {
            Offset::Zulu | Offset::Minutes { minutes: 0, .. } => None,
            Offset::None => Some("problem-geopackage-as-utc"),
            Offset::Minutes { .. } => Some("problem-geopackage-to-utc"),
        };
        if let Some(id) = id {
            let count = (array.len() - array.null_count()) as u64;
            problems.report(id, count, vec![("field", Arg::Text(field.name.clone()))], None);
        }
    }
    Some(ColumnPlan {
        name,
        declared: values.declared(),
        values,
        label: field.label.as_deref(),
        description: field.description.as_deref(),
        is_json: field.kind == FieldKind::Json,
    })
}

/// The rows' own identifiers: as their numbers where these go up from row to row, so that the
/// order of the rows stays; else as a column.
fn ids<'a>(
    table: &'a Table,
    names: &mut Names,
    problems: &mut Problems,
) -> (Option<&'a Int64Array>, Option<ColumnPlan<'a>>) {
    let Some(ids) = table.ids.as_deref() else { return (None, None) };
    let numbers = ids.as_primitive_opt::<Int64Type>();
    let goes_up = |numbers: &&Int64Array| {
        numbers.null_count() == 0 && numbers.values().is_sorted_by(|a, b| a < b)
    };
    if let Some(numbers) = numbers.filter(goes_up) {
        return (Some(numbers), None);
    }
    let kind = if numbers.is_some() { FieldKind::Integer } else { FieldKind::Text };
    let Some(values) = Values::of(kind, ids) else { return (None, None) };
    let name = names.unique("id", "id");
    let args = vec![("field", Arg::Text(name.clone()))];
    problems.report("problem-geopackage-ids", (ids.len() - ids.null_count()) as u64, args, None);
    let column = ColumnPlan {
        name,
        declared: values.declared(),
        values,
        label: None,
        description: None,
        is_json: false,
    };
    (None, Some(column))
}

/// What is found in the geometries of some rows.
#[derive(Default)]
struct Measured {
    /// Rows with a geometry.
    rows: u64,
    with_z: u64,
    with_m: u64,
    /// Rings to be closed.
    open_rings: u64,
    problems: Problems,
}

impl Measured {
    fn add(&mut self, number: usize, row: GeometryRef<'_>) {
        if row.kind() == GeometryKind::Null {
            return;
        }
        if !is_writable(row) {
            self.problems.at("problem-position-not-finite", Place::Row(number as u64 + 1));
            return;
        }
        let known = |values: &[f64]| values.iter().any(|value| !value.is_nan());
        let rings = || row.parts().flat_map(|part| part.rings());
        self.rows += 1;
        self.with_z += u64::from(rings().any(|ring| known(ring.z())));
        self.with_m += u64::from(rings().any(|ring| known(ring.m())));
        let polygons = row.parts().filter(|part| part.kind() == PartKind::Polygon);
        let open = polygons.flat_map(|part| part.rings());
        self.open_rings += open.filter(|ring| ring.xy().first() != ring.xy().last()).count() as u64;
    }
}

/// Whether all positions are numbers.
pub(super) fn is_writable(row: GeometryRef<'_>) -> bool {
    row.xy().iter().all(|[x, y]| x.is_finite() && y.is_finite())
}

impl<'a> GeometryPlan<'a> {
    fn of(column: &'a GeometryColumn, name: String, problems: &mut Problems) -> GeometryPlan<'a> {
        let mut all = Measured::default();
        let measure = |run: Range<usize>| {
            let mut some = Measured::default();
            run.for_each(|number| some.add(number, column.row(number)));
            some
        };
        all_runs(column.len(), measure, |some| {
            all.rows += some.rows;
            all.with_z += some.with_z;
            all.with_m += some.with_m;
            all.open_rings += some.open_rings;
            problems.extend(some.problems);
        });
        problems.add("problem-ring-closed", all.open_rings);
        let share = |some: u64| match some {
            0 => 0,
            some if some == all.rows => 1,
            _ => 2,
        };
        let declared = match column.types().as_slice() {
            [GeometryKind::Point] => "POINT",
            [GeometryKind::LineString] => "LINESTRING",
            [GeometryKind::Polygon] => "POLYGON",
            [GeometryKind::MultiPoint] => "MULTIPOINT",
            [GeometryKind::MultiLineString] => "MULTILINESTRING",
            [GeometryKind::MultiPolygon] => "MULTIPOLYGON",
            [GeometryKind::GeometryCollection] => "GEOMETRYCOLLECTION",
            _ => "GEOMETRY",
        };
        GeometryPlan { column, name, declared, z: share(all.with_z), m: share(all.with_m) }
    }
}
