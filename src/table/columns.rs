//! Columns built value by value, of a kind that is found on the way.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, StringArray,
    TimestampMillisecondArray,
};
use arrow_buffer::{
    BooleanBuffer, BooleanBufferBuilder, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer,
};
use chrono::{DateTime, NaiveDate};

use super::{DateTimeForm, FieldKind};

/// One text column holds at most 2 GiB (Arrow's 32-bit offsets).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 2 GiB of text in one column")]
pub struct TooMuchText;

/// Builds a column from values as they come. Its kind widens as needed: whole numbers to numbers,
/// and a mix of anything else to text; nothing is lost by it.
#[derive(Debug)]
pub struct ColumnBuilder {
    data: Data,
    valid: BooleanBufferBuilder,
    mixed: u64,
    long_integers: u64,
}

#[derive(Debug)]
enum Data {
    /// Only nulls so far.
    Unknown,
    Boolean(Vec<bool>),
    Integer(Vec<i64>),
    Number(Vec<f64>),
    Text(Texts),
    Json(Texts),
}

/// Texts one after another, as Arrow has them.
#[derive(Debug)]
struct Texts {
    text: String,
    ends: Vec<i32>,
    too_much: bool,
}

impl Texts {
    fn empty(rows: usize) -> Texts {
        Texts { text: String::new(), ends: vec![0; rows + 1], too_much: false }
    }

    fn push(&mut self, value: &str) {
        let end = i32::try_from(self.text.len() + value.len());
        match end {
            Ok(end) if !self.too_much => {
                self.text.push_str(value);
                self.ends.push(end);
            }
            _ => {
                self.too_much = true;
                self.ends.push(self.ends.last().copied().unwrap_or_default());
            }
        }
    }

    fn pop(&mut self) {
        if self.ends.len() > 1 {
            self.ends.pop();
            let end = self.ends.last().copied().unwrap_or_default();
            self.text.truncate(usize::try_from(end).unwrap_or_default());
        }
    }

    fn get(&self, row: usize) -> &str {
        let end = |at: usize| self.ends.get(at).and_then(|end| usize::try_from(*end).ok());
        let range = end(row).unwrap_or_default()..end(row + 1).unwrap_or_default();
        self.text.get(range).unwrap_or_default()
    }
}

impl Default for ColumnBuilder {
    fn default() -> Self {
        ColumnBuilder::new()
    }
}

impl ColumnBuilder {
    /// An empty column.
    pub fn new() -> ColumnBuilder {
        ColumnBuilder {
            data: Data::Unknown,
            valid: BooleanBufferBuilder::new(0),
            mixed: 0,
            long_integers: 0,
        }
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.valid.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.valid.is_empty()
    }

    /// How many values that were not text became text because the column mixes kinds.
    pub fn mixed(&self) -> u64 {
        self.mixed
    }

    /// How many whole numbers were kept as text because no number of the program holds them.
    pub fn long_integers(&self) -> u64 {
        self.long_integers
    }

    /// Adds nulls until there are `rows` rows.
    pub fn pad_to(&mut self, rows: usize) {
        let missing = rows.saturating_sub(self.len());
        if missing == 0 {
            return;
        }
        match &mut self.data {
            Data::Unknown => {}
            Data::Boolean(values) => values.resize(rows, false),
            Data::Integer(values) => values.resize(rows, 0),
            Data::Number(values) => values.resize(rows, 0.0),
            Data::Text(texts) | Data::Json(texts) => {
                let end = texts.ends.last().copied().unwrap_or_default();
                texts.ends.resize(rows + 1, end);
            }
        }
        self.valid.append_n(missing, false);
    }

    /// Takes the last row back.
    pub fn pop(&mut self) {
        let Some(rows) = self.len().checked_sub(1) else { return };
        self.valid.truncate(rows);
        match &mut self.data {
            Data::Unknown => {}
            Data::Boolean(values) => values.truncate(rows),
            Data::Integer(values) => values.truncate(rows),
            Data::Number(values) => values.truncate(rows),
            Data::Text(texts) | Data::Json(texts) => texts.pop(),
        }
    }

