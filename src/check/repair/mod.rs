//! A copy of a table with its geometry put right; the table itself stays as it is.
//!
//! Positions that are no places and such as repeat the one before are left out, rings are closed,
//! polygons that are not valid are made so ([`areas`]), rings turn as the format of the copy wants it.
//! What falls together to a line or a point is left out or kept as that. A
//! row that needs nothing of this keeps its very numbers.

mod areas;
mod feature;
mod shapes;
mod tally;

use self::feature::Repairing;
use self::tally::Tally;
use super::extents::Limits;
use super::feature::Looking;
use super::kind::Kind;
use super::twins;
use super::{Winding, number, pieces};
use crate::i18n::Arg;
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::problem::{Place, Problems};
use crate::table::{GeometryBuilder, RowSet, Table};

/// What a repair may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RepairOptions {
    /// How rings are to turn.
    pub winding: Winding,
    /// Keeps polygons without area as lines, and lines without length as points; otherwise they
    /// are left out.
    pub keep_collapsed: bool,
    /// Leaves out features that are like an earlier one in geometry and attributes.
    pub drop_duplicates: bool,
}

/// A copy put right.
#[derive(Debug)]
pub struct Repaired {
    /// The copy, with the same rows.
    pub table: Table,
    /// The rows to leave out: duplicates, where those were to be.
    pub left_out: RowSet,
    /// How many rows were changed or are to be left out.
    pub rows_changed: u64,
    /// What was done, by kind, with the first rows.
    pub changes: Problems,
}

/// Makes a copy of a table with its geometry put right, on all cores. Reports progress.
///
/// # Errors
/// When the person cancelled.
pub fn repair(
    table: &Table,
    options: &RepairOptions,
    watch: &Watch,
) -> Result<Repaired, Cancelled> {
    let Some(geometry) = table.geometry.as_deref() else {
        return Ok(unchanged(table, Problems::new()));
    };
    let steps = if options.drop_duplicates { 2 } else { 1 };
    watch.set_total(steps * table.rows() as u64);
    let limits = Limits::of(table.crs.as_ref());
    let is_mirrored = table.crs.as_ref().is_some_and(|crs| crs.swapped);
    let repaired = in_parallel(pieces(geometry), |rows| {
        let mut builder = GeometryBuilder::with_capacity(rows.len(), 0);
        let mut tally = Tally::default();
        let mut looking = Looking::new(&limits, Some(options.winding), watch);
        looking.is_mirrored = is_mirrored;
        watch.check()?;
        for row in rows.clone() {
            let feature = geometry.row(row);
            looking.look(number(row), feature)?;
            let is_right = !looking.found_last().iter().any(|found| is_repairable(found.kind));
            looking.forget();
            if is_right {
                builder.copy_row(feature);
                continue;
            }
            let repairing = Repairing {
                limits: &limits,
                winding: options.winding,
                is_mirrored,
                keep_collapsed: options.keep_collapsed,
                watch,
            };
            repairing.put_right(feature, row, &mut builder, &mut tally)?;
        }
        watch.advance(rows.len() as u64);
        Ok((builder, tally))
    });
    let (mut builder, mut tally) = (GeometryBuilder::new(), Tally::default());
    for piece in repaired {
        let (rows, counts) = piece?;
        builder.append(rows);
        tally.extend(counts);
    }
    let Ok(made) = builder.finish() else {
        // More positions than a column takes: the copy is as the table.
        let mut changes = Problems::new();
        changes.add("problem-repair-not", table.rows() as u64);
        return Ok(unchanged(table, changes));
    };
    let mut left_out = RowSet::none(table.rows());
    if options.drop_duplicates {
        let marks = twins::marks(table, watch)?;
        let like = twins::twins(table, &marks, watch)?;
        let like = like.iter().filter(|finding| finding.kind == Kind::DuplicateFeature);
        left_out = RowSet::of(table.rows(), like.map(|finding| finding.row as usize));
        left_out.iter().for_each(|row| tally.note("problem-repair-duplicate", row, 1));
    }
    Ok(Repaired {
        table: table.with_geometry(Some(made)),
        left_out,
        rows_changed: tally.rows(),
        changes: tally.into_changes(),
    })
}

impl Repaired {
    /// The copy without the rows to leave out.
    pub fn into_table(self) -> Table {
        if self.left_out.is_empty() {
            return self.table;
        }
        // The set is of the table's own rows.
        self.table.filter_rows(&self.left_out.inverted().to_mask()).unwrap_or(self.table)
    }
}

fn unchanged(table: &Table, changes: Problems) -> Repaired {
    let left_out = RowSet::none(table.rows());
    Repaired { table: table.shallow_copy(), left_out, rows_changed: 0, changes }
}

/// Whether a repair puts right what was found.
pub fn is_repairable(kind: Kind) -> bool {
    match kind {
        Kind::BadCoordinate
        | Kind::NotClosed
        | Kind::TooFewPositions
        | Kind::ZeroLength
        | Kind::ZeroArea
        | Kind::SelfIntersection
        | Kind::SelfTouch
        | Kind::RingsCross
        | Kind::PartsCross
        | Kind::HoleOutside
        | Kind::HoleInHole
        | Kind::PartInPart
        | Kind::InsideCut
        | Kind::OutOfRange
        | Kind::DuplicatePosition
        | Kind::DuplicatePoint
        | Kind::Winding => true,
        Kind::OutsideArea
        | Kind::DuplicateFeature
        | Kind::DuplicateGeometry
        | Kind::Overlap
        | Kind::Spike
        | Kind::Sliver
        | Kind::Empty
        | Kind::Null => false,
    }
}

/// Where a row is, as a person counts.
fn place(row: usize) -> Place {
    Place::Row(row as u64 + 1)
}

/// A count as an argument of a message.
fn count(count: u64) -> Arg {
    Arg::Count(count)
}
