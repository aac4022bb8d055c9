//! Every row is in just the class that its value asks for.

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray};

use super::*;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::style::{
    Categories, Category, Change, Color, Crossed, Graduated, Per, Rule, Rules, SizeBy, Steps,
    Symbol, default_symbol,
};
use crate::table::{Field, FieldKind, GeometryBuilder, GeometryKind, PartKind};

fn table(columns: Vec<(&str, FieldKind, ArrayRef)>) -> Table {
    let rows = columns[0].2.len();
    let fields = columns.iter().map(|(name, kind, _)| Field::new(*name, *kind)).collect();
    let columns = columns.into_iter().map(|(_, _, column)| column).collect();
    Table::new("t", rows, fields, columns, None).unwrap()
}

fn numbers(values: Vec<Option<f64>>) -> Table {
    table(vec![("n", FieldKind::Number, Arc::new(Float64Array::from(values)))])
}

fn found(table: &Table, style: &Style, shown: Option<&BooleanArray>) -> Partition {
    partition(table, &style.grouping().unwrap(), shown, &Watch::unwatched()).unwrap()
}

fn graduated(change: impl FnOnce(&mut Graduated)) -> Style {
    let mut by = Graduated {
        of: NumberOf { field: "n".to_owned(), per: Per::Nothing },
        ..Graduated::default()
    };
    change(&mut by);
    Style { by: By::Number(by), ..Style::default() }
}

/// Numbers that look random, some missing, some not finite.
fn mixed(count: u64, seed: u64) -> Vec<Option<f64>> {
    let mut state = seed;
    let mut roll = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963);
        state >> 33
    };
    let one = |_| match roll() % 11 {
        0 => None,
        1 => Some(f64::NAN),
        2 => Some(f64::INFINITY),
        3 => Some(7.0),
        _ => Some(f64::from(u32::try_from(roll() % 100_000).unwrap()) / 37.0 - 900.0),
    };
    (0..count).map(one).collect()
}

#[test]
fn every_number_is_in_just_one_class_and_nothing_else_is_in_any() {
    for seed in 0..40 {
        let values = mixed(40 + seed * 17, seed);
        let table = numbers(values.clone());
        for method in Method::ALL {
            for count in [1, 3, 5, 12] {
                let style = graduated(|by| (by.method, by.count) = (method, count));
                let made = found(&table, &style, None);
                let ranges: Vec<(f64, f64)> = made
                    .classes
                    .iter()
                    .filter_map(|(class, _)| match class {
                        Class::Range { lower, upper } => Some((*lower, *upper)),
                        _ => None,
                    })
                    .collect();
                let meets = |two: &[(f64, f64)]| two[0].1.to_bits() == two[1].0.to_bits();
                assert!(ranges.windows(2).all(|two| meets(two) && two[0].1 < two[1].1));
                for (row, value) in values.iter().enumerate() {
                    let class = usize::from(made.rows[row]);
                    match value.filter(|value| value.is_finite()) {
                        None => assert_eq!(made.classes[class].0, Class::Missing),
                        Some(value) => {
                            let holds = |at: usize| {
                                let (lower, upper) = ranges[at];
                                value <= upper && (lower < value || (at == 0 && lower <= value))
                            };
                            let holding: Vec<_> =
                                (0..ranges.len()).filter(|at| holds(*at)).collect();
                            assert_eq!(holding, [class], "{value} in {ranges:?}");
                        }
                    }
                }
                let counted: u64 = made.classes.iter().map(|(_, count)| count).sum();
                assert_eq!(counted, values.len() as u64);
            }
        }
    }
}

fn crossed(change: impl FnOnce(&mut Crossed)) -> Style {
    let steps = |field: &str| Steps {
        of: NumberOf { field: field.to_owned(), per: Per::Nothing },
        ..Steps::default()
    };
    let mut by = Crossed { across: steps("a"), up: steps("b"), ..Crossed::default() };
    change(&mut by);
    Style { by: By::Crossed(Box::new(by)), ..Style::default() }
}

