//! The tables of a spreadsheet.

use std::path::Path;

use super::fault::Fault;
use super::ods::{self, Lister, Tables};
use super::package::Package;
use super::sheet::Sheet;
use super::strings::Strings;
use super::workbook::{self, Listed, Workbook};
use super::{ODS, XLS, XLSB, XLSX, xls, xlsb, xlsx};
use crate::formats::open::stem_of;
use crate::formats::whole::read_whole;
use crate::formats::{ListedLayer, ReadOptions, place};
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Place};
use crate::table::{Origin, Table};

/// How the parts of a zipped workbook are read.
struct Zipped {
    format: &'static str,
    workbook: fn(&mut Package, &str, &Watch) -> Result<Workbook, Fault>,
    strings: fn(&mut Package, &Workbook, &Watch) -> Result<Strings, Fault>,
    has_values: fn(&mut Package, &Listed, &Watch) -> Result<bool, Fault>,
    read: fn(&mut Package, &Workbook, &Listed, &Strings, &mut Sheet, &Watch) -> Result<(), Fault>,
}

static IN_XML: Zipped = Zipped {
    format: XLSX.id,
    workbook: workbook::read,
    strings: xlsx::strings,
    has_values: xlsx::has_values,
    read: xlsx::read,
};

static IN_BINARY: Zipped = Zipped {
    format: XLSB.id,
    workbook: xlsb::workbook,
    strings: xlsb::strings,
    has_values: xlsb::has_values,
    read: xlsb::read,
};

pub(super) fn xlsx(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    zipped(&IN_XML, path, options, watch)
}

pub(super) fn xlsb(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    zipped(&IN_BINARY, path, options, watch)
}

pub(super) fn list_xlsx(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    list_zipped(&IN_XML, path, watch)
}

pub(super) fn list_xlsb(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    list_zipped(&IN_BINARY, path, watch)
}

fn zipped(
    how: &Zipped,
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let about = |fault: Fault| fault.about(path, None);
    let mut package = Package::open(path).map_err(about)?;
    let part = workbook::part_of(&mut package, watch).map_err(about)?;
    let workbook = (how.workbook)(&mut package, &part, watch).map_err(about)?;
    let mut job = Job::new(path, how.format, options);
    // Nothing of a table is lost with it.
    job.note = workbook::note_of(&mut package, watch).unwrap_or_default();
    let names = workbook.sheets.iter().map(|sheet| sheet.name.clone()).collect();
    job.look_for(names)?;
    let wanted: Vec<&Listed> =
        workbook.sheets.iter().filter(|sheet| job.wants(&sheet.name)).collect();
    let parts = wanted.iter().map(|sheet| sheet.part.as_str()).chain([workbook.strings.as_str()]);
    watch.set_done(0);
    watch.set_total(parts.map(|part| package.size_of(part)).sum());
    let strings = (how.strings)(&mut package, &workbook, watch).map_err(about)?;
    for listed in wanted {
        let mut sheet = Sheet::new(package.file_size);
        let read = (how.read)(&mut package, &workbook, listed, &strings, &mut sheet, watch);
        job.done(listed, read.map(|()| sheet))?;
    }
    job.tables()
}

fn list_zipped(how: &Zipped, path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    let about = |fault: Fault| fault.about(path, None);
    let mut package = Package::open(path).map_err(about)?;
    let part = workbook::part_of(&mut package, watch).map_err(about)?;
    let workbook = (how.workbook)(&mut package, &part, watch).map_err(about)?;
    let mut listed = Vec::new();
    for sheet in &workbook.sheets {
        match (how.has_values)(&mut package, sheet, watch) {
            Ok(false) => {}
            Err(Fault::Cancelled) => return Err(FileError::cancelled(path)),
            // What is wrong with it is told when it is read.
            Ok(true) | Err(_) => listed.push(layer_of(sheet)),
        }
    }
    Ok(listed)
}

fn layer_of(sheet: &Listed) -> ListedLayer {
    ListedLayer { name: sheet.name.clone(), ..ListedLayer::default() }
}

fn workbook_of_xls(
    path: &Path,
    encoding: Option<&str>,
    watch: &Watch,
) -> Result<xls::Xls, FileError> {
    let bytes = read_whole(path, watch, |_| Ok(()))?;
    if bytes.trim_ascii_start().starts_with(b"<") {
        let error = FileError::new(path, Message::new("spreadsheet-error-markup"));
        return Err(error.remedy(Message::new("spreadsheet-remedy-save-xlsx")));
    }
    xls::read(&bytes, encoding).map_err(|fault| fault.about(path, None))
}

