//! Sheets of OpenDocument (ODF 1.3, part 3, chapter 9), zipped or as one XML file.

use std::collections::HashSet;
use std::io::BufRead;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::cell::Cell;
use super::fault::Fault;
use super::markup::{Markup, attribute, cut_off, push_text, unescaped};
use super::moments::{of_iso, of_iso_duration};
use super::package::Package;
use super::sheet::{COLUMNS, ROWS, Sheet};
use super::workbook::Listed;
use crate::jobs::Watch;

/// Whether the file wants a password: parts of it are encrypted.
///
/// # Errors
/// When the part that tells it is damaged.
pub(super) fn is_locked(package: &mut Package, watch: &Watch) -> Result<bool, Fault> {
    let Some(part) = package.part("META-INF/manifest.xml", watch)? else { return Ok(false) };
    let mut markup = Markup::new(part);
    loop {
        match markup.next()? {
            Event::Start(element) if element.local_name().as_ref() == "encryption-data" => {
                return Ok(true);
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// Who gets what a document holds.
pub(super) trait Sink {
    /// A sheet begins; whether its cells are wanted.
    fn begin(&mut self, listed: Listed) -> bool;
    /// A cell of it with a value.
    ///
    /// # Errors
    /// When the sheet becomes too large.
    fn cell(&mut self, row: u32, column: u32, cell: Cell<'_>) -> Result<(), Fault>;
    /// Whether more cells of this sheet tell nothing new.
    fn has_enough(&self) -> bool;
    /// Cells merged from one row to another.
    fn merge(&mut self, first: u32, last: u32);
    /// The sheet ends.
    ///
    /// # Errors
    /// When the sheet cannot be held.
    fn end(&mut self) -> Result<(), Fault>;
}

/// Reads the content of a document.
///
/// # Errors
/// When it is damaged, or the sink says so.
pub(super) fn read<B: BufRead>(content: B, sink: &mut impl Sink) -> Result<(), Fault> {
    let mut reader =
        Reader { markup: Markup::new(content), hidden: HashSet::new(), text: String::new() };
    let mut style = String::new();
    loop {
        match reader.markup.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "style" => style = attribute(&element, "name").unwrap_or_default(),
                "table-properties"
                    if attribute(&element, "display").as_deref() == Some("false") =>
                {
                    reader.hidden.insert(std::mem::take(&mut style));
                }
                "table" => {
                    let listed = listed(&element, &reader.hidden);
                    reader.sheet(listed, sink)?;
                }
                // The copy of a table of another file, and changes made before.
                "tracked-changes" => reader.markup.skip_to("tracked-changes")?,
                _ => {}
            },
            Event::Eof => return Ok(()),
            _ => {}
        }
    }
}

struct Reader<B> {
    markup: Markup<B>,
    /// The styles of sheets that are not shown.
    hidden: HashSet<String>,
    text: String,
}

fn listed(table: &BytesStart<'_>, hidden: &HashSet<String>) -> Listed {
    let mut listed = Listed::default();
    for attribute in table.attributes().with_checks(false).flatten() {
        let value = || unescaped(&attribute.value).into_owned();
        match attribute.key.as_ref() {
            "table:name" => listed.name = value(),
            "table:style-name" => listed.is_hidden = hidden.contains(&value()),
            _ => {}
        }
    }
    listed
}

impl<B: BufRead> Reader<B> {
    fn sheet(&mut self, listed: Listed, sink: &mut impl Sink) -> Result<(), Fault> {
        if !sink.begin(listed) {
            // Sheets inside cells are rare, and none of a spreadsheet's.
            return self.markup.skip_to("table");
        }
        let mut row = 0_u32;
        loop {
            match self.markup.next()? {
                Event::Start(element) if element.local_name().as_ref() == "table-row" => {
                    let repeated = repeats(&element, "number-rows-repeated");
                    let cells = self.row(row, sink)?;
                    // A row said to stand there many times.
                    for again in 1..repeated.min(ROWS.saturating_sub(row)) {
                        if cells.is_empty() || sink.has_enough() {
                            break;
                        }
                        for (columns, cell) in &cells {
                            for column in columns.clone() {
                                sink.cell(row + again, column, cell.clone())?;
                            }
                        }
                    }
                    row = row.saturating_add(repeated);
                }
                Event::End(element) if element.local_name().as_ref() == "table" => {
                    return sink.end();
                }
                Event::Eof => return Err(cut_off("table:table")),
                _ => {}
            }
        }
    }

    /// Reads a row once; returns its cells, for when it is repeated.
    fn row(&mut self, row: u32, sink: &mut impl Sink) -> Result<Vec<Cells>, Fault> {
        let mut cells = Vec::new();
        let mut column = 0_u32;
        loop {
            let (start, is_covered) = match self.markup.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "table-cell" => (Start::of(&element), false),
                    // Hidden behind a merged cell.
                    "covered-table-cell" => (Start::of(&element), true),
                    _ => continue,
                },
                Event::End(element) if element.local_name().as_ref() == "table-row" => {
                    return Ok(cells);
                }
                Event::Eof => return Err(cut_off("table:table-row")),
                _ => continue,
            };
            let end = if is_covered { "covered-table-cell" } else { "table-cell" };
            self.text.clear();
            self.paragraphs(end)?;
            if start.rows_spanned > 1 {
                sink.merge(row, row.saturating_add(start.rows_spanned - 1));
            }
            let cell = if is_covered { None } else { start.cell(&self.text) };
            if let Some(cell) = cell {
                let columns = column..column.saturating_add(start.repeated).min(COLUMNS);
                for column in columns.clone() {
                    sink.cell(row, column, cell.clone())?;
                }
                cells.push((columns, cell));
            }
            column = column.saturating_add(start.repeated);
        }
    }

    /// The text of a cell: paragraphs are lines; notes beside the cell are none of it.
    fn paragraphs(&mut self, end: &str) -> Result<(), Fault> {
        let mut depth = 0_usize;
        let mut is_first = true;
        loop {
            let event = self.markup.next()?;
            match &event {
                Event::Start(element) => match element.local_name().as_ref() {
                    "annotation" => self.markup.skip_to("annotation")?,
                    "p" | "h" => {
                        depth += 1;
                        if !std::mem::replace(&mut is_first, false) {
                            self.text.push('\n');
                        }
                    }
                    "s" => {
                        let count = attribute(element, "c").and_then(|count| count.parse().ok());
                        let spaces: usize = count.unwrap_or(1);
                        // A number that nobody means does not become as many spaces.
                        self.text.extend(std::iter::repeat_n(' ', spaces.min(1000)));
                    }
                    "tab" => self.text.push('\t'),
                    "line-break" => self.text.push('\n'),
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "p" | "h" => depth = depth.saturating_sub(1),
                    name if name == end => return Ok(()),
                    _ => {}
                },
                Event::Eof => return Err(cut_off(end)),
                event if depth > 0 => push_text(event, &mut self.text),
                _ => {}
            }
        }
    }
}

/// The same cell in several columns.
type Cells = (Range<u32>, Cell<'static>);

/// What the start of a cell says.
#[derive(Default)]
struct Start {
    repeated: u32,
    rows_spanned: u32,
    kind: String,
    value: Option<String>,
    is_error: bool,
    has_formula: bool,
    /// Whether the formula is nothing but yes or no, as LibreOffice writes those of other files.
    is_yes_or_no: bool,
}

impl Start {
    fn of(element: &BytesStart<'_>) -> Start {
        let mut start = Start { repeated: 1, rows_spanned: 1, ..Start::default() };
        for attribute in element.attributes().with_checks(false).flatten() {
            let value = &attribute.value;
            let number = || value.parse::<u32>().unwrap_or(1).max(1);
            match attribute.key.as_ref() {
                "table:number-columns-repeated" => start.repeated = number(),
                "table:number-rows-spanned" => start.rows_spanned = number(),
                "office:value-type" => start.kind = value.to_string(),
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => {
                    start.value = Some(unescaped(value).into_owned());
                }
                "calcext:value-type" => start.is_error = value == "error",
                "table:formula" => {
                    start.has_formula = true;
                    start.is_yes_or_no = matches!(value.as_ref(), "of:=TRUE()" | "of:=FALSE()");
                }
                _ => {}
            }
        }
        start
    }

    fn cell(&self, text: &str) -> Option<Cell<'static>> {
        let as_text = || Cell::Text(text.to_owned().into());
        let value = self.value.as_deref().unwrap_or_default().trim();
        let number = || value.parse().ok().filter(|number: &f64| number.is_finite());
        // Other programs than LibreOffice tell errors by their text alone.
        let is_error = self.is_error
            || self.has_formula && text.starts_with('#') && text.ends_with(['!', '?', 'A']);
        if is_error {
            return Some(Cell::Error);
        }
        match self.kind.as_str() {
            "float" if self.is_yes_or_no => Some(Cell::Boolean(value != "0")),
            "float" | "currency" => Some(number().map_or_else(as_text, Cell::Number)),
            "percentage" => Some(number().map_or_else(as_text, Cell::Percent)),
            "date" => Some(of_iso(value).unwrap_or_else(as_text)),
            "time" => Some(of_iso_duration(value).map_or_else(as_text, Cell::Clock)),
            "boolean" => Some(Cell::Boolean(value == "true")),
            "string" => match &self.value {
                Some(value) => Some(Cell::Text(value.clone().into())),
                None => Some(as_text()),
            },
            _ if self.has_formula => Some(Cell::Uncached),
            _ if text.is_empty() => None,
            _ => Some(as_text()),
        }
    }
}

fn repeats(element: &BytesStart<'_>, name: &str) -> u32 {
    attribute(element, name).and_then(|number| number.parse().ok()).unwrap_or(1).max(1)
}

/// Takes every sheet that is wanted as a table.
pub(super) struct Tables<'a> {
    pub(super) file_size: u64,
    /// Whether a sheet of this name is wanted.
    pub(super) wants: &'a dyn Fn(&str) -> bool,
    /// What becomes of a sheet that was read.
    pub(super) done: &'a mut dyn FnMut(Listed, Sheet) -> Result<(), Fault>,
    /// The sheets met so far.
    pub(super) names: Vec<String>,
    current: Option<(Listed, Sheet)>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(
        file_size: u64,
        wants: &'a dyn Fn(&str) -> bool,
        done: &'a mut dyn FnMut(Listed, Sheet) -> Result<(), Fault>,
    ) -> Tables<'a> {
        Tables { file_size, wants, done, names: Vec::new(), current: None }
    }
}

