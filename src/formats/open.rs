//! Opening a path of unknown format: a file, a folder or a .zip archive.

use std::io::Read;
use std::path::{Path, PathBuf};

use arrow_array::BooleanArray;

use super::archive;
use super::{Confidence, FORMATS, Format, ListedLayer, ReadOptions, Within};
use crate::crs::HowFound;
use crate::i18n::{Arg, Message};
use crate::jobs::Watch;
use crate::problem::{FileError, Place, Problems};
use crate::table::{Table, read_fields};

/// The extensions of images with a place, which the room `raster` opens.
pub const IMAGE_EXTENSIONS: [&str; 5] = ["tif", "tiff", "png", "jpg", "jpeg"];

/// How much of a file the formats are shown to recognise it by.
pub(super) const HEAD: usize = 4096;

/// Files that belong to the .shp of the same name.
const COMPANIONS: &[&str] =
    &["shx", "dbf", "prj", "cpg", "cst", "qpj", "qix", "sbn", "sbx", "fbn", "fbx", "ain", "aih"];

/// The format a path is read with: the surest by content, the extension where the content does
/// not tell. Folders and .zip archives are looked into: the format of the first file in them.
///
/// # Errors
/// When the path cannot be read or is of no known format.
pub fn format_of(path: &Path) -> Result<&'static Format, FileError> {
    let metadata = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?;
    if metadata.is_dir() {
        let first = files_of(path)?.into_iter().next();
        return first.map(|(_, format)| format).ok_or_else(|| empty_folder(path));
    }
    let head = head_of(path)?;
    if is_archive(path, &head) {
        return archive::first_format(path);
    }
    recognise(path, &head).map(|(format, _)| format).ok_or_else(|| unknown(path))
}

/// Which layers a file holds, where that is known without reading it; empty where it is not.
///
/// # Errors
/// When the file cannot be read.
pub fn layers_in(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    let list = recognise(path, &head_of(path)?).and_then(|(format, _)| format.list);
    list.map_or_else(|| Ok(Vec::new()), |list| list(path, watch))
}

/// Reads all layers of a file, a folder (every file in it that a format is sure of) or a .zip.
///
/// # Errors
/// When nothing useful can be read; the error names the file and the place.
pub fn open(path: &Path, options: &ReadOptions, watch: &Watch) -> Result<Vec<Table>, FileError> {
    let metadata = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?;
    let mut tables = if metadata.is_dir() {
        open_folder(path, options, watch)?
    } else {
        let head = head_of(path)?;
        if is_archive(path, &head) {
            archive::open(path, options, watch)?
        } else {
            let (format, _) = recognise(path, &head).ok_or_else(|| unknown(path))?;
            (format.read)(path, options, watch)?
        }
    };
    if let Some(name) = &options.layer {
        tables = only_layer(path, tables, name)?;
    }
    settled(tables, options, watch)
}

/// The rows in the rectangle asked for, in the CRS chosen, their fields what the person says.
///
/// # Errors
/// When the rectangle is in degrees and nobody knows the CRS of a table, or the person cancelled.
pub(super) fn settled(
    mut tables: Vec<Table>,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    // Before rows are left out: what cannot be read is told with its row in the file.
    settle_fields(&mut tables, options, watch)?;
    if let Some(crs) = &options.crs {
        for table in tables.iter_mut().filter(|table| table.geometry.is_some()) {
            let mut chosen = crs.clone();
            chosen.how = HowFound::Chosen;
            table.crs = Some(chosen);
        }
    }
    if let Some(wanted) = &options.extent {
        // Also where a format found what it needs by its index: boxes there may be rounded.
        tables =
            tables.into_iter().map(|table| within(table, *wanted)).collect::<Result<_, _>>()?;
    }
    Ok(tables)
}

