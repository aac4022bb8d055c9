//! A layer of the map as a group of paths.

use arrow_array::{Array, BooleanArray};

use super::clip::{clip_line, clip_ring};
use super::content::FigureLayer;
use super::display::{Group, Item, Role, Shape, Stroke, TextItem};
use super::error::FigureError;
use super::frame::Frame;
use super::hatch::pattern;
use super::heads::{push_head, with_heads};
use super::plane::PagePlane;
use super::thin::Thinning;
use crate::crs::{LayerCrs, TransformError};
use crate::i18n::Arg;
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::problem::Problems;
use crate::style::{Hatch, ICON_SHARE, IconForm, Partition, Symbol, centred_letter};
use crate::table::{Extent, GeometryColumn, PartKind, Table};
use crate::text::Outline;

/// How many rows are transformed at a time.
const ROWS_AT_ONCE: usize = 4096;

/// Vertices nearer than this to the one before are left out, page units.
const TOLERANCE: f64 = 0.05;

/// A layer in the frame: areas below lines below points.
///
/// # Errors
/// When the person cancelled.
pub(super) fn layer_group(
    frame: Frame,
    layer: &FigureLayer<'_>,
    is_coarse: bool,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Group, FigureError> {
    let name = layer.layer.name.clone();
    let clip = Some(frame.rect(0.0));
    let mut group = Group { name, role: Role::Layer, clip, items: Vec::new() };
    let Some(geometry) = &layer.table.geometry else { return Ok(group) };
    let no_crs = |problems: &mut Problems| {
        let about = vec![("layer", Arg::Text(layer.layer.name.clone()))];
        problems.report("problem-figure-no-crs", 1, about, None);
    };
    let Some(crs) = &layer.table.crs else {
        no_crs(problems);
        return Ok(group);
    };
    let looks = Looks::of(layer);
    let mut pen = Pen::new(frame, &looks, layer.layer.opacity);
    let view = frame.extent(pen.margin);
    let rows = rows_in_view(frame.plane, view, layer.table, crs);
    let mut thinning = frame
        .plane
        .extent_in(crs, view)
        .filter(|_| is_coarse)
        .and_then(|view| Thinning::new(view, frame.size.map(|side| side + 2.0 * pen.margin)));
    let mut is_drawn = |row: &usize| {
        is_shown(layer.mask, *row)
            && looks.of_row(*row).is_some()
            && thinning.as_mut().is_none_or(|thin| thin.keeps(geometry.row(*row).xy()))
    };
    let mut drawn = Vec::new();
    for rows in rows.chunks(ROWS_AT_ONCE) {
        watch.check()?;
        drawn.extend(rows.iter().copied().filter(&mut is_drawn));
    }
    if layer.kind == Some(PartKind::Point) && looks.differ_in_size() {
        // Large symbols would hide small ones.
        drawn.sort_by(|one, other| looks.size(*other).total_cmp(&looks.size(*one)));
    }
    let pieces: Vec<&[usize]> = drawn.chunks(ROWS_AT_ONCE).collect();
    let sizes = in_parallel(pieces.iter(), |rows| size_of(geometry, rows));
    let positions = sizes.iter().map(|(positions, _)| positions).sum();
    let extent = sizes.iter().filter_map(|(_, extent)| *extent).reduce(Extent::union);
    let Ok(way) = frame.plane.way(crs, positions, extent) else {
        no_crs(problems);
        return Ok(group);
    };
    let made = in_parallel(pieces.into_iter().zip(sizes), |(rows, (positions, _))| {
        watch.check()?;
        let mut xy = Vec::with_capacity(positions);
        rows.iter().for_each(|row| xy.extend_from_slice(geometry.row(*row).xy()));
        way.take(&mut xy)?;
        let (mut pen, mut lost, mut rest) = (pen.another(), 0, xy.as_slice());
        for row in rows {
            if let Some(symbol) = looks.of_row(*row) {
                lost += u64::from(pen.row(geometry, *row, symbol, &mut rest));
            }
        }
        Ok((pen, lost))
    });
    let mut lost = 0;
    pen.areas.reserve(drawn.len());
    for piece in made {
        match piece {
            Ok((more, lost_there)) => {
                pen.append(more);
                lost += lost_there;
            }
            Err(TransformError::Cancelled(cancelled)) => return Err(cancelled.into()),
            Err(TransformError::Crs(_)) => {
                no_crs(problems);
                return Ok(group);
            }
        }
    }
    let about = vec![("layer", Arg::Text(group.name.clone()))];
    problems.report("problem-figure-not-placed", lost, about, None);
    group.items = pen.finish();
    Ok(group)
}

/// How many positions rows have, and around which extent of their CRS.
fn size_of(geometry: &GeometryColumn, rows: &[usize]) -> (usize, Option<Extent>) {
    let positions = rows.iter().map(|row| geometry.row(*row).xy().len()).sum();
    let extents = rows.iter().filter_map(|row| geometry.row(*row).extent());
    (positions, extents.reduce(Extent::union))
}

/// The positions of rows one after another in a page's plane; those that have none are not finite.
/// None where there is no way from the layer's CRS.
///
/// # Errors
/// When the person cancelled.
pub(super) fn placed(
    geometry: &GeometryColumn,
    rows: &[usize],
    (plane, crs): (PagePlane, &LayerCrs),
    watch: &Watch,
) -> Result<Option<Vec<[f64; 2]>>, Cancelled> {
    let mut xy: Vec<[f64; 2]> =
        rows.iter().flat_map(|row| geometry.row(*row).xy()).copied().collect();
    match plane.take_layer(crs, &mut xy, &watch.unseen()) {
        Ok(()) => Ok(Some(xy)),
        Err(TransformError::Cancelled(cancelled)) => Err(cancelled),
        Err(TransformError::Crs(_)) => Ok(None),
    }
}

/// Which classes of a layer have rows in the frame, by their place.
pub(super) fn classes_in_view(
    frame: Frame,
    layer: &FigureLayer<'_>,
    partition: &Partition,
) -> Vec<bool> {
    let mut seen = vec![false; partition.classes.len()];
    let Some(crs) = &layer.table.crs else { return seen };
    for row in rows_in_view(frame.plane, frame.extent(0.0), layer.table, crs) {
        if is_shown(layer.mask, row)
            && let Some(class) = partition.class_of(row)
            && let Some(seen) = seen.get_mut(class)
        {
            *seen = true;
        }
    }
    seen
}

/// The rows of a layer that are drawn in the frame, in the table's order.
pub(super) fn rows_shown(frame: Frame, layer: &FigureLayer<'_>) -> Vec<usize> {
    shown_in(frame.plane, frame.extent(0.0), layer)
}

/// The rows of a layer that are drawn in an extent of a page's plane, in the table's order.
pub(super) fn shown_in(plane: PagePlane, extent: Extent, layer: &FigureLayer<'_>) -> Vec<usize> {
    let Some(crs) = &layer.table.crs else { return Vec::new() };
    let looks = Looks::of(layer);
    let mut rows = rows_in_view(plane, extent, layer.table, crs);
    rows.retain(|row| is_shown(layer.mask, *row) && looks.of_row(*row).is_some());
    rows
}

/// Whether a layer has rows in the frame that are drawn at its scale.
pub(super) fn is_in_frame(frame: Frame, layer: &FigureLayer<'_>) -> bool {
    let Some(crs) = &layer.table.crs else { return false };
    let looks = Looks::of(layer);
    let is_drawn = |row: usize| is_shown(layer.mask, row) && looks.of_row(row).is_some();
    layer.layer.scales.shows(frame.scale_denominator())
        && match view_of(frame.plane, frame.extent(0.0), crs) {
            Some(view) => layer.table.has_row_in(&view, is_drawn),
            None => (0..layer.table.rows()).any(is_drawn),
        }
}

fn is_shown(mask: Option<&BooleanArray>, row: usize) -> bool {
    mask.is_none_or(|mask| row < mask.len() && mask.is_valid(row) && mask.value(row))
}

/// The rows whose extent may meet the view, in the table's order.
fn rows_in_view(plane: PagePlane, view: Extent, table: &Table, crs: &LayerCrs) -> Vec<usize> {
    match view_of(plane, view, crs) {
        Some(view) => table.rows_in(&view),
        None => (0..table.rows()).collect(),
    }
}

/// The view in a layer's CRS; none where it is so large that its edge says little about its inside:
/// some thousand kilometres.
fn view_of(plane: PagePlane, view: Extent, crs: &LayerCrs) -> Option<Extent> {
    let is_small = view.width() < 4e6 && view.height() < 4e6;
    plane.extent_in(crs, view).filter(|_| is_small)
}

/// How rows look.
struct Looks<'a> {
    /// The place of each row's symbol; none where all rows have the first.
    rows: Option<&'a [u16]>,
    symbols: Vec<Option<Symbol>>,
}

