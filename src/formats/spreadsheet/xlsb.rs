//! Workbooks in binary parts ([MS-XLSB]), zipped as XLSX is.

use std::collections::HashMap;
use std::io::Read;

use super::bytes::Bytes;
use super::cell::Cell;
use super::fault::Fault;
use super::moments::{Epoch, shown};
use super::number_format::{Shown, of_code, of_number};
use super::package::{Package, Part};
use super::sheet::Sheet;
use super::strings::Strings;
use super::workbook::{Links, Listed, Workbook};
use crate::jobs::Watch;

/// Records that matter ([MS-XLSB] 2.3.2).
mod kind {
    pub const ROW: u16 = 0;
    pub const BLANK: u16 = 1;
    pub const SQUEEZED: u16 = 2;
    pub const ERROR: u16 = 3;
    pub const BOOLEAN: u16 = 4;
    pub const REAL: u16 = 5;
    pub const TEXT: u16 = 6;
    pub const FORMULA_TEXT: u16 = 8;
    pub const FORMULA_REAL: u16 = 9;
    pub const FORMULA_BOOLEAN: u16 = 10;
    pub const FORMULA_ERROR: u16 = 11;
    pub const SHARED_ITEM: u16 = 19;
    pub const FORMAT: u16 = 44;
    pub const STYLE: u16 = 47;
    pub const RICH_TEXT: u16 = 62;
    pub const SHEETS_END: u16 = 144;
    pub const CELLS_END: u16 = 146;
    pub const PROPERTIES: u16 = 153;
    pub const SHEET: u16 = 156;
    pub const MERGED: u16 = 176;
    pub const CELL_STYLES: u16 = 617;
    pub const CELL_STYLES_END: u16 = 618;
}

/// The largest record that is read: Excel's texts have 32,767 letters, its formulas 16 KiB.
const RECORD: usize = 1 << 22;

/// The records of a part, one after another.
struct Records<'a> {
    part: Part<'a>,
    record: Vec<u8>,
}

impl Records<'_> {
    /// The kind of the next record, whose bytes are then in [`Self::bytes`]; none at the end.
    fn next(&mut self) -> Result<Option<u16>, Fault> {
        let Some(first) = self.byte()? else { return Ok(None) };
        let mut kind = u16::from(first & 0x7F);
        if first & 0x80 != 0 {
            let second = self.byte()?.ok_or_else(cut)?;
            kind |= u16::from(second & 0x7F) << 7;
        }
        let mut length = 0_usize;
        for shift in [0, 7, 14, 21] {
            let byte = self.byte()?.ok_or_else(cut)?;
            length |= usize::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                break;
            }
        }
        self.record.clear();
        let wanted = u64::try_from(length).unwrap_or(u64::MAX);
        if length > RECORD {
            // Nothing that is read; past it.
            let passed = std::io::copy(&mut (&mut self.part).take(wanted), &mut std::io::sink())?;
            return if passed == wanted { Ok(Some(kind)) } else { Err(cut()) };
        }
        (&mut self.part).take(wanted).read_to_end(&mut self.record)?;
        if self.record.len() < length { Err(cut()) } else { Ok(Some(kind)) }
    }

    fn byte(&mut self) -> Result<Option<u8>, Fault> {
        let mut byte = [0];
        let read = self.part.read(&mut byte)?;
        let [byte] = byte;
        Ok((read > 0).then_some(byte))
    }

    fn bytes(&self) -> Bytes<'_> {
        Bytes(&self.record)
    }
}

fn cut() -> Fault {
    Fault::Damaged("BIFF12".to_owned())
}

fn records<'a>(
    package: &'a mut Package,
    part: &str,
    watch: &'a Watch,
) -> Result<Option<Records<'a>>, Fault> {
    let part = package.part(part, watch)?;
    Ok(part.map(|part| Records { part, record: Vec::new() }))
}

/// Reads the workbook.
///
/// # Errors
/// When a part of it is missing or damaged.
pub(super) fn workbook(
    package: &mut Package,
    part: &str,
    watch: &Watch,
) -> Result<Workbook, Fault> {
    let links = Links::of_part(package, part, watch)?;
    let styles = styles(package, &links.part_of_kind("styles"), watch)?;
    let (mut sheets, mut epoch) = (Vec::new(), Epoch::Excel1900);
    let Some(mut records) = records(package, part, watch)? else {
        return Err(Fault::Missing("xl/workbook.bin"));
    };
    while let Some(found) = records.next()? {
        let mut bytes = records.bytes();
        match found {
            kind::PROPERTIES if bytes.u32().is_some_and(|flags| flags & 1 != 0) => {
                epoch = Epoch::Excel1904;
            }
            kind::SHEET => {
                let state = bytes.u32();
                let link = bytes.u32().and_then(|_| bytes.wide_text());
                let part = link.and_then(|link| links.part_called(&link, "worksheet"));
                if let (Some(state), Some(part), Some(name)) = (state, part, bytes.wide_text()) {
                    let part = part.to_owned();
                    sheets.push(Listed { name, part, is_hidden: state != 0 });
                }
            }
            kind::SHEETS_END => break,
            _ => {}
        }
    }
    Ok(Workbook { sheets, strings: links.part_of_kind("sharedStrings"), styles, epoch })
}

