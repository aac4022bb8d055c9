//! The overview: all layers small in a corner of the map, with what is in view as a rectangle.
//! A click moves the map there.

use std::sync::Arc;
use std::time::Duration;

use arrow_array::BooleanArray;
use egui::{
    Area, Context, CornerRadius, Frame, Id, Image, Margin, Order, Pos2, Rect, Role, Sense, Stroke,
    StrokeKind, TextureHandle, TextureOptions, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::actions::{Action, Actions, Panel};
use super::derived::Same;
use super::figure::{self, Failure, FigureTarget, Made};
use super::icons::{self, Icon};
use super::keyed::Keyed;
use super::session::Session;
use super::theme;
use crate::crs::{lon_lat_from_mercator, mercator_from_lon_lat, mercator_metres_per_point};
use crate::map::fitting_view;
use crate::project::{Document, LayerId, View};
use crate::raster::PlacedRaster;
use crate::table::{Extent, Table};
use crate::tiles::TileStore;

/// The size of the picture, points.
const SIZE: Vec2 = vec2(200.0, 150.0);

/// How far it stays from the map's edges, points; below it stand the basemap's makers.
const EDGE: Vec2 = vec2(8.0, 38.0);

/// The smallest side of the rectangle, points: it is found however far in the map is.
const SMALLEST: f32 = 8.0;

/// How long nothing on the picture may change before it is drawn anew, seconds.
const CALM: f64 = 0.4;

/// What the picture is made from.
#[derive(Clone, Debug, PartialEq)]
struct Drawn {
    document: Same<Document>,
    layers: Vec<(LayerId, Same<Table>, Option<Same<BooleanArray>>)>,
    backdrops: Vec<Same<PlacedRaster>>,
    view: View,
    /// Pixels per point.
    scale: u8,
}

/// The overview's own state.
#[derive(Default)]
pub(super) struct Overview {
    picture: Keyed<Drawn, Result<Made, Failure>>,
    /// The document of the picture, but for what is in view and which groups are folded.
    document: Option<Arc<Document>>,
    /// The last one compared with it.
    compared: Option<Arc<Document>>,
    view: Option<View>,
    texture: Option<(Drawn, TextureHandle)>,
    /// What the picture is to be made from, and since when that is so, seconds.
    wanted: Option<(Drawn, f64)>,
    /// Whether the picture waits for changes to end.
    is_waiting: bool,
}

impl Overview {
    /// Has the picture made anew when something on it changed; only while it is shown.
    pub fn update(&mut self, ctx: &Context, session: &Session, tiles: &Arc<TileStore>) {
        if !session.settings.show_overview || session.settings.fold_overview {
            self.is_waiting = false;
            return;
        }
        let document = self.document_of(session);
        let mut extent: Option<Extent> = None;
        let mut layers = Vec::new();
        for layer in document.layers.iter().filter(|layer| document.is_shown(layer)) {
            let Some(loaded) = session.loaded(layer) else { continue };
            let place = loaded.scene.as_ref().ok().and_then(|scene| scene.main_part().0);
            extent = extent.into_iter().chain(place).reduce(Extent::union);
            let mask = session.derived.mask_of(layer.id).filter(|_| !layer.filter.is_empty());
            layers.push((layer.id, Same(Arc::clone(&loaded.table)), mask.cloned()));
        }
        self.view = extent.map(|extent| fitting_view(&extent, SIZE));
        let Some(view) = self.view else { return };
        let scale = if ctx.pixels_per_point() >= 1.5 { 2 } else { 1 };
        let shown = document.backdrops.iter().filter(|backdrop| backdrop.visible);
        let laid = shown.filter_map(|backdrop| session.backdrops.laid(backdrop)?.as_ref().ok());
        let backdrops = laid.map(|laid| Same(Arc::clone(&laid.placed))).collect();
        let wanted = Drawn { document: Same(document), layers, backdrops, view, scale };
        if self.is_changing(ctx, &wanted) {
            self.picture.stop();
            return;
        }
        self.picture.want(wanted.clone(), |_| {
            figure::start_small(session, tiles, view, SIZE, scale, FigureTarget::Clipboard)
        });
        let is_new = self.texture.as_ref().is_none_or(|(made, _)| *made != wanted);
        if is_new
            && self.picture.job().is_none()
            && let Some(Ok(Made { image: Some(image), .. })) = self.picture.latest()
        {
            let options = TextureOptions::LINEAR;
            self.texture = Some((wanted, ctx.load_texture("overview", image.clone(), options)));
        }
    }

    /// Whether something on the picture changed a moment ago: it is drawn once that ends, not at
    /// every step of a slider. The first picture does not wait.
    fn is_changing(&mut self, ctx: &Context, wanted: &Drawn) -> bool {
        let now = ctx.input(|input| input.time);
        let since = match &self.wanted {
            Some((known, since)) if known == wanted => *since,
            _ => {
                self.wanted = Some((wanted.clone(), now));
                now
            }
        };
        let is_made = self.texture.as_ref().is_none_or(|(made, _)| made == wanted);
        let is_held = ctx.input(|input| input.pointer.any_down());
        self.is_waiting = !is_made && (is_held || now - since < CALM);
        if self.is_waiting {
            ctx.request_repaint_after(Duration::from_secs_f64(CALM));
        }
        self.is_waiting
    }

    /// Whether the picture is being made, or about to be.
    pub fn is_busy(&self) -> bool {
        self.is_waiting || self.picture.job().is_some()
    }

    /// The document, the same one as long as only the view and folded groups changed.
    fn document_of(&mut self, session: &Session) -> Arc<Document> {
        let now = session.history.document();
        if let (Some(kept), Some(compared)) = (&self.document, &self.compared)
            && Arc::ptr_eq(compared, now)
        {
            return Arc::clone(kept);
        }
        self.compared = Some(Arc::clone(now));
        let mut plain = Document { view: None, ..Document::clone(now) };
        plain.groups.iter_mut().for_each(|group| group.is_open = true);
        match &self.document {
            Some(kept) if **kept == plain => Arc::clone(kept),
            _ => {
                let plain = Arc::new(plain);
                self.document = Some(Arc::clone(&plain));
                plain
            }
        }
    }

    /// Shows it over the map, or the button that unfolds it.
    pub fn show(&self, ui: &Ui, map: Rect, session: &Session, out: &mut Actions) {
        let settings = &session.settings;
        if !settings.show_overview || session.document().layers.is_empty() {
            return;
        }
        let area = Area::new(Id::unique("overview")).order(Order::Middle).constrain_to(map);
        let corner = map.max - EDGE;
        area.pivot(egui::Align2::RIGHT_BOTTOM).fixed_pos(corner).show(ui.ctx(), |ui| {
            let frame = Frame::new()
                .fill(ui.visuals().window_fill())
                .stroke(ui.visuals().window_stroke)
                .corner_radius(CornerRadius::same(6))
                .inner_margin(Margin::same(3));
            frame.show(ui, |ui| {
                let (icon, label) = if settings.fold_overview {
                    (Icon::Up, "app-overview-unfold")
                } else {
                    (Icon::Down, "app-overview-fold")
                };
                let label = session.tr(label);
                if settings.fold_overview {
                    if icons::small_button(ui, icon, &label).clicked() {
                        out.push(Action::Toggle(Panel::OverviewFold));
                    }
                    return;
                }
                let picture = self.picture(ui, session, out);
                let side = Vec2::splat(20.0);
                let button =
                    Rect::from_min_size(pos2(picture.right() - side.x, picture.top()), side);
                let fill = ui.visuals().window_fill().gamma_multiply(0.86);
                ui.painter().rect_filled(button, 4.0, fill);
                let mut corner = ui.new_child(egui::UiBuilder::new().max_rect(button));
                if icons::small_button(&mut corner, icon, &label).clicked() {
                    out.push(Action::Toggle(Panel::OverviewFold));
                }
            });
        });
    }

    /// The picture with the rectangle; answers where it is.
    fn picture(&self, ui: &mut Ui, session: &Session, out: &mut Actions) -> Rect {
        let (rect, response) = ui.allocate_exact_size(SIZE, Sense::click_and_drag());
        let label = session.tr("app-overview");
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
        let painter = ui.painter().with_clip_rect(rect);
        painter.rect_filled(rect, 4.0, ui.visuals().extreme_bg_color);
        if let Some((_, texture)) = &self.texture {
            Image::from_texture((texture.id(), SIZE)).corner_radius(4.0).paint_at(ui, rect);
        }
        let Some(view) = self.view else { return rect };
        if let Some(seen) = session.in_view {
            let corners = [[seen.min_x, seen.max_y], [seen.max_x, seen.min_y]];
            let [a, b] = corners.map(|corner| place_of(view, rect, corner));
            let seen = Rect::from_two_pos(a, b);
            let least = seen.size().max(Vec2::splat(SMALLEST));
            let seen = Rect::from_center_size(seen.center(), least).intersect(rect.shrink(1.0));
            // Light around colour: seen on any map.
            painter.rect_stroke(
                seen,
                1.0,
                Stroke::new(4.0, ui.visuals().window_fill()),
                StrokeKind::Middle,
            );
            painter.rect_stroke(seen, 1.0, Stroke::new(2.0, theme::accent(ui)), StrokeKind::Middle);
        }
        if (response.clicked() || response.dragged())
            && let Some(pointer) = response.interact_pointer_pos()
        {
            out.push(Action::CentreOn(lon_lat_at(view, rect, pointer)));
        }
        response.on_hover_text(session.tr("app-overview-how"));
        rect
    }
}

/// Where a place (degrees, WGS 84) lies on the picture.
fn place_of(view: View, rect: Rect, lon_lat: [f64; 2]) -> Pos2 {
    let metres = mercator_metres_per_point(view.zoom);
    let ([x, y], [middle_x, middle_y]) =
        (mercator_from_lon_lat(lon_lat), mercator_from_lon_lat([view.lon, view.lat]));
    #[expect(clippy::cast_possible_truncation, reason = "screen coordinates")]
    let points = |distance: f64| (distance / metres) as f32;
    rect.center() + vec2(points(x - middle_x), points(middle_y - y))
}

/// What lies at a place of the picture: degrees, WGS 84.
fn lon_lat_at(view: View, rect: Rect, place: Pos2) -> [f64; 2] {
    let metres = mercator_metres_per_point(view.zoom);
    let [x, y] = mercator_from_lon_lat([view.lon, view.lat]);
    let Vec2 { x: right, y: down } = place - rect.center();
    lon_lat_from_mercator([
        f64::from(right).mul_add(metres, x),
        f64::from(-down).mul_add(metres, y),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_on_the_picture_is_where_it_is_drawn() {
        let view = View { lon: 3.72, lat: 51.05, zoom: 10.0 };
        let rect = Rect::from_min_size(pos2(700.0, 500.0), SIZE);
        let place = pos2(741.0, 630.0);
        let back = place_of(view, rect, lon_lat_at(view, rect, place));
        assert!((back - place).length() < 1e-2, "{back:?}");
        // A tile is 256 points wide at its own zoom (OpenStreetMap wiki, "Zoom levels").
        let [west, _] = lon_lat_at(view, rect, pos2(700.0, 575.0));
        let [east, _] = lon_lat_at(view, rect, pos2(700.0 + 128.0, 575.0));
        assert!((east - west - 360.0 / 1024.0 / 2.0).abs() < 1e-9);
    }
}
