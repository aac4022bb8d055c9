//! Areas and lines of a map of a city as paths of a page.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::look::{CityLook, Palette, area_from, line_width, road_width};
use super::names::{name_items, place_names};
use super::source::CitySource;
use crate::crs::{Plane, mercator_metres_per_point};
use crate::i18n::Language;
use crate::jobs::{Cancelled, Watch};
use crate::page::clip::{clip_line, clip_ring};
use crate::page::display::{Item, Shape, Stroke};
use crate::page::frame::Frame;
use crate::page::warp::{mercator_extent, mercator_per_unit};
use crate::problem::Problems;
use crate::style::{Color, Dash, Join};
use crate::text::Outline;
use crate::tiles::TileId;
use crate::tiles::archive::Archive;
use crate::tiles::vector::{CityClass, CityFeature, CityShape, CityTile, Road, RoadRank};

/// How many tiles a page takes at most; coarser ones beyond that.
const MOST_TILES: usize = 400;

/// How many read tiles a page keeps: all of it, for its areas, lines and names.
const KEPT: usize = 2 * MOST_TILES;

/// How far tiles of a page reach into each other, in shares of a side: so that no hairline shows
/// between them.
const OVERLAP: f64 = 1.0 / 512.0;

/// From which zoom level on roads have edges of their own.
const CASING_FROM: f64 = 11.0;

/// The basemap of a page that is drawn from vectors.
#[derive(Clone, Copy, Debug)]
pub struct FigureCity<'a> {
    /// Where its tiles are.
    pub archive: &'a Arc<Archive>,
    /// How it looks.
    pub look: CityLook,
    /// The language of its names.
    pub language: Language,
    /// How much larger its letters are than usual.
    pub letters: f64,
}

/// How a tile is drawn.
pub(super) struct Drawing<'a> {
    pub frame: Frame,
    /// The zoom level of the screen at which it would look as it does.
    pub zoom: f64,
    pub colors: &'a Palette,
    /// How much of their colour things keep, on white.
    pub strength: f32,
    /// How much larger letters are than usual.
    pub letters: f64,
    /// How far outside of its own square a tile is drawn, in shares of a side.
    pub overlap: f64,
}

/// A tile and where it is.
pub(super) type Placed = (TileId, Arc<CityTile>);

/// The zoom level of the screen that has the scale of a frame.
pub(super) fn zoom_of(frame: Frame) -> Option<f64> {
    let per_unit = mercator_per_unit(frame)?;
    let zoom = (mercator_metres_per_point(0.0) / per_unit).log2();
    zoom.is_finite().then_some(zoom)
}