    /// Adds a row without a value.
    pub fn push_null(&mut self) {
        self.pad_to(self.len() + 1);
    }

    /// Adds true or false.
    pub fn push_boolean(&mut self, value: bool) {
        if let Data::Unknown = self.data {
            self.data = Data::Boolean(vec![false; self.len()]);
        }
        if let Data::Boolean(values) = &mut self.data {
            values.push(value);
            self.valid.append(true);
        } else {
            self.push_as_text(if value { "true" } else { "false" });
        }
    }

    /// Adds a whole number.
    pub fn push_integer(&mut self, value: i64) {
        if let Data::Unknown = self.data {
            self.data = Data::Integer(vec![0; self.len()]);
        }
        match (&mut self.data, exact_number(value)) {
            (Data::Integer(values), _) => values.push(value),
            (Data::Number(values), Some(number)) => values.push(number),
            (Data::Number(_), None) => return self.push_long_integer(&value.to_string()),
            _ => return self.push_as_text(&value.to_string()),
        }
        self.valid.append(true);
    }

    /// Adds a whole number of more than 64 bits, kept as its text.
    pub fn push_long_integer(&mut self, text: &str) {
        self.long_integers += 1;
        self.widen_to_text();
        if let Data::Text(texts) = &mut self.data {
            texts.push(text);
        }
        self.valid.append(true);
    }

    /// Adds a number.
    pub fn push_number(&mut self, value: f64) {
        match &self.data {
            Data::Unknown => self.data = Data::Number(vec![0.0; self.len()]),
            Data::Integer(values) => {
                let numbers: Option<Vec<f64>> = values.iter().copied().map(exact_number).collect();
                if let Some(numbers) = numbers {
                    self.data = Data::Number(numbers);
                }
            }
            _ => {}
        }
        if let Data::Number(values) = &mut self.data {
            values.push(value);
            self.valid.append(true);
        } else {
            self.push_as_text(&value.to_string());
        }
    }

    /// Adds text.
    pub fn push_text(&mut self, value: &str) {
        self.widen_to_text();
        if let Data::Text(texts) = &mut self.data {
            texts.push(value);
        }
        self.valid.append(true);
    }

    /// Adds a JSON object or array as its text.
    pub fn push_json(&mut self, value: &str) {
        if let Data::Unknown = self.data {
            self.data = Data::Json(Texts::empty(self.len()));
        }
        if let Data::Json(texts) = &mut self.data {
            texts.push(value);
            self.valid.append(true);
        } else {
            self.push_as_text(value);
        }
    }

    fn push_as_text(&mut self, value: &str) {
        self.mixed += 1;
        self.push_text(value);
    }

    /// Widens to text.
    fn widen_to_text(&mut self) {
        if let Data::Text(_) = self.data {
            return;
        }
        let rows = self.len();
        let valid = |row: usize| self.valid.get_bit(row);
        let mut texts = Texts::empty(0);
        let mut mixed = 0;
        let mut push = |row: usize, text: String| {
            let known = valid(row);
            mixed += u64::from(known);
            texts.push(if known { &text } else { "" });
        };
        match &self.data {
            Data::Unknown | Data::Text(_) => texts = Texts::empty(rows),
            Data::Boolean(v) => v.iter().enumerate().for_each(|(r, v)| push(r, v.to_string())),
            Data::Integer(v) => v.iter().enumerate().for_each(|(r, v)| push(r, v.to_string())),
            Data::Number(v) => v.iter().enumerate().for_each(|(r, v)| push(r, v.to_string())),
            Data::Json(json) => (0..rows).for_each(|row| push(row, json.get(row).to_owned())),
        }
        self.mixed += mixed;
        self.data = Data::Text(texts);
    }

