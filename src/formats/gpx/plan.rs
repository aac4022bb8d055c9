//! Where the fields of a table go in a GPX file: GPX's own elements, or extensions.

use super::PREFIX;
use crate::formats::pieces::count_rows;
use crate::formats::xml::{element_name, name_field, push_attribute};
use crate::table::{FieldKind, GeometryColumn, GeometryKind, Offset, Table, Value};

/// What the values of an element are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Of {
    Text,
    Number,
    /// Not below zero.
    Count,
    Moment,
    /// One of GPX's words for how a position was found.
    Fix,
}

/// The elements of a point, in the order of GPX's schema; links stand behind `src`.
const OF_POINTS: [(&str, Of); 17] = [
    ("ele", Of::Number),
    ("time", Of::Moment),
    ("magvar", Of::Number),
    ("geoidheight", Of::Number),
    ("name", Of::Text),
    ("cmt", Of::Text),
    ("desc", Of::Text),
    ("src", Of::Text),
    ("sym", Of::Text),
    ("type", Of::Text),
    ("fix", Of::Fix),
    ("sat", Of::Count),
    ("hdop", Of::Number),
    ("vdop", Of::Number),
    ("pdop", Of::Number),
    ("ageofdgpsdata", Of::Number),
    ("dgpsid", Of::Count),
];

/// The elements of a route or a track.
const OF_LINES: [(&str, Of); 6] = [
    ("name", Of::Text),
    ("cmt", Of::Text),
    ("desc", Of::Text),
    ("src", Of::Text),
    ("number", Of::Count),
    ("type", Of::Text),
];

/// Words for how a position was found.
const FIXES: [&str; 5] = ["none", "2d", "3d", "dgps", "pps"];

/// What is written of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Point,
    Line,
}

/// A field that becomes an element of an extension.
pub(super) struct Extension {
    pub field: usize,
    pub start: Vec<u8>,
    pub end: Vec<u8>,
}

/// Where the fields of a table go.
pub(super) struct Plan {
    pub elements: Vec<(&'static str, usize)>,
    /// The field that stands in the name, though it is an extension as well.
    pub name: Option<usize>,
    /// Address, text and type of each link.
    pub links: Vec<[Option<usize>; 3]>,
    pub extensions: Vec<Extension>,
}

impl Plan {
    /// What becomes of the fields for rows that are written so; `left_out` are written otherwise.
    pub fn of(table: &Table, target: Target, left_out: &[usize]) -> Plan {
        let elements: &[(&str, Of)] = if target == Target::Point { &OF_POINTS } else { &OF_LINES };
        let field = |name: &str| {
            let at = table.fields.iter().position(|field| field.name == name);
            at.filter(|at| !left_out.contains(at))
        };
        let mut plan =
            Plan { elements: Vec::new(), name: None, links: Vec::new(), extensions: Vec::new() };
        for (name, of) in elements {
            if let Some(at) = field(name).filter(|at| fits(table, *at, *of)) {
                plan.elements.push((name, at));
            }
        }
        for number in 1_u32.. {
            let part = |part: &str| {
                field(&format!("link{number}_{part}")).filter(|at| fits(table, *at, Of::Text))
            };
            // A link is where it leads to.
            let Some(address) = part("href") else { break };
            plan.links.push([Some(address), part("text"), part("type")]);
        }
        let links = plan.links.iter().flatten().flatten();
        let mut used: Vec<usize> = plan.elements.iter().map(|(_, at)| *at).collect();
        used.extend(links.chain(left_out));
        if let Some(at) = field("ele").filter(|at| !is_height(table, *at)) {
            // Its own number beside the height of the place.
            used.retain(|used| *used != at);
        }
        let rest: Vec<usize> = (0..table.fields.len()).filter(|at| !used.contains(at)).collect();
        if !plan.elements.iter().any(|(name, _)| *name == "name") {
            plan.name = name_field(table, &rest);
        }
        plan.extensions = rest.into_iter().filter_map(|at| extension(table, at)).collect();
        plan
    }

