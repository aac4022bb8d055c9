//! GeoPackage (.gpkg): tables of an SQLite file, with and without geometry.
//!
//! Source: "OGC GeoPackage Encoding Standard", OGC 12-128r18, version 1.3. What GDAL and QGIS keep
//! beside it (counts of rows, styles) is known by their own files.

mod blob;
mod catalogue;
mod column;
mod database;
mod fields;
mod file_header;
mod listing;
mod moments;
mod pages;
#[cfg(test)]
mod pages_test;
mod read;
mod record;
mod reference_system;
mod rows;
pub(crate) mod uri;
mod write;

use std::path::Path;

use super::pieces::Cut;
use super::{Confidence, Format, ListedLayer, ReadOptions};
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Table;
use catalogue::Catalogue;
use database::Database;
use file_header::FileHeader;

/// GeoPackage: .gpkg.
pub static FORMAT: Format = Format {
    id: "geopackage",
    name: "GeoPackage",
    extensions: &["gpkg"],
    recognise,
    read,
    write: Some(write::write),
    write_several: Some(write::write_several),
    only_in: None,
    changes: write::changes,
    list: Some(list),
};

/// What stands in the first page of a GeoPackage that does not call itself one.
const CONTENTS: &[u8] = b"gpkg_contents";

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    let is_named = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gpkg"));
    match FileHeader::read(head) {
        Some(header) if header.is_geopackage => Confidence::Sure,
        Some(_) if is_named || memchr::memmem::find(head, CONTENTS).is_some() => Confidence::Sure,
        // Any other SQLite file: that it is no GeoPackage can be told better than "unknown".
        Some(_) => Confidence::Maybe,
        None if is_named => Confidence::Maybe,
        None => Confidence::No,
    }
}

fn read(path: &Path, options: &ReadOptions, watch: &Watch) -> Result<Vec<Table>, FileError> {
    read::read(path, options, Cut::default(), watch)
}

/// The layers of a file, without their rows.
fn list(path: &Path, watch: &Watch) -> Result<Vec<ListedLayer>, FileError> {
    let database = Database::open(path, watch)?;
    Ok(Catalogue::of(&database)?.listed())
}
