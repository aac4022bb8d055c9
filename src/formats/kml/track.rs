//! Tracks: positions with moments, and with values that were measured at them.

use super::geometry::Geometry;
use crate::formats::xml::{Position, Repeats, Rows, Stop, Tag, Xml, number_of};
use crate::table::{FieldKind, GeometryBuilder};

/// The tracks of a placemark.
#[derive(Default)]
pub(super) struct Tracks {
    name: String,
    tracks: Vec<Track>,
}

#[derive(Default)]
struct Track {
    moments: Vec<String>,
    positions: Vec<Option<Position>>,
    angles: Vec<String>,
    /// What was measured, by name, in the order of the positions.
    values: Vec<(String, Vec<String>)>,
}

impl Tracks {
    /// What the placemark is called.
    pub fn name(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    /// Reads a `gx:Track` or `gx:MultiTrack` whose start is taken.
    pub fn read(
        &mut self,
        xml: &mut Xml<'_>,
        tag: Tag<'_>,
        geometry: &mut Geometry,
        rows: &mut Rows,
    ) -> Result<(), Stop> {
        if tag.local() == "Track" {
            return self.track(xml, geometry, rows);
        }
        while let Some(tag) = xml.child()? {
            if tag.local() == "Track" {
                self.track(xml, geometry, rows)?;
            } else {
                rows.not_kept(tag.local());
                xml.skip()?;
            }
        }
        Ok(())
    }

    fn track(
        &mut self,
        xml: &mut Xml<'_>,
        geometry: &mut Geometry,
        rows: &mut Rows,
    ) -> Result<(), Stop> {
        let mut track = Track::default();
        while let Some(tag) = xml.child()? {
            match tag.local() {
                "when" => track.moments.push(xml.text()?.trim().to_owned()),
                "coord" => {
                    let position = position(&xml.text()?);
                    if position.is_err() {
                        geometry.is_bad(rows);
                    }
                    track.positions.push(position.unwrap_or_default());
                }
                "angles" => track.angles.push(xml.text()?.trim().to_owned()),
                "ExtendedData" | "SchemaData" => track.measured(xml, rows)?,
                "altitudeMode" => geometry.altitude_mode(xml.text()?.trim()),
                name => {
                    rows.not_kept(name);
                    xml.skip()?;
                }
            }
        }
        let positions: Vec<Position> = track.positions.iter().flatten().copied().collect();
        geometry.line(&positions, rows);
        self.tracks.push(track);
        Ok(())
    }

    /// The first and the last moment.
    pub fn span(&self) -> Option<(&str, &str)> {
        let moments = || self.tracks.iter().flat_map(|track| &track.moments);
        let is_told = |moment: &&String| !moment.is_empty();
        let first = moments().find(is_told)?;
        let last = moments().rfind(is_told)?;
        Some((first, last))
    }

    /// Adds a row for each position, where there is more to tell about it than where it is.
    pub fn add_points(&self, rows: &mut Rows, placemark: u64) {
        let tells = |track: &Track| {
            !track.moments.is_empty() || !track.angles.is_empty() || !track.values.is_empty()
        };
        if !self.tracks.iter().any(tells) {
            return;
        }
        for (number, track) in self.tracks.iter().enumerate() {
            for at in 0..track.positions.len() {
                let text = Some(FieldKind::Text);
                let whole = Some(FieldKind::Integer);
                let mut set = |name: &str, told, value: &str| {
                    if !value.is_empty() {
                        rows.set(name, told, value, Repeats::Dropped);
                    }
                };
                set("name", text, &self.name);
                set("placemark", whole, &placemark.to_string());
                set("segment", whole, &(number + 1).to_string());
                set("point", whole, &(at + 1).to_string());
                set("when", None, track.moments.get(at).map_or("", String::as_str));
                set("angles", text, track.angles.get(at).map_or("", String::as_str));
                for (name, values) in &track.values {
                    set(name, None, values.get(at).map_or("", String::as_str));
                }
                if let Some(position) = track.positions.get(at).copied().flatten() {
                    let mut shape = rows.begin_shape();
                    let builder: &mut GeometryBuilder = &mut rows.geometry;
                    shape.point(builder, Some(position));
                    let _ = shape.settle(builder);
                }
                rows.end_row();
            }
        }
    }
}

impl Track {
    /// Values at the positions: `gx:SimpleArrayData` with a `gx:value` for each.
    fn measured(&mut self, xml: &mut Xml<'_>, rows: &mut Rows) -> Result<(), Stop> {
        // Down to the arrays, whatever is around them.
        let mut depth = 1;
        while depth > 0 {
            let Some(tag) = xml.child()? else {
                depth -= 1;
                continue;
            };
            match tag.local() {
                "SchemaData" | "ExtendedData" => depth += 1,
                "SimpleArrayData" => {
                    let name = tag.attribute("name").unwrap_or_default().into_owned();
                    let mut values = Vec::new();
                    while let Some(tag) = xml.child()? {
                        if tag.local() == "value" {
                            values.push(xml.text()?.into_owned());
                        } else {
                            xml.skip()?;
                        }
                    }
                    self.values.push((name, values));
                }
                name => {
                    rows.not_kept(name);
                    xml.skip()?;
                }
            }
        }
        Ok(())
    }
}

/// `lon lat height`; none for a position that is not known.
fn position(text: &str) -> Result<Option<Position>, ()> {
    let mut numbers = text.split_ascii_whitespace().map(number_of);
    let (x, y, z) = (numbers.next(), numbers.next(), numbers.next());
    match (x, y, z) {
        (None, ..) => Ok(None),
        (Some(Some(x)), Some(Some(y)), None) => Ok(Some(([x, y], None))),
        (Some(Some(x)), Some(Some(y)), Some(Some(z))) => Ok(Some(([x, y], Some(z)))),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_of_tracks_have_spaces_between_their_numbers() {
        assert_eq!(position(" 3.7 51\n"), Ok(Some(([3.7, 51.0], None))));
        assert_eq!(position("3.7 51 -2.5"), Ok(Some(([3.7, 51.0], Some(-2.5)))));
        assert_eq!(position(" "), Ok(None));
        for text in ["3.7", "3.7,51", "3.7 x", "3.7 51 x"] {
            assert_eq!(position(text), Err(()), "{text}");
        }
    }
}
