//! Labels over the layers: each drawn once by a worker, here only put in its place. While the map
//! moves they move along, while it is zoomed they grow and shrink with it, until those of the new
//! view are there.

use std::sync::Arc;

use egui::{
    Color32, ColorImage, Context, Mesh, Painter, Pos2, Rect, Stroke, StrokeKind, TextureHandle,
    TextureOptions, Ui, Vec2, pos2, vec2,
};

use super::camera::Camera;
use crate::label::{Atlas, Placement, Sprite};

/// Labels that are more than so many times as large as they were made, or as small, are not shown.
const MOST_GROWN: f32 = 2.6;

/// The labels of a map, as they are to be drawn.
#[derive(Clone, Debug)]
pub struct MapLabels {
    /// Where they are.
    pub placement: Arc<Placement>,
    /// How they look.
    pub atlas: Arc<Atlas>,
    /// The layer of which labels can be dragged elsewhere, by its number in the placement.
    pub movable: Option<usize>,
}

/// A label that was dragged elsewhere.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DroppedLabel {
    /// The number of its layer in the placement.
    pub layer: usize,
    /// The row that it names.
    pub row: u32,
    /// Where its middle was put, Web Mercator metres.
    pub to: [f64; 2],
}

/// The labels that were drawn last, with their pictures on the GPU.
#[derive(Default)]
pub(super) struct LabelPainter {
    labels: Option<MapLabels>,
    textures: Vec<TextureHandle>,
    moved: Option<Moved>,
}

/// A label being dragged, or one that lies where it was dropped until new labels come.
struct Moved {
    label: usize,
    /// Where it was taken.
    from: Pos2,
    /// From where it was to where it is, points of the screen.
    by: Vec2,
    is_held: bool,
}

impl LabelPainter {
    /// The labels from now on.
    pub fn set(&mut self, labels: Option<MapLabels>, context: &Context) {
        let is_same = |labels: &MapLabels| {
            self.labels.as_ref().is_some_and(|now| Arc::ptr_eq(&now.atlas, &labels.atlas))
        };
        if let Some(labels) = &labels
            && !is_same(labels)
        {
            self.textures = labels
                .atlas
                .pages
                .iter()
                .map(|page| {
                    let size = [page.width, page.height].map(|side| side as usize);
                    let image = ColorImage::from_rgba_premultiplied(size, &page.rgba);
                    context.load_texture("labels", image, TextureOptions::LINEAR)
                })
                .collect();
            self.moved = None;
        }
        if labels.is_none() {
            self.textures.clear();
            self.moved = None;
        }
        self.labels = labels;
    }

    /// The label of a movable layer under a place of the screen.
    fn movable_at(&self, camera: &Camera, place: Pos2) -> Option<usize> {
        let labels = self.labels.as_ref()?;
        let [x, y] = camera.mercator_at(place);
        let per_point = labels.placement.region.metres_per_point;
        let label = labels.placement.label_at([x / per_point, -y / per_point])?;
        let layer = labels.placement.labels.get(label)?.layer;
        (labels.movable == Some(layer)).then_some(label)
    }