pub(super) fn xls(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let workbook = workbook_of_xls(path, options.encoding.as_deref(), watch)?;
    let mut job = Job::new(path, XLS.id, options);
    job.look_for(workbook.sheets.iter().map(|(sheet, _)| sheet.name.clone()).collect())?;
    let size = std::fs::metadata(path).map_or(0, |file| file.len());
    for (listed, start) in &workbook.sheets {
        if job.wants(&listed.name) {
            let mut sheet = Sheet::new(size);
            let read = workbook.sheet(*start, &mut sheet, watch);
            job.done(listed, read.map(|()| sheet))?;
        }
    }
    job.tables()
}

pub(super) fn list_xls(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    let workbook = workbook_of_xls(path, None, watch)?;
    let mut listed = Vec::new();
    for (sheet, start) in &workbook.sheets {
        let has_values = workbook.has_values(*start, watch);
        if has_values.map_err(|fault| fault.about(path, None))? {
            listed.push(layer_of(sheet));
        }
    }
    Ok(listed)
}

/// Reads the content of an OpenDocument file, zipped or not.
fn content_of(path: &Path, sink: &mut impl ods::Sink, watch: &Watch) -> Result<(), Fault> {
    let mut head = [0; 4];
    let mut file = std::fs::File::open(path).map_err(Fault::Io)?;
    let read = std::io::Read::read(&mut file, &mut head).map_err(Fault::Io)?;
    if head.get(..read) != Some(b"PK\x03\x04") {
        let bytes = read_whole(path, watch, |_| Ok(()));
        let bytes = bytes.map_err(|error| {
            if error.is_cancelled() { Fault::Cancelled } else { Fault::Damaged(error.to_string()) }
        })?;
        return ods::read(bytes.as_slice(), sink);
    }
    let mut package = Package::open(path)?;
    if ods::is_locked(&mut package, watch)? {
        return Err(Fault::Locked);
    }
    watch.set_done(0);
    watch.set_total(package.size_of("content.xml"));
    let content = package.part("content.xml", watch)?.ok_or(Fault::Missing("content.xml"))?;
    ods::read(content, sink)
}

pub(super) fn ods(
    path: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let size = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?.len();
    let mut job = Job::new(path, ODS.id, options);
    let wanted = options.layer.clone();
    let wants = |name: &str| wanted.as_deref().is_none_or(|wanted| wanted == name);
    let mut names = Vec::new();
    let mut stopped = None;
    let read = {
        let mut done = |listed: Listed, sheet: Sheet| {
            if let Err(error) = job.done(&listed, Ok(sheet)) {
                stopped = Some(error);
                return Err(Fault::Cancelled);
            }
            Ok(())
        };
        let wants = |name: &str| wants(name);
        let mut sink = Tables::new(size, &wants, &mut done);
        let read = content_of(path, &mut sink, watch);
        names.append(&mut sink.names);
        read
    };
    if let Some(error) = stopped {
        return Err(error);
    }
    if let Err(fault) = read {
        job.failed(fault.about(path, None))?;
    }
    job.look_for(names)?;
    job.tables()
}

pub(super) fn list_ods(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    let mut lister = Lister::default();
    content_of(path, &mut lister, watch).map_err(|fault| fault.about(path, None))?;
    Ok(lister.found.iter().map(layer_of).collect())
}

/// The reading of a file.
struct Job<'a> {
    path: &'a Path,
    format: &'static str,
    options: &'a ReadOptions,
    /// All sheets of the file, with values or not.
    names: Vec<String>,
    /// What the file says about its data.
    note: Option<String>,
    tables: Vec<Table>,
    failed: Vec<FileError>,
}

