//! Trees become SQL and the same trees again, and mean what a plain reading of the tree says.

use std::cmp::Ordering;
use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray,
    TimestampMillisecondArray,
};

use super::*;
use crate::query::Condition;
use crate::query::convert::parse_date;
use crate::table::{DateTimeForm, Field, FieldKind, Offset, Table};

const TEXTS: &[&str] = &[
    "Ledeberg", "ledeberg", "'t Zuid", "100%", "a_b", "!", "\\", "50!%", "é", "x\ny", " ", "--",
    "12",
];
const DATES: &[&str] = &["2024-01-01", "1999-12-31", "0001-01-01", "2024-02-29"];

/// Twelve rows, a null in each column.
fn table() -> Table {
    let texts = TEXTS.iter().take(11).map(|text| Some(*text)).chain([None]);
    let wholes = (0..11).map(|n| Some(n * 7 % 5 - 2)).chain([None]);
    let numbers = (0..12).map(|n| (n != 3).then(|| f64::from(n % 4) * 0.5 - 0.5));
    let flags = (0..12).map(|n| (n % 3 != 0).then_some(n % 2 == 0));
    let dates = (0..12).map(|n| (n != 5).then(|| DATES.get(n % 4).and_then(|d| parse_date(d))));
    let moments = (0..12).map(|n| (n != 7).then_some(i64::from(n % 3) * 3_600_000));
    let form = DateTimeForm { separator: 'T', fraction: None, offset: Offset::None };
    let columns: Vec<(&str, FieldKind, ArrayRef)> = vec![
        ("naam", FieldKind::Text, Arc::new(texts.collect::<StringArray>())),
        ("Aantal stuks", FieldKind::Integer, Arc::new(wholes.collect::<Int64Array>())),
        ("select", FieldKind::Number, Arc::new(numbers.collect::<Float64Array>())),
        ("a\"b", FieldKind::Boolean, Arc::new(flags.collect::<BooleanArray>())),
        (
            "dag.maand",
            FieldKind::Date,
            Arc::new(dates.map(Option::flatten).collect::<Date32Array>()),
        ),
        (
            "Ünï",
            FieldKind::DateTime(form),
            Arc::new(moments.collect::<TimestampMillisecondArray>()),
        ),
    ];
    let fields = columns.iter().map(|(name, kind, _)| Field::new(*name, *kind)).collect();
    let columns = columns.into_iter().map(|(_, _, column)| column).collect();
    Table::new("t", 12, fields, columns, None).unwrap_or_else(|error| panic!("{error}"))
}

/// Numbers that look like chance, the same in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % most
    }

    fn of<T: Clone>(&mut self, list: &[T]) -> T {
        list.get(self.below(list.len())).cloned().unwrap_or_else(|| panic!("an empty list"))
    }

    fn small(&mut self) -> i32 {
        i32::try_from(self.below(5)).unwrap_or(0) - 2
    }

    fn value(&mut self, kind: FieldKind) -> Value {
        match kind {
            FieldKind::Integer if self.below(4) == 0 => {
                Value::Number(f64::from(self.small()) / 4.0)
            }
            FieldKind::Integer => Value::Integer(i64::from(self.small())),
            FieldKind::Number if self.below(6) == 0 => Value::Number(1e-300),
            FieldKind::Number => Value::Number(f64::from(self.small()) * 0.5),
            FieldKind::Boolean => Value::Boolean(self.below(2) == 0),
            FieldKind::Date if self.below(2) == 0 => Value::Date(self.small() * 300 + 19_000),
            FieldKind::Date => Value::Text(self.of(DATES).to_owned()),
            FieldKind::DateTime(_) => Value::DateTime(i64::from(self.small()) * 3_600_000, None),
            FieldKind::Text | FieldKind::Json => Value::Text(self.of(TEXTS).to_owned()),
        }
    }

    fn rule(&mut self, table: &Table) -> Rule {
        use Operator::{
            AtLeast, AtMost, Between, Contains, Empty, EndsWith, Greater, Is, Less, StartsWith,
        };
        let field = self.of(&table.fields);
        let exact = self.below(2) == 0;
        let mut operators = vec![Is, Is, Less, AtMost, Greater, AtLeast, Between, Empty];
        if field.kind == FieldKind::Text {
            operators.extend([Contains { exact }, StartsWith { exact }, EndsWith { exact }]);
        }
        let operator = match field.kind {
            FieldKind::Boolean => self.of(&[Is, Empty]),
            _ => self.of(&operators),
        };
        let count = match operator {
            Is => 1 + self.below(3),
            other => other.values().0,
        };
        // Now and then a rule is not finished.
        let count = if self.below(12) == 0 { 0 } else { count };
        Rule {
            operator,
            negated: operator.can_be_negated() && self.below(3) == 0,
            values: (0..count).map(|_| self.value(field.kind)).collect(),
            field: field.name,
        }
    }

    fn group(&mut self, table: &Table, depth: usize) -> Group {
        let items = (0..self.below(4)).map(|_| {
            if depth > 0 && self.below(3) == 0 {
                Item::Group(self.group(table, depth - 1))
            } else {
                Item::Rule(self.rule(table))
            }
        });
        let items = items.collect();
        Group { join: self.of(&[Join::All, Join::Any]), negated: self.below(4) == 0, items }
    }
}

