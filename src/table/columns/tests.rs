//! Columns built from values in any order and any cuts.

use super::*;
use crate::table::{Field, Table, Value};

fn table(fill: impl FnOnce(&mut ColumnBuilder)) -> (Table, u64, u64) {
    let mut builder = ColumnBuilder::new();
    fill(&mut builder);
    let (rows, mixed, long) = (builder.len(), builder.mixed(), builder.long_integers());
    let (kind, column) = builder.finish(rows, true).expect("little text");
    assert_eq!(column.data_type(), &kind.data_type());
    let table = Table::new("t", rows, vec![Field::new("c", kind)], vec![column], None);
    (table.expect("one column"), mixed, long)
}

#[test]
fn kinds_widen_without_loss() {
    let (numbers, mixed, _) = table(|column| {
        column.push_null();
        column.push_integer(3);
        column.push_number(2.5);
        column.push_integer(-1);
    });
    assert_eq!(numbers.fields[0].kind, FieldKind::Number);
    assert_eq!((numbers.value(0, 0), numbers.value(1, 0)), (Value::Null, Value::Number(3.0)));
    assert_eq!((numbers.value(3, 0), mixed), (Value::Number(-1.0), 0));

    let (texts, mixed, _) = table(|column| {
        column.push_integer(12);
        column.push_null();
        column.push_text("12b");
        column.push_boolean(true);
        column.push_json("{}");
    });
    assert_eq!((texts.fields[0].kind, mixed), (FieldKind::Text, 3));
    let values = (0..5).map(|row| texts.value(row, 0).to_data_text()).collect::<Vec<_>>();
    assert_eq!(values, ["12", "", "12b", "true", "{}"]);
    assert!(texts.value(1, 0).is_null());

    let (exact, _, long) = table(|column| {
        column.push_integer(9_007_199_254_740_993);
        column.push_number(0.5);
        column.push_long_integer("123456789012345678901");
    });
    assert_eq!((exact.fields[0].kind, long), (FieldKind::Text, 1));
    assert_eq!(exact.value(0, 0), Value::Text("9007199254740993"));
}

/// Numbers beyond 2^53 lose their last digits where they are written with the fewest digits.
#[test]
fn large_numbers_keep_their_digits_on_every_way_to_text() {
    let (texts, ..) = table(|column| {
        column.push_integer(1 << 60);
        column.push_number(0.5);
        column.push_text("x");
    });
    assert_eq!(texts.value(0, 0), Value::Text("1152921504606846976"));
}

/// Whatever the values and wherever a column is cut, joined pieces are the whole.
#[test]
fn joined_pieces_are_the_same_as_one_column() {
    type Push = fn(&mut ColumnBuilder);
    let values: [Push; 10] = [
        ColumnBuilder::push_null,
        |column| column.push_boolean(true),
        |column| column.push_integer(7),
        |column| column.push_integer(9_007_199_254_740_993),
        |column| column.push_number(1.5),
        |column| column.push_number(-0.0),
        |column| column.push_text("é"),
        |column| column.push_json("[1]"),
        |column| column.push_long_integer("123456789012345678901"),
        |column| {
            column.push_text("taken back");
            column.pop();
            column.push_integer(2);
        },
    ];
    let told = |column: ColumnBuilder| {
        let counts = (column.len(), column.mixed(), column.long_integers());
        format!("{counts:?} {:?}", column.finish(counts.0, true))
    };
    let all = values.len();
    for number in 0..all.pow(4) {
        let chosen = [number, number / all, number / all / all, number / all / all / all];
        let chosen = chosen.map(|at| values[at % all]);
        let mut whole = ColumnBuilder::new();
        chosen.iter().for_each(|push| push(&mut whole));
        let whole = told(whole);
        for cut in 0..=chosen.len() {
            let mut pieces = [ColumnBuilder::new(), ColumnBuilder::new()];
            let [first, second] = &mut pieces;
            chosen[..cut].iter().for_each(|push| push(first));
            chosen[cut..].iter().for_each(|push| push(second));
            let [mut first, second] = pieces;
            first.append(second);
            assert_eq!(told(first), whole, "{number} cut at {cut}");
        }
    }
}

#[test]
fn dates_of_one_form_become_dates_and_others_stay_text() {
    let of = |values: &[Option<&str>]| {
        let filled = table(|column| {
            values.iter().for_each(|value| match value {
                Some(value) => column.push_text(value),
                None => column.push_null(),
            });
        });
        filled.0
    };
    let dates = of(&[Some("2026-03-01"), None, Some("1899-12-31")]);
    assert_eq!(dates.fields[0].kind, FieldKind::Date);
    assert_eq!(dates.value(2, 0).to_data_text(), "1899-12-31");
    let times = of(&[Some("2022-03-01T10:00:00+0000"), Some("2021-10-07T13:57:00+0000")]);
    assert!(matches!(times.fields[0].kind, FieldKind::DateTime(_)));
    assert_eq!(times.value(1, 0).to_data_text(), "2021-10-07T13:57:00+0000");
    for other in [
        &[Some("2026-03-01"), Some("")][..],
        &[Some("2026-03-01"), Some("2026-3-1")],
        &[Some("2022-03-01T10:00:00Z"), Some("2022-03-01T10:00:00+01:00")],
        &[None, None],
        &[Some("2026-02-30")],
    ] {
        assert_eq!(of(other).fields[0].kind, FieldKind::Text, "{other:?}");
    }
}

#[test]
fn the_last_value_can_be_taken_back() {
    let (texts, ..) = table(|column| {
        column.push_text("a");
        column.push_text("b");
        column.pop();
        column.push_text("c");
    });
    assert_eq!(texts.value(1, 0), Value::Text("c"));
    assert_eq!(texts.rows(), 2);
}