impl<'a> Looks<'a> {
    fn of(layer: &FigureLayer<'a>) -> Looks<'a> {
        match layer.partition {
            Some(partition) => Looks {
                rows: Some(&partition.rows),
                symbols: layer.style.symbols(partition, layer.kind),
            },
            None => Looks { rows: None, symbols: vec![Some(layer.style.symbol)] },
        }
    }

    /// Whether point symbols are of different sizes.
    fn differ_in_size(&self) -> bool {
        let mut sizes = self.symbols.iter().flatten().map(|symbol| symbol.point_size);
        let first = sizes.next();
        sizes.any(|size| Some(size) != first)
    }

    /// How large the point symbol of a row is.
    fn size(&self, row: usize) -> f32 {
        self.of_row(row).map_or(0.0, |symbol| symbol.point_size)
    }

    /// The symbol of a row that is drawn.
    fn of_row(&self, row: usize) -> Option<Symbol> {
        let place = match self.rows {
            Some(rows) => usize::from(*rows.get(row)?),
            None => 0,
        };
        self.symbols.get(place).copied().flatten()
    }
}

/// Draws rows: collects shapes by kind.
struct Pen {
    frame: Frame,
    opacity: f32,
    /// How far outside of the frame something may lie that is still seen in it, page units.
    margin: f32,
    areas: Vec<Item>,
    lines: Vec<Item>,
    points: Vec<Item>,
}

impl Pen {
    fn new(frame: Frame, looks: &Looks<'_>, opacity: f32) -> Pen {
        let reach = |symbol: &Symbol| symbol.stroke_width.max(0.0) + symbol.point_size.max(0.0);
        let reach = looks.symbols.iter().flatten().map(reach).fold(0.0, f32::max);
        Pen::empty(frame, opacity, reach + 4.0)
    }

