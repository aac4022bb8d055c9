//! Binary workbooks of Excel 5 to 2003 ([MS-XLS]).

use std::collections::HashMap;

use super::biff::{Record, Records, SharedTexts, Texts, kind};
use super::bytes::Bytes;
use super::cell::Cell;
use super::compound::Compound;
use super::fault::Fault;
use super::moments::{Epoch, shown};
use super::number_format::{Shown, of_code, of_number};
use super::sheet::Sheet;
use super::strings::Strings;
use super::workbook::Listed;
use crate::formats::charset::Charset;
use crate::jobs::Watch;

/// A workbook without the cells of its sheets.
pub(super) struct Xls {
    stream: Vec<u8>,
    /// The sheets with where they begin.
    pub(super) sheets: Vec<(Listed, usize)>,
    strings: Strings,
    styles: Vec<Shown>,
    epoch: Epoch,
    texts: Texts,
}

/// Reads the workbook in a compound file.
///
/// # Errors
/// When there is none in it, it wants a password or is damaged.
pub(super) fn read(file: &[u8], code_page: Option<&str>) -> Result<Xls, Fault> {
    let compound = Compound::read(file)?;
    if compound.has("EncryptedPackage") {
        return Err(Fault::Locked);
    }
    let stream = match compound.stream("Workbook")? {
        Some(stream) => Some(stream),
        None => compound.stream("Book")?,
    };
    let stream = stream.ok_or(Fault::Old)?;
    globals(stream, code_page)
}

fn globals(stream: Vec<u8>, code_page: Option<&str>) -> Result<Xls, Fault> {
    let chosen = code_page.and_then(Charset::by_label);
    let mut xls = Xls {
        stream: Vec::new(),
        sheets: Vec::new(),
        strings: Strings::default(),
        styles: Vec::new(),
        epoch: Epoch::Excel1900,
        texts: Texts { is_unicode: true, encoding: chosen.unwrap_or(Charset::WINDOWS_1252) },
    };
    let mut codes: HashMap<u16, Shown> = HashMap::new();
    let mut numbers = Vec::new();
    let mut has_begun = false;
    for record in Records::from(&stream, 0) {
        let mut bytes = Bytes(record.data);
        match record.kind {
            kind::BEGIN => {
                has_begun = true;
                match bytes.u16() {
                    Some(0x0500) => xls.texts.is_unicode = false,
                    Some(0x0600) => {}
                    _ => return Err(Fault::Old),
                }
            }
            kind::LOCKED => return Err(Fault::Locked),
            kind::CODE_PAGE if chosen.is_none() => {
                let found = bytes.u16().and_then(encoding_of);
                xls.texts.encoding = found.unwrap_or(Charset::WINDOWS_1252);
            }
            kind::DATES if bytes.u16() == Some(1) => xls.epoch = Epoch::Excel1904,
            kind::FORMAT => {
                let number = bytes.u16();
                let code = if xls.texts.is_unicode {
                    xls.texts.long(&mut bytes)
                } else {
                    xls.texts.short(&mut bytes)
                };
                if let (Some(number), Some(code)) = (number, code) {
                    codes.insert(number, of_code(&code));
                }
            }
            kind::STYLE => numbers.push(bytes.u16().and_then(|_| bytes.u16()).unwrap_or(0)),
            kind::SHEET => {
                let start = bytes.length();
                let (state, sort) = (bytes.u8(), bytes.u8());
                let name = xls.texts.short(&mut bytes);
                // Charts, macros and modules of code hold no cells.
                if let (Some(start), Some(state), Some(0), Some(name)) = (start, state, sort, name)
                {
                    let name = name.replace('\0', "");
                    let is_hidden = state & 3 != 0;
                    xls.sheets.push((Listed { name, part: String::new(), is_hidden }, start));
                }
            }
            kind::STRINGS => SharedTexts::of(record).for_each(|text| xls.strings.push(&text)),
            kind::END => break,
            _ => {}
        }
    }
    if !has_begun {
        return Err(Fault::Old);
    }
    let style =
        |number: &u16| codes.get(number).copied().unwrap_or_else(|| of_number(u32::from(*number)));
    xls.styles = numbers.iter().map(style).collect();
    xls.stream = stream;
    Ok(xls)
}

/// The encoding of a code page by its number.
fn encoding_of(page: u16) -> Option<Charset> {
    match page {
        10000 | 32768 => Charset::by_label("macintosh"),
        32769 => Some(Charset::WINDOWS_1252),
        page => Charset::by_label(&page.to_string()),
    }
}

/// What a record of a sheet says.
enum Found {
    Cell(u32, u32, Cell<'static>),
    /// Merged cells, from one row to another.
    Merged(u32, u32),
    /// A text that all share, by its number.
    Shared(u32, u32, usize),
}

impl Xls {
    /// Reads a sheet into its table.
    ///
    /// # Errors
    /// When it is too large, or the person cancelled.
    pub(super) fn sheet(
        &self,
        start: usize,
        sheet: &mut Sheet,
        watch: &Watch,
    ) -> Result<(), Fault> {
        let mut cells = Vec::new();
        self.each(start, watch, |found| {
            match found {
                Found::Merged(first, last) => sheet.merge(first, last),
                found => cells.push(found),
            }
            true
        })?;
        let place = |found: &Found| match found {
            Found::Cell(row, column, _) | Found::Shared(row, column, _) => (*row, *column),
            Found::Merged(..) => (0, 0),
        };
        // Excel writes row by row; others may not.
        if !cells.is_sorted_by_key(place) {
            cells.sort_by_key(place);
        }
        for found in cells {
            match found {
                Found::Cell(row, column, cell) => sheet.push(row, column, cell)?,
                Found::Shared(row, column, at) => {
                    let text = self.strings.get(at).unwrap_or_default();
                    sheet.push(row, column, Cell::Text(text.into()))?;
                }
                Found::Merged(..) => {}
            }
        }
        Ok(())
    }

