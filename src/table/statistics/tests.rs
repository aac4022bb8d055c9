//! Statistics against NumPy 2.4.6 and pandas 3.1.1 on made-up columns of 100,000 rows (`np.mean`,
//! `np.median`, `np.std`, `np.histogram(bins=48)`, `value_counts`), and what is special.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::{Array, ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array};
use arrow_array::{StringArray, TimestampMillisecondArray};

use super::*;
use crate::i18n::Language;
use crate::table::{DateTimeForm, Field, Offset, Value};

fn table(kind: FieldKind, column: ArrayRef) -> Table {
    Table::new("t", column.len(), vec![Field::new("veld", kind)], vec![column], None)
        .unwrap_or_else(|error| panic!("{error}"))
}

fn of(table: &Table, rows: Option<&BooleanArray>) -> Statistics {
    Statistics::of(table, 0, rows, &Watch::unwatched()).unwrap_or_else(|error| panic!("{error}"))
}

/// The generator of "Numerical Recipes" (32 bits), the same as in the oracle's script.
fn sequence() -> Vec<i64> {
    let mut state = 12345_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        i64::from(state)
    };
    (0..100_000).map(|_| next()).collect()
}

fn value(table: &Table, at: &ValueCount) -> String {
    table.value(at.row, 0).to_data_text()
}

#[expect(clippy::float_cmp, reason = "ends and medians are exact")]
fn check(found: Option<Numbers>, expected: [f64; 6]) {
    let Some(found) = found else { panic!("numbers") };
    let near = |a: f64, b: f64| assert!((a - b).abs() <= b.abs() * 1e-14, "{a} for {b}");
    let [least, most, sum, mean, median, deviation] = expected;
    assert_eq!([found.least, found.most, found.median], [least, most, median]);
    near(found.sum, sum);
    near(found.mean, mean);
    near(found.deviation, deviation);
}

#[test]
fn whole_numbers_as_numpy_has_them() {
    let numbers = sequence().into_iter().map(|s| (s % 11 != 0).then_some((s >> 8) % 1000 - 300));
    let numbers: Int64Array = numbers.collect();
    let table = table(FieldKind::Integer, Arc::new(numbers));
    let found = of(&table, None);
    assert_eq!((found.rows, found.nulls, found.with_value()), (100_000, 9_114, 90_886));
    check(
        found.numbers,
        [-300.0, 699.0, 17993666.0, 197.98061307572124, 197.0, 287.75049000087654],
    );
    assert_eq!((found.distinct, found.others()), (1000, (0, 0)));
    let most = found.values.first().map(|most| (value(&table, most), most.count));
    assert_eq!(most, Some(("32".to_owned(), 121)));
    assert_eq!(found.histogram.get(..4), Some(&[1940, 1888, 1899, 1847][..]));
    assert_eq!(found.histogram.get(44..), Some(&[1888, 1828, 1872, 1834][..]));
    assert_eq!(found.histogram.iter().sum::<u64>(), 90_886);
}

#[test]
fn numbers_as_numpy_has_them() {
    let number = |s: i64| f64::from(u32::try_from((s >> 4) % 100_003).unwrap_or(0)) / 7.0 - 5000.25;
    let numbers = sequence().into_iter().map(|s| (s % 11 != 0).then(|| number(s)));
    let numbers: Float64Array = numbers.collect();
    let table = table(FieldKind::Number, Arc::new(numbers));
    let found = of(&table, None);
    let ends = [-5000.107142857143, 9285.75];
    let rest = [193575377.35714287, 2129.8701379436093, 2117.1071428571427, 4122.392299864487];
    check(found.numbers, [ends[0], ends[1], rest[0], rest[1], rest[2], rest[3]]);
    let at = found.ends.unwrap_or_default().map(|row| table.value(row, 0));
    assert_eq!(at, ends.map(Value::Number));
    assert_eq!((found.distinct, found.values.len()), (59_686, MOST_VALUES));
    let (values, rows) = found.others();
    assert_eq!(values, 49_686);
    let listed: u64 = found.values.iter().map(|value| value.count).sum();
    assert_eq!(listed + rows, 90_886);
    assert!(found.values.windows(2).all(|pair| match pair {
        [a, b] => a.count >= b.count,
        _ => true,
    }));
    assert_eq!(found.histogram.get(..4), Some(&[1907, 1832, 1940, 1900][..]));
    assert_eq!(found.histogram.get(44..), Some(&[1859, 1905, 1909, 1896][..]));
}