/// The fields of tables read from a file, as the person says they are: [`ReadOptions::fields`].
///
/// # Errors
/// When the person cancelled.
pub fn settle_fields(
    tables: &mut [Table],
    options: &ReadOptions,
    watch: &Watch,
) -> Result<(), FileError> {
    for table in tables.iter_mut() {
        let read = read_fields(table, &options.fields, watch);
        read.map_err(|_| FileError::cancelled(&table.origin.path))?;
    }
    for name in options.fields.keys() {
        let is_there = tables.iter().any(|table| table.field_index(name).is_some());
        if let Some(first) = tables.first_mut().filter(|_| !is_there) {
            let field = vec![("field", Arg::Text(name.clone()))];
            first.origin.problems.report("problem-read-as-no-field", 1, field, None);
        }
    }
    Ok(())
}

/// Whether a file is a .zip archive with data files in it, and not a document that is zipped.
fn is_archive(path: &Path, head: &[u8]) -> bool {
    let is_document = || matches!(recognise(path, head), Some((_, Confidence::Sure)));
    archive::is_zip(head) && !is_document()
}

/// Only the rows whose box meets a rectangle; all of a table without geometry.
fn within(table: Table, wanted: Within) -> Result<Table, FileError> {
    let Some(geometry) = &table.geometry else { return Ok(table) };
    let Some(extent) = wanted.in_crs(table.crs.as_ref()) else {
        let what = Message::new("error-rectangle-without-crs");
        let remedy = Message::new("remedy-rectangle-without-crs");
        return Err(FileError::new(&table.origin.path, what).remedy(remedy));
    };
    let meets = geometry.iter().map(|row| row.extent().is_some_and(|of| of.intersects(&extent)));
    let meets: BooleanArray = meets.map(Some).collect();
    if meets.true_count() == table.rows() {
        return Ok(table);
    }
    // It has a value for every row.
    Ok(table.filter_rows(&meets).unwrap_or(table))
}

/// The surest format; among equals the one whose extension it is, then the first offered.
pub(super) fn recognise(path: &Path, head: &[u8]) -> Option<(&'static Format, Confidence)> {
    let extension = extension_of(path);
    let is_named = |format: &&&Format| format.extensions.contains(&extension.as_str());
    let named = FORMATS.iter().filter(is_named);
    let others = FORMATS.iter().filter(|format| !is_named(format));
    let mut best: Option<(&'static Format, Confidence)> = None;
    for format in named.chain(others) {
        let confidence = (format.recognise)(path, head);
        if confidence > best.map_or(Confidence::No, |(_, best)| best) {
            best = Some((*format, confidence));
        }
        // Of most files the name is right, and none can be surer than sure.
        if confidence == Confidence::Sure {
            break;
        }
    }
    best
}

/// Whether a file is only a part of a shapefile whose .shp is among `others`.
pub(super) fn is_companion(path: &Path, others: &[PathBuf]) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase());
    let name = name.unwrap_or_default();
    let stem = match name.strip_suffix(".shp.xml") {
        Some(stem) => stem,
        None => match name.rsplit_once('.') {
            Some((stem, extension)) if COMPANIONS.contains(&extension) => stem,
            _ => return false,
        },
    };
    let wanted = format!("{stem}.shp");
    others.iter().any(|other| {
        other.parent() == path.parent()
            && other.file_name().is_some_and(|name| name.to_string_lossy().to_lowercase() == wanted)
    })
}

/// Whether a file may be data or a part of it, by its name alone.
pub(super) fn may_be_data(path: &Path) -> bool {
    let extension = extension_of(path);
    COMPANIONS.contains(&extension.as_str())
        || FORMATS.iter().any(|format| format.extensions.contains(&extension.as_str()))
}

/// A file's name without its extension: what a layer without a name is called.
pub(super) fn stem_of(path: &Path) -> String {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}

pub(super) fn extension_of(path: &Path) -> String {
    path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default()
}

pub(super) fn head_of(path: &Path) -> Result<Vec<u8>, FileError> {
    let file = std::fs::File::open(path).map_err(|error| FileError::io(path, &error))?;
    let mut head = Vec::with_capacity(HEAD);
    let limit = u64::try_from(HEAD).unwrap_or(u64::MAX);
    file.take(limit).read_to_end(&mut head).map_err(|error| FileError::io(path, &error))?;
    Ok(head)
}

