//! The page as it will be, in the print window: dragging moves the map under it, the wheel steps
//! through round scales.

use std::sync::Arc;
use std::time::Duration;

use arrow_array::BooleanArray;
use egui::{
    ColorImage, Context, Image, Key, Rect, Role, Sense, TextureHandle, TextureOptions, Ui, Vec2,
    WidgetInfo, vec2,
};

use super::hands::{Hands, MARK, OnScreen};
use super::parts::{MadeSheet, SheetParts, TILES_OF_PREVIEW};
use crate::app::derived::Same;
use crate::app::keyed::Keyed;
use crate::app::session::Session;
use crate::jobs::Job;
use crate::page::{Pixels, SheetError, Tiling, next_scale, render};
use crate::project::{Document, LayerId, Sheet};
use crate::style::Partition;
use crate::table::Table;
use crate::tiles::TileStore;

/// How often the page is drawn again while tiles come in, and how long it is waited in between.
const MOST_ROUNDS: u8 = 8;
const ROUND: Duration = Duration::from_millis(700);

/// How far an arrow key moves the map, millimetres on paper.
const STEP: f64 = 10.0;

/// What a page shows.
#[derive(Clone, PartialEq)]
pub(super) struct Shown {
    document: Same<Document>,
    sheet: Sheet,
    layers: Vec<(LayerId, Same<Table>, Option<Same<BooleanArray>>, Option<Same<Partition>>)>,
}

impl Shown {
    pub fn of(session: &Session, sheet: Sheet) -> Shown {
        let document = session.history.document();
        let layers = document.layers.iter().filter(|layer| document.is_shown(layer));
        let layers = layers.filter_map(|layer| {
            let loaded = session.loaded(layer)?;
            let mask = session.derived.mask_of(layer.id).filter(|_| !layer.filter.is_empty());
            let classes = session.derived.classes.partition(layer.id);
            let classes = classes.map(|classes| Same(Arc::clone(classes)));
            Some((layer.id, Same(loaded.table.clone()), mask.cloned(), classes))
        });
        Shown { document: Same(Arc::clone(document)), sheet, layers: layers.collect() }
    }
}

/// What the page is made from.
#[derive(Clone, PartialEq)]
struct Drawn {
    shown: Shown,
    /// How large it is shown, pixels.
    size: [u32; 2],
    /// How often it was drawn before, while tiles came in.
    round: u8,
}

/// A page that was drawn.
struct Page {
    made: MadeSheet,
    image: Arc<ColorImage>,
}

/// The page in the window.
#[derive(Default)]
pub(super) struct Preview {
    page: Keyed<Drawn, Result<Page, SheetError>>,
    texture: Option<(Arc<ColorImage>, TextureHandle)>,
    round: u8,
    /// When the page was last drawn with tiles missing, seconds.
    waiting_since: Option<f64>,
    /// What the person's hand does on the page.
    pub hands: Hands,
}

impl Preview {
    /// Whether the page is being drawn.
    pub fn is_busy(&self) -> bool {
        self.page.job().is_some() || self.waiting_since.is_some()
    }

    /// The sheet as it was last drawn; an error where it cannot be.
    pub fn made(&self) -> Option<Result<&MadeSheet, &SheetError>> {
        Some(match self.page.latest()? {
            Ok(page) => Ok(&page.made),
            Err(error) => Err(error),
        })
    }

