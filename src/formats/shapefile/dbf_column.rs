//! One column of a dBASE table, filled value by value.

use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int64Builder, StringBuilder,
    TimestampMillisecondBuilder,
};
use chrono::{DateTime, NaiveDate};

use super::charset::{Charset, Sniffer};
use crate::i18n::Arg;
use crate::problem::{Place, Problems};
use crate::table::{DateTimeForm, FieldKind, Offset};

/// The Julian day number of 1970-01-01.
const JULIAN_EPOCH: i64 = 2_440_588;
const DAY_MILLIS: i64 = 86_400_000;

/// How often something happened, with the first rows.
#[derive(Default)]
pub(super) struct Tally {
    count: u64,
    rows: Vec<u64>,
}

impl Tally {
    fn add(&mut self, row: u64) {
        self.count += 1;
        if self.rows.len() < 5 {
            self.rows.push(row);
        }
    }

    pub(super) fn report(&self, id: &'static str, field: &str, problems: &mut Problems) {
        let args = || vec![("field", Arg::Text(field.to_owned()))];
        for row in &self.rows {
            let place = Place::RowField { row: *row, field: field.to_owned() };
            problems.report(id, 1, args(), Some(place));
        }
        problems.report(id, self.count - self.rows.len() as u64, args(), None);
    }
}

/// The values of one column.
enum Values {
    /// Bytes until the encoding is known, and where each value ends; an empty one is null.
    Text {
        bytes: Vec<u8>,
        ends: Vec<usize>,
    },
    Whole(Int64Builder),
    Number(Float64Builder),
    Truth(BooleanBuilder),
    Date(Date32Builder),
    Moment {
        millis: TimestampMillisecondBuilder,
        fraction: bool,
    },
    /// Text kept in another file; counted, not read.
    Memo {
        rows: usize,
    },
}

/// How values are stored.
#[derive(Clone, Copy, PartialEq)]
enum Stored {
    Text,
    Digits,
    Long,
    Double,
    Currency,
    Truth,
    Date,
    Moment,
    Memo,
}

/// A column being read.
pub(super) struct Column {
    stored: Stored,
    values: Values,
    /// Values that are not of the column's type and became null.
    bad: Tally,
    /// Numbers with a decimal comma.
    commas: Tally,
    /// Whole numbers that lost digits because the column holds fractions as well.
    rounded: Tally,
    /// Values in a memo file.
    memos: Tally,
}

impl Column {
    /// A column for a field of a dBASE type; none for the hidden null flags of Visual FoxPro. The
    /// flag tells that the type is unknown and the values are read as text.
    pub(super) fn new(letter: u8, length: usize, decimals: u8) -> Option<(Column, bool)> {
        let (stored, known) = match letter {
            b'0' => return None,
            b'C' | b'V' => (Stored::Text, true),
            b'N' | b'F' => (Stored::Digits, true),
            b'I' | b'+' if length == 4 => (Stored::Long, true),
            b'O' | b'B' if length == 8 => (Stored::Double, true),
            b'Y' if length == 8 => (Stored::Currency, true),
            b'L' => (Stored::Truth, true),
            b'D' => (Stored::Date, true),
            b'T' | b'@' => (Stored::Moment, true),
            b'M' | b'B' | b'G' | b'P' | b'W' => (Stored::Memo, true),
            _ => (Stored::Text, false),
        };
        let values = match stored {
            Stored::Text => Values::Text { bytes: Vec::new(), ends: Vec::new() },
            Stored::Digits if decimals == 0 => Values::Whole(Int64Builder::new()),
            Stored::Long => Values::Whole(Int64Builder::new()),
            Stored::Digits | Stored::Double | Stored::Currency => {
                Values::Number(Float64Builder::new())
            }
            Stored::Truth => Values::Truth(BooleanBuilder::new()),
            Stored::Date => Values::Date(Date32Builder::new()),
            Stored::Moment => {
                Values::Moment { millis: TimestampMillisecondBuilder::new(), fraction: false }
            }
            Stored::Memo => Values::Memo { rows: 0 },
        };
        let [bad, commas, rounded, memos] = Default::default();
        Some((Column { stored, values, bad, commas, rounded, memos }, !known))
    }

