//! What stands on the map: the legend, the arrow to the north, the small map of where it is.

use super::edges::north_letter;
use super::parts::{Parts, SheetThing, mm_to_units, units_to_mm};
use super::plan::{self, LegendPlace, SheetPlan};
use super::room::is_within;
use super::{SheetSpec, Subject};
use crate::jobs::Watch;
use crate::page::FigureError;
use crate::page::content::FigureLayer;
use crate::page::display::{Group, Item, Role, Shape, Stroke};
use crate::page::frame::Frame;
use crate::page::furniture::{EDGE, INK, PADDING, PAPER, STRONG, panel, text};
use crate::page::glance::Glance;
use crate::page::layer::layer_group;
use crate::page::legend_box::panel_size;
use crate::problem::Problems;
use crate::project::MovablePart;
use crate::style::{Color, Style, Symbol, default_symbol};
use crate::table::{Extent, PartKind};
use crate::text::{Outline, metrics, shape};

/// How large the small map is, as a share of the shorter side of the map; and units.
const LOCATOR: f32 = 0.24;
const LOCATOR_SIZES: [f32; 2] = [64.0, 150.0];

/// The disc that the arrow with its letter stands on, units.
pub(super) const NORTH: f32 = 44.0;

/// The legend: where the person put it, beside or below the map, or on its panel in a corner, where it
/// covers least.
pub(super) fn draw_legend(parts: &mut Parts<'_>, ink: Option<&Glance>, beside: &mut Vec<Item>) {
    let plan = parts.plan;
    let thing = SheetThing::Part(MovablePart::Legend);
    let made = plan.legend.clone();
    let size = panel_size(made.size);
    let [left, top, right, bottom] = plan.frame.rect(0.0);
    let cut = made.cut;
    match plan.legend_place {
        LegendPlace::Nowhere => return,
        LegendPlace::Beside | LegendPlace::Below => {
            let at = match plan.legend_place {
                LegendPlace::Below => [left, bottom + plan::GAP],
                _ => [right + plan::GAP, top],
            };
            parts.note(thing, at, made.size);
            made.draw(at, beside);
        }
        LegendPlace::OnMap => {
            let places = parts.room.corners(size).into_iter();
            let ink = |at: [f32; 2]| ink.map_or(0, |ink| ink.covered(at, size));
            // First not over the subject, then where least is drawn.
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "0 to 1000"
            )]
            let key = |at: &[f32; 2]| ((parts.room.covered(*at, size) * 1000.0) as u32, ink(*at));
            let Some(at) = places.min_by_key(key) else { return };
            parts.panels.push(panel(at, size, PAPER.with_alpha(242), EDGE));
            made.draw(at.map(|edge| edge + PADDING), &mut parts.panels);
            parts.take(thing, at, size);
        }
        LegendPlace::Moved(place) => {
            let at = parts.corner(place, size);
            parts.above.push(panel(at, size, PAPER.with_alpha(242), EDGE));
            made.draw(at.map(|edge| edge + PADDING), &mut parts.above);
            parts.take(thing, at, size);
        }
    }
    parts.cut += cut;
}

