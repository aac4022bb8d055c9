//! The numbers of areas.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, UInt32Array};
use arrow_buffer::BooleanBuffer;
use arrow_select::take::take;

use super::super::features::placed;
use super::areas::Areas;
use super::lying::{Measured, lying};
use super::measuring::areas_of_rows;
use super::pairs::Pairs;
use super::sides::{ByPlaceError, Things, areas_moved, chosen};
use super::{Columns, NumberColumn, Numbers, What};
use crate::i18n::Arg;
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::query::join::order;
use crate::table::{Field, FieldKind, Table, Value};

const SQUARE_KM: f64 = 1e6;

/// Makes columns for the rows of `areas`: numbers of the rows of `things` that meet the condition
/// and, where one is given, are true in the mask `shown`. A column that cannot be made is left out;
/// that, and what lies in no area or in several, is in the problems.
///
/// # Errors
/// See [`ByPlaceError`].
pub fn numbers(
    areas: &Table,
    things: &Table,
    shown: Option<&BooleanArray>,
    by: &Numbers,
    watch: &Watch,
) -> Result<Columns, ByPlaceError> {
    let mut made = Columns::default();
    let chosen = chosen(things, &by.condition, shown)?;
    watch.set_total(chosen.count_set_bits() as u64);
    let is_asked = |is: fn(What) -> bool| by.columns.iter().any(|column| is(column.what));
    let measured = if is_asked(What::is_length) || is_asked(What::is_area) {
        Measured::All
    } else if by.once {
        Measured::Several
    } else {
        Measured::Nothing
    };
    let layer = Things::of(things, &chosen)?;
    let all = BooleanBuffer::new_set(areas.rows());
    let column = areas_moved(areas, &all, layer.crs, &mut made.problems, watch)?;
    let prepared = Areas::of(&column, layer.rows.len(), watch)?;
    let sizes = if is_asked(What::is_divided) { Some(sizes(areas, watch)?) } else { None };
    let told = (&mut made.problems, &mut made.tally);
    let pairs = lying(&prepared, &layer, measured, told, watch)?;
    let groups = Groups::of(&pairs, areas.rows(), by.once);
    made.tally.areas = areas.rows() as u64;
    let places = prepared.has_place.iter().filter(|has_place| **has_place);
    made.tally.areas_without_place = made.tally.areas - places.count() as u64;
    let empty = prepared.has_place.iter().zip(0..);
    let empty = empty.filter(|(has_place, area)| **has_place && groups.of_area(*area).is_empty());
    made.tally.areas_empty = empty.count() as u64;
    let making = Making { things, groups: &groups, has_place: &prepared.has_place, sizes };
    for (at, column) in by.columns.iter().enumerate() {
        watch.check()?;
        if let Some((kind, values)) = making.column(column, things, &mut made.problems) {
            made.fields.push(Field::new(column.name.clone(), kind));
            made.columns.push(values);
            made.asked.push(at);
        }
    }
    tell(&mut made, things, by.once);
    Ok(made)
}

/// What lies in no area or in several.
fn tell(made: &mut Columns, things: &Table, once: bool) {
    let tally = made.tally;
    let mut report = |id, count| {
        let layer = vec![("layer", Arg::Text(things.name.clone()))];
        made.problems.report(id, count, layer, None);
    };
    report("problem-by-place-outside", tally.outside);
    report("problem-by-place-without-place", tally.without_place);
    let several =
        if once { "problem-by-place-several-once" } else { "problem-by-place-several-each" };
    report(several, tally.several);
    made.problems.add("problem-by-place-no-area", tally.areas_without_place);
}

/// How large each area is, square kilometres.
fn sizes(areas: &Table, watch: &Watch) -> Result<Vec<f64>, ByPlaceError> {
    let (column, crs) = placed(areas)?;
    let sizes = areas_of_rows(column, crs, watch)??;
    Ok(sizes.into_iter().map(|size| size / SQUARE_KM).collect())
}

/// The things of each area.
struct Groups {
    /// Where each area's things start, and one past the last's.
    starts: Vec<usize>,
    things: Vec<u32>,
    lengths: Vec<f64>,
    squares: Vec<f64>,
}

