//! KML 2.0 to 2.3 and KMZ (OGC 12-007r2), with the elements that Google added: folders are layers,
//! placemarks rows. What Belfort cannot keep is counted.
//!
//! - A table's columns are the elements that placemarks have (`name`, `description`, `timestamp`,
//!   …) and their extended data, of the kinds that a schema tells or all values have. A column of
//!   extended data that is named as one of those elements gets a number behind its name.
//! - Colours that all placemarks of a layer share are the look of the layer; otherwise they are
//!   columns, by the names of simplestyle (`stroke`, `fill`, `marker-color`, …).
//! - A track (`gx:Track`) is a line with `begin` and `end`; the moments and values of its positions
//!   are a layer of their own, `… track_points`, where there are any.

mod changes;
mod extended;
mod folders;
mod geometry;
mod kmz;
mod list;
mod placemark;
mod plan;
mod read;
mod style;
mod style_columns;
mod track;
mod write;
mod write_row;

use std::path::Path;

use super::{Confidence, Format};
use crate::crs::Crs;
use crate::formats::encoding::beginning;
use crate::formats::{archive, xml};

/// KML and KMZ.
pub static FORMAT: Format = Format {
    id: "kml",
    name: "KML",
    extensions: &["kml", "kmz"],
    recognise,
    read: read::read,
    write: Some(write::write),
    write_several: Some(write::write_several),
    only_in: Some(Crs::wgs84),
    changes: changes::changes,
    list: Some(list::list),
};

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    let extension = super::open::extension_of(path);
    if archive::is_zip(head) {
        return if extension == "kmz" { Confidence::Sure } else { Confidence::No };
    }
    let text = beginning(head);
    match xml::root_of(&text) {
        Some(("kml", _)) => Confidence::Sure,
        // Named so, it gets an error that says what is wrong with it.
        _ if FORMAT.extensions.contains(&extension.as_str()) => Confidence::Maybe,
        _ => Confidence::No,
    }
}
