use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Date32Array, Float64Array, Int64Array, StringArray};

use super::*;
use crate::table::Field;

fn table(kind: FieldKind, column: ArrayRef) -> Table {
    of(vec![Field::new("n", kind)], vec![column])
}

fn of(fields: Vec<Field>, columns: Vec<ArrayRef>) -> Table {
    Table::new("t", columns[0].len(), fields, columns, None).unwrap()
}

fn watch() -> Watch {
    Watch::unwatched()
}

fn steps(table: &Table, rows: Option<&RowSet>) -> Bars {
    let mask = rows.map(RowSet::to_mask);
    let facts = Statistics::of(table, 0, mask.as_ref(), &watch()).unwrap();
    let bars = Bars::of_steps(table, 0, &facts, rows, &watch()).unwrap().unwrap();
    bars.tallied(table, None, &watch()).unwrap()
}

fn counts(bars: &Bars) -> Vec<u64> {
    bars.tallies.iter().map(|tally| tally.rows).collect()
}

#[test]
fn bars_of_numbers_begin_at_round_ones_and_hold_every_row_once() {
    let numbers: Vec<Option<f64>> =
        (0..1001).map(|n| (n % 10 != 3).then(|| f64::from(n) / 10.0)).collect();
    let with = numbers.iter().flatten().count() as u64;
    let table = table(FieldKind::Number, Arc::new(Float64Array::from(numbers)));
    let bars = steps(&table, None);
    assert_eq!(bars.bars.first(), Some(&BarOf::Range([0.0, 5.0])));
    // The greatest, 100, belongs to the last bar.
    assert_eq!(bars.bars.last(), Some(&BarOf::Range([95.0, 100.0])));
    assert_eq!(bars.bars.len(), 20);
    assert_eq!(counts(&bars).iter().sum::<u64>(), with);
    // 0.0 to 4.9 without the five that end in 3; the last has 100 as well.
    assert_eq!((counts(&bars)[0], counts(&bars)[19]), (45, 46));
    let some = RowSet::of(1001, 0..50);
    assert_eq!(counts(&steps(&table, Some(&some))).iter().sum::<u64>(), 45);
}

#[test]
fn the_rows_of_bars_are_those_whose_values_lie_there() {
    let numbers: Vec<i64> = (0..500).map(|n| (n * 7919) % 251).collect();
    let table = table(FieldKind::Integer, Arc::new(Int64Array::from(numbers.clone())));
    let bars = steps(&table, None);
    for (at, bar) in bars.bars.iter().enumerate() {
        let BarOf::Range([from, to]) = *bar else { panic!("steps of numbers") };
        let rows: Vec<usize> = bars.rows_of(|bar| bar == at).iter().collect();
        let right: Vec<usize> = (0..500)
            .filter(|row| (from..to).contains(&f64::from(i32::try_from(numbers[*row]).unwrap())))
            .collect();
        assert_eq!(rows, right);
        assert_eq!(bars.tallies[at].rows, rows.len() as u64);
    }
    let selected = RowSet::of(500, [1, 2, 3, 499]);
    let part = bars.tally(&table, None, Some(&selected), &watch()).unwrap();
    assert_eq!(part.iter().map(|tally| tally.rows).sum::<u64>(), 4);
}

#[test]
fn edges_are_the_numbers_that_their_digits_say() {
    assert_eq!(edges(Axis::Number, [0.1, 0.35], 5), [0.1, 0.15, 0.2, 0.25, 0.3, 0.35]);
    assert_eq!(edges(Axis::Whole, [1.0, 4.0], 24), [1.0, 2.0, 3.0, 4.0, 5.0]);
    assert_eq!(edges(Axis::Number, [7.0, 7.0], 24), [7.0, 7.1]);
    // From end to end of all numbers, and numbers that hardly differ.
    for ends in [[-f64::MAX, f64::MAX], [1e16, 1e16 + 4.0], [-f64::MIN_POSITIVE, 0.0]] {
        let edges = edges(Axis::Number, ends, 24);
        assert!(edges.len() >= 2 && edges.is_sorted() && edges.len() < 60, "{edges:?}");
        assert!(edges[0] <= ends[0] && edges[edges.len() - 1] >= ends[1], "{edges:?}");
    }
}

