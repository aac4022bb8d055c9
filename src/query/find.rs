//! Rows that hold a text anywhere, for looking something up in a table.

use std::io::Write;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float64Type, Int64Type};
use arrow_array::{Array, Float64Array, Int64Array, StringArray};
use memchr::memmem::Finder;

use crate::i18n::{Language, fold, fold_into};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::{FieldKind, Table, Value};

/// Rows looked at in one go.
const RUN: usize = 1 << 14;

/// A text to look for, without regard to case and accents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needle {
    folded: String,
    /// As it would stand in a number, without the marks of the language.
    number: String,
    language: Language,
}

impl Needle {
    /// None for a text of white space only. The language is that in which values are shown.
    pub fn new(text: &str, language: Language) -> Option<Needle> {
        let text = text.trim();
        let mark = language.decimal_mark();
        let group = if mark == ',' { '.' } else { ',' };
        let plain = text.chars().filter(|letter| *letter != group && !letter.is_whitespace());
        let number = plain.map(|letter| match letter {
            '−' => '-',
            letter if letter == mark => '.',
            letter => letter.to_ascii_lowercase(),
        });
        let number: String = number.collect();
        let needle = Needle { folded: fold(text), number, language };
        (!needle.folded.is_empty()).then_some(needle)
    }

    /// Whether it can stand in a number.
    fn may_be_number(&self) -> bool {
        let in_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '.' | 'e');
        self.number.chars().all(in_number) && self.number.chars().any(|c| c.is_ascii_digit())
    }
}