    /// Adds the value of a row (from 1, for reports).
    pub(super) fn push(&mut self, raw: &[u8], row: u64, sniffer: &mut Sniffer) {
        match self.stored {
            Stored::Text => {
                let text = trim_text(raw);
                sniffer.look(text);
                if let Values::Text { bytes, ends } = &mut self.values {
                    bytes.extend_from_slice(text);
                    ends.push(bytes.len());
                }
            }
            Stored::Digits => self.push_digits(trim_number(raw), row),
            Stored::Long => {
                let value = raw.first_chunk().map(|bytes| i32::from_le_bytes(*bytes));
                self.push_whole(value.map(i64::from));
            }
            Stored::Double => {
                let value = raw.first_chunk().map(|bytes| f64::from_le_bytes(*bytes));
                self.push_number(value.filter(|value| value.is_finite()));
            }
            Stored::Currency => {
                let value = raw.first_chunk().map(|bytes| i64::from_le_bytes(*bytes));
                self.push_number(value.map(|value| to_f64(value) / 10_000.0));
            }
            Stored::Truth => {
                let value = match raw.first().copied().unwrap_or(b'?') {
                    b'T' | b't' | b'Y' | b'y' | b'1' => Some(true),
                    b'F' | b'f' | b'N' | b'n' | b'0' => Some(false),
                    b'?' | b' ' | 0 => None,
                    _ => {
                        self.bad.add(row);
                        None
                    }
                };
                if let Values::Truth(builder) = &mut self.values {
                    builder.append_option(value);
                }
            }
            Stored::Date => {
                let value = read_date(trim_number(raw));
                if value == Err(()) {
                    self.bad.add(row);
                }
                if let Values::Date(builder) = &mut self.values {
                    builder.append_option(value.unwrap_or(None));
                }
            }
            Stored::Moment => {
                let value = read_moment(raw);
                if value == Err(()) {
                    self.bad.add(row);
                }
                if let Values::Moment { millis, fraction } = &mut self.values {
                    let value = value.unwrap_or(None);
                    *fraction |= value.is_some_and(|value| value % 1000 != 0);
                    millis.append_option(value);
                }
            }
            Stored::Memo => {
                if raw.iter().any(|byte| !matches!(byte, b' ' | b'0' | 0)) {
                    self.memos.add(row);
                }
                if let Values::Memo { rows } = &mut self.values {
                    *rows += 1;
                }
            }
        }
    }

    fn push_digits(&mut self, text: &[u8], row: u64) {
        if text.is_empty() || text.iter().all(|byte| *byte == b'*') {
            self.push_number(None);
            return;
        }
        let text = std::str::from_utf8(text).unwrap_or("?");
        if matches!(self.values, Values::Whole(_))
            && let Ok(whole) = text.trim_end_matches('.').parse()
        {
            return self.push_whole(Some(whole));
        }
        let point = text.replace(',', ".");
        let starts_well = point.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
        let value: Option<f64> = point.parse().ok();
        let value = value.filter(|value| starts_well && value.is_finite());
        if value.is_none() {
            self.bad.add(row);
            self.push_number(None);
            return;
        }
        if point != text {
            self.commas.add(row);
        }
        self.make_fractional();
        self.push_number(value);
    }

    fn push_whole(&mut self, value: Option<i64>) {
        if let Values::Whole(builder) = &mut self.values {
            builder.append_option(value);
        } else {
            self.push_number(value.map(to_f64));
        }
    }

    fn push_number(&mut self, value: Option<f64>) {
        match &mut self.values {
            Values::Number(builder) => builder.append_option(value),
            // Only nulls come here: a number has made the column fractional.
            Values::Whole(builder) => builder.append_null(),
            _ => {}
        }
    }

    /// A column of whole numbers becomes one of numbers.
    fn make_fractional(&mut self) {
        let Values::Whole(builder) = &mut self.values else { return };
        let whole = builder.finish();
        let mut numbers = Float64Builder::with_capacity(whole.len() + 1);
        for (at, value) in whole.iter().enumerate() {
            if value.is_some_and(|value| value.unsigned_abs() > 1 << 53) {
                self.rounded.add(at as u64 + 1);
            }
            numbers.append_option(value.map(to_f64));
        }
        self.values = Values::Number(numbers);
    }

