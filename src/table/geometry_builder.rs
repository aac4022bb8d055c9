//! Builds a [`GeometryColumn`] row by row, straight from a parser.

use super::geometry::{GeometryColumn, GeometryKind, PartKind, PartRef};
use super::offsets::Offsets;

/// Builds a geometry column. A row is `begin_row`, then per part `begin_part`, per ring
/// `begin_ring` and its coordinates, then `end_row`; or [`Self::push_null`]. A row that turns out
/// bad is taken back with [`Self::cancel_row`].
#[derive(Debug, Default)]
pub struct GeometryBuilder {
    column: GeometryColumn,
    open: Option<OpenRow>,
    in_ring: bool,
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
        let column = GeometryColumn {
            kinds: Vec::with_capacity(rows),
            part_kinds: Vec::with_capacity(rows),
            xy: Vec::with_capacity(coords),
            ..GeometryColumn::default()
        };
        GeometryBuilder { column, open: None, in_ring: false }
    }

    /// Makes room for `rows` rows in all that are like those that are there, if there is as much
    /// memory.
    pub fn reserve_for(&mut self, rows: usize) {
        let there = self.column.kinds.len().max(1);
        let more = rows.saturating_sub(there);
        let like = |count: usize| count.saturating_mul(more) / there;
        let GeometryColumn { kinds, part_kinds, xy, z, m, .. } = &mut self.column;
        // A guess: what is not there now may still be when it is needed.
        let _ = kinds.try_reserve_exact(more);
        let _ = part_kinds.try_reserve_exact(like(part_kinds.len()));
        let _ = xy.try_reserve_exact(like(xy.len()));
        for optional in [z, m] {
            let _ = optional.try_reserve_exact(like(optional.len()));
        }
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

    /// A row with one point. Most rows of a city are such; this is the same as beginning a row, a
    /// part and a ring, and ending them.
    #[inline]
    pub fn push_point(&mut self, xy: [f64; 2]) {
        self.cancel_row();
        self.coord(xy, None, None);
        let column = &mut self.column;
        column.part_kinds.push(PartKind::Point);
        column.kinds.push(GeometryKind::Point);
        column.ring_coords.push(as_u32(column.xy.len()));
        column.part_rings.push(as_u32(column.ring_coords.len()));
        column.row_parts.push(as_u32(column.part_kinds.len()));
    }

    /// Starts a row, ending or taking back nothing: the row before must have ended.
    pub fn begin_row(&mut self, kind: GeometryKind) {
        self.open = Some(OpenRow {
            kind,
            first_part: self.column.part_kinds.len(),
            first_ring: self.column.ring_coords.len(),
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
        self.end_part();
        self.column.part_kinds.push(kind);
        if let Some((_, parts)) = self.open.as_mut().and_then(|open| open.members.last_mut()) {
            *parts += 1;
        }
    }

    /// Starts the next ring of the part.
    #[inline]
    pub fn begin_ring(&mut self) {
        self.end_ring();
        self.in_ring = true;
    }

    #[inline]
    fn end_ring(&mut self) {
        if std::mem::take(&mut self.in_ring) {
            self.column.ring_coords.push(as_u32(self.column.xy.len()));
        }
    }

    fn end_part(&mut self) {
        self.end_ring();
        if self.column.part_rings.len() < self.column.part_kinds.len() {
            self.column.part_rings.push(as_u32(self.column.ring_coords.len()));
        }
    }

    /// Adds a position to the ring, with its height and measure where it has them.
    #[inline]
    pub fn coord(&mut self, xy: [f64; 2], z: Option<f64>, m: Option<f64>) {
        let before = self.column.xy.len();
        self.column.xy.push(xy);
        push_optional(&mut self.column.z, before, z);
        push_optional(&mut self.column.m, before, m);
    }

    /// Adds positions without height and measure to the ring.
    #[inline]
    pub fn coords(&mut self, xy: &[[f64; 2]]) {
        let GeometryColumn { xy: all, z, m, .. } = &mut self.column;
        all.extend_from_slice(xy);
        for optional in [z, m] {
            if !optional.is_empty() {
                optional.resize(all.len(), f64::NAN);
            }
        }
    }

    /// Ends the row begun.
    pub fn end_row(&mut self) {
        let Some(open) = self.open.take() else { return };
        self.end_part();
        if open.kind == GeometryKind::GeometryCollection {
            self.column.collections.insert(as_u32(self.column.kinds.len()), open.members);
        }
        self.column.kinds.push(open.kind);
        self.column.row_parts.push(as_u32(self.column.part_kinds.len()));
    }

    /// Takes back the row begun, as if nothing had been added.
    #[inline]
    pub fn cancel_row(&mut self) {
        if let Some(open) = self.open.take() {
            self.take_back(&open);
        }
    }

    fn take_back(&mut self, open: &OpenRow) {
        self.in_ring = false;
        self.column.part_kinds.truncate(open.first_part);
        self.column.part_rings.truncate(open.first_part);
        self.column.ring_coords.truncate(open.first_ring);
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

    /// Adds all finished rows of another builder after the rows of this one. A row begun here is
    /// taken back.
    pub fn append(&mut self, mut other: GeometryBuilder) {
        self.cancel_row();
        other.cancel_row();
        let (mine, mut theirs) = (&mut self.column, other.column);
        if mine.kinds.is_empty() {
            *mine = theirs;
            return;
        }
        let rows = as_u32(mine.kinds.len());
        append_optional(&mut mine.z, mine.xy.len(), &theirs.z);
        append_optional(&mut mine.m, mine.xy.len(), &theirs.m);
        mine.row_parts.append(&theirs.row_parts);
        mine.part_rings.append(&theirs.part_rings);
        mine.ring_coords.append(&theirs.ring_coords);
        mine.kinds.append(&mut theirs.kinds);
        mine.part_kinds.append(&mut theirs.part_kinds);
        mine.xy.append(&mut theirs.xy);
        for optional in [&mut mine.z, &mut mine.m] {
            if !optional.is_empty() {
                optional.resize(mine.xy.len(), f64::NAN);
            }
        }
        let moved = theirs.collections.into_iter();
        mine.collections.extend(moved.map(|(row, members)| (row.saturating_add(rows), members)));
    }

    /// A finished column of points, one a row.
    ///
    /// # Errors
    /// When there are more coordinates than 32 bits can count.
    pub fn points(xy: Vec<[f64; 2]>) -> Result<GeometryColumn, TooManyCoordinates> {
        let count = u32::try_from(xy.len()).map_err(|_| TooManyCoordinates)?;
        Ok(GeometryColumn {
            kinds: vec![GeometryKind::Point; xy.len()],
            row_parts: Offsets::of_ones(count),
            part_kinds: vec![PartKind::Point; xy.len()],
            part_rings: Offsets::of_ones(count),
            ring_coords: Offsets::of_ones(count),
            xy,
            ..GeometryColumn::default()
        })
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

/// Adds the values of another column after `before` coordinates; empty stays empty.
fn append_optional(values: &mut Vec<f64>, before: usize, more: &[f64]) {
    if !more.is_empty() {
        values.resize(before, f64::NAN);
        values.extend_from_slice(more);
    }
}

/// Counts past 32 bits are found by [`GeometryBuilder::finish`].
fn as_u32(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
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
    fn points_at_once_are_the_same_as_one_by_one() {
        for count in 0..4_u8 {
            let points: Vec<[f64; 2]> = (0..count).map(|x| [f64::from(x), 51.0]).collect();
            let mut builder = GeometryBuilder::new();
            points.iter().for_each(|point| builder.push_point(*point));
            let column = builder.finish();
            assert_eq!(GeometryBuilder::points(points.clone()), column);
            assert_eq!(column.unwrap_or_default().points(), Some(points.as_slice()));
        }
    }

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
    fn joined_pieces_are_the_same_as_one_column() {
        type Push = fn(&mut GeometryBuilder);
        let rows: [Push; 5] = [
            GeometryBuilder::push_null,
            |builder| builder.push_point([1.0, 2.0]),
            |builder| {
                builder.begin_row(GeometryKind::MultiLineString);
                for height in [Some(4.0), None] {
                    builder.begin_part(PartKind::Line);
                    builder.begin_ring();
                    builder.coord([5.0, 6.0], height, None);
                    builder.coord([7.0, 8.0], height, Some(9.0));
                }
                builder.end_row();
            },
            |builder| {
                builder.begin_row(GeometryKind::GeometryCollection);
                builder.begin_member(GeometryKind::Point);
                builder.begin_part(PartKind::Point);
                builder.begin_ring();
                builder.coord([3.0, 3.0], None, None);
                builder.end_row();
            },
            |builder| {
                builder.begin_row(GeometryKind::Polygon);
                builder.begin_part(PartKind::Polygon);
                builder.cancel_row();
                builder.push_null();
            },
        ];
        for number in 0..125 {
            let chosen = [rows[number % 5], rows[number / 5 % 5], rows[number / 25]];
            let mut whole = GeometryBuilder::new();
            chosen.iter().for_each(|push| push(&mut whole));
            let whole = format!("{:?}", whole.finish());
            for cut in 0..=3 {
                let mut first = GeometryBuilder::new();
                chosen[..cut].iter().for_each(|push| push(&mut first));
                let mut second = GeometryBuilder::new();
                chosen[cut..].iter().for_each(|push| push(&mut second));
                first.append(second);
                assert_eq!(format!("{:?}", first.finish()), whole, "{number} cut at {cut}");
            }
        }
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