/// A column, with how it is looked into.
enum Look<'a> {
    Texts(&'a StringArray),
    Integers(&'a Int64Array),
    Numbers(&'a Float64Array),
    /// By the text that is shown.
    Shown(usize),
}

/// Those of the rows in which a value holds the text, in the same order: texts as they are,
/// numbers by their digits, other values as they are shown.
///
/// # Errors
/// When the person cancelled.
pub fn find_rows(
    table: &Table,
    rows: &[u32],
    needle: &Needle,
    watch: &Watch,
) -> Result<Vec<u32>, Cancelled> {
    let number = needle.may_be_number();
    let columns = table.fields.iter().zip(&table.columns).enumerate();
    let looks: Vec<Look<'_>> = columns
        .filter_map(|(at, (field, column))| match field.kind {
            FieldKind::Text | FieldKind::Json => column.as_string_opt::<i32>().map(Look::Texts),
            FieldKind::Integer if number => {
                column.as_primitive_opt::<Int64Type>().map(Look::Integers)
            }
            FieldKind::Number if number => {
                column.as_primitive_opt::<Float64Type>().map(Look::Numbers)
            }
            FieldKind::Integer | FieldKind::Number => None,
            FieldKind::Boolean | FieldKind::Date | FieldKind::DateTime(_) => Some(Look::Shown(at)),
        })
        .collect();
    watch.set_total(rows.len() as u64);
    let runs = in_parallel(rows.chunks(RUN), |run| {
        watch.check()?;
        let mut looking = Looking::new(table, needle);
        let found = run.iter().copied().filter(|row| looking.finds(&looks, *row as usize));
        let found: Vec<u32> = found.collect();
        watch.advance(run.len() as u64);
        Ok(found)
    });
    let runs: Vec<Vec<u32>> = runs.into_iter().collect::<Result<_, Cancelled>>()?;
    Ok(runs.concat())
}

/// One thread's looking, with its buffer.
struct Looking<'a> {
    table: &'a Table,
    language: Language,
    text: Finder<'a>,
    number: Finder<'a>,
    buffer: Vec<u8>,
}

impl<'a> Looking<'a> {
    fn new(table: &'a Table, needle: &'a Needle) -> Looking<'a> {
        Looking {
            table,
            language: needle.language,
            text: Finder::new(&needle.folded),
            number: Finder::new(&needle.number),
            buffer: Vec::new(),
        }
    }

    fn finds(&mut self, looks: &[Look<'_>], row: usize) -> bool {
        looks.iter().any(|look| match look {
            Look::Texts(texts) if texts.is_valid(row) => self.in_text(texts.value(row)),
            Look::Integers(numbers) if numbers.is_valid(row) => self.in_number(numbers.value(row)),
            Look::Numbers(numbers) if numbers.is_valid(row) => self.in_number(numbers.value(row)),
            Look::Shown(at) => {
                let value = self.table.value(row, *at);
                let shown = value.in_language(self.language);
                // Dates also as data: 2026-03-14.
                self.in_text(&shown)
                    || matches!(value, Value::Date(_) | Value::DateTime(..))
                        && self.in_text(&value.to_data_text())
            }
            _ => false,
        })
    }

    fn in_text(&mut self, text: &str) -> bool {
        self.buffer.clear();
        fold_into(text, &mut self.buffer);
        self.text.find(&self.buffer).is_some()
    }

    fn in_number(&mut self, number: impl std::fmt::Display) -> bool {
        self.buffer.clear();
        // Memory takes everything.
        let _ = write!(self.buffer, "{number}");
        self.number.find(&self.buffer).is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use arrow_array::{ArrayRef, BooleanArray, Date32Array};

    use super::*;
    use crate::table::Field;

    fn table() -> Table {
        let texts =
            StringArray::from(vec![Some("Één huis"), None, Some("Kortrijksepoort"), Some("")]);
        let numbers = Float64Array::from(vec![Some(1234.5), Some(-7.0), None, Some(0.25)]);
        let wholes = Int64Array::from(vec![Some(90_000), None, Some(12), Some(-1234)]);
        let flags = BooleanArray::from(vec![Some(true), Some(false), None, Some(true)]);
        let dates = Date32Array::from(vec![Some(0), Some(20_526), None, Some(-1)]);
        let columns: Vec<ArrayRef> = vec![
            Arc::new(texts),
            Arc::new(numbers),
            Arc::new(wholes),
            Arc::new(flags),
            Arc::new(dates),
        ];
        let kinds = [
            FieldKind::Text,
            FieldKind::Number,
            FieldKind::Integer,
            FieldKind::Boolean,
            FieldKind::Date,
        ];
        let fields = kinds.map(|kind| Field::new(format!("{kind:?}"), kind)).to_vec();
        Table::new("t", 4, fields, columns, None).unwrap_or_else(|error| panic!("{error}"))
    }

    fn found(text: &str, language: Language) -> Vec<u32> {
        let Some(needle) = Needle::new(text, language) else { panic!("{text:?}") };
        let rows = find_rows(&table(), &[3, 2, 1, 0], &needle, &Watch::unwatched());
        rows.unwrap_or_default()
    }

    #[test]
    fn a_text_is_found_in_any_column_as_it_is_shown() {
        use Language::{Dutch, English};
        for (text, language, rows) in [
            ("EEN h", Dutch, &[0][..]),
            ("één", Dutch, &[0]),
            ("kortrijk", English, &[2]),
            ("1.234,5", Dutch, &[0]),
            ("1,234.5", English, &[0]),
            ("1234", Dutch, &[3, 0]),
            ("−1.234", Dutch, &[3]),
            ("90.000", Dutch, &[0]),
            ("0,25", Dutch, &[3]),
            ("ja", Dutch, &[3, 0]),
            ("maart 2026", Dutch, &[1]),
            ("2026-03", English, &[1]),
            ("nergens", Dutch, &[]),
        ] {
            assert_eq!(found(text, language), rows, "{text}");
        }
        assert_eq!(Needle::new("  ", Dutch), None);
    }

    #[test]
    fn a_cancel_ends_the_looking() {
        let watch = Watch::unwatched();
        watch.cancel();
        let Some(needle) = Needle::new("x", Language::Dutch) else { panic!("a text") };
        assert_eq!(find_rows(&table(), &[0, 1], &needle, &watch), Err(Cancelled));
    }
}
