//! A column of a sheet: its cells as they come, and what they are in the end.

use std::sync::Arc;

use arrow_array::types::{Date32Type, Float64Type, Int64Type, TimestampMillisecondType};
use arrow_array::{ArrayRef, StringArray};

use super::cell::Cell;
use super::moments::{DAY, clock_text, moment_text};
use crate::formats::csv::plain_number;
use crate::formats::json::is_container;
use crate::formats::typed::filled::{Filled, finish, finish_boolean};
use crate::table::{
    ColumnBuilder, DateTimeForm, FieldKind, Offset, TooMuchText, as_dates, is_no_value,
};

/// Whole numbers up to this are exact, and their shortest digits are too (2^53).
const EXACT: f64 = 9_007_199_254_740_992.0;

/// What a cell is. One byte for each row: most of a sheet that is spread wide is empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    Empty,
    Number,
    Boolean,
    Date,
    DateTime,
    Clock,
    Padded,
    Text,
}

const TAGS: usize = 8;

/// A column as it is read. Numbers of all kinds stand in one list, texts in another; the tags say
/// to which rows they belong.
#[derive(Debug, Default)]
pub(super) struct Column {
    tags: Vec<Tag>,
    counts: [u64; TAGS],
    numbers: Vec<f64>,
    text: String,
    ends: Vec<usize>,
    /// Numbers that are not whole, or too large to be exact.
    fractions: u64,
    /// Padded numbers of which a leading zero shows.
    leading_zeros: u64,
    pub(super) percents: u64,
    pub(super) errors: u64,
    pub(super) uncached: u64,
    /// The first cells with an error, and the first formulas without a value, by their rows in the
    /// sheet.
    pub(super) error_rows: Vec<u32>,
    pub(super) uncached_rows: Vec<u32>,
}

/// A column that is done.
#[derive(Debug)]
pub(super) struct Finished {
    pub(super) kind: FieldKind,
    pub(super) array: ArrayRef,
    /// Values that became text because the column mixes kinds.
    pub(super) mixed: u64,
    /// Texts that are numbers in a column of numbers, and were read as such.
    pub(super) numbers_in_text: u64,
    /// Words for "no value" in a column of another kind, that became null.
    pub(super) no_value_words: u64,
    /// Numbers shown with leading zeros that became text.
    pub(super) padded: u64,
}

/// How many rows of errors are kept.
const ROWS_KEPT: usize = 5;

impl Column {
    /// Adds the cell of a row; rows left out are empty.
    pub(super) fn push(&mut self, row: usize, sheet_row: u32, cell: &Cell<'_>) {
        if self.tags.len() > row {
            // A file that has a cell twice: the first counts.
            return;
        }
        self.tags.resize(row, Tag::Empty);
        let tag = self.keep(sheet_row, cell);
        self.tags.push(tag);
        if let Some(count) = self.counts.get_mut(tag as usize) {
            *count += 1;
        }
    }

    fn keep(&mut self, sheet_row: u32, cell: &Cell<'_>) -> Tag {
        let remember = |rows: &mut Vec<u32>| {
            if rows.len() < ROWS_KEPT {
                rows.push(sheet_row);
            }
        };
        match cell {
            Cell::Number(value) | Cell::Percent(value) => {
                self.percents += u64::from(matches!(cell, Cell::Percent(_)));
                return self.keep_number(*value, Tag::Number);
            }
            Cell::Padded(value, width) => {
                let text = padded(*value, *width);
                self.leading_zeros += u64::from(text.len() > 1 && text.starts_with('0'));
                self.keep_text(&text);
                return Tag::Padded;
            }
            Cell::Boolean(value) => return self.keep_number(f64::from(*value), Tag::Boolean),
            Cell::Moment { millis, shows_time } => {
                let tag = if *shows_time { Tag::DateTime } else { Tag::Date };
                return self.keep_number(exact(*millis), tag);
            }
            Cell::Clock(millis) => return self.keep_number(exact(*millis), Tag::Clock),
            Cell::Text(text) if text.is_empty() => {}
            Cell::Text(text) => {
                self.keep_text(text);
                return Tag::Text;
            }
            Cell::Error => {
                self.errors += 1;
                remember(&mut self.error_rows);
            }
            Cell::Uncached => {
                self.uncached += 1;
                remember(&mut self.uncached_rows);
            }
        }
        Tag::Empty
    }