    /// The finished column, its kind, and its problems under the field's name. None when its
    /// texts are more than a column can hold.
    pub(super) fn finish(
        self,
        field: &str,
        charset: Charset,
        problems: &mut Problems,
    ) -> Option<(FieldKind, ArrayRef)> {
        self.bad.report("problem-dbf-bad-value", field, problems);
        self.commas.report("problem-dbf-decimal-comma", field, problems);
        self.rounded.report("problem-dbf-rounded", field, problems);
        self.memos.report("problem-dbf-memo", field, problems);
        let local = |fraction| DateTimeForm {
            separator: 'T',
            fraction: Some(fraction),
            offset: Offset::None,
        };
        Some(match self.values {
            Values::Text { bytes, ends } => {
                (FieldKind::Text, decode_texts(&bytes, &ends, field, charset, problems)?)
            }
            Values::Whole(mut builder) => (FieldKind::Integer, Arc::new(builder.finish())),
            Values::Number(mut builder) => (FieldKind::Number, Arc::new(builder.finish())),
            Values::Truth(mut builder) => (FieldKind::Boolean, Arc::new(builder.finish())),
            Values::Date(mut builder) => (FieldKind::Date, Arc::new(builder.finish())),
            Values::Moment { mut millis, fraction } => {
                let form = local(if fraction { 3 } else { 0 });
                (FieldKind::DateTime(form), Arc::new(millis.finish()))
            }
            Values::Memo { rows } => {
                let nulls = arrow_array::StringArray::new_null(rows);
                (FieldKind::Text, Arc::new(nulls))
            }
        })
    }
}

fn decode_texts(
    bytes: &[u8],
    ends: &[usize],
    field: &str,
    charset: Charset,
    problems: &mut Problems,
) -> Option<ArrayRef> {
    let mut builder = StringBuilder::with_capacity(ends.len(), bytes.len());
    let [mut cut, mut replaced] = [Tally::default(), Tally::default()];
    let mut start = 0;
    let mut total = 0_usize;
    for (at, end) in ends.iter().enumerate() {
        let row = at as u64 + 1;
        let mut text = bytes.get(start..*end).unwrap_or_default();
        start = *end;
        if text.is_empty() {
            builder.append_null();
            continue;
        }
        if charset == Charset::UTF8
            && let Err(error) = std::str::from_utf8(text)
            && error.error_len().is_none()
        {
            cut.add(row);
            text = text.get(..error.valid_up_to()).unwrap_or_default();
        }
        let (decoded, damaged) = charset.decode(text);
        if damaged {
            replaced.add(row);
        }
        total = total.checked_add(decoded.len())?;
        i32::try_from(total).ok()?;
        builder.append_value(decoded);
    }
    cut.report("problem-dbf-cut-character", field, problems);
    replaced.report("problem-dbf-replaced", field, problems);
    Some(Arc::new(builder.finish()))
}

#[expect(clippy::cast_precision_loss, reason = "the caller counts what is not exact")]
fn to_f64(value: i64) -> f64 {
    value as f64
}

/// Text ends at the first NUL; spaces at the end only fill the field.
fn trim_text(raw: &[u8]) -> &[u8] {
    let end = memchr::memchr(0, raw).unwrap_or(raw.len());
    let text = raw.get(..end).unwrap_or_default();
    let end = text.iter().rposition(|byte| *byte != b' ').map_or(0, |last| last + 1);
    text.get(..end).unwrap_or_default()
}

fn trim_number(raw: &[u8]) -> &[u8] {
    let end = raw.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
    let start = raw.iter().position(|byte| *byte != 0).unwrap_or(end);
    raw.get(start..end).unwrap_or_default().trim_ascii()
}

/// Days since 1970; `Err` for what is no date.
fn read_date(text: &[u8]) -> Result<Option<i32>, ()> {
    if text.iter().all(|byte| matches!(byte, b'0' | b' ' | b'*' | b'-' | b'/')) {
        return Ok(None);
    }
    let digits: Vec<u8> =
        text.iter().copied().filter(|byte| !matches!(byte, b'-' | b'/')).collect();
    let digits = std::str::from_utf8(&digits).map_err(|_| ())?;
    let date = (digits.len() == 8).then(|| NaiveDate::parse_from_str(digits, "%Y%m%d"));
    let date = date.and_then(Result::ok).ok_or(())?;
    let days = date.signed_duration_since(DateTime::UNIX_EPOCH.date_naive()).num_days();
    i32::try_from(days).map(Some).map_err(|_| ())
}

