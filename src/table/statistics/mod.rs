//! What a field's values are like: which there are and how often, how many are missing, where they
//! begin and end, and for numbers their mean, median and spread.
//!
//! Values are told by the first row that has them, not copied: a text may be of hundreds of
//! megabytes. [`super::Table::value`] gives the value of a row.

mod count;
mod numbers;
mod search;

pub use numbers::{BINS, Numbers};
pub use search::value_holds;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{ArrayRef, BooleanArray};

use self::count::{Counts, Entry, count};
use self::numbers::{histogram, of_numbers, of_wholes, ordered, unordered};
use super::{FieldKind, Table};
use crate::i18n::fold;
use crate::jobs::{Cancelled, Watch};

/// The most values that are listed with their counts.
pub const MOST_VALUES: usize = 10_000;

/// Texts are put in order by so many bytes of theirs.
const ORDERED_BY: usize = 256;

/// A value and how many rows have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ValueCount {
    /// The first row with the value.
    pub row: usize,
    /// How many rows have it.
    pub count: u64,
}

/// What the values of one field are like, in all rows or some.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statistics {
    /// How many rows were looked at.
    pub rows: u64,
    /// In how many of them there is no value.
    pub nulls: u64,
    /// How many have a number that is none (NaN) or infinite; they are in nothing below.
    pub not_finite: u64,
    /// How many different values there are. −0 and 0 are one value, as are date-times of the same
    /// moment.
    pub distinct: u64,
    /// The values and their counts, the most frequent first; equally frequent ones in the order of
    /// numbers, of time, or of the alphabet. At most [`MOST_VALUES`].
    pub values: Vec<ValueCount>,
    /// The first rows with the least and the greatest value of numbers and dates.
    pub ends: Option<[usize; 2]>,
    /// How the values are spread from the least to the greatest: rows in each of [`BINS`] equal
    /// steps, the last with its upper end. For numbers and dates of which there are two at least.
    pub histogram: Vec<u64>,
    /// For numbers.
    pub numbers: Option<Numbers>,
}

impl Statistics {
    /// Looks at a field (by position) in all rows, or in those where a mask is true (null counts as
    /// false, and so do rows past its end). On all cores; reports its progress in rows.
    ///
    /// A field the table does not have is one without values.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of(
        table: &Table,
        field: usize,
        rows: Option<&BooleanArray>,
        watch: &Watch,
    ) -> Result<Statistics, Cancelled> {
        let (Some(kind), Some(column)) = (table.fields.get(field), table.columns.get(field)) else {
            return Ok(Statistics::default());
        };
        Ok(match kind.kind {
            FieldKind::Text | FieldKind::Json => of_texts(column, rows, watch)?,
            FieldKind::Boolean => {
                let values = column.as_boolean_opt();
                let key = |row| Some(i64::from(values?.value(row)));
                let counts = in_order(column, rows, watch, key)?;
                Statistics { ends: None, ..of_ordered(&counts) }
            }
            FieldKind::Integer => {
                let values = column.as_primitive_opt::<Int64Type>();
                let counts = in_order(column, rows, watch, |row| Some(values?.value(row)))?;
                let numbers = of_wholes(&counts.entries);
                Statistics { numbers, ..with_histogram(&counts) }
            }
            FieldKind::Number => {
                let values = column.as_primitive_opt::<Float64Type>();
                let counts = in_order(column, rows, watch, |row| ordered(values?.value(row)))?;
                let numbers = of_numbers(&counts.entries);
                let histogram = histogram(&counts.entries, unordered);
                Statistics { histogram, numbers, ..of_ordered(&counts) }
            }
            FieldKind::Date => {
                let values = column.as_primitive_opt::<Date32Type>();
                let key = |row| Some(i64::from(values?.value(row)));
                with_histogram(&in_order(column, rows, watch, key)?)
            }
            FieldKind::DateTime(_) => {
                let values = column.as_primitive_opt::<TimestampMillisecondType>();
                let key = |row| Some(values?.value(row));
                with_histogram(&in_order(column, rows, watch, key)?)
            }
        })
    }

    /// How many values are not listed, and how many rows have one of them.
    pub fn others(&self) -> (u64, u64) {
        let listed: u64 = self.values.iter().map(|value| value.count).sum();
        let values = self.distinct.saturating_sub(self.values.len() as u64);
        (values, self.with_value().saturating_sub(listed))
    }

    /// How many rows have a value.
    pub fn with_value(&self) -> u64 {
        self.rows.saturating_sub(self.nulls).saturating_sub(self.not_finite)
    }
}

/// The counts of values that are whole numbers, or can be put in order as such; in order.
fn in_order(
    column: &ArrayRef,
    rows: Option<&BooleanArray>,
    watch: &Watch,
    key: impl Fn(usize) -> Option<i64> + Sync,
) -> Result<Counts<i64>, Cancelled> {
    let mut counts = count(column, rows, watch, key)?;
    counts.entries.sort_unstable_by_key(|entry| entry.key);
    watch.check()?;
    Ok(counts)
}

/// Statistics of values in order.
fn of_ordered(counts: &Counts<i64>) -> Statistics {
    let ends = counts.entries.first().zip(counts.entries.last());
    let ends = ends.map(|(least, most)| [least.row as usize, most.row as usize]);
    // A stable sort keeps equally frequent ones in their order.
    let mut frequent: Vec<&Entry<i64>> = counts.entries.iter().collect();
    frequent.sort_by_key(|entry| std::cmp::Reverse(entry.count));
    frequent.truncate(MOST_VALUES);
    let values = frequent.into_iter().map(Entry::value_count).collect();
    Statistics { values, ends, ..plain(counts) }
}

fn with_histogram(counts: &Counts<i64>) -> Statistics {
    #[expect(clippy::cast_precision_loss, reason = "the steps of a picture")]
    let histogram = histogram(&counts.entries, |key| key as f64);
    Statistics { histogram, ..of_ordered(counts) }
}

fn plain<K>(counts: &Counts<K>) -> Statistics {
    Statistics {
        rows: counts.rows,
        nulls: counts.nulls,
        not_finite: counts.without_key,
        distinct: counts.entries.len() as u64,
        ..Statistics::default()
    }
}

fn of_texts(
    column: &ArrayRef,
    rows: Option<&BooleanArray>,
    watch: &Watch,
) -> Result<Statistics, Cancelled> {
    let Some(texts) = column.as_string_opt::<i32>() else { return Ok(Statistics::default()) };
    let mut counts = count(column, rows, watch, |row| Some(texts.value(row)))?;
    let entries = &mut counts.entries;
    let distinct = entries.len() as u64;
    let frequent =
        |a: &Entry<&str>, b: &Entry<&str>| b.count.cmp(&a.count).then_with(|| a.key.cmp(b.key));
    if entries.len() > MOST_VALUES {
        entries.select_nth_unstable_by(MOST_VALUES, frequent);
        entries.truncate(MOST_VALUES);
    }
    watch.check()?;
    entries.sort_by_cached_key(|entry| {
        let start = entry.key.floor_char_boundary(ORDERED_BY);
        let start = fold(entry.key.get(..start).unwrap_or_default());
        (std::cmp::Reverse(entry.count), start, entry.row)
    });
    let values = entries.iter().map(Entry::value_count).collect();
    Ok(Statistics { distinct, values, ..plain(&counts) })
}

#[cfg(test)]
mod tests;