    /// Has the page drawn anew where something on it changed.
    fn update(
        &mut self,
        ctx: &Context,
        session: &Session,
        tiles: &Arc<TileStore>,
        (size, sheet): (Vec2, &Sheet),
    ) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "of a window")]
        let size = [size.x.max(64.0) as u32, size.y.max(64.0) as u32];
        let shown = Shown::of(session, sheet.clone());
        let wanted = Drawn { shown, size, round: self.round };
        let tiles = Arc::clone(tiles);
        self.page.want(wanted, |drawn| {
            let parts = SheetParts::of(session, drawn.shown.sheet.clone());
            let [width, height] = drawn.size.map(f64::from);
            let wake = session.wake.clone();
            Job::start(
                "print preview",
                move || wake(),
                move |watch| {
                    let made =
                        parts.make(&tiles, (width, height).into(), TILES_OF_PREVIEW, watch)?;
                    let page = &made.page.page;
                    let scale = scale_into(page.width, page.height, [width, height]);
                    let pixels = render(page, scale, watch)?;
                    Ok(Page { image: Arc::new(color_image(&pixels)), made })
                },
            )
        });
        let now = ctx.input(|input| input.time);
        let are_missing = self.page.job().is_none()
            && self.round < MOST_ROUNDS
            && matches!(self.page.latest(), Some(Ok(page)) if page.made.tiles_are_coming);
        match self.waiting_since {
            _ if !are_missing => self.waiting_since = None,
            None => {
                self.waiting_since = Some(now);
                ctx.request_repaint_after(ROUND);
            }
            Some(since) if now - since >= ROUND.as_secs_f64() => {
                self.round += 1;
                self.waiting_since = None;
                ctx.request_repaint();
            }
            Some(_) => ctx.request_repaint_after(ROUND),
        }
        if let Some(Ok(page)) = self.page.latest()
            && self.texture.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, &page.image))
        {
            let texture =
                ctx.load_texture("sheet", Arc::clone(&page.image), TextureOptions::LINEAR);
            self.texture = Some((Arc::clone(&page.image), texture));
        }
    }

    /// Tiles are looked for again: something else is shown.
    pub fn begin_anew(&mut self) {
        self.round = 0;
        self.waiting_since = None;
    }

    /// Shows the page in a room, once it is known what is to be on it; answers the sheet as it is to
    /// become.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        tiles: &Arc<TileStore>,
        (room, is_known): (Vec2, bool),
        sheet: &Sheet,
    ) -> Option<Sheet> {
        let (rect, response) = ui.allocate_exact_size(room, Sense::click_and_drag());
        let pixels = ui.ctx().pixels_per_point();
        if is_known {
            let size = (room - Vec2::splat(2.0 * EDGE)) * pixels;
            self.update(ui.ctx(), session, tiles, (size, sheet));
        }
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 4.0, ui.visuals().widgets.inactive.weak_bg_fill);
        let label = match self.made() {
            Some(Ok(made)) => format!(
                "{}: {}, {}",
                session.tr("app-print-page"),
                made.title,
                session.say(&made.words)
            ),
            _ => session.tr("app-print-page"),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &label));
        let texture = self.texture.as_ref().map(|(_, texture)| texture);
        let page = texture.map(|texture| page_rect(rect, texture.size_vec2()));
        if let (Some(texture), Some(page)) = (texture, page) {
            let shadow = page.translate(vec2(2.0, 3.0)).expand(1.0);
            painter.rect_filled(shadow, 2.0, egui::Color32::from_black_alpha(60));
            Image::new(texture).paint_at(ui, page);
        }
        if self.page.job().is_some() && (texture.is_none() || !response.dragged()) {
            let place = Rect::from_min_size(rect.min + Vec2::splat(8.0), Vec2::splat(18.0));
            egui::Spinner::new().size(18.0).paint_at(ui, place);
        }
        if response.has_focus() {
            let stroke = ui.visuals().selection.stroke;
            painter.rect_stroke(rect, 4.0, stroke, egui::StrokeKind::Inside);
        }
        let response = response.on_hover_text(session.tr("app-print-page-hint"));
        if response.clicked() {
            response.request_focus();
        }
        let page = page?;
        let Some(Ok(Page { made, .. })) = self.page.latest() else { return None };
        let screen = OnScreen { rect: page, width: made.plan.paper[0] };
        draw_tiles(&painter, screen, made, sheet);
        let held = self.hands.show(ui, session, (&response, made), screen, sheet);
        held.or_else(|| moved(ui, made, &response, page, sheet))
    }
}

