//! A row as way points, a route or a track.

use super::plan::{Plan, Target};
use crate::formats::digits::{push_plain, push_whole};
use crate::formats::xml::{is_writable, push_attribute, push_escaped};
use crate::table::{GeometryRef, PartKind, PartRef, RingRef, Table, Value};

/// Writes rows of a table.
pub(super) struct Rows<'a> {
    pub table: &'a Table,
    pub points: Plan,
    pub lines: Plan,
    /// Lines are routes.
    pub are_routes: bool,
}

impl<'a> Rows<'a> {
    /// `left_out` are fields that are written otherwise.
    pub fn new(table: &'a Table, left_out: &[usize]) -> Rows<'a> {
        let from_gpx = table.origin.format == super::FORMAT.id;
        Rows {
            table,
            points: Plan::of(table, Target::Point, left_out),
            lines: Plan::of(table, Target::Line, left_out),
            are_routes: from_gpx && table.origin.layer.as_deref() == Some("routes"),
        }
    }

    /// Adds a row: a way point for each point, a track of all its lines and outlines.
    pub fn push(&self, out: &mut Vec<u8>, row: usize) {
        let Some(geometry) = self.geometry(row) else { return };
        for part in geometry.parts().filter(|part| part.kind() == PartKind::Point) {
            self.push_point(out, "wpt", part.first_ring(), 0, Some(row));
        }
        if geometry.parts().any(|part| part.kind() != PartKind::Point) {
            self.push_line(out, row, geometry.parts());
        }
    }

    fn geometry(&self, row: usize) -> Option<GeometryRef<'a>> {
        let geometry = self.table.geometry.as_ref()?.row(row);
        is_writable(geometry).then_some(geometry)
    }

    fn push_line<'p>(
        &self,
        out: &mut Vec<u8>,
        row: usize,
        parts: impl Iterator<Item = PartRef<'p>>,
    ) {
        let rings = parts
            .filter(|part| part.kind() != PartKind::Point)
            .flat_map(|part| part.rings().collect::<Vec<_>>());
        if self.are_routes {
            for ring in rings {
                put(out, "<rte>\n");
                self.push_values(out, &self.lines, row);
                (0..ring.xy().len()).for_each(|at| self.push_point(out, "rtept", ring, at, None));
                put(out, "</rte>\n");
            }
            return;
        }
        put(out, "<trk>\n");
        self.push_values(out, &self.lines, row);
        for ring in rings {
            put(out, "<trkseg>\n");
            (0..ring.xy().len()).for_each(|at| self.push_point(out, "trkpt", ring, at, None));
            put(out, "</trkseg>\n");
        }
        put(out, "</trk>\n");
    }

    /// Adds a track of points that are rows of another table; its values are those of a row here,
    /// if there is one.
    pub fn push_track(
        &self,
        out: &mut Vec<u8>,
        row: Option<usize>,
        points: &Rows<'_>,
        segments: &[Vec<usize>],
    ) {
        put(out, "<trk>\n");
        if let Some(row) = row {
            self.push_values(out, &self.lines, row);
        }
        for segment in segments {
            put(out, "<trkseg>\n");
            for row in segment {
                if let Some(part) = points.geometry(*row).and_then(|place| place.parts().next()) {
                    points.push_point(out, "trkpt", part.first_ring(), 0, Some(*row));
                }
            }
            put(out, "</trkseg>\n");
        }
        put(out, "</trk>\n");
    }

    /// A position, with the values of a row if it is one.
    fn push_point(
        &self,
        out: &mut Vec<u8>,
        element: &str,
        ring: RingRef<'_>,
        at: usize,
        row: Option<usize>,
    ) {
        let Some([x, y]) = ring.xy().get(at) else { return };
        out.push(b'<');
        put(out, element);
        for (name, value) in [(" lat=\"", y), (" lon=\"", x)] {
            put(out, name);
            push_plain(out, *value);
            out.push(b'"');
        }
        let height = ring.z().get(at).copied().filter(|height| height.is_finite());
        if row.is_none() && height.is_none() {
            return put(out, "/>\n");
        }
        put(out, ">\n");
        if let Some(height) = height {
            put(out, "<ele>");
            push_plain(out, height);
            put(out, "</ele>\n");
        }
        if let Some(row) = row {
            self.push_values_of_point(out, row, height.is_some());
        }
        put(out, "</");
        put(out, element);
        put(out, ">\n");
    }

    fn push_values(&self, out: &mut Vec<u8>, plan: &Plan, row: usize) {
        self.push_all(out, plan, row, false);
    }

    fn push_values_of_point(&self, out: &mut Vec<u8>, row: usize, has_height: bool) {
        self.push_all(out, &self.points, row, has_height);
    }

    /// The values of a row in the order of GPX's schema.
    fn push_all(&self, out: &mut Vec<u8>, plan: &Plan, row: usize, has_height: bool) {
        let value = |at: usize| self.table.value(row, at);
        if let Some(at) = plan.element("ele").filter(|_| !has_height) {
            push_value(out, "ele", value(at));
        }
        let before_links = ["time", "magvar", "geoidheight", "name", "cmt", "desc", "src"];
        for name in before_links {
            match plan.element(name) {
                Some(at) => push_value(out, name, value(at)),
                None if name == "name" => {
                    plan.name.iter().for_each(|at| push_value(out, name, value(*at)));
                }
                None => {}
            }
        }
        for link in &plan.links {
            let [address, text, kind] = link.map(|at| at.map_or(Value::Null, value));
            let Value::Text(address) = address else { continue };
            put(out, "<link");
            push_attribute(out, "href", address);
            out.push(b'>');
            push_value(out, "text", text);
            push_value(out, "type", kind);
            put(out, "</link>\n");
        }
        let done = |name: &str| name == "ele" || before_links.contains(&name);
        for (name, at) in plan.elements.iter().filter(|(name, _)| !done(name)) {
            push_value(out, name, value(*at));
        }
        let mut begun = false;
        for extension in &plan.extensions {
            let value = value(extension.field);
            if !is_written(value) {
                continue;
            }
            if !std::mem::replace(&mut begun, true) {
                put(out, "<extensions>\n");
            }
            out.extend_from_slice(&extension.start);
            push_text(out, value);
            out.extend_from_slice(&extension.end);
            out.push(b'\n');
        }
        if begun {
            put(out, "</extensions>\n");
        }
    }
}

fn put(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(text.as_bytes());
}

fn is_written(value: Value<'_>) -> bool {
    match value {
        Value::Null => false,
        Value::Number(number) => number.is_finite(),
        _ => true,
    }
}

fn push_value(out: &mut Vec<u8>, name: &str, value: Value<'_>) {
    if is_written(value) {
        for part in ["<", name, ">"] {
            put(out, part);
        }
        push_text(out, value);
        for part in ["</", name, ">\n"] {
            put(out, part);
        }
    }
}

fn push_text(out: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::Text(text) | Value::Json(text) => push_escaped(out, text),
        Value::Integer(number) => push_whole(out, number),
        Value::Number(number) => push_plain(out, number),
        other => put(out, &other.to_data_text()),
    }
}