/// Milliseconds since 1970: a Julian day and the milliseconds of the day, or fourteen digits.
fn read_moment(raw: &[u8]) -> Result<Option<i64>, ()> {
    if raw.iter().all(|byte| matches!(byte, 0 | b' ')) {
        return Ok(None);
    }
    let millis = if raw.len() == 8 {
        let (days, clock) = raw.split_at(4);
        let number = |bytes: &[u8]| {
            bytes.first_chunk().map(|bytes| i64::from(i32::from_le_bytes(*bytes))).ok_or(())
        };
        (number(days)? - JULIAN_EPOCH) * DAY_MILLIS + number(clock)?
    } else {
        let text = std::str::from_utf8(trim_number(raw)).map_err(|_| ())?;
        let at = chrono::NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").map_err(|_| ())?;
        at.and_utc().timestamp_millis()
    };
    DateTime::from_timestamp_millis(millis).ok_or(())?;
    Ok(Some(millis))
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Float64Type, Int64Type};

    fn column(letter: u8, decimals: u8, values: &[&[u8]]) -> (FieldKind, ArrayRef, Problems) {
        let length = values.first().map_or(1, |value| value.len());
        let Some((mut column, _)) = Column::new(letter, length, decimals) else { panic!("field") };
        let mut sniffer = Sniffer::new();
        for (row, value) in (1..).zip(values) {
            column.push(value, row, &mut sniffer);
        }
        let mut problems = Problems::new();
        let made = column.finish("x", sniffer.decide(None).0, &mut problems);
        let Some((kind, array)) = made else { panic!("column") };
        (kind, array, problems)
    }

    #[test]
    fn whole_numbers_stay_whole_until_a_fraction_comes() {
        let (kind, array, problems) =
            column(b'N', 0, &[b"  12", b"    ", b"****", b"-7\0\0", b"\0\0\0\0", b" 5. "]);
        assert_eq!(kind, FieldKind::Integer);
        let found: Vec<Option<i64>> = array.as_primitive::<Int64Type>().iter().collect();
        assert_eq!(found, [Some(12), None, None, Some(-7), None, Some(5)]);
        assert!(problems.is_empty());
        let (kind, array, problems) = column(b'N', 0, &[b" 12", b"1,5", b"  x", b"nan"]);
        assert_eq!(kind, FieldKind::Number);
        let found: Vec<Option<f64>> = array.as_primitive::<Float64Type>().iter().collect();
        assert_eq!(found, [Some(12.0), Some(1.5), None, None]);
        assert_eq!(problems.count("problem-dbf-decimal-comma"), 1);
        assert_eq!(problems.count("problem-dbf-bad-value"), 2);
    }

    #[test]
    fn dates_and_moments() {
        assert_eq!(read_date(b"19700102"), Ok(Some(1)));
        assert_eq!(read_date(b"1970/01/02"), Ok(Some(1)));
        assert_eq!(read_date(b"00000000"), Ok(None));
        assert_eq!(read_date(b"20230231"), Err(()));
        let mut raw = 2_440_589_i32.to_le_bytes().to_vec();
        raw.extend(1500_i32.to_le_bytes());
        assert_eq!(read_moment(&raw), Ok(Some(DAY_MILLIS + 1500)));
        assert_eq!(read_moment(b"19700101000001"), Ok(Some(1000)));
        assert_eq!(read_moment(b"        "), Ok(None));
        assert_eq!(read_moment(b"xxxxxxxxxxx"), Err(()));
    }

    #[test]
    fn a_character_cut_by_the_width_of_the_field_is_counted() {
        let (_, array, problems) = column(b'C', 0, &["Één".as_bytes(), b"\xc3\x89\xc3", b"a   "]);
        let found: Vec<Option<&str>> = array.as_string::<i32>().iter().collect();
        assert_eq!(found, [Some("Één"), Some("É"), Some("a")]);
        assert_eq!(problems.count("problem-dbf-cut-character"), 1);
    }
}