    /// The finished column of `rows` rows. With `dates`, a text column of which every value is a
    /// date (2026-03-01), or every value is a date-time of the same form, becomes one.
    ///
    /// # Errors
    /// When the column holds too much text.
    pub fn finish(
        mut self,
        rows: usize,
        dates: bool,
    ) -> Result<(FieldKind, ArrayRef), TooMuchText> {
        self.pad_to(rows);
        if let Data::Unknown = self.data {
            self.data = Data::Text(Texts::empty(self.len()));
        }
        let nulls = NullBuffer::new(self.valid.finish());
        let nulls = (nulls.null_count() > 0).then_some(nulls);
        Ok(match self.data {
            Data::Boolean(values) => {
                let values = BooleanBuffer::from(values);
                (FieldKind::Boolean, Arc::new(BooleanArray::new(values, nulls)) as ArrayRef)
            }
            Data::Integer(values) => {
                (FieldKind::Integer, Arc::new(Int64Array::new(values.into(), nulls)))
            }
            Data::Number(values) => {
                (FieldKind::Number, Arc::new(Float64Array::new(values.into(), nulls)))
            }
            Data::Text(texts) => {
                let texts = texts.finish(nulls)?;
                let found = if dates { as_dates(&texts) } else { None };
                found.unwrap_or_else(|| (FieldKind::Text, Arc::new(texts)))
            }
            Data::Json(texts) => (FieldKind::Json, Arc::new(texts.finish(nulls)?)),
            Data::Unknown => (FieldKind::Text, Arc::new(StringArray::new_null(rows))),
        })
    }
}

impl Texts {
    fn finish(self, nulls: Option<NullBuffer>) -> Result<StringArray, TooMuchText> {
        if self.too_much {
            return Err(TooMuchText);
        }
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        let values = Buffer::from_vec(self.text.into_bytes());
        // The offsets were made beside the text, at its ends of characters.
        Ok(StringArray::new(offsets, values, nulls))
    }
}

/// The number as `f64`, if it is exactly that.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "compared back")]
fn exact_number(value: i64) -> Option<f64> {
    let number = value as f64;
    // 2^63 as f64 saturates back to i64::MAX, which is not it.
    (number as i64 == value && number < 9.2e18).then_some(number)
}

/// A text column whose every value is a date, or a date-time of one form, so that the texts can
/// be given back exactly. None when any is not, or when there is no value at all.
pub fn as_dates(texts: &StringArray) -> Option<(FieldKind, ArrayRef)> {
    let first = texts.iter().flatten().next()?;
    if read_date(first).is_some() {
        let days = texts.iter().map(|text| text.map(read_date)).map(|day| match day {
            Some(Some(day)) => Some(Some(day)),
            Some(None) => None,
            None => Some(None),
        });
        let days: Date32Array = days.collect::<Option<Vec<_>>>()?.into();
        return Some((FieldKind::Date, Arc::new(days)));
    }
    let (_, form) = DateTimeForm::read(first)?;
    let mut moments = Vec::with_capacity(texts.iter().len());
    for text in texts {
        let moment = match text {
            Some(text) => {
                let (at, found) = DateTimeForm::read(text)?;
                (found == form).then_some(Some(at.and_utc().timestamp_millis()))?
            }
            None => None,
        };
        moments.push(moment);
    }
    let moments = TimestampMillisecondArray::from(moments);
    Some((FieldKind::DateTime(form), Arc::new(moments)))
}

/// Days since 1970 of `2026-03-01`, written just so.
fn read_date(text: &str) -> Option<i32> {
    if text.len() != 10 {
        return None;
    }
    let date: NaiveDate = text.parse().ok()?;
    let days = date.signed_duration_since(DateTime::UNIX_EPOCH.date_naive()).num_days();
    (date.to_string() == text).then(|| i32::try_from(days).ok())?
}

#[cfg(test)]
mod tests {
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
}
