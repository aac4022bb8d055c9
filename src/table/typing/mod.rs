//! Numbers, days and yes or no that stand as text: found by looking, and made what they are.
//!
//! Readers keep text wherever a number would lose something or a value is none. Which of it would
//! be another kind, in which form, and how many values would then be empty, a person sees here
//! and decides.

mod applied;
mod days;
mod examples;
mod numbers;
mod offers;

use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, TimestampMillisecondBuilder,
};
use arrow_array::{Array, ArrayRef, StringArray};
use serde::{Deserialize, Serialize};

use super::{DateTimeForm, FieldKind, Offset};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Watch};
pub use applied::{read_fields, texts_of};
use days::{Days, Order};
pub use examples::{Examples, Misfit, examples};
use numbers::{Mark, Parsed};
pub use offers::{Offer, offers};

/// What a field is read as, because a person says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReadAs {
    /// Text, whatever it looks like.
    Text,
    /// Numbers, in the form that fits most of them.
    Number,
    /// Numbers with a decimal point: `1,234.5`.
    NumberPoint,
    /// Numbers with a decimal comma: `1.234,5`.
    NumberComma,
    /// Whole numbers; others are none.
    Integer,
    /// Days or moments, in the form that fits most of them.
    Date,
    /// Moments, a day being its first one.
    #[serde(rename = "datetime")]
    DateTime,
    /// Day, month, year: `31/12/2024`, `31-12-24`, `31 dec 2024`.
    DateDmy,
    /// Month, day, year: `12/31/2024`, `December 31, 2024`.
    DateMdy,
    /// Year, month, day: `2024-12-31`, `20241231`.
    DateYmd,
    /// `ja` and `nee`, `oui` and `non`, `yes` and `no`, 1 and 0.
    Boolean,
}

impl ReadAs {
    /// All of them, in the order they are told.
    pub const ALL: [ReadAs; 11] = [
        ReadAs::Text,
        ReadAs::Number,
        ReadAs::NumberPoint,
        ReadAs::NumberComma,
        ReadAs::Integer,
        ReadAs::Date,
        ReadAs::DateTime,
        ReadAs::DateDmy,
        ReadAs::DateMdy,
        ReadAs::DateYmd,
        ReadAs::Boolean,
    ];

    /// The stable name, for the command line and project files.
    pub fn code(self) -> &'static str {
        match self {
            ReadAs::Text => "text",
            ReadAs::Number => "number",
            ReadAs::NumberPoint => "number-point",
            ReadAs::NumberComma => "number-comma",
            ReadAs::Integer => "integer",
            ReadAs::Date => "date",
            ReadAs::DateTime => "datetime",
            ReadAs::DateDmy => "date-dmy",
            ReadAs::DateMdy => "date-mdy",
            ReadAs::DateYmd => "date-ymd",
            ReadAs::Boolean => "boolean",
        }
    }

    /// By its stable name.
    pub fn by_code(code: &str) -> Option<ReadAs> {
        ReadAs::ALL.into_iter().find(|read_as| read_as.code() == code)
    }

    /// The kind alone, where a form of it is meant: it is the form that fits best that is taken.
    #[must_use]
    pub fn without_form(self) -> ReadAs {
        match self {
            ReadAs::NumberPoint | ReadAs::NumberComma => ReadAs::Number,
            ReadAs::DateDmy | ReadAs::DateMdy | ReadAs::DateYmd => ReadAs::Date,
            other => other,
        }
    }

    /// What values of it are, in words, where the column is of this kind then: "dates, day first".
    pub fn message(self, kind: FieldKind) -> Message {
        let id = match self {
            ReadAs::Text => "read-as-text",
            ReadAs::Number => "read-as-number",
            ReadAs::NumberPoint => "read-as-number-point",
            ReadAs::NumberComma => "read-as-number-comma",
            ReadAs::Integer => "read-as-integer",
            ReadAs::Date => "read-as-date",
            ReadAs::DateTime => "read-as-datetime",
            ReadAs::DateDmy => "read-as-date-dmy",
            ReadAs::DateMdy => "read-as-date-mdy",
            ReadAs::DateYmd => "read-as-date-ymd",
            ReadAs::Boolean => "read-as-boolean",
        };
        Message::new(id).text("kind", kind.code())
    }

    fn mark(self) -> Option<Mark> {
        match self {
            ReadAs::NumberPoint => Some(Mark::Point),
            ReadAs::NumberComma => Some(Mark::Comma),
            _ => None,
        }
    }

    fn order(self) -> Option<Order> {
        match self {
            ReadAs::DateDmy => Some(Order::Day),
            ReadAs::DateMdy => Some(Order::Month),
            ReadAs::DateYmd => Some(Order::Year),
            _ => None,
        }
    }
}