#[test]
fn every_row_with_two_numbers_is_in_just_one_class_and_no_other_is_in_any() {
    for seed in 0..40 {
        let count = 30 + seed * 13;
        let (first, second) = (mixed(count, seed), mixed(count, seed + 1000));
        let table = table(vec![
            ("a", FieldKind::Number, Arc::new(Float64Array::from(first.clone()))),
            ("b", FieldKind::Number, Arc::new(Float64Array::from(second.clone()))),
        ]);
        let mask = BooleanArray::from((0..count).map(|n| n % 3 > 0).collect::<Vec<_>>());
        let by_hand = Some(vec![500.0, -100.0, 7.0, f64::NAN, 900.0, 901.0, 902.0]);
        for (method, [wide, high], breaks) in [
            (Method::Quantile, [3, 3], None),
            (Method::NaturalBreaks, [2, 4], None),
            (Method::EqualInterval, [4, 4], None),
            (Method::HeadTail, [99, 0], None),
            (Method::Quantile, [3, 3], by_hand),
        ] {
            let style = crossed(|by| {
                (by.across.method, by.up.method) = (method, method);
                (by.across.count, by.up.count) = (wide, high);
                by.across.breaks = breaks.clone();
            });
            for shown in [None, Some(&mask)] {
                let made = found(&table, &style, shown);
                let [across, up] = &**made.sides.as_ref().unwrap();
                assert!(across.ranges.len() <= 4 && up.ranges.len() <= 4);
                for side in [across, up] {
                    let meets = |two: &[[f64; 2]]| two[0][1].to_bits() == two[1][0].to_bits();
                    assert!(side.ranges.windows(2).all(meets));
                }
                // The class of a number by the definition; what is not shown may lie beyond all.
                let place = |side: &Side, value: f64| -> usize {
                    let above = side.ranges.iter().position(|[_, upper]| value <= *upper);
                    above.unwrap_or(side.ranges.len() - 1)
                };
                let rows = first.iter().zip(&second).enumerate();
                for (row, (a, b)) in rows {
                    let both = a.zip(*b).filter(|(a, b)| a.is_finite() && b.is_finite());
                    let class = made.class_of(row).map(|at| &made.classes[at].0);
                    match both {
                        Some((a, b)) => {
                            let (across, up) = (place(across, a), place(up, b));
                            assert_eq!(class, Some(&Class::Cell { across, up }), "{a} {b}");
                        }
                        None => assert!(matches!(class, Some(Class::Missing) | None), "{class:?}"),
                    }
                }
                let shown_rows = (0..table.rows()).filter(|row| Shown(shown).has(*row)).count();
                let counted: u64 = made.classes.iter().map(|(_, count)| count).sum();
                assert_eq!(counted, shown_rows as u64);
                let symbols = style.class_symbols(&made, Some(PartKind::Polygon));
                let mut fills: Vec<_> = symbols.iter().map(|it| it.unwrap().fill).collect();
                fills.sort_by_key(ToString::to_string);
                fills.dedup();
                assert_eq!(fills.len(), made.classes.len(), "each class has its own colour");
            }
        }
    }
}

#[test]
fn each_of_two_numbers_has_the_classes_that_it_has_alone() {
    let numbers = |from: u32| -> ArrayRef {
        Arc::new(Float64Array::from((0..90).map(|n| f64::from(n * from % 91)).collect::<Vec<_>>()))
    };
    let table =
        table(vec![("a", FieldKind::Number, numbers(1)), ("b", FieldKind::Number, numbers(37))]);
    let style = crossed(|by| by.up.breaks = Some(vec![10.0, 20.0]));
    let made = found(&table, &style, None);
    assert_eq!(made.grid(), [3, 2]);
    let alone = Graduated {
        of: NumberOf { field: "a".to_owned(), per: Per::Nothing },
        method: Method::Quantile,
        count: 3,
        ..Graduated::default()
    };
    let alone = found(&table, &Style { by: By::Number(alone), ..Style::default() }, None);
    for row in 0..table.rows() {
        assert_eq!(made.rows[row] % 3, alone.rows[row], "{row}");
        let up = Float64Array::from(table.columns[1].to_data()).value(row) > 10.0;
        assert_eq!(made.rows[row] / 3, u16::from(up), "{row}");
    }
    // Nothing to cross, and a field that is no number.
    let none = crossed(|by| by.up.of.field = "c".to_owned());
    let error = partition(&table, &none.grouping().unwrap(), None, &Watch::unwatched());
    assert_eq!(error, Err(PartitionError::NoField("c".to_owned())));
}

