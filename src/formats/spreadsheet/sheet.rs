//! A sheet as it is read: cells in, a table's columns out.

use std::collections::VecDeque;

use super::cell::{Cell, name_of};
use super::column::{Column, Finished};
use super::header::{self, Header, LOOKED_AT, Row};
use crate::formats::csv;
use crate::i18n::Arg;
use crate::jobs::in_parallel;
use crate::problem::{Place, Problems};
use crate::table::{Field, TooMuchText};
use arrow_array::ArrayRef;

/// The largest sheet: what Excel has.
pub(super) const ROWS: u32 = 1_048_576;
pub(super) const COLUMNS: u32 = 16_384;
/// How many rows and columns any sheet may spread over, empty cells too.
const ALWAYS_ALLOWED: u64 = 8 << 20;
/// How many cells a byte of the file may stand for, beyond that.
const CELLS_PER_BYTE: u64 = 20;
/// How many bytes of text a byte of the file may become, and what any file may.
const TEXT_PER_BYTE: u64 = 200;
const TEXT_ALLOWED: u64 = 64 << 20;
/// How many rows at the end are looked at for totals and notes.
const LAST_ROWS: usize = 12;

/// Why a sheet cannot be held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TooLarge {
    /// So many rows and columns, nearly all of them empty.
    Spread { rows: u64, columns: u64 },
    /// More text than its file can stand for.
    Text,
}

/// A sheet while it is read. Cells come row by row, in each row from the left.
pub(super) struct Sheet {
    /// The first rows, kept until the header is found.
    head: Vec<Row>,
    header: Option<Header>,
    columns: Vec<Option<Column>>,
    used: u64,
    /// The rows of the table so far, by their rows in the sheet.
    rows: Vec<u32>,
    /// Cells beyond the largest sheet.
    outside: u64,
    /// Areas of merged cells: first and last row.
    merged: Vec<(u32, u32)>,
    last: VecDeque<LastRow>,
    area_limit: u64,
    text_left: u64,
}

/// What is remembered of a row to tell whether it is a total or a note.
#[derive(Debug, Default)]
struct LastRow {
    at: u32,
    cells: usize,
    /// The first cell, where it is text: the start of it, in lower case.
    first: String,
}

/// What a sheet holds.
pub(super) struct Read {
    pub(super) fields: Vec<Field>,
    pub(super) arrays: Vec<ArrayRef>,
    /// The rows of the table, by their rows in the sheet.
    pub(super) rows: Vec<u32>,
    pub(super) problems: Problems,
}

impl Sheet {
    /// For a sheet of a file of so many bytes.
    pub(super) fn new(file_size: u64) -> Sheet {
        Sheet {
            head: Vec::new(),
            header: None,
            columns: Vec::new(),
            used: 0,
            rows: Vec::new(),
            outside: 0,
            merged: Vec::new(),
            last: VecDeque::new(),
            area_limit: file_size.saturating_mul(CELLS_PER_BYTE).max(ALWAYS_ALLOWED),
            text_left: file_size.saturating_mul(TEXT_PER_BYTE).max(TEXT_ALLOWED),
        }
    }

    /// Adds a cell that is not empty.
    ///
    /// # Errors
    /// When the sheet becomes larger than its file can stand for.
    pub(super) fn push(&mut self, row: u32, column: u32, cell: Cell<'_>) -> Result<(), TooLarge> {
        if matches!(&cell, Cell::Text(text) if text.is_empty()) {
            return Ok(());
        }
        if row >= ROWS || column >= COLUMNS {
            self.outside += 1;
            return Ok(());
        }
        let length = u64::try_from(cell.text_length()).unwrap_or(u64::MAX);
        self.text_left = self.text_left.checked_sub(length).ok_or(TooLarge::Text)?;
        if self.header.is_some() {
            return self.add(row, column, &cell);
        }
        let is_full = self.head.len() >= LOOKED_AT;
        if let Some(last) = self.head.last_mut().filter(|last| last.at == row) {
            last.cells.entry(column).or_insert_with(|| cell.into_owned());
        } else if is_full {
            self.find_header()?;
            return self.add(row, column, &cell);
        } else {
            let cells = [(column, cell.into_owned())].into();
            self.head.push(Row { at: row, cells });
        }
        Ok(())
    }

