//! Against a plain `HashMap` from keys to rows as text.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, StringArray};

use super::*;
use crate::table::{Field, GeometryBuilder};

/// A row: name, free places, occupation, where.
type Row = (String, Option<i64>, f64, f64);

fn table(rows: &[Row]) -> Table {
    let mut builder = GeometryBuilder::new();
    rows.iter().for_each(|row| builder.push_point([row.3, 51.0]));
    let names: Vec<&str> = rows.iter().map(|row| row.0.as_str()).collect();
    let free: Vec<Option<i64>> = rows.iter().map(|row| row.1).collect();
    let share: Vec<f64> = rows.iter().map(|row| row.2).collect();
    let columns: Vec<ArrayRef> = vec![
        Arc::new(Int64Array::from(free)),
        Arc::new(Float64Array::from(share)),
        Arc::new(StringArray::from(names)),
    ];
    let fields = vec![
        Field::new("vrij", FieldKind::Integer),
        Field::new("bezet", FieldKind::Number),
        Field::new("naam", FieldKind::Text),
    ];
    Table::new("t", rows.len(), fields, columns, builder.finish().ok()).unwrap()
}

fn between(before: &Table, after: &Table) -> Differences {
    Differences::between(before, after, &Watch::unwatched()).unwrap()
}

/// Numbers that seem random and are the same every time (Knuth's MMIX).
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % most
    }

    fn shuffle<T>(&mut self, things: &mut [T]) {
        for at in (1..things.len()).rev() {
            let other = usize::try_from(self.below(at as u64 + 1)).unwrap();
            things.swap(at, other);
        }
    }
}

fn city(dice: &mut Dice, rows: u64) -> Vec<Row> {
    let row = |at| {
        let free = (dice.below(10) > 0).then(|| dice.below(50).cast_signed());
        #[expect(clippy::cast_precision_loss, reason = "small numbers")]
        let place = dice.below(1000) as f64 / 1000.0;
        (format!("Garage {at}"), free, place * 100.0, 3.0 + place)
    };
    (0..rows).map(row).collect()
}

#[test]
fn rows_are_found_by_a_key_whatever_their_order() {
    let mut dice = Dice(7);
    for rows in [1, 12, 500, 40_000_u64] {
        let before = city(&mut dice, rows);
        let mut after = before.clone();
        after.retain(|_| dice.below(10) > 0);
        for row in &mut after {
            match dice.below(20) {
                0 => row.1 = Some(-1),
                1 => row.1 = None,
                2 => row.3 += 0.001,
                _ => {}
            }
        }
        let extra = (0..rows / 20).map(|at| (format!("New {at}"), None, 0.0, 3.0));
        after.extend(extra);
        if after.is_empty() {
            continue;
        }
        dice.shuffle(&mut after);

        let of_before: HashMap<&str, &Row> =
            before.iter().map(|row| (row.0.as_str(), row)).collect();
        let of_after: HashSet<&str> = after.iter().map(|row| row.0.as_str()).collect();
        let (mut added, mut changed, mut moved) = (Vec::new(), Vec::new(), 0);
        for (at, row) in after.iter().enumerate() {
            match of_before.get(row.0.as_str()) {
                None => added.push(at),
                Some(old) if *old != row => {
                    changed.push(at);
                    moved += usize::from((old.3 - row.3).abs() > 0.0);
                }
                Some(_) => {}
            }
        }
        let gone = |(at, row): (usize, &Row)| (!of_after.contains(row.0.as_str())).then_some(at);
        let removed: Vec<usize> = before.iter().enumerate().filter_map(gone).collect();

        let found = between(&table(&before), &table(&after));
        assert_eq!(found.paired_by, PairedBy::Field("naam".to_owned()));
        assert_eq!(found.added.iter().collect::<Vec<_>>(), added);
        assert_eq!(found.removed.iter().collect::<Vec<_>>(), removed);
        assert_eq!(found.changed.iter().collect::<Vec<_>>(), changed);
        assert_eq!(found.moved, moved);
        let places: HashMap<&str, usize> =
            after.iter().enumerate().map(|(at, row)| (row.0.as_str(), at)).collect();
        for (at, row) in before.iter().enumerate() {
            assert_eq!(found.row_after(at), places.get(row.0.as_str()).copied());
        }
    }
}

#[test]
fn without_a_key_content_tells_and_equal_rows_are_counted() {
    let row = |name: &str, free: i64| (name.to_owned(), Some(free), 1.0, 3.0);
    let before = [row("a", 1), row("b", 2), row("b", 2), row("c", 3), row("c", 3), row("c", 3)];
    let after = [row("c", 3), row("b", 2), row("a", 1), row("b", 9), row("c", 3), row("c", 3)];
    let found = between(&table(&before), &table(&after));
    assert_eq!(found.paired_by, PairedBy::Content);
    assert_eq!(found.added.iter().collect::<Vec<_>>(), [3]);
    assert_eq!(found.removed.iter().collect::<Vec<_>>(), [2]);
    assert!(found.changed.is_empty() && found.by_field.is_empty());
    assert_eq!(found.rows_after(&RowSet::of(6, [0, 1, 2])).iter().collect::<Vec<_>>(), [1, 2]);

    // As a multiset, by a plain map.
    let mut dice = Dice(3);
    let some = |dice: &mut Dice| -> Vec<Row> {
        (0..3000).map(|_| row("x", dice.below(900).cast_signed())).collect()
    };
    let (before, after) = (some(&mut dice), some(&mut dice));
    let count = |rows: &[Row]| {
        let mut counts: HashMap<i64, i64> = HashMap::new();
        rows.iter().filter_map(|row| row.1).for_each(|free| *counts.entry(free).or_default() += 1);
        counts
    };
    let (old, new) = (count(&before), count(&after));
    let both: i64 = old.iter().map(|(free, many)| (*many).min(*new.get(free).unwrap_or(&0))).sum();
    let both = usize::try_from(both).unwrap();
    let found = between(&table(&before), &table(&after));
    assert_eq!((found.removed.count(), found.added.count()), (3000 - both, 3000 - both));
}