impl Sink for Tables<'_> {
    fn begin(&mut self, listed: Listed) -> bool {
        let is_wanted = (self.wants)(&listed.name);
        self.names.push(listed.name.clone());
        self.current = is_wanted.then(|| (listed, Sheet::new(self.file_size)));
        is_wanted
    }

    fn cell(&mut self, row: u32, column: u32, cell: Cell<'_>) -> Result<(), Fault> {
        match &mut self.current {
            Some((_, sheet)) => Ok(sheet.push(row, column, cell)?),
            None => Ok(()),
        }
    }

    fn has_enough(&self) -> bool {
        false
    }

    fn merge(&mut self, first: u32, last: u32) {
        if let Some((_, sheet)) = &mut self.current {
            sheet.merge(first, last);
        }
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.current.take().map_or(Ok(()), |(listed, sheet)| (self.done)(listed, sheet))
    }
}

/// Only lists the sheets that hold a value.
#[derive(Default)]
pub(super) struct Lister {
    pub(super) found: Vec<Listed>,
    current: Option<Listed>,
}

impl Sink for Lister {
    fn begin(&mut self, listed: Listed) -> bool {
        self.current = Some(listed);
        true
    }

    fn cell(&mut self, _: u32, _: u32, cell: Cell<'_>) -> Result<(), Fault> {
        if !matches!(&cell, Cell::Text(text) if text.is_empty()) {
            self.found.extend(self.current.take());
        }
        Ok(())
    }

    fn has_enough(&self) -> bool {
        self.current.is_none()
    }

    fn merge(&mut self, _: u32, _: u32) {}

    fn end(&mut self) -> Result<(), Fault> {
        self.current = None;
        Ok(())
    }
}
