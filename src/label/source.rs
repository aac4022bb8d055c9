//! What there is to name of a layer: made once per table and texts, by a worker, for all views.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use arrow_array::{Array, BooleanArray, StringArray};

use super::layout::Shaped;
use super::polylabel::{InnerPoint, inner_point};
use super::runs::{NamedLine, Run, runs};
use super::symbols::SymbolSizes;
use crate::crs::{TransformError, transform_for_map};
use crate::jobs::{Cancelled, Watch};
use crate::table::{Extent, GeometryColumn, GeometryRef, PartKind, SpatialIndex, Table};
use crate::text::rough_width;

/// How many rows are worked on between two looks at the watch.
const ROWS_PER_LOOK: usize = 4096;

/// The number of the text of a row without one.
const NO_TEXT: u32 = u32::MAX;

/// The geometry of a table in the plane of the map (Web Mercator metres), with the inner points of
/// its areas as far as they were asked for.
#[derive(Debug, Default)]
pub struct LabelPlaces {
    geometry: GeometryColumn,
}

impl LabelPlaces {
    /// Of a table: slow, for a worker. A table without geometry or known CRS has none.
    ///
    /// # Errors
    /// When there is no way from the table's CRS to the map's, and when the person cancelled.
    pub fn of(table: &Table, watch: &Watch) -> Result<LabelPlaces, TransformError> {
        let (Some(geometry), Some(crs)) = (&table.geometry, &table.crs) else {
            return Ok(LabelPlaces::default());
        };
        let mut outcome = Ok(());
        let geometry = geometry.map_xy(|xy| outcome = transform_for_map(crs, xy, watch));
        outcome.map(|()| LabelPlaces { geometry })
    }

    /// Of geometry in the plane of a page, metres.
    pub fn in_plane(geometry: GeometryColumn) -> LabelPlaces {
        LabelPlaces { geometry }
    }
}

/// What there is to name of a layer.
#[derive(Debug)]
pub struct LabelSource {
    places: Arc<LabelPlaces>,
    units: Vec<Unit>,
    index: SpatialIndex,
    /// The runs of lines with what they cover.
    runs: Vec<(Run, Extent)>,
    areas: Vec<Area>,
    texts: Vec<Text>,
    /// Which unit a row is part of.
    of_rows: OnceLock<HashMap<u32, u32>>,
    rows: usize,
}

/// One thing with one name: a point, an area, or a run of lines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// The row it is of; of a run the first.
    pub row: u32,
    text: u32,
    pub place: Place,
    /// How large it is on the ground: square metres or metres of Web Mercator, 0 for points.
    pub weight: f64,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Point([f64; 2]),
    /// The number of the area.
    Area(u32),
    /// The number of the run.
    Run(u32),
}

/// The largest polygon of a row.
#[derive(Debug)]
struct Area {
    row: u32,
    part: u32,
    extent: Extent,
    inner: OnceLock<Option<InnerPoint>>,
}

#[derive(Debug)]
struct Text {
    written: Arc<str>,
    shaped: OnceLock<Shaped>,
    width: OnceLock<f32>,
}

