//! What a workbook holds: its sheets, how its cells are shown, where its texts are. For XLSX and
//! XLSB, which are zipped alike.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::fault::Fault;
use super::markup::{Markup, attribute};
use super::moments::Epoch;
use super::number_format::{Shown, of_code, of_number};
use super::package::Package;
use crate::jobs::Watch;

/// A sheet of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    /// The part that holds it; empty where the file has no parts.
    pub(super) part: String,
    pub(super) is_hidden: bool,
}

/// A workbook without its cells.
#[derive(Debug)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<Listed>,
    /// The part with the shared texts.
    pub(super) strings: String,
    /// How the cells of each style are shown.
    pub(super) styles: Vec<Shown>,
    pub(super) epoch: Epoch,
}

/// The part that is the workbook: what the package says, else what it mostly is.
///
/// # Errors
/// When the part that says it is damaged.
pub(super) fn part_of(package: &mut Package, watch: &Watch) -> Result<String, Fault> {
    let links = Links::read(package, "_rels/.rels", "", watch)?;
    let named = links.0.values().find(|link| link.kind == "officeDocument");
    let named = named.map(|link| link.target.clone()).filter(|part| package.has(part));
    let usual = ["xl/workbook.xml", "xl/workbook.bin"];
    let usual = || usual.into_iter().find(|part| package.has(part)).map(str::to_owned);
    named.or_else(usual).ok_or(Fault::Missing("xl/workbook.xml"))
}

/// What the document says about itself: where Belfort puts the note that goes with the data.
///
/// # Errors
/// When a part that says it is damaged.
pub(super) fn note_of(package: &mut Package, watch: &Watch) -> Result<Option<String>, Fault> {
    let links = Links::read(package, "_rels/.rels", "", watch)?;
    let properties = links.part_of_kind("core-properties");
    let Some(part) = package.part(&properties, watch)? else { return Ok(None) };
    let mut markup = Markup::new(part);
    loop {
        match markup.next()? {
            Event::Start(element) if element.local_name().as_ref() == "description" => {
                let mut note = String::new();
                markup.text_to("description", &mut note)?;
                let note = note.trim();
                return Ok((!note.is_empty()).then(|| note.to_owned()));
            }
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

/// Reads the workbook of an XLSX file.
///
/// # Errors
/// When a part of it is missing or damaged.
pub(super) fn read(package: &mut Package, part: &str, watch: &Watch) -> Result<Workbook, Fault> {
    let links = Links::of_part(package, part, watch)?;
    let mut workbook = Workbook {
        sheets: Vec::new(),
        strings: links.part_of_kind("sharedStrings"),
        styles: Vec::new(),
        epoch: Epoch::Excel1900,
    };
    workbook.styles = styles(package, &links.part_of_kind("styles"), watch)?;
    let Some(bytes) = package.part(part, watch)? else {
        return Err(Fault::Missing("xl/workbook.xml"));
    };
    let mut markup = Markup::new(bytes);
    loop {
        match markup.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "sheet" => {
                    let link = attribute(&element, "id").and_then(|id| links.0.get(&id));
                    let state = attribute(&element, "state").unwrap_or_default();
                    // Sheets that are charts or dialogs hold no cells.
                    if let Some(link) = link.filter(|link| link.kind == "worksheet") {
                        workbook.sheets.push(Listed {
                            name: attribute(&element, "name").unwrap_or_default(),
                            part: link.target.clone(),
                            is_hidden: state == "hidden" || state == "veryHidden",
                        });
                    }
                }
                "workbookPr" => {
                    let is_1904 = attribute(&element, "date1904");
                    if is_1904.is_some_and(|is_1904| is_1904 == "1" || is_1904 == "true") {
                        workbook.epoch = Epoch::Excel1904;
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(workbook),
            _ => {}
        }
    }
}

/// How the cells of each style are shown.
fn styles(package: &mut Package, part: &str, watch: &Watch) -> Result<Vec<Shown>, Fault> {
    let Some(bytes) = package.part(part, watch)? else { return Ok(Vec::new()) };
    let mut markup = Markup::new(bytes);
    let mut codes: HashMap<u32, Shown> = HashMap::new();
    let mut styles = Vec::new();
    let mut in_cells = false;
    loop {
        match markup.next()? {
            Event::Start(element) => match element.local_name().as_ref() {
                "numFmt" => {
                    let number = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                    let code = attribute(&element, "formatCode");
                    if let (Some(number), Some(code)) = (number, code) {
                        codes.insert(number, of_code(&code));
                    }
                }
                "cellXfs" => in_cells = true,
                "xf" if in_cells => {
                    let number = attribute(&element, "numFmtId").and_then(|id| id.parse().ok());
                    let number: u32 = number.unwrap_or(0);
                    styles.push(codes.get(&number).copied().unwrap_or_else(|| of_number(number)));
                }
                _ => {}
            },
            Event::End(element) if element.local_name().as_ref() == "cellXfs" => return Ok(styles),
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

/// What a part refers to, by the names it has for it.
#[derive(Debug, Default)]
pub(super) struct Links(HashMap<String, Link>);

#[derive(Debug)]
struct Link {
    /// The end of the kind's address: `worksheet`.
    kind: String,
    target: String,
}

impl Links {
    /// What a part refers to.
    ///
    /// # Errors
    /// When the part that says it is damaged.
    pub(super) fn of_part(
        package: &mut Package,
        part: &str,
        watch: &Watch,
    ) -> Result<Links, Fault> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let part = if folder.is_empty() {
            format!("_rels/{name}.rels")
        } else {
            format!("{folder}/_rels/{name}.rels")
        };
        Links::read(package, &part, folder, watch)
    }

    fn read(
        package: &mut Package,
        part: &str,
        folder: &str,
        watch: &Watch,
    ) -> Result<Links, Fault> {
        let mut links = Links::default();
        let Some(bytes) = package.part(part, watch)? else { return Ok(links) };
        let mut markup = Markup::new(bytes);
        loop {
            match markup.next()? {
                Event::Start(element) if element.local_name().as_ref() == "Relationship" => {
                    let of = |name| attribute(&element, name).unwrap_or_default();
                    let kind = of("Type");
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    let link = Link { kind, target: resolved(folder, &of("Target")) };
                    links.0.insert(of("Id"), link);
                }
                Event::Eof => return Ok(links),
                _ => {}
            }
        }
    }

    /// The part of a kind of which there is one; empty where there is none.
    pub(super) fn part_of_kind(&self, kind: &str) -> String {
        let found = self.0.values().find(|link| link.kind == kind);
        found.map(|link| link.target.clone()).unwrap_or_default()
    }

    /// The part that is called so.
    pub(super) fn part_called(&self, name: &str, kind: &str) -> Option<&str> {
        let link = self.0.get(name).filter(|link| link.kind == kind)?;
        Some(&link.target)
    }
}

/// A target as the name of a part: from the root, or from the folder of the part that names it.
fn resolved(folder: &str, target: &str) -> String {
    if let Some(absolute) = target.strip_prefix('/') {
        return absolute.to_owned();
    }
    let mut steps: Vec<&str> = folder.split('/').filter(|step| !step.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        for (folder, target, part) in [
            ("xl", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("xl", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
            ("", "xl/workbook.xml", "xl/workbook.xml"),
            ("xl/worksheets", "../media/a.png", "xl/media/a.png"),
            ("", "../../a", "a"),
        ] {
            assert_eq!(resolved(folder, target), part);
        }
    }
}
