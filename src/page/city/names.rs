//! Names on a map of a city: places, streets, water. None covers another, none leaves the region it
//! is placed in.

use std::collections::HashMap;
use std::sync::Arc;

use super::draw::{Drawing, Placed};
use super::look::{Palette, place_size, street_size};
use crate::jobs::{Cancelled, Watch};
use crate::label::{AlongPath, NamedLine, Taken, TurnedBox, joined_lines};
use crate::page::clip::clip_line;
use crate::page::display::{GlyphRun, Item, Shape, Stroke};
use crate::style::Color;
use crate::text::{Line, Outline, shape};
use crate::tiles::vector::{CityClass, CityShape, PlaceRank, RoadRank};

/// How much bolder names of places are than the font.
const BOLD: f32 = 0.045;

/// How much bolder other names are.
const USUAL: f32 = 0.02;

/// How wide the light edge around letters is, points.
const HALO: f32 = 1.3;

/// How far names keep from each other, points.
const APART: f64 = 2.5;

/// A street is named again after so many points.
const AGAIN: f64 = 420.0;

/// The same name is not written nearer to itself than this.
const SAME_NAME: f64 = 180.0;

/// Two lines of a street that end nearer to each other than this (points) are one; `joined_lines`
/// takes ends within two hundredths of its unit for one place.
const ENDS_MEET: f64 = 1.5 / 0.02;

/// A name in its place.
#[derive(Clone, Debug)]
pub(super) struct Name {
    line: Line,
    /// Where the baseline of each glyph starts on the page, and its angle.
    places: Vec<([f32; 2], f32)>,
    color: Kind,
    /// Left, top, right and bottom of its letters and their edge.
    pub bounds: [f32; 4],
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    Place,
    Street,
    Water,
}

/// A name that looks for its place.
enum Wanted {
    At { rank: PlaceRank, at: [f64; 2], text: Arc<str>, weight: f64 },
    Along { rank: Option<RoadRank>, path: Vec<[f64; 2]>, text: Arc<str>, length: f64 },
}

impl Wanted {
    /// Which comes first: places by rank, then streets by rank, then water; the larger before the
    /// smaller; then by their letters, so that the same tiles have the same names.
    fn order(&self) -> (u8, u8, f64, &str) {
        match self {
            Wanted::At { rank, text, weight, .. } => (0, u8::MAX - *rank as u8, -weight, text),
            Wanted::Along { rank: Some(rank), text, length, .. } => {
                (1, u8::MAX - *rank as u8, -length, text)
            }
            Wanted::Along { rank: None, text, length, .. } => (2, 0, -length, text),
        }
    }
}

/// Places the names of tiles in a region of the page: left, top, right, bottom.
///
/// # Errors
/// When the person cancelled.
pub(super) fn place_names(
    drawing: &Drawing<'_>,
    tiles: &[Placed],
    region: [f64; 4],
    watch: &Watch,
) -> Result<Vec<Name>, Cancelled> {
    let mut wanted = places(drawing, tiles);
    watch.check()?;
    wanted.extend(along(drawing, tiles, region));
    wanted.sort_by(|a, b| {
        let (a, b) = (a.order(), b.order());
        (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(b.3))
    });
    let mut placer =
        Placer { region, taken: Taken::over(region), known: HashMap::new(), names: Vec::new() };
    for (number, one) in wanted.iter().enumerate() {
        if number % 64 == 0 {
            watch.check()?;
        }
        match one {
            Wanted::At { rank, at, text, .. } => {
                if let Some(size) = place_size(*rank, drawing.zoom) {
                    placer.place(text, *at, size * drawing.letters);
                }
            }
            Wanted::Along { rank, path, text, .. } => {
                let size = match rank {
                    Some(rank) => street_size(*rank, drawing.zoom),
                    None => street_size(RoadRank::Secondary, drawing.zoom),
                };
                let kind = if rank.is_some() { Kind::Street } else { Kind::Water };
                if let Some(size) = size {
                    placer.along(text, path, size * drawing.letters, kind);
                }
            }
        }
    }
    Ok(placer.names)
}

