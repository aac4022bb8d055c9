//! GeoParquet (.parquet): columns packed by themselves, with places among them
//! (<https://geoparquet.org>, versions 1.0 and 1.1), and Parquet that has its places otherwise.

mod attributes;
mod coordinates;
mod covering;
mod crs;
mod file;
mod geo;
mod nested;
mod plan;
mod read;
mod thrift;
mod write;
mod write_columns;

use std::path::Path;

pub(super) use read::{list_source, read_source};

use super::{Confidence, Format};

/// GeoParquet, and Parquet without places.
pub static FORMAT: Format = Format {
    id: "geoparquet",
    name: "GeoParquet",
    extensions: &["parquet", "geoparquet"],
    recognise,
    read: read::read,
    write: Some(write::write),
    write_several: None,
    changes: write::changes,
    list: Some(read::list),
    only_in: None,
};

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    if file::is_magic(head) {
        Confidence::Sure
    } else if file::is_named(path) {
        Confidence::Maybe
    } else {
        Confidence::No
    }
}
