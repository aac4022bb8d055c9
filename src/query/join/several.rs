//! Values for which the other table has several rows (one per year), and conditions that leave one.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::JoinBy;
use super::keys::{Form, Key, Keys};
use crate::jobs::{Cancelled, Watch};
use crate::query::builder::{Operator, Rule, Value as Written};
use crate::table::{FieldKind, Table, Value};

/// A column with more different values than this is not offered as what tells rows apart.
const MOST_VALUES: usize = 300;

/// Nor is one with more than this times as many as the most rows of one key: the values of a year
/// are the same for all keys, those of a count are not.
const SPREAD: usize = 2;

/// How many values are named as examples.
const EXAMPLES: usize = 3;

/// What is known about values with several rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Several {
    /// Values of the layer for which the other table has several rows.
    pub values: usize,
    /// How many rows these have together.
    pub rows: u64,
    /// A few of them, with their rows.
    pub examples: Vec<(String, usize)>,
    /// Columns that tell the rows apart.
    pub fixes: Vec<Fix>,
}

/// A column of which one value leaves one row at most for every value of the key.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// The column.
    pub field: String,
    /// Its values, in order.
    pub values: Vec<FixValue>,
}

/// One value of such a column.
#[derive(Clone, Debug, PartialEq)]
pub struct FixValue {
    /// As data text.
    pub text: String,
    /// The condition in SQL, together with the one that is there.
    pub sql: String,
    /// For how many values of the layer a row is left.
    pub matched: usize,
}

impl Several {
    pub(super) fn find(
        other: &Table,
        by: &JoinBy,
        theirs: &Keys<'_>,
        used: &[bool],
        watch: &Watch,
    ) -> Result<Several, Cancelled> {
        let mut several = Several::default();
        for (key, _) in used.iter().enumerate().filter(|(_, used)| **used) {
            let rows = theirs.rows(key).len();
            if rows < 2 {
                continue;
            }
            several.values += 1;
            several.rows += rows as u64;
            if several.examples.len() < EXAMPLES {
                several.examples.push((theirs.text(key).to_owned(), rows));
            }
        }
        if several.values == 0 {
            return Ok(several);
        }
        let used_keys = used.iter().enumerate().filter(|(_, used)| **used).map(|(key, _)| key);
        let most = used_keys.map(|key| theirs.rows(key).len()).max().unwrap_or(0);
        let most = most.saturating_mul(SPREAD).min(MOST_VALUES);
        for column in 0..other.fields.len() {
            watch.check()?;
            if other.field_index(&by.their_key) != Some(column) {
                several.fixes.extend(fix(other, column, by, theirs, (used, most)));
            }
        }
        // The fewest values first: a year before a date.
        several.fixes.sort_by_key(|fix| fix.values.len());
        Ok(several)
    }
}

/// None where the column does not tell the rows apart.
fn fix(
    other: &Table,
    column: usize,
    by: &JoinBy,
    theirs: &Keys<'_>,
    (used, most): (&[bool], usize),
) -> Option<Fix> {
    let field = other.fields.get(column)?;
    let form = match field.kind {
        FieldKind::Integer => Form::Number,
        FieldKind::Text | FieldKind::Date | FieldKind::Boolean => Form::Text,
        FieldKind::Number | FieldKind::Json | FieldKind::DateTime(_) => return None,
    };
    let mut met: HashSet<(usize, Key<'_>)> = HashSet::new();
    let mut values: HashMap<Key<'_>, (Value<'_>, usize)> = HashMap::new();
    for (row, key) in theirs.of_rows().enumerate() {
        let Some(number) = key.filter(|key| used.get(*key) == Some(&true)) else { continue };
        let value = other.value(row, column);
        let Some(key) = form.key(value) else { continue };
        if !met.insert((number, key.clone())) {
            return None;
        }
        values.entry(key).or_insert((value, 0)).1 += 1;
        if values.len() > most {
            return None;
        }
    }
    if values.len() < 2 {
        return None;
    }
    let mut values: Vec<(Value<'_>, usize)> = values.into_values().collect();
    values.sort_by(|(a, _), (b, _)| order(a, b));
    let written = values.into_iter().filter_map(|(value, matched)| {
        let sql = condition(&field.name, value, &by.condition)?;
        Some(FixValue { text: value.to_data_text(), sql, matched })
    });
    Some(Fix { field: field.name.clone(), values: written.collect() })
}

/// Which of two values of one column comes first: of numbers and dates the lesser, of texts the
/// first by the numbers of their letters.
pub(in crate::query) fn order(a: &Value<'_>, b: &Value<'_>) -> Ordering {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => a.cmp(b),
        (Value::Number(a), Value::Number(b)) => a.total_cmp(b),
        (Value::Boolean(a), Value::Boolean(b)) => a.cmp(b),
        (Value::Date(a), Value::Date(b)) => a.cmp(b),
        (Value::DateTime(a, _), Value::DateTime(b, _)) => a.cmp(b),
        (Value::Text(a) | Value::Json(a), Value::Text(b) | Value::Json(b)) => a.cmp(b),
        _ => Ordering::Equal,
    }
}

fn condition(field: &str, value: Value<'_>, before: &str) -> Option<String> {
    let written = match value {
        Value::Integer(number) => Written::Integer(number),
        Value::Boolean(value) => Written::Boolean(value),
        Value::Text(text) => Written::Text(text.to_owned()),
        Value::Date(date) => Written::Text(date.to_string()),
        _ => return None,
    };
    let rule = Rule {
        field: field.to_owned(),
        operator: Operator::Is,
        negated: false,
        values: vec![written],
    };
    let sql = rule.sql();
    let before = before.trim();
    Some(if before.is_empty() { sql } else { format!("({before}) AND {sql}") })
}