    /// The field that becomes an element.
    pub fn element(&self, name: &str) -> Option<usize> {
        self.elements.iter().find(|(element, _)| *element == name).map(|(_, at)| *at)
    }
}

fn extension(table: &Table, field: usize) -> Option<Extension> {
    let name = &table.fields.get(field)?.name;
    let element = element_name(name);
    let mut start = format!("<{PREFIX}:{element}").into_bytes();
    if element != *name {
        push_attribute(&mut start, "name", name);
    }
    start.push(b'>');
    let end = format!("</{PREFIX}:{element}>").into_bytes();
    Some(Extension { field, start, end })
}

fn all(table: &Table, field: usize, fits: impl Fn(Value<'_>) -> bool + Sync) -> bool {
    count_rows(table.rows(), |row| u64::from(!fits(table.value(row, field)))) == 0
}

/// Whether all values of a field can stand in an element.
fn fits(table: &Table, field: usize, of: Of) -> bool {
    let Some(kind) = table.fields.get(field).map(|field| field.kind) else { return false };
    match of {
        Of::Text => kind == FieldKind::Text,
        Of::Number => matches!(kind, FieldKind::Number | FieldKind::Integer),
        Of::Count => {
            let counts = |value: Value<'_>| !matches!(value, Value::Integer(number) if number < 0);
            kind == FieldKind::Integer && all(table, field, counts)
        }
        // As XML Schema writes them.
        Of::Moment => match kind {
            FieldKind::DateTime(form) => {
                let colon = !matches!(form.offset, Offset::Minutes { colon: false, .. });
                form.separator == 'T' && form.fraction.is_some() && colon
            }
            _ => false,
        },
        Of::Fix => {
            let known = |value: Value<'_>| match value {
                Value::Text(word) => FIXES.contains(&word),
                _ => true,
            };
            kind == FieldKind::Text && all(table, field, known)
        }
    }
}

/// Whether a field says no more than the heights of the places.
#[expect(clippy::float_cmp, reason = "the same number")]
fn is_height(table: &Table, field: usize) -> bool {
    let Some(geometry) = &table.geometry else { return true };
    let same = |row: usize| match (height(geometry, row), table.value(row, field)) {
        (None, _) => true,
        (Some(height), Value::Number(number)) => height == number,
        #[expect(clippy::cast_precision_loss, reason = "a height")]
        (Some(height), Value::Integer(number)) => height == number as f64,
        (Some(_), _) => false,
    };
    count_rows(table.rows(), |row| u64::from(!same(row))) == 0
}

fn height(geometry: &GeometryColumn, row: usize) -> Option<f64> {
    let part = geometry.row(row).parts().next()?;
    part.first_ring().z().first().copied().filter(|height| height.is_finite())
}

/// The columns by which points belong to the segments of tracks, as reading makes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Segments {
    pub track: usize,
    pub segment: usize,
    pub point: Option<usize>,
}

impl Segments {
    /// Where all rows are points and say to which track they belong.
    pub fn of(table: &Table) -> Option<Segments> {
        let geometry = table.geometry.as_ref()?;
        let number = |name: &str| {
            let at = table.fields.iter().position(|field| field.name == name)?;
            let counts = |value: Value<'_>| matches!(value, Value::Integer(number) if number >= 0);
            all(table, at, counts).then_some(at)
        };
        let is_point =
            |kind: &GeometryKind| matches!(kind, GeometryKind::Point | GeometryKind::Null);
        let are_points = geometry.kinds().iter().all(is_point);
        let (track, segment) = (number("track_fid")?, number("track_seg_id")?);
        (are_points && table.rows() > 0).then(|| Segments {
            track,
            segment,
            point: number("track_seg_point_id"),
        })
    }

    /// The columns.
    pub fn fields(self) -> Vec<usize> {
        [self.track, self.segment].into_iter().chain(self.point).collect()
    }

    /// The rows in the order of their tracks: the number of a track and its segments, each the rows
    /// of its points.
    pub fn tracks(self, table: &Table) -> Vec<(i64, Vec<Vec<usize>>)> {
        let number = |row: usize, field: usize| match table.value(row, field) {
            Value::Integer(number) => number,
            _ => 0,
        };
        let mut rows: Vec<usize> = (0..table.rows()).collect();
        let key = |row: &usize| {
            let point = self.point.map(|point| number(*row, point));
            (number(*row, self.track), number(*row, self.segment), point)
        };
        rows.sort_by_key(key);
        let mut tracks: Vec<(i64, Vec<Vec<usize>>)> = Vec::new();
        let mut last = None;
        for row in rows {
            let (track, segment, _) = key(&row);
            if tracks.last().is_none_or(|(number, _)| *number != track) {
                tracks.push((track, Vec::new()));
            }
            let Some((_, segments)) = tracks.last_mut() else { continue };
            if last.replace((track, segment)) != Some((track, segment)) {
                segments.push(Vec::new());
            }
            if let Some(rows) = segments.last_mut() {
                rows.push(row);
            }
        }
        tracks
    }
}