    /// Tells of merged cells, from the first to the last row.
    pub(super) fn merge(&mut self, first: u32, last: u32) {
        self.merged.push((first, last));
    }

    fn find_header(&mut self) -> Result<(), TooLarge> {
        let header = header::find(&self.head);
        let rows = std::mem::take(&mut self.head);
        let first = header.first;
        self.header = Some(header);
        for row in rows.into_iter().skip(first) {
            for (column, cell) in row.cells {
                self.add(row.at, column, &cell)?;
            }
        }
        Ok(())
    }

    /// Adds a cell of the table.
    fn add(&mut self, row: u32, column: u32, cell: &Cell<'_>) -> Result<(), TooLarge> {
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        if self.rows.last() != Some(&row) {
            self.rows.push(row);
            self.check_area()?;
            if self.last.len() == LAST_ROWS {
                self.last.pop_front();
            }
            let first = match cell {
                Cell::Text(text) => text.trim().chars().take(24).collect::<String>().to_lowercase(),
                _ => String::new(),
            };
            self.last.push_back(LastRow { at: row, cells: 0, first });
        }
        if let Some(last) = self.last.back_mut() {
            last.cells += 1;
        }
        if self.columns.len() <= column {
            self.columns.resize_with(column + 1, || None);
        }
        let at = self.rows.len() - 1;
        match self.columns.get_mut(column) {
            Some(Some(column)) => column.push(at, row, cell),
            Some(place) => {
                place.get_or_insert_default().push(at, row, cell);
                self.used += 1;
                self.check_area()?;
            }
            None => {}
        }
        Ok(())
    }

    fn check_area(&self) -> Result<(), TooLarge> {
        let rows = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        if rows.saturating_mul(self.used) > self.area_limit {
            return Err(TooLarge::Spread { rows, columns: self.used });
        }
        Ok(())
    }

    /// The table that the sheet holds; none where it holds nothing.
    ///
    /// # Errors
    /// When the sheet is larger than its file can stand for, or a column holds too much text.
    pub(super) fn finish(mut self) -> Result<Option<Read>, Unheld> {
        if self.header.is_none() {
            self.find_header()?;
        }
        let header = self.header.take().unwrap_or_default();
        if header.names.is_empty() && self.rows.is_empty() {
            return Ok(None);
        }
        let mut problems = Problems::new();
        if !header.is_named {
            problems.add("problem-spreadsheet-no-header", 1);
        }
        problems.add("problem-spreadsheet-above", count(header.above));
        problems.add("problem-spreadsheet-outside", self.outside);
        self.tell_of_rows(&mut problems);
        let (names, columns) = self.columns_named(&header, &mut problems);
        let rows = self.rows.len();
        let columns =
            in_parallel(columns, |(at, column)| (at, Told::of(&column), column.finish(rows)));
        let (mut fields, mut arrays) = (Vec::new(), Vec::new());
        for (name, (at, told, finished)) in names.into_iter().zip(columns) {
            let finished = finished?;
            told.report(&name, at, &finished, &mut problems);
            fields.push(Field::new(name, finished.kind));
            arrays.push(finished.array);
        }
        Ok(Some(Read { fields, arrays, rows: self.rows, problems }))
    }

    /// The columns that have a name or a value, and what they are called.
    fn columns_named(
        &mut self,
        header: &Header,
        problems: &mut Problems,
    ) -> (Vec<String>, Vec<(u32, Column)>) {
        let columns = std::mem::take(&mut self.columns);
        let named = header.names.keys().max().map_or(0, |last| last + 1);
        let wanted = columns.len().max(usize::try_from(named).unwrap_or(0));
        let columns = columns.into_iter().chain(std::iter::repeat_with(|| None)).take(wanted);
        let columns = columns.zip(0_u32..).map(|(column, at)| (at, column.unwrap_or_default()));
        let name = |at: u32| header.names.get(&at).map_or("", String::as_str);
        let all: Vec<(u32, Column)> = columns.collect();
        let (names, repeated) = csv::names(all.iter().map(|(at, _)| name(*at)));
        let mut kept = (Vec::new(), Vec::new());
        for (name_kept, (at, column)) in names.into_iter().zip(all) {
            // Sheets leave columns free beside and inside their tables.
            if column.is_empty() && column.errors + column.uncached == 0 && name(at).is_empty() {
                continue;
            }
            kept.0.push(name_kept);
            kept.1.push((at, column));
        }
        for name in repeated.into_iter().filter(|name| !name.starts_with("column_")) {
            problems.report("problem-repeated-field", 1, vec![("field", Arg::Text(name))], None);
        }
        kept
    }

