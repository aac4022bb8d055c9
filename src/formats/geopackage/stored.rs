//! The values of a column as they are kept while it is read.

use arrow_array::ArrayRef;
use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, TimestampMillisecondType};
use chrono::{DateTime, TimeDelta};

use super::moments;
use crate::formats::filled::{Filled, finish};
use crate::table::{ColumnBuilder, DateTimeForm, FieldKind, TooMuchText};

/// Values one after another.
#[derive(Debug)]
pub(super) struct Stored {
    pub typed: Typed,
    /// Values of any kind; none as long as all are of a type.
    pub any: ColumnBuilder,
}

/// Values that are all written in one way.
#[derive(Debug)]
pub(super) enum Typed {
    Dates(Filled<i32>),
    /// In which form is known from the first on.
    Moments(Filled<i64>, Option<DateTimeForm>),
    /// They are not.
    Not,
}

impl Stored {
    pub(super) fn new(typed: Typed) -> Stored {
        Stored { typed, any: ColumnBuilder::new() }
    }

    pub(super) fn len(&self) -> usize {
        match &self.typed {
            Typed::Dates(days) => days.len(),
            Typed::Moments(millis, _) => millis.len(),
            Typed::Not => self.any.len(),
        }
    }

    pub(super) fn push_null(&mut self) {
        match &mut self.typed {
            Typed::Dates(days) => days.push(None),
            Typed::Moments(millis, _) => millis.push(None),
            Typed::Not => self.any.push_null(),
        }
    }

    /// Adds nulls until there are so many rows.
    #[inline]
    pub(super) fn pad_to(&mut self, rows: usize) {
        match &mut self.typed {
            Typed::Dates(days) => days.pad_to(rows),
            Typed::Moments(millis, _) => millis.pad_to(rows),
            Typed::Not => self.any.pad_to(rows),
        }
    }

    /// Makes room for so many rows in all that are like those that are there.
    pub(super) fn reserve_for(&mut self, rows: usize) {
        match &mut self.typed {
            Typed::Dates(days) => days.reserve_for(rows),
            Typed::Moments(millis, _) => millis.reserve_for(rows),
            Typed::Not => self.any.reserve_for(rows),
        }
    }

    /// Values of any kind from now on: dates and moments become the texts they were.
    pub(super) fn any(&mut self) -> &mut ColumnBuilder {
        let texts = &mut self.any;
        let mut push = |text: Option<String>| match text {
            Some(text) => texts.push_text(&text),
            None => texts.push_null(),
        };
        match std::mem::replace(&mut self.typed, Typed::Not) {
            Typed::Not => {}
            Typed::Dates(days) => {
                let epoch = DateTime::UNIX_EPOCH.date_naive();
                for day in days.iter() {
                    let day = day.map(|day| TimeDelta::days(i64::from(day)));
                    let date = day.and_then(|day| epoch.checked_add_signed(day));
                    push(date.map(|date| date.to_string()));
                }
            }
            Typed::Moments(millis, form) => {
                for at in millis.iter() {
                    let at = at.and_then(DateTime::from_timestamp_millis);
                    push(at.zip(form).map(|(at, form)| form.write(at.naive_utc())));
                }
            }
        }
        texts
    }

    /// Adds the rows that follow.
    pub(super) fn append(&mut self, mut other: Stored) {
        match (&mut self.typed, &mut other.typed) {
            (Typed::Dates(mine), Typed::Dates(theirs)) => mine.append(std::mem::take(theirs)),
            (Typed::Moments(mine, form), Typed::Moments(theirs, more))
                if form.is_none() || more.is_none() || form == more =>
            {
                *form = form.or(*more);
                mine.append(std::mem::take(theirs));
            }
            _ => {
                other.any();
                self.any().append(other.any);
            }
        }
    }

    /// The finished column, if it is of dates or moments throughout; else its values of any kind.
    pub(super) fn finish(self, rows: usize) -> Result<(FieldKind, ArrayRef), ColumnBuilder> {
        match self.typed {
            Typed::Dates(mut days) => {
                days.pad_to(rows);
                Ok((FieldKind::Date, finish::<Date32Type>(days)))
            }
            Typed::Moments(mut millis, form) => {
                millis.pad_to(rows);
                let finest = millis.values().iter().map(|at| digits(*at)).max();
                let form = moments::shown(form.unwrap_or(moments::PLAIN), finest.unwrap_or(0));
                Ok((FieldKind::DateTime(form), finish::<TimestampMillisecondType>(millis)))
            }
            Typed::Not => Err(self.any),
        }
    }
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

/// A text column of moments that are written in several forms, as one of moments.
pub(super) fn settled(
    values: ColumnBuilder,
    rows: usize,
) -> Result<(FieldKind, ArrayRef), TooMuchText> {
    let (kind, array) = values.finish(rows, false)?;
    let moments = array.as_string_opt().and_then(moments::as_moments);
    Ok(moments.unwrap_or((kind, array)))
}
