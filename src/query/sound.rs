//! Geometry as `geo` can relate it: where the rings of a polygon cross, what is inside is computed
//! first, by the rule that points are told by ([`super::point_in_area`]).

use geo::Geometry;

use crate::plane::{is_crossing, uncrossed};
use crate::table::{GeometryBuilder, GeometryKind, GeometryRef, PartKind, PartRef};

/// A row's geometry; none where it has none.
pub(super) fn sound(row: GeometryRef<'_>) -> Option<Geometry<f64>> {
    if !row.parts().any(crosses) {
        return row.to_geo();
    }
    let mut builder = GeometryBuilder::new();
    builder.begin_row(several(row.kind()));
    if row.kind() == GeometryKind::GeometryCollection {
        for (kind, parts) in row.members() {
            builder.begin_member(several(kind));
            parts.for_each(|part| push(&mut builder, part));
        }
    } else {
        row.parts().for_each(|part| push(&mut builder, part));
    }
    builder.end_row();
    builder.finish().ok()?.row(0).to_geo()
}

/// A polygon that crosses itself may be several.
fn several(kind: GeometryKind) -> GeometryKind {
    if kind == GeometryKind::Polygon { GeometryKind::MultiPolygon } else { kind }
}

fn crosses(part: PartRef<'_>) -> bool {
    part.kind() == PartKind::Polygon && is_crossing(&rings_of(part))
}

/// Adds a part: as it is, or as the areas that it surrounds.
fn push(builder: &mut GeometryBuilder, part: PartRef<'_>) {
    let areas = (part.kind() == PartKind::Polygon).then(|| uncrossed(&rings_of(part))).flatten();
    let Some(areas) = areas else {
        builder.copy_part(part);
        return;
    };
    for area in areas {
        builder.begin_part(PartKind::Polygon);
        for ring in area {
            builder.begin_ring();
            builder.coords(&ring);
        }
    }
}

fn rings_of(part: PartRef<'_>) -> Vec<&[[f64; 2]]> {
    part.rings().map(|ring| ring.xy()).collect()
}