#[test]
fn time_is_divided_where_the_calendar_is() {
    let day = |year, month, day| {
        let date = chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let epoch = chrono::DateTime::UNIX_EPOCH.date_naive();
        i32::try_from(date.signed_duration_since(epoch).num_days()).unwrap()
    };
    let days = vec![day(2023, 3, 15), day(2023, 12, 31), day(2024, 2, 29), day(2024, 3, 1)];
    let table = table(FieldKind::Date, Arc::new(Date32Array::from(days)));
    let bars = steps(&table, None);
    let month = |y, m| f64::from(day(y, m, 1));
    assert_eq!(bars.bars[0], BarOf::Range([month(2023, 3), month(2023, 4)]));
    assert_eq!(bars.bars.len(), 13);
    assert_eq!(counts(&bars), [1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 1]);
    // Weeks begin on Monday: 4 November 2024 was one.
    let weeks = edges(Axis::Days, [f64::from(day(2024, 11, 6)), f64::from(day(2025, 2, 1))], 24);
    assert_eq!(weeks.first(), Some(&f64::from(day(2024, 11, 4))));
    // Hours, and an offset from UTC is the clock of the data.
    let hour = 3_600_000.0;
    let hours = edges(Axis::Moments, [1.5 * hour, 20.0 * hour], 24);
    assert_eq!((hours[0], hours[1], hours.len()), (hour, 2.0 * hour, 21));
}

#[test]
fn values_have_a_bar_each_and_the_rest_one_together() {
    let names = ["a", "b", "a", "c", "d", "a", "b"];
    let mut texts: Vec<Option<&str>> = names.into_iter().map(Some).collect();
    texts.push(None);
    let amounts = Float64Array::from(vec![1.0, 2.0, 4.0, 8.0, 16.0, f64::NAN, 64.0, 128.0]);
    let fields = vec![Field::new("n", FieldKind::Text), Field::new("m", FieldKind::Number)];
    let columns: Vec<ArrayRef> = vec![Arc::new(StringArray::from(texts)), Arc::new(amounts)];
    let table = of(fields, columns);
    let facts = Statistics::of(&table, 0, None, &watch()).unwrap();
    let bars = Bars::of_values(&table, 0, &facts, 2, None, &watch()).unwrap();
    let bars = bars.tallied(&table, Some(1), &watch()).unwrap();
    assert_eq!(bars.bars, [BarOf::Value(0), BarOf::Value(1), BarOf::Others(2)]);
    assert_eq!(counts(&bars), [3, 2, 2]);
    let sums: Vec<f64> = bars.tallies.iter().map(|tally| tally.sum).collect();
    assert_eq!(sums, [5.0, 66.0, 24.0]);
    assert_eq!(bars.tallies[0].mean(), Some(2.5));
    let others: Vec<usize> = bars.rows_of(|bar| bar == 2).iter().collect();
    assert_eq!(others, [3, 4]);
}

