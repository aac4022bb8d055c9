//! The different values of a key column, compared by what they are and not by how they are written.

use std::borrow::Cow;
use std::collections::HashMap;

use arrow_array::BooleanArray;

use crate::jobs::{Cancelled, Watch};
use crate::table::{FieldKind, Table, Value};

/// Rows between two looks at the watch.
const STRIDE: usize = 8192;

/// Beyond this, whole numbers are no longer all there are among floating-point numbers.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A value as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key<'a> {
    /// A whole number, also one written with a decimal point.
    Integer(i64),
    /// The bits of another number.
    Number(u64),
    /// Anything else, as data text without spaces around it.
    Text(Cow<'a, str>),
}

/// How the values of two columns are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// As texts: `01` is not `1`.
    Text,
    /// As numbers where they are, because one of the columns holds numbers.
    Number,
    /// As moments, whatever their offset from UTC.
    Moment,
}

impl Form {
    pub(super) fn of(ours: FieldKind, theirs: FieldKind) -> Form {
        let is_number = |kind| matches!(kind, FieldKind::Integer | FieldKind::Number);
        match (ours, theirs) {
            (FieldKind::DateTime(_), FieldKind::DateTime(_)) => Form::Moment,
            _ if is_number(ours) || is_number(theirs) => Form::Number,
            _ => Form::Text,
        }
    }

    /// A value as it is compared; none for no value, an empty text and no number.
    pub(super) fn key(self, value: Value<'_>) -> Option<Key<'_>> {
        match (self, value) {
            (_, Value::Null) => None,
            (Form::Number, Value::Integer(number)) => Some(Key::Integer(number)),
            (Form::Number, Value::Number(number)) => number_key(number),
            (Form::Moment, Value::DateTime(at, _)) => {
                Some(Key::Integer(at.and_utc().timestamp_millis()))
            }
            (form, Value::Text(text) | Value::Json(text)) => {
                let text = text.trim();
                let number = if form == Form::Number { plain_number(text) } else { None };
                number.or_else(|| (!text.is_empty()).then_some(Key::Text(Cow::Borrowed(text))))
            }
            (_, other) => Some(Key::Text(Cow::Owned(other.to_data_text()))),
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "whole and small enough")]
fn number_key(number: f64) -> Option<Key<'static>> {
    if number.is_nan() {
        return None;
    }
    let is_whole = number.fract() == 0.0 && number.abs() <= EXACT;
    Some(if is_whole { Key::Integer(number as i64) } else { Key::Number(number.to_bits()) })
}

/// A number written plainly: digits, perhaps a point with digits, no zeros in front. `007` and
/// `1e3` are names, not numbers.
fn plain_number(text: &str) -> Option<Key<'static>> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) || (whole.len() > 1 && whole.starts_with('0')) {
        return None;
    }
    if let Ok(number) = text.parse::<i64>() {
        return Some(Key::Integer(number));
    }
    number_key(text.parse().ok()?)
}

/// The rows without a key have this number.
const NONE: u32 = u32::MAX;

/// The different keys of a column, numbered in the order of their first rows, and the rows of each.
#[derive(Debug)]
pub(super) struct Keys<'a> {
    numbers: HashMap<Key<'a>, u32>,
    of_row: Vec<u32>,
    rows: Vec<u32>,
    starts: Vec<usize>,
    texts: Vec<String>,
    /// Rows that could have a key and have none.
    pub(super) without: u64,
}

impl<'a> Keys<'a> {
    /// Reads a column; only the rows of a mask count, where there is one.
    pub(super) fn of(
        table: &'a Table,
        column: usize,
        form: Form,
        mask: Option<&BooleanArray>,
        watch: &Watch,
    ) -> Result<Keys<'a>, Cancelled> {
        let mut keys = Keys {
            numbers: HashMap::new(),
            of_row: Vec::with_capacity(table.rows()),
            rows: Vec::new(),
            starts: vec![0],
            texts: Vec::new(),
            without: 0,
        };
        for row in 0..table.rows() {
            if row % STRIDE == 0 {
                watch.check()?;
            }
            if mask.is_some_and(|mask| !mask.value(row)) {
                keys.of_row.push(NONE);
                continue;
            }
            let value = table.value(row, column);
            let Some(key) = form.key(value) else {
                keys.without += 1;
                keys.of_row.push(NONE);
                continue;
            };
            let next = u32::try_from(keys.texts.len()).unwrap_or(NONE);
            let number = *keys.numbers.entry(key).or_insert_with(|| {
                keys.texts.push(value.to_data_text().trim().to_owned());
                next
            });
            keys.of_row.push(number);
        }
        keys.sort_rows();
        Ok(keys)
    }

    fn sort_rows(&mut self) {
        let mut ends = vec![0_usize; self.texts.len()];
        for number in &self.of_row {
            if let Some(end) = ends.get_mut(*number as usize) {
                *end += 1;
            }
        }
        let mut at = 0;
        for end in &mut ends {
            at += *end;
            self.starts.push(at);
            *end = at - *end;
        }
        self.rows = vec![0; at];
        for (number, row) in self.of_row.iter().zip(0..NONE) {
            let Some(next) = ends.get_mut(*number as usize) else { continue };
            if let Some(slot) = self.rows.get_mut(*next) {
                *slot = row;
            }
            *next += 1;
        }
    }

    /// How many different keys there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// The number of a key.
    pub(super) fn find(&self, key: &Key<'_>) -> Option<usize> {
        self.numbers.get(key).map(|number| *number as usize)
    }

    /// The keys and their numbers, in no order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&Key<'a>, usize)> {
        self.numbers.iter().map(|(key, number)| (key, *number as usize))
    }

    /// A key as it is written in its first row, without spaces around it.
    pub(super) fn text(&self, key: usize) -> &str {
        self.texts.get(key).map_or("", String::as_str)
    }

    /// The rows of a key, in the order of the table.
    pub(super) fn rows(&self, key: usize) -> &[u32] {
        let range = self.starts.get(key).zip(self.starts.get(key + 1));
        range.and_then(|(start, end)| self.rows.get(*start..*end)).unwrap_or_default()
    }

    /// The key of every row; none where it has none.
    pub(super) fn of_rows(&self) -> impl Iterator<Item = Option<usize>> {
        self.of_row.iter().map(|number| (*number != NONE).then_some(*number as usize))
    }
}