    /// Lets the person drag labels; call it before the map takes the pointer. Answers what was
    /// dropped elsewhere.
    pub fn drag(&mut self, ui: &Ui, rect: Rect, camera: &Camera) -> Option<DroppedLabel> {
        /// Less is a click.
        const LEAST: f32 = 3.0;
        let (pressed, released, down, pointer) = ui.input(|input| {
            let pointer = &input.pointer;
            let (pressed, released) = (pointer.primary_pressed(), pointer.primary_released());
            (pressed, released, pointer.primary_down(), pointer.interact_pos())
        });
        let over_map = pointer.filter(|_| ui.rect_contains_pointer(rect));
        if pressed && let Some(place) = over_map {
            let found = self.movable_at(camera, place);
            self.moved =
                found.map(|label| Moved { label, from: place, by: Vec2::ZERO, is_held: true });
        } else if !self.is_dragging()
            && let Some(place) = over_map
            && self.movable_at(camera, place).is_some()
        {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grab);
        }
        let moved = self.moved.as_mut().filter(|moved| moved.is_held)?;
        if down || released {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
            moved.by = pointer.map_or(moved.by, |place| place - moved.from);
        }
        if down && !released {
            return None;
        }
        moved.is_held = false;
        if moved.by.length() < LEAST {
            self.moved = None;
            return None;
        }
        let placement = &self.labels.as_ref()?.placement;
        let label = placement.labels.get(moved.label)?;
        let to = camera.mercator_at(camera.place_of(label.at) + moved.by);
        Some(DroppedLabel { layer: label.layer, row: label.row, to })
    }

    /// Whether a label is being dragged: the map must stay.
    pub fn is_dragging(&self) -> bool {
        self.moved.as_ref().is_some_and(|moved| moved.is_held)
    }

    /// Draws the labels.
    pub fn paint(&self, ui: &Ui, rect: Rect, camera: &Camera) {
        let Some(labels) = &self.labels else { return };
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let (placement, atlas) = (&labels.placement, &labels.atlas);
        #[expect(clippy::cast_possible_truncation, reason = "a ratio of scales")]
        let grown = (placement.region.metres_per_point / camera.metres_per_point()) as f32;
        if !(1.0 / MOST_GROWN..=MOST_GROWN).contains(&grown) {
            return;
        }
        self.paint_leaders(&painter, placement, camera);
        let mut meshes: Vec<Mesh> =
            self.textures.iter().map(|texture| Mesh::with_texture(texture.id())).collect();
        for sprite in &atlas.sprites {
            let (Some(label), Some(page), Some(mesh)) = (
                placement.labels.get(sprite.label),
                atlas.pages.get(sprite.page),
                meshes.get_mut(sprite.page),
            ) else {
                continue;
            };
            let place = camera.place_of(label.at) + self.moved_by(sprite.label);
            let shown = shown(sprite, place, grown, camera.pixels_per_point());
            if shown.intersects(rect) {
                let uv = uv(sprite, page.width, page.height);
                mesh.add_rect_with_uv(shown, uv, Color32::WHITE);
            }
        }
        for mesh in meshes.into_iter().filter(|mesh| !mesh.is_empty()) {
            painter.add(mesh);
        }
        self.paint_held(&painter, placement, camera, ui.visuals().selection.stroke.color);
    }

    fn moved_by(&self, label: usize) -> Vec2 {
        match &self.moved {
            Some(moved) if moved.label == label => moved.by,
            _ => Vec2::ZERO,
        }
    }

    /// Lines from labels put elsewhere by hand to what they are about.
    fn paint_leaders(&self, painter: &Painter, placement: &Placement, camera: &Camera) {
        for (number, label) in placement.labels.iter().enumerate() {
            let Some(ends) = label.leader(&placement.region) else { continue };
            let per_point = placement.region.metres_per_point;
            let [from, to] = ends.map(|[x, y]| camera.place_of([x * per_point, -y * per_point]));
            let ends = [from + self.moved_by(number), to];
            let halo = Stroke::new(3.0, Color32::from_white_alpha(200));
            painter.line_segment(ends, halo);
            painter.line_segment(ends, Stroke::new(1.0, Color32::from_gray(70)));
        }
    }

    /// A frame around the label being dragged, and where it comes from.
    fn paint_held(
        &self,
        painter: &Painter,
        placement: &Placement,
        camera: &Camera,
        color: Color32,
    ) {
        let Some(moved) = self.moved.as_ref().filter(|moved| moved.is_held) else { return };
        let Some(label) = placement.labels.get(moved.label) else { return };
        let per_point = placement.region.metres_per_point;
        let [left, top, right, bottom] = label.bounds();
        let corner = |x: f64, y: f64| camera.place_of([x * per_point, -y * per_point]) + moved.by;
        let frame = Rect::from_two_pos(corner(left, top), corner(right, bottom)).expand(2.0);
        painter.rect_stroke(frame, 3.0, Stroke::new(1.5, color), StrokeKind::Outside);
        let about = camera.place_of(label.about);
        if !frame.contains(about) {
            painter.line_segment([frame.clamp(about), about], Stroke::new(1.0, color));
        }
    }
}

/// Where a picture is on the screen: at its own size on whole pixels, so that it is sharp.
#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
fn shown(sprite: &Sprite, place: Pos2, grown: f32, pixels_per_point: f32) -> Rect {
    let [_, _, width, height] = sprite.pixels.map(|pixels| pixels as f32);
    let scale = grown / sprite.density;
    let size = vec2(width, height) * scale;
    let corner = vec2(sprite.corner[0], sprite.corner[1]) * scale;
    let is_own_size = (grown - 1.0).abs() < 1e-4;
    let place = if is_own_size {
        let whole = |at: f32| (at * pixels_per_point).round() / pixels_per_point;
        pos2(whole(place.x), whole(place.y))
    } else {
        place
    };
    Rect::from_min_size(place + corner, size)
}

#[expect(clippy::cast_precision_loss, reason = "pixels of a page")]
fn uv(sprite: &Sprite, width: u32, height: u32) -> Rect {
    let [x, y, wide, high] = sprite.pixels.map(|pixels| pixels as f32);
    let (width, height) = (width as f32, height as f32);
    Rect::from_min_max(pos2(x / width, y / height), pos2((x + wide) / width, (y + high) / height))
}
