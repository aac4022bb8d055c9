//! Puts many rows in order on all cores.

use std::cmp::Ordering;
use std::collections::HashMap;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{Array, BooleanArray, PrimitiveArray, StringArray};

use crate::i18n::{compare_folded, fold_into};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::{FieldKind, Table};

/// So much is sorted or merged between two looks at the watch.
const RUN: usize = 1 << 16;

/// A row with a number that sorts as its value does.
type Keyed = (u64, u32);

/// The rows by their values in a field, rows of equal values in their own order, rows without a
/// value last.
///
/// # Errors
/// When the person cancelled.
pub(super) fn sorted(
    table: &Table,
    field: usize,
    descending: bool,
    rows: &[u32],
    watch: &Watch,
) -> Result<Vec<u32>, Cancelled> {
    let (mut keyed, missing) = keyed(table, field, rows, watch)?;
    if descending {
        keyed.iter_mut().for_each(|(key, _)| *key = !*key);
    }
    let keyed = sort(keyed, Keyed::cmp, watch)?;
    Ok(keyed.into_iter().map(|(_, row)| row).chain(missing).collect())
}

/// The rows with a value, keyed, and those without.
fn keyed(
    table: &Table,
    field: usize,
    rows: &[u32],
    watch: &Watch,
) -> Result<(Vec<Keyed>, Vec<u32>), Cancelled> {
    let (Some(column), Some(kind)) =
        (table.columns.get(field), table.fields.get(field).map(|field| field.kind))
    else {
        return Ok((Vec::new(), rows.to_vec()));
    };
    let key_of: Box<dyn Fn(usize) -> Option<u64>> = match kind {
        FieldKind::Boolean => {
            let values: Option<&BooleanArray> = column.as_boolean_opt();
            Box::new(move |row| values.map(|values| u64::from(values.value(row))))
        }
        FieldKind::Integer => whole(column.as_primitive_opt::<Int64Type>(), |value| value),
        FieldKind::Date => whole(column.as_primitive_opt::<Date32Type>(), i64::from),
        FieldKind::DateTime(_) => {
            whole(column.as_primitive_opt::<TimestampMillisecondType>(), |value| value)
        }
        FieldKind::Number => {
            let values = column.as_primitive_opt::<Float64Type>();
            Box::new(move |row| {
                let value = values?.value(row);
                (!value.is_nan()).then(|| of_number(value))
            })
        }
        FieldKind::Text | FieldKind::Json => {
            let Some(texts) = column.as_string_opt::<i32>() else {
                return Ok((Vec::new(), rows.to_vec()));
            };
            let (numbers, ranks) = ranks(texts, rows, watch)?;
            let of_place = |place: usize| {
                let number = numbers.get(place).copied().flatten()?;
                ranks.get(number as usize).copied().map(u64::from)
            };
            return Ok(split(rows.iter().enumerate().map(|(at, row)| (of_place(at), *row))));
        }
    };
    watch.check()?;
    let is_valid = |row: u32| (row as usize) < column.len() && column.is_valid(row as usize);
    let key = |row: u32| if is_valid(row) { key_of(row as usize) } else { None };
    Ok(split(rows.iter().map(|row| (key(*row), *row))))
}

fn split(rows: impl ExactSizeIterator<Item = (Option<u64>, u32)>) -> (Vec<Keyed>, Vec<u32>) {
    let (mut keyed, mut missing) = (Vec::with_capacity(rows.len()), Vec::new());
    for (key, row) in rows {
        match key {
            Some(key) => keyed.push((key, row)),
            None => missing.push(row),
        }
    }
    (keyed, missing)
}

fn whole<'a, T: arrow_array::ArrowPrimitiveType>(
    values: Option<&'a PrimitiveArray<T>>,
    to_i64: impl Fn(T::Native) -> i64 + 'a,
) -> Box<dyn Fn(usize) -> Option<u64> + 'a> {
    // With the sign's bit turned, negative numbers come first.
    Box::new(move |row| Some(to_i64(values?.value(row)).cast_unsigned() ^ (1 << 63)))
}

/// In the order of `f64::total_cmp`: negative numbers have all bits turned, others the sign's.
fn of_number(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 1 { !bits } else { bits ^ (1 << 63) }
}

/// The number of each row's text among the different texts (none for null), and the place of each
/// of those when they are in order.
fn ranks(
    texts: &StringArray,
    rows: &[u32],
    watch: &Watch,
) -> Result<(Vec<Option<u32>>, Vec<u32>), Cancelled> {
    let mut known: HashMap<&str, u32> = HashMap::new();
    let mut different: Vec<&str> = Vec::new();
    let mut numbers = Vec::with_capacity(rows.len());
    for run in rows.chunks(RUN) {
        watch.check()?;
        numbers.extend(run.iter().map(|row| {
            let row = *row as usize;
            let text = (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row))?;
            let next = u32::try_from(different.len()).unwrap_or(u32::MAX);
            let number = *known.entry(text).or_insert(next);
            if number == next {
                different.push(text);
            }
            Some(number)
        }));
    }
    drop(known);
    let folded = Folded::of(&different, watch)?;
    let numbered: Vec<(u128, u32)> = (0_u32..).zip(&folded.starts).map(|(n, s)| (*s, n)).collect();
    let whole = |number: u32| {
        let number = number as usize;
        (folded.text(number), different.get(number).copied().unwrap_or_default())
    };
    let order = |a: &(u128, u32), b: &(u128, u32)| {
        a.0.cmp(&b.0).then_with(|| compare_folded(whole(a.1), whole(b.1)))
    };
    let sorted = sort(numbered, order, watch)?;
    let mut ranks = vec![0; different.len()];
    for (place, (_, number)) in (0..).zip(sorted) {
        if let Some(rank) = ranks.get_mut(number as usize) {
            *rank = place;
        }
    }
    Ok((numbers, ranks))
}

