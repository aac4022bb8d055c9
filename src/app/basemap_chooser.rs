//! The choice of basemap: a button in the menu bar that opens a card per basemap, with how strong
//! and how grey it is.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{
    Button, Checkbox, ColorImage, Context, Image, Key, Popup, PopupCloseBehavior, Rect, RichText,
    Role, ScrollArea, Sense, Slider, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui,
    UiBuilder, WidgetInfo, vec2,
};

use super::actions::{Action, Actions};
use super::icons::{self, Icon};
use super::keyed::Keyed;
use super::session::Session;
use super::{Wake, theme};
use crate::jobs::Job;
use crate::project::{Command, View};
use crate::tiles::{
    BASEMAP_NONE, Basemap, BasemapLook, TileId, TileImage, TileStore, basemap, basemaps, make_grey,
};

/// The side of a thumbnail, points.
const THUMBNAIL: f32 = 64.0;

/// The width of the cards, points.
const WIDTH: f32 = 380.0;

/// How many levels up a tile may be whose picture stands for what is in view.
const LEVELS_UP: usize = 5;

/// What thumbnails are made from: the tile in the middle of the view, and whether they are grey.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Middle {
    tile: TileId,
    is_grey: bool,
}

type Pictures = HashMap<String, TileImage>;

/// The chooser's own state: the thumbnails.
#[derive(Default)]
pub(super) struct BasemapChooser {
    is_open: bool,
    pictures: Keyed<Middle, Pictures>,
    /// The textures of the pictures, and what they were made from.
    textures: HashMap<String, TextureHandle>,
    textures_of: Option<Middle>,
}

impl BasemapChooser {
    /// Looks up thumbnails while the cards are shown: only what memory and disk have.
    pub fn update(
        &mut self,
        ctx: &Context,
        session: &Session,
        view: View,
        tiles: &Arc<TileStore>,
        wake: &Wake,
    ) {
        if !self.is_open {
            return;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
        let level = view.zoom.round().clamp(0.0, 24.0) as u8;
        let is_grey = session.document().basemap_look.grey;
        let middle = Middle { tile: TileId::at([view.lon, view.lat], level), is_grey };
        self.pictures.want(middle, |middle| {
            let (middle, tiles, wake) = (*middle, Arc::clone(tiles), Arc::clone(wake));
            Job::start("thumbnails", move || wake(), move |_| pictures(middle, &tiles))
        });
        if self.textures_of == Some(middle) || self.pictures.job().is_some() {
            return;
        }
        self.textures_of = Some(middle);
        let made = self.pictures.latest().into_iter().flatten().map(|(id, image)| {
            let size = [image.width as usize, image.height as usize];
            let pixels = ColorImage::from_rgba_unmultiplied(size, &image.rgba);
            (id.clone(), ctx.load_texture(id, pixels, TextureOptions::LINEAR))
        });
        self.textures = made.collect();
    }

    /// The button in the menu bar, and the cards while they are open.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let label = session.tr("app-basemap");
        let chosen = basemap(&session.document().basemap);
        let name = match chosen {
            Some(basemap) => basemap.name.get(session.language).to_owned(),
            None => session.tr("app-basemap-none"),
        };
        // Room for the sign that something opens.
        let button = Button::new(name).shortcut_text("     ").min_size(vec2(190.0, 0.0)).truncate();
        let button = ui.add(button);
        let sign = egui::pos2(button.rect.right() - 14.0, button.rect.center().y);
        icons::paint(ui.painter(), Icon::Down, sign, ui.visuals().text_color());
        let button = button.accessible_name(&label).on_hover_text(&label);
        let popup = Popup::menu(&button)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .width(WIDTH);
        let shown = popup.show(|ui| self.cards(ui, session, out));
        self.is_open = shown.is_some();
    }

    fn cards(&self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        ui.set_width(WIDTH);
        let most = (ui.ctx().content_rect().height() - 220.0).max(160.0);
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let chosen = basemap(&session.document().basemap);
            for one in basemaps() {
                let is_on = chosen.is_some_and(|chosen| chosen.id == one.id);
                let thumbnail = self.textures.get(&one.id);
                if card(ui, session, Some(one), is_on, thumbnail) {
                    out.push(Action::Run(Command::SetBasemap(one.id.clone())));
                }
            }
            if card(ui, session, None, chosen.is_none(), None) {
                out.push(Action::Run(Command::SetBasemap(BASEMAP_NONE.to_owned())));
            }
        });
        ui.separator();
        ui.add_enabled_ui(basemap(&session.document().basemap).is_some(), |ui| {
            look(ui, session, out);
        });
        if ui.input(|input| input.key_pressed(Key::Escape)) {
            ui.close();
        }
    }
}