#[test]
fn rows_that_stayed_where_they_are_go_back_to_their_old_order() {
    let mut dice = Dice(9);
    let before = city(&mut dice, 300);
    let mut after = before.clone();
    after.iter_mut().step_by(7).for_each(|row| row.1 = Some(-5));
    dice.shuffle(&mut after);
    let (before, after) = (table(&before), table(&after));
    let (order, found) = between(&before, &after).in_old_order().unwrap();
    let ordered = after.take_rows(&order).unwrap();
    assert_eq!(between(&before, &ordered), found);
    assert_eq!(found.changed.iter().collect::<Vec<_>>(), (0..300).step_by(7).collect::<Vec<_>>());
    let fewer = after.take_rows(&order[1..]).unwrap();
    assert_eq!(between(&before, &fewer).in_old_order(), None);
}

#[test]
fn identifiers_of_the_source_come_first() {
    let row = |name: &str, free: i64| (name.to_owned(), Some(free), 1.0, 3.0);
    let mut before = table(&[row("a", 1), row("b", 2)]);
    let mut after = table(&[row("a", 1), row("b", 2)]);
    before.ids = Some(Arc::new(Int64Array::from(vec![7, 8])));
    // Numbers may be text the next time.
    after.ids = Some(Arc::new(StringArray::from(vec!["8", "7"])));
    let found = between(&before, &after);
    assert_eq!((found.paired_by.clone(), found.changed.count()), (PairedBy::Ids, 2));
    assert_eq!(found.by_field, [("vrij".to_owned(), 2), ("naam".to_owned(), 2)]);
    after.ids = Some(Arc::new(Int64Array::from(vec![7, 7])));
    assert_eq!(between(&before, &after).paired_by, PairedBy::Field("naam".to_owned()));
}

#[test]
fn fields_that_come_go_and_change_their_kind_are_told_and_change_no_row() {
    let names = |texts: &[&str]| -> ArrayRef { Arc::new(StringArray::from(texts.to_vec())) };
    let make = |fields: Vec<(&str, FieldKind)>, columns: Vec<ArrayRef>| {
        let fields = fields.into_iter().map(|(name, kind)| Field::new(name, kind)).collect();
        Table::new("t", 3, fields, columns, None).unwrap()
    };
    let before = make(
        vec![("naam", FieldKind::Text), ("vrij", FieldKind::Integer), ("oud", FieldKind::Text)],
        vec![
            names(&["a", "b", "c"]),
            Arc::new(Int64Array::from(vec![Some(1), None, Some(3)])),
            names(&["x", "y", "z"]),
        ],
    );
    let after = make(
        vec![("nieuw", FieldKind::Text), ("vrij", FieldKind::Text), ("naam", FieldKind::Text)],
        vec![
            names(&["1", "2", "3"]),
            Arc::new(StringArray::from(vec![Some("3"), Some("0"), Some("1")])),
            names(&["c", "b", "a"]),
        ],
    );
    let found = between(&before, &after);
    assert_eq!(found.fields_added, ["nieuw"]);
    assert_eq!(found.fields_removed, ["oud"]);
    let changed = ("vrij".to_owned(), FieldKind::Integer, FieldKind::Text);
    assert_eq!(found.fields_changed, [changed]);
    assert_eq!(found.changed.iter().collect::<Vec<_>>(), [1]);
    assert!(!found.is_none() && between(&after, &after).is_none());
}

#[test]
fn a_moment_written_otherwise_is_the_same_moment() {
    use crate::table::ColumnBuilder;
    let make = |texts: [&str; 2]| {
        let mut builder = ColumnBuilder::new();
        texts.iter().for_each(|text| builder.push_text(text));
        let (kind, column) = builder.finish(2, true).unwrap();
        let names: ArrayRef = Arc::new(StringArray::from(vec!["a", "b"]));
        let fields = vec![Field::new("naam", FieldKind::Text), Field::new("op", kind)];
        Table::new("t", 2, fields, vec![names, column], None).unwrap()
    };
    let before = make(["2026-11-23T14:05:00Z", "2026-11-23T14:06:00Z"]);
    let after = make(["2026-11-23T15:05:00+01:00", "2026-11-23T15:07:00+01:00"]);
    let found = between(&before, &after);
    assert_eq!(found.changed.iter().collect::<Vec<_>>(), [1]);
    assert!(found.has_same_fields());
}

#[test]
fn the_field_that_tells_rows_apart_has_a_name_for_it() {
    let row = |name: &str, free: i64| (name.to_owned(), Some(free), 1.0, 3.0);
    let unique = table(&[row("a", 1), row("b", 2)]);
    assert_eq!(unique.key_field(), Some(2));
    // Free places are different by chance.
    assert_eq!(table(&[row("a", 1), row("a", 2)]).key_field(), None);
}

#[test]
fn a_comparison_can_be_cancelled() {
    let watch = Watch::default();
    watch.cancel();
    let row = |name: &str| (name.to_owned(), None, 1.0, 3.0);
    let one = table(&[row("a")]);
    assert_eq!(Differences::between(&one, &one, &watch), Err(Cancelled));
}