/// The basemap of a page as paths and texts. Damaged and missing tiles are counted.
///
/// # Errors
/// When the person cancelled.
pub(in crate::page) fn city_items(
    frame: Frame,
    city: &FigureCity<'_>,
    strength: f32,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Vec<Item>, Cancelled> {
    let (Some(zoom), Some(extent)) = (zoom_of(frame), mercator_extent(frame)) else {
        return Ok(Vec::new());
    };
    let source = CitySource::new(Arc::clone(city.archive), city.language, KEPT);
    let mut corners = [[extent.min_x, extent.min_y], [extent.max_x, extent.max_y]];
    Plane::WebMercator.give_lon_lat(&mut corners);
    let Some(degrees) = crate::table::Extent::of_points(&corners) else { return Ok(Vec::new()) };
    let least = city.archive.facts().min_zoom;
    let mut level = source.level(zoom);
    let wanted = loop {
        match TileId::covering(&degrees, level, MOST_TILES) {
            Some(tiles) => break tiles,
            None if level > least => level -= 1,
            // So small a map needs no more than what there is room for.
            None => break Vec::new(),
        }
    };
    let mut found: BTreeMap<TileId, Arc<CityTile>> = BTreeMap::new();
    let (mut damaged, mut coarse) = (0, 0);
    for tile in wanted.into_iter().filter(|tile| city.archive.may_have(*tile)) {
        watch.check()?;
        match source.find(tile) {
            Ok(Some((of, read))) => {
                coarse += u64::from(of != tile);
                found.insert(of, read);
            }
            Ok(None) => {}
            Err(_) => damaged += 1,
        }
    }
    problems.add("problem-figure-tiles-missing", damaged);
    problems.add("problem-figure-tiles-coarse", coarse);
    // Larger ones, which stand in for what the archive lacks, come first.
    let tiles: Vec<Placed> = found.into_iter().collect();
    let colors = city.look.colors();
    let letters = city.letters;
    let drawing = Drawing { frame, zoom, colors, strength, letters, overlap: OVERLAP };
    let mut items = drawing.items(&tiles, watch)?;
    let region = frame.rect(0.0).map(f64::from);
    let names = place_names(&drawing, &tiles, region, watch)?;
    items.extend(name_items(&names, colors, strength, [0.0, 0.0]));
    Ok(items)
}

impl Drawing<'_> {
    /// The areas and lines of tiles, the lowest first.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn items(&self, tiles: &[Placed], watch: &Watch) -> Result<Vec<Item>, Cancelled> {
        let mut items = Vec::new();
        for placed in tiles {
            self.ground(placed.0, &mut items);
        }
        let mut areas: Vec<(CityClass, usize, Vec<Shape>)> = Vec::new();
        let mut lines = Lines::default();
        for (number, (tile, city)) in tiles.iter().enumerate() {
            watch.check()?;
            let mut of_tile: Vec<Shape> = Vec::new();
            let mut before = None;
            for feature in &city.features {
                if before != Some(feature.class) {
                    if let Some(class) = before.filter(|_| !of_tile.is_empty()) {
                        areas.push((class, number, std::mem::take(&mut of_tile)));
                    }
                    before = Some(feature.class);
                }
                match feature.shape {
                    CityShape::Areas => of_tile.extend(self.area(*tile, feature)),
                    CityShape::Lines => self.line(*tile, feature, &mut lines),
                    CityShape::Points => {}
                }
            }
            if let Some(class) = before.filter(|_| !of_tile.is_empty()) {
                areas.push((class, number, of_tile));
            }
        }
        areas.sort_by_key(|(class, number, _)| (*class, *number));
        // Waterways lie with the water, under what is built over it.
        let over = |class: CityClass| matches!(class, CityClass::Square | CityClass::Building);
        let (above, below): (Vec<_>, Vec<_>) =
            areas.into_iter().partition(|(class, ..)| over(*class));
        let shapes = |areas: Vec<(CityClass, usize, Vec<Shape>)>| {
            areas.into_iter().flat_map(|(.., shapes)| shapes).map(Item::Shape)
        };
        items.extend(shapes(below));
        for small in [true, false] {
            self.plain(CityClass::Waterway(small), self.colors.water, &mut lines, &mut items);
        }
        // Tunnels lie under buildings, all else over them.
        self.roads(-1, &mut lines, &mut items);
        items.extend(shapes(above));
        self.plain(CityClass::Unknown, self.colors.rail, &mut lines, &mut items);
        self.roads(0, &mut lines, &mut items);
        for tram in [true, false] {
            self.rails(tram, &mut lines, &mut items);
        }
        self.roads(1, &mut lines, &mut items);
        self.borders(&mut lines, &mut items);
        Ok(items)
    }

    fn color(&self, color: Color) -> Color {
        color.faded(self.strength)
    }

    /// Positions in a tile as positions of the page.
    pub fn placed(&self, tile: TileId, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
        let square = tile.extent_mercator();
        let mut places: Vec<[f64; 2]> = points
            .iter()
            .map(|[x, y]| [square.min_x + x * square.width(), square.max_y - y * square.height()])
            .collect();
        if !self.frame.plane.is_screen() {
            Plane::WebMercator.give_lon_lat(&mut places);
            self.frame.plane.take_lon_lat(&mut places);
        }
        places.iter_mut().for_each(|place| *place = self.frame.to_page(*place));
        places.retain(|[x, y]| x.is_finite() && y.is_finite());
        places
    }

    fn bounds_of_tile(&self) -> [f64; 4] {
        [-self.overlap, -self.overlap, 1.0 + self.overlap, 1.0 + self.overlap]
    }

    /// Whether anything of a box in a tile may be seen in the frame.
    fn is_seen(&self, tile: TileId, bounds: [f32; 4]) -> bool {
        let [left, top, right, bottom] = bounds.map(f64::from);
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
        let corners = self.placed(tile, &corners);
        let [west, north, east, south] = self.frame.rect(8.0).map(f64::from);
        let any = |test: &dyn Fn(&[f64; 2]) -> bool| corners.iter().any(test);
        any(&|at| at[0] > west)
            && any(&|at| at[0] < east)
            && any(&|at| at[1] > north)
            && any(&|at| at[1] < south)
    }

    /// The colour of the land, as far as a tile reaches.
    fn ground(&self, tile: TileId, items: &mut Vec<Item>) {
        let [left, top, right, bottom] = self.bounds_of_tile();
        let edge = |a: [f64; 2], b: [f64; 2]| {
            (0..8).map(move |step| {
                let share = f64::from(step) / 8.0;
                [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]
            })
        };
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
        let ring: Vec<[f64; 2]> = corners
            .iter()
            .zip(corners.iter().cycle().skip(1))
            .flat_map(|(a, b)| edge(*a, *b))
            .collect();
        let ring = clip_ring(&self.placed(tile, &ring), self.frame.rect(2.0).map(f64::from));
        if ring.len() > 2 {
            let outline = Outline::polygon(&narrow(&ring));
            let fill = Some(self.color(self.colors.land));
            items.push(Item::Shape(Shape { outline, fill, stroke: None }));
        }
    }

    fn area(&self, tile: TileId, feature: &CityFeature) -> Option<Shape> {
        let fill = self.colors.area(feature.class)?;
        if self.zoom < area_from(feature.class) || !self.is_seen(tile, feature.bounds) {
            return None;
        }
        let mut outline = Outline::new();
        let frame = self.frame.rect(4.0).map(f64::from);
        for ring in &feature.parts {
            let wide: Vec<[f64; 2]> = ring.iter().map(|at| at.map(f64::from)).collect();
            let cut = clip_ring(&wide, self.bounds_of_tile());
            let ring = thinned(&clip_ring(&self.placed(tile, &cut), frame));
            if ring.len() > 2 {
                outline.push_polygon(&narrow(&ring));
            }
        }
        let is_edged =
            feature.class == CityClass::Building && self.zoom >= 15.5 && is_inside(feature);
        let edge = Stroke::plain(self.color(self.colors.building_edge), 0.5);
        (!outline.is_empty()).then(|| Shape {
            outline,
            fill: Some(self.color(fill)),
            stroke: is_edged.then_some(edge),
        })
    }

    fn line(&self, tile: TileId, feature: &CityFeature, lines: &mut Lines) {
        let is_drawn = match feature.class {
            CityClass::Road(road) => road_width(road.rank, self.zoom).is_some(),
            class => line_width(class, self.zoom).is_some(),
        };
        if !is_drawn || !self.is_seen(tile, feature.bounds) {
            return;
        }
        let reach = road_width(RoadRank::Motorway, self.zoom).unwrap_or(1.0).max(8.0);
        #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
        let frame = self.frame.rect(reach as f32).map(f64::from);
        let outline = lines.0.entry(feature.class).or_default();
        for line in &feature.parts {
            let wide: Vec<[f64; 2]> = line.iter().map(|at| at.map(f64::from)).collect();
            for piece in clip_line(&wide, self.bounds_of_tile()) {
                for piece in clip_line(&self.placed(tile, &piece), frame) {
                    let piece = thinned(&piece);
                    if piece.len() > 1 {
                        outline.push_line(&narrow(&piece));
                    }
                }
            }
        }
    }

    /// Roads of a level: first the edges of all, then what is between, so that crossings are open.
    fn roads(&self, level: i8, lines: &mut Lines, items: &mut Vec<Item>) {
        let of_level = |class: &CityClass| match class {
            CityClass::Road(Road { level: of, rank }) if *of == level => Some(*rank),
            _ => None,
        };
        let roads: Vec<(RoadRank, Outline)> = lines
            .0
            .iter_mut()
            .filter_map(|(class, outline)| Some((of_level(class)?, std::mem::take(outline))))
            .filter(|(_, outline)| !outline.is_empty())
            .collect();
        if self.zoom >= CASING_FROM {
            for (rank, outline) in &roads {
                let Some(width) = road_width(*rank, self.zoom) else { continue };
                let (_, casing) = self.colors.road(*rank, level);
                let edges = (width * 0.16).clamp(0.7, 2.0);
                if *rank != RoadRank::Path && width > 1.2 {
                    let stroke = self.stroke(casing, width + edges);
                    let dash = if level < 0 { Dash::Dashed } else { Dash::Solid };
                    items.push(stroked(outline.clone(), Stroke { dash, ..stroke }));
                }
            }
        }
        for (rank, outline) in roads {
            let Some(width) = road_width(rank, self.zoom) else { continue };
            let (fill, casing) = self.colors.road(rank, level);
            // A line too thin for edges has their colour, or it would not be seen.
            let is_bare = width <= 1.2 || self.zoom < CASING_FROM;
            let stroke = self.stroke(if is_bare { casing } else { fill }, width);
            let dash = if rank == RoadRank::Path { Dash::Dashed } else { Dash::Solid };
            items.push(stroked(outline, Stroke { dash, ..stroke }));
        }
    }

    fn plain(&self, class: CityClass, color: Color, lines: &mut Lines, items: &mut Vec<Item>) {
        let outline = lines.0.remove(&class).filter(|outline| !outline.is_empty());
        if let (Some(outline), Some(width)) = (outline, line_width(class, self.zoom)) {
            items.push(stroked(outline, self.stroke(color, width)));
        }
    }

    /// Railways: a line, with light pieces in it where there is room.
    fn rails(&self, tram: bool, lines: &mut Lines, items: &mut Vec<Item>) {
        let class = CityClass::Rail(tram);
        let outline = lines.0.remove(&class).filter(|outline| !outline.is_empty());
        let (Some(outline), Some(width)) = (outline, line_width(class, self.zoom)) else { return };
        let is_wide = !tram && self.zoom >= 14.5;
        items.push(stroked(outline.clone(), self.stroke(self.colors.rail, width)));
        if is_wide {
            let inner = Stroke {
                dash: Dash::Dashed,
                ..self.stroke(self.colors.land, (width - 1.0).max(0.6))
            };
            items.push(stroked(outline, inner));
        }
    }

    fn borders(&self, lines: &mut Lines, items: &mut Vec<Item>) {
        let borders: Vec<CityClass> =
            lines.0.keys().copied().filter(|class| matches!(class, CityClass::Border(_))).collect();
        for class in borders {
            let Some(outline) = lines.0.remove(&class).filter(|outline| !outline.is_empty()) else {
                continue;
            };
            if let Some(width) = line_width(class, self.zoom) {
                let stroke = self.stroke(self.colors.border, width);
                items.push(stroked(outline, Stroke { dash: Dash::Dashed, ..stroke }));
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "points of a page")]
    fn stroke(&self, color: Color, width: f64) -> Stroke {
        Stroke {
            color: self.color(color),
            width: width as f32,
            dash: Dash::Solid,
            join: Join::Round,
        }
    }
}