/// How strong and how grey the basemap is.
fn look(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let now = session.document().basemap_look;
    ui.horizontal(|ui| {
        ui.label(RichText::new(session.tr("app-layer-opacity")).small().weak());
        let label = session.tr("app-basemap-opacity");
        let mut opacity = now.opacity;
        ui.spacing_mut().slider_width = 140.0;
        let slider = Slider::new(&mut opacity, 0.0..=1.0).show_value(false).step_by(0.05);
        let slider = ui.add(slider).accessible_name(&label);
        if slider.changed() {
            out.push(Action::Run(Command::SetBasemapLook(BasemapLook { opacity, ..now })));
        }
        if slider.lost_focus() {
            out.push(Action::CloseStep);
        }
        let percent = f64::from(opacity.clamp(0.0, 1.0) * 100.0);
        let percent = crate::i18n::format_number(session.language, percent, 0);
        ui.label(RichText::new(format!("{percent} %")).small());
        let mut grey = now.grey;
        let label = session.tr("app-basemap-in-grey");
        if ui.add(Checkbox::new(&mut grey, label)).changed() {
            out.push(Action::Run(Command::SetBasemapLook(BasemapLook { grey, ..now })));
        }
    });
}

/// A card of a basemap, or of none; answers whether it was chosen.
fn card(
    ui: &mut Ui,
    session: &Session,
    basemap: Option<&Basemap>,
    is_on: bool,
    thumbnail: Option<&TextureHandle>,
) -> bool {
    let name = match basemap {
        Some(basemap) => basemap.name.get(session.language).to_owned(),
        None => session.tr("app-basemap-none"),
    };
    let salt = basemap.map_or(BASEMAP_NONE, |basemap| basemap.id.as_str());
    let builder = UiBuilder::new().id_salt(("basemap", salt)).sense(Sense::click());
    let shown = ui.scope_builder(builder, |ui| {
        let response = ui.response();
        let mut frame = theme::card(ui);
        if is_on || response.has_focus() {
            frame = frame.stroke(Stroke::new(1.5, theme::accent(ui)));
        }
        if response.hovered() || response.has_focus() {
            frame = frame.fill(ui.visuals().widgets.hovered.weak_bg_fill);
        }
        frame.show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            ui.style_mut().interaction.selectable_labels = false;
            ui.horizontal_top(|ui| {
                picture(ui, basemap, thumbnail);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    ui.horizontal(|ui| {
                        ui.spacing_mut().interact_size.y = 18.0;
                        ui.strong(&name);
                        if is_on {
                            let (sign, _) =
                                ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
                            icons::paint(
                                ui.painter(),
                                Icon::Check,
                                sign.center(),
                                theme::accent(ui),
                            );
                        }
                    });
                    let small = |text: &str| RichText::new(text).small().weak();
                    match basemap {
                        Some(basemap) => {
                            let offline = if basemap.offline {
                                "app-basemap-offline"
                            } else {
                                "app-basemap-online"
                            };
                            let made = format!("{} · {}", basemap.attribution, session.tr(offline));
                            ui.label(small(&made));
                            ui.label(small(basemap.terms.get(session.language)));
                        }
                        None => {
                            ui.label(small(&session.tr("app-basemap-none-how")));
                        }
                    }
                });
            });
        });
    });
    let response = shown.response;
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_on, &name));
    if response.gained_focus() {
        response.scroll_to_me(None);
    }
    response.clicked()
}

/// What a basemap looks like in the middle of the view; a sign where that is not at hand.
fn picture(ui: &mut Ui, basemap: Option<&Basemap>, thumbnail: Option<&TextureHandle>) {
    let side = if basemap.is_some() { THUMBNAIL } else { THUMBNAIL / 2.0 };
    let (rect, _) = ui.allocate_exact_size(vec2(THUMBNAIL, side), Sense::hover());
    if let Some(texture) = thumbnail {
        let whole = Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
        Image::from_texture(texture).uv(whole).corner_radius(4.0).paint_at(ui, rect);
    } else {
        ui.painter().rect_filled(rect, 4.0, ui.visuals().faint_bg_color);
        let icon = if basemap.is_some() { Icon::Layers } else { Icon::Close };
        icons::paint(ui.painter(), icon, rect.center(), ui.visuals().weak_text_color());
    }
    let stroke = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter().rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
}

/// The tile in the middle of the view of each basemap, or a larger one, where there is one.
fn pictures(middle: Middle, tiles: &TileStore) -> Pictures {
    let found = basemaps().iter().filter_map(|basemap| {
        let line = std::iter::successors(Some(middle.tile), |tile| tile.parent());
        let line = line.filter(|tile| tile.z <= basemap.max_zoom).take(LEVELS_UP);
        let image = line.into_iter().find_map(|tile| tiles.kept(basemap, tile))?;
        let mut image = TileImage::clone(&image);
        if middle.is_grey {
            make_grey(&mut image.rgba);
        }
        Some((basemap.id.clone(), image))
    });
    found.collect()
}
