//! Columns built value by value, of a kind that is found on the way.

mod told;

use std::sync::Arc;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};
use arrow_buffer::{
    BooleanBuffer, Buffer, NullBuffer, NullBufferBuilder, OffsetBuffer, ScalarBuffer,
};

use super::{FieldKind, as_dates};

/// The most bytes that Arrow's 32-bit offsets count.
const LARGEST: usize = i32::MAX as usize;

/// One text column holds at most 2 GiB (Arrow's 32-bit offsets).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than 2 GiB of text in one column")]
pub struct TooMuchText;

/// Builds a column from values as they come. Its kind widens as needed: whole numbers to numbers,
/// and a mix of anything else to text; nothing is lost by it.
///
/// The kind and the texts follow from which values there are, not from their order, so that
/// columns built piece by piece and joined by [`Self::append`] are the same as one built in a row.
#[derive(Debug)]
pub struct ColumnBuilder {
    data: Data,
    valid: NullBufferBuilder,
    rows: usize,
    /// Rows with a value.
    values: u64,
    /// Values that were text when they came.
    texts: u64,
    long_integers: u64,
    last: Last,
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

/// What the last value was when it came, to take it back.
#[derive(Clone, Copy, Debug)]
enum Last {
    Text,
    LongInteger,
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Unknown,
    Boolean,
    Integer,
    Number,
    Text,
    Json,
}

impl Data {
    fn kind(&self) -> Kind {
        match self {
            Data::Unknown => Kind::Unknown,
            Data::Boolean(_) => Kind::Boolean,
            Data::Integer(_) => Kind::Integer,
            Data::Number(_) => Kind::Number,
            Data::Text(_) => Kind::Text,
            Data::Json(_) => Kind::Json,
        }
    }
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

    #[inline]
    fn push(&mut self, value: &str) {
        let end = i32::try_from(self.text.len() + value.len());
        match end {
            Ok(end) if !self.too_much => {
                self.text.push_str(value);
                self.ends.push(end);
            }
            _ => {
                self.too_much = true;
                self.ends.push(self.last_end());
            }
        }
    }

    fn append(&mut self, other: &Texts) {
        let start = self.last_end();
        let rows = other.ends.iter().skip(1);
        if self.too_much || other.too_much || start.checked_add(other.last_end()).is_none() {
            self.too_much = true;
            self.ends.extend(rows.map(|_| start));
            return;
        }
        self.text.push_str(&other.text);
        self.ends.extend(rows.map(|end| start + end));
    }

    fn pop(&mut self) {
        if self.ends.len() > 1 {
            self.ends.pop();
            let end = self.last_end();
            self.text.truncate(usize::try_from(end).unwrap_or_default());
        }
    }

    fn last_end(&self) -> i32 {
        self.ends.last().copied().unwrap_or_default()
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
            valid: NullBufferBuilder::new(0),
            rows: 0,
            values: 0,
            texts: 0,
            long_integers: 0,
            last: Last::Other,
        }
    }

    /// The number of rows.
    #[inline]
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// How many values that were not text became text because the column mixes kinds.
    pub fn mixed(&self) -> u64 {
        match self.data {
            Data::Text(_) => self.values - self.texts - self.long_integers,
            _ => 0,
        }
    }

    /// How many whole numbers were kept as text because no number of the program holds them.
    pub fn long_integers(&self) -> u64 {
        self.long_integers
    }

    /// Adds nulls until there are `rows` rows.
    #[inline]
    pub fn pad_to(&mut self, rows: usize) {
        if rows > self.len() {
            self.add_nulls(rows);
        }
    }

    /// Makes room for `rows` rows in all that are like those that are there, if there is as much
    /// memory.
    pub fn reserve_for(&mut self, rows: usize) {
        let more = rows.saturating_sub(self.rows);
        // A guess: what is not there now may still be when it is needed.
        let _ = match &mut self.data {
            Data::Unknown => Ok(()),
            Data::Boolean(values) => values.try_reserve_exact(more),
            Data::Integer(values) => values.try_reserve_exact(more),
            Data::Number(values) => values.try_reserve_exact(more),
            Data::Text(texts) | Data::Json(texts) => {
                let bytes = texts.text.len() as u128 * more as u128 / self.rows.max(1) as u128;
                let bytes = usize::try_from(bytes).unwrap_or(usize::MAX).min(LARGEST);
                let text = texts.text.try_reserve_exact(bytes);
                text.and_then(|()| texts.ends.try_reserve_exact(more))
            }
        };
    }

