//! Sheets of Office Open XML (ECMA-376 part 1, chapter 18).

use quick_xml::events::{BytesStart, Event};

use super::cell::{Cell, place_of};
use super::fault::Fault;
use super::markup::{Markup, attribute, cut_off, push_text};
use super::moments::{of_iso, shown};
use super::package::{Package, Part};
use super::sheet::Sheet;
use super::strings::{Strings, unescape_controls};
use super::workbook::{Listed, Workbook};
use crate::formats::spreadsheet::number_format::Shown;
use crate::jobs::Watch;

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
    let Some(part) = package.part(&workbook.strings, watch)? else { return Ok(strings) };
    let mut markup = Markup::new(part);
    let mut text = String::new();
    loop {
        match markup.next()? {
            Event::Start(element) if element.local_name().as_ref() == "si" => {
                text.clear();
                rich_text(&mut markup, "si", &mut text)?;
                strings.push(&unescape_controls(&text));
            }
            Event::Eof => return Ok(strings),
            _ => {}
        }
    }
}

/// The text of an element of `<t>` and of runs of them, without the pronunciation that Japanese
/// files have besides.
fn rich_text(markup: &mut Markup<Part<'_>>, end: &str, out: &mut String) -> Result<(), Fault> {
    let mut in_text = false;
    let mut in_phonetic = false;
    loop {
        let event = markup.next()?;
        match &event {
            Event::Start(element) => match element.local_name().as_ref() {
                "t" => in_text = !in_phonetic,
                "rPh" => in_phonetic = true,
                _ => {}
            },
            Event::End(element) => match element.local_name().as_ref() {
                "t" => in_text = false,
                "rPh" => in_phonetic = false,
                name if name == end => return Ok(()),
                _ => {}
            },
            Event::Eof => return Err(cut_off(end)),
            event if in_text => push_text(event, out),
            _ => {}
        }
    }
}

/// Reads a sheet into its table; with `only_first`, no more than tells whether it holds anything.
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
    let Some(part) = package.part(&listed.part, watch)? else {
        return Err(Fault::Missing("worksheet"));
    };
    let mut reader = Reader {
        markup: Markup::new(part),
        workbook,
        strings,
        row: 0,
        column: 0,
        text: String::new(),
    };
    reader.read(sheet)
}

