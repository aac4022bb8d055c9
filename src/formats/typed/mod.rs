//! The values of a column of which the file says the type, as they are kept while it is read.
//!
//! As long as all are of that type they are what the finished column has; the first that is not
//! makes all of them values of any kind.

pub(super) mod filled;
pub(super) mod moments;
mod texts;

pub(super) use texts::Texts;

use std::borrow::Cow;
use std::mem::take;

use arrow_array::ArrayRef;
use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use chrono::{DateTime, TimeDelta};

use crate::formats::tally::Tally;
use crate::table::{ColumnBuilder, DateTimeForm, FieldKind, TooMuchText};
use filled::{Filled, finish, finish_boolean};

/// More cells for each byte of a file than any file has: rows that end early, of a table with very
/// many columns, could ask for any amount of memory.
const CELLS_PER_BYTE: u64 = 16;
const CELLS_ALWAYS: u64 = 1 << 24;

/// Whether there are more cells than a file of so many bytes can have.
pub(super) fn are_too_many(rows: usize, columns: usize, bytes: u64) -> bool {
    let cells = (rows as u64).saturating_mul(columns as u64 + 1);
    cells > bytes.saturating_mul(CELLS_PER_BYTE).saturating_add(CELLS_ALWAYS)
}

/// Values one after another.
#[derive(Debug)]
pub(super) struct Stored {
    pub typed: Typed,
    /// Values of any kind; none as long as all are of a type.
    pub any: ColumnBuilder,
    /// Rows (from 1) of texts that were not in UTF-8 when they became values of any kind.
    pub replaced: Tally,
    /// How many signs stand in their place.
    pub signs: u64,
}

/// Values that are all of one type.
#[derive(Debug)]
pub(super) enum Typed {
    Truths(Filled<bool>),
    Integers(Filled<i64>),
    Numbers(Filled<f64>),
    Texts(Texts),
    /// All written the one way there is.
    Dates(Filled<i32>),
    /// All written in one form, which is known from the first on.
    Moments(Filled<i64>, Option<DateTimeForm>),
    /// They are not.
    Not,
}

/// Does the same with values of any type.
macro_rules! of_any_type {
    ($stored:expr, $values:ident => $what:expr) => {
        match &mut $stored.typed {
            Typed::Truths($values) => $what,
            Typed::Integers($values) | Typed::Moments($values, _) => $what,
            Typed::Numbers($values) => $what,
            Typed::Texts($values) => $what,
            Typed::Dates($values) => $what,
            Typed::Not => {
                let $values = &mut $stored.any;
                $what
            }
        }
    };
}

impl Stored {
    pub(super) fn new(typed: Typed) -> Stored {
        Stored { typed, any: ColumnBuilder::new(), replaced: Tally::default(), signs: 0 }
    }

    pub(super) fn len(&mut self) -> usize {
        of_any_type!(self, values => values.len())
    }

    pub(super) fn push_null(&mut self) {
        let rows = self.len() + 1;
        self.pad_to(rows);
    }

    /// Adds nulls until there are so many rows.
    #[inline]
    pub(super) fn pad_to(&mut self, rows: usize) {
        of_any_type!(self, values => values.pad_to(rows));
    }

    /// Makes room for so many rows in all that are like those that are there.
    pub(super) fn reserve_for(&mut self, rows: usize) {
        of_any_type!(self, values => values.reserve_for(rows));
    }

    /// Takes the last row back.
    pub(super) fn pop(&mut self) {
        self.any().pop();
    }

    /// Values of any kind from now on: dates and moments become the texts they were, truths the
    /// numbers 0 and 1.
    pub(super) fn any(&mut self) -> &mut ColumnBuilder {
        let any = &mut self.any;
        match std::mem::replace(&mut self.typed, Typed::Not) {
            Typed::Not => {}
            Typed::Truths(truths) => {
                let truths = truths.iter().map(|truth| truth.map(i64::from));
                truths.for_each(|number| push(any, number, ColumnBuilder::push_integer));
            }
            Typed::Integers(numbers) => {
                numbers.iter().for_each(|number| push(any, number, ColumnBuilder::push_integer));
            }
            Typed::Numbers(numbers) => {
                numbers.iter().for_each(|number| push(any, number, ColumnBuilder::push_number));
            }
            Typed::Texts(texts) => {
                for (row, text) in (1..).zip(texts.iter()) {
                    let text = text.map(String::from_utf8_lossy);
                    if let Some(Cow::Owned(text)) = &text {
                        self.replaced.add(row);
                        self.signs += signs_in(text);
                    }
                    push(any, text, |any, text| any.push_text(&text));
                }
            }
            Typed::Dates(days) => {
                let epoch = DateTime::UNIX_EPOCH.date_naive();
                for day in days.iter() {
                    let day = day.map(|day| TimeDelta::days(i64::from(day)));
                    let date = day.and_then(|day| epoch.checked_add_signed(day));
                    push(any, date, |any, date| any.push_text(&date.to_string()));
                }
            }
            Typed::Moments(millis, form) => {
                for at in millis.iter() {
                    let at = at.and_then(DateTime::from_timestamp_millis).zip(form);
                    push(any, at, |any, (at, form)| any.push_text(&form.write(at.naive_utc())));
                }
            }
        }
        any
    }