impl Groups {
    /// With `once`, a thing is one of the area that holds most of it; measures are of all.
    fn of(pairs: &Pairs, areas: usize, once: bool) -> Groups {
        let mains = if once { pairs.mains() } else { vec![true; pairs.pairs.len()] };
        let mut starts = vec![0_usize; areas + 1];
        let mut lengths = vec![0.0; areas];
        let mut squares = vec![0.0; areas];
        for (pair, is_main) in pairs.pairs.iter().zip(&mains) {
            let area = pair.area as usize;
            if let Some(count) = starts.get_mut(area + 1).filter(|_| *is_main) {
                *count += 1;
            }
            let sums = lengths.get_mut(area).zip(squares.get_mut(area));
            if let Some((length, square)) = sums {
                *length += pair.length;
                *square += pair.square;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut things = vec![0_u32; sum];
        for ((thing, pair), is_main) in pairs.things.iter().zip(&pairs.pairs).zip(&mains) {
            if !is_main {
                continue;
            }
            let Some(place) = next.get_mut(pair.area as usize) else { continue };
            if let Some(slot) = things.get_mut(*place) {
                *slot = *thing;
            }
            *place += 1;
        }
        Groups { starts, things, lengths, squares }
    }

    /// The rows of the things in an area, ascending.
    fn of_area(&self, area: usize) -> &[u32] {
        match (self.starts.get(area), self.starts.get(area + 1)) {
            (Some(start), Some(end)) => self.things.get(*start..*end).unwrap_or_default(),
            _ => &[],
        }
    }

    fn of_all(&self) -> impl Iterator<Item = &[u32]> {
        (0..self.lengths.len()).map(|area| self.of_area(area))
    }
}

struct Making<'a> {
    things: &'a Table,
    groups: &'a Groups,
    has_place: &'a [bool],
    /// Square kilometres, where a column is divided by them.
    sizes: Option<Vec<f64>>,
}

impl Making<'_> {
    /// A column; none, told, where the field is not there or does not fit.
    fn column(
        &self,
        wanted: &NumberColumn,
        things: &Table,
        problems: &mut Problems,
    ) -> Option<(FieldKind, ArrayRef)> {
        let what = wanted.what;
        let lengths = || self.groups.lengths.iter().copied();
        let squares = || self.groups.squares.iter().copied();
        let made = match what {
            What::Count => self.whole(self.groups.of_all().map(|rows| Some(count(rows)))),
            What::CountPerKm2 => self.per_km2(self.groups.of_all().map(|rows| Some(real(rows)))),
            What::LengthM => self.number(lengths().map(Some)),
            What::LengthKm => self.number(lengths().map(|metres| Some(metres / 1e3))),
            What::LengthPerKm2 => self.per_km2(lengths().map(|metres| Some(metres / 1e3))),
            What::AreaM2 => self.number(squares().map(Some)),
            What::AreaHa => self.number(squares().map(|square| Some(square / 1e4))),
            What::AreaKm2 => self.number(squares().map(|square| Some(square / SQUARE_KM))),
            What::Share => self.per_km2(squares().map(|square| Some(square / SQUARE_KM * 100.0))),
            What::Sum | What::SumPerKm2 | What::Mean | What::Median | What::Min | What::Max => {
                let layer = ("layer", Arg::Text(things.name.clone()));
                let field = ("field", Arg::Text(wanted.field.clone()));
                let mut refuse = |id| {
                    problems.report(id, 1, vec![layer.clone(), field.clone()], None);
                };
                let Some(at) = things.field_index(&wanted.field) else {
                    refuse("problem-by-place-no-field");
                    return None;
                };
                let kind = things.fields.get(at)?.kind;
                if !what.fits(kind) {
                    refuse("problem-by-place-not-numbers");
                    return None;
                }
                return self.of_field(what, at, kind);
            }
        };
        Some(made)
    }

    fn of_field(&self, what: What, at: usize, kind: FieldKind) -> Option<(FieldKind, ArrayRef)> {
        Some(match what {
            What::Sum | What::SumPerKm2 => {
                let sums: Vec<Total> = self.totals(at);
                let whole = sums.iter().map(|sum| i64::try_from(sum.whole));
                let is_whole = kind == FieldKind::Integer && whole.clone().all(|sum| sum.is_ok());
                if what == What::SumPerKm2 {
                    self.per_km2(sums.iter().map(Total::sum))
                } else if is_whole {
                    let known = sums.iter().zip(whole);
                    self.whole(known.map(|(sum, whole)| whole.ok().filter(|_| sum.is_known())))
                } else {
                    self.number(sums.iter().map(Total::sum))
                }
            }
            What::Mean => self.number(self.totals(at).iter().map(Total::mean)),
            What::Median => self.number(self.groups.of_all().map(|rows| {
                let mut values: Vec<f64> = self.numbers(rows, at).collect();
                median(&mut values)
            })),
            _ => {
                let values = self.things.columns.get(at)?;
                let best = self.groups.of_all().map(|rows| self.best(what, rows, at));
                let best: UInt32Array = best.collect();
                (kind, take(values, &best, None).ok()?)
            }
        })
    }