fn places(drawing: &Drawing<'_>, tiles: &[Placed]) -> Vec<Wanted> {
    let mut found: Vec<Wanted> = Vec::new();
    for (tile, city) in tiles {
        for feature in city.features.iter().filter(|it| it.shape == CityShape::Points) {
            let (CityClass::Place(rank), Some(text)) = (feature.class, &feature.name) else {
                continue;
            };
            for at in feature.parts.iter().flatten().map(|at| at.map(f64::from)) {
                // What lies outside is in the tile beside too.
                if at.iter().all(|value| (0.0..1.0).contains(value))
                    && let Some(at) = drawing.placed(*tile, &[at]).first()
                {
                    let (text, weight) = (Arc::clone(text), feature.weight);
                    found.push(Wanted::At { rank, at: *at, text, weight });
                }
            }
        }
    }
    found
}

/// Streets and water put together over the edges of tiles.
fn along(drawing: &Drawing<'_>, tiles: &[Placed], region: [f64; 4]) -> Vec<Wanted> {
    let mut numbers: HashMap<(Option<RoadRank>, Arc<str>), u32> = HashMap::new();
    let mut texts: Vec<(Option<RoadRank>, Arc<str>)> = Vec::new();
    let mut lines = Vec::new();
    let mut row = 0_u32;
    for (tile, city) in tiles {
        for feature in city.features.iter().filter(|it| it.shape == CityShape::Lines) {
            let rank = match feature.class {
                CityClass::StreetName(rank) => Some(rank),
                CityClass::WaterName => None,
                _ => continue,
            };
            let is_shown = street_size(rank.unwrap_or(RoadRank::Secondary), drawing.zoom).is_some();
            let (Some(text), true) = (&feature.name, is_shown) else { continue };
            let key = (rank, Arc::clone(text));
            let number = *numbers.entry(key.clone()).or_insert_with(|| {
                texts.push(key);
                u32::try_from(texts.len() - 1).unwrap_or(u32::MAX)
            });
            for part in &feature.parts {
                let part: Vec<[f64; 2]> = part.iter().map(|at| at.map(f64::from)).collect();
                // Cut at the very edge, where it goes on in the tile beside.
                for piece in clip_line(&part, [0.0, 0.0, 1.0, 1.0]) {
                    for piece in clip_line(&drawing.placed(*tile, &piece), region) {
                        let xy = piece.into_iter().map(|at| at.map(|value| value / ENDS_MEET));
                        lines.push(NamedLine { text: number, row, xy: xy.collect() });
                        row = row.saturating_add(1);
                    }
                }
            }
        }
    }
    let runs = joined_lines(lines).into_iter().filter_map(|run| {
        let (rank, text) = texts.get(run.text as usize)?.clone();
        let path: Vec<[f64; 2]> =
            run.xy.iter().map(|at| at.map(|value| value * ENDS_MEET)).collect();
        Some(Wanted::Along { rank, path, text, length: run.length * ENDS_MEET })
    });
    runs.collect()
}

struct Placer {
    region: [f64; 4],
    taken: Taken,
    /// Where each name was written.
    known: HashMap<Arc<str>, Vec<[f64; 2]>>,
    names: Vec<Name>,
}

impl Placer {
    /// A name at a place: on it, or moved as little as keeps it in the region and off others.
    fn place(&mut self, text: &Arc<str>, at: [f64; 2], size: f64) {
        #[expect(clippy::cast_possible_truncation, reason = "a size in points")]
        let line = shape(text, size as f32);
        let Some(ink) = line.outline().bounds() else { return };
        let [left, top, right, bottom] = ink.map(f64::from);
        let (width, height) = (right - left, bottom - top);
        let [west, north, east, south] = self.region;
        if width + 8.0 > east - west || self.is_near(text, at, SAME_NAME) {
            return;
        }
        let edge = f64::from(HALO) + 0.5;
        for (dx, dy) in [(0.0, 0.0), (0.0, -0.7), (0.0, 0.7), (0.0, -1.4), (0.0, 1.4)] {
            let x = at[0] + dx * width - width / 2.0;
            let y = at[1] + dy * height * 1.4 - height / 2.0;
            let x = x.clamp(west + edge, (east - edge - width).max(west + edge));
            let y = y.clamp(north + edge, (south - edge - height).max(north + edge));
            let shape = TurnedBox::upright([x, y, x + width, y + height]);
            if self.taken.is_taken(&shape.grown(APART), u32::MAX) {
                continue;
            }
            let start = [x - left, y - top];
            let glyphs = line.glyphs.iter().map(|glyph| {
                let [dx, dy] = glyph.at.map(f64::from);
                ([start[0] + dx, start[1] + dy], 0.0)
            });
            let glyphs = glyphs.collect();
            self.write(text, line, glyphs, &[shape], (Kind::Place, at));
            return;
        }
    }

