//! Places in GeoParquet's encodings, into the geometry column.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::Float64Type;
use arrow_array::{Array, ArrayRef, Float64Array};
use arrow_cast::cast;
use arrow_schema::DataType;

use super::geo::{Encoding, Native};
use crate::formats::wkb::{self, Tally, WkbError};
use crate::table::{GeometryBuilder, GeometryKind, PartKind};

/// Adds the places of a piece of a column. `before` rows came before it.
///
/// # Errors
/// When the column is of another type than its encoding has.
pub(super) fn read(
    encoding: Encoding,
    piece: &ArrayRef,
    before: u64,
    builder: &mut GeometryBuilder,
    tally: &mut Tally,
) -> Result<(), OtherType> {
    match encoding {
        Encoding::Wkb => read_wkb(piece, before, builder, tally),
        Encoding::Native(native) => read_native(native, piece, before, builder, tally),
    }
}

/// A column that is not of the type its encoding has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct OtherType;

fn read_wkb(
    piece: &ArrayRef,
    before: u64,
    builder: &mut GeometryBuilder,
    tally: &mut Tally,
) -> Result<(), OtherType> {
    fn all<'a>(
        values: impl Iterator<Item = Option<&'a [u8]>>,
        before: u64,
        builder: &mut GeometryBuilder,
        tally: &mut Tally,
    ) {
        for (row, value) in (before + 1..).zip(values) {
            match value {
                Some(bytes) => tally.take(wkb::read(bytes, builder), row),
                None => builder.push_null(),
            }
        }
    }
    if let Some(views) = piece.as_binary_view_opt() {
        all(views.iter(), before, builder, tally);
    } else if let Some(values) = piece.as_binary_opt::<i32>() {
        all(values.iter(), before, builder, tally);
    } else if let Some(values) = piece.as_binary_opt::<i64>() {
        all(values.iter(), before, builder, tally);
    } else {
        return Err(OtherType);
    }
    Ok(())
}

/// The numbers of positions: in a column each, or one after another.
struct Positions {
    x: Float64Array,
    y: Float64Array,
    z: Option<Float64Array>,
    m: Option<Float64Array>,
    /// The numbers of a position; 1 where each has a column of its own.
    stride: usize,
    /// Where in a position each number stands.
    places: [usize; 4],
}

impl Positions {
    fn of(array: &ArrayRef) -> Result<Positions, OtherType> {
        let numbers = |array: &ArrayRef| {
            let numbers = cast(array, &DataType::Float64).map_err(|_| OtherType)?;
            Ok::<_, OtherType>(numbers.as_primitive::<Float64Type>().clone())
        };
        if let Some(record) = array.as_struct_opt() {
            let column = |name| record.column_by_name(name).map(numbers).transpose();
            let (Some(x), Some(y)) = (column("x")?, column("y")?) else { return Err(OtherType) };
            return Ok(Positions {
                x,
                y,
                z: column("z")?,
                m: column("m")?,
                stride: 1,
                places: [0; 4],
            });
        }
        let list = array.as_fixed_size_list_opt().ok_or(OtherType)?;
        let stride = usize::try_from(list.value_length()).map_err(|_| OtherType)?;
        let DataType::FixedSizeList(item, _) = list.data_type() else { return Err(OtherType) };
        let m_is_third = item.name().eq_ignore_ascii_case("xym");
        let all = numbers(list.values())?;
        let (z, m, places) = match stride {
            2 => (None, None, [0, 1, 0, 0]),
            3 if m_is_third => (None, Some(all.clone()), [0, 1, 0, 2]),
            3 => (Some(all.clone()), None, [0, 1, 2, 0]),
            4 => (Some(all.clone()), Some(all.clone()), [0, 1, 2, 3]),
            _ => return Err(OtherType),
        };
        Ok(Positions { x: all.clone(), y: all, z, m, stride, places })
    }

    fn number(&self, array: &Float64Array, which: usize, at: usize) -> f64 {
        let place = self.places.get(which).copied().unwrap_or_default();
        let at = at.saturating_mul(self.stride).saturating_add(place);
        if at < array.len() && array.is_valid(at) { array.value(at) } else { f64::NAN }
    }

    fn xy(&self, at: usize) -> [f64; 2] {
        [self.number(&self.x, 0, at), self.number(&self.y, 1, at)]
    }

    fn add(&self, at: usize, builder: &mut GeometryBuilder) {
        let z = self.z.as_ref().map(|z| self.number(z, 2, at));
        let m = self.m.as_ref().map(|m| self.number(m, 3, at));
        builder.coord(self.xy(at), z, m);
    }
}

/// A list around lists or positions: where each of its items ends, and what is in them.
struct Level {
    ends: Vec<usize>,
}

