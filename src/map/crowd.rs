//! Points shown together: a heat map as a picture that lies in the world, clusters as circles with
//! their number. Made by workers; here only put in their place, so that they move with the map and
//! stay until those of another zoom are there.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{
    Color32, ColorImage, Context, FontId, Id, Mesh, Modifiers, Pos2, Rect, Sense, Stroke,
    TextureHandle, TextureOptions, Ui, WidgetInfo, pos2, vec2,
};

use super::DrawnLayer;
use super::camera::Camera;
use crate::crowd::{Cluster, ClusterLevel};
use crate::i18n::{Language, Message, format_integer};
use crate::style::{Clusters, Color, Symbol};
use crate::table::Extent;

/// What is drawn of a layer instead of its points.
#[derive(Clone, Debug)]
pub enum MapCrowd {
    /// How dense its points are.
    Heat(MapHeat),
    /// Those near each other as one.
    Clusters(MapClusters),
}

/// A heat map.
#[derive(Clone, Debug)]
pub struct MapHeat {
    /// The picture.
    pub image: Arc<ColorImage>,
    /// What it covers, Web Mercator metres.
    pub extent: Extent,
}

/// Circles with counts.
#[derive(Clone, Debug)]
pub struct MapClusters {
    /// Where they are.
    pub level: Arc<ClusterLevel>,
    /// How large they are.
    pub sizes: Clusters,
    /// The language of their numbers.
    pub language: Language,
    /// Their colours.
    pub symbol: Symbol,
    /// How many rows are selected in each; empty where none are.
    pub selected: Arc<Vec<u64>>,
}

/// A cluster that was clicked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClusterHit {
    /// The layer's [`DrawnLayer::key`].
    pub key: u64,
    /// The number of the cluster in its level.
    pub cluster: usize,
    /// The keys held.
    pub modifiers: Modifiers,
}

/// What is drawn instead of points, with the pictures on the GPU.
#[derive(Default)]
pub(super) struct CrowdPainter {
    crowds: HashMap<u64, MapCrowd>,
    textures: HashMap<u64, (Arc<ColorImage>, TextureHandle)>,
}

/// The size of the numbers, points.
const TEXT: f32 = 12.0;

impl CrowdPainter {
    /// What is drawn from now on, by the keys of layers.
    pub fn set(&mut self, crowds: HashMap<u64, MapCrowd>, context: &Context) {
        self.textures.retain(|key, _| matches!(crowds.get(key), Some(MapCrowd::Heat(_))));
        for (key, crowd) in &crowds {
            let MapCrowd::Heat(heat) = crowd else { continue };
            let known = self.textures.get(key).is_some_and(|(of, _)| Arc::ptr_eq(of, &heat.image));
            if !known {
                let image = egui::ImageData::Color(Arc::clone(&heat.image));
                let texture = context.load_texture("heat map", image, TextureOptions::LINEAR);
                self.textures.insert(*key, (Arc::clone(&heat.image), texture));
            }
        }
        self.crowds = crowds;
    }

    /// Whether something lies under the points of a layer.
    pub fn lies_below(&self, key: u64) -> bool {
        matches!(self.crowds.get(&key), Some(MapCrowd::Heat(_)))
    }

    /// Whether something lies over the points of a layer.
    pub fn lies_above(&self, key: u64) -> bool {
        matches!(self.crowds.get(&key), Some(MapCrowd::Clusters(_)))
    }

    /// Draws what lies under the points of a layer.
    pub fn paint_below(&self, ui: &Ui, rect: Rect, camera: &Camera, layer: &DrawnLayer<'_>) {
        let (Some(MapCrowd::Heat(heat)), Some((_, texture))) =
            (self.crowds.get(&layer.key), self.textures.get(&layer.key))
        else {
            return;
        };
        let Extent { min_x, min_y, max_x, max_y } = heat.extent;
        let corners = [camera.place_of([min_x, max_y]), camera.place_of([max_x, min_y])];
        let mut mesh = Mesh::with_texture(texture.id());
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        let tint = Color32::WHITE.gamma_multiply(layer.opacity.clamp(0.0, 1.0));
        mesh.add_rect_with_uv(Rect::from_min_max(corners[0], corners[1]), whole, tint);
        ui.painter().with_clip_rect(rect.intersect(ui.clip_rect())).add(mesh);
    }

