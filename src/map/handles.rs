//! Changing the corners of one feature on the map: a handle on each corner, a smaller one between
//! two, dragged with the pointer or moved by keyboard. The corners are places on the ground; those
//! that are not moved keep every digit.

use egui::{Color32, CursorIcon, Key, Pos2, Rect, Response, Shape, Stroke, Ui, vec2};

use super::camera::Camera;
use crate::crs::{lon_lat_from_mercator, mercator_from_lon_lat};
use crate::i18n::{Language, tr};
use crate::project::Reshaped;

/// A feature whose corners can be changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Shaped {
    /// Stays the same for the feature.
    pub key: (u64, u64),
    /// Its corners, longitude and latitude in WGS 84; of a polygon not closed.
    pub corners: Vec<[f64; 2]>,
    /// Whether the last corner is followed by the first.
    pub is_closed: bool,
    /// The fewest corners it can have.
    pub least: usize,
    /// The most.
    pub most: usize,
}

/// Corners being changed, or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reshaping {
    /// All corners as they are now, longitude and latitude in WGS 84.
    pub corners: Vec<[f64; 2]>,
    /// How they came to be so.
    pub how: Reshaped,
    /// Whether it is done; until then the handle is held.
    pub is_done: bool,
}

/// What the person asks for in the menu of a corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CornerMenu {
    /// To take the corner away.
    RemoveCorner,
    /// To take the whole feature away.
    RemoveShape,
}

/// The colour of handles, in both themes: maps are light in most.
const INK: Color32 = Color32::from_rgb(0x0f, 0x4c, 0x9c);

/// How far from a handle it still counts, points.
const REACH: f32 = 9.0;

/// How far from a line it still counts, points.
const BESIDE: f32 = 6.0;

/// A drag shorter than this is a click, points.
const SHORT: f32 = 3.0;

/// Handles between corners are there where the corners are farther apart, points.
const APART: f32 = 30.0;

#[derive(Clone, Copy, Debug)]
struct Corner {
    lon_lat: [f64; 2],
    /// Web Mercator metres.
    place: [f64; 2],
}

impl Corner {
    fn of(lon_lat: [f64; 2]) -> Corner {
        Corner { lon_lat, place: mercator_from_lon_lat(lon_lat) }
    }

    fn at(place: [f64; 2]) -> Corner {
        Corner { lon_lat: lon_lat_from_mercator(place), place }
    }
}

/// What is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grip {
    Corner(usize),
    /// The handle between a corner and the next.
    Between(usize),
    All,
}

#[derive(Debug)]
struct Held {
    grip: Grip,
    /// Where it was taken.
    from: Pos2,
    /// The corners before.
    before: Vec<Corner>,
    is_moved: bool,
}

/// The handles of a feature.
#[derive(Debug)]
pub(super) struct Handles {
    given: Shaped,
    corners: Vec<Corner>,
    /// The corner that keys are about.
    chosen: Option<usize>,
    held: Option<Held>,
    /// The press of the pointer was on a handle: the map has no click of it.
    takes_click: bool,
    /// The corner whose menu is open.
    menu: Option<usize>,
}

impl Handles {
    pub fn new(given: Shaped) -> Handles {
        let corners = given.corners.iter().copied().map(Corner::of).collect();
        Handles { given, corners, chosen: None, held: None, takes_click: false, menu: None }
    }

    /// The feature as it is now.
    pub fn follow(&mut self, given: Shaped) {
        if self.given.key != given.key {
            *self = Handles::new(given);
        } else if self.given != given {
            self.corners = given.corners.iter().copied().map(Corner::of).collect();
            self.chosen = self.chosen.filter(|at| *at < self.corners.len());
            self.held = None;
            self.given = given;
        }
    }

    /// Whether a handle is held: the map must stay.
    pub fn is_held(&self) -> bool {
        self.held.is_some()
    }

