//! Classes of two numbers, crossed.

use super::super::Steps;
use super::numbers::{self, How, Spread};
use super::{Class, NONE, PartitionError, Shown};
use crate::jobs::Watch;
use crate::table::Table;

/// The classes of one of two numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// The lower and the upper end of each class, as in [`Class::Range`], ascending.
    pub ranges: Vec<[f64; 2]>,
    /// How the number is spread.
    pub spread: Spread,
}

/// The class of each row, and what the classes are: row by row of the legend, from below. A row
/// that lacks one of the numbers is in none of them, but in the one of rows without a value.
pub(super) fn classes(
    table: &Table,
    [across, up]: &[Steps; 2],
    shown: Shown<'_>,
    watch: &Watch,
) -> Result<(Vec<u16>, Vec<Class>, [Side; 2]), PartitionError> {
    let side = |steps: &Steps| {
        let breaks = steps.breaks.as_deref();
        let how = How { method: steps.method, count: steps.count, breaks };
        let (rows, classes, spread) = numbers::classes(table, &steps.of, how, shown, watch)?;
        let ranges = classes.iter().filter_map(|class| match class {
            Class::Range { lower, upper } => Some([*lower, *upper]),
            _ => None,
        });
        Ok::<_, PartitionError>((rows, Side { ranges: ranges.collect(), spread }))
    };
    let ((rows_across, across), (rows_up, up)) = (side(across)?, side(up)?);
    watch.check()?;
    let few = |side: &Side| u16::try_from(side.ranges.len()).unwrap_or(NONE);
    let (wide, high) = (few(&across), few(&up));
    let missing = wide.saturating_mul(high);
    let rows: Vec<u16> = rows_across
        .into_iter()
        .zip(rows_up)
        .map(|(x, y)| if x < wide && y < high { y * wide + x } else { missing })
        .collect();
    let cell = |up| (0..across.ranges.len()).map(move |across| Class::Cell { across, up });
    let mut classes: Vec<Class> = (0..up.ranges.len()).flat_map(cell).collect();
    let lacks_one = |(row, class): (usize, &u16)| *class == missing && shown.has(row);
    if rows.iter().enumerate().any(lacks_one) || classes.is_empty() {
        classes.push(Class::Missing);
    }
    Ok((rows, classes, [across, up]))
}