    /// Adds the rows that follow.
    pub(super) fn append(&mut self, mut other: Stored) {
        let before = self.len() as u64;
        match (&mut self.typed, &mut other.typed) {
            (Typed::Truths(mine), Typed::Truths(theirs)) => mine.append(take(theirs)),
            (Typed::Integers(mine), Typed::Integers(theirs)) => mine.append(take(theirs)),
            (Typed::Numbers(mine), Typed::Numbers(theirs)) => mine.append(take(theirs)),
            (Typed::Texts(mine), Typed::Texts(theirs)) => mine.append(take(theirs)),
            (Typed::Dates(mine), Typed::Dates(theirs)) => mine.append(take(theirs)),
            (Typed::Moments(mine, form), Typed::Moments(theirs, more))
                if form.is_none() || more.is_none() || form == more =>
            {
                *form = form.or(*more);
                mine.append(take(theirs));
            }
            _ => {
                other.any();
                self.any().append(take(&mut other.any));
            }
        }
        self.replaced.append(&other.replaced, before);
        self.signs += other.signs;
    }

    /// The finished column, if it is of one type throughout; else its values of any kind. `shown`
    /// gives the form of moments: from the one they are all written in, if there are any, and how
    /// many digits of a second they need. Texts that are not in UTF-8 are mended, and `replaced`
    /// is told their row (from 1) and what became of them.
    ///
    /// # Errors
    /// When its texts are more than a column can hold.
    pub(super) fn finish(
        mut self,
        rows: usize,
        shown: impl FnOnce(Option<DateTimeForm>, u8) -> DateTimeForm,
        replaced: impl FnMut(u64, &str),
    ) -> Result<Result<(FieldKind, ArrayRef), ColumnBuilder>, TooMuchText> {
        self.pad_to(rows);
        Ok(Ok(match self.typed {
            Typed::Truths(truths) => (FieldKind::Boolean, finish_boolean(truths)),
            Typed::Integers(numbers) => (FieldKind::Integer, finish::<Int64Type>(numbers)),
            Typed::Numbers(numbers) => (FieldKind::Number, finish::<Float64Type>(numbers)),
            Typed::Texts(texts) if texts.is_too_much() => return Err(TooMuchText),
            Typed::Texts(texts) => match texts.finish() {
                Ok(array) => (FieldKind::Text, array),
                Err(texts) => return mended(&texts, replaced).map(Ok),
            },
            Typed::Dates(days) => (FieldKind::Date, finish::<Date32Type>(days)),
            Typed::Moments(millis, form) => {
                let finest = millis.values().iter().map(|at| digits(*at)).max();
                let form = shown(form, finest.unwrap_or(0));
                (FieldKind::DateTime(form), finish::<TimestampMillisecondType>(millis))
            }
            Typed::Not => return Ok(Err(self.any)),
        }))
    }
}

/// How often something that is not in UTF-8 became a sign that says so.
pub(super) fn signs_in(mended: &str) -> u64 {
    mended.matches(char::REPLACEMENT_CHARACTER).count() as u64
}

fn push<T>(any: &mut ColumnBuilder, value: Option<T>, add: impl Fn(&mut ColumnBuilder, T)) {
    match value {
        Some(value) => add(any, value),
        None => any.push_null(),
    }
}

/// Texts of which some are not in UTF-8, which are told.
fn mended(
    texts: &Texts,
    mut replaced: impl FnMut(u64, &str),
) -> Result<(FieldKind, ArrayRef), TooMuchText> {
    let mut any = ColumnBuilder::new();
    for (row, text) in (1..).zip(texts.iter()) {
        let text = text.map(String::from_utf8_lossy);
        if let Some(Cow::Owned(text)) = &text {
            replaced(row, text);
        }
        push(&mut any, text, |any, text| any.push_text(&text));
    }
    any.finish(texts.len(), false)
}

/// How many digits a moment's fraction of a second needs.
fn digits(millis: i64) -> u8 {
    match millis {
        _ if millis % 1000 == 0 => 0,
        _ if millis % 100 == 0 => 1,
        _ if millis % 10 == 0 => 2,
        _ => 3,
    }
}