impl Level {
    /// Takes the outermost list off an array.
    fn of(array: &ArrayRef) -> Result<(Level, ArrayRef), OtherType> {
        if let Some(list) = array.as_list_opt::<i32>() {
            let ends = list.value_offsets().iter().map(|end| usize::try_from(*end));
            let ends = ends.collect::<Result<_, _>>().map_err(|_| OtherType)?;
            return Ok((Level { ends }, list.values().clone()));
        }
        let list = array.as_list_opt::<i64>().ok_or(OtherType)?;
        let ends = list.value_offsets().iter().map(|end| usize::try_from(*end));
        let ends = ends.collect::<Result<_, _>>().map_err(|_| OtherType)?;
        Ok((Level { ends }, list.values().clone()))
    }

    fn run(&self, at: usize) -> Range<usize> {
        match self.ends.get(at..at.saturating_add(2)) {
            Some([start, end]) => *start..*end,
            _ => 0..0,
        }
    }
}

fn read_native(
    native: Native,
    piece: &ArrayRef,
    before: u64,
    builder: &mut GeometryBuilder,
    tally: &mut Tally,
) -> Result<(), OtherType> {
    let (kind, part_kind, depth) = match native {
        Native::Point => (GeometryKind::Point, PartKind::Point, 0),
        Native::LineString => (GeometryKind::LineString, PartKind::Line, 1),
        Native::Polygon => (GeometryKind::Polygon, PartKind::Polygon, 2),
        Native::MultiPoint => (GeometryKind::MultiPoint, PartKind::Point, 1),
        Native::MultiLineString => (GeometryKind::MultiLineString, PartKind::Line, 2),
        Native::MultiPolygon => (GeometryKind::MultiPolygon, PartKind::Polygon, 3),
    };
    let (mut levels, mut inner) = (Vec::new(), piece.clone());
    for _ in 0..depth {
        let (level, items) = Level::of(&inner)?;
        levels.push(level);
        inner = items;
    }
    let positions = Positions::of(&inner)?;
    for (row, number) in (0..piece.len()).zip(before + 1..) {
        if piece.is_null(row) {
            builder.push_null();
            continue;
        }
        builder.begin_row(kind);
        match (native, levels.as_slice()) {
            (Native::Point, _) => add_point(&positions, row, builder),
            (Native::MultiPoint, [row_points]) => {
                row_points.run(row).for_each(|at| add_point(&positions, at, builder));
            }
            (Native::LineString, [row_line]) => {
                add_part(part_kind, [row_line.run(row)], &positions, builder);
            }
            (Native::MultiLineString, [row_lines, line]) => {
                for at in row_lines.run(row) {
                    add_part(part_kind, [line.run(at)], &positions, builder);
                }
            }
            (Native::Polygon, [row_rings, ring]) => {
                let rings = row_rings.run(row).map(|at| ring.run(at));
                add_part(part_kind, rings, &positions, builder);
            }
            (Native::MultiPolygon, [row_polygons, polygon, ring]) => {
                for at in row_polygons.run(row) {
                    let rings = polygon.run(at).map(|at| ring.run(at));
                    add_part(part_kind, rings, &positions, builder);
                }
            }
            _ => {
                builder.cancel_row();
                builder.push_null();
                tally.take(Err(WkbError::Unknown), number);
                continue;
            }
        }
        builder.end_row();
    }
    Ok(())
}

/// A point of NaN is an empty one.
fn add_point(positions: &Positions, at: usize, builder: &mut GeometryBuilder) {
    if !positions.xy(at)[0].is_nan() {
        builder.begin_part(PartKind::Point);
        builder.begin_ring();
        positions.add(at, builder);
    }
}