    /// Empty rows inside the table, merged cells in it, totals and notes below it.
    fn tell_of_rows(&self, problems: &mut Problems) {
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else { return };
        let spread = u64::from(last.saturating_sub(*first)) + 1;
        problems
            .add("problem-spreadsheet-empty-rows", spread.saturating_sub(count(self.rows.len())));
        let inside = |(from, to): &&(u32, u32)| from >= first && to <= last && from < to;
        problems
            .add("problem-spreadsheet-merged", count(self.merged.iter().filter(inside).count()));
        let mut width = self.used;
        for row in self.last.iter().rev() {
            width = width.max(1);
            let place = Some(Place::Row(u64::from(row.at) + 1));
            if is_total(&row.first) && row.cells > 1 {
                problems.report("problem-spreadsheet-total", 1, Vec::new(), place);
            } else if row.cells == 1 && width > 2 && !row.first.is_empty() {
                problems.report("problem-spreadsheet-footnote", 1, Vec::new(), place);
            } else {
                // Above it the table itself.
                break;
            }
        }
    }
}

/// Why a sheet cannot be a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unheld {
    TooLarge(TooLarge),
    TooMuchText,
}

impl From<TooLarge> for Unheld {
    fn from(error: TooLarge) -> Unheld {
        Unheld::TooLarge(error)
    }
}

impl From<TooMuchText> for Unheld {
    fn from(_: TooMuchText) -> Unheld {
        Unheld::TooMuchText
    }
}

/// Whether a row is named as totals are, in Dutch, French, English and German.
fn is_total(first: &str) -> bool {
    const WORDS: &[&str] = &[
        "totaal",
        "totalen",
        "total",
        "totals",
        "totaux",
        "eindtotaal",
        "subtotaal",
        "subtotal",
        "sous-total",
        "som",
        "sum",
        "somme",
        "gemiddelde",
        "gemiddeld",
        "average",
        "moyenne",
        "summe",
        "gesamt",
    ];
    // "=SUM(…)" as text is none.
    let word = first.split(|c: char| !c.is_alphanumeric() && c != '-').next();
    word.is_some_and(|word| WORDS.contains(&word))
}

/// What a column tells besides its values.
struct Told {
    errors: u64,
    uncached: u64,
    percents: u64,
    error_rows: Vec<u32>,
    uncached_rows: Vec<u32>,
}

impl Told {
    fn of(column: &Column) -> Told {
        Told {
            errors: column.errors,
            uncached: column.uncached,
            percents: column.percents,
            error_rows: column.error_rows.clone(),
            uncached_rows: column.uncached_rows.clone(),
        }
    }

    fn report(self, name: &str, at: u32, finished: &Finished, problems: &mut Problems) {
        let field = || vec![("field", Arg::Text(name.to_owned()))];
        let mut cells = |id, number: u64, rows: Vec<u32>| {
            let rest = number.saturating_sub(count(rows.len()));
            for row in rows {
                problems.report(id, 1, field(), Some(Place::Member(name_of(row, at))));
            }
            problems.report(id, rest, field(), None);
        };
        cells("problem-spreadsheet-error-cell", self.errors, self.error_rows);
        cells("problem-spreadsheet-uncached", self.uncached, self.uncached_rows);
        let percents =
            if finished.kind == crate::table::FieldKind::Text { 0 } else { self.percents };
        for (id, number) in [
            ("problem-spreadsheet-percent", percents),
            ("problem-spreadsheet-number-as-text", finished.numbers_in_text),
            ("problem-no-value-words", finished.no_value_words),
            ("problem-spreadsheet-padded", finished.padded),
            ("problem-mixed-kinds", finished.mixed),
        ] {
            problems.report(id, number, field(), None);
        }
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}