type Truth = Option<bool>;

/// A plain reading of a tree for one row, with three values as SQL has it.
fn means(group: &Group, table: &Table, row: usize) -> Truth {
    let items: Vec<Truth> = group
        .items
        .iter()
        .map(|item| match item {
            Item::Rule(rule) => asks(rule, table, row),
            Item::Group(group) => means(group, table, row),
        })
        .collect();
    let decides = group.join == Join::Any;
    let truth = if items.contains(&Some(decides)) {
        Some(decides)
    } else if items.contains(&None) {
        None
    } else {
        Some(!decides)
    };
    truth.map(|truth| truth != group.negated)
}

fn asks(rule: &Rule, table: &Table, row: usize) -> Truth {
    let Some(at) = table.field_index(&rule.field) else { panic!("{}", rule.field) };
    let value = table.value(row, at);
    if rule.operator == Operator::Empty {
        return Some(value.is_null() != rule.negated);
    }
    if value.is_null() {
        return None;
    }
    let text = value.to_data_text();
    let order = |other: &Value| order(&value, other);
    let part = |exact: bool, test: fn(&str, &str) -> bool| {
        let Some(Value::Text(wanted)) = rule.values.first() else { panic!("a text") };
        let fold = |text: &str| if exact { text.to_owned() } else { text.to_lowercase() };
        test(&fold(&text), &fold(wanted))
    };
    let first = rule.values.first().map(order);
    let truth = match rule.operator {
        Operator::Is => rule.values.iter().any(|other| order(other) == Ordering::Equal),
        Operator::Less => first == Some(Ordering::Less),
        Operator::AtMost => first != Some(Ordering::Greater),
        Operator::Greater => first == Some(Ordering::Greater),
        Operator::AtLeast => first != Some(Ordering::Less),
        Operator::Between => {
            let last = rule.values.last().map(order);
            first != Some(Ordering::Less) && last != Some(Ordering::Greater)
        }
        Operator::Contains { exact } => part(exact, |text, part| text.contains(part)),
        Operator::StartsWith { exact } => part(exact, |text, part| text.starts_with(part)),
        Operator::EndsWith { exact } => part(exact, |text, part| text.ends_with(part)),
        Operator::Empty => false,
    };
    Some(truth != rule.negated)
}

fn order(value: &crate::table::Value<'_>, other: &Value) -> Ordering {
    use crate::table::Value as Cell;
    let number = |value: &Value| match value {
        Value::Integer(number) => f64::from(i32::try_from(*number).unwrap_or(0)),
        Value::Number(number) => *number,
        other => panic!("{other:?}"),
    };
    let found = match value {
        Cell::Text(text) => match other {
            Value::Text(other) => text.partial_cmp(&other.as_str()),
            other => panic!("{other:?}"),
        },
        Cell::Integer(value) => {
            f64::from(i32::try_from(*value).unwrap_or(0)).partial_cmp(&number(other))
        }
        Cell::Number(value) => value.partial_cmp(&number(other)),
        Cell::Boolean(value) => match other {
            Value::Boolean(other) => value.partial_cmp(other),
            other => panic!("{other:?}"),
        },
        Cell::Date(date) => match other {
            Value::Date(days) => Some(*date).partial_cmp(&date_of(*days)),
            Value::Text(text) => Some(*date).partial_cmp(&parse_date(text).and_then(date_of)),
            other => panic!("{other:?}"),
        },
        Cell::DateTime(at, _) => match other {
            Value::DateTime(millis, _) => Some(*at).partial_cmp(&moment_of(*millis)),
            other => panic!("{other:?}"),
        },
        Cell::Null | Cell::Json(_) => None,
    };
    found.unwrap_or_else(|| panic!("{value:?} and {other:?}"))
}

