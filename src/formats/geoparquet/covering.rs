//! Which row groups may hold something of a view, by the boxes that a file keeps of its rows.

use parquet::file::metadata::RowGroupMetaData;
use parquet::file::statistics::Statistics;

use super::file::ParquetFile;
use super::plan::Column;
use crate::table::Extent;

/// The row groups to read: all without a view, or where the file does not tell.
pub(super) fn groups(
    file: &ParquetFile<'_>,
    columns: &[Column],
    extent: Option<&Extent>,
) -> Vec<usize> {
    let groups = file.metadata.metadata().row_groups();
    let leaves = leaves(file, columns);
    let (Some(extent), Some(leaves)) = (extent, leaves) else { return (0..groups.len()).collect() };
    let may_meet = |group: &RowGroupMetaData| {
        let range = |leaf: usize| range_of(group.columns().get(leaf)?.statistics()?);
        let [west, south, east, north] = leaves.map(range);
        west.is_none_or(|[least, _]| least <= extent.max_x)
            && south.is_none_or(|[least, _]| least <= extent.max_y)
            && east.is_none_or(|[_, most]| most >= extent.min_x)
            && north.is_none_or(|[_, most]| most >= extent.min_y)
    };
    let met = groups.iter().enumerate().filter(|(_, group)| may_meet(group));
    met.map(|(at, _)| at).collect()
}

/// Whether a file keeps the boxes of its rows.
pub(super) fn is_kept(file: &ParquetFile<'_>, columns: &[Column]) -> bool {
    leaves(file, columns).is_some()
}

/// The columns with west, south, east and north of each row, by their numbers.
fn leaves(file: &ParquetFile<'_>, columns: &[Column]) -> Option<[usize; 4]> {
    let covering = columns.iter().find_map(|column| match column {
        Column::Place(place) => place.covering.as_ref(),
        _ => None,
    });
    let leaves = file.metadata.parquet_schema().columns();
    let leaf = |path: &Vec<String>| leaves.iter().position(|leaf| leaf.path().parts() == path);
    let [west, south, east, north] = covering?;
    Some([leaf(west)?, leaf(south)?, leaf(east)?, leaf(north)?])
}

/// The least and the largest value of a column of a row group.
fn range_of(statistics: &Statistics) -> Option<[f64; 2]> {
    match statistics {
        Statistics::Double(range) => Some([*range.min_opt()?, *range.max_opt()?]),
        Statistics::Float(range) => {
            Some([f64::from(*range.min_opt()?), f64::from(*range.max_opt()?)])
        }
        _ => None,
    }
}