    fn keep_number(&mut self, value: f64, tag: Tag) -> Tag {
        self.fractions += u64::from(tag == Tag::Number && whole(value).is_none());
        self.numbers.push(value);
        tag
    }

    fn keep_text(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len());
    }

    /// Whether no cell has a value.
    pub(super) fn is_empty(&self) -> bool {
        self.numbers.is_empty() && self.ends.is_empty()
    }

    fn count(&self, tag: Tag) -> u64 {
        self.counts.get(tag as usize).copied().unwrap_or(0)
    }

    /// The finished column.
    ///
    /// # Errors
    /// When it is more text than a column can hold.
    pub(super) fn finish(self, rows: usize) -> Result<Finished, TooMuchText> {
        let count = |tags: &[Tag]| tags.iter().map(|tag| self.count(*tag)).sum::<u64>();
        let values = count(&[Tag::Number, Tag::Boolean, Tag::Date, Tag::DateTime, Tag::Clock]);
        let padded = if self.leading_zeros > 0 { self.count(Tag::Padded) } else { 0 };
        let plain_padded = self.count(Tag::Padded) - padded;
        let numbers = self.count(Tag::Number) + plain_padded;
        let moments = count(&[Tag::Date, Tag::DateTime]);
        let only = |wanted: u64| wanted > 0 && wanted == values + plain_padded && padded == 0;
        let words = self.words();
        // As numbers with a fraction, long ones would lose digits.
        let is_exact = words.long == 0 || self.fractions + words.fractions == 0;
        if only(numbers) && words.all_fit() && is_exact {
            return Ok(self.as_numbers(rows, &words));
        }
        if only(moments) && words.all_none() {
            return Ok(self.as_moments(rows, words.none));
        }
        if only(self.count(Tag::Boolean)) && self.count(Tag::Text) == 0 {
            let filled =
                self.filled(rows, |tag, number, _| (tag == Tag::Boolean).then_some(number != 0.0));
            return Ok(Finished::plain(FieldKind::Boolean, finish_boolean(filled)));
        }
        self.as_text(rows, padded)
    }

    /// What the texts are, where the column holds numbers or moments besides.
    fn words(&self) -> Words {
        let mut words = Words::default();
        if self.numbers.is_empty() && self.count(Tag::Padded) == 0 {
            words.other = self.count(Tag::Text);
            return words;
        }
        for (tag, text) in self.texts() {
            if tag != Tag::Text {
                continue;
            }
            let trimmed = text.trim();
            match (plain_whole(trimmed), plain_number(trimmed)) {
                (Some(number), Some(_)) => {
                    words.numbers += 1;
                    words.long += u64::from(number.unsigned_abs() > 1 << 53);
                }
                (_, Some(_)) => {
                    words.numbers += 1;
                    words.fractions += 1;
                }
                (_, None) if trimmed.is_empty() || is_no_value(trimmed) => words.none += 1,
                (_, None) => words.other += 1,
            }
        }
        words
    }

    /// The texts with their tags, in order.
    fn texts(&self) -> impl Iterator<Item = (Tag, &str)> {
        let tags = self.tags.iter().copied().filter(|tag| matches!(tag, Tag::Padded | Tag::Text));
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ranges = starts.zip(&self.ends).map(|(start, end)| start..*end);
        tags.zip(ranges.map(|range| self.text.get(range).unwrap_or_default()))
    }

    /// Goes through the rows: what each is, its number and its text.
    fn each(&self, rows: usize, mut take: impl FnMut(Tag, f64, &str)) {
        let mut numbers = self.numbers.iter().copied();
        let mut texts = self.texts();
        for tag in &self.tags {
            match tag {
                Tag::Empty => take(Tag::Empty, 0.0, ""),
                Tag::Padded | Tag::Text => {
                    take(*tag, 0.0, texts.next().map_or("", |(_, text)| text));
                }
                _ => take(*tag, numbers.next().unwrap_or_default(), ""),
            }
        }
        for _ in self.tags.len()..rows {
            take(Tag::Empty, 0.0, "");
        }
    }

    fn filled<T: Copy + Default>(
        &self,
        rows: usize,
        value: impl Fn(Tag, f64, &str) -> Option<T>,
    ) -> Filled<T> {
        let mut filled = Filled::default();
        filled.reserve_for(rows);
        self.each(rows, |tag, number, text| filled.push(value(tag, number, text)));
        filled
    }

    fn as_numbers(&self, rows: usize, words: &Words) -> Finished {
        let number = |tag: Tag, number: f64, text: &str| match tag {
            Tag::Number => Some(number),
            Tag::Padded | Tag::Text => plain_number(text.trim()),
            _ => None,
        };
        let (kind, array) = if self.fractions + words.fractions == 0 {
            let integer = |tag, value, text: &str| {
                plain_whole(text.trim()).or_else(|| number(tag, value, text).and_then(whole))
            };
            (FieldKind::Integer, finish::<Int64Type>(self.filled(rows, integer)))
        } else {
            (FieldKind::Number, finish::<Float64Type>(self.filled(rows, number)))
        };
        Finished {
            numbers_in_text: words.numbers,
            no_value_words: words.none,
            ..Finished::plain(kind, array)
        }
    }

    fn as_moments(&self, rows: usize, no_value_words: u64) -> Finished {
        let is_moment = |tag| matches!(tag, Tag::Date | Tag::DateTime);
        let millis = |tag, number, _: &str| is_moment(tag).then(|| back(number));
        let moments = self.filled(rows, millis);
        let (kind, array) = if self.count(Tag::DateTime) == 0 {
            let day = |millis: i64| i32::try_from(millis.div_euclid(DAY)).unwrap_or(0);
            (FieldKind::Date, finish::<Date32Type>(moments.map(day)))
        } else {
            let exact = moments.values().iter().all(|millis| millis % 1000 == 0);
            let fraction = Some(if exact { 0 } else { 3 });
            let form = DateTimeForm { separator: 'T', fraction, offset: Offset::None };
            (FieldKind::DateTime(form), finish::<TimestampMillisecondType>(moments))
        };
        Finished { no_value_words, ..Finished::plain(kind, array) }
    }

    fn as_text(&self, rows: usize, padded: u64) -> Result<Finished, TooMuchText> {
        let mut builder = ColumnBuilder::new();
        let with_time = self.count(Tag::DateTime) > 0;
        self.each(rows, |tag, number, text| match tag {
            Tag::Empty => builder.push_null(),
            Tag::Padded | Tag::Text => builder.push_text(text),
            Tag::Number => builder.push_text(&number.to_string()),
            Tag::Boolean => builder.push_text(if number == 0.0 { "false" } else { "true" }),
            Tag::Date | Tag::DateTime => builder.push_text(&moment_text(back(number), with_time)),
            Tag::Clock => builder.push_text(&clock_text(back(number))),
        });
        let (_, array) = builder.finish(rows, false)?;
        // Texts that are dates or JSON throughout are found as in CSV.
        let texts = array.as_any().downcast_ref::<StringArray>();
        let only_text = self.numbers.is_empty() && self.count(Tag::Padded) == 0;
        let found = texts.filter(|_| only_text).and_then(|texts| {
            let is_json = !self.ends.is_empty() && texts.iter().flatten().all(is_container);
            let json = is_json.then(|| (FieldKind::Json, Arc::new(texts.clone()) as ArrayRef));
            as_dates(texts).or(json)
        });
        let (kind, array) = found.unwrap_or((FieldKind::Text, array));
        let kinds = [Tag::Number, Tag::Boolean, Tag::Date, Tag::Clock].map(|tag| match tag {
            Tag::Number => self.count(Tag::Number) + self.count(Tag::Padded) - padded,
            Tag::Date => self.count(Tag::Date) + self.count(Tag::DateTime),
            tag => self.count(tag),
        });
        let others = kinds.iter().filter(|count| **count > 0).count();
        let texts = self.count(Tag::Text) + padded;
        // A column of nothing but times of day is what it is.
        let is_mixed = others + usize::from(texts > 0) > 1;
        let mixed = if is_mixed { kinds.iter().sum() } else { 0 };
        Ok(Finished { mixed, padded, ..Finished::plain(kind, array) })
    }
}

