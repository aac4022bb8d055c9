//! GML as web services give it: the simple features of GML 2.1, 3.1 and 3.2 (OGC 02-069, 03-105r1,
//! 07-036), in the answers of a WFS 1.0 to 2.0 or in a file of any other collection. Each type of
//! feature is a table, in the order in which they come.
//!
//! - A property is a column; elements inside it are columns too, with the names of the elements on
//!   the way there and dots between them (`adres.Adres.straat`). What an attribute of a property
//!   says stands in a column of its own (`hoogte_uom`), save what is of XML or a link's own form. Of
//!   what columns hold speaks the schema beside the file (`.xsd`), or else all their values.
//! - An empty element, and one with `xsi:nil`, has no value, as GDAL reads it.
//! - The first property of a type that is geometry says where its rows are. Others stay as columns
//!   of well-known text, which is told.
//! - Coordinates are put in the order x, y where the notation of `srsName` has the north first
//!   ([`crate::crs::Crs::is_north_first_as`]). A geometry that is in another system than the first of
//!   its layer is transformed to that, and counted.
//! - Curves become lines as in other formats: every 4 degrees.

mod curve;
mod feature;
mod figure;
mod geometry;
mod list;
mod members;
mod namespaces;
mod positions;
mod read;
mod schema;
mod systems;

use std::path::Path;

use super::{Confidence, Format};
use crate::formats::encoding::beginning;
use crate::formats::xml;
use crate::problem::Problems;

/// GML.
pub static FORMAT: Format = Format {
    id: "gml",
    name: "GML",
    extensions: &["gml", "xml"],
    recognise,
    read: read::read,
    write: None,
    write_several: None,
    only_in: None,
    changes: |_, _| Problems::new(),
    list: Some(list::list),
};

fn recognise(path: &Path, head: &[u8]) -> Confidence {
    let extension = super::open::extension_of(path);
    let is_named = extension == "gml";
    let text = beginning(head);
    match xml::root_of(&text) {
        Some(("kml" | "gpx" | "schema", _)) => Confidence::No,
        Some((name, tag)) => {
            let tells = ["opengis.net/gml", "opengis.net/wfs"].iter().any(|it| tag.contains(it));
            let is_refusal = matches!(name, "ExceptionReport" | "ServiceExceptionReport");
            match (name.ends_with("FeatureCollection") || tells) && !is_refusal {
                true if !name.ends_with("_Capabilities") => Confidence::Sure,
                _ if is_named || is_refusal => Confidence::Maybe,
                _ => Confidence::No,
            }
        }
        // Named so, it gets an error that says what is wrong with it.
        None if is_named => Confidence::Maybe,
        None => Confidence::No,
    }
}
