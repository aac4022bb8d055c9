//! Writes .dbf: dBASE III, texts in UTF-8.

use std::collections::HashSet;
use std::ops::Range;

use chrono::{Datelike, NaiveDate, Utc};

use super::write_plan::ROW_FIELD;
use crate::formats::AtomicFile;
use crate::formats::digits::{push_date, push_plain, push_whole};
use crate::formats::pieces::{all_runs, each_run};
use crate::i18n::Arg;
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::{FieldKind, Table, Value};

/// The longest text a field takes.
const LONGEST_TEXT: usize = 254;
/// The widest number programs read without loss.
const WIDEST_NUMBER: usize = 24;
/// Whole numbers wider than this become floating-point in GDAL.
const WIDEST_WHOLE: usize = 18;

/// How a field is written.
pub(super) struct FieldPlan {
    /// Its position in the table; none for the added row number.
    source: Option<usize>,
    pub(super) name: String,
    letter: u8,
    pub(super) width: usize,
    decimals: usize,
}

impl FieldPlan {
    /// All fields of a table; one with the row's number where there are none.
    pub(super) fn all(table: &Table, problems: &mut Problems) -> Vec<FieldPlan> {
        let mut taken = HashSet::new();
        let mut fields = Vec::new();
        for (at, field) in table.fields.iter().enumerate() {
            let name = unique_name(&field.name, &mut taken);
            if name != field.name {
                let args =
                    vec![("from", Arg::Text(field.name.clone())), ("to", Arg::Text(name.clone()))];
                problems.report("problem-shapefile-field-name", 1, args, None);
            }
            fields.push(FieldPlan::of(table, at, field.kind, &name, problems));
        }
        if fields.is_empty() {
            let args = vec![("field", Arg::Text(ROW_FIELD.to_owned()))];
            problems.report("problem-shapefile-no-fields", 1, args, None);
            let name = ROW_FIELD.to_owned();
            fields.push(FieldPlan { source: None, name, letter: b'N', width: 10, decimals: 0 });
        }
        fields
    }

    fn of(
        table: &Table,
        at: usize,
        kind: FieldKind,
        name: &str,
        problems: &mut Problems,
    ) -> FieldPlan {
        let field = table.fields.get(at).map(|field| field.name.as_str()).unwrap_or_default();
        let args = || vec![("field", Arg::Text(field.to_owned()))];
        let plain = |letter, width, decimals| FieldPlan {
            source: Some(at),
            name: name.to_owned(),
            letter,
            width,
            decimals,
        };
        let letter = match kind {
            FieldKind::Boolean => return plain(b'L', 1, 0),
            FieldKind::Date => b'D',
            FieldKind::Integer => b'N',
            FieldKind::Number => b'F',
            FieldKind::Text | FieldKind::Json | FieldKind::DateTime(_) => b'C',
        };
        let mut all = Measured::default();
        let measure = |rows| Measured::of(table, at, field, rows);
        all_runs(table.rows(), measure, |some| all.append(some));
        problems.extend(all.problems);
        let width = all.width.max(1);
        match letter {
            b'D' => plain(letter, 8, 0),
            b'N' => {
                if width > WIDEST_WHOLE {
                    problems.extend(all.long_integers);
                }
                plain(letter, width, 0)
            }
            b'F' => {
                let width = width.max(3);
                let decimals = all.decimals.clamp(1, 15).min(width - 2);
                plain(if all.exponents { b'F' } else { b'N' }, width, decimals)
            }
            _ => {
                if kind != FieldKind::Text {
                    problems.report("problem-shapefile-as-text", 1, args(), None);
                }
                plain(letter, width, 0)
            }
        }
    }

    /// Adds a row's value, as wide as the field.
    fn add(&self, table: &Table, row: usize, number: usize, out: &mut Vec<u8>) {
        let value = match self.source {
            Some(at) => table.value(row, at),
            None => Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)),
        };
        let start = out.len();
        push_value(&value, self.letter, out);
        let length = out.len() - start;
        out.resize(start + self.width.max(length), b' ');
        if matches!(self.letter, b'N' | b'F')
            && let Some(place) = out.get_mut(start..)
        {
            // Numbers stand at the right.
            place.rotate_right(self.width.saturating_sub(length));
        }
    }
}