    /// Whether the click that may come is the handles' and not the map's.
    pub fn takes_click(&self) -> bool {
        self.takes_click
    }

    /// Chooses no corner any more; answers whether one was.
    pub fn leave_corner(&mut self) -> bool {
        self.chosen.take().is_some()
    }

    /// Takes the chosen corner away, where that leaves enough.
    pub fn remove_corner(&mut self) -> Option<Reshaping> {
        let at = self.chosen?;
        self.remove(at)
    }

    fn remove(&mut self, at: usize) -> Option<Reshaping> {
        if self.corners.len() <= self.given.least || at >= self.corners.len() {
            return None;
        }
        self.corners.remove(at);
        self.chosen = Some(at.min(self.corners.len().saturating_sub(1)));
        Some(self.reshaping(Reshaped::Removed, true))
    }

    fn reshaping(&self, how: Reshaped, is_done: bool) -> Reshaping {
        let corners = self.corners.iter().map(|corner| corner.lon_lat).collect();
        Reshaping { corners, how, is_done }
    }

    /// The middle of the edges, each with the corner before it.
    fn middles(&self, camera: &Camera) -> Vec<(usize, Pos2)> {
        if self.corners.len() >= self.given.most {
            return Vec::new();
        }
        let count = self.corners.len();
        let edges = if self.given.is_closed { count } else { count.saturating_sub(1) };
        let places: Vec<Pos2> = self.corners.iter().map(|c| camera.place_of(c.place)).collect();
        let middle = |at: usize| {
            let (a, b) = (*places.get(at)?, *places.get((at + 1) % count)?);
            (a.distance(b) >= APART).then(|| (at, a.lerp(b, 0.5)))
        };
        (0..edges).filter_map(middle).collect()
    }

    fn corner_at(&self, camera: &Camera, place: Pos2) -> Option<usize> {
        let corners = self.corners.iter().enumerate();
        let found = corners.map(|(at, corner)| (camera.place_of(corner.place).distance(place), at));
        let nearest = found.min_by(|a, b| a.0.total_cmp(&b.0));
        nearest.filter(|(distance, _)| *distance <= REACH).map(|(_, at)| at)
    }

    fn grip_at(&self, camera: &Camera, place: Pos2) -> Option<Grip> {
        if let Some(at) = self.corner_at(camera, place) {
            return Some(Grip::Corner(at));
        }
        let between = self.middles(camera).into_iter();
        if let Some((at, _)) = between.into_iter().find(|(_, at)| at.distance(place) <= REACH) {
            return Some(Grip::Between(at));
        }
        self.is_on(camera, place).then_some(Grip::All)
    }

    /// Whether a place is on the line, or inside the polygon.
    fn is_on(&self, camera: &Camera, place: Pos2) -> bool {
        let mut places: Vec<Pos2> = self.corners.iter().map(|c| camera.place_of(c.place)).collect();
        if self.given.is_closed {
            places.extend(places.first().copied());
        }
        let edges = || places.iter().zip(places.iter().skip(1));
        let is_beside = |(a, b): (&Pos2, &Pos2)| {
            let along = *b - *a;
            let square = along.length_sq();
            let t =
                if square > 0.0 { ((place - *a).dot(along) / square).clamp(0.0, 1.0) } else { 0.0 };
            (*a + along * t).distance(place) <= BESIDE
        };
        // Crossings of a ray to the right (Shimrat 1962, Algorithm 112).
        let crosses = |(a, b): &(&Pos2, &Pos2)| {
            (a.y > place.y) != (b.y > place.y)
                && place.x < (b.x - a.x) * (place.y - a.y) / (b.y - a.y) + a.x
        };
        edges().any(is_beside) || (self.given.is_closed && edges().filter(crosses).count() % 2 == 1)
    }