#[test]
fn breaks_follow_the_rows_shown_and_those_set_by_hand_stay() {
    let table = numbers((0..100).map(|n| Some(f64::from(n))).collect());
    let mask = BooleanArray::from((0..100).map(|n| n < 50).collect::<Vec<_>>());
    let equal = graduated(|by| (by.method, by.count) = (Method::EqualInterval, 2));
    let uppers = |made: &Partition| -> Vec<f64> {
        let upper = |(class, _): &(Class, u64)| match class {
            Class::Range { upper, .. } => Some(*upper),
            _ => None,
        };
        made.classes.iter().filter_map(upper).collect()
    };
    assert_eq!(uppers(&found(&table, &equal, None)), [49.5, 99.0]);
    let made = found(&table, &equal, Some(&mask));
    assert_eq!(uppers(&made), [24.5, 49.0]);
    assert_eq!(made.classes.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [25, 25]);
    let by_hand = graduated(|by| by.breaks = Some(vec![90.0, 10.0, f64::NAN, -5.0]));
    let made = found(&table, &by_hand, Some(&mask));
    assert_eq!(uppers(&made), [-5.0, 10.0, 90.0]);
    assert_eq!(made.classes.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [0, 11, 39]);
    assert_eq!(
        uppers(&found(&table, &by_hand, None)),
        [-5.0, 10.0, 99.0],
        "the last holds the rest"
    );
    let spread = made.spread.unwrap();
    assert_eq!((spread.ends, spread.wholes, spread.rows), (Some([0.0, 49.0]), true, 50));
    assert_eq!(spread.bins.iter().sum::<u64>(), 50);
    // Nothing to class.
    let none = found(&numbers(vec![None, None]), &equal, None);
    assert_eq!(none.classes, [(Class::Missing, 2)]);
}

#[test]
fn numbers_are_divided_by_a_field_or_by_the_area() {
    let by_field = table(vec![
        ("n", FieldKind::Integer, Arc::new(Int64Array::from(vec![10, 20, 30, 40]))),
        (
            "d",
            FieldKind::Number,
            Arc::new(Float64Array::from(vec![Some(2.0), Some(0.0), None, Some(8.0)])),
        ),
    ]);
    let style = graduated(|by| {
        by.of.per = Per::Field("d".to_owned());
        by.breaks = Some(vec![5.0]);
    });
    let made = found(&by_field, &style, None);
    assert_eq!(made.rows.as_slice(), [0, 1, 1, 0]);
    assert_eq!(made.classes, [(Class::Range { lower: 5.0, upper: 5.0 }, 2), (Class::Missing, 2)]);

    // A square of 2 km in Lambert 72, 4 km² but for the scale of the projection.
    let mut builder = GeometryBuilder::new();
    builder.begin_row(GeometryKind::Polygon);
    builder.begin_part(PartKind::Polygon);
    builder.begin_ring();
    for [x, y] in [[0.0, 0.0], [2000.0, 0.0], [2000.0, 2000.0], [0.0, 2000.0], [0.0, 0.0]] {
        builder.coord([104_000.0 + x, 193_000.0 + y], None, None);
    }
    builder.end_row();
    let column: ArrayRef = Arc::new(Int64Array::from(vec![100]));
    let fields = vec![Field::new("n", FieldKind::Integer)];
    let mut areas = Table::new("a", 1, fields, vec![column], builder.finish().ok()).unwrap();
    areas.crs = Some(LayerCrs::new(Crs::lambert72(), HowFound::Chosen));
    let style = graduated(|by| by.of.per = Per::SquareKilometre);
    let made = found(&areas, &style, None);
    let [least, _] = made.spread.unwrap().ends.unwrap();
    assert!((least - 25.0).abs() < 0.02, "{least}");
    assert_eq!(
        partition(&by_field, &style.grouping().unwrap(), None, &Watch::unwatched()),
        Err(PartitionError::NoAreas)
    );
}