/// Adds a value as the field has it, without what fills it up.
fn push_value(value: &Value<'_>, letter: u8, out: &mut Vec<u8>) {
    match value {
        Value::Null if letter == b'L' => out.push(b'?'),
        Value::Boolean(value) => out.push(if *value { b'T' } else { b'F' }),
        Value::Integer(whole) => push_whole(out, *whole),
        Value::Number(number) => push_number(out, *number),
        Value::Date(date) if is_writable(*date) => push_date(out, *date, ""),
        Value::Null | Value::Date(_) => {}
        Value::Text(text) | Value::Json(text) => {
            out.extend_from_slice(text_kept(text).0.as_bytes());
        }
        Value::DateTime(at, form) => form.push(out, *at),
    }
}

/// What the values of a field need.
#[derive(Default)]
struct Measured {
    width: usize,
    decimals: usize,
    /// Whether a number needs an exponent.
    exponents: bool,
    problems: Problems,
    /// Whole numbers that programs read as numbers, if the field is wide.
    long_integers: Problems,
}

impl Measured {
    fn of(table: &Table, at: usize, field: &str, rows: Range<usize>) -> Measured {
        let mut made = Measured::default();
        let mut text = Vec::new();
        for row in rows {
            let report = |problems: &mut Problems, id| {
                let place = Place::RowField { row: row as u64 + 1, field: field.to_owned() };
                let args = vec![("field", Arg::Text(field.to_owned()))];
                problems.report(id, 1, args, Some(place));
            };
            let value = table.value(row, at);
            match value {
                Value::Null | Value::Boolean(_) => continue,
                Value::Date(date) => {
                    if !is_writable(date) {
                        report(&mut made.problems, "problem-shapefile-bad-date");
                    }
                    continue;
                }
                Value::Integer(whole) if whole.unsigned_abs() > 1 << 53 => {
                    report(&mut made.long_integers, "problem-shapefile-long-integer");
                }
                Value::Number(number) if !number.is_finite() => {
                    report(&mut made.problems, "problem-number-not-finite");
                    continue;
                }
                _ => {}
            }
            if let Value::Text(whole) | Value::Json(whole) = value {
                let (kept, cut) = text_kept(whole);
                made.width = made.width.max(kept.len());
                if cut {
                    report(&mut made.problems, "problem-shapefile-text-cut");
                } else if whole.is_empty() {
                    report(&mut made.problems, "problem-shapefile-empty-text");
                } else if kept.len() < whole.len() {
                    report(&mut made.problems, "problem-shapefile-text-trimmed");
                }
                continue;
            }
            text.clear();
            push_value(&value, b' ', &mut text);
            made.width = made.width.max(text.len());
            if let Value::Number(_) = value {
                let exponent = text.contains(&b'e');
                made.exponents |= exponent;
                let point = text.iter().position(|byte| *byte == b'.');
                let fraction = point.map_or(0, |point| text.len() - point - 1);
                made.decimals = made.decimals.max(if exponent { 0 } else { fraction });
            }
        }
        made
    }

    fn append(&mut self, other: Measured) {
        self.width = self.width.max(other.width);
        self.decimals = self.decimals.max(other.decimals);
        self.exponents |= other.exponents;
        self.problems.extend(other.problems);
        self.long_integers.extend(other.long_integers);
    }
}

/// The name cut to ten bytes at a character's edge, with a number where it is taken. Other
/// programs do not tell upper from lower case.
fn unique_name(name: &str, taken: &mut HashSet<String>) -> String {
    let cut = |bytes: usize| name.get(..name.floor_char_boundary(bytes)).unwrap_or_default().trim();
    let first = if cut(10).is_empty() { "veld" } else { cut(10) };
    let numbered = (1..).map(|count: u32| {
        let count = format!("_{count}");
        format!("{}{count}", cut(10_usize.saturating_sub(count.len())))
    });
    let mut candidates = std::iter::once(first.to_owned()).chain(numbered);
    let made = candidates.find(|made| !taken.contains(&made.to_lowercase())).unwrap_or_default();
    taken.insert(made.to_lowercase());
    made
}

/// Adds the shortest digits that give the same number back; with an exponent only where they
/// would not fit. Nothing for what is no number.
fn push_number(out: &mut Vec<u8>, number: f64) {
    if !number.is_finite() {
        return;
    }
    let start = out.len();
    push_plain(out, number);
    if out.len() - start > WIDEST_NUMBER {
        out.truncate(start);
        out.extend_from_slice(format!("{number:e}").as_bytes());
    }
}