#[test]
fn trees_become_sql_and_the_same_trees_again() {
    let table = table();
    let mut chance = Chance(7);
    let mut selective = 0;
    for _ in 0..20_000 {
        let tree = chance.group(&table, 3);
        let (normal, sql) = (tree.normal(), tree.sql());
        let Some(read) = Group::read(&sql, &table) else { panic!("{sql}\n{normal:#?}") };
        assert_eq!(read, normal, "{sql}");
        assert_eq!(read.sql(), sql);
        assert_eq!(normal.normal(), normal);
        let mask = Condition::parse(&sql).and_then(|condition| condition.evaluate(&table));
        let mask = mask.unwrap_or_else(|error| panic!("{sql}: {error}"));
        let expected: Vec<bool> = (0..table.rows())
            .map(|row| normal.items.is_empty() || means(&normal, &table, row) == Some(true))
            .collect();
        assert_eq!(mask.values().iter().collect::<Vec<_>>(), expected, "{sql}");
        selective += usize::from(expected.contains(&true) && expected.contains(&false));
    }
    assert!(selective > 8_000, "{selective} trees choose some rows and not others");
}

#[test]
fn conditions_people_type_become_rules() {
    let table = table();
    for (typed, written) in [
        ("", ""),
        ("WHERE naam = 'x';", "naam = 'x'"),
        ("NAAM IN ('x')", "naam = 'x'"),
        (
            "naam <> 'x' and (\"Aantal stuks\" > 3 or \"a\"\"b\")",
            "naam <> 'x' AND (\"Aantal stuks\" > 3 OR \"a\"\"b\" = TRUE)",
        ),
        ("3 < \"aantal stuks\"", "\"Aantal stuks\" > 3"),
        ("NOT naam LIKE '%x%'", "NOT (naam LIKE '%x%')"),
        ("naam NOT ILIKE 'x%'", "naam NOT ILIKE 'x%'"),
        ("naam LIKE '%10$%' ESCAPE '$'", "naam LIKE '%10!%' ESCAPE '!'"),
        ("(((naam IS NOT NULL)))", "naam IS NOT NULL"),
        (
            "\"dag.maand\" BETWEEN date '2024-01-01' AND '31/12/2024'",
            "\"dag.maand\" BETWEEN DATE '2024-01-01' AND '31/12/2024'",
        ),
        (
            "\"Ünï\" >= timestamp '2024-01-01 10:00+01:00'",
            "Ünï >= TIMESTAMP '2024-01-01T10:00:00+01:00'",
        ),
    ] {
        let read = Group::read(typed, &table).map(|group| group.sql());
        assert_eq!(read.as_deref(), Some(written), "{typed}");
    }
}

#[test]
fn what_rules_cannot_say_stays_text() {
    let table = table();
    for typed in [
        "naam =",
        "onbekend = 1",
        "lower(naam) = 'x'",
        "naam = naam",
        "\"Aantal stuks\" + 1 > 2",
        "naam LIKE 'a_b'",
        "naam LIKE 'a%b'",
        "naam LIKE 'ab'",
        "naam LIKE '%'",
        "naam LIKE '%%'",
        "naam IN ('a', NULL)",
        "naam = NULL",
        "naam IS TRUE",
        "1 = 1",
        "naam",
        "CASE WHEN naam = 'x' THEN TRUE END",
        "naam = 'x' -- waarom",
        "/* waarom */ naam = 'x'",
    ] {
        assert_eq!(Group::read(typed, &table), None, "{typed}");
    }
}