    /// Lets the person drag handles; call it before the map takes the pointer. `place_at` gives the
    /// place on the ground that a place of the screen stands for.
    pub fn drag(
        &mut self,
        ui: &Ui,
        rect: Rect,
        camera: &Camera,
        place_at: &dyn Fn(Pos2) -> [f64; 2],
    ) -> Option<Reshaping> {
        let (pressed, released, down, pointer, origin) = ui.input(|input| {
            let pointer = &input.pointer;
            let (pressed, released) = (pointer.primary_pressed(), pointer.primary_released());
            let (down, at) = (pointer.primary_down(), pointer.interact_pos());
            (pressed, released, down, at, pointer.press_origin())
        });
        let over_map = pointer.filter(|_| ui.rect_contains_pointer(rect));
        if pressed {
            self.takes_click = false;
            // Within a slow frame the pointer may have gone on already.
            if let Some(place) = over_map.and(origin.or(pointer)) {
                let grip = self.grip_at(camera, place);
                self.takes_click = matches!(grip, Some(Grip::Corner(_) | Grip::Between(_)));
                let before = self.corners.clone();
                self.held = grip.map(|grip| Held { grip, from: place, before, is_moved: false });
                if grip.is_none() {
                    self.chosen = None;
                }
            }
        } else if !self.is_held()
            && let Some(place) = over_map
        {
            match self.grip_at(camera, place) {
                Some(Grip::Corner(_)) => ui.ctx().set_cursor_icon(CursorIcon::Grab),
                Some(Grip::Between(_)) => ui.ctx().set_cursor_icon(CursorIcon::Copy),
                Some(Grip::All) => ui.ctx().set_cursor_icon(CursorIcon::Move),
                None => {}
            }
        }
        let held = self.held.as_mut()?;
        if (down || released)
            && let Some(place) = pointer
        {
            held.is_moved |= place.distance(held.from) >= SHORT;
            if held.is_moved {
                ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
                self.takes_click = true;
                self.corners = moved(held, place, camera, place_at);
            }
        }
        let (grip, is_moved) = (held.grip, held.is_moved);
        let how = match grip {
            Grip::Corner(_) => Reshaped::Moved,
            Grip::Between(_) => Reshaped::Added,
            Grip::All => Reshaped::Shifted,
        };
        if down && !released {
            return is_moved.then(|| self.reshaping(how, false));
        }
        self.held = None;
        match grip {
            Grip::Corner(at) => self.chosen = Some(at),
            Grip::Between(at) => {
                if !is_moved {
                    self.put_between(at);
                }
                self.chosen = Some(at + 1);
            }
            Grip::All => {}
        }
        (is_moved || matches!(grip, Grip::Between(_))).then(|| self.reshaping(how, true))
    }

    /// Puts a corner in the middle of the edge after another.
    fn put_between(&mut self, at: usize) {
        let next = (at + 1) % self.corners.len().max(1);
        if let (Some(a), Some(b)) = (self.corners.get(at), self.corners.get(next)) {
            let [ax, ay] = a.place;
            let [bx, by] = b.place;
            let middle = [f64::midpoint(ax, bx), f64::midpoint(ay, by)];
            self.corners.insert(at + 1, Corner::at(middle));
        }
    }

    /// Page Up and Page Down choose a corner, the space bar puts it in the middle of the map, Insert
    /// puts one behind it.
    pub fn keys(&mut self, ui: &Ui, map: &Response, camera: &Camera) -> Option<Reshaping> {
        if !map.has_focus() || ui.ctx().text_edit_focused() || self.is_held() {
            return None;
        }
        let pressed = |key| ui.input(|input| input.modifiers.is_none() && input.key_pressed(key));
        let count = self.corners.len();
        if pressed(Key::PageDown) && count > 0 {
            self.chosen = Some(self.chosen.map_or(0, |at| (at + 1) % count));
        }
        if pressed(Key::PageUp) && count > 0 {
            self.chosen = Some(self.chosen.map_or(count - 1, |at| (at + count - 1) % count));
        }
        let at = self.chosen?;
        if pressed(Key::Space) {
            *self.corners.get_mut(at)? = Corner::at(camera.mercator_at(camera.middle()));
            return Some(self.reshaping(Reshaped::Moved, true));
        }
        let has_next = self.given.is_closed || at + 1 < count;
        if pressed(Key::Insert) && has_next && count < self.given.most {
            self.put_between(at);
            self.chosen = Some(at + 1);
            return Some(self.reshaping(Reshaped::Added, true));
        }
        None
    }