    /// Draws what lies over the points of a layer: large circles below small ones.
    pub fn paint_above(&self, ui: &Ui, rect: Rect, camera: &Camera, layer: &DrawnLayer<'_>) {
        let Some(MapCrowd::Clusters(of)) = self.crowds.get(&layer.key) else { return };
        let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
        let symbol = of.symbol.in_opacity(layer.opacity);
        let (fill, rim) = (color(symbol.fill), color(symbol.stroke));
        let ink = color(symbol.icon_color());
        for seen in circles(ui, of, camera, rect) {
            painter.circle(seen.at, seen.radius, fill, Stroke::new(1.5, rim));
            if seen.selected > 0 {
                // As selected features are marked: bright between dark.
                painter.circle_stroke(seen.at, seen.radius + 1.5, Stroke::new(5.0, DARK));
                painter.circle_stroke(seen.at, seen.radius + 1.5, Stroke::new(3.0, BRIGHT));
            }
            let corner = seen.at - seen.text.size() / 2.0;
            painter.galley_with_override_text_color(corner, seen.text, ink);
        }
    }

    /// Makes the circles things to point at and to press; answers which was.
    pub fn respond(
        &self,
        ui: &Ui,
        rect: Rect,
        camera: &Camera,
        language: Language,
        (layers, can_pick): (&[DrawnLayer<'_>], bool),
    ) -> Option<ClusterHit> {
        let mut hit = None;
        // What is drawn last is pointed at first.
        for layer in layers.iter().rev().filter(|layer| layer.opacity > 0.0) {
            let Some(MapCrowd::Clusters(of)) = self.crowds.get(&layer.key) else { continue };
            for seen in circles(ui, of, camera, rect) {
                let room = Rect::from_center_size(seen.at, vec2(1.0, 1.0) * seen.radius * 2.0);
                let sense = if can_pick { Sense::click() } else { Sense::empty() };
                let place = seen.cluster.at.map(f64::to_bits);
                let id = Id::unique(("cluster", layer.key, place));
                let response = ui.interact(room.intersect(rect), id, sense);
                let words = words(&seen, language);
                response.widget_info(|| {
                    WidgetInfo::labeled(egui::accesskit::Role::Button, can_pick, words.as_str())
                });
                if response.has_focus() {
                    let ring = Stroke::new(2.0, ui.visuals().selection.stroke.color);
                    ui.painter().circle_stroke(seen.at, seen.radius + 4.0, ring);
                }
                if response.clicked() {
                    let modifiers = ui.input(|input| input.modifiers);
                    let (key, cluster) = (layer.key, seen.number);
                    hit = Some(ClusterHit { key, cluster, modifiers });
                }
                if response.hovered() {
                    ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
                    let hint = if seen.cluster.is_one_place() {
                        "map-cluster-hint-one-place"
                    } else {
                        "map-cluster-hint"
                    };
                    let hint = Message::new(hint).in_language(language);
                    response.on_hover_text(format!("{words}\n{hint}"));
                }
            }
        }
        hit
    }
}

const DARK: Color32 = Color32::from_rgb(20, 20, 26);
const BRIGHT: Color32 = Color32::from_rgb(255, 219, 41);

/// A circle on the screen.
struct Seen<'a> {
    cluster: &'a Cluster,
    number: usize,
    at: Pos2,
    radius: f32,
    text: Arc<egui::Galley>,
    selected: u64,
}

/// The circles that reach into the view, the largest first.
fn circles<'a>(
    ui: &Ui,
    of: &'a MapClusters,
    camera: &Camera,
    rect: Rect,
) -> impl Iterator<Item = Seen<'a>> {
    let painter = ui.painter().clone();
    let around = camera.extent(f64::from(of.sizes.diameter(1, 1, 0.0)));
    let camera = *camera;
    of.level.within(&around).into_iter().filter_map(move |number| {
        let cluster = of.level.clusters.get(number)?;
        let count = i64::try_from(cluster.count).unwrap_or(i64::MAX);
        let written = format_integer(of.language, count);
        let font = FontId::proportional(TEXT);
        let text = painter.layout_no_wrap(written, font, Color32::PLACEHOLDER);
        let radius = of.sizes.diameter(cluster.count, of.level.most, text.size().x) / 2.0;
        let at = camera.place_of(cluster.at);
        let selected = of.selected.get(number).copied().unwrap_or(0);
        let seen = Seen { cluster, number, at, radius, text, selected };
        rect.intersects(Rect::from_center_size(at, vec2(2.0, 2.0) * radius)).then_some(seen)
    })
}

/// What a circle says.
fn words(seen: &Seen<'_>, language: Language) -> String {
    let count = Message::new("map-cluster").count("count", seen.cluster.count);
    let count = count.in_language(language);
    if seen.selected == 0 {
        return count;
    }
    let selected = Message::new("map-cluster-selected").count("count", seen.selected);
    format!("{count}, {}", selected.in_language(language))
}

fn color(color: Color) -> Color32 {
    let Color { r, g, b, a } = color;
    Color32::from_rgba_unmultiplied(r, g, b, a)
}