    /// Whether a sheet holds a value.
    ///
    /// # Errors
    /// When the person cancelled.
    pub(super) fn has_values(&self, start: usize, watch: &Watch) -> Result<bool, Fault> {
        let mut has_values = false;
        self.each(start, watch, |found| {
            has_values |= !matches!(found, Found::Merged(..));
            !has_values
        })?;
        Ok(has_values)
    }

    /// Goes through the cells of a sheet for as long as they are wanted.
    fn each(
        &self,
        start: usize,
        watch: &Watch,
        mut take: impl FnMut(Found) -> bool,
    ) -> Result<(), Fault> {
        // Where a formula stands whose text comes in the next record.
        let mut waiting = None;
        let mut depth = 0_u32;
        for (at, record) in Records::from(&self.stream, start).enumerate() {
            if at % 1024 == 0 && watch.check().is_err() {
                return Err(Fault::Cancelled);
            }
            match record.kind {
                kind::BEGIN => depth += 1,
                kind::END if depth <= 1 => break,
                kind::END => depth -= 1,
                // Charts in the sheet have cells of their own.
                _ if depth > 1 => {}
                kind::SQUEEZED_ROW => {
                    if !self.squeezed_row(&record, &mut take) {
                        break;
                    }
                }
                kind::MERGED => {
                    let mut bytes = Bytes(record.data);
                    bytes.u16();
                    while let (Some(first), Some(last), Some(_)) =
                        (bytes.u16(), bytes.u16(), bytes.u32())
                    {
                        take(Found::Merged(u32::from(first), u32::from(last)));
                    }
                }
                kind::FORMULA_TEXT => {
                    let text = self.texts.long(&mut Bytes(record.data));
                    if let (Some((row, column)), Some(text)) = (waiting.take(), text)
                        && !text.is_empty()
                        && !take(Found::Cell(row, column, Cell::Text(text.into())))
                    {
                        break;
                    }
                }
                _ => {
                    if let Some(found) = self.cell(&record, &mut waiting)
                        && !take(found)
                    {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    /// A cell in a record of its own.
    fn cell(&self, record: &Record<'_>, waiting: &mut Option<(u32, u32)>) -> Option<Found> {
        let mut bytes = Bytes(record.data);
        let row = u32::from(bytes.u16()?);
        let column = u32::from(bytes.u16()?);
        let style = bytes.u16()?;
        let cell = match record.kind {
            kind::NUMBER => self.number(bytes.f64()?, style),
            kind::SQUEEZED => self.number(bytes.squeezed()?, style),
            kind::LABEL | kind::RICH_LABEL => {
                let text = self.texts.long(&mut bytes).filter(|text| !text.is_empty())?;
                Some(Cell::Text(text.into()))
            }
            kind::SHARED_LABEL => {
                let at = bytes.length()?;
                let is_text = self.strings.get(at).is_some_and(|text| !text.is_empty());
                return is_text.then_some(Found::Shared(row, column, at));
            }
            kind::BOOLEAN_OR_ERROR => {
                let (value, is_error) = (bytes.u8()?, bytes.u8()?);
                Some(if is_error == 0 { Cell::Boolean(value != 0) } else { Cell::Error })
            }
            kind::FORMULA => {
                let value = bytes.take(8)?;
                match value {
                    // A text, which follows.
                    [0, _, _, _, _, _, 0xFF, 0xFF] => {
                        *waiting = Some((row, column));
                        None
                    }
                    [1, _, value, _, _, _, 0xFF, 0xFF] => Some(Cell::Boolean(*value != 0)),
                    [2, _, _, _, _, _, 0xFF, 0xFF] => Some(Cell::Error),
                    [_, _, _, _, _, _, 0xFF, 0xFF] => None,
                    value => self.number(Bytes(value).f64()?, style),
                }
            }
            _ => None,
        };
        cell.map(|cell| Found::Cell(row, column, cell))
    }

    /// Numbers next to each other in a row.
    fn squeezed_row(&self, record: &Record<'_>, take: &mut impl FnMut(Found) -> bool) -> bool {
        let mut bytes = Bytes(record.data);
        let (Some(row), Some(first)) = (bytes.u16(), bytes.u16()) else { return true };
        let mut column = u32::from(first);
        // The last two bytes tell the last column.
        while let (Some(style), Some(value)) = (bytes.u16(), bytes.squeezed()) {
            if let Some(cell) = self.number(value, style)
                && !take(Found::Cell(u32::from(row), column, cell))
            {
                return false;
            }
            column += 1;
        }
        true
    }

    fn number(&self, value: f64, style: u16) -> Option<Cell<'static>> {
        let how = self.styles.get(usize::from(style)).copied().unwrap_or(Shown::Plain);
        value.is_finite().then(|| shown(value, how, self.epoch))
    }
}