fn styles(package: &mut Package, part: &str, watch: &Watch) -> Result<Vec<Shown>, Fault> {
    let mut styles = Vec::new();
    let mut codes: HashMap<u16, Shown> = HashMap::new();
    let mut in_cells = false;
    let Some(mut records) = records(package, part, watch)? else { return Ok(styles) };
    while let Some(found) = records.next()? {
        let mut bytes = records.bytes();
        match found {
            kind::FORMAT => {
                if let (Some(number), Some(code)) = (bytes.u16(), bytes.wide_text()) {
                    codes.insert(number, of_code(&code));
                }
            }
            kind::CELL_STYLES => in_cells = true,
            kind::STYLE if in_cells => {
                let number = bytes.u16().and_then(|_| bytes.u16()).unwrap_or(0);
                let known = codes.get(&number).copied();
                styles.push(known.unwrap_or_else(|| of_number(u32::from(number))));
            }
            kind::CELL_STYLES_END => break,
            _ => {}
        }
    }
    Ok(styles)
}

/// Reads the shared texts of a workbook.
///
/// # Errors
/// When the part is damaged.
pub(super) fn strings(
    package: &mut Package,
    workbook: &Workbook,
    watch: &Watch,
) -> Result<Strings, Fault> {
    let mut strings = Strings::default();
    let Some(mut records) = records(package, &workbook.strings, watch)? else {
        return Ok(strings);
    };
    while let Some(found) = records.next()? {
        if found == kind::SHARED_ITEM {
            let mut bytes = records.bytes();
            let text = bytes.u8().and_then(|_| bytes.wide_text());
            strings.push(&text.ok_or_else(cut)?);
        }
    }
    Ok(strings)
}

/// Reads a sheet into its table.
///
/// # Errors
/// When the part is damaged or too large.
pub(super) fn read(
    package: &mut Package,
    workbook: &Workbook,
    listed: &Listed,
    strings: &Strings,
    sheet: &mut Sheet,
    watch: &Watch,
) -> Result<(), Fault> {
    let Some(mut records) = records(package, &listed.part, watch)? else {
        return Err(Fault::Missing("worksheet"));
    };
    let mut row = 0;
    while let Some(found) = records.next()? {
        let mut bytes = records.bytes();
        match found {
            kind::ROW => row = bytes.u32().ok_or_else(cut)?,
            kind::SQUEEZED..=kind::FORMULA_ERROR | kind::RICH_TEXT => {
                let column = bytes.u32().ok_or_else(cut)?;
                let style = bytes.u32().ok_or_else(cut)? & 0x00FF_FFFF;
                let style = usize::try_from(style).ok().and_then(|at| workbook.styles.get(at));
                let how = style.copied().unwrap_or(Shown::Plain);
                let number = |value| shown(value, how, workbook.epoch);
                let cell = match found {
                    kind::SQUEEZED => bytes.squeezed().map(number),
                    kind::REAL | kind::FORMULA_REAL => bytes.f64().map(number),
                    kind::ERROR | kind::FORMULA_ERROR => Some(Cell::Error),
                    kind::BOOLEAN | kind::FORMULA_BOOLEAN => {
                        bytes.u8().map(|value| Cell::Boolean(value != 0))
                    }
                    kind::TEXT | kind::FORMULA_TEXT => {
                        bytes.wide_text().map(|text| Cell::Text(text.into()))
                    }
                    kind::RICH_TEXT => {
                        let text = bytes.u8().and_then(|_| bytes.wide_text());
                        text.map(|text| Cell::Text(text.into()))
                    }
                    // A text that all share.
                    _ => {
                        let text = bytes.length().and_then(|at| strings.get(at));
                        text.map(|text| Cell::Text(text.into()))
                    }
                };
                let cell = cell.ok_or_else(cut)?;
                // Not a number in a file is nothing a cell can hold.
                if !matches!(cell, Cell::Number(number) if !number.is_finite()) {
                    sheet.push(row, column, cell)?;
                }
            }
            kind::MERGED => {
                if let (Some(first), Some(last)) = (bytes.u32(), bytes.u32()) {
                    sheet.merge(first, last);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a sheet holds a value.
///
/// # Errors
/// When the part is damaged.
pub(super) fn has_values(
    package: &mut Package,
    listed: &Listed,
    watch: &Watch,
) -> Result<bool, Fault> {
    let Some(mut records) = records(package, &listed.part, watch)? else { return Ok(false) };
    while let Some(found) = records.next()? {
        match found {
            kind::BLANK => {}
            kind::SQUEEZED..=kind::FORMULA_ERROR | kind::RICH_TEXT => return Ok(true),
            kind::CELLS_END => return Ok(false),
            _ => {}
        }
    }
    Ok(false)
}