impl LabelSource {
    /// Of the rows that a layer's filter shows (none: all of them) and that are drawn, with the text
    /// of each: slow, for a worker.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn new(
        places: Arc<LabelPlaces>,
        texts: &StringArray,
        (mask, drawn): (Option<&BooleanArray>, &SymbolSizes),
        watch: &Watch,
    ) -> Result<LabelSource, Cancelled> {
        let mut making = Making::default();
        let mut lines = Vec::new();
        for (row, geometry) in places.geometry.iter().enumerate() {
            if row % ROWS_PER_LOOK == 0 {
                watch.check()?;
            }
            let is_shown =
                mask.is_none_or(|mask| row < mask.len() && mask.is_valid(row) && mask.value(row));
            let number = number(row);
            if !is_shown || geometry.is_empty() || drawn.of(number).is_none() {
                continue;
            }
            let text = (row < texts.len() && texts.is_valid(row)).then(|| texts.value(row));
            let text = making.text(text.unwrap_or_default());
            making.row(number, geometry, text, &mut lines);
        }
        watch.check()?;
        making.runs(lines);
        watch.check()?;
        let extents = making.extents.iter().copied();
        let index = SpatialIndex::of_extents((0..u32::MAX).zip(extents));
        let Making { units, runs, areas, texts, .. } = making;
        let rows = places.geometry.len();
        let of_rows = OnceLock::new();
        Ok(LabelSource { places, units, index, runs, areas, texts, of_rows, rows })
    }

    /// The rows of the table.
    pub fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn unit(&self, number: u32) -> Option<&Unit> {
        self.units.get(number as usize)
    }

    /// The units whose box meets an extent, in their own order.
    pub(super) fn units_in(&self, extent: &Extent) -> Vec<u32> {
        let mut found: Vec<u32> = self.index.search(extent).into_iter().map(number).collect();
        found.sort_unstable();
        // Boxes of the index are rounded outwards.
        found.retain(|number| self.extent(*number).is_some_and(|own| own.intersects(extent)));
        found
    }

    /// What a unit covers, Web Mercator metres.
    pub(super) fn extent(&self, unit: u32) -> Option<Extent> {
        match self.unit(unit)?.place {
            Place::Point(at) => Some(Extent::of_point(at)),
            Place::Area(area) => self.areas.get(area as usize).map(|area| area.extent),
            Place::Run(run) => self.runs.get(run as usize).map(|(_, extent)| *extent),
        }
    }

    /// The rows of a unit.
    pub(super) fn rows_of<'a>(&'a self, unit: &'a Unit) -> &'a [u32] {
        match unit.place {
            Place::Run(run) => self.run(run).map_or(&[], |run| run.rows.as_slice()),
            Place::Point(_) | Place::Area(_) => std::slice::from_ref(&unit.row),
        }
    }

    pub(super) fn run(&self, number: u32) -> Option<&Run> {
        self.runs.get(number as usize).map(|(run, _)| run)
    }

    /// The place that the label of a row is about, Web Mercator metres: what the places of labels
    /// put elsewhere by hand are measured from.
    pub fn about(&self, row: u32) -> Option<[f64; 2]> {
        self.anchor(self.unit(self.unit_of(row)?)?)
    }

    /// The unit that a row is part of.
    pub(super) fn unit_of(&self, row: u32) -> Option<u32> {
        let made = self.of_rows.get_or_init(|| {
            let numbered = (0..u32::MAX).zip(&self.units);
            let rows = |(number, unit)| self.rows_of(unit).iter().map(move |row| (*row, number));
            numbered.flat_map(rows).collect()
        });
        made.get(&row).copied()
    }

    /// The text of a unit, trimmed; none for units without.
    pub(super) fn text(&self, unit: &Unit) -> Option<&Arc<str>> {
        self.texts.get(unit.text as usize).map(|text| &text.written)
    }

    /// The number of the text, the same for the same text.
    pub(super) fn text_number(unit: &Unit) -> Option<u32> {
        (unit.text != NO_TEXT).then_some(unit.text)
    }

    pub(super) fn shaped(&self, unit: &Unit) -> Option<&Shaped> {
        let text = self.texts.get(unit.text as usize)?;
        Some(text.shaped.get_or_init(|| Shaped::of(&text.written)))
    }

    /// A width at size 1 that the text on one line is not narrower than; quicker than shaping.
    pub(super) fn least_width(&self, unit: &Unit) -> f32 {
        /// Kerning makes a text at most this much narrower.
        const KERNED: f32 = 0.85;
        let text = self.texts.get(unit.text as usize);
        text.map_or(0.0, |text| *text.width.get_or_init(|| rough_width(&text.written) * KERNED))
    }

    /// What an area covers, Web Mercator metres.
    pub(super) fn extent_of_area(&self, number: u32) -> Option<Extent> {
        self.areas.get(number as usize).map(|area| area.extent)
    }

    /// The rings of an area, and its inner point, found at the first call.
    pub(super) fn area(&self, number: u32) -> Option<(Vec<&[[f64; 2]]>, InnerPoint)> {
        let area = self.areas.get(number as usize)?;
        let part = self.places.geometry.row(area.row as usize).parts().nth(area.part as usize)?;
        let rings: Vec<&[[f64; 2]]> = part.rings().map(|ring| ring.xy()).collect();
        let inner = area.inner.get_or_init(|| inner_point(&rings));
        Some((rings, (*inner)?))
    }

    /// The place that labels of a unit are about: what pins are measured from.
    pub(super) fn anchor(&self, unit: &Unit) -> Option<[f64; 2]> {
        match unit.place {
            Place::Point(at) => Some(at),
            Place::Area(area) => self.area(area).map(|(_, inner)| inner.at),
            Place::Run(run) => {
                let run = self.run(run)?;
                let mut left = run.length / 2.0;
                for (a, b) in run.xy.iter().zip(run.xy.iter().skip(1)) {
                    let length = (b[0] - a[0]).hypot(b[1] - a[1]);
                    if length >= left && length > 0.0 {
                        let share = left / length;
                        return Some([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
                    }
                    left -= length;
                }
                run.xy.last().copied()
            }
        }
    }
}

fn number(item: usize) -> u32 {
    u32::try_from(item).unwrap_or(u32::MAX)
}

/// A source being made.
#[derive(Default)]
struct Making {
    units: Vec<Unit>,
    extents: Vec<Extent>,
    runs: Vec<(Run, Extent)>,
    areas: Vec<Area>,
    texts: Vec<Text>,
    known: HashMap<Arc<str>, u32>,
    /// A text after the last, for each line without one: they are not put together.
    nameless: u32,
}

impl Making {
    fn text(&mut self, text: &str) -> u32 {
        let text = text.trim();
        if text.is_empty() {
            return NO_TEXT;
        }
        if let Some(known) = self.known.get(text) {
            return *known;
        }
        let written: Arc<str> = text.into();
        let number = number(self.texts.len());
        self.known.insert(written.clone(), number);
        self.texts.push(Text { written, shaped: OnceLock::new(), width: OnceLock::new() });
        number
    }

    /// The largest polygon of a row, else all its lines, else its first point.
    fn row(&mut self, row: u32, geometry: GeometryRef<'_>, text: u32, lines: &mut Vec<NamedLine>) {
        let is_sound = |xy: &[[f64; 2]]| xy.iter().flatten().all(|value| value.is_finite());
        let mut largest: Option<(f64, u32, Extent)> = None;
        let mut point = None;
        let mut has_lines = false;
        for (number, part) in (0_u32..).zip(geometry.parts()) {
            let Some(first) = part.rings().next().map(|ring| ring.xy()) else { continue };
            if !is_sound(first) {
                continue;
            }
            match part.kind() {
                PartKind::Point => point = point.or(first.first().copied()),
                PartKind::Line => has_lines = true,
                PartKind::Polygon => {
                    let area = area_of(first);
                    if let Some(extent) = Extent::of_points(first)
                        && largest.is_none_or(|(most, ..)| area > most)
                    {
                        largest = Some((area, number, extent));
                    }
                }
            }
        }
        if let Some((weight, part, extent)) = largest {
            let place = Place::Area(number(self.areas.len()));
            self.areas.push(Area { row, part, extent, inner: OnceLock::new() });
            self.push(Unit { row, text, place, weight }, extent);
        } else if has_lines {
            let text = if text == NO_TEXT {
                self.nameless += 1;
                NO_TEXT - self.nameless
            } else {
                text
            };
            let parts = geometry.parts().filter(|part| part.kind() == PartKind::Line);
            let rings = parts.flat_map(|part| part.rings()).map(|ring| ring.xy());
            let sound = rings.filter(|xy| is_sound(xy));
            lines.extend(sound.map(|xy| NamedLine { text, row, xy: xy.to_vec() }));
        } else if let Some(at) = point {
            let unit = Unit { row, text, place: Place::Point(at), weight: 0.0 };
            self.push(unit, Extent::of_point(at));
        }
    }

    fn runs(&mut self, lines: Vec<NamedLine>) {
        let last = number(self.texts.len());
        for run in runs(lines) {
            let Some(extent) = Extent::of_points(&run.xy) else { continue };
            let unit = Unit {
                row: run.rows.first().copied().unwrap_or_default(),
                text: if run.text < last { run.text } else { NO_TEXT },
                place: Place::Run(number(self.runs.len())),
                weight: run.length,
            };
            self.push(unit, extent);
            self.runs.push((run, extent));
        }
    }

    fn push(&mut self, unit: Unit, extent: Extent) {
        self.units.push(unit);
        self.extents.push(extent);
    }
}

/// The area of a ring, never negative.
fn area_of(ring: &[[f64; 2]]) -> f64 {
    let Some([x0, y0]) = ring.first() else { return 0.0 };
    let next = ring.iter().cycle().skip(1);
    let cross = ring
        .iter()
        .zip(next)
        .map(|([ax, ay], [bx, by])| (ax - x0) * (by - y0) - (bx - x0) * (ay - y0));
    cross.sum::<f64>().abs() / 2.0
}