impl<'a> Job<'a> {
    fn new(path: &'a Path, format: &'static str, options: &'a ReadOptions) -> Job<'a> {
        let (names, tables, failed) = (Vec::new(), Vec::new(), Vec::new());
        Job { path, format, options, names, note: None, tables, failed }
    }

    /// Takes note of which sheets there are.
    ///
    /// # Errors
    /// When the sheet asked for is not among them.
    fn look_for(&mut self, names: Vec<String>) -> Result<(), FileError> {
        self.names = names;
        match &self.options.layer {
            Some(wanted) if !self.names.contains(wanted) => {
                let what = Message::new("error-no-layer").text("layer", wanted.as_str());
                let remedy = Message::new("remedy-layers").text("layers", self.names.join(", "));
                Err(FileError::new(self.path, what).remedy(remedy))
            }
            _ => Ok(()),
        }
    }

    fn wants(&self, name: &str) -> bool {
        self.options.layer.as_deref().is_none_or(|wanted| wanted == name)
    }

    /// Takes a sheet that was read, or why it was not.
    ///
    /// # Errors
    /// When the person cancelled.
    fn done(&mut self, listed: &Listed, sheet: Result<Sheet, Fault>) -> Result<(), FileError> {
        let read = sheet.and_then(|sheet| sheet.finish().map_err(Fault::from));
        let made = match read {
            Ok(None) => return Ok(()),
            Ok(Some(read)) => self.table(listed, read),
            Err(fault) => Err(fault.about(self.path, Some(&listed.name))),
        };
        match made {
            Ok(table) => self.tables.push(table),
            Err(error) => self.failed(error)?,
        }
        Ok(())
    }

    /// Keeps an error for the end: other sheets may be well.
    ///
    /// # Errors
    /// When the person cancelled.
    fn failed(&mut self, error: FileError) -> Result<(), FileError> {
        if error.is_cancelled() {
            return Err(error);
        }
        self.failed.push(error);
        Ok(())
    }

    fn table(&self, listed: &Listed, read: super::sheet::Read) -> Result<Table, FileError> {
        let super::sheet::Read { mut fields, mut arrays, rows, mut problems } = read;
        let chosen = self.options.crs.as_ref();
        let mut of_place = crate::problem::Problems::new();
        let (geometry, crs) =
            place::take(self.path, &mut fields, &mut arrays, rows.len(), chosen, &mut of_place)?;
        // A person looks for the row in the sheet.
        of_place.map_rows(|row| {
            let at = usize::try_from(row).ok().and_then(|row| row.checked_sub(1));
            let in_sheet = at.and_then(|at| rows.get(at));
            in_sheet.map_or(row, |in_sheet| u64::from(*in_sheet) + 1)
        });
        problems.extend(of_place);
        problems.add("problem-spreadsheet-hidden", u64::from(listed.is_hidden));
        let table = Table::new(listed.name.clone(), rows.len(), fields, arrays, geometry);
        let mut table = table.map_err(|defect| {
            let what = Message::new("error-defect").text("detail", defect.to_string());
            FileError::new(self.path, what)
        })?;
        table.crs = crs;
        table.origin = Origin {
            path: self.path.to_owned(),
            format: self.format,
            layer: Some(listed.name.clone()),
            note: self.note.clone(),
            problems,
            ..Origin::default()
        };
        Ok(table)
    }

    /// The tables, with what went wrong.
    ///
    /// # Errors
    /// When there is none.
    fn tables(mut self) -> Result<Vec<Table>, FileError> {
        let stem = stem_of(self.path);
        let is_alone = self.names.len() == 1;
        for table in &mut self.tables {
            table.name = name_of(&table.name, &stem, is_alone);
        }
        let mut failed = self.failed.into_iter();
        let Some(first) = self.tables.first_mut() else {
            return Err(failed.next().unwrap_or_else(|| {
                FileError::new(self.path, Message::new("spreadsheet-error-empty"))
            }));
        };
        for error in failed {
            let place = error.place.unwrap_or(Place::Member(String::new()));
            let what = vec![("what", Arg::Message(Box::new(error.what)))];
            first.origin.problems.report("problem-spreadsheet-sheet", 1, what, Some(place));
        }
        Ok(self.tables)
    }
}

/// What a layer is called: as its sheet, and as its file where the sheet's name says nothing.
fn name_of(sheet: &str, stem: &str, is_alone: bool) -> String {
    let words = ["Blad", "Sheet", "Feuil", "Tabelle", "Worksheet", "Hoja", "Foglio"];
    let number = words.iter().find_map(|word| sheet.strip_prefix(word));
    let number =
        number.map(str::trim).filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    match number {
        _ if is_alone => stem.to_owned(),
        Some("" | "1") => stem.to_owned(),
        Some(_) => format!("{stem} ({sheet})"),
        None => sheet.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_are_called_by_what_says_something() {
        for (sheet, is_alone, name) in [
            ("Fietsen", true, "stad"),
            ("Fietsen", false, "Fietsen"),
            ("Blad1", false, "stad"),
            ("Sheet 1", false, "stad"),
            ("Blad2", false, "stad (Blad2)"),
            ("Bladen", false, "Bladen"),
        ] {
            assert_eq!(name_of(sheet, "stad", is_alone), name);
        }
    }
}
