//! Whether geometry is what programs expect of it, and a copy put right where it is not.
//!
//! [`check`] looks at every feature of a table and tells what it found with a place for each:
//! what is not valid by the OGC's rules (as GEOS decides, which QGIS, PostGIS and shapely use),
//! what is valid but probably not meant, and what is worth knowing. Nothing is changed.

mod extents;
mod feature;
mod kind;
mod nodes;
mod overlaps;
mod repair;
mod report;
#[cfg(test)]
mod tests;
mod twins;
mod validity;

pub use kind::{Kind, Severity};
pub use overlaps::common_of;
pub use repair::{RepairOptions, Repaired, is_repairable, repair};
pub use report::{Finding, Group, Report, With};

use std::ops::Range;

use self::extents::Limits;
use self::feature::Looking;
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::{GeometryColumn, Table};

/// A corner of a ring sharper than this is a spike, degrees.
pub const SPIKE_DEGREES: f64 = 1.0;

/// Overlaps of features smaller than this are told apart, square metres: what is left where
/// borders were drawn twice.
pub const SLIVER: f64 = 1.0;

/// Positions of a piece of parallel work, about.
const PIECE: usize = 16_384;

/// A feature with more positions is looked at by itself, on all cores.
const LARGE: usize = 400_000;

/// How the rings of polygons turn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Winding {
    /// Outer rings counter-clockwise, holes clockwise: GeoJSON (RFC 7946, section 3.1.6).
    #[default]
    OuterLeft,
    /// Outer rings clockwise, holes counter-clockwise: shapefiles (ESRI Shapefile Technical
    /// Description, 1998, page 8).
    OuterRight,
}

impl Winding {
    /// What a format prescribes, by its [`crate::table::Origin::format`]; none where it does not.
    pub fn of_format(id: &str) -> Option<Winding> {
        match id {
            "geojson" => Some(Winding::OuterLeft),
            "shapefile" => Some(Winding::OuterRight),
            _ => None,
        }
    }

    fn turns_left(self, is_hole: bool) -> bool {
        (self == Winding::OuterLeft) != is_hole
    }
}

/// What is looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// How rings are to turn; none where it does not matter.
    pub winding: Option<Winding>,
    /// Whether polygons of the layer may not lie over each other.
    pub overlaps: bool,
    /// Overlaps smaller than this count as slivers, square metres.
    pub sliver: f64,
}

impl Options {
    /// Everything but overlaps, by the rules of the format that a table came from.
    pub fn of(table: &Table) -> Options {
        let winding = Winding::of_format(table.origin.format);
        Options { winding, overlaps: false, sliver: SLIVER }
    }
}

/// Looks at all features of a table, on all cores. Reports progress.
///
/// # Errors
/// When the person cancelled.
pub fn check(table: &Table, options: &Options, watch: &Watch) -> Result<Report, Cancelled> {
    let Some(geometry) = table.geometry.as_deref() else {
        return Ok(Report::new(table.rows(), Vec::new()));
    };
    let steps = if options.overlaps { 3 } else { 2 };
    watch.set_total(steps * table.rows() as u64);
    let limits = Limits::of(table.crs.as_ref());
    let size = |row: usize| geometry.row(row).xy().len();
    let is_mirrored = table.crs.as_ref().is_some_and(|crs| crs.swapped);
    let new = || {
        let mut looking = Looking::new(&limits, options.winding, watch);
        looking.is_mirrored = is_mirrored;
        looking
    };
    let looked = in_parallel(pieces(geometry), |rows| {
        let mut looking = new();
        watch.check()?;
        for row in rows.clone().filter(|row| size(*row) <= LARGE) {
            looking.look(number(row), geometry.row(row))?;
        }
        watch.advance(rows.len() as u64);
        Ok(looking.into_found())
    });
    let mut found = looked.into_iter().collect::<Result<Vec<_>, _>>()?.concat();
    let mut looking = new();
    for row in (0..table.rows()).filter(|row| size(*row) > LARGE) {
        looking.look(number(row), geometry.row(row))?;
    }
    found.extend(looking.into_found());
    let marks = twins::marks(table, watch)?;
    found.extend(twins::twins(table, &marks, watch)?);
    let mut left_out = 0;
    if options.overlaps {
        let (overlaps, pairs) = overlaps::overlaps(table, &marks, options.sliver, watch)?;
        found.extend(overlaps);
        left_out = pairs;
    }
    let mut report = Report::new(table.rows(), found);
    report.with_overlaps = options.overlaps;
    report.pairs_left_out = left_out;
    Ok(report)
}

/// Runs of rows with about as many positions each.
fn pieces(geometry: &GeometryColumn) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let (mut start, mut positions) = (0, 0);
    for row in 0..geometry.len() {
        positions += geometry.row(row).xy().len().max(1);
        if positions >= PIECE {
            pieces.push(start..row + 1);
            (start, positions) = (row + 1, 0);
        }
    }
    pieces.push(start..geometry.len());
    pieces
}

/// Rows are counted in 32 bits, as in the geometry's own columns.
fn number(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}