/// How well a form fits the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    /// The form.
    pub read_as: ReadAs,
    /// Values that are of it.
    pub fits: u64,
    /// Words for "no value" (`-`, `?`, `n.v.t.`, `#N/A`), and texts of white space.
    pub no_value: u64,
    /// Other values, which would be empty.
    pub misfits: u64,
}

impl Fit {
    /// "118 of 120 values fit": of those that say something.
    pub fn message(&self) -> Message {
        let count = self.fits.saturating_add(self.misfits);
        if self.misfits == 0 && count > 0 {
            return Message::new("read-as-fits-all").count("count", count);
        }
        Message::new("read-as-fits").count("fits", self.fits).count("count", count)
    }

    /// "2 say “nothing”"; none where no value does.
    pub fn no_value_message(&self) -> Option<Message> {
        let message = Message::new("read-as-no-value").count("count", self.no_value);
        (self.no_value > 0).then_some(message)
    }
}

/// A column made what its texts are.
#[derive(Clone, Debug)]
pub struct Typed {
    /// What its values are now.
    pub kind: FieldKind,
    /// The values.
    pub array: ArrayRef,
    /// How well the form fitted.
    pub fit: Fit,
    /// Moments of which less than a millisecond was cut off.
    pub rounded: u64,
    /// Moments that are told in UTC, because the column has them in several zones.
    pub in_utc: u64,
    /// Numbers that had zeros in front, which are gone.
    pub zeros: u64,
}

/// Words that stand for "no value" in columns of another kind.
const NO_VALUE: &[&str] = &[
    "NULL", "null", "NA", "N/A", "n/a", "NaN", "nan", "#N/A", "#N/B", "-", "–", "?", "n.v.t.",
    "nvt", "n.b.",
];

/// Whether a word stands for "no value" in a column of another kind.
pub fn is_no_value(word: &str) -> bool {
    NO_VALUE.contains(&word)
}

/// How many values tell whether a form is worth trying on all.
const SAMPLE: usize = 500;
/// With no more values in it a sample tells nothing.
const FEWEST: usize = 50;
/// How many values are read between two looks at the watch.
const BLOCK: usize = 1 << 14;

/// The forms that fit nearly all values of a text column, the best first. Empty where the column
/// is text and nothing else: also where a number has a zero in front, which is a code.
///
/// # Errors
/// When the person cancelled.
pub fn fits(texts: &StringArray, watch: &Watch) -> Result<Vec<Fit>, Cancelled> {
    let forms = [
        ReadAs::NumberPoint,
        ReadAs::NumberComma,
        ReadAs::DateDmy,
        ReadAs::DateYmd,
        ReadAs::DateMdy,
        ReadAs::Boolean,
    ];
    let mut step = texts.len().div_ceil(SAMPLE).max(1);
    let sampled = |step| (0..texts.len()).step_by(step).filter(|row| texts.is_valid(*row));
    if sampled(step).nth(FEWEST).is_none() {
        // Most rows have no value.
        step = 1;
    }
    let mut found = Vec::new();
    for form in forms {
        let sample = sampled(step).map(|row| texts.value(row));
        let Some(fit) = count(form, sample, &Watch::unwatched())? else { continue };
        if fit.fits < fit.misfits {
            continue;
        }
        let all = if step == 1 { Some(fit) } else { count(form, texts.iter().flatten(), watch)? };
        found.extend(all.filter(|fit| fit.fits > 0 && fit.fits >= fit.misfits.saturating_mul(4)));
    }
    Ok(best(found, texts))
}