#[test]
fn values_have_classes_by_how_many_rows_have_them_or_as_listed() {
    let texts = ["a", "b", "b", "c", "c", "c", "d"];
    let mut values: Vec<Option<&str>> = texts.iter().copied().map(Some).collect();
    values.push(None);
    let table = table(vec![
        ("s", FieldKind::Text, Arc::new(StringArray::from(values))),
        ("d", FieldKind::Date, Arc::new(Date32Array::from(vec![0, 1, 1, 2, 2, 2, 3, 3]))),
        (
            "w",
            FieldKind::Number,
            Arc::new(Float64Array::from(vec![1.0, 2.0, 2.5, 2.5, 3.0, 3.0, 3.0, f64::NAN])),
        ),
    ]);
    let of = |field: &str, change: &dyn Fn(&mut Categories)| {
        let mut by = Categories { field: field.to_owned(), most: 2, ..Categories::default() };
        change(&mut by);
        Style { by: By::Value(by), ..Style::default() }
    };
    let text = |text: &str| CategoryValue::Text(text.to_owned());
    let made = found(&table, &of("s", &|_| {}), None);
    assert_eq!(made.rows.as_slice(), [2, 1, 1, 0, 0, 0, 2, 3]);
    let classes = [
        (Class::Value(text("c")), 3),
        (Class::Value(text("b")), 2),
        (Class::Other(2), 2),
        (Class::Missing, 1),
    ];
    assert_eq!(made.classes, classes);
    // A filter changes the counts, not the classes.
    let mask = BooleanArray::from(vec![true, true, true, false, false, false, true, true]);
    let filtered = found(&table, &of("s", &|_| {}), Some(&mask));
    assert_eq!(filtered.rows, made.rows);
    assert_eq!(filtered.classes[0], (Class::Value(text("c")), 0));
    // As listed, a value that is not there too.
    let category = |value: CategoryValue| Category { value, change: Change::default() };
    let listed = of("s", &|by| by.listed = vec![category(text("d")), category(text("x"))]);
    let made = found(&table, &listed, None);
    assert_eq!(made.rows.as_slice(), [2, 2, 2, 2, 2, 2, 0, 3]);
    assert_eq!(made.classes[2], (Class::Other(3), 6));
    // Dates and numbers.
    let made = found(&table, &of("d", &|by| by.most = 1), None);
    assert_eq!(made.classes[0], (Class::Value(text("1970-01-03")), 3));
    let three = of("w", &|by| {
        by.listed = vec![category(CategoryValue::Integer(3)), category(CategoryValue::Number(2.5))];
    });
    assert_eq!(found(&table, &three, None).rows.as_slice(), [2, 2, 1, 1, 0, 0, 0, 3]);
}

#[test]
fn the_first_rule_that_holds_counts() {
    let table = numbers(vec![Some(1.0), Some(5.0), Some(9.0), None]);
    let rule = |sql: &str| Rule { sql: sql.to_owned(), ..Rule::default() };
    let rules = Rules { rules: vec![rule("n > 4"), rule("n > 0")], other: Change::default() };
    let mut style = Style { by: By::Rules(rules), ..Style::default() };
    let made = found(&table, &style, None);
    assert_eq!(made.rows.as_slice(), [1, 0, 0, 2]);
    assert_eq!(made.classes[2], (Class::Unmatched, 1));
    if let By::Rules(by) = &mut style.by {
        by.rules[1].sql = "m > 0".to_owned();
    }
    let error = partition(&table, &style.grouping().unwrap(), None, &Watch::unwatched());
    assert!(matches!(error, Err(PartitionError::Rule { rule: 1, .. })), "{error:?}");
}

#[test]
fn symbols_are_as_large_as_the_number_by_their_area() {
    let table = numbers(vec![Some(100.0), Some(25.0), Some(0.0), Some(-3.0), None, Some(400.0)]);
    let size = SizeBy {
        of: NumberOf { field: "n".to_owned(), per: Per::Nothing },
        largest: 40.0,
        at: Some(100.0),
    };
    let style = Style { size: Some(size.clone()), ..Style::default() };
    let made = found(&table, &style, None);
    let symbols = style.symbols(&made, Some(PartKind::Point));
    let size_of = |row: usize| Some(symbols.get(usize::from(made.rows[row]))?.as_ref()?.point_size);
    assert_eq!(size_of(0), Some(40.0));
    assert!((size_of(1).unwrap() - 20.0).abs() < 0.15, "{:?}", size_of(1));
    assert_eq!([size_of(2), size_of(3), size_of(4)], [None; 3]);
    assert_eq!((made.unsized_rows, made.beyond, made.largest), (3, 1, Some(100.0)));
    let all = Style { size: Some(SizeBy { at: None, ..size }), ..Style::default() };
    assert_eq!(found(&table, &all, None).largest, Some(400.0));
}