/// Where the sheets of smaller paper lie that it is printed over.
fn draw_tiles(painter: &egui::Painter, screen: OnScreen, made: &MadeSheet, sheet: &Sheet) {
    let tiling = sheet.over.and_then(|tiles| Tiling::of(made.plan.paper, &tiles));
    let Some(tiling) = tiling else { return };
    let stroke = egui::Stroke::new(1.0, MARK);
    for tile in tiling.tiles() {
        let [left, top, right, bottom] = tiling.piece(tile);
        let rect =
            Rect::from_two_pos(screen.to_screen([left, top]), screen.to_screen([right, bottom]));
        painter.rect_stroke(rect, 0.0, stroke, egui::StrokeKind::Middle);
        let font = egui::FontId::proportional(13.0);
        let name = Tiling::name(tile);
        let at = rect.min + vec2(5.0, 4.0);
        let galley = painter.layout_no_wrap(name, font, MARK);
        let ground = Rect::from_min_size(at, galley.size()).expand(2.0);
        painter.rect_filled(ground, 3.0, egui::Color32::from_white_alpha(220));
        painter.galley(at, galley, MARK);
    }
}

/// The sheet after what pointer and keys did to the page.
fn moved(
    ui: &Ui,
    made: &MadeSheet,
    response: &egui::Response,
    page: Rect,
    before: &Sheet,
) -> Option<Sheet> {
    let mut sheet = before.clone();
    // Metres of the plane behind a millimetre of paper.
    let metres = f64::from(made.plan.denominator) / 1000.0;
    let millimetres = made.plan.paper[0] / f64::from(page.width().max(1.0));
    let by = response.drag_delta();
    sheet.shift[0] -= f64::from(by.x) * millimetres * metres;
    sheet.shift[1] += f64::from(by.y) * millimetres * metres;
    if response.has_focus() {
        ui.memory_mut(|memory| {
            let filter = egui::EventFilter {
                horizontal_arrows: true,
                vertical_arrows: true,
                ..egui::EventFilter::default()
            };
            memory.set_focus_lock_filter(response.id, filter);
        });
        for (key, x, y) in [
            (Key::ArrowRight, 1.0, 0.0),
            (Key::ArrowLeft, -1.0, 0.0),
            (Key::ArrowUp, 0.0, 1.0),
            (Key::ArrowDown, 0.0, -1.0),
        ] {
            if ui.input(|input| input.key_pressed(key)) {
                sheet.shift[0] += x * STEP * metres;
                sheet.shift[1] += y * STEP * metres;
            }
        }
        for (key, larger) in [(Key::Plus, true), (Key::Equals, true), (Key::Minus, false)] {
            if ui.input(|input| input.key_pressed(key)) {
                sheet.scale = Some(next_scale(made.plan.denominator, larger));
            }
        }
    }
    if response.hovered() {
        let wheel = ui.input(|input| {
            input.events.iter().find_map(|event| match event {
                egui::Event::MouseWheel { delta, .. } if delta.y.abs() > 0.0 => Some(delta.y),
                _ => None,
            })
        });
        if let Some(wheel) = wheel {
            let from = sheet.scale.unwrap_or(made.plan.denominator);
            sheet.scale = Some(next_scale(from, wheel > 0.0));
        }
    }
    (sheet != *before).then_some(sheet)
}

/// Between the room's edge and the page.
const EDGE: f32 = 14.0;

/// Where a page of a size lies in a room.
fn page_rect(room: Rect, size: Vec2) -> Rect {
    let inner = room.shrink(EDGE);
    let share = (inner.width() / size.x).min(inner.height() / size.y);
    Rect::from_center_size(room.center(), size * share)
}

/// Pixels per unit at which a page fits into so many pixels.
#[expect(clippy::cast_possible_truncation, reason = "pixels of a window")]
fn scale_into(width: f32, height: f32, [across, down]: [f64; 2]) -> f32 {
    (across / f64::from(width.max(1.0))).min(down / f64::from(height.max(1.0))) as f32
}

pub(super) fn color_image(pixels: &Pixels) -> ColorImage {
    let side = |length: u32| usize::try_from(length).unwrap_or(0);
    let size = [side(pixels.width), side(pixels.height)];
    ColorImage::from_rgba_unmultiplied(size, &pixels.rgba)
}