/// The arrow to the north, turned as the map is: where the person put it, on the map, or else in the
/// corner beside the title, where it would cover the subject.
pub(super) fn draw_north(parts: &mut Parts<'_>, beside_title: Option<[f32; 2]>) {
    let (frame, spec) = (parts.plan.frame, parts.spec);
    let Some(angle) = frame.plane.north(frame.center) else { return };
    let size = [NORTH, NORTH];
    let moved = parts.moved(MovablePart::North);
    let found = if let Some(place) = moved {
        Some(parts.corner(place, size))
    } else {
        let free = parts.room.best(size, 0.0);
        let corner = beside_title.map(|[right, top]| [right - NORTH, top]);
        free.or(corner).or_else(|| parts.room.best(size, 1.0))
    };
    let Some(at) = found else { return };
    parts.take(SheetThing::Part(MovablePart::North), at, size);
    let to = if moved.is_some() { &mut parts.above } else { &mut parts.panels };
    let middle = [at[0] + size[0] / 2.0, at[1] + size[1] / 2.0];
    to.push(Item::Shape(Shape {
        outline: Outline::circle(middle, NORTH / 2.0),
        fill: Some(PAPER.with_alpha(225)),
        stroke: Some(Stroke::plain(EDGE, 0.6)),
    }));
    #[expect(clippy::cast_possible_truncation, reason = "an angle")]
    let (sin, cos) = (angle.sin() as f32, angle.cos() as f32);
    // y points down: clockwise is as written.
    let turned = |[x, y]: [f32; 2]| [middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos];
    let (half, tip, foot, notch) = (7.0, -5.5, 17.0, 12.5);
    let dark = [[0.0, tip], [half, foot], [0.0, notch]].map(turned);
    let light = [[0.0, tip], [-half, foot], [0.0, notch]].map(turned);
    let edge = Some(Stroke::plain(INK, 0.8));
    to.push(Item::Shape(Shape {
        outline: Outline::polygon(&light),
        fill: Some(PAPER),
        stroke: edge,
    }));
    to.push(Item::Shape(Shape { outline: Outline::polygon(&dark), fill: Some(INK), stroke: edge }));
    let letter = shape(&north_letter(spec), 11.0);
    let height = metrics(11.0).cap_height;
    let [x, y] = turned([0.0, -12.5]);
    let start = [x - letter.width / 2.0, y + height / 2.0];
    to.push(text(letter, start, INK, STRONG));
}

/// The areas among which the subject lies: those of its own layer, or of one that reaches farther
/// than the map.
fn around<'a>(plan: &SheetPlan, spec: &SheetSpec<'a>) -> Option<&'a FigureLayer<'a>> {
    let content = &spec.content;
    let is_areas = |layer: &&FigureLayer<'a>| {
        layer.is_drawn(content.document) && layer.kind == Some(PartKind::Polygon)
    };
    let reaches_farther = |layer: &&FigureLayer<'a>| {
        let Some(own) = extent_of(plan, layer) else { return false };
        let seen = plan.frame.extent(0.0);
        let larger = own.width() > 1.4 * seen.width() || own.height() > 1.4 * seen.height();
        larger && holds_middle(plan, layer)
    };
    if let Subject::Features { layer, .. } = &spec.subject {
        let own = content.layers.iter().find(|other| other.layer.id == *layer);
        if let Some(own) = own.filter(|own| is_areas(own) && reaches_farther(own)) {
            return Some(own);
        }
    }
    content.layers.iter().filter(is_areas).find(reaches_farther)
}

/// Whether an area of a layer lies around the middle of the map.
fn holds_middle(plan: &SheetPlan, layer: &FigureLayer<'_>) -> bool {
    let (Some(geometry), Some(crs)) = (&layer.table.geometry, &layer.table.crs) else {
        return false;
    };
    let [x, y] = plan.shape.extent.center();
    let middle = Extent { min_x: x, min_y: y, max_x: x, max_y: y }.grown(1.0, 1.0);
    let Some(own) = plan.frame.plane.extent_in(crs, middle) else { return false };
    let [x, y] = own.center();
    let is_inside = |row: usize| {
        let rings = geometry.row(row).parts().filter(|part| part.kind() == PartKind::Polygon);
        let rings: Vec<Vec<[f64; 2]>> = rings
            .flat_map(|part| part.rings().map(|r| r.xy().to_vec()).collect::<Vec<_>>())
            .collect();
        !rings.is_empty() && is_within(&rings, [x, y])
    };
    layer.table.index().search(&own).into_iter().any(is_inside)
}

/// What a layer covers in the plane of the page.
fn extent_of(plan: &SheetPlan, layer: &FigureLayer<'_>) -> Option<Extent> {
    let (extent, crs) = (layer.table.extent()?, layer.table.crs.as_ref()?);
    let mut corners: Vec<[f64; 2]> = [
        [extent.min_x, extent.min_y],
        [extent.max_x, extent.min_y],
        [extent.min_x, extent.max_y],
        [extent.max_x, extent.max_y],
    ]
    .to_vec();
    plan.frame.plane.take_layer(crs, &mut corners, &Watch::unwatched()).ok()?;
    let is_sound = corners.iter().flatten().all(|number| number.is_finite());
    Extent::of_points(&corners).filter(|_| is_sound)
}