/// Adds a part of these rings; nothing where there is none, or a line without positions.
fn add_part(
    kind: PartKind,
    rings: impl IntoIterator<Item = Range<usize>>,
    positions: &Positions,
    builder: &mut GeometryBuilder,
) {
    let mut begun = false;
    for ring in rings {
        if kind == PartKind::Line && ring.is_empty() {
            continue;
        }
        if !std::mem::replace(&mut begun, true) {
            builder.begin_part(kind);
        }
        builder.begin_ring();
        ring.for_each(|at| positions.add(at, builder));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::builder::{FixedSizeListBuilder, Float64Builder, ListBuilder};
    use arrow_array::{BinaryArray, Int32Array, StructArray};
    use arrow_schema::Field;

    use super::*;
    use crate::formats::wkt;
    use crate::problem::Problems;

    fn texts(encoding: Encoding, array: &ArrayRef) -> Vec<String> {
        let (mut builder, mut tally) = (GeometryBuilder::new(), Tally::default());
        read(encoding, array, 10, &mut builder, &mut tally).unwrap();
        let mut problems = Problems::new();
        tally.report(&mut problems);
        assert_eq!(problems.count("problem-geometry-not-read"), 0);
        builder.finish().unwrap().iter().map(wkt::text).collect()
    }

    fn separated(numbers: &[(&str, &[f64])]) -> ArrayRef {
        let columns = numbers.iter().map(|(name, values)| {
            let field = Arc::new(Field::new(*name, DataType::Float64, true));
            (field, Arc::new(Float64Array::from(values.to_vec())) as ArrayRef)
        });
        Arc::new(StructArray::from(columns.collect::<Vec<_>>()))
    }

    fn listed(offsets: &[i32], items: ArrayRef) -> ArrayRef {
        let field = Arc::new(Field::new("item", items.data_type().clone(), true));
        let offsets = arrow_buffer::OffsetBuffer::new(offsets.to_vec().into());
        Arc::new(arrow_array::ListArray::new(field, offsets, items, None))
    }

    #[test]
    fn positions_in_columns_of_their_own() {
        let points = separated(&[("x", &[1.0, f64::NAN, 5.0]), ("y", &[2.0, f64::NAN, 6.0])]);
        let native = |native| Encoding::Native(native);
        assert_eq!(
            texts(native(Native::Point), &points),
            ["POINT (1 2)", "POINT EMPTY", "POINT (5 6)"]
        );
        let heights = separated(&[("x", &[1.0]), ("y", &[2.0]), ("z", &[3.0]), ("m", &[4.0])]);
        assert_eq!(texts(native(Native::Point), &heights), ["POINT ZM (1 2 3 4)"]);

        let x: Vec<f64> = vec![0.0, 4.0, 4.0, 0.0, 1.0, 2.0, 2.0, 1.0];
        let y: Vec<f64> = vec![0.0, 0.0, 4.0, 0.0, 1.0, 1.0, 2.0, 1.0];
        let positions = separated(&[("x", &x), ("y", &y)]);
        let rings = listed(&[0, 4, 8], positions.clone());
        assert_eq!(
            texts(native(Native::LineString), &rings),
            ["LINESTRING (0 0, 4 0, 4 4, 0 0)", "LINESTRING (1 1, 2 1, 2 2, 1 1)"]
        );
        assert_eq!(texts(native(Native::MultiPoint), &listed(&[0, 2, 2, 8], positions)).len(), 3);
        let polygon = listed(&[0, 2, 2], rings.clone());
        let whole = "((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))";
        assert_eq!(
            texts(native(Native::Polygon), &polygon),
            [format!("POLYGON {whole}"), "POLYGON EMPTY".to_owned()]
        );
        assert_eq!(
            texts(native(Native::MultiLineString), &listed(&[0, 2], rings)),
            ["MULTILINESTRING ((0 0, 4 0, 4 4, 0 0), (1 1, 2 1, 2 2, 1 1))"]
        );
        let several = listed(&[0, 1], polygon);
        assert_eq!(
            texts(native(Native::MultiPolygon), &several),
            [format!("MULTIPOLYGON ({whole})")]
        );
    }

    #[test]
    fn positions_one_after_another() {
        for (name, stride, expected) in [
            ("xy", 2, "LINESTRING (1 2, 3 4)"),
            ("xyz", 3, "LINESTRING Z (1 2 3, 4 5 6)"),
            ("xym", 3, "LINESTRING M (1 2 3, 4 5 6)"),
            ("xyzm", 4, "LINESTRING ZM (1 2 3 4, 5 6 7 8)"),
        ] {
            let field = Arc::new(Field::new(name, DataType::Float64, true));
            let mut builder =
                FixedSizeListBuilder::new(Float64Builder::new(), stride).with_field(field.clone());
            for start in 0..2 {
                for at in 0..stride {
                    builder.values().append_value(f64::from(start * stride + at + 1));
                }
                builder.append(true);
            }
            let line = listed(&[0, 2], Arc::new(builder.finish()));
            assert_eq!(texts(Encoding::Native(Native::LineString), &line), [expected]);
        }
    }

    #[test]
    fn a_column_of_another_type_is_refused() {
        let (mut builder, mut tally) = (GeometryBuilder::new(), Tally::default());
        let numbers: ArrayRef = Arc::new(Int32Array::from(vec![1]));
        for encoding in
            [Encoding::Wkb, Encoding::Native(Native::Point), Encoding::Native(Native::Polygon)]
        {
            let outcome = read(encoding, &numbers, 0, &mut builder, &mut tally);
            assert_eq!(outcome, Err(OtherType), "{encoding:?}");
        }
        let mut lists = ListBuilder::new(Float64Builder::new());
        lists.append_value([Some(1.0)]);
        let lists: ArrayRef = Arc::new(lists.finish());
        let outcome =
            read(Encoding::Native(Native::LineString), &lists, 0, &mut builder, &mut tally);
        assert_eq!(outcome, Err(OtherType));
    }

    #[test]
    fn what_is_no_geometry_is_counted_with_its_row() {
        let bytes: ArrayRef = Arc::new(BinaryArray::from(vec![Some(&b"\x01\x01"[..]), None]));
        let (mut builder, mut tally) = (GeometryBuilder::new(), Tally::default());
        read(Encoding::Wkb, &bytes, 7, &mut builder, &mut tally).unwrap();
        let mut problems = Problems::new();
        tally.report(&mut problems);
        let problem = problems.iter().next().unwrap();
        assert_eq!(problem.places, [crate::problem::Place::Row(8)]);
        assert_eq!(builder.len(), 2);
    }
}