/// Of forms of one kind, those that fit best; where two fit alike, both only if they say different
/// things.
fn best(found: Vec<Fit>, texts: &StringArray) -> Vec<Fit> {
    let least = |is: fn(ReadAs) -> bool| {
        found.iter().filter(|fit| is(fit.read_as)).map(|fit| fit.misfits).min()
    };
    let (numbers, dates) =
        (least(|form| form.mark().is_some()), least(|form| form.order().is_some()));
    let mut kept: Vec<Fit> = Vec::new();
    for fit in found {
        let is_best = match fit.read_as {
            form if form.mark().is_some() => {
                let has_rival = kept.iter().any(|kept| kept.read_as.mark().is_some());
                numbers == Some(fit.misfits) && (!has_rival || differ(texts))
            }
            // Who writes days that may be read both ways, writes the day first here.
            form if form.order().is_some() => {
                let has_rival = kept.iter().any(|kept| kept.read_as.order().is_some());
                dates == Some(fit.misfits) && !has_rival
            }
            _ => true,
        };
        if is_best {
            // Whether moments all have a zone is known only now.
            let exact =
                fit.read_as.order().map(|order| as_days(texts, fit.read_as, order, false).fit);
            kept.push(exact.unwrap_or(fit));
        }
    }
    kept.sort_by_key(|fit| fit.misfits);
    kept
}

/// Whether some number is another with a decimal point than with a decimal comma: `1.234`.
fn differ(texts: &StringArray) -> bool {
    texts.iter().flatten().any(|text| {
        let of = |mark| numbers::read(text.trim(), mark).map(|parsed| parsed.value().to_bits());
        let (point, comma) = (of(Mark::Point), of(Mark::Comma));
        point.is_ok() && comma.is_ok() && point != comma
    })
}

/// How well a form fits some values; none where it must not be read as that.
fn count<'a>(
    form: ReadAs,
    texts: impl Iterator<Item = &'a str>,
    watch: &Watch,
) -> Result<Option<Fit>, Cancelled> {
    let mut fit = Fit { read_as: form, fits: 0, no_value: 0, misfits: 0 };
    for (at, text) in texts.enumerate() {
        if at % BLOCK == 0 {
            watch.check()?;
        }
        let text = text.trim();
        let is_of_form = match (form.mark(), form.order()) {
            (Some(mark), _) => match numbers::read(text, mark) {
                Ok(_) => true,
                Err(numbers::NotRead::LeadingZero) => return Ok(None),
                Err(numbers::NotRead::NoNumber) => false,
            },
            (_, Some(order)) => days::read(text, order).is_some(),
            _ => yes_or_no(text).is_some(),
        };
        if is_of_form {
            fit.fits += 1;
        } else if text.is_empty() || is_no_value(text) {
            fit.no_value += 1;
        } else {
            fit.misfits += 1;
        }
    }
    Ok(Some(fit))
}

/// Makes a text column what a person says it is. None for text, which it is already.
pub fn typed(texts: &StringArray, read_as: ReadAs) -> Option<Typed> {
    let numbers = |is_whole, marks: &[Mark]| -> Vec<Typed> {
        marks.iter().map(|mark| as_numbers(texts, read_as, *mark, is_whole)).collect()
    };
    let days = |is_moment, orders: &[Order]| -> Vec<Typed> {
        orders.iter().map(|order| as_days(texts, read_as, *order, is_moment)).collect()
    };
    let mut tried = match (read_as, read_as.mark(), read_as.order()) {
        (_, Some(mark), _) => numbers(false, &[mark]),
        (_, _, Some(order)) => days(false, &[order]),
        (ReadAs::Number | ReadAs::Integer, ..) => {
            numbers(read_as == ReadAs::Integer, &[Mark::Point, Mark::Comma])
        }
        (ReadAs::Date | ReadAs::DateTime, ..) => {
            let orders = [Order::Day, Order::Year, Order::Month];
            days(read_as == ReadAs::DateTime, &orders)
        }
        (ReadAs::Boolean, ..) => vec![as_yes_or_no(texts)],
        _ => Vec::new(),
    };
    // The first of those that fit best.
    tried.sort_by_key(|typed| typed.fit.misfits);
    tried.into_iter().next()
}