/// Whether a sheet holds a value, from the first of them on.
///
/// # Errors
/// When the part is damaged.
pub(super) fn has_values(
    package: &mut Package,
    listed: &Listed,
    watch: &Watch,
) -> Result<bool, Fault> {
    let Some(part) = package.part(&listed.part, watch)? else { return Ok(false) };
    let mut markup = Markup::new(part);
    loop {
        match markup.next()? {
            Event::Start(element) if matches!(element.local_name().as_ref(), "v" | "is") => {
                return Ok(true);
            }
            Event::End(element) if element.local_name().as_ref() == "sheetData" => {
                return Ok(false);
            }
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

struct Reader<'a> {
    markup: Markup<Part<'a>>,
    workbook: &'a Workbook,
    strings: &'a Strings,
    /// Where the next cell is that does not say it.
    row: u32,
    column: u32,
    text: String,
}

/// What the start of a cell says.
struct Start {
    row: u32,
    column: u32,
    style: usize,
    kind: Kind,
}

/// How the value of a cell is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Number,
    Shared,
    /// The text itself, of a formula.
    Text,
    /// In an element of its own.
    Inline,
    Boolean,
    Error,
    /// ISO 8601.
    Date,
}

impl Reader<'_> {
    fn read(&mut self, sheet: &mut Sheet) -> Result<(), Fault> {
        let mut is_inside = false;
        loop {
            match self.markup.next()? {
                Event::Start(element) => match element.local_name().as_ref() {
                    "sheetData" => is_inside = true,
                    "row" => {
                        let row = attribute(&element, "r").and_then(|row| row.parse().ok());
                        self.row = row.map_or(self.row, |row: u32| row.saturating_sub(1));
                        self.column = 0;
                    }
                    "c" => {
                        let start = start_of(&element, self.row, self.column);
                        (self.row, self.column) = (start.row, start.column.saturating_add(1));
                        self.cell(&start, sheet)?;
                    }
                    "mergeCell" => {
                        let range = attribute(&element, "ref").unwrap_or_default();
                        let corners = range.split_once(':').unwrap_or_default();
                        if let (Some(from), Some(to)) = (place_of(corners.0), place_of(corners.1)) {
                            sheet.merge(from.0, to.0);
                        }
                    }
                    _ => {}
                },
                Event::End(element) => match element.local_name().as_ref() {
                    "sheetData" => is_inside = false,
                    "row" => self.row = self.row.saturating_add(1),
                    _ => {}
                },
                Event::Eof if is_inside => return Err(cut_off("sheetData")),
                Event::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    fn cell(&mut self, start: &Start, sheet: &mut Sheet) -> Result<(), Fault> {
        let (mut has_formula, mut has_value) = (false, false);
        self.text.clear();
        loop {
            let event = self.markup.next()?;
            let element = match &event {
                Event::Start(element) => element.local_name(),
                Event::End(element) if element.local_name().as_ref() == "c" => break,
                Event::Eof => return Err(cut_off("c")),
                _ => continue,
            };
            match element.as_ref() {
                "v" if start.kind != Kind::Inline => {
                    self.markup.text_to("v", &mut self.text)?;
                    has_value = !self.text.is_empty();
                }
                "is" => {
                    rich_text(&mut self.markup, "is", &mut self.text)?;
                    has_value = true;
                }
                "f" => {
                    has_formula = true;
                    self.markup.skip_to("f")?;
                }
                _ => {}
            }
        }
        let cell = if has_value {
            self.value(start)?
        } else if has_formula && start.kind != Kind::Text {
            Some(Cell::Uncached)
        } else {
            // A formula may well give an empty text.
            None
        };
        if let Some(cell) = cell {
            sheet.push(start.row, start.column, cell)?;
        }
        Ok(())
    }

    fn value(&self, start: &Start) -> Result<Option<Cell<'_>>, Fault> {
        let plain = self.text.trim();
        Ok(match start.kind {
            Kind::Number => match plain.parse::<f64>() {
                Ok(number) if number.is_finite() => {
                    let how = self.workbook.styles.get(start.style).copied();
                    Some(shown(number, how.unwrap_or(Shown::Plain), self.workbook.epoch))
                }
                _ if plain.is_empty() => None,
                _ => Some(Cell::Text(self.text.as_str().into())),
            },
            Kind::Shared => {
                let text = plain.parse().ok().and_then(|at| self.strings.get(at));
                let text = text.ok_or_else(|| Fault::Damaged(format!("<v>{plain}</v>")))?;
                (!text.is_empty()).then(|| Cell::Text(text.into()))
            }
            Kind::Text | Kind::Inline => Some(Cell::Text(unescape_controls(&self.text))),
            Kind::Boolean => match plain {
                "0" | "false" => Some(Cell::Boolean(false)),
                "1" | "true" => Some(Cell::Boolean(true)),
                _ => Some(Cell::Text(self.text.as_str().into())),
            },
            Kind::Error => Some(Cell::Error),
            Kind::Date => of_iso(plain).or_else(|| Some(Cell::Text(self.text.as_str().into()))),
        })
    }
}

/// What a `<c r="B2" s="1" t="s">` says; without a place it is next to the one before.
fn start_of(element: &BytesStart<'_>, row: u32, column: u32) -> Start {
    let mut start = Start { row, column, style: 0, kind: Kind::Number };
    let mut attributes = element.attributes();
    for attribute in attributes.with_checks(false).flatten() {
        let value = attribute.value.as_ref();
        match attribute.key.local_name().as_ref() {
            "r" => (start.row, start.column) = place_of(value).unwrap_or((row, column)),
            "s" => start.style = value.parse().unwrap_or(0),
            "t" => {
                start.kind = match value {
                    "s" => Kind::Shared,
                    "str" => Kind::Text,
                    "inlineStr" => Kind::Inline,
                    "b" => Kind::Boolean,
                    "e" => Kind::Error,
                    "d" => Kind::Date,
                    _ => Kind::Number,
                }
            }
            _ => {}
        }
    }
    start
}