#[test]
fn classes_take_the_colours_of_the_ramp_and_the_changes_of_the_person() {
    let table = numbers(vec![Some(1.0), Some(2.0), Some(3.0), None]);
    let mut style = graduated(|by| {
        (by.method, by.count) = (Method::EqualInterval, 2);
        by.changes = vec![Change::default(), Change { hidden: true, ..Change::default() }];
        by.missing.color = Some(Color::rgb(0x123456));
    });
    style.symbol = Symbol {
        fill: Color::rgb(0).with_alpha(200),
        ..default_symbol(Some(PartKind::Polygon), 0)
    };
    let made = found(&table, &style, None);
    let symbols = style.class_symbols(&made, Some(PartKind::Polygon));
    let ramp = crate::style::ramp::ramp_by_id("YlGnBu").unwrap().colors(2, false);
    assert_eq!(symbols[0].unwrap().fill, ramp[0].with_alpha(200));
    assert_eq!(symbols[0].unwrap().stroke, style.symbol.stroke);
    assert_eq!(symbols[1], None);
    assert_eq!(symbols[2].unwrap().fill, Color::rgb(0x123456).with_alpha(200));
    // The colour of a line is that of its stroke.
    let lines = style.class_symbols(&made, Some(PartKind::Line));
    assert_eq!(lines[0].unwrap().stroke, ramp[0].with_alpha(style.symbol.stroke.a));
}

#[test]
fn styles_come_back_from_a_project_and_old_projects_are_read() {
    let mut style = graduated(|by| {
        by.of.per = Per::Field("d".to_owned());
        by.breaks = Some(vec![1.5, 2.5]);
        by.changes = vec![Change { label: Some("weinig".to_owned()), ..Change::default() }];
    });
    style.size = Some(SizeBy::default());
    let by_value = Style {
        by: By::Value(Categories {
            field: "s".to_owned(),
            listed: [
                CategoryValue::Boolean(true),
                CategoryValue::Integer(3),
                CategoryValue::Number(2.5),
                CategoryValue::Text("3".to_owned()),
            ]
            .map(|value| Category { value, change: Change { hidden: true, ..Change::default() } })
            .to_vec(),
            ..Categories::default()
        }),
        ..Style::default()
    };
    let rules = Style {
        by: By::Rules(Rules { rules: vec![Rule::default()], other: Change::default() }),
        ..Style::default()
    };
    let mut two = crossed(|by| {
        by.across.of.per = Per::SquareKilometre;
        by.up.breaks = Some(vec![1.5, 2.5]);
        by.set_change(0, 2, Change { hidden: true, ..Change::default() });
    });
    two.size = Some(SizeBy::default());
    for style in [style, by_value, rules, two, Style::default()] {
        let text = serde_json::to_string(&style).unwrap();
        assert_eq!(serde_json::from_str::<Style>(&text).unwrap(), style, "{text}");
    }
    let old = r##"{"fill":"#8a4f9e","stroke":"#ffffff","strokeWidth":1.25,"pointSize":12.0,"shape":"diamond"}"##;
    let read: Style = serde_json::from_str(old).unwrap();
    assert_eq!((read.symbol.point_size, &read.by), (12.0, &By::Nothing));
    assert_eq!(serde_json::to_string(&read).unwrap(), old);
}

/// An extract of OpenStreetMap has streets beside buildings: of both a class is told by its colour.
#[test]
fn in_a_layer_of_several_kinds_lines_take_the_colours_too() {
    let color = Color::rgb(0x40_80_c0);
    let symbol = default_symbol(Some(PartKind::Polygon), 0);
    let mixed = symbol.colored(color, None);
    assert_eq!(mixed.fill, color.with_alpha(symbol.fill.a));
    assert_eq!(mixed.stroke, Color::rgb(0x30_60_90).with_alpha(symbol.stroke.a));
    let areas = symbol.colored(color, Some(PartKind::Polygon));
    assert_eq!((areas.fill, areas.stroke), (mixed.fill, symbol.stroke));
}
