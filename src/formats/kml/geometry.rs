//! The geometry of a placemark.

use super::placemark::own;
use super::style::Shown;
use crate::formats::xml::{Position, Rows, Shape, ShapeFault, Stop, Tag, Xml, coordinates};
use crate::table::FieldKind;

/// How deep groups of geometries may be nested.
const DEPTH: usize = 16;

/// The geometry of the placemark being read.
#[derive(Default)]
pub(super) struct Geometry {
    shape: Option<Shape>,
    pub is_group: bool,
    shown: Shown,
    is_bad: bool,
    /// Groups inside groups, whose members were taken up.
    nested: u64,
    /// Positions of more than three numbers.
    more_numbers: u64,
    altitude_mode: Option<String>,
    is_extruded: bool,
    positions: Vec<Position>,
}

impl Geometry {
    /// Whether an element is a geometry.
    pub fn is(name: &str) -> bool {
        matches!(name, "Point" | "LineString" | "LinearRing" | "Polygon" | "MultiGeometry")
    }

    /// Reads a geometry whose start is taken.
    pub fn read(&mut self, xml: &mut Xml<'_>, tag: Tag<'_>, rows: &mut Rows) -> Result<(), Stop> {
        // The elements to be ended, groups all.
        let mut depth = 0;
        let mut next = Some(tag);
        loop {
            match next {
                Some(tag) if tag.local() == "MultiGeometry" => {
                    self.begin(rows);
                    self.is_group = true;
                    self.nested += u64::from(depth > 0);
                    depth += 1;
                    if depth > DEPTH {
                        self.is_bad = true;
                        xml.skip()?;
                        depth -= 1;
                    }
                }
                Some(tag) if Self::is(tag.local()) => self.simple(xml, tag, rows)?,
                Some(tag) => {
                    rows.not_kept(tag.local());
                    xml.skip()?;
                }
                None => depth -= 1,
            }
            if depth == 0 {
                return Ok(());
            }
            next = xml.child()?;
        }
    }

    fn begin(&mut self, rows: &mut Rows) {
        if self.shape.is_none() {
            self.shape = Some(rows.begin_shape());
        }
    }

    /// A track: a line of its positions.
    pub fn line(&mut self, positions: &[Position], rows: &mut Rows) {
        self.begin(rows);
        self.shown.lines = true;
        if let Some(shape) = &mut self.shape {
            shape.line(&mut rows.geometry, positions);
        }
    }

    /// Says that there are coordinates that are none.
    pub fn is_bad(&mut self, rows: &mut Rows) {
        self.begin(rows);
        self.is_bad = true;
    }

    /// What the heights of the row are counted from.
    pub fn altitude_mode(&mut self, mode: &str) {
        if mode != "clampToGround" && !mode.is_empty() {
            self.altitude_mode = Some(mode.to_owned());
        }
    }

    fn simple(&mut self, xml: &mut Xml<'_>, tag: Tag<'_>, rows: &mut Rows) -> Result<(), Stop> {
        self.begin(rows);
        let kind = tag.local();
        let mut rings: Vec<Vec<Position>> = Vec::new();
        let mut with_outer = false;
        let mut positions = std::mem::take(&mut self.positions);
        positions.clear();
        while let Some(tag) = xml.child()? {
            match tag.local() {
                "coordinates" if kind != "Polygon" => {
                    self.coordinates(&xml.text()?, &mut positions);
                }
                "outerBoundaryIs" | "innerBoundaryIs" if kind == "Polygon" => {
                    let is_outer = tag.local() == "outerBoundaryIs";
                    let at = if is_outer && !with_outer { 0 } else { rings.len() };
                    with_outer |= is_outer;
                    self.boundary(xml, rows, &mut rings, at)?;
                }
                name => self.detail(name, &xml.text()?, rows),
            }
        }
        if !self.is_bad
            && let Some(shape) = &mut self.shape
        {
            let builder = &mut rows.geometry;
            match kind {
                "Point" => {
                    self.shown.points = true;
                    shape.point(builder, positions.first().copied());
                    for position in positions.iter().skip(1) {
                        shape.point(builder, Some(*position));
                    }
                }
                "Polygon" if !with_outer && !rings.is_empty() => self.is_bad = true,
                "Polygon" => {
                    self.shown.polygons = true;
                    shape.polygon(builder, rings.iter().map(Vec::as_slice));
                }
                _ => {
                    self.shown.lines = true;
                    shape.line(builder, &positions);
                }
            }
        }
        self.positions = positions;
        Ok(())
    }

    /// The rings of a boundary; the first of them is put where it belongs.
    fn boundary(
        &mut self,
        xml: &mut Xml<'_>,
        rows: &mut Rows,
        rings: &mut Vec<Vec<Position>>,
        at: usize,
    ) -> Result<(), Stop> {
        let mut at = at;
        while let Some(tag) = xml.child()? {
            if tag.local() != "LinearRing" {
                rows.not_kept(tag.local());
                xml.skip()?;
                continue;
            }
            let mut ring = Vec::new();
            while let Some(tag) = xml.child()? {
                match tag.local() {
                    "coordinates" => self.coordinates(&xml.text()?, &mut ring),
                    name => self.detail(name, &xml.text()?, rows),
                }
            }
            rings.insert(at.min(rings.len()), ring);
            at = rings.len();
        }
        Ok(())
    }

    fn coordinates(&mut self, text: &str, positions: &mut Vec<Position>) {
        match coordinates(text, positions) {
            Ok(more_numbers) => self.more_numbers += more_numbers,
            Err(ShapeFault) => self.is_bad = true,
        }
    }

    /// How a geometry stands on the ground.
    fn detail(&mut self, name: &str, value: &str, rows: &mut Rows) {
        let value = value.trim();
        let is_set = matches!(value, "1" | "true");
        match name {
            "extrude" if is_set => self.is_extruded = true,
            "altitudeMode" => self.altitude_mode(value),
            "extrude" => {}
            "tessellate" if !is_set => {}
            name => rows.not_kept(name),
        }
    }

    /// Settles the geometry of the row; what of a style it shows.
    pub fn settle(self, rows: &mut Rows) -> Shown {
        let Some(mut shape) = self.shape else { return Shown::default() };
        if let Some(mode) = &self.altitude_mode {
            own(rows, "altitudeMode", Some(FieldKind::Text), mode);
        }
        if self.is_extruded {
            own(rows, "extrude", Some(FieldKind::Boolean), "1");
        }
        shape.is_group = self.is_group;
        if self.is_bad {
            rows.drop_shape("problem-bad-coordinates");
            return Shown::default();
        }
        let _ = shape.settle(&mut rows.geometry);
        for (id, number) in [
            ("problem-unclosed-ring", shape.unclosed),
            ("problem-nested-collection", self.nested),
            ("problem-more-coordinates", self.more_numbers),
        ] {
            rows.problems.report(id, number, Vec::new(), Some(rows.place()));
        }
        self.shown
    }
}
