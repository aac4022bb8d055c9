//! Geometry in the coordinates of another layer, to be compared with it.
//!
//! Where two layers differ in CRS, the features are transformed, not the rows: they are fewer.
//! An edge that is straight in one system is curved in another, so long edges are first cut into
//! pieces: of 1 km in projected systems, of 0.01 degree (about 1.1 km) in geographic ones. The
//! bow of a straight piece of that length in WGS 84 seen in Lambert 72 is under 2 cm at Belgian
//! latitudes (for a parallel of length s, s²·tan φ / 8R).

use arrow_buffer::BooleanBuffer;

use super::selection::SelectError;
use crate::crs::{LayerCrs, TransformError, transform_parallel};
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::table::{GeometryBuilder, GeometryColumn, GeometryKind, GeometryRef, PartRef};

/// Length of a piece in the unit of a projected system (metres).
const PIECE: f64 = 1000.0;
/// Length of a piece in degrees.
const PIECE_DEGREES: f64 = 0.01;
/// The most pieces of an edge: a guard against wild coordinates.
const MOST_PIECES: u32 = 500;
/// Coordinates beyond this are not degrees, whatever the file says; their edges stay whole.
const WILDEST_DEGREES: f64 = 400.0;
/// Rows between two looks at the watch.
const STRIDE: usize = 4096;

/// The chosen rows, in the coordinates of another layer as its source writes them (also where it
/// has latitude first). Edges stay whole where both systems are the same, unless they are to be
/// cut in any case. Corners that have no place there become problems, and NaN.
pub(super) fn moved(
    column: &GeometryColumn,
    of: &LayerCrs,
    chosen: &BooleanBuffer,
    to: &LayerCrs,
    cut: bool,
    problems: &mut Problems,
    watch: &Watch,
) -> Result<GeometryColumn, SelectError> {
    let same = of.crs.same_as(&to.crs);
    let degrees = of.crs.is_geographic();
    let wild = |number: &f64| number.abs() > WILDEST_DEGREES;
    let piece = match degrees {
        true if column.xy().iter().flatten().any(wild) => f64::INFINITY,
        true => PIECE_DEGREES,
        false => PIECE,
    };
    let mut builder = GeometryBuilder::new();
    for (number, row) in chosen.set_indices().enumerate() {
        if number.is_multiple_of(STRIDE) {
            watch.check()?;
        }
        let row = column.row(row);
        if same && !cut {
            builder.copy_row(row);
        } else {
            densify(&mut builder, row, piece);
        }
    }
    // Only past four billion coordinates, which do not fit in memory either.
    let made = builder.finish().unwrap_or_default();
    if same && of.swapped == to.swapped {
        return Ok(made);
    }
    let mut outcome = Ok(0);
    let made = made.map_xy(|xy| {
        outcome = transform_parallel(of, &to.crs, xy, &Watch::unwatched());
        if to.swapped {
            xy.iter_mut().for_each(|position| position.reverse());
        }
    });
    match outcome {
        Ok(lost) => problems.add("problem-place-no-corner", lost as u64),
        Err(TransformError::Crs(error)) => return Err(error.into()),
        Err(TransformError::Cancelled(cancelled)) => return Err(cancelled.into()),
    }
    Ok(made)
}

/// A copy of a row with its long edges cut into pieces.
fn densify(builder: &mut GeometryBuilder, row: GeometryRef<'_>, piece: f64) {
    builder.begin_row(row.kind());
    if row.kind() == GeometryKind::GeometryCollection {
        for (kind, parts) in row.members() {
            builder.begin_member(kind);
            parts.for_each(|part| densify_part(builder, part, piece));
        }
    } else {
        row.parts().for_each(|part| densify_part(builder, part, piece));
    }
    builder.end_row();
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn densify_part(builder: &mut GeometryBuilder, part: PartRef<'_>, piece: f64) {
    builder.begin_part(part.kind());
    for ring in part.rings() {
        builder.begin_ring();
        let mut before: Option<[f64; 2]> = None;
        for &[x, y] in ring.xy() {
            if let Some([from_x, from_y]) = before {
                let length = (x - from_x).hypot(y - from_y);
                // NaN becomes no pieces at all.
                let pieces = (length / piece).ceil().clamp(1.0, f64::from(MOST_PIECES)) as u32;
                for step in 1..pieces {
                    let share = f64::from(step) / f64::from(pieces);
                    let between = [from_x + (x - from_x) * share, from_y + (y - from_y) * share];
                    builder.coord(between, None, None);
                }
            }
            builder.coord([x, y], None, None);
            before = Some([x, y]);
        }
    }
}
