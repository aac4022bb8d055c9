//! `convert --repair`: geometry put right on its way to another file.

use arrow_array::BooleanArray;

use super::convert_arguments::Convert;
use crate::check::{RepairOptions, Repaired, Winding, repair};
use crate::formats::Format;
use crate::jobs::Watch;
use crate::table::{RowSet, Table};

/// The table put right, where that was asked for, as the format wants rings to turn.
pub(super) fn repaired(arguments: &Convert, table: &Table, format: &Format) -> Option<Repaired> {
    if !arguments.repair {
        return None;
    }
    let options = RepairOptions {
        winding: Winding::of_format(format.id).unwrap_or_default(),
        keep_collapsed: arguments.keep_collapsed,
        drop_duplicates: arguments.drop_duplicates,
    };
    // Nobody cancels.
    repair(table, &options, &Watch::unwatched()).ok()
}

/// The rows chosen without those that the repair leaves out; none for all.
pub(super) fn kept(
    chosen: Option<&BooleanArray>,
    repaired: Option<&Repaired>,
) -> Option<BooleanArray> {
    let left_out = repaired.map(|repaired| &repaired.left_out).filter(|rows| !rows.is_empty());
    let Some(left_out) = left_out else { return chosen.cloned() };
    let chosen = chosen.map_or_else(|| RowSet::all(left_out.rows()), RowSet::of_mask);
    Some(chosen.without(left_out).to_mask())
}
