//! The files that layers are read from, as they were when the project was saved.
//!
//! They stand in the project beside the layers, so that a folder that was moved is found again by
//! what is in its files, and a file that was changed meanwhile is noticed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::own_basemap::OwnBasemap;
use super::stamp::Stamp;
use crate::portal::Address;

/// A file as it was when the project was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileSeen {
    /// Where it is: in a project file relative to it, in memory absolute. Of what was fetched its
    /// address.
    pub path: String,
    /// Its size, time and content; of what was fetched those of the copy that is kept.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// Of a shapefile the files beside it that are read with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub beside: Vec<BesideSeen>,
    /// What was read of it, a layer each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<TableSeen>,
}

/// A file beside another, as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BesideSeen {
    /// Its ending, in small letters and without a dot.
    pub ending: String,
    /// Its size, time and content.
    #[serde(flatten)]
    pub stamp: Stamp,
}

/// The files beside a .shp that say what is in it: its attributes, their encoding and the CRS.
const READ_WITH_SHAPES: [&str; 3] = ["cpg", "dbf", "prj"];

impl FileSeen {
    /// Whether a file that is there has another content than it had, or another beside it. Reads
    /// files that do not look untouched.
    pub(super) fn is_changed(&self, file: &Path) -> bool {
        let is_other = |stamp: &Stamp, file: &Path| {
            let metadata = std::fs::metadata(file);
            !metadata.is_ok_and(|metadata| stamp.looks_untouched(&metadata))
                && Stamp::of(file).is_ok_and(|now| !now.is_same_content(stamp))
        };
        if is_other(&self.stamp, file) {
            return true;
        }
        // Older projects do not know what lay beside it.
        let now = if self.beside.is_empty() { Vec::new() } else { beside(file) };
        let known = |ending: &str| self.beside.iter().find(|it| it.ending == ending);
        now.len() < self.beside.len()
            || now.iter().any(|(ending, path)| {
                known(ending).is_none_or(|before| is_other(&before.stamp, path))
            })
    }
}

/// The files that are read with a shapefile, with their endings; none of another file.
fn beside(file: &Path) -> Vec<(&'static str, PathBuf)> {
    let is_shape = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp"));
    let (Some(folder), Some(stem)) = (file.parent().filter(|_| is_shape), file.file_stem()) else {
        return Vec::new();
    };
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|file| file.path());
    let found = files.filter_map(|path| {
        let own = path.file_stem().is_some_and(|own| own.eq_ignore_ascii_case(stem));
        let ending = path.extension().filter(|_| own)?;
        let known = READ_WITH_SHAPES.into_iter().find(|it| ending.eq_ignore_ascii_case(it))?;
        Some((known, path))
    });
    let mut found: Vec<_> = found.collect();
    found.sort();
    found.dedup_by_key(|(ending, _)| *ending);
    found
}

/// The stamp of a file; that of before where it looks untouched.
fn stamp_of(file: &Path, before: Option<&Stamp>) -> Option<Stamp> {
    let metadata = std::fs::metadata(file).ok()?;
    match before.filter(|stamp| stamp.looks_untouched(&metadata)) {
        Some(stamp) => Some(stamp.clone()),
        None => Stamp::of(file).ok(),
    }
}

/// A table as it was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TableSeen {
    /// The layer inside the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layer: Option<String>,
    /// How many rows it had.
    pub rows: u64,
    /// Its fields.
    pub fields: Vec<String>,
}

/// What was loaded of a layer's source, for [`seen_now`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoadedTable {
    /// The file.
    pub path: String,
    /// What was read of it.
    pub table: TableSeen,
}

/// The files of a document's layers, images and basemaps as they are now; of layers that were fetched the
/// copies, which `kept` finds by their address. What was seen before counts for a file whose size and time
/// are the same, so that a large one is read once; of a file that is not there what was seen before is
/// kept. Reads files: for a job.
pub fn seen_now(
    document: &Document,
    before: &[FileSeen],
    loaded: &[LoadedTable],
    kept: impl Fn(&str) -> Option<PathBuf>,
) -> Vec<FileSeen> {
    let layers = document.layers.iter().filter(|layer| layer.source.notes().is_none());
    let paths: BTreeSet<&str> = layers
        .map(|layer| layer.source.path.as_str())
        .chain(document.backdrops.iter().map(|backdrop| backdrop.path.as_str()))
        .chain(document.basemaps.iter().filter_map(OwnBasemap::path))
        .filter(|path| !path.is_empty())
        .collect();
    let seen = |path: &str| {
        let before = before.iter().find(|file| file.path == path);
        let is_fetched = Address::is_meant(Path::new(path));
        let file = if is_fetched { kept(path) } else { Some(PathBuf::from(path)) };
        let Some((file, metadata)) = file.and_then(|file| {
            let metadata = std::fs::metadata(&file).ok()?;
            Some((file, metadata))
        }) else {
            return before.cloned();
        };
        // A folder has no content of its own.
        if !metadata.is_file() {
            return None;
        }
        let stamp = stamp_of(&file, before.map(|before| &before.stamp))?;
        let beside = beside(&file).into_iter().filter_map(|(ending, path)| {
            let known = before.and_then(|it| it.beside.iter().find(|it| it.ending == ending));
            let stamp = stamp_of(&path, known.map(|known| &known.stamp))?;
            Some(BesideSeen { ending: ending.to_owned(), stamp })
        });
        let beside = beside.collect();
        let mut layers: Vec<TableSeen> = Vec::new();
        for table in loaded.iter().filter(|table| table.path == path) {
            if !layers.iter().any(|known| known.layer == table.table.layer) {
                layers.push(table.table.clone());
            }
        }
        if let Some(before) = before {
            let is_new = |table: &&TableSeen| !layers.iter().any(|it| it.layer == table.layer);
            let kept: Vec<TableSeen> = before.layers.iter().filter(is_new).cloned().collect();
            layers.extend(kept);
        }
        Some(FileSeen { path: path.to_owned(), stamp, beside, layers })
    };
    paths.into_iter().filter_map(seen).collect()
}

/// What is different in a table since it was seen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableChange {
    /// Fields that are gone, in their order.
    pub gone: Vec<String>,
    /// Fields that are new.
    pub new: Vec<String>,
    /// How many rows more.
    pub more: u64,
    /// How many rows fewer.
    pub fewer: u64,
}

impl TableChange {
    /// What is different.
    pub fn between(before: &TableSeen, now: &TableSeen) -> TableChange {
        let not_in = |these: &[String], those: &[String]| {
            these.iter().filter(|name| !those.contains(name)).cloned().collect()
        };
        TableChange {
            gone: not_in(&before.fields, &now.fields),
            new: not_in(&now.fields, &before.fields),
            more: now.rows.saturating_sub(before.rows),
            fewer: before.rows.saturating_sub(now.rows),
        }
    }

    /// Whether fields and number of rows are the same.
    pub fn is_nothing(&self) -> bool {
        *self == TableChange::default()
    }
}
