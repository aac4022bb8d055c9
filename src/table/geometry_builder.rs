//! Builds a [`GeometryColumn`] row by row, straight from a parser.

use super::geometry::{GeometryColumn, GeometryKind, PartKind, PartRef};

/// Builds a geometry column. A row is `begin_row`, then per part `begin_part`, per ring
/// `begin_ring` and its coordinates, then `end_row`; or [`Self::push_null`]. A row that turns out
/// bad is taken back with [`Self::cancel_row`].
#[derive(Debug, Default)]
pub struct GeometryBuilder {
    column: GeometryColumn,
    open: Option<OpenRow>,
}

#[derive(Debug)]
struct OpenRow {
    kind: GeometryKind,
    first_part: usize,
    first_ring: usize,
    first_coord: usize,
    members: Vec<(GeometryKind, u32)>,
}

/// More coordinates, rings or parts than 32 bits can count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 4 294 967 295 coordinates")]
pub struct TooManyCoordinates;

impl GeometryBuilder {
    /// An empty builder.
    pub fn new() -> GeometryBuilder {
        GeometryBuilder::with_capacity(0, 0)
    }

    /// An empty builder with room for rows and coordinates.
    pub fn with_capacity(rows: usize, coords: usize) -> GeometryBuilder {
        let mut column = GeometryColumn {
            kinds: Vec::with_capacity(rows),
            row_parts: Vec::with_capacity(rows + 1),
            xy: Vec::with_capacity(coords),
            ..GeometryColumn::default()
        };
        column.row_parts.push(0);
        column.part_rings.push(0);
        column.ring_coords.push(0);
        GeometryBuilder { column, open: None }
    }

    /// The number of finished rows.
    pub fn len(&self) -> usize {
        self.column.kinds.len()
    }

    /// Whether no row is finished.
    pub fn is_empty(&self) -> bool {
        self.column.kinds.is_empty()
    }

    /// A row without geometry.
    pub fn push_null(&mut self) {
        self.begin_row(GeometryKind::Null);
        self.end_row();
    }

    /// A row with one point.
    pub fn push_point(&mut self, xy: [f64; 2]) {
        self.begin_row(GeometryKind::Point);
        self.begin_part(PartKind::Point);
        self.begin_ring();
        self.coord(xy, None, None);
        self.end_row();
    }

    /// Starts a row, ending or taking back nothing: the row before must have ended.
    pub fn begin_row(&mut self, kind: GeometryKind) {
        self.open = Some(OpenRow {
            kind,
            first_part: self.column.part_kinds.len(),
            first_ring: self.column.ring_coords.len() - 1,
            first_coord: self.column.xy.len(),
            members: Vec::new(),
        });
    }

    /// Changes the type of the row begun, for parsers that learn it late.
    pub fn set_kind(&mut self, kind: GeometryKind) {
        if let Some(open) = &mut self.open {
            open.kind = kind;
        }
    }

    /// Starts the next member of a collection; the parts that follow belong to it.
    pub fn begin_member(&mut self, kind: GeometryKind) {
        if let Some(open) = &mut self.open {
            open.members.push((kind, 0));
        }
    }

    /// Starts the next part of the row.
    pub fn begin_part(&mut self, kind: PartKind) {
        self.column.part_kinds.push(kind);
        let rings = self.column.part_rings.last().copied().unwrap_or_default();
        self.column.part_rings.push(rings);
        if let Some((_, parts)) = self.open.as_mut().and_then(|open| open.members.last_mut()) {
            *parts += 1;
        }
    }

    /// Starts the next ring of the part.
    pub fn begin_ring(&mut self) {
        let coords = self.column.ring_coords.last().copied().unwrap_or_default();
        self.column.ring_coords.push(coords);
        if let Some(rings) = self.column.part_rings.last_mut() {
            *rings = rings.saturating_add(1);
        }
    }

    /// Adds a position to the ring, with its height and measure where it has them.
    pub fn coord(&mut self, xy: [f64; 2], z: Option<f64>, m: Option<f64>) {
        let before = self.column.xy.len();
        self.column.xy.push(xy);
        push_optional(&mut self.column.z, before, z);
        push_optional(&mut self.column.m, before, m);
        if let Some(end) = self.column.ring_coords.last_mut() {
            *end = end.saturating_add(1);
        }
    }

    /// Ends the row begun.
    pub fn end_row(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.kind == GeometryKind::GeometryCollection {
            let row = u32::try_from(self.column.kinds.len()).unwrap_or(u32::MAX);
            self.column.collections.insert(row, open.members);
        }
        self.column.kinds.push(open.kind);
        let parts = u32::try_from(self.column.part_kinds.len()).unwrap_or(u32::MAX);
        self.column.row_parts.push(parts);
    }

    /// Takes back the row begun, as if nothing had been added.
    pub fn cancel_row(&mut self) {
        let Some(open) = self.open.take() else { return };
        self.column.part_kinds.truncate(open.first_part);
        self.column.part_rings.truncate(open.first_part + 1);
        self.column.ring_coords.truncate(open.first_ring + 1);
        self.column.xy.truncate(open.first_coord);
        self.column.z.truncate(open.first_coord);
        self.column.m.truncate(open.first_coord);
    }

