//! GeoJSON (RFC 7946), and the older form with a `crs` member.

mod array;
mod crs_member;
mod failures;
mod features;
mod geometry;
mod lines;
mod page;
mod pieces;
mod read;
mod records;
mod root;
mod rows;
mod texts;
mod to_table;
mod ways;
mod write;

use std::path::Path;

use super::json::Scanner;
use super::{Confidence, Format};
use crate::table::{GeometryBuilder, GeometryRef};

pub(super) use crs_member::parse as parse_crs;
pub(super) use failures::{bad_json, failure};
pub(super) use features::{Fail, Reader};
pub(super) use geometry::{Oddities, Outcome as GeometryOutcome, kind_of};
pub(super) use pieces::Found;
pub(super) use root::Root;
pub(super) use rows::Rows;
pub(super) use to_table::table_of;

/// Adds one row with the geometry that a text holds; none (and perhaps a row begun) when the text
/// is not JSON.
pub(super) fn read_geometry(text: &str, builder: &mut GeometryBuilder) -> Option<GeometryOutcome> {
    let mut scanner = Scanner::new(text);
    geometry::read(&mut scanner, builder, &mut Oddities::default()).ok()
}

/// A geometry in WGS 84 as a GeoJSON text.
pub fn text(geometry: GeometryRef<'_>) -> String {
    write::geometry_text(geometry)
}

pub use lines::FORMAT as LINES;
pub use page::{NotAPage, Page, PageFeature, page};
pub use records::FORMAT as RECORDS;

/// GeoJSON.
pub static FORMAT: Format = Format {
    id: "geojson",
    name: "GeoJSON",
    extensions: &["geojson", "json"],
    recognise,
    read: read::read,
    write: Some(write::write),
    write_several: None,
    only_in: None,
    changes: write::changes,
    list: None,
};

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    let text = super::encoding::beginning(head);
    let text = text.trim_start();
    let extension = super::open::extension_of(path);
    let named = FORMAT.extensions.contains(&extension.as_str());
    if !text.starts_with(['{', '[']) {
        // Named so, it gets an error that says what is wrong with it.
        return if named { Confidence::Maybe } else { Confidence::No };
    }
    if super::topojson::is_topology(text) || lines::is_sequence(text) {
        return Confidence::Maybe;
    }
    let telling = [
        "\"FeatureCollection\"",
        "\"Feature\"",
        "\"features\"",
        "\"coordinates\"",
        "\"geometries\"",
        "\"geometry\"",
    ];
    let tells = telling.iter().any(|word| text.contains(word));
    if tells || extension == "geojson" { Confidence::Sure } else { Confidence::Maybe }
}
