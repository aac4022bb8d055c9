//! Spreadsheets: XLSX, XLSB, XLS and ODS. Every sheet with a value in it is a layer.
//!
//! The files are read with readers of our own, cell by cell: a sheet need not fit into memory as a
//! grid, nothing is believed of what a file says about its sizes, and what people put around
//! their tables is told from them ([`header`]). `calamine` is the oracle of the tests.

mod biff;
mod bytes;
mod cell;
mod column;
mod compound;
mod fault;
mod header;
mod markup;
mod moments;
mod number_format;
mod ods;
mod package;
mod read;
mod sheet;
mod strings;
mod workbook;
mod write;
mod write_plan;
mod xls;
mod xlsb;
mod xlsx;

use std::path::Path;

use super::open::extension_of;
use super::{Confidence, Format};
use crate::jobs::Watch;
use crate::problem::Problems;
use compound::{Compound, MAGIC};
use package::Package;

/// Excel workbooks since 2007.
pub static XLSX: Format = Format {
    id: "xlsx",
    name: "Excel (XLSX)",
    extensions: &["xlsx"],
    recognise: |path, head| {
        of_zip(path, head, "xl/workbook.xml", &["xlsx", "xlsm", "xltx", "xltm"])
    },
    read: read::xlsx,
    write: Some(write::write),
    write_several: Some(write::write_several),
    only_in: None,
    changes: write_plan::changes,
    list: Some(read::list_xlsx),
};

/// Excel workbooks with macros, which are read and not written.
pub static XLSM: Format = Format {
    id: "xlsm",
    name: "Excel (XLSM)",
    extensions: &["xlsm", "xltx", "xltm"],
    recognise: |_, _| Confidence::No,
    read: read::xlsx,
    write: None,
    write_several: None,
    only_in: None,
    changes: |_, _| Problems::new(),
    list: Some(read::list_xlsx),
};

/// Excel workbooks in binary parts.
pub static XLSB: Format = Format {
    id: "xlsb",
    name: "Excel (XLSB)",
    extensions: &["xlsb"],
    recognise: |path, head| of_zip(path, head, "xl/workbook.bin", &["xlsb"]),
    read: read::xlsb,
    write: None,
    write_several: None,
    only_in: None,
    changes: |_, _| Problems::new(),
    list: Some(read::list_xlsb),
};

/// Excel workbooks up to 2003.
pub static XLS: Format = Format {
    id: "xls",
    name: "Excel 97–2003 (XLS)",
    extensions: &["xls", "xlt"],
    recognise: recognise_xls,
    read: read::xls,
    write: None,
    write_several: None,
    only_in: None,
    changes: |_, _| Problems::new(),
    list: Some(read::list_xls),
};

/// OpenDocument, as LibreOffice writes it.
pub static ODS: Format = Format {
    id: "ods",
    name: "OpenDocument (ODS)",
    extensions: &["ods", "ots", "fods"],
    recognise: recognise_ods,
    read: read::ods,
    write: None,
    write_several: None,
    only_in: None,
    changes: |_, _| Problems::new(),
    list: Some(read::list_ods),
};

/// A zip file is a spreadsheet by what is in it, because archives of shapefiles are zip files too.
/// One inside another archive is not on the disk yet: its name speaks for it.
fn of_zip(path: &Path, head: &[u8], part: &str, extensions: &[&str]) -> Confidence {
    if !head.starts_with(b"PK\x03\x04") {
        return Confidence::No;
    }
    let is_sure = if path.is_file() {
        Package::open(path).is_ok_and(|package| package.has(part))
    } else {
        extensions.contains(&extension_of(path).as_str())
    };
    if is_sure { Confidence::Sure } else { Confidence::No }
}

/// What the first part of a zipped document says it is, and the root of one that is not zipped.
const ODS_TYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";

fn recognise_ods(path: &Path, head: &[u8]) -> Confidence {
    let says_so = memchr::memmem::find(head, ODS_TYPE).is_some();
    if head.starts_with(b"PK\x03\x04") {
        if says_so {
            return Confidence::Sure;
        }
        // Some programs put the type behind the rest.
        let is_ods = Package::open(path).is_ok_and(|mut package| {
            let kind = package.whole("mimetype", &Watch::unwatched()).unwrap_or_default();
            kind.starts_with(ODS_TYPE)
        });
        return if is_ods { Confidence::Sure } else { Confidence::No };
    }
    let is_flat = says_so && memchr::memmem::find(head, b"office:document").is_some();
    if is_flat { Confidence::Sure } else { Confidence::No }
}

/// Other programs' files begin the same, so the name has to speak too; a locked XLSX file is such
/// a one.
fn recognise_xls(path: &Path, head: &[u8]) -> Confidence {
    let extension = extension_of(path);
    if !head.starts_with(MAGIC) {
        // A table of a web page or XML: said when it is read.
        let is_markup = head.trim_ascii_start().starts_with(b"<");
        return if extension == "xls" && is_markup { Confidence::Maybe } else { Confidence::No };
    }
    match extension.as_str() {
        "xls" | "xlt" | "xlsx" | "xlsm" | "xlsb" | "xltx" | "ods" => Confidence::Sure,
        "" => {
            let bytes = std::fs::read(path).unwrap_or_default();
            let has = |compound: &Compound<'_>| compound.has("Workbook") || compound.has("Book");
            let is_workbook = Compound::read(&bytes).is_ok_and(|compound| has(&compound));
            if is_workbook { Confidence::Sure } else { Confidence::No }
        }
        _ => Confidence::No,
    }
}