/// The data files directly in a folder, by name, with their formats.
fn files_of(folder: &Path) -> Result<Vec<(PathBuf, &'static Format)>, FileError> {
    let entries = std::fs::read_dir(folder).map_err(|error| FileError::io(folder, &error))?;
    let mut paths = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| FileError::io(folder, &error))?.path();
        if path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(sure_files(&paths))
}

/// The files a format is sure of, parts of shapefiles left out.
pub(super) fn sure_files(paths: &[PathBuf]) -> Vec<(PathBuf, &'static Format)> {
    let own = paths.iter().filter(|path| !is_companion(path, paths));
    own.filter_map(|path| {
        let head = head_of(path).ok()?;
        let (format, confidence) = recognise(path, &head)?;
        (confidence == Confidence::Sure).then(|| (path.clone(), format))
    })
    .collect()
}

fn open_folder(
    folder: &Path,
    options: &ReadOptions,
    watch: &Watch,
) -> Result<Vec<Table>, FileError> {
    let files = files_of(folder)?;
    if files.is_empty() {
        return Err(empty_folder(folder));
    }
    read_several(files, options, watch, |_, _| {})
}

/// Reads several files; one that cannot be read is a problem of the first that can. `settle`
/// gets every table made from a file, and the path of the file.
///
/// # Errors
/// The first error when no file can be read, and every cancel.
pub(super) fn read_several(
    files: Vec<(PathBuf, &'static Format)>,
    options: &ReadOptions,
    watch: &Watch,
    settle: impl Fn(&mut Table, &Path),
) -> Result<Vec<Table>, FileError> {
    let mut tables: Vec<Table> = Vec::new();
    let mut failed = Vec::new();
    for (path, format) in files {
        match (format.read)(&path, &ReadOptions { layer: None, ..options.clone() }, watch) {
            Ok(mut made) => {
                made.iter_mut().for_each(|table| settle(table, &path));
                tables.append(&mut made);
            }
            Err(error) if error.is_cancelled() => return Err(error),
            Err(error) => failed.push(error),
        }
    }
    let Some(first) = tables.first_mut() else {
        let error = failed.into_iter().next();
        return Err(error.unwrap_or_else(|| FileError::cancelled(PathBuf::new())));
    };
    first.origin.problems.extend(failures(failed));
    Ok(tables)
}

fn failures(failed: Vec<FileError>) -> Problems {
    let mut problems = Problems::new();
    for error in failed {
        let name = error.path.file_name().unwrap_or(error.path.as_os_str());
        let place = Place::Member(name.to_string_lossy().into_owned());
        let what = vec![("what", Arg::Message(Box::new(error.what)))];
        problems.report("problem-file-not-read", 1, what, Some(place));
    }
    problems
}

fn only_layer(path: &Path, tables: Vec<Table>, name: &str) -> Result<Vec<Table>, FileError> {
    let names: Vec<String> = tables.iter().map(|table| table.name.clone()).collect();
    let of_layer = |table: &Table| {
        table.name == name || table.origin.layer.as_deref().is_some_and(|layer| layer == name)
    };
    let found: Vec<Table> = tables.into_iter().filter(of_layer).collect();
    if found.is_empty() {
        let what = Message::new("error-no-layer").text("layer", name);
        let remedy = Message::new("remedy-layers").text("layers", names.join(", "));
        return Err(FileError::new(path, what).remedy(remedy));
    }
    Ok(found)
}

fn empty_folder(path: &Path) -> FileError {
    FileError::new(path, Message::new("error-folder-without-data")).remedy(known_extensions())
}

fn unknown(path: &Path) -> FileError {
    FileError::new(path, Message::new("error-unknown-format")).remedy(known_extensions())
}

/// What can be opened, as a remedy.
pub(super) fn known_extensions() -> Message {
    let known: Vec<String> = FORMATS
        .iter()
        .flat_map(|format| format.extensions.iter().map(|extension| format!(".{extension}")))
        .chain([".zip".to_owned()])
        .chain(IMAGE_EXTENSIONS.map(|extension| format!(".{extension}")))
        .collect();
    Message::new("remedy-known-extensions").text("extensions", known.join(", "))
}
