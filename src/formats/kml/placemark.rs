//! One placemark: a row.

use std::borrow::Cow;

use super::geometry::Geometry;
use super::read::{Layer, Reader};
use super::style::RowStyle;
use super::track::Tracks;
use crate::formats::xml::{Repeats, Rows, Stop, Tag, Xml};
use crate::table::FieldKind;

/// The elements of a placemark that columns are made of, by the names of the columns.
pub(super) const OWN: [&str; 12] = [
    "name",
    "description",
    "snippet",
    "address",
    "phoneNumber",
    "visibility",
    "timestamp",
    "begin",
    "end",
    "altitudeMode",
    "extrude",
    "link",
];

/// What is found in a placemark beside the row's values.
#[derive(Default)]
struct Found {
    geometry: Geometry,
    tracks: Tracks,
    style: RowStyle,
    /// Whether it has a moment of its own.
    is_dated: bool,
}

impl Reader<'_, '_> {
    /// Reads a placemark whose start is taken.
    pub fn row(&mut self, tag: Tag<'_>, layer: &mut Layer) -> Result<(), Stop> {
        if let Some(id) = tag.attribute("id").filter(|id| !id.is_empty()) {
            layer.rows.identify(&id);
        }
        let mut found = Found::default();
        while let Some(tag) = self.xml.child()? {
            self.element(tag, layer, &mut found)?;
        }
        let Found { geometry, tracks, style, is_dated } = found;
        let rows = &mut layer.rows;
        let shown = geometry.settle(rows);
        if !is_dated && let Some((begin, end)) = tracks.span() {
            own(rows, "begin", None, begin);
            own(rows, "end", None, end);
        }
        if layer.is_wanted[1] {
            tracks.add_points(&mut layer.points, layer.placemarks);
        }
        if layer.is_wanted[0] {
            rows.end_row();
            layer.styles.push(RowStyle { shown, ..style });
        } else {
            rows.cancel_row();
        }
        Ok(())
    }

    fn element(&mut self, tag: Tag<'_>, layer: &mut Layer, found: &mut Found) -> Result<(), Stop> {
        let rows = &mut layer.rows;
        let text = Some(FieldKind::Text);
        match tag.local() {
            "name" => {
                let name = self.xml.text()?;
                found.tracks.name(&name);
                own(rows, "name", text, &name);
            }
            name @ ("description" | "address" | "phoneNumber") => {
                own(rows, name, text, &self.xml.text()?);
            }
            "Snippet" | "snippet" => own(rows, "snippet", text, &self.xml.text()?),
            "visibility" => own(rows, "visibility", Some(FieldKind::Boolean), &self.xml.text()?),
            "TimeStamp" | "TimeSpan" => {
                found.is_dated |= moments(&mut self.xml, rows)?;
            }
            "link" => {
                let href = tag.attribute("href").unwrap_or_default();
                own(rows, "link", text, &href);
                self.xml.skip()?;
            }
            "styleUrl" => {
                let url = self.xml.text()?;
                found.style.url = self.styles.refer(url.trim());
            }
            "Style" | "StyleMap" => {
                found.style.inline = self.styles.inline(&mut self.xml, tag, &mut self.problems)?;
            }
            "ExtendedData" => self.schemas.read(&mut self.xml, rows, layer.number)?,
            "Track" | "MultiTrack" => {
                found.geometry.is_group |= tag.local() == "MultiTrack";
                found.tracks.read(&mut self.xml, tag, &mut found.geometry, rows)?;
            }
            "Model" => {
                self.problems.add("problem-kml-models", 1);
                self.xml.skip()?;
            }
            name if Geometry::is(name) => found.geometry.read(&mut self.xml, tag, rows)?,
            name => {
                rows.not_kept(name);
                self.xml.skip()?;
            }
        }
        Ok(())
    }
}

/// Sets a column of the placemark's own; an empty element has no value.
pub(super) fn own(rows: &mut Rows, name: &str, told: Option<FieldKind>, value: &str) {
    if !value.is_empty() {
        rows.set(name, told, value, Repeats::Dropped);
    }
}

/// The moment or the span of time of a placemark.
fn moments(xml: &mut Xml<'_>, rows: &mut Rows) -> Result<bool, Stop> {
    let mut any = false;
    while let Some(tag) = xml.child()? {
        let column = match tag.local() {
            "when" => "timestamp",
            "begin" => "begin",
            "end" => "end",
            name => {
                rows.not_kept(name);
                xml.skip()?;
                continue;
            }
        };
        let text: Cow<'_, str> = xml.text()?;
        own(rows, column, None, text.trim());
        any |= column != "timestamp";
    }
    Ok(any)
}