/// Whether the year has four digits.
fn is_writable(date: NaiveDate) -> bool {
    (1..=9999).contains(&date.year())
}

/// What the field keeps of a text, and whether it was too long. Text ends at a NUL, and spaces at
/// the end cannot be told from those that fill the field.
fn text_kept(text: &str) -> (&str, bool) {
    let ended = text.split('\0').next().unwrap_or_default();
    let kept = ended.get(..ended.floor_char_boundary(LONGEST_TEXT)).unwrap_or_default();
    (kept.trim_end_matches(' '), kept.len() < ended.trim_end_matches(' ').len())
}

/// The bytes of one record, with the mark before it.
pub(super) fn record_length(fields: &[FieldPlan]) -> usize {
    1 + fields.iter().map(|field| field.width).sum::<usize>()
}

/// The bytes before the first record.
pub(super) fn header_length(fields: &[FieldPlan]) -> usize {
    32 + 32 * fields.len() + 1
}

/// Writes rows of a table, all without a list of them. Lengths were held against the format's limits before.
pub(super) fn write(
    table: &Table,
    fields: &[FieldPlan],
    rows: Option<&[usize]>,
    out: &mut AtomicFile,
    watch: &Watch,
) -> Result<(), FileError> {
    let today = Utc::now().date_naive();
    let byte = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
    let year = byte(today.year().unsigned_abs().saturating_sub(1900));
    let mut header = vec![0x03, year, byte(today.month()), byte(today.day())];
    let count = rows.map_or(table.rows(), <[usize]>::len);
    header.extend(u32::try_from(count).unwrap_or(u32::MAX).to_le_bytes());
    header.extend(short(header_length(fields)));
    header.extend(short(record_length(fields)));
    header.resize(32, 0);
    for field in fields {
        let start = header.len();
        header.extend(field.name.as_bytes());
        header.resize(start + 11, 0);
        header.push(field.letter);
        header.resize(start + 16, 0);
        header.extend([field.width, field.decimals].map(|n| u8::try_from(n).unwrap_or(u8::MAX)));
        header.resize(start + 32, 0);
    }
    header.push(0x0d);
    out.write_all(&header)?;
    let target = out.target().to_owned();
    let make = |run: Range<usize>| {
        watch.check().map_err(|_| FileError::cancelled(&target))?;
        let length = run.len();
        let mut records = Vec::with_capacity(length * record_length(fields));
        for number in run {
            let row = rows.map_or(Some(number), |rows| rows.get(number).copied());
            let row = row.unwrap_or(usize::MAX);
            records.push(b' ');
            fields.iter().for_each(|field| field.add(table, row, number + 1, &mut records));
        }
        Ok((records, length))
    };
    each_run(count, make, |(records, rows)| {
        watch.advance(rows as u64);
        out.write_all(&records)
    })?;
    out.write_all(&[0x1a])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_at_characters_and_unique() {
        let mut taken = HashSet::new();
        let mut made = |name| unique_name(name, &mut taken);
        assert_eq!(made("totale_capaciteit"), "totale_cap");
        assert_eq!(made("Totale_capaciteit_2"), "Totale_c_1");
        assert_eq!(made("bevolkingé"), "bevolking");
        assert_eq!(made(""), "veld");
        assert_eq!(made("wijk"), "wijk");
        assert_eq!(made("WIJK"), "WIJK_1");
    }

    fn number_text(number: f64) -> String {
        let mut text = Vec::new();
        push_number(&mut text, number);
        String::from_utf8(text).unwrap_or_default()
    }

    #[test]
    fn every_number_fits_and_comes_back() {
        for number in
            [0.1, -1.0 / 3.0, 1e300, -2.2250738585072014e-308, 5e-324, 104_700.123_456_789]
        {
            let text = number_text(number);
            assert!(text.len() <= WIDEST_NUMBER, "{text}");
            assert_eq!(text.parse(), Ok(number));
        }
        assert_eq!(number_text(f64::NAN), "");
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = "é".repeat(200);
        let (kept, cut) = text_kept(&long);
        assert_eq!((kept.len(), cut), (254, true));
        assert_eq!(text_kept("a \0b"), ("a", false));
    }
}
