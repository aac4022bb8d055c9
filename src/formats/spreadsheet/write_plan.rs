//! What a workbook of Excel can hold of a table, and what becomes of the rest.

use std::collections::BTreeSet;

use arrow_array::Array;
use arrow_array::cast::AsArray;
use chrono::{Datelike, NaiveDate, NaiveDateTime, TimeDelta};

use super::sheet::{COLUMNS, ROWS};
use crate::formats::pieces::count_rows;
use crate::formats::place::columns;
use crate::formats::{PlaceAs, WriteOptions, wkt};
use crate::i18n::Arg;
use crate::problem::Problems;
use crate::table::{DateTimeForm, FieldKind, GeometryRef, Offset, Table, Value};

/// The most letters (of UTF-16) that a cell holds.
pub(super) const LETTERS: usize = 32_767;
/// The most letters of a sheet's name.
const NAME_LETTERS: usize = 31;
/// Whole numbers beyond this lose digits in a cell (2^53).
const EXACT: u64 = 1 << 53;
/// Rows of a sheet below its header.
pub(super) const ROWS_BELOW: usize = ROWS as usize - 1;

/// What writing would change.
pub(super) fn changes(table: &Table, options: &WriteOptions) -> Problems {
    let mut problems = Problems::new();
    let name = sheet_name(&table.name, &mut BTreeSet::new());
    if name != table.name {
        let args = vec![("from", Arg::Text(table.name.clone())), ("to", Arg::Text(name))];
        problems.report("problem-layer-renamed", 1, args, None);
    }
    let sheets = sheets_of(table.rows());
    problems.add("problem-xlsx-sheets", if sheets > 1 { count(sheets) } else { 0 });
    let columns = columns::names(table, options.place).len() + table.fields.len();
    problems
        .add("problem-xlsx-too-many-columns", count(columns).saturating_sub(u64::from(COLUMNS)));
    for (at, field) in table.fields.iter().enumerate() {
        let of = |is: fn(&Value<'_>) -> bool| {
            count_rows(table.rows(), |row| u64::from(is(&table.value(row, at))))
        };
        let args = vec![("field", Arg::Text(field.name.clone()))];
        let mut report = |id, number| problems.report(id, number, args.clone(), None);
        match field.kind {
            FieldKind::Number => report(
                "problem-number-not-finite",
                of(|value| matches!(value, Value::Number(number) if !number.is_finite())),
            ),
            FieldKind::Integer => report(
                "problem-xlsx-long-integer",
                of(|value| matches!(value, Value::Integer(number) if !is_exact(*number))),
            ),
            FieldKind::Text | FieldKind::Json => {
                report("problem-csv-empty-text", of(|value| matches!(value, Value::Text(""))));
                report("problem-xlsx-text-cut", of(|value| text_of(value).is_some_and(is_long)));
            }
            FieldKind::Date => {
                let unknown = |value: &Value<'_>| matches!(value, Value::Date(date) if serial_of_date(*date).is_none());
                report("problem-xlsx-day-as-text", of(unknown));
            }
            FieldKind::DateTime(form) => {
                let unknown = |value: &Value<'_>| matches!(value, Value::DateTime(at, form) if serial_of(*at, *form).is_none());
                report("problem-xlsx-day-as-text", of(unknown));
                let has_zone = form.offset != Offset::None;
                let moments = || of(|value| matches!(value, Value::DateTime(..)));
                report("problem-xlsx-zone", if has_zone { moments() } else { 0 });
            }
            FieldKind::Boolean => {}
        }
    }
    problems.add("problem-ids-dropped", table.ids.as_ref().map_or(0, |_| count(table.rows())));
    columns::changes(table, options.place, &mut problems);
    if let (PlaceAs::Wkt, Some(geometry)) = (options.place, &table.geometry) {
        let long = |row: usize| u64::from(place_text(geometry.row(row)).is_none());
        problems.add("problem-xlsx-long-place", count_rows(geometry.len(), long));
    }
    problems.add("problem-xlsx-empty-row", empty_rows(table, options));
    problems
}

/// Rows that would be empty rows of the sheet: no value, and no place that is written.
fn empty_rows(table: &Table, options: &WriteOptions) -> u64 {
    let placed = table.geometry.as_ref().filter(|_| options.place != PlaceAs::None);
    count_rows(table.rows(), |row| {
        let has_value = table.columns.iter().any(|column| {
            column.is_valid(row)
                && column.as_string_opt::<i32>().is_none_or(|texts| !texts.value(row).is_empty())
        });
        let has_place = placed.is_some_and(|geometry| !geometry.row(row).is_empty());
        u64::from(!has_value && !has_place)
    })
}

fn text_of<'a>(value: &Value<'a>) -> Option<&'a str> {
    match value {
        Value::Text(text) | Value::Json(text) => Some(text),
        _ => None,
    }
}

/// Whether a text is longer than a cell.
pub(super) fn is_long(text: &str) -> bool {
    // No letter has fewer bytes than units of UTF-16.
    text.len() > LETTERS && text.encode_utf16().count() > LETTERS
}

/// The start of a text that a cell holds, whole letters.
pub(super) fn shortened(text: &str) -> &str {
    if !is_long(text) {
        return text;
    }
    let mut letters = 0;
    let end = text.char_indices().find(|(_, letter)| {
        letters += letter.len_utf16();
        letters > LETTERS
    });
    end.and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}

