//! What sets the subject of a map apart: a veil over its surroundings and a line around it.

use super::subject::SubjectShape;
use crate::page::clip::clip_ring;
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

/// The line around the subject; none where it has no area.
pub(super) fn edge(frame: Frame, shape: &SubjectShape) -> Option<Group> {
    let rings = rings(frame, shape);
    let mut outline = Outline::new();
    rings.iter().for_each(|ring| outline.push_polygon(ring));
    if outline.is_empty() {
        return None;
    }
    let line = |(color, width): (Color, f32)| {
        let stroke = Stroke { color, width, dash: Dash::Solid, join: Join::Round };
        Item::Shape(Shape { outline: outline.clone(), fill: None, stroke: Some(stroke) })
    };
    let items = vec![line(EDGE_LIGHT), line(EDGE)];
    Some(Group {
        name: "subject".to_owned(),
        role: Role::Furniture,
        clip: Some(frame.rect(0.0)),
        items,
    })
}
