//! What stands around the features of a GeoJSON file.

use super::crs_member::{self, Said};
use super::features::{Fail, Reader};
use super::geometry::kind_of;
use crate::i18n::{Arg, Message};
use crate::problem::Place;

/// How many different members of the root are remembered, to tell those that occur twice.
const REMEMBERED: usize = 64;

/// The members of the root object that were read, but for the features.
#[derive(Default)]
pub(in crate::formats) struct Root {
    pub name: Option<String>,
    pub note: Option<String>,
    pub crs: Said,
    kind: Option<String>,
    is_collection: bool,
    other_format: Option<&'static str>,
    seen: Vec<String>,
    /// Whether no member was read yet.
    first: bool,
}

/// Where the reading of the root's members stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum Stop {
    /// Behind the root's `}`.
    End,
    /// Before the `[` of the features.
    Features,
}

impl Root {
    /// A root object whose `{` is taken.
    pub fn new() -> Root {
        Root { first: true, ..Root::default() }
    }

    /// Reads members up to the features or the end. Members come in any order, and whether the
    /// object is itself a feature or a geometry is known at its end.
    pub fn members(&mut self, reader: &mut Reader<'_>) -> Result<Stop, Fail> {
        while let Some(key) = reader.scanner.next_key(&mut self.first)? {
            if self.seen.iter().any(|known| *known == key) {
                reader.rows.problems.at("problem-duplicate-key", Place::Field(key.to_string()));
            }
            let scanner = &mut reader.scanner;
            let is_features = key == "features" && scanner.peek()? == b'[';
            match &*key {
                _ if is_features => self.is_collection = true,
                "type" | "name" | "note" if scanner.peek()? == b'"' => {
                    let text = Some(scanner.string()?.into_owned());
                    match &*key {
                        "type" => self.kind = text,
                        "name" => self.name = text,
                        _ => self.note = text,
                    }
                }
                "crs" => self.crs = crs_member::parse(scanner.skip()?),
                "geometryType" | "spatialReference" => {
                    self.other_format = Some("Esri JSON");
                    scanner.skip()?;
                }
                _ => {
                    scanner.skip()?;
                }
            }
            if self.seen.len() < REMEMBERED {
                self.seen.push(key.into_owned());
            }
            if is_features {
                return Ok(Stop::Features);
            }
        }
        Ok(Stop::End)
    }

    /// What the object is, once all its members were read. `start` is where its `{` stands.
    pub fn settle(&mut self, reader: &mut Reader<'_>, start: usize) -> Result<(), Fail> {
        if self.kind.as_deref() == Some("Topology") {
            // Otherwise it is recognised by its beginning.
            let what = Message::new("error-topojson-by-name");
            return Err(Fail::File(what, Message::new("remedy-topojson-by-name")));
        }
        if let Some(name) = self.other_format {
            let what = Message::new("error-other-json").text("format", name);
            return Err(Fail::File(what, Message::new("remedy-convert-to-geojson")));
        }
        let end = reader.scanner.at();
        match self.kind.as_deref() {
            kind if self.is_collection => {
                if kind != Some("FeatureCollection") {
                    let found = kind.unwrap_or_default().to_owned();
                    let args = vec![("found", Arg::Text(found))];
                    reader.rows.problems.report("problem-root-type", 1, args, None);
                }
            }
            Some("Feature") => {
                reader.scanner.seek(start);
                reader.feature(true)?;
            }
            Some(name) if kind_of(name).is_some() => {
                reader.scanner.seek(start);
                reader.bare_geometry()?;
            }
            _ => return Err(not_geojson()),
        }
        reader.scanner.seek(end);
        Ok(())
    }
}

/// JSON of another kind.
pub(super) fn not_geojson() -> Fail {
    Fail::File(Message::new("error-not-geojson"), Message::new("remedy-not-geojson"))
}
