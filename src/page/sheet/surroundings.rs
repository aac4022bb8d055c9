//! What sets the subject of a map apart: a veil over its surroundings and a line around it, a band
//! under a street, a circle around a point.

use super::subject::SubjectShape;
use crate::page::clip::{clip_line, clip_ring};
use crate::page::display::{Group, Item, Role, Shape, Stroke};
use crate::page::frame::Frame;
use crate::page::layer::thinned;
use crate::style::{Color, Dash, Join};
use crate::text::Outline;

/// The veil: what lies under it is still read, and steps back.
const VEIL: Color = Color::rgb(0xff_ff_ff).with_alpha(158);
/// The line around the subject, and its light edge.
const EDGE: (Color, f32) = (Color::rgb(0x1f_23_28), 1.8);
const EDGE_LIGHT: (Color, f32) = (Color::rgb(0xff_ff_ff).with_alpha(190), 4.6);
/// The band under the subject's lines, and its edges; the layer's own line lies on it.
const BAND: (Color, f32) = (Color::rgb(0xff_ff_ff), 8.4);
const BAND_EDGE: (Color, f32) = (Color::rgb(0x1f_23_28), 11.6);
/// The circle around a point: outside of the symbols that are usual.
const CIRCLE: f32 = 11.0;
/// How far outside of the frame rings are cut, so that their edges there are not seen.
const BEYOND: f32 = 12.0;

/// The rings of the subject on the page, cut to the frame.
fn rings(frame: Frame, shape: &SubjectShape) -> Vec<Vec<[f32; 2]>> {
    let rect = frame.rect(BEYOND).map(f64::from);
    let on_page = |ring: &Vec<[f64; 2]>| {
        let placed: Vec<[f64; 2]> = ring
            .iter()
            .map(|at| frame.to_page(*at))
            .filter(|at| at.iter().all(|number| number.is_finite()))
            .collect();
        thinned(&clip_ring(&placed, rect))
    };
    shape.rings.iter().map(on_page).filter(|ring| ring.len() > 2).collect()
}

/// The veil over all but the subject; none where it has no area.
pub(super) fn veil(frame: Frame, shape: &SubjectShape) -> Option<Group> {
    let rings = rings(frame, shape);
    if shape.rings.is_empty() {
        return None;
    }
    let [left, top, right, bottom] = frame.rect(BEYOND);
    let mut outline = Outline::rectangle([left, top], [right - left, bottom - top]);
    rings.iter().for_each(|ring| outline.push_polygon(ring));
    let items = vec![Item::Shape(Shape { outline, fill: Some(VEIL), stroke: None })];
    Some(Group {
        name: "veil".to_owned(),
        role: Role::Furniture,
        clip: Some(frame.rect(0.0)),
        items,
    })
}

/// The band under the subject's lines; none where it has none.
pub(super) fn band(frame: Frame, shape: &SubjectShape) -> Option<Group> {
    let rect = frame.rect(BEYOND).map(f64::from);
    let mut outline = Outline::new();
    for line in &shape.lines {
        let placed: Vec<[f64; 2]> = line.iter().map(|at| frame.to_page(*at)).collect();
        clip_line(&placed, rect).iter().for_each(|piece| outline.push_line(&thinned(piece)));
    }
    group(frame, "subject band", &outline, [BAND_EDGE, BAND])
}

/// The line around the subject's areas and the circles around its points; none where it has neither.
pub(super) fn edge(frame: Frame, shape: &SubjectShape) -> Option<Group> {
    let rings = rings(frame, shape);
    let mut outline = Outline::new();
    rings.iter().for_each(|ring| outline.push_polygon(ring));
    let [left, top, right, bottom] = frame.rect(CIRCLE).map(f64::from);
    for [x, y] in shape.points.iter().map(|at| frame.to_page(*at)) {
        if (left..right).contains(&x) && (top..bottom).contains(&y) {
            #[expect(clippy::cast_possible_truncation, reason = "on the page")]
            let circle = Outline::circle([x as f32, y as f32], CIRCLE);
            outline.push_placed(&circle, 1.0, [0.0; 2]);
        }
    }
    group(frame, "subject", &outline, [EDGE_LIGHT, EDGE])
}

/// One path drawn twice.
fn group(frame: Frame, name: &str, outline: &Outline, lines: [(Color, f32); 2]) -> Option<Group> {
    if outline.is_empty() {
        return None;
    }
    let line = |(color, width): (Color, f32)| {
        let stroke = Stroke { color, width, dash: Dash::Solid, join: Join::Round };
        Item::Shape(Shape { outline: outline.clone(), fill: None, stroke: Some(stroke) })
    };
    let items = lines.map(line).to_vec();
    Some(Group { name: name.to_owned(), role: Role::Furniture, clip: Some(frame.rect(0.0)), items })
}
