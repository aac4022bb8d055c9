//! GPX 1.0 and 1.1 (topografix.com/gpx.asp): way points, routes and tracks, each a layer.
//!
//! The layers and most of their columns are named as GDAL names them. The height is Z, and of
//! points a column `ele` as well. A track is a MultiLineString, a part for each segment, with
//! `begin` and `end`. What its positions say beyond where they are (moments, heart rates) is a layer
//! of its own, `track_points`, and so for routes. What stands in extensions, at any depth, are
//! columns by the names of the innermost elements.

mod changes;
mod fields;
mod list;
mod plan;
mod read;
mod write;
mod write_row;

use std::path::Path;

use super::{Confidence, Format};
use crate::crs::Crs;
use crate::formats::encoding::beginning;
use crate::formats::xml;

/// GPX.
pub static FORMAT: Format = Format {
    id: "gpx",
    name: "GPX",
    extensions: &["gpx"],
    recognise,
    read: read::read,
    write: Some(write::write),
    write_several: Some(write::write_several),
    only_in: Some(Crs::wgs84),
    changes: changes::changes,
    list: Some(list::list),
};

/// The prefix of the elements that values become which GPX has no element for.
const PREFIX: &str = "belfort";

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    let text = beginning(head);
    match xml::root_of(&text) {
        Some(("gpx", _)) => Confidence::Sure,
        // Named so, it gets an error that says what is wrong with it.
        _ if super::open::extension_of(path) == "gpx" => Confidence::Maybe,
        _ => Confidence::No,
    }
}
