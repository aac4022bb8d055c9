//! Drawing a shape on the map with the pointer or the keyboard: a rectangle, a polygon, a free
//! loop, a line or a point. The corners are places on the ground: the map may move while one draws.

use earcut::Earcut;
use egui::{Color32, Key, Mesh, PointerButton, Pos2, Response, Shape, Stroke, Ui, pos2, vec2};

use super::camera::Camera;
use crate::crs::lon_lat_from_mercator;
use crate::plane::{InsideRule, inside, is_crossing};

/// What is being drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SketchKind {
    /// Upright on the map, from corner to corner.
    Rectangle,
    /// Corner by corner.
    Polygon,
    /// Around, with the button held down.
    Lasso,
    /// Corner by corner, not closed.
    Line,
    /// One place.
    Point,
}

impl SketchKind {
    /// Drawn by dragging, so that dragging does not move the map.
    pub(super) fn is_dragged(self) -> bool {
        matches!(self, SketchKind::Rectangle | SketchKind::Lasso)
    }

    fn is_closed(self) -> bool {
        !matches!(self, SketchKind::Line | SketchKind::Point)
    }

    /// The fewest corners that make a shape.
    fn least(self) -> usize {
        match self {
            SketchKind::Point => 1,
            SketchKind::Rectangle | SketchKind::Line => 2,
            SketchKind::Polygon | SketchKind::Lasso => 3,
        }
    }
}

/// What was drawn so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Sketched {
    /// The kind of shape.
    pub kind: SketchKind,
    /// Its corners, longitude and latitude in WGS 84, not closed; of a rectangle all four.
    pub corners: Vec<[f64; 2]>,
    /// Whether it is done; until then its last corner is the pointer.
    pub is_done: bool,
}

/// How far the pointer moves between two corners of a loop, points.
const LOOP_STEP: f32 = 4.0;

/// A drag shorter than this is a click, points.
const SHORT: f32 = 4.0;

/// The most corners of a loop: a guard for a pointer that is never let go.
const MOST_CORNERS: usize = 5000;

/// A shape being drawn, or the last one drawn.
#[derive(Debug)]
pub(super) struct Sketch {
    kind: SketchKind,
    /// Web Mercator metres.
    corners: Vec<[f64; 2]>,
    is_done: bool,
    /// Being dragged.
    is_held: bool,
}

impl Sketch {
    pub fn new(kind: SketchKind) -> Sketch {
        Sketch { kind, corners: Vec::new(), is_done: false, is_held: false }
    }

    pub fn kind(&self) -> SketchKind {
        self.kind
    }

    /// Whether there is something to take back.
    pub fn is_begun(&self) -> bool {
        !self.corners.is_empty()
    }

    /// Starts again.
    pub fn clear(&mut self) {
        *self = Sketch::new(self.kind);
    }

    /// Takes what the person does; answers what is drawn now, none when that is nothing.
    /// `place_at` gives the place on the ground that a place of the screen stands for.
    pub fn update(
        &mut self,
        ui: &Ui,
        map: &Response,
        camera: &Camera,
        place_at: &dyn Fn(Pos2) -> [f64; 2],
    ) -> Option<Sketched> {
        let pointer = map.hover_pos().or(map.interact_pointer_pos());
        let was_done = self.is_done;
        match self.kind {
            SketchKind::Rectangle | SketchKind::Lasso => self.drag(ui, map, camera),
            SketchKind::Polygon | SketchKind::Line | SketchKind::Point => {}
        }
        if let Some(place) = map.interact_pointer_pos().filter(|_| map.clicked()) {
            if map.double_clicked_by(PointerButton::Primary) {
                // The first of the two clicks has set the corner.
                self.finish();
            } else {
                self.corner(place_at(place));
            }
        }
        self.keys(ui, map, camera);
        let moving = pointer.filter(|_| !self.is_done).map(place_at);
        let corners = self.shape(moving)?;
        let is_new = self.is_done && !was_done;
        Some(Sketched {
            kind: self.kind,
            corners: corners.into_iter().map(lon_lat_from_mercator).collect(),
            is_done: is_new,
        })
    }

    fn drag(&mut self, ui: &Ui, map: &Response, camera: &Camera) {
        let is_primary = |ui: &Ui| ui.input(|input| input.pointer.primary_down());
        if map.drag_started_by(PointerButton::Primary) {
            let origin = ui.input(|input| input.pointer.press_origin());
            if let Some(origin) = origin {
                self.clear();
                self.corners.push(camera.mercator_at(origin));
                self.is_held = true;
            }
        }
        if !self.is_held {
            return;
        }
        let Some(place) = map.interact_pointer_pos() else { return };
        let here = camera.mercator_at(place);
        let far = self.corners.last().map(|last| apart(*last, here) / camera.metres_per_point());
        let is_far = far.is_some_and(|far| far >= f64::from(LOOP_STEP));
        if self.kind == SketchKind::Lasso && is_far && self.corners.len() < MOST_CORNERS {
            self.corners.push(here);
        }
        if map.drag_stopped() || !is_primary(ui) {
            self.is_held = false;
            let begin = self.corners.first().copied().unwrap_or(here);
            let is_short = apart(begin, here) / camera.metres_per_point() < f64::from(SHORT);
            if self.kind == SketchKind::Rectangle && !is_short {
                self.corners.push(here);
                self.finish();
            } else if self.kind == SketchKind::Lasso {
                self.finish();
            }
        }
    }