#[test]
fn texts_as_pandas_counts_them() {
    let text = |s: i64| {
        let number = if (s >> 9) % 5 != 0 { (s >> 12) % 2500 } else { 7 };
        format!("wijk {number}")
    };
    let texts = sequence().into_iter().map(|s| (s % 11 != 0).then(|| text(s)));
    let texts: StringArray = texts.collect();
    let table = table(FieldKind::Text, Arc::new(texts.clone()));
    let found = of(&table, None);
    assert_eq!((found.distinct, found.nulls), (2500, 9_114));
    let first: Vec<_> =
        found.values.iter().take(4).map(|at| (value(&table, at), at.count)).collect();
    let expected = [("wijk 7", 18111), ("wijk 2079", 48), ("wijk 267", 48), ("wijk 414", 48)];
    assert_eq!(first, expected.map(|(text, count)| (text.to_owned(), count)));
    // Each value points at the first row that has it, whatever thread met it first.
    let mut first_rows: HashMap<&str, usize> = HashMap::new();
    for (row, text) in texts.iter().enumerate() {
        if let Some(text) = text {
            first_rows.entry(text).or_insert(row);
        }
    }
    assert!(found.values.iter().all(|at| first_rows.get(texts.value(at.row)) == Some(&at.row)));
    // Half of the rows: as counted one by one.
    let mask: BooleanArray =
        (0..50_000).map(|row| (row % 3 != 0).then_some(row % 3 == 1)).collect();
    let some = of(&table, Some(&mask));
    let mut counts: HashMap<&str, u64> = HashMap::new();
    for text in (0..50_000).filter(|row| row % 3 == 1 && texts.is_valid(*row)) {
        *counts.entry(texts.value(text)).or_default() += 1;
    }
    assert_eq!(some.rows, 16_667);
    assert_eq!(some.distinct, counts.len() as u64);
    assert!(some.values.iter().all(|at| counts.get(texts.value(at.row)) == Some(&at.count)));
}

#[test]
fn what_is_no_finite_number_is_counted_apart() {
    let numbers = [f64::NAN, 0.0, -0.0, f64::INFINITY, 1e308, -1e308, f64::MIN_POSITIVE];
    let numbers = Float64Array::from(numbers.to_vec());
    let table = table(FieldKind::Number, Arc::new(numbers));
    let found = of(&table, None);
    assert_eq!((found.rows, found.not_finite, found.distinct), (7, 2, 4));
    assert_eq!(found.values.first(), Some(&ValueCount { row: 1, count: 2 }));
    assert_eq!(found.ends, Some([5, 4]));
    let Some(numbers) = found.numbers else { panic!("numbers") };
    assert!((numbers.median, numbers.sum) == (0.0, f64::MIN_POSITIVE), "{numbers:?}");
    assert_eq!(found.histogram.iter().sum::<u64>(), 5);
    assert!(
        [-1e308, -0.5, 0.0, 1e-320, 7.25].iter().all(|n| ordered(*n).map(unordered) == Some(*n))
    );
}

#[test]
fn dates_have_ends_and_booleans_counts() {
    let dates = Date32Array::from(vec![Some(20_000), None, Some(-5), Some(20_000)]);
    let found = of(&table(FieldKind::Date, Arc::new(dates)), None);
    assert_eq!((found.ends, found.distinct, found.nulls), (Some([2, 0]), 2, 1));
    assert_eq!(found.numbers, None);
    assert_eq!((found.histogram.first(), found.histogram.last()), (Some(&1), Some(&2)));
    let form = DateTimeForm { separator: 'T', fraction: None, offset: Offset::None };
    let moments = TimestampMillisecondArray::from(vec![Some(5), Some(5), Some(3)]);
    let found = of(&table(FieldKind::DateTime(form), Arc::new(moments)), None);
    assert_eq!(found.values.first(), Some(&ValueCount { row: 0, count: 2 }));
    let flags = BooleanArray::from(vec![Some(false), Some(true), None, Some(true)]);
    let found = of(&table(FieldKind::Boolean, Arc::new(flags)), None);
    let expected = [ValueCount { row: 1, count: 2 }, ValueCount { row: 0, count: 1 }];
    assert_eq!(found.values, expected);
    assert_eq!(found.ends, None);
}

