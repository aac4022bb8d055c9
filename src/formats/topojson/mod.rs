//! TopoJSON (github.com/topojson/topojson-specification): GeoJSON whose lines are cut into arcs that
//! neighbours share. Each object is a layer; its properties are read as those of GeoJSON, and so is
//! its CRS found.

mod arcs;
mod geometry;
mod read;

use std::path::Path;

use super::{Confidence, Format};
use crate::formats::encoding::beginning;
use crate::problem::Problems;

/// TopoJSON.
pub static FORMAT: Format = Format {
    id: "topojson",
    name: "TopoJSON",
    extensions: &["topojson"],
    recognise,
    read: read::read,
    write: None,
    write_several: None,
    only_in: None,
    changes: |_, _| Problems::new(),
    list: Some(read::list),
};

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    let text = beginning(head);
    let text = text.trim_start();
    let is_named = super::open::extension_of(path) == "topojson";
    match text.starts_with('{') {
        true if is_named || is_topology(text) => Confidence::Sure,
        // Named so, it gets an error that says what is wrong with it.
        false if is_named => Confidence::Maybe,
        _ => Confidence::No,
    }
}

/// Whether the beginning of a JSON text says that it is a topology.
pub(super) fn is_topology(text: &str) -> bool {
    text.match_indices("\"Topology\"").any(|(at, _)| {
        let before = text.get(..at).unwrap_or_default().trim_end();
        before.strip_suffix(':').is_some_and(|key| key.trim_end().ends_with("\"type\""))
    })
}
