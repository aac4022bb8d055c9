//! The values of a field that hold a text: also those too rare to be listed with the others.

use arrow_array::{Array, BooleanArray, cast::AsArray};
use arrow_buffer::{BooleanBuffer, BooleanBufferBuilder};

use super::Statistics;
use crate::i18n::{Language, fold, fold_into};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::Table;

/// How much of a text is looked in, bytes.
const LOOKED_IN: usize = 2000;

/// Rows looked at in one go.
const RUN: usize = 1 << 14;

/// Whether a row's value, as a person reads it in a language, holds a text that is folded (lower
/// case, no accents). Of a very long text the first 2000 bytes count.
pub fn value_holds(
    table: &Table,
    row: usize,
    field: usize,
    folded: &str,
    language: Language,
) -> bool {
    let value = table.value(row, field).shortened(LOOKED_IN).0;
    fold(&value.in_language(language)).contains(folded)
}

impl Statistics {
    /// The statistics of a field over the rows whose value holds a folded text (see [`value_holds`]): the
    /// most frequent such values with their counts, and how many there are. On all cores.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of_those_that_hold(
        table: &Table,
        field: usize,
        folded: &str,
        language: Language,
        watch: &Watch,
    ) -> Result<Statistics, Cancelled> {
        let starts: Vec<usize> = (0..table.rows()).step_by(RUN).collect();
        let texts = table.columns.get(field).and_then(|column| column.as_string_opt::<i32>());
        let finder = memchr::memmem::Finder::new(folded.as_bytes());
        let runs = in_parallel(starts, |start| {
            watch.check()?;
            let end = (start + RUN).min(table.rows());
            let mut buffer = Vec::new();
            let found = BooleanBuffer::collect_bool(end - start, |at| {
                let row = start + at;
                let Some(texts) = texts else {
                    return value_holds(table, row, field, folded, language);
                };
                if texts.is_null(row) {
                    return false;
                }
                let text = texts.value(row);
                let cut = text.floor_char_boundary(LOOKED_IN.min(text.len()));
                buffer.clear();
                fold_into(text.get(..cut).unwrap_or_default(), &mut buffer);
                finder.find(&buffer).is_some()
            });
            Ok(found)
        });
        let mut mask = BooleanBufferBuilder::new(table.rows());
        for run in runs {
            mask.append_buffer(&run?);
        }
        let mask = BooleanArray::new(mask.finish(), None);
        Statistics::of(table, field, Some(&mask), watch)
    }
}