#[test]
fn nothing_at_all_and_cancel() {
    let nulls = Float64Array::from(vec![None, None]);
    let nulls = table(FieldKind::Number, Arc::new(nulls));
    let found = of(&nulls, None);
    assert_eq!((found.rows, found.nulls, found.distinct), (2, 2, 0));
    assert_eq!((found.ends, found.numbers, found.histogram.len()), (None, None, 0));
    let missing = Statistics::of(&nulls, 9, None, &Watch::unwatched());
    assert_eq!(missing, Ok(Statistics::default()));
    let watch = Watch::unwatched();
    watch.cancel();
    assert_eq!(Statistics::of(&nulls, 0, None, &watch), Err(Cancelled));
}

/// A million rows, as the window has it done: by a job, on all cores, told how far it is.
#[test]
fn a_million_rows_are_counted_by_a_job() {
    let texts: StringArray =
        (0..1_000_000).map(|row| Some(format!("straat {}", row % 30_011))).collect();
    let table = table(FieldKind::Text, Arc::new(texts)).shared();
    let ours = table.clone();
    let job = crate::jobs::Job::start(
        "statistics",
        || {},
        move |watch| Statistics::of(&ours, 0, None, watch).map(|found| (found, watch.fraction())),
    );
    let Some(Ok((found, fraction))) = job.wait() else { panic!("the job ends") };
    assert_eq!((found.rows, found.distinct), (1_000_000, 30_011));
    assert_eq!(fraction, Some(1.0));
    assert_eq!(found.values.len(), MOST_VALUES);
    // 1,000,000 = 33 · 30,011 + 9,637: so many have one more.
    let more = found.values.iter().filter(|value| value.count == 34).count();
    assert_eq!(more, 9_637);
    assert_eq!(found.others(), (20_011, 1_000_000 - 34 * 9_637 - 33 * 363));
    assert!(found.values.iter().all(|at| value(&table, at) == format!("straat {}", at.row)));
}

/// Against looking at each value as a person reads it.
#[test]
fn rare_values_are_found_among_all() {
    let names: Vec<Option<String>> = (0..30_000)
        .map(|at| (at % 7 != 3).then(|| format!("Straat {} É{}", at % 12_000, at % 5)))
        .collect();
    let texts = table(FieldKind::Text, Arc::new(StringArray::from(names)));
    assert!(of(&texts, None).others().0 > 0, "not all are listed");
    let numbers: Vec<i64> = (0..30_000).map(|at| at % 11_000).collect();
    let numbers = table(FieldKind::Integer, Arc::new(Int64Array::from(numbers)));
    for (table, wanted) in [(&texts, "straat 11999"), (&texts, " e3"), (&numbers, "999")] {
        let language = Language::Dutch;
        let found = Statistics::of_those_that_hold(table, 0, wanted, language, &Watch::unwatched());
        let found = found.unwrap_or_else(|error| panic!("{error:?}"));
        let mut expected: HashMap<String, u64> = HashMap::new();
        for row in 0..table.rows() {
            let text = table.value(row, 0).in_language(language);
            if fold(&text).contains(wanted) {
                *expected.entry(text).or_default() += 1;
            }
        }
        assert!(!expected.is_empty());
        assert_eq!(found.distinct, expected.len() as u64, "{wanted}");
        for at in &found.values {
            assert_eq!(expected.get(&value(table, at)), Some(&at.count), "{wanted}");
        }
    }
    let watch = Watch::default();
    watch.cancel();
    let ended = Statistics::of_those_that_hold(&texts, 0, "s", Language::Dutch, &watch);
    assert!(ended.is_err());
}

#[test]
fn quartiles_as_numpy_has_them() {
    // NumPy 2.4.6: np.quantile(…, [0.25, 0.75]), which is type 7.
    for (numbers, quartiles) in [
        (vec![3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0], [1.75, 5.25]),
        (vec![1.5, 2.5, 10.0, -3.0, 7.25], [1.5, 7.25]),
        (vec![5.0], [5.0, 5.0]),
        (vec![1.0, 2.0], [1.25, 1.75]),
    ] {
        let table = table(FieldKind::Number, Arc::new(Float64Array::from(numbers)));
        assert_eq!(of(&table, None).numbers.map(|found| found.quartiles), Some(quartiles));
    }
    // From one end of all numbers to the other.
    let ends = table(FieldKind::Number, Arc::new(Float64Array::from(vec![-f64::MAX, f64::MAX])));
    let [first, third] = of(&ends, None).numbers.map(|found| found.quartiles).unwrap_or_default();
    let near = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-15;
    assert!(near(first, -f64::MAX / 2.0) && near(third, f64::MAX / 2.0), "{first} {third}");
}