impl Finished {
    fn plain(kind: FieldKind, array: ArrayRef) -> Finished {
        Finished { kind, array, mixed: 0, numbers_in_text: 0, no_value_words: 0, padded: 0 }
    }
}

/// What the texts of a column are.
#[derive(Debug, Default)]
struct Words {
    numbers: u64,
    /// Of the numbers, those that are not whole.
    fractions: u64,
    /// Of the numbers, those that only a whole number of 64 bits holds.
    long: u64,
    none: u64,
    other: u64,
}

impl Words {
    fn all_fit(&self) -> bool {
        self.other == 0
    }

    fn all_none(&self) -> bool {
        self.other + self.numbers == 0
    }
}

/// A text of a whole number, without a plus in front or leading zeros.
fn plain_whole(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number: &i64| number.to_string() == text)
}

/// A number without a fraction, if it is exact.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked")]
fn whole(value: f64) -> Option<i64> {
    (value.abs() <= EXACT && value.fract() == 0.0).then_some(value as i64)
}

/// Milliseconds as a number: far below 2^53.
#[expect(clippy::cast_precision_loss, reason = "years up to 9999 in milliseconds are exact")]
fn exact(millis: i64) -> f64 {
    millis as f64
}

/// And back.
#[expect(clippy::cast_possible_truncation, reason = "it was a whole number of milliseconds")]
fn back(number: f64) -> i64 {
    number as i64
}

