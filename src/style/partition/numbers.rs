//! Classes of a number.

use arrow_array::Array;
use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};

use super::super::breaks::{self, Method, class_of};
use super::super::{NumberOf, Per};
use super::{Class, NONE, PartitionError, Shown, field};
use crate::jobs::{Watch, cores, in_parallel};
use crate::measure;
use crate::table::{FieldKind, PartKind, Table};

/// Rows looked at in one go.
const RUN: usize = 1 << 15;

/// Steps of the picture of how numbers are spread.
const BINS: f64 = 60.0;

/// How the numbers of the rows shown are spread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// The least and the greatest number; none when there is none.
    pub ends: Option<[f64; 2]>,
    /// How many rows are in each of equal steps of the axis.
    pub bins: Vec<u64>,
    /// Where the steps begin and end: at the least and the greatest number; half a step farther out
    /// where there is one for each whole number.
    pub axis: [f64; 2],
    /// Whether all numbers are whole.
    pub wholes: bool,
    /// How many rows have a number.
    pub rows: u64,
    /// How many rows have none.
    pub missing: u64,
}

/// How classes are made.
#[derive(Clone, Copy)]
pub(super) struct How<'a> {
    pub method: Method,
    pub count: usize,
    pub breaks: Option<&'a [f64]>,
}

type Classes = (Vec<u16>, Vec<Class>, Spread);

/// The class of each row, and what the classes are.
pub(super) fn classes(
    table: &Table,
    of: &NumberOf,
    how: How<'_>,
    shown: Shown<'_>,
    watch: &Watch,
) -> Result<Classes, PartitionError> {
    let numbers = of_rows(table, of, watch)?;
    let is_kept = |(row, number): &(usize, &f64)| number.is_finite() && shown.has(*row);
    let kept = numbers.iter().enumerate().filter(is_kept);
    let kept: Vec<f64> = kept.map(|(_, number)| *number).collect();
    watch.check()?;
    let shown_rows = (0..numbers.len()).filter(|row| shown.has(*row)).count() as u64;
    let spread = spread(&kept, shown_rows);
    let Some([least, greatest]) = spread.ends else {
        return Ok((vec![0; numbers.len()], vec![Class::Missing], spread));
    };
    let uppers = match how.breaks {
        Some(breaks) => by_hand(breaks, greatest),
        None => breaks::breaks(kept, how.method, how.count, watch)?.unwrap_or_default(),
    };
    // Classes below all numbers are empty, and stay: what was changed about classes goes by place.
    let mut lower = uppers.first().map_or(least, |upper| least.min(*upper));
    let mut classes = Vec::with_capacity(uppers.len() + 1);
    for upper in &uppers {
        classes.push(Class::Range { lower, upper: *upper });
        lower = *upper;
    }
    let missing = u16::try_from(classes.len()).unwrap_or(NONE);
    let last = missing.saturating_sub(1);
    if spread.missing > 0 {
        classes.push(Class::Missing);
    }
    let runs = in_parallel(numbers.chunks(RUN), |numbers| {
        let class = |number: &f64| {
            if number.is_finite() {
                // Rows that are not shown may lie beyond: they are not drawn anyway.
                class_of(&uppers, *number).and_then(|class| class.try_into().ok()).unwrap_or(last)
            } else {
                missing
            }
        };
        numbers.iter().map(class).collect::<Vec<u16>>()
    });
    Ok((runs.concat(), classes, spread))
}

/// Breaks set by hand, ascending; the last class reaches to the greatest number.
fn by_hand(breaks: &[f64], greatest: f64) -> Vec<f64> {
    let mut uppers: Vec<f64> = breaks.iter().copied().filter(|at| at.is_finite()).collect();
    uppers.sort_by(f64::total_cmp);
    uppers.dedup();
    match uppers.last_mut() {
        Some(last) if *last < greatest => *last = greatest,
        Some(_) => {}
        None => uppers.push(greatest),
    }
    uppers
}

