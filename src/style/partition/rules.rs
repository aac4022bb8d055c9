//! Classes of conditions.

use super::{Class, NONE, PartitionError};
use crate::jobs::Watch;
use crate::query::{SelectError, select};
use crate::table::Table;

/// The class of each row: the first condition that it meets.
pub(super) fn classes(
    table: &Table,
    rules: &[String],
    watch: &Watch,
) -> Result<(Vec<u16>, Vec<Class>), PartitionError> {
    let unmatched = u16::try_from(rules.len()).unwrap_or(NONE);
    let mut rows = vec![unmatched; table.rows()];
    for (number, sql) in rules.iter().enumerate() {
        let class = u16::try_from(number).unwrap_or(NONE);
        let found = select(table, sql, &[], &watch.unseen()).map_err(|error| match error {
            SelectError::Condition(error) => PartitionError::Rule { rule: number, error },
            SelectError::Cancelled(cancelled) => cancelled.into(),
            SelectError::Crs(error) => error.into(),
            // Rules have no conditions on place.
            SelectError::PlaceCondition { error, .. } => {
                PartitionError::Rule { rule: number, error }
            }
            SelectError::NoPlace { layer } => PartitionError::NoField(layer),
        })?;
        for (row, meets) in rows.iter_mut().zip(found.rows.values().iter()) {
            if meets && *row == unmatched {
                *row = class;
            }
        }
    }
    let classes = (0..rules.len()).map(Class::Rule).chain([Class::Unmatched]);
    Ok((rows, classes.collect()))
}
