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

/// The number of each row's text in a list of texts (none for null), and the place of each of
/// those when they are in order: equal texts have the same.
fn ranks(
    texts: &StringArray,
    rows: &[u32],
    watch: &Watch,
) -> Result<(Vec<Option<u32>>, Vec<u32>), Cancelled> {
    let (numbers, listed) = list(texts, rows, watch)?;
    let folded = Folded::of(&listed, watch)?;
    let text = |number: u32| listed.get(number as usize).copied().unwrap_or_default();
    let texts = Texts { listed: &listed, folded };
    let all = (0_u32..).zip(&listed).map(|(number, _)| (0, number)).collect();
    let sorted = texts.sort(all, 0, watch)?;
    let mut ranks = vec![0; listed.len()];
    let (mut rank, mut before) = (0, None);
    for (_, number) in sorted {
        let text = text(number);
        rank += u32::from(before.is_some_and(|before| before != text));
        before = Some(text);
        if let Some(place) = ranks.get_mut(number as usize) {
            *place = rank;
        }
    }
    Ok((numbers, ranks))
}

/// The number of each row's text in a list of texts (none for null), and the list: each text once
/// where texts repeat, every text where hardly any does.
fn list<'a>(
    texts: &'a StringArray,
    rows: &[u32],
    watch: &Watch,
) -> Result<(Vec<Option<u32>>, Vec<&'a str>), Cancelled> {
    let mut known: Option<HashMap<&str, u32>> = Some(HashMap::new());
    let mut listed: Vec<&str> = Vec::new();
    let mut numbers = Vec::with_capacity(rows.len());
    for run in rows.chunks(RUN) {
        watch.check()?;
        numbers.extend(run.iter().map(|row| {
            let row = *row as usize;
            let text = (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row))?;
            let next = u32::try_from(listed.len()).unwrap_or(u32::MAX);
            let number = match &mut known {
                Some(known) => *known.entry(text).or_insert(next),
                None => next,
            };
            if number == next {
                listed.push(text);
            }
            Some(number)
        }));
        // To know every text costs more than to sort those that repeat.
        known = known.filter(|known| known.len() * 4 < numbers.len());
    }
    Ok((numbers, listed))
}

/// A text by its number in the list, with sixteen of its folded bytes as a number.
type Part = (u128, u32);

/// The bytes of a part.
const PART: usize = size_of::<u128>();
/// So few texts are compared as a whole.
const FEW: usize = 6;
/// So many parts are looked at one by one at most.
const DEEPEST: usize = 16;

/// Texts to be put in order: by a part at a time, as whole texts are far away in memory.
struct Texts<'a> {
    listed: &'a [&'a str],
    folded: Folded,
}

impl Texts<'_> {
    /// Sorts texts that are equal before part `depth`.
    fn sort(
        &self,
        mut texts: Vec<Part>,
        depth: usize,
        watch: &Watch,
    ) -> Result<Vec<Part>, Cancelled> {
        all(in_parallel(texts.chunks_mut(RUN), |run| {
            watch.check()?;
            self.take_part(run, depth);
            Ok(())
        }))?;
        let mut texts = sort(texts, |a, b| a.0.cmp(&b.0), watch)?;
        let (mut few, mut many) = (Vec::new(), Vec::new());
        for equal in texts.chunk_by_mut(|a, b| a.0 == b.0).filter(|equal| equal.len() > 1) {
            if equal.len() < RUN { few.push(equal) } else { many.push(equal) }
        }
        // Some hundred groups at a time: most are small.
        let mut groups = few.chunks_mut(256);
        all(in_parallel(groups.by_ref().collect::<Vec<_>>(), |groups| {
            watch.check()?;
            groups.iter_mut().for_each(|equal| self.sort_equal(equal, depth));
            Ok(())
        }))?;
        for equal in many {
            if self.ends(equal, depth) {
                let sorted = sort(equal.to_vec(), |a, b| self.compare(a, b), watch)?;
                equal.copy_from_slice(&sorted);
            } else {
                equal.copy_from_slice(&self.sort(equal.to_vec(), depth + 1, watch)?);
            }
        }
        Ok(texts)
    }

    /// Sorts texts that are equal up to and with part `depth`.
    fn sort_equal(&self, texts: &mut [Part], depth: usize) {
        if self.ends(texts, depth) {
            return texts.sort_unstable_by(|a, b| self.compare(a, b));
        }
        self.take_part(texts, depth + 1);
        texts.sort_unstable_by_key(|text| text.0);
        for equal in texts.chunk_by_mut(|a, b| a.0 == b.0).filter(|equal| equal.len() > 1) {
            self.sort_equal(equal, depth + 1);
        }
    }

    /// Whether comparing whole texts is the best way on from part `depth`: they are few, or as long
    /// as this equal, or none goes on.
    fn ends(&self, texts: &[Part], depth: usize) -> bool {
        texts.len() < FEW
            || depth >= DEEPEST
            || texts.iter().all(|(_, number)| self.folded.text(*number).len() <= (depth + 1) * PART)
    }

    fn take_part(&self, texts: &mut [Part], depth: usize) {
        for (part, number) in texts {
            let rest = self.folded.text(*number).get(depth * PART..).unwrap_or_default();
            let mut bytes = [0; PART];
            bytes.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
            *part = u128::from_be_bytes(bytes);
        }
    }

    fn compare(&self, (_, a): &Part, (_, b): &Part) -> Ordering {
        let whole = |number: u32| {
            let text = self.listed.get(number as usize).copied().unwrap_or_default();
            (self.folded.text(number), text)
        };
        compare_folded(whole(*a), whole(*b))
    }
}

/// Texts without case and accents, one after another.
struct Folded {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Folded {
    fn of(texts: &[&str], watch: &Watch) -> Result<Folded, Cancelled> {
        let runs = in_parallel(texts.chunks(RUN), |run| {
            watch.check()?;
            let mut some = Folded { bytes: Vec::new(), ends: Vec::new() };
            for text in run {
                fold_into(text, &mut some.bytes);
                some.ends.push(some.bytes.len());
            }
            Ok(some)
        });
        let mut all = Folded { bytes: Vec::new(), ends: vec![0] };
        for run in runs {
            let run = run?;
            let before = all.bytes.len();
            all.ends.extend(run.ends.iter().map(|end| before + end));
            all.bytes.extend(run.bytes);
        }
        Ok(all)
    }

    fn text(&self, number: u32) -> &[u8] {
        let end = |at: usize| self.ends.get(at).copied().unwrap_or_default();
        let at = number as usize;
        self.bytes.get(end(at)..end(at + 1)).unwrap_or_default()
    }
}

fn all(done: Vec<Result<(), Cancelled>>) -> Result<(), Cancelled> {
    done.into_iter().collect()
}

/// Sorts by runs on all cores, then merges them two by two. Things that compare equal come in any
/// order.
fn sort<T: Copy + Send + Sync>(
    mut things: Vec<T>,
    order: impl Fn(&T, &T) -> Ordering + Sync,
    watch: &Watch,
) -> Result<Vec<T>, Cancelled> {
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
        for (different, start) in [
            (50, "Éé straat"),
            (100_000_000, "straat"),
            (100_000_000, "https://data.stad.gent/id/adressen/"),
        ] {
            let texts: Vec<Option<String>> = (0..200_000)
                .map(|_| (dice(20) > 0).then(|| format!("{start} {:x}", dice(different))))
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