/// The place of a row as text; none where it is longer than a cell, and empty where there is none.
pub(super) fn place_text(row: GeometryRef<'_>) -> Option<String> {
    let mut text = Vec::new();
    wkt::push_text(&mut text, row);
    // Digits and letters of ASCII.
    String::from_utf8(text).ok().filter(|text| text.len() <= LETTERS)
}

/// Whether a number of a cell holds a whole number to its last digit.
pub(super) fn is_exact(value: i64) -> bool {
    value.unsigned_abs() <= EXACT
}

/// The number of a day; none before 1900 and after 9999, which spreadsheets do not know.
pub(super) fn serial_of_date(date: NaiveDate) -> Option<f64> {
    if !(1900..=9999).contains(&date.year()) {
        return None;
    }
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    let days = date.signed_duration_since(first).num_days();
    // Excel counts a 29 February 1900 that never was: before it, the count is one behind.
    let days = if days <= 60 { days - 1 } else { days };
    i32::try_from(days).ok().map(f64::from)
}

/// The number of a moment, as a clock shows it in its own zone.
pub(super) fn serial_of(at: NaiveDateTime, form: DateTimeForm) -> Option<f64> {
    let local = form.local(at);
    let midnight = local.date().and_hms_opt(0, 0, 0)?;
    let passed: TimeDelta = local.signed_duration_since(midnight);
    let millis = i32::try_from(passed.num_milliseconds()).ok()?;
    Some(serial_of_date(local.date())? + f64::from(millis) / 86_400_000.0)
}

/// How many sheets so many rows take.
pub(super) fn sheets_of(rows: usize) -> usize {
    rows.div_ceil(ROWS_BELOW).max(1)
}

/// A name that Excel allows for a sheet and that no sheet before has: at most 31 letters, none of
/// `: \ / ? * [ ]`, no apostrophe at either end, not `History`, which it keeps for itself.
pub(super) fn sheet_name(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let legal = |letter: char| match letter {
        ':' | '\\' | '/' | '?' | '*' | '[' | ']' => '_',
        letter if letter.is_control() => ' ',
        letter => letter,
    };
    let legal: String = wanted.chars().map(legal).collect();
    let base = legal.trim().trim_matches('\'');
    let base = match base {
        "" => "Belfort",
        name if name.eq_ignore_ascii_case("history") => "History_",
        name => name,
    };
    let mut name = cut_name(base, NAME_LETTERS);
    let mut number = 2_usize;
    while !taken.insert(name.to_lowercase()) {
        let end = format!(" ({number})");
        name = format!("{}{end}", cut_name(base, NAME_LETTERS - end.len()));
        number += 1;
    }
    name
}

fn cut_name(name: &str, letters: usize) -> String {
    let mut length = 0;
    let fits = |letter: &char| {
        length += letter.len_utf16();
        length <= letters
    };
    let cut: String = name.chars().take_while(fits).collect();
    // A cut may leave a space or an apostrophe at the end.
    cut.trim_end().trim_end_matches('\'').to_owned()
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_legal_and_differ() {
        let mut taken = BTreeSet::new();
        for (wanted, name) in [
            ("Wijken", "Wijken"),
            ("wijken", "wijken (2)"),
            ("a/b:c*d?[e]\\", "a_b_c_d__e__"),
            ("", "Belfort"),
            ("''", "Belfort (2)"),
            ("'s Gravenstraat'", "s Gravenstraat"),
            ("History", "History_"),
            ("Openbare verlichting in de deelgemeenten", "Openbare verlichting in de deel"),
            ("Openbare verlichting in de deelgemeente", "Openbare verlichting in de (2)"),
            ("😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"),
        ] {
            let made = sheet_name(wanted, &mut taken);
            assert_eq!(made, name);
            assert!(made.encode_utf16().count() <= NAME_LETTERS);
        }
    }

    /// The numbers are those of openpyxl 3.1 (`openpyxl.utils.datetime.to_excel`).
    #[test]
    fn days_have_the_numbers_of_excel() {
        let day =
            |year, month, day| NaiveDate::from_ymd_opt(year, month, day).and_then(serial_of_date);
        assert_eq!(day(1900, 1, 1), Some(1.0));
        assert_eq!(day(1900, 2, 28), Some(59.0));
        assert_eq!(day(1900, 3, 1), Some(61.0));
        assert_eq!(day(2024, 1, 5), Some(45_296.0));
        assert_eq!(day(9999, 12, 31), Some(2_958_465.0));
        assert_eq!((day(1899, 12, 31), day(10_000, 1, 1)), (None, None));
        let read = DateTimeForm::read("2024-01-05T06:00:00+01:00");
        assert_eq!(read.and_then(|(at, form)| serial_of(at, form)), Some(45_296.25));
    }

    #[test]
    fn texts_are_cut_between_letters() {
        let long = "é".repeat(LETTERS);
        assert!(!is_long(&long));
        assert_eq!(shortened(&long), long);
        let longer = format!("{}😀", "é".repeat(LETTERS - 1));
        assert!(is_long(&longer));
        assert_eq!(shortened(&longer).chars().count(), LETTERS - 1);
    }
}