    fn add_nulls(&mut self, rows: usize) {
        let missing = rows.saturating_sub(self.len());
        match &mut self.data {
            Data::Unknown => {}
            Data::Boolean(values) => values.resize(rows, false),
            Data::Integer(values) => values.resize(rows, 0),
            Data::Number(values) => values.resize(rows, 0.0),
            Data::Text(texts) | Data::Json(texts) => {
                let end = texts.last_end();
                texts.ends.resize(rows + 1, end);
            }
        }
        self.valid.append_n_nulls(missing);
        self.rows += missing;
    }

    /// Takes the last row back.
    pub fn pop(&mut self) {
        let Some(rows) = self.len().checked_sub(1) else { return };
        if self.valid.is_valid(rows) {
            self.values -= 1;
            match self.last {
                Last::Text => self.texts -= 1,
                Last::LongInteger => self.long_integers -= 1,
                Last::Other => {}
            }
        }
        self.valid.truncate(rows);
        self.rows = rows;
        match &mut self.data {
            Data::Unknown => {}
            Data::Boolean(values) => values.truncate(rows),
            Data::Integer(values) => values.truncate(rows),
            Data::Number(values) => values.truncate(rows),
            Data::Text(texts) | Data::Json(texts) => texts.pop(),
        }
    }

    #[inline]
    fn count_value(&mut self, last: Last) {
        self.valid.append_non_null();
        self.rows += 1;
        self.values += 1;
        self.last = last;
    }

    /// Adds a row without a value.
    pub fn push_null(&mut self) {
        self.add_nulls(self.len() + 1);
    }

    /// Adds true or false.
    pub fn push_boolean(&mut self, value: bool) {
        if let Data::Unknown = self.data {
            self.data = Data::Boolean(vec![false; self.len()]);
        }
        if let Data::Boolean(values) = &mut self.data {
            values.push(value);
            self.count_value(Last::Other);
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
            _ => return self.push_as_text(&value.to_string()),
        }
        self.count_value(Last::Other);
    }

    /// Adds a whole number of more than 64 bits, kept as its text.
    pub fn push_long_integer(&mut self, text: &str) {
        self.convert(Kind::Text);
        if let Data::Text(texts) = &mut self.data {
            texts.push(text);
        }
        self.long_integers += 1;
        self.count_value(Last::LongInteger);
    }

    /// Adds a number.
    pub fn push_number(&mut self, value: f64) {
        match &self.data {
            Data::Unknown => self.data = Data::Number(vec![0.0; self.len()]),
            Data::Integer(values) => {
                if let Some(numbers) = exact_numbers(values) {
                    self.data = Data::Number(numbers);
                }
            }
            _ => {}
        }
        if let Data::Number(values) = &mut self.data {
            values.push(value);
            self.count_value(Last::Other);
        } else {
            self.push_as_text(&value.to_string());
        }
    }

    /// Adds text.
    #[inline]
    pub fn push_text(&mut self, value: &str) {
        if !matches!(self.data, Data::Text(_)) {
            self.convert(Kind::Text);
        }
        if let Data::Text(texts) = &mut self.data {
            texts.push(value);
        }
        self.texts += 1;
        self.count_value(Last::Text);
    }

    /// Adds a JSON object or array as its text.
    pub fn push_json(&mut self, value: &str) {
        if let Data::Unknown = self.data {
            self.data = Data::Json(Texts::empty(self.len()));
        }
        if let Data::Json(texts) = &mut self.data {
            texts.push(value);
            self.count_value(Last::Other);
        } else {
            self.push_as_text(value);
        }
    }

    fn push_as_text(&mut self, value: &str) {
        self.convert(Kind::Text);
        if let Data::Text(texts) = &mut self.data {
            texts.push(value);
        }
        self.count_value(Last::Other);
    }