    /// Sets a corner.
    fn corner(&mut self, place: [f64; 2]) {
        if self.is_done {
            self.clear();
        }
        if self.corners.last() != Some(&place) {
            self.corners.push(place);
        }
        let is_whole = match self.kind {
            SketchKind::Rectangle => self.corners.len() >= 2,
            SketchKind::Point => true,
            SketchKind::Polygon | SketchKind::Lasso | SketchKind::Line => false,
        };
        if is_whole {
            self.finish();
        }
    }

    /// Ends the shape; one with too few corners is none.
    fn finish(&mut self) {
        if self.is_done {
            return;
        }
        if self.corners.len() < self.kind.least() {
            if self.kind.is_dragged() {
                self.clear();
            }
            return;
        }
        self.is_done = true;
    }

    /// Enter ends, Backspace takes back a corner, the space bar sets one in the middle of the map.
    fn keys(&mut self, ui: &Ui, map: &Response, camera: &Camera) {
        if ui.ctx().text_edit_focused() {
            return;
        }
        let pressed = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        if pressed(Key::Enter) {
            self.finish();
        }
        if pressed(Key::Backspace) && !self.is_done {
            self.corners.pop();
        }
        if map.has_focus() && pressed(Key::Space) {
            self.corner(camera.mercator_at(camera.middle()));
        }
    }

    /// The corners with the pointer as the last one.
    fn shape(&self, pointer: Option<[f64; 2]>) -> Option<Vec<[f64; 2]>> {
        let first = *self.corners.first()?;
        if self.kind == SketchKind::Rectangle {
            let [x, y] = self.corners.get(1).copied().or(pointer)?;
            let [left, bottom] = first;
            return Some(vec![[left, bottom], [x, bottom], [x, y], [left, y]]);
        }
        let mut corners = self.corners.clone();
        corners.extend(pointer);
        Some(corners)
    }

    /// Draws the shape over the map, and a cross in its middle for those who use the keyboard.
    pub fn paint(
        &self,
        ui: &Ui,
        map: &Response,
        camera: &Camera,
        place_at: &dyn Fn(Pos2) -> [f64; 2],
        accent: Color32,
    ) {
        let painter = ui.painter().with_clip_rect(map.rect);
        let pointer = map.hover_pos().filter(|_| !self.is_done);
        if map.has_focus() && map.hover_pos().is_none() {
            cross(&painter, camera.middle(), accent);
        }
        let moving = pointer.map(place_at);
        let Some(corners) = self.shape(moving) else { return };
        let mut places: Vec<Pos2> = corners.iter().map(|place| camera.place_of(*place)).collect();
        if self.kind.is_closed() {
            painter.extend(fill(&places, accent.gamma_multiply(0.18)));
            places.extend(places.first().copied());
        }
        let casing = Stroke::new(5.0, Color32::from_white_alpha(200));
        painter.add(Shape::line(places.clone(), casing));
        painter.add(Shape::line(places, Stroke::new(2.5, accent)));
        if !self.kind.is_dragged() {
            for corner in &self.corners {
                let place = camera.place_of(*corner);
                painter.circle(place, 4.0, Color32::WHITE, Stroke::new(2.0, accent));
            }
        }
    }
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

fn cross(painter: &egui::Painter, middle: Pos2, color: Color32) {
    for (width, color) in [(4.0, Color32::from_white_alpha(200)), (1.5, color)] {
        let stroke = Stroke::new(width, color);
        painter.line_segment([middle - vec2(9.0, 0.0), middle + vec2(9.0, 0.0)], stroke);
        painter.line_segment([middle - vec2(0.0, 9.0), middle + vec2(0.0, 9.0)], stroke);
    }
}

/// A loop of more corners is filled without regard to where it crosses itself: that is looked at in
/// each frame.
const MOST_FILLED: usize = 1000;

/// All that the edges of a shape go around.
#[expect(clippy::cast_possible_truncation, reason = "places of the screen")]
fn fill(places: &[Pos2], color: Color32) -> Option<Shape> {
    let ring: Vec<[f64; 2]> =
        places.iter().map(|place| [f64::from(place.x), f64::from(place.y)]).collect();
    let crosses = ring.len() <= MOST_FILLED && is_crossing(&[&ring]);
    let areas = if crosses { inside(&[&ring], InsideRule::NonZero) } else { None };
    let areas = areas.unwrap_or_else(|| vec![vec![ring]]);
    let mut mesh = Mesh::default();
    let mut earcut = Earcut::new();
    for area in areas {
        let first = count(mesh.vertices.len());
        let mut holes: Vec<u32> = Vec::new();
        for ring in &area {
            if count(mesh.vertices.len()) > first {
                holes.push(count(mesh.vertices.len()) - first);
            }
            for [x, y] in ring {
                mesh.colored_vertex(pos2(*x as f32, *y as f32), color);
            }
        }
        let mut indices: Vec<u32> = Vec::new();
        earcut.earcut(area.iter().flatten().copied(), &holes, &mut indices);
        mesh.indices.extend(indices.into_iter().map(|index| first + index));
    }
    (!mesh.indices.is_empty()).then(|| Shape::mesh(mesh))
}

fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