fn spread(numbers: &[f64], rows: u64) -> Spread {
    let ends = numbers.iter().fold(None, |ends: Option<[f64; 2]>, number| {
        Some(ends.map_or([*number; 2], |[low, high]| [low.min(*number), high.max(*number)]))
    });
    let wholes = numbers.iter().all(|number| number.fract() == 0.0 && number.abs() < 1e15);
    let [low, high] = ends.unwrap_or_default();
    // Whole numbers have a step each where there are few: otherwise some steps hold two of them
    // and others one.
    let (axis, steps) = match (wholes, high - low + 1.0) {
        (true, steps) if steps <= BINS => ([low - 0.5, high + 0.5], steps),
        _ => ([low, high], BINS),
    };
    let [from, to] = axis;
    let bin_of = |number: f64| {
        let place = (number - from) / (to - from) * steps;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 0 and the number of bins; saturates"
        )]
        let bin = place.min(steps - 1.0) as usize;
        bin
    };
    let mut bins = vec![0_u64; bin_of(to) + 1];
    for number in numbers {
        if let Some(count) = bins.get_mut(bin_of(*number)) {
            *count += 1;
        }
    }
    let count = numbers.len() as u64;
    Spread { ends, bins, axis, wholes, rows: count, missing: rows.saturating_sub(count) }
}

/// The number of each row; not a number where it has none.
pub(super) fn of_rows(
    table: &Table,
    of: &NumberOf,
    watch: &Watch,
) -> Result<Vec<f64>, PartitionError> {
    let mut numbers = of_field(table, &of.field)?;
    match &of.per {
        Per::Nothing => {}
        Per::Field(field) => {
            for (number, by) in numbers.iter_mut().zip(of_field(table, field)?) {
                *number = if by == 0.0 { f64::NAN } else { *number / by };
            }
        }
        Per::SquareKilometre => {
            for (number, area) in numbers.iter_mut().zip(areas(table, watch)?) {
                *number /= area;
            }
        }
    }
    Ok(numbers)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "classes of whole numbers beyond 2^53 may be off by one"
)]
fn of_field(table: &Table, name: &str) -> Result<Vec<f64>, PartitionError> {
    let at = field(table, name)?;
    let no_numbers = || PartitionError::NoNumbers(name.to_owned());
    let kind = table.fields.get(at).map(|field| field.kind);
    let column = table.columns.get(at).ok_or_else(no_numbers)?;
    let mut numbers: Vec<f64> = match kind {
        Some(FieldKind::Integer) => {
            let column = column.as_primitive_opt::<Int64Type>().ok_or_else(no_numbers)?;
            column.values().iter().map(|value| *value as f64).collect()
        }
        Some(FieldKind::Number) => {
            let column = column.as_primitive_opt::<Float64Type>().ok_or_else(no_numbers)?;
            column.values().to_vec()
        }
        _ => return Err(no_numbers()),
    };
    if column.null_count() > 0 {
        for (row, number) in numbers.iter_mut().enumerate() {
            if column.is_null(row) {
                *number = f64::NAN;
            }
        }
    }
    Ok(numbers)
}

/// The area of each row's polygons, square kilometres; not a number where it has none.
fn areas(table: &Table, watch: &Watch) -> Result<Vec<f64>, PartitionError> {
    let (Some(geometry), Some(crs)) = (&table.geometry, &table.crs) else {
        return Err(PartitionError::NoAreas);
    };
    let has_areas = geometry
        .types()
        .iter()
        .any(|kind| !matches!(kind.part_kind(), Some(PartKind::Point | PartKind::Line)));
    if !has_areas {
        return Err(PartitionError::NoAreas);
    }
    let runs = table.rows().div_ceil(cores() * 4).max(256);
    let starts: Vec<usize> = (0..table.rows()).step_by(runs).collect();
    let made = in_parallel(starts, |start| {
        let rows = start..(start + runs).min(table.rows());
        rows.map(|row| {
            watch.check()?;
            let measured = measure::feature(geometry.row(row), crs)?;
            Ok(measured.area.filter(|area| *area > 0.0).map_or(f64::NAN, |area| area / 1e6))
        })
        .collect::<Result<Vec<f64>, PartitionError>>()
    });
    Ok(made.into_iter().collect::<Result<Vec<_>, _>>()?.concat())
}