    /// Adds all rows of another column after the rows of this one, as if its values had been
    /// pushed here.
    pub fn append(&mut self, mut other: ColumnBuilder) {
        if self.is_empty() {
            *self = other;
            return;
        }
        let kind = joint_kind(&self.data, &other.data);
        self.convert(kind);
        other.convert(kind);
        match (&mut self.data, &mut other.data) {
            (Data::Boolean(mine), Data::Boolean(theirs)) => mine.append(theirs),
            (Data::Integer(mine), Data::Integer(theirs)) => mine.append(theirs),
            (Data::Number(mine), Data::Number(theirs)) => mine.append(theirs),
            (Data::Text(mine), Data::Text(theirs)) | (Data::Json(mine), Data::Json(theirs)) => {
                mine.append(theirs);
            }
            // Both are of the same kind by now: only nulls here and there.
            _ => {}
        }
        let rows = other.len();
        match other.valid.finish() {
            Some(nulls) => self.valid.append_buffer(&nulls),
            None => self.valid.append_n_non_nulls(rows),
        }
        self.rows += rows;
        self.values += other.values;
        self.texts += other.texts;
        self.long_integers += other.long_integers;
        self.last = other.last;
    }

    /// Changes the kind to one that holds all values that are there.
    fn convert(&mut self, kind: Kind) {
        if self.data.kind() == kind {
            return;
        }
        let rows = self.len();
        self.data = match (kind, &self.data) {
            (Kind::Unknown, _) => return,
            (Kind::Boolean, _) => Data::Boolean(vec![false; rows]),
            (Kind::Integer, _) => Data::Integer(vec![0; rows]),
            (Kind::Json, _) => Data::Json(Texts::empty(rows)),
            (Kind::Number, Data::Integer(values)) => match exact_numbers(values) {
                Some(numbers) => Data::Number(numbers),
                None => return,
            },
            (Kind::Number, _) => Data::Number(vec![0.0; rows]),
            (Kind::Text, _) => Data::Text(self.as_texts()),
        };
    }

    fn as_texts(&self) -> Texts {
        let rows = self.len();
        let mut texts = Texts::empty(0);
        let mut push = |row: usize, text: &dyn Fn() -> String| {
            if self.valid.is_valid(row) { texts.push(&text()) } else { texts.push("") }
        };
        match &self.data {
            Data::Unknown | Data::Text(_) => return Texts::empty(rows),
            Data::Boolean(v) => v.iter().enumerate().for_each(|(r, v)| push(r, &|| v.to_string())),
            Data::Integer(v) => v.iter().enumerate().for_each(|(r, v)| push(r, &|| v.to_string())),
            Data::Number(v) => v.iter().enumerate().for_each(|(r, v)| push(r, &|| v.to_string())),
            Data::Json(json) => (0..rows).for_each(|row| push(row, &|| json.get(row).to_owned())),
        }
        texts
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
        let nulls = self.valid.build().filter(|nulls| nulls.null_count() > 0);
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
    fn finish(mut self, nulls: Option<NullBuffer>) -> Result<StringArray, TooMuchText> {
        if self.too_much {
            return Err(TooMuchText);
        }
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
        let offsets = OffsetBuffer::new(ScalarBuffer::from(self.ends));
        let values = Buffer::from_vec(self.text.into_bytes());
        // The offsets were made beside the text, at its ends of characters.
        Ok(StringArray::new(offsets, values, nulls))
    }
}

/// The kind that holds the values of both.
fn joint_kind(mine: &Data, theirs: &Data) -> Kind {
    match (mine, theirs) {
        (Data::Unknown, other) | (other, Data::Unknown) => other.kind(),
        (Data::Integer(values), Data::Number(_)) | (Data::Number(_), Data::Integer(values)) => {
            let exact = values.iter().all(|value| exact_number(*value).is_some());
            if exact { Kind::Number } else { Kind::Text }
        }
        (mine, theirs) if mine.kind() == theirs.kind() => mine.kind(),
        _ => Kind::Text,
    }
}

fn exact_numbers(values: &[i64]) -> Option<Vec<f64>> {
    values.iter().copied().map(exact_number).collect()
}

/// The number as `f64`, if that is exactly the same number and its shortest digits are too: up to
/// 2^53 either way.
#[expect(clippy::cast_precision_loss, reason = "up to 2^53 nothing is lost")]
fn exact_number(value: i64) -> Option<f64> {
    (value.unsigned_abs() <= 1 << 53).then_some(value as f64)
}

#[cfg(test)]
mod tests;