    /// A name along a line, again and again where it is long.
    fn along(&mut self, text: &Arc<str>, path: &[[f64; 2]], size: f64, kind: Kind) {
        let Some(path) = AlongPath::smooth(path.iter().copied(), size) else { return };
        #[expect(clippy::cast_possible_truncation, reason = "a size in points")]
        let line = shape(text, size as f32);
        let (width, length) = (f64::from(line.width), path.length());
        if width + size > length {
            return;
        }
        let sections = (length / AGAIN).floor().clamp(1.0, 60.0);
        let mut section = 0.0;
        while section < sections {
            let ends = [length * section / sections, length * (section + 1.0) / sections];
            section += 1.0;
            for start in path.starts(ends, width) {
                let Some(set) = path.set(start, &line) else { continue };
                let [west, north, east, south] = self.region;
                let is_free = set.boxes.iter().all(|shape| {
                    let [left, top, right, bottom] = shape.grown(f64::from(HALO) + 0.5).bounds();
                    let inside = left >= west && top >= north && right <= east && bottom <= south;
                    inside && !self.taken.is_taken(&shape.grown(APART), u32::MAX)
                });
                if is_free && !self.is_near(text, set.middle, SAME_NAME) {
                    self.write(text, line.clone(), set.glyphs, &set.boxes, (kind, set.middle));
                    break;
                }
            }
        }
    }

    fn is_near(&self, text: &Arc<str>, at: [f64; 2], distance: f64) -> bool {
        self.known
            .get(text)
            .into_iter()
            .flatten()
            .any(|[x, y]| (x - at[0]).hypot(y - at[1]) < distance)
    }

    #[expect(clippy::cast_possible_truncation, reason = "positions on a page")]
    fn write(
        &mut self,
        text: &Arc<str>,
        line: Line,
        glyphs: Vec<([f64; 2], f64)>,
        boxes: &[TurnedBox],
        (color, at): (Kind, [f64; 2]),
    ) {
        let owner = u32::try_from(self.names.len()).unwrap_or(u32::MAX - 1);
        let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
        for shape in boxes {
            self.taken.take(*shape, owner);
            let [left, top, right, bottom] =
                shape.grown(f64::from(HALO) + 0.5).bounds().map(|value| value as f32);
            bounds = [
                bounds[0].min(left),
                bounds[1].min(top),
                bounds[2].max(right),
                bounds[3].max(bottom),
            ];
        }
        self.known.entry(Arc::clone(text)).or_default().push(at);
        let places = glyphs
            .into_iter()
            .map(|(at, angle)| (at.map(|value| value as f32), angle as f32))
            .collect();
        self.names.push(Name { line, places, color, bounds });
    }
}

/// Names as things to draw, moved by so much: first the edges around all letters, so that none
/// lies over the letters of another.
pub(super) fn name_items(
    names: &[Name],
    colors: &Palette,
    strength: f32,
    [dx, dy]: [f32; 2],
) -> Vec<Item> {
    let mut edges = Vec::with_capacity(names.len());
    let mut letters = Vec::with_capacity(names.len());
    for name in names {
        let size = name.line.size;
        let weight = if name.color == Kind::Place { BOLD } else { USUAL };
        let color: Color = match name.color {
            Kind::Place => colors.place,
            Kind::Street => colors.text,
            Kind::Water => colors.water_text,
        };
        let places: Vec<([f32; 2], f32)> =
            name.places.iter().map(|([x, y], angle)| ([x + dx, y + dy], *angle)).collect();
        let mut outline = Outline::new();
        for (glyph, (at, angle)) in name.line.glyphs.iter().zip(&places) {
            if let Some(ink) = glyph.font.glyph_outline(glyph.id) {
                outline.push_turned(&ink, size, *angle, *at);
            }
        }
        let stroke = Stroke::plain(colors.halo.faded(strength), 2.0 * HALO + weight * size);
        edges.push(Item::Shape(Shape { outline, fill: None, stroke: Some(stroke) }));
        let color = color.faded(strength);
        letters.push(Item::Glyphs(GlyphRun { line: name.line.clone(), places, color, weight }));
    }
    edges.append(&mut letters);
    edges
}