    /// The row with the least or greatest value; of equal ones the first.
    fn best(&self, what: What, rows: &[u32], at: usize) -> Option<u32> {
        let value = |row: &u32| self.things.value(*row as usize, at);
        let has_value = |row: &&u32| match value(row) {
            Value::Null => false,
            Value::Number(number) => !number.is_nan(),
            _ => true,
        };
        let known = rows.iter().filter(has_value);
        let by = |a: &&u32, b: &&u32| order(&value(a), &value(b));
        let found = if what == What::Min { known.min_by(by) } else { known.rev().max_by(by) };
        found.copied()
    }

    fn numbers(&self, rows: &[u32], at: usize) -> impl Iterator<Item = f64> {
        #[expect(clippy::cast_precision_loss, reason = "a median of whole numbers is rounded")]
        let number = move |row: &u32| match self.things.value(*row as usize, at) {
            Value::Integer(value) => Some(value as f64),
            Value::Number(value) => Some(value).filter(|value| !value.is_nan()),
            _ => None,
        };
        rows.iter().filter_map(number).collect::<Vec<f64>>().into_iter()
    }

    fn totals(&self, at: usize) -> Vec<Total> {
        let total = |rows: &[u32]| {
            let mut total = Total { rows: rows.len(), ..Total::default() };
            rows.iter().for_each(|row| total.add(self.things.value(*row as usize, at)));
            total
        };
        self.groups.of_all().map(total).collect()
    }

    fn whole(&self, values: impl Iterator<Item = Option<i64>>) -> (FieldKind, ArrayRef) {
        let placed = values.zip(self.has_place).map(|(value, has)| value.filter(|_| *has));
        (FieldKind::Integer, Arc::new(placed.collect::<Int64Array>()))
    }

    fn number(&self, values: impl Iterator<Item = Option<f64>>) -> (FieldKind, ArrayRef) {
        let placed = values.zip(self.has_place).map(|(value, has)| value.filter(|_| *has));
        (FieldKind::Number, Arc::new(placed.collect::<Float64Array>()))
    }

    fn per_km2(&self, values: impl Iterator<Item = Option<f64>>) -> (FieldKind, ArrayRef) {
        let sizes = self.sizes.as_deref().unwrap_or_default();
        let divided = values.enumerate().map(|(area, value)| {
            let size = sizes.get(area).copied().filter(|size| *size > 0.0)?;
            value.map(|value| value / size)
        });
        self.number(divided)
    }
}

fn count(rows: &[u32]) -> i64 {
    i64::try_from(rows.len()).unwrap_or(i64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "rows are fewer than 2^32")]
fn real(rows: &[u32]) -> f64 {
    rows.len() as f64
}

fn median(values: &mut [f64]) -> Option<f64> {
    values.sort_unstable_by(f64::total_cmp);
    let half = values.len() / 2;
    let upper = values.get(half)?;
    if values.len() % 2 == 1 {
        return Some(*upper);
    }
    let lower = values.get(half.checked_sub(1)?)?;
    Some(f64::midpoint(*lower, *upper))
}

/// A sum: of whole numbers exactly, of others with what rounding loses added at the end (Neumaier,
/// "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54, 1974).
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    /// How many rows there are, with and without a value.
    rows: usize,
    values: u32,
    whole: i128,
    number: f64,
    lost: f64,
}

impl Total {
    fn add(&mut self, value: Value<'_>) {
        match value {
            Value::Integer(value) => self.whole += i128::from(value),
            Value::Number(value) if !value.is_nan() => {
                let sum = self.number + value;
                self.lost += if self.number.abs() >= value.abs() {
                    (self.number - sum) + value
                } else {
                    (value - sum) + self.number
                };
                self.number = sum;
            }
            _ => return,
        }
        self.values += 1;
    }

    /// The sum of nothing is 0; of values that are all missing nobody knows it.
    fn is_known(&self) -> bool {
        self.values > 0 || self.rows == 0
    }

    #[expect(clippy::cast_precision_loss, reason = "a sum of numbers is rounded")]
    fn sum(&self) -> Option<f64> {
        // What was lost is no number where the sum is past all numbers.
        let lost = if self.lost.is_finite() { self.lost } else { 0.0 };
        self.is_known().then_some(self.whole as f64 + self.number + lost)
    }

    fn mean(&self) -> Option<f64> {
        (self.values > 0).then_some(self.sum()? / f64::from(self.values))
    }
}
