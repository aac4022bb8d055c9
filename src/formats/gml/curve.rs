//! Lines of all kinds: straight ones, arcs, and what is put together from them.

use std::f64::consts::TAU;

use super::geometry::Shapes;
use super::systems::Context;
use crate::formats::wkb::{ArcPosition, arc_positions};
use crate::formats::xml::{Position, Stop, Tag, number_of};

impl<'t> Shapes<'_, 't> {
    /// The positions of a line, a curve, or a ring whose start is taken.
    pub fn line(
        &mut self,
        tag: Tag<'t>,
        around: Context,
        depth: usize,
    ) -> Result<Vec<Position>, Stop> {
        let context = self.systems.within(tag, around);
        if self.is_too_deep(depth) {
            self.xml.skip()?;
            return Ok(Vec::new());
        }
        match tag.local() {
            "LineString" | "LineStringSegment" | "GeodesicString" | "Geodesic" => {
                self.positions(context, false)
            }
            "LinearRing" => self.positions(context, true),
            "Arc" | "ArcString" | "Circle" => {
                let marks = self.positions(context, false)?;
                self.oddities.curved = true;
                Ok(arcs(&marks, tag.local() == "Circle"))
            }
            "ArcByCenterPoint" | "CircleByCenterPoint" => {
                self.by_centre(context, tag.local() == "CircleByCenterPoint")
            }
            "Curve" | "CompositeCurve" | "Ring" | "OrientableCurve" => {
                let mut line = Vec::new();
                while let Some(tag) = self.xml.child()? {
                    match tag.local() {
                        "segments" | "curveMember" | "curveMembers" | "baseCurve" => {
                            self.note_reference(tag);
                            while let Some(tag) = self.xml.child()? {
                                let more = self.line(tag, context, depth + 1)?;
                                join(&mut line, more);
                            }
                        }
                        _ => self.xml.skip()?,
                    }
                }
                if tag.attribute("orientation").as_deref() == Some("-") {
                    line.reverse();
                }
                Ok(line)
            }
            _ => {
                self.unknown(tag);
                self.xml.skip()?;
                Ok(Vec::new())
            }
        }
    }

    /// An arc or a circle around a point, in a system of lengths. Angles are degrees from the
    /// first axis towards the second (as GDAL takes them).
    fn by_centre(&mut self, context: Context, is_circle: bool) -> Result<Vec<Position>, Stop> {
        let mut centre = Vec::new();
        let (mut radius, mut start, mut end) = (None, Some(0.0), Some(360.0));
        while let Some(tag) = self.xml.child()? {
            match tag.local() {
                "radius" => radius = number_of(self.xml.text()?.trim()),
                "startAngle" => start = number_of(self.xml.text()?.trim()),
                "endAngle" => end = number_of(self.xml.text()?.trim()),
                _ => drop(self.position(tag, context, false, &mut centre)?),
            }
        }
        self.oddities.curved = true;
        let angles = if is_circle { Some((0.0, 360.0)) } else { start.zip(end) };
        let found = centre.first().zip(radius.filter(|radius| *radius > 0.0)).zip(angles);
        // In degrees, and with the axes turned, nobody agrees about what is meant.
        let is_plain =
            self.systems.is_plane(context.system) && !self.systems.is_turned(context.system);
        let Some(((([x, y], z), radius), (start, end))) = found.filter(|_| is_plain) else {
            self.is_bad = true;
            return Ok(Vec::new());
        };
        let (start, end) = (start.to_radians(), end.to_radians());
        let sweep = if (end - start).abs() > TAU { TAU } else { end - start };
        let at = |share: f64| {
            let angle = start + sweep * share;
            ([x + radius * angle.cos(), y + radius * angle.sin()], *z)
        };
        let is_whole = (sweep.abs() - TAU).abs() < 1e-9;
        let last = if is_whole { at(0.0) } else { at(1.0) };
        Ok(arcs(&[at(0.0), at(0.5), last], false))
    }
}

/// The positions of arcs, each from a position through the next to the one after. A circle is one
/// arc that goes on to where it began.
fn arcs(marks: &[Position], is_circle: bool) -> Vec<Position> {
    let with_height = marks.iter().all(|(_, z)| z.is_some());
    let position =
        |([x, y], z): &Position| -> ArcPosition { [*x, *y, z.unwrap_or(f64::NAN), f64::NAN] };
    let mut line: Vec<ArcPosition> = marks.first().map(position).into_iter().collect();
    let mut rest = marks;
    while let [start, middle, end, ..] = rest {
        let [start, middle, end] = [start, middle, end].map(position);
        line.extend(arc_positions(start, middle, end));
        if is_circle {
            // The other half lies opposite the middle one.
            line.extend(back(start, middle, end));
        }
        rest = rest.get(2..).unwrap_or_default();
    }
    if let [_, last] = rest {
        line.push(position(last));
    }
    let height = |z: f64| Some(z).filter(|_| with_height);
    line.into_iter().map(|[x, y, z, _]| ([x, y], height(z))).collect()
}

/// The rest of the circle through three positions, from the last on to the first.
fn back(start: ArcPosition, middle: ArcPosition, end: ArcPosition) -> Vec<ArcPosition> {
    if start[..2] == end[..2] {
        return Vec::new();
    }
    // Going from the middle through the end to the start passes the missing piece last.
    let whole = arc_positions(middle, end, start);
    let is_end = |at: &ArcPosition| (at[0] - end[0]).hypot(at[1] - end[1]);
    let nearest = whole.iter().enumerate().min_by(|(_, a), (_, b)| is_end(a).total_cmp(&is_end(b)));
    let after = nearest.map_or(0, |(at, _)| at + 1);
    whole.into_iter().skip(after).collect()
}

/// Puts a line behind another; it mostly begins where that ends.
fn join(line: &mut Vec<Position>, more: Vec<Position>) {
    let end = |at: Option<&Position>| at.map(|(xy, _)| *xy);
    let shared = !line.is_empty() && end(line.last()) == end(more.first());
    line.extend(more.into_iter().skip(usize::from(shared)));
}
