//! Writes .dbf: dBASE III, texts in UTF-8.

use std::collections::HashSet;

use chrono::{Datelike, Utc};

use super::write_plan::ROW_FIELD;
use crate::formats::AtomicFile;
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
        let values = (0..table.rows()).map(|row| (row, table.value(row, at)));
        let mut report = |id, row: usize| {
            let place = Place::RowField { row: row as u64 + 1, field: field.to_owned() };
            problems.report(id, 1, args(), Some(place));
        };
        match kind {
            FieldKind::Boolean => plain(b'L', 1, 0),
            FieldKind::Date => {
                for (row, value) in values {
                    if !value.is_null() && date_text(&value).is_none() {
                        report("problem-shapefile-bad-date", row);
                    }
                }
                plain(b'D', 8, 0)
            }
            FieldKind::Integer => {
                let widths = values.clone().map(|(_, value)| value.to_data_text().len());
                let width = widths.max().unwrap_or(1).max(1);
                for (row, value) in values.filter(|_| width > WIDEST_WHOLE) {
                    if matches!(value, Value::Integer(whole) if whole.unsigned_abs() > 1 << 53) {
                        report("problem-shapefile-long-integer", row);
                    }
                }
                plain(b'N', width, 0)
            }
            FieldKind::Number => {
                let (mut width, mut decimals, mut exponents) = (3, 1, false);
                for (row, value) in values {
                    let Value::Number(number) = value else { continue };
                    let Some(text) = number_text(number) else {
                        report("problem-number-not-finite", row);
                        continue;
                    };
                    width = width.max(text.len());
                    exponents |= text.contains('e');
                    let fraction = text.split_once('.').map_or(0, |(_, fraction)| fraction.len());
                    decimals = decimals.max(if text.contains('e') { 0 } else { fraction });
                }
                let decimals = decimals.min(15).min(width - 2);
                plain(if exponents { b'F' } else { b'N' }, width, decimals)
            }
            FieldKind::Text | FieldKind::Json | FieldKind::DateTime(_) => {
                let mut width = 1;
                for (row, value) in values {
                    if value.is_null() {
                        continue;
                    }
                    let text = value.to_data_text();
                    let (kept, cut) = text_kept(&text);
                    width = width.max(kept.len());
                    if cut {
                        report("problem-shapefile-text-cut", row);
                    } else if text.is_empty() {
                        report("problem-shapefile-empty-text", row);
                    } else if kept.len() < text.len() {
                        report("problem-shapefile-text-trimmed", row);
                    }
                }
                if kind != FieldKind::Text {
                    problems.report("problem-shapefile-as-text", 1, args(), None);
                }
                plain(b'C', width, 0)
            }
        }
    }

    /// Adds a row's value, as wide as the field.
    fn add(&self, table: &Table, row: usize, number: usize, out: &mut Vec<u8>) {
        let value = match self.source {
            Some(at) => table.value(row, at),
            None => Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)),
        };
        let text = match value {
            Value::Null if self.letter == b'L' => "?".to_owned(),
            Value::Null => String::new(),
            Value::Boolean(true) => "T".to_owned(),
            Value::Boolean(false) => "F".to_owned(),
            Value::Number(number) => number_text(number).unwrap_or_default(),
            Value::Date(_) => date_text(&value).unwrap_or_default(),
            Value::Integer(whole) => whole.to_string(),
            Value::Text(text) | Value::Json(text) => text_kept(text).0.to_owned(),
            Value::DateTime(..) => value.to_data_text(),
        };
        let padding = self.width.saturating_sub(text.len());
        let padding = std::iter::repeat_n(b' ', padding);
        if matches!(self.letter, b'N' | b'F') {
            out.extend(padding);
            out.extend(text.as_bytes());
        } else {
            out.extend(text.as_bytes());
            out.extend(padding);
        }
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

/// The shortest digits that give the same number back; with an exponent only where they would not
/// fit. None for what is no number.
fn number_text(number: f64) -> Option<String> {
    if !number.is_finite() {
        return None;
    }
    let plain = number.to_string();
    Some(if plain.len() <= WIDEST_NUMBER { plain } else { format!("{number:e}") })
}

fn date_text(value: &Value<'_>) -> Option<String> {
    let Value::Date(date) = value else { return None };
    (1..=9999).contains(&date.year()).then(|| date.format("%Y%m%d").to_string())
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

/// Writes the rows of a table. Lengths were held against the format's limits before.
pub(super) fn write(
    table: &Table,
    fields: &[FieldPlan],
    rows: &mut dyn ExactSizeIterator<Item = usize>,
    out: &mut AtomicFile,
    watch: &Watch,
) -> Result<(), FileError> {
    let today = Utc::now().date_naive();
    let byte = |number: u32| u8::try_from(number).unwrap_or(u8::MAX);
    let short = |length: usize| u16::try_from(length).unwrap_or(u16::MAX).to_le_bytes();
    let year = byte(today.year().unsigned_abs().saturating_sub(1900));
    let mut header = vec![0x03, year, byte(today.month()), byte(today.day())];
    header.extend(u32::try_from(rows.len()).unwrap_or(u32::MAX).to_le_bytes());
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
    let mut record = Vec::new();
    for (number, row) in rows.enumerate() {
        if number % 4096 == 0 {
            watch.check().map_err(|_| FileError::cancelled(out.target()))?;
        }
        watch.advance(1);
        record.clear();
        record.push(b' ');
        fields.iter().for_each(|field| field.add(table, row, number + 1, &mut record));
        out.write_all(&record)?;
    }
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

    #[test]
    fn every_number_fits_and_comes_back() {
        for number in
            [0.1, -1.0 / 3.0, 1e300, -2.2250738585072014e-308, 5e-324, 104_700.123_456_789]
        {
            let text = number_text(number).unwrap_or_default();
            assert!(text.len() <= WIDEST_NUMBER, "{text}");
            assert_eq!(text.parse(), Ok(number));
        }
        assert_eq!(number_text(f64::NAN), None);
    }

    #[test]
    fn long_texts_are_cut_between_characters() {
        let long = "é".repeat(200);
        let (kept, cut) = text_kept(&long);
        assert_eq!((kept.len(), cut), (254, true));
        assert_eq!(text_kept("a \0b"), ("a", false));
    }
}
