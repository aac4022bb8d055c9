//! The columns themselves: for each row of the layer the value of the row or rows it goes with.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, Float64Array, Int64Array, UInt32Array};
use arrow_schema::ArrowError;
use arrow_select::take::take;

use super::Rule;
use super::keys::Keys;
use super::several::order;
use crate::table::{FieldKind, Table, Value};

/// A column of another table for the rows of the layer.
///
/// `partners` gives for each row of the layer the key of the other table. Without a rule a key of
/// several rows has no value.
pub(super) fn column(
    other: &Table,
    at: usize,
    rule: Option<Rule>,
    theirs: &Keys<'_>,
    partners: &[Option<usize>],
) -> Result<(FieldKind, ArrayRef), ArrowError> {
    let (Some(field), Some(values)) = (other.fields.get(at), other.columns.get(at)) else {
        return Err(ArrowError::SchemaError("no such column".to_owned()));
    };
    let group = |key: usize| theirs.rows(key);
    let picked = |pick: &dyn Fn(&[u32]) -> Option<u32>| -> Result<ArrayRef, ArrowError> {
        let of_key: Vec<Option<u32>> = (0..theirs.len()).map(|key| pick(group(key))).collect();
        let rows = partners.iter().map(|key| of_key.get((*key)?).copied().flatten());
        take(values, &rows.collect::<UInt32Array>(), None)
    };
    let has_value = |row: &&u32| (**row as usize) < values.len() && values.is_valid(**row as usize);
    let value = |row: &u32| other.value(*row as usize, at);
    let kind = field.kind;
    Ok(match rule {
        None => (kind, picked(&|rows| if let [only] = rows { Some(*only) } else { None })?),
        Some(Rule::First) => (kind, picked(&|rows| rows.iter().find(has_value).copied())?),
        Some(Rule::Min) => {
            let least = |rows: &[u32]| {
                rows.iter().filter(has_value).min_by(|a, b| order(&value(a), &value(b))).copied()
            };
            (kind, picked(&least)?)
        }
        Some(Rule::Max) => {
            // Of equal ones the first, as for the least.
            let most = |rows: &[u32]| {
                let rows = rows.iter().filter(has_value).rev();
                rows.max_by(|a, b| order(&value(a), &value(b))).copied()
            };
            (kind, picked(&most)?)
        }
        Some(Rule::Count) => {
            let count = |rows: &[u32]| {
                i64::try_from(rows.iter().filter(has_value).count()).unwrap_or(i64::MAX)
            };
            let of_key: Vec<i64> = (0..theirs.len()).map(|key| count(group(key))).collect();
            let counts = partners.iter().map(|key| of_key.get((*key)?).copied());
            (FieldKind::Integer, Arc::new(counts.collect::<Int64Array>()) as ArrayRef)
        }
        Some(rule @ (Rule::Sum | Rule::Mean)) => {
            let totals = (0..theirs.len()).map(|key| Total::of(group(key).iter().map(value)));
            let totals: Vec<Total> = totals.collect();
            summed(kind, rule, &totals, partners)
        }
    })
}

/// The sum of numbers, exactly where they are whole.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    whole: i128,
    number: f64,
    count: u32,
}

impl Total {
    fn of<'a>(values: impl Iterator<Item = Value<'a>>) -> Total {
        let mut total = Total::default();
        for value in values {
            match value {
                Value::Integer(value) => total.whole += i128::from(value),
                Value::Number(value) => total.number += value,
                _ => continue,
            }
            total.count += 1;
        }
        total
    }

    #[expect(clippy::cast_precision_loss, reason = "a sum of floating-point numbers is rounded")]
    fn sum(&self) -> Option<f64> {
        (self.count > 0).then_some(self.whole as f64 + self.number)
    }

    fn mean(&self) -> Option<f64> {
        Some(self.sum()? / f64::from(self.count))
    }
}

fn summed(
    kind: FieldKind,
    rule: Rule,
    totals: &[Total],
    partners: &[Option<usize>],
) -> (FieldKind, ArrayRef) {
    let total = |key: &Option<usize>| totals.get((*key)?);
    let whole = totals.iter().map(|total| i64::try_from(total.whole));
    if rule == Rule::Sum && kind == FieldKind::Integer && whole.clone().all(|sum| sum.is_ok()) {
        let sums = partners.iter().map(|key| {
            let total = total(key).filter(|total| total.count > 0)?;
            i64::try_from(total.whole).ok()
        });
        return (FieldKind::Integer, Arc::new(sums.collect::<Int64Array>()));
    }
    let of = if rule == Rule::Mean { Total::mean } else { Total::sum };
    let numbers = partners.iter().map(|key| total(key).and_then(of));
    (FieldKind::Number, Arc::new(numbers.collect::<Float64Array>()))
}