/// The small map of where the map is; none where there are no areas that reach farther.
pub(super) fn draw_locator(
    parts: &mut Parts<'_>,
    watch: &Watch,
) -> Result<Option<[Group; 2]>, FigureError> {
    let (plan, spec) = (parts.plan, parts.spec);
    let Some(layer) = around(plan, spec) else { return Ok(None) };
    let Some(extent) = extent_of(plan, layer) else { return Ok(None) };
    let [width, height] = plan.frame.size;
    let [least, most] = LOCATOR_SIZES;
    #[expect(clippy::cast_possible_truncation, reason = "a share")]
    let aspect = (extent.width() / extent.height().max(1e-9)).clamp(0.4, 2.5) as f32;
    let moved = parts.moved(MovablePart::Locator);
    let long = match moved.filter(|place| place.width.is_some()) {
        Some(place) => {
            let paper = units_to_mm(plan.frame, plan.page[0]);
            let wide = mm_to_units(plan.frame, place.width(paper, paper)) - 2.0 * INNER;
            let most = plan.page[1] * 0.8 - 2.0 * INNER;
            (wide.max(20.0) / aspect.min(1.0)).min(most * aspect.max(1.0))
        }
        None => (width.min(height) * LOCATOR).clamp(least, most),
    };
    let size = if aspect > 1.0 { [long, long / aspect] } else { [long * aspect, long] };
    let outer = size.map(|length| length + 2.0 * INNER);
    let found = match moved {
        Some(place) => Some(parts.corner(place, outer)),
        None => parts.room.best(outer, 0.02),
    };
    let Some(at) = found else { return Ok(None) };
    parts.take(SheetThing::Part(MovablePart::Locator), at, outer);

    let inner = [at[0] + INNER, at[1] + INNER];
    let per_unit = (extent.width() / f64::from(size[0])).max(extent.height() / f64::from(size[1]));
    let frame = Frame {
        at: inner,
        size,
        center: extent.center(),
        metres_per_unit: per_unit,
        ground_metres_per_unit: per_unit,
        ..plan.frame
    };
    let plain = |fill: Color, stroke: Color, width: f32| Symbol {
        fill,
        stroke,
        stroke_width: width,
        ..default_symbol(Some(PartKind::Polygon), 0)
    };
    let land = plain(Color::rgb(0xd9_dd_e2), Color::rgb(0xff_ff_ff), 0.5);
    let style = Style::from(land);
    let own = crate::project::Layer { opacity: 1.0, ..layer.layer.clone() };
    let small = FigureLayer { layer: &own, style: &style, partition: None, ..*layer };
    let mut ignored = Problems::new();
    let mut group = layer_group(frame, &small, false, watch, &mut ignored)?;
    group.clip = Some([inner[0], inner[1], inner[0] + size[0], inner[1] + size[1]]);
    "locator".clone_into(&mut group.name);
    group.role = Role::Furniture;
    group.items.extend(marks(plan, frame));
    let back = Group {
        name: "locator-panel".to_owned(),
        role: Role::Furniture,
        clip: None,
        items: vec![panel(at, outer, PAPER.with_alpha(242), EDGE)],
    };
    Ok(Some([back, group]))
}

/// Between the edge of the small map's panel and the map.
const INNER: f32 = 5.0;

/// The subject, or what the map shows, on the small map.
fn marks(plan: &SheetPlan, frame: Frame) -> Vec<Item> {
    const MARK: Color = Color::rgb(0xb0_2a_1f);
    #[expect(clippy::cast_possible_truncation, reason = "on the page")]
    let on_page = |at: &[f64; 2]| frame.to_page(*at).map(|number| number as f32);
    let mut outline = Outline::new();
    for ring in &plan.shape.rings {
        let ring: Vec<[f32; 2]> = ring.iter().map(on_page).collect();
        outline.push_polygon(&ring);
    }
    if !outline.is_empty() {
        let stroke = Some(Stroke::plain(MARK, 0.5));
        return vec![Item::Shape(Shape { outline, fill: Some(MARK), stroke })];
    }
    let Extent { min_x, min_y, max_x, max_y } = plan.frame.extent(0.0);
    let ([left, top], [right, bottom]) = (on_page(&[min_x, max_y]), on_page(&[max_x, min_y]));
    let outline = Outline::rectangle([left, top], [right - left, bottom - top]);
    let (fill, stroke) = (Some(MARK.with_alpha(50)), Some(Stroke::plain(MARK, 1.2)));
    vec![Item::Shape(Shape { outline, fill, stroke })]
}