/// Lines put together by what they are: one path each.
#[derive(Default)]
struct Lines(BTreeMap<CityClass, Outline>);

fn stroked(outline: Outline, stroke: Stroke) -> Item {
    Item::Shape(Shape { outline, fill: None, stroke: Some(stroke) })
}

/// Whether something lies in its own tile as a whole: what is cut would get an edge along the cut.
fn is_inside(feature: &CityFeature) -> bool {
    let [left, top, right, bottom] = feature.bounds;
    left >= 0.0 && top >= 0.0 && right <= 1.0 && bottom <= 1.0
}

/// Without what lies nearer to the point before than is seen.
fn thinned(points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    const NEAR: f64 = 0.12;
    let mut kept: Vec<[f64; 2]> = Vec::with_capacity(points.len());
    for (number, point) in points.iter().enumerate() {
        let is_last = number + 1 == points.len();
        let is_near = kept.last().is_some_and(|before| {
            (before[0] - point[0]).abs() < NEAR && (before[1] - point[1]).abs() < NEAR
        });
        if !is_near || (is_last && kept.len() < 2) {
            kept.push(*point);
        }
    }
    kept
}

#[expect(clippy::cast_possible_truncation, reason = "cut to the frame")]
fn narrow(points: &[[f64; 2]]) -> Vec<[f32; 2]> {
    points.iter().map(|point| point.map(|value| value as f32)).collect()
}