    /// Adds a copy of a part of another column to the row begun.
    pub fn copy_part(&mut self, part: PartRef<'_>) {
        self.begin_part(part.kind());
        for ring in part.rings() {
            self.begin_ring();
            let heights = ring.z().iter().copied().map(Some).chain(std::iter::repeat(None));
            let measures = ring.m().iter().copied().map(Some).chain(std::iter::repeat(None));
            for ((xy, z), m) in ring.xy().iter().zip(heights).zip(measures) {
                self.coord(*xy, z, m);
            }
        }
    }

    /// Adds a copy of a row of another column.
    pub fn copy_row(&mut self, row: super::GeometryRef<'_>) {
        self.begin_row(row.kind());
        if row.kind() == GeometryKind::GeometryCollection {
            for (kind, parts) in row.members() {
                self.begin_member(kind);
                parts.for_each(|part| self.copy_part(part));
            }
        } else {
            row.parts().for_each(|part| self.copy_part(part));
        }
        self.end_row();
    }

    /// The finished column.
    ///
    /// # Errors
    /// When there are more coordinates than 32 bits can count.
    pub fn finish(mut self) -> Result<GeometryColumn, TooManyCoordinates> {
        self.cancel_row();
        if u32::try_from(self.column.xy.len()).is_err() {
            return Err(TooManyCoordinates);
        }
        let coords = self.column.xy.len();
        for optional in [&mut self.column.z, &mut self.column.m] {
            if !optional.is_empty() {
                optional.resize(coords, f64::NAN);
            }
        }
        Ok(self.column)
    }
}

/// Keeps `values` empty until the first value comes, then as long as the coordinates.
fn push_optional(values: &mut Vec<f64>, before: usize, value: Option<f64>) {
    match value {
        Some(value) => {
            values.resize(before, f64::NAN);
            values.push(value);
        }
        None if values.is_empty() => {}
        None => values.push(f64::NAN),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cancelled_row_leaves_no_trace() {
        let mut builder = GeometryBuilder::new();
        builder.push_point([1.0, 2.0]);
        builder.begin_row(GeometryKind::Polygon);
        builder.begin_part(PartKind::Polygon);
        builder.begin_ring();
        builder.coord([0.0, 0.0], Some(7.0), None);
        builder.cancel_row();
        builder.push_null();
        builder.push_point([3.0, 4.0]);
        let column = builder.finish().unwrap_or_default();
        assert_eq!(column.len(), 3);
        assert_eq!(column.xy(), [[1.0, 2.0], [3.0, 4.0]]);
        assert_eq!(column.row(2).xy(), [[3.0, 4.0]]);
        assert!(column.row(1).is_empty());
        assert_eq!(column.missing(), 1);
    }

    #[test]
    fn rows_of_any_type_come_back_with_parts_rings_and_heights() {
        let mut builder = GeometryBuilder::new();
        builder.push_point([9.0, 9.0]);
        builder.begin_row(GeometryKind::MultiPolygon);
        for shift in [0.0, 10.0] {
            builder.begin_part(PartKind::Polygon);
            for ring in 0..2 {
                builder.begin_ring();
                for step in 0..4 {
                    let step = f64::from(step);
                    builder.coord([shift + step, f64::from(ring)], Some(step), None);
                }
            }
        }
        builder.end_row();
        builder.begin_row(GeometryKind::GeometryCollection);
        builder.begin_member(GeometryKind::MultiPoint);
        for x in [1.0, 2.0] {
            builder.begin_part(PartKind::Point);
            builder.begin_ring();
            builder.coord([x, x], None, None);
        }
        builder.begin_member(GeometryKind::Point);
        builder.begin_part(PartKind::Point);
        builder.begin_ring();
        builder.coord([5.0, 5.0], None, None);
        builder.end_row();
        let column = builder.finish().unwrap_or_default();

        let polygons = column.row(1);
        assert_eq!(polygons.parts().len(), 2);
        assert_eq!(polygons.xy().len(), 16);
        let second = polygons
            .parts()
            .nth(1)
            .map(|part| part.rings().map(|r| r.xy().len()).collect::<Vec<_>>());
        assert_eq!(second, Some(vec![4, 4]));
        assert!(column.row(0).parts().all(|p| p.first_ring().z().iter().all(|z| z.is_nan())));
        let members: Vec<_> = column.row(2).members().map(|(k, p)| (k, p.len())).collect();
        assert_eq!(members, [(GeometryKind::MultiPoint, 2), (GeometryKind::Point, 1)]);
        assert_eq!(column.row(2).xy(), [[1.0, 1.0], [2.0, 2.0], [5.0, 5.0]]);

        let mut copy = GeometryBuilder::new();
        column.iter().for_each(|row| copy.copy_row(row));
        // NaN heights are not equal to themselves: compare as text.
        assert_eq!(format!("{:?}", copy.finish().unwrap_or_default()), format!("{column:?}"));
    }
}