    fn empty(frame: Frame, opacity: f32, margin: f32) -> Pen {
        Pen { frame, opacity, margin, areas: Vec::new(), lines: Vec::new(), points: Vec::new() }
    }

    /// One that draws the same way and has drawn nothing.
    fn another(&self) -> Pen {
        Pen::empty(self.frame, self.opacity, self.margin)
    }

    /// Draws a row whose transformed positions are next in `rest`. Tells whether a part of it has
    /// no place.
    fn row(
        &mut self,
        geometry: &GeometryColumn,
        row: usize,
        symbol: Symbol,
        rest: &mut &[[f64; 2]],
    ) -> bool {
        let symbol = symbol.in_opacity(self.opacity);
        let mut lost = false;
        for part in geometry.row(row).parts() {
            let mut rings = Vec::new();
            for ring in part.rings() {
                let (now, later) = rest.split_at_checked(ring.xy().len()).unwrap_or((rest, &[]));
                *rest = later;
                rings.push(self.placed(now, &mut lost));
            }
            match part.kind() {
                PartKind::Polygon => self.area(&rings, symbol),
                PartKind::Line => rings.iter().for_each(|line| self.line(line, symbol)),
                PartKind::Point => rings.iter().flatten().for_each(|at| self.point(*at, symbol)),
            }
        }
        lost
    }

    /// Positions on the page, without those that have none.
    fn placed(&self, positions: &[[f64; 2]], lost: &mut bool) -> Vec<[f64; 2]> {
        let sound = positions.iter().filter(|[x, y]| x.is_finite() && y.is_finite());
        let placed: Vec<_> = sound.map(|place| self.frame.to_page(*place)).collect();
        *lost |= placed.len() < positions.len();
        placed
    }

    fn area(&mut self, rings: &[Vec<[f64; 2]>], symbol: Symbol) {
        let rect = self.frame.rect(self.margin).map(f64::from);
        let mut outline = Outline::new();
        let mut kept = Vec::new();
        for ring in rings {
            let open = match ring.split_last() {
                Some((last, rest)) if ring.first() == Some(last) => rest,
                _ => ring,
            };
            let ring = thinned(&clip_ring(open, rect));
            if ring.len() > 2 {
                outline.push_polygon(&ring);
                kept.push(ring);
            }
        }
        if !outline.is_empty() {
            push_area(outline, &kept, symbol, &mut self.areas);
        }
    }