/// Texts without case and accents, one after another.
struct Folded {
    bytes: Vec<u8>,
    ends: Vec<usize>,
    /// The first sixteen bytes of each as a number: most texts differ there.
    starts: Vec<u128>,
}

impl Folded {
    fn of(texts: &[&str], watch: &Watch) -> Result<Folded, Cancelled> {
        let mut all = Folded { bytes: Vec::new(), ends: vec![0], starts: Vec::new() };
        for run in texts.chunks(RUN) {
            watch.check()?;
            for text in run {
                let before = all.bytes.len();
                fold_into(text, &mut all.bytes);
                all.ends.push(all.bytes.len());
                let mut start = [0; 16];
                let added = all.bytes.get(before..).unwrap_or_default();
                start.iter_mut().zip(added).for_each(|(to, from)| *to = *from);
                all.starts.push(u128::from_be_bytes(start));
            }
        }
        Ok(all)
    }

    fn text(&self, at: usize) -> &[u8] {
        let end = |at: usize| self.ends.get(at).copied().unwrap_or_default();
        self.bytes.get(end(at)..end(at + 1)).unwrap_or_default()
    }
}

/// Sorts by runs on all cores, then merges them two by two. Things that compare equal come in any
/// order.
fn sort<T: Copy + Send + Sync>(
    mut things: Vec<T>,
    order: impl Fn(&T, &T) -> Ordering + Sync,
    watch: &Watch,
) -> Result<Vec<T>, Cancelled> {
    let all = |done: Vec<Result<(), Cancelled>>| done.into_iter().collect::<Result<(), _>>();
    all(in_parallel(things.chunks_mut(RUN), |run| {
        watch.check()?;
        run.sort_unstable_by(&order);
        Ok(())
    }))?;
    let mut width = RUN;
    let mut merged = if width < things.len() { things.clone() } else { Vec::new() };
    while width < things.len() {
        let pairs = things.chunks(2 * width).zip(merged.chunks_mut(2 * width));
        all(in_parallel(pairs.collect::<Vec<_>>(), |(pair, into)| {
            let (left, right) = pair.split_at(width.min(pair.len()));
            merge(left, right, into, &order, watch)
        }))?;
        std::mem::swap(&mut things, &mut merged);
        width *= 2;
    }
    Ok(things)
}

fn merge<'a, T: Copy>(
    mut left: &'a [T],
    mut right: &'a [T],
    into: &mut [T],
    order: impl Fn(&T, &T) -> Ordering,
    watch: &Watch,
) -> Result<(), Cancelled> {
    for run in into.chunks_mut(RUN) {
        watch.check()?;
        for place in run {
            let from_left = match (left.first(), right.first()) {
                (Some(a), Some(b)) => order(a, b) != Ordering::Greater,
                (a, _) => a.is_some(),
            };
            let side = if from_left { &mut left } else { &mut right };
            if let Some((first, rest)) = side.split_first() {
                *place = *first;
                *side = rest;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::table::Field;

    #[test]
    fn many_rows_come_in_the_order_of_the_standard_library() {
        let mut state = 7_u64;
        let mut dice = move |limit: u64| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) % limit
        };
        // More than two runs, few different texts and many.
        for different in [50, 100_000_000] {
            let texts: Vec<Option<String>> = (0..200_000)
                .map(|_| (dice(20) > 0).then(|| format!("Éé straat nummer {}", dice(different))))
                .collect();
            let column = Arc::new(StringArray::from(texts.clone()));
            let fields = vec![Field::new("t", FieldKind::Text)];
            let table = Table::new("t", texts.len(), fields, vec![column], None);
            let table = table.unwrap_or_else(|error| panic!("{error}"));
            let rows: Vec<u32> = (0..200_000).filter(|row| row % 9 != 4).collect();
            for descending in [false, true] {
                let mut expected = rows.clone();
                expected.sort_by(|a, b| {
                    let (a, b) = (&texts[*a as usize], &texts[*b as usize]);
                    let by_text = if descending { b.cmp(a) } else { a.cmp(b) };
                    a.is_none().cmp(&b.is_none()).then(by_text)
                });
                let found = sorted(&table, 0, descending, &rows, &Watch::unwatched());
                assert_eq!(found, Ok(expected));
            }
        }
    }

    #[test]
    fn keys_sort_as_numbers_do() {
        let numbers =
            [f64::NEG_INFINITY, -1e300, -1.5, -1e-300, -0.0, 0.0, 5e-324, 1.0, f64::INFINITY];
        assert!(numbers.map(of_number).is_sorted());
    }

    #[test]
    fn a_cancel_ends_the_sorting() {
        let watch = Watch::unwatched();
        watch.cancel();
        assert_eq!(sort(vec![2, 1], Ord::cmp, &watch), Err(Cancelled));
    }
}