/// A number as it is shown with at least so many digits.
fn padded(value: f64, width: usize) -> String {
    match whole(value) {
        // Wider than a number of 2^53 is no code.
        Some(whole) if whole >= 0 => format!("{whole:0width$}", width = width.min(16)),
        _ => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use arrow_array::Array;
    use arrow_cast::display::array_value_to_string;

    use super::*;

    fn finished(cells: &[Option<Cell<'_>>]) -> (FieldKind, Vec<String>, Finished) {
        let mut column = Column::default();
        for (row, cell) in cells.iter().enumerate() {
            if let Some(cell) = cell {
                column.push(row, 0, cell);
            }
        }
        let Ok(finished) = column.finish(cells.len()) else { panic!("little text") };
        let array = &finished.array;
        assert_eq!(array.data_type(), &finished.kind.data_type());
        let texts = (0..array.len())
            .map(|row| array_value_to_string(array, row).unwrap_or_default())
            .collect();
        (finished.kind, texts, finished)
    }

    #[expect(clippy::unnecessary_wraps, reason = "beside cells that are not there")]
    fn text(text: &str) -> Option<Cell<'_>> {
        Some(Cell::Text(text.into()))
    }

    #[test]
    fn numbers_stay_numbers_as_long_as_nothing_is_lost_by_it() {
        let (kind, values, found) =
            finished(&[Some(Cell::Number(1.0)), None, text(" 2 "), text("n.v.t."), text("-")]);
        assert_eq!((kind, found.numbers_in_text, found.no_value_words), (FieldKind::Integer, 1, 2));
        assert_eq!(values, ["1", "", "2", "", ""]);
        let (kind, ..) = finished(&[Some(Cell::Number(1.0)), text("2.5")]);
        assert_eq!(kind, FieldKind::Number);
        let (kind, ..) = finished(&[Some(Cell::Number(9_007_199_254_740_994.0))]);
        assert_eq!(kind, FieldKind::Number);
        // A postcode with a letter, and one with a leading zero.
        for code in ["9000A", "09000"] {
            let (kind, values, found) = finished(&[Some(Cell::Number(9000.0)), text(code)]);
            assert_eq!((kind, found.mixed), (FieldKind::Text, 1));
            assert_eq!(values, ["9000", code]);
        }
        // Text alone is text.
        assert_eq!(finished(&[text("12"), text("13")]).0, FieldKind::Text);
    }

    #[test]
    fn numbers_shown_with_leading_zeros_are_codes() {
        let (kind, values, found) =
            finished(&[Some(Cell::Padded(9000.0, 5)), Some(Cell::Padded(44021.0, 5))]);
        assert_eq!((kind, found.padded, found.mixed), (FieldKind::Text, 2, 0));
        assert_eq!(values, ["09000", "44021"]);
        let (kind, values, found) =
            finished(&[Some(Cell::Padded(19000.0, 5)), Some(Cell::Number(7.0)), None]);
        assert_eq!((kind, found.padded), (FieldKind::Integer, 0));
        assert_eq!(values, ["19000", "7", ""]);
        let (kind, values, _) = finished(&[Some(Cell::Padded(1.0, 5)), Some(Cell::Number(7.0))]);
        assert_eq!((kind, values), (FieldKind::Text, vec!["00001".to_owned(), "7".to_owned()]));
    }

    #[test]
    fn days_and_moments() {
        let day = |millis| Some(Cell::Moment { millis, shows_time: false });
        let moment = |millis| Some(Cell::Moment { millis, shows_time: true });
        let (kind, values, _) = finished(&[day(0), None, text("?")]);
        assert_eq!(
            (kind, values),
            (FieldKind::Date, vec!["1970-01-01".into(), String::new(), String::new()])
        );
        let (kind, values, _) = finished(&[day(DAY), moment(1000)]);
        let FieldKind::DateTime(form) = kind else { panic!("{kind:?}") };
        assert_eq!((form.fraction, form.offset), (Some(0), Offset::None));
        assert_eq!(values, ["1970-01-02T00:00:00", "1970-01-01T00:00:01"]);
        let (kind, values, found) =
            finished(&[day(DAY), text("onbekend"), Some(Cell::Number(1.5))]);
        assert_eq!((kind, found.mixed), (FieldKind::Text, 2));
        assert_eq!(values, ["1970-01-02", "onbekend", "1.5"]);
        let (kind, values, found) = finished(&[Some(Cell::Clock(30_600_000))]);
        assert_eq!((kind, found.mixed), (FieldKind::Text, 0));
        assert_eq!(values, ["08:30:00"]);
        assert_eq!(finished(&[text("2026-01-31")]).0, FieldKind::Date);
        assert_eq!(finished(&[text("{\"a\":1}")]).0, FieldKind::Json);
    }

    #[test]
    fn yes_and_no_and_nothing() {
        let yes = Some(Cell::Boolean(true));
        assert_eq!(finished(&[yes.clone(), None]).0, FieldKind::Boolean);
        let (kind, values, found) = finished(&[yes, text("misschien")]);
        assert_eq!((kind, found.mixed), (FieldKind::Text, 1));
        assert_eq!(values, ["true", "misschien"]);
        let (kind, values, _) = finished(&[Some(Cell::Error), None, Some(Cell::Uncached)]);
        assert_eq!((kind, values.concat()), (FieldKind::Text, String::new()));
    }
}