    fn line(&mut self, line: &[[f64; 2]], symbol: Symbol) {
        let rect = self.frame.rect(self.margin).map(f64::from);
        let mut outline = Outline::new();
        let (line, heads) = with_heads(line, symbol);
        for piece in clip_line(&line, rect) {
            outline.push_line(&thinned(&piece));
        }
        if !outline.is_empty() {
            let stroke = Some(Stroke::of(symbol));
            self.lines.push(Item::Shape(Shape { outline, fill: None, stroke }));
        }
        let [left, top, right, bottom] = rect;
        let is_seen = |[x, y]: &[f64; 2]| (left..=right).contains(x) && (top..=bottom).contains(y);
        for head in heads.iter().filter(|head| head.iter().any(is_seen)) {
            push_head(head, symbol.stroke, &mut self.lines);
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "inside the frame and its margin")]
    fn point(&mut self, [x, y]: [f64; 2], symbol: Symbol) {
        let [left, top, right, bottom] = self.frame.rect(self.margin).map(f64::from);
        if (left..=right).contains(&x) && (top..=bottom).contains(&y) {
            let at = [x as f32, y as f32];
            push_point(symbol, at, &mut self.points);
        }
    }

    /// Adds what another drew of the rows that follow.
    fn append(&mut self, mut other: Pen) {
        self.areas.append(&mut other.areas);
        self.lines.append(&mut other.lines);
        self.points.append(&mut other.points);
    }

    fn finish(self) -> Vec<Item> {
        let Pen { areas: mut items, mut lines, mut points, .. } = self;
        items.append(&mut lines);
        items.append(&mut points);
        items
    }
}

/// An area of a symbol, with its pattern.
pub(super) fn push_area(
    outline: Outline,
    rings: &[Vec<[f32; 2]>],
    symbol: Symbol,
    to: &mut Vec<Item>,
) {
    let (fill, stroke) = (Some(symbol.fill), Some(Stroke::of(symbol)));
    if symbol.hatch == Hatch::None {
        to.push(Item::Shape(Shape { outline, fill, stroke }));
        return;
    }
    // The pattern lies between the inside and the outline.
    to.push(Item::Shape(Shape { outline: outline.clone(), fill, stroke: None }));
    let made = pattern(symbol.hatch, rings);
    if !made.lines.is_empty() {
        let stroke = Some(Stroke::plain(symbol.stroke, Hatch::WIDTH));
        to.push(Item::Shape(Shape { outline: made.lines, fill: None, stroke }));
    }
    if !made.dots.is_empty() {
        let fill = Some(symbol.stroke);
        to.push(Item::Shape(Shape { outline: made.dots, fill, stroke: None }));
    }
    to.push(Item::Shape(Shape { outline, fill: None, stroke }));
}

/// A point symbol around a place, with its picture.
pub(super) fn push_point(symbol: Symbol, at: [f32; 2], to: &mut Vec<Item>) {
    let corners = symbol.shape.corners();
    let outline = if corners.is_empty() {
        Outline::circle(at, symbol.point_size / 2.0)
    } else {
        let (sin, cos) = symbol.rotation.to_radians().sin_cos();
        let turned = corners.iter().map(|[x, y]| [x * cos - y * sin, x * sin + y * cos]);
        let mut placed = Outline::new();
        let corners: Vec<[f32; 2]> = turned.collect();
        placed.push_placed(&Outline::polygon(&corners), symbol.point_size, at);
        placed
    };
    let (fill, stroke) = (Some(symbol.fill), Some(Stroke::of(symbol)));
    to.push(Item::Shape(Shape { outline, fill, stroke }));
    let Some(icon) = symbol.icon else { return };
    let (size, color) = (symbol.point_size * ICON_SHARE, symbol.icon_color());
    match icon.form() {
        IconForm::Discs(discs) => {
            for ([x, y], radius) in discs {
                let outline = Outline::circle([at[0] + x * size, at[1] + y * size], radius * size);
                to.push(Item::Shape(Shape { outline, fill: Some(color), stroke: None }));
            }
        }
        IconForm::Letter(font, letter, weight) => {
            if let Some((line, start)) = centred_letter(font, letter, size) {
                let at = [at[0] + start[0], at[1] + start[1]];
                to.push(Item::Text(TextItem { line, at, color, weight }));
            }
        }
    }
}

/// The positions without those that change nothing that can be seen. First and last stay.
#[expect(clippy::cast_possible_truncation, reason = "cut to the page")]
pub(super) fn thinned(points: &[[f64; 2]]) -> Vec<[f32; 2]> {
    let mut kept: Vec<[f32; 2]> = Vec::with_capacity(points.len());
    let mut before = [f64::NAN; 2];
    for (number, [x, y]) in points.iter().copied().enumerate() {
        let near = (x - before[0]).abs() < TOLERANCE && (y - before[1]).abs() < TOLERANCE;
        if !near || number + 1 == points.len() {
            kept.push([x as f32, y as f32]);
            before = [x, y];
        }
    }
    kept
}