    /// The menu of a corner, by the other button of the pointer.
    pub fn menu(
        &mut self,
        map: &Response,
        camera: &Camera,
        language: Language,
    ) -> Option<CornerMenu> {
        if map.secondary_clicked() {
            let place = map.interact_pointer_pos();
            self.menu = place.and_then(|place| self.corner_at(camera, place));
            self.chosen = self.menu.or(self.chosen);
        }
        self.menu?;
        let can_go = self.corners.len() > self.given.least;
        let mut asked = None;
        let shown = map.context_menu(|ui| {
            let corner = egui::Button::new(tr(language, "map-corner-remove"));
            if ui.add_enabled(can_go, corner).clicked() {
                asked = Some(CornerMenu::RemoveCorner);
                ui.close();
            }
            if ui.button(tr(language, "map-shape-remove")).clicked() {
                asked = Some(CornerMenu::RemoveShape);
                ui.close();
            }
        });
        if shown.is_none() {
            self.menu = None;
        }
        asked
    }

    /// Draws the feature with its handles over the map.
    pub fn paint(&self, ui: &Ui, map: &Response, camera: &Camera) {
        let painter = ui.painter().with_clip_rect(map.rect);
        let mut places: Vec<Pos2> = self.corners.iter().map(|c| camera.place_of(c.place)).collect();
        let corners = places.len();
        if self.given.is_closed {
            places.extend(places.first().copied());
        }
        if places.len() > 1 {
            let casing = Stroke::new(4.0, Color32::from_white_alpha(170));
            painter.add(Shape::line(places.clone(), casing));
            painter.add(Shape::line(places.clone(), Stroke::new(1.5, INK)));
        }
        let seen = map.rect.expand(REACH);
        for (_, at) in self.middles(camera).into_iter().filter(|(_, at)| seen.contains(*at)) {
            let rim = Stroke::new(1.5, INK);
            painter.circle(at, 3.5, Color32::from_white_alpha(220), rim);
        }
        for (number, at) in places.iter().take(corners).enumerate() {
            if !seen.contains(*at) {
                continue;
            }
            let is_chosen = self.chosen == Some(number);
            let square = Rect::from_center_size(*at, vec2(10.0, 10.0));
            let fill = if is_chosen { INK } else { Color32::WHITE };
            let rim = Stroke::new(2.0, if is_chosen { Color32::WHITE } else { INK });
            painter.rect_filled(square.expand(2.0), 3.0, Color32::from_white_alpha(170));
            painter.rect(square, 2.0, fill, rim, egui::StrokeKind::Inside);
        }
    }
}

/// The corners as they are while something is held elsewhere.
fn moved(
    held: &Held,
    place: Pos2,
    camera: &Camera,
    place_at: &dyn Fn(Pos2) -> [f64; 2],
) -> Vec<Corner> {
    let mut corners = held.before.clone();
    match held.grip {
        Grip::Corner(at) => {
            if let Some(corner) = corners.get_mut(at) {
                *corner = Corner::at(place_at(place));
            }
        }
        Grip::Between(at) => {
            let at = (at + 1).min(corners.len());
            corners.insert(at, Corner::at(place_at(place)));
        }
        Grip::All => {
            let (from, to) = (camera.mercator_at(held.from), camera.mercator_at(place));
            let by = [to[0] - from[0], to[1] - from[1]];
            for corner in &mut corners {
                *corner = Corner::at([corner.place[0] + by[0], corner.place[1] + by[1]]);
            }
        }
    }
    corners
}
