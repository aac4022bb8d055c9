//! The files that layers are read from, as they were when the project was saved.
//!
//! They stand in the project beside the layers, so that a folder that was moved is found again by
//! what is in its files, and a file that was changed meanwhile is noticed.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::own_basemap::OwnBasemap;
use super::stamp::Stamp;

/// A file as it was when the project was saved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FileSeen {
    /// Where it is: in a project file relative to it, in memory absolute.
    pub path: String,
    /// Its size, time and content.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// What was read of it, a layer each.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub layers: Vec<TableSeen>,
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

/// The files of a document's layers, images and basemaps as they are now. What was seen before counts for a
/// file whose size and time are the same, so that a large one is read once; of a file that is not
/// there what was seen before is kept. Reads files: for a job.
pub fn seen_now(document: &Document, before: &[FileSeen], loaded: &[LoadedTable]) -> Vec<FileSeen> {
    let layers = document.layers.iter().filter(|layer| layer.source.is_file());
    let paths = layers.map(|layer| layer.source.path.as_str());
    let paths: BTreeSet<&str> = paths
        .chain(document.backdrops.iter().map(|backdrop| backdrop.path.as_str()))
        .chain(document.basemaps.iter().filter_map(OwnBasemap::path))
        .filter(|path| !path.is_empty())
        .collect();
    let seen = |path: &str| {
        let before = before.iter().find(|file| file.path == path);
        let Ok(metadata) = std::fs::metadata(path) else { return before.cloned() };
        // A folder has no content of its own.
        if !metadata.is_file() {
            return None;
        }
        let stamp = match before.filter(|file| file.stamp.looks_untouched(&metadata)) {
            Some(file) => file.stamp.clone(),
            None => Stamp::of(Path::new(path)).ok()?,
        };
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
        Some(FileSeen { path: path.to_owned(), stamp, layers })
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