/// Reads every text; what is not read is counted as no value or as no fit.
fn each<T>(
    texts: &StringArray,
    form: ReadAs,
    read: impl Fn(&str) -> Option<T>,
    mut take: impl FnMut(Option<T>),
) -> Fit {
    let mut fit = Fit { read_as: form, fits: 0, no_value: 0, misfits: 0 };
    for text in texts {
        let Some(text) = text.map(str::trim) else {
            take(None);
            continue;
        };
        let value = read(text);
        match &value {
            Some(_) => fit.fits += 1,
            None if text.is_empty() || is_no_value(text) => fit.no_value += 1,
            None => fit.misfits += 1,
        }
        take(value);
    }
    fit
}

fn as_numbers(texts: &StringArray, form: ReadAs, mark: Mark, is_whole: bool) -> Typed {
    let mut zeros = 0;
    let mut all = Vec::with_capacity(texts.len());
    let read = |text: &str| {
        let (parsed, has_zeros) = numbers::read_anyhow(text, mark)?;
        let parsed = if is_whole { parsed.as_whole()? } else { parsed };
        Some((parsed, has_zeros))
    };
    let fit = each(texts, form, read, |found| {
        zeros += u64::from(found.is_some_and(|(_, has_zeros)| has_zeros));
        all.push(found.map(|(parsed, _)| parsed));
    });
    let (kind, array): (_, ArrayRef) =
        if all.iter().flatten().all(|value| matches!(value, Parsed::Whole(_))) {
            let mut builder = Int64Builder::with_capacity(all.len());
            all.iter().for_each(|value| builder.append_option(value.and_then(Parsed::whole)));
            (FieldKind::Integer, Arc::new(builder.finish()))
        } else {
            let mut builder = Float64Builder::with_capacity(all.len());
            all.iter().for_each(|value| builder.append_option(value.map(Parsed::value)));
            (FieldKind::Number, Arc::new(builder.finish()))
        };
    Typed { kind, array, fit, rounded: 0, in_utc: 0, zeros }
}

fn as_days(texts: &StringArray, form: ReadAs, order: Order, is_moment: bool) -> Typed {
    let days = Days::of(texts.iter().flatten(), order);
    let plain = DateTimeForm { separator: 'T', fraction: Some(0), offset: Offset::None };
    let moments = days.moments().or(is_moment.then_some(plain));
    let (kind, rounded, array, fit): (_, _, ArrayRef, _) = if let Some(moments) = moments {
        let mut builder = TimestampMillisecondBuilder::with_capacity(texts.len());
        let read = |text: &str| days.moment(text, order);
        let fit = each(texts, form, read, |value| builder.append_option(value));
        (FieldKind::DateTime(moments), days.rounded, Arc::new(builder.finish()), fit)
    } else {
        let mut builder = Date32Builder::with_capacity(texts.len());
        let read = |text: &str| days::read(text, order).and_then(days::Found::day_number);
        let fit = each(texts, form, read, |value| builder.append_option(value));
        (FieldKind::Date, 0, Arc::new(builder.finish()), fit)
    };
    let in_utc = if days.zones_differ { fit.fits } else { 0 };
    Typed { kind, array, fit, rounded, in_utc, zeros: 0 }
}

fn as_yes_or_no(texts: &StringArray) -> Typed {
    let mut builder = BooleanBuilder::with_capacity(texts.len());
    let read = |text: &str| match text {
        "1" => Some(true),
        "0" => Some(false),
        word => yes_or_no(word),
    };
    let fit = each(texts, ReadAs::Boolean, read, |value| builder.append_option(value));
    Typed {
        kind: FieldKind::Boolean,
        array: Arc::new(builder.finish()),
        fit,
        rounded: 0,
        in_utc: 0,
        zeros: 0,
    }
}

/// Yes and no in Dutch, French and English.
fn yes_or_no(text: &str) -> Option<bool> {
    const YES: &[&str] = &["ja", "j", "yes", "y", "oui", "o", "waar", "vrai", "true"];
    const NO: &[&str] = &["nee", "neen", "n", "no", "non", "onwaar", "faux", "false"];
    let is_any = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    if is_any(YES) { Some(true) } else { is_any(NO).then_some(false) }
}

#[cfg(test)]
mod tests;