#[test]
fn two_numbers_go_together_as_numpy_says() {
    // numpy 2.4.6: np.corrcoef([1, 2, 3, 4, 5, 6], [2, 1, 4, 3, 7, 5])[0, 1].
    let x = Int64Array::from(vec![Some(1), Some(2), Some(3), Some(4), Some(5), Some(6), None]);
    let y = Float64Array::from(vec![2.0, 1.0, 4.0, 3.0, 7.0, 5.0, 9.0]);
    let fields = vec![Field::new("x", FieldKind::Integer), Field::new("y", FieldKind::Number)];
    let columns: Vec<ArrayRef> = vec![Arc::new(x), Arc::new(y)];
    let table = of(fields, columns);
    let found = Scatter::of(&table, [0, 1], None, &watch()).unwrap().unwrap();
    assert!((found.correlation.unwrap() - 0.791_794_654_888_629_5).abs() < 1e-12);
    assert_eq!((found.rows, found.without, found.points.len()), (6, 1, 6));
    assert_eq!(found.cells.iter().sum::<u64>(), 6);
    assert_eq!(found.ends, [[1.0, 6.0], [1.0, 7.0]]);
    let inside = found.rows_in(&table, [[2.0, 5.0], [1.0, 4.0]], None, &watch()).unwrap();
    assert_eq!(inside.iter().collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn a_course_follows_each_thing_from_the_earliest_to_the_latest() {
    // Readings of two car parks, not in order; one without a number, one of a third.
    let days = [3, 1, 2, 2, 1, 3, 9];
    let free = [Some(30), Some(10), Some(20), Some(200), Some(100), None, Some(7)];
    let parks = ["a", "a", "a", "b", "b", "b", "c"];
    let fields = vec![
        Field::new("dag", FieldKind::Date),
        Field::new("vrij", FieldKind::Integer),
        Field::new("naam", FieldKind::Text),
    ];
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Date32Array::from(days.to_vec())),
        Arc::new(Int64Array::from(free.to_vec())),
        Arc::new(StringArray::from(parks.to_vec())),
    ];
    let table = of(fields, columns);
    let course = Course::of(&table, [0, 1], Some(2), None, &watch()).unwrap().unwrap();
    assert_eq!((course.rows, course.without), (6, 1));
    assert_eq!(course.axes, [Axis::Days, Axis::Whole]);
    assert_eq!(course.ends, [[1.0, 9.0], [7.0, 200.0]]);
    let lines: Vec<&[[f64; 2]]> = course.lines.iter().map(|line| &*line.points).collect();
    assert_eq!(lines[0], [[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]);
    assert_eq!(lines[1], [[1.0, 100.0], [2.0, 200.0]]);
    assert_eq!(lines[2], [[9.0, 7.0]]);
    assert_eq!(course.lines[0].rows, [1, 2, 0]);
    assert_eq!((course.lines[0].at(0.5), course.lines[0].at(2.5)), (None, Some(20.0)));
    let rows = |rows: RowSet| rows.iter().collect::<Vec<_>>();
    assert_eq!(rows(course.rows_of(&table, 1)), [3, 4]);
    assert_eq!(rows(course.rows_within(&table, [2.0, 3.0])), [0, 2, 3]);
    // One line of all; only some rows; a text is no time.
    let some = RowSet::of(7, [0, 3]);
    let course = Course::of(&table, [0, 1], None, Some(&some), &watch()).unwrap().unwrap();
    assert_eq!(course.lines.len(), 1);
    assert_eq!(course.lines[0].points, [[2.0, 200.0], [3.0, 30.0]]);
    assert_eq!(Course::of(&table, [2, 1], None, None, &watch()).unwrap(), None);
}

#[test]
fn a_long_course_becomes_means_of_equal_steps() {
    let count = 100_000_i32;
    let fields = vec![Field::new("t", FieldKind::Integer), Field::new("n", FieldKind::Number)];
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from_iter_values((0..count).map(i64::from))),
        Arc::new(Float64Array::from_iter_values((0..count).map(|at| f64::from(at % 2)))),
    ];
    let table = of(fields, columns);
    let course = Course::of(&table, [0, 1], None, None, &watch()).unwrap().unwrap();
    let line = &course.lines[0];
    assert!(line.is_mean && line.points.len() <= MOST_STEPS + 1, "{}", line.points.len());
    assert_eq!(line.rows.len(), 100_000);
    // Of noughts and ones by turns the mean is a half, but for the odd one out.
    assert!(line.points[..MOST_STEPS].iter().all(|[_, mean]| (mean - 0.5).abs() < 0.01));
}
