//! The choice of basemap: a button in the menu bar that opens a card per basemap, with how strong
//! and how grey it is.

use std::collections::HashMap;
use std::sync::Arc;

use egui::{
    Button, Checkbox, ColorImage, Context, Image, Key, Label, Popup, PopupCloseBehavior, Rect,
    RichText, Role, ScrollArea, Sense, Slider, Stroke, StrokeKind, TextureHandle, TextureOptions,
    Ui, UiBuilder, WidgetInfo, vec2,
};

use super::actions::{Action, Actions};
use super::icons::{self, Icon};
use super::keyed::Keyed;
use super::session::Session;
use super::{Wake, own_basemap_card, theme};
use crate::jobs::{Job, Watch};
use crate::page::CityLook;
use crate::project::{Command, OwnBasemap, View};
use crate::tiles::{
    BASEMAP_NONE, Basemap, BasemapLook, Ground, TileId, TileImage, TileSource, TileStore, basemap,
    basemaps, make_grey,
};

/// The side of a thumbnail, points.
const THUMBNAIL: f32 = 64.0;

/// The width of the cards, points.
const WIDTH: f32 = 380.0;

/// How many levels up a tile may be whose picture stands for what is in view.
const LEVELS_UP: usize = 5;

/// What thumbnails are made from: the tile in the middle of the view, and whether they are grey.
#[derive(Clone, Debug, PartialEq)]
struct Middle {
    tile: TileId,
    is_grey: bool,
    /// The words of own basemaps among all sources of tiles.
    own: Vec<String>,
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
        let basemaps = session.document().basemaps.iter();
        let grounds: Vec<Ground> =
            basemaps.filter_map(|own| session.grounds.ground(&own.id).cloned()).collect();
        let own = grounds.iter().map(|ground| ground.source().key().to_owned()).collect();
        let middle = Middle { tile: TileId::at([view.lon, view.lat], level), is_grey, own };
        self.pictures.want(middle.clone(), |middle| {
            let (middle, tiles, wake) = (middle.clone(), Arc::clone(tiles), Arc::clone(wake));
            let work = move |_: &Watch| pictures(&middle, &grounds, &tiles);
            Job::start("thumbnails", move || wake(), work)
        });
        if self.textures_of.as_ref() == Some(&middle) || self.pictures.job().is_some() {
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
        let id = &session.document().basemap;
        let name = match (basemap(id), session.document().own_basemap(id)) {
            (Some(basemap), _) => basemap.name.get(session.language).to_owned(),
            (None, Some(own)) => own.name.clone(),
            (None, None) => session.tr("app-basemap-none"),
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
        let most = (ui.ctx().content_rect().height() - 252.0).max(160.0);
        ScrollArea::vertical().max_height(most).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 4.0;
            let chosen = &session.document().basemap;
            for one in basemaps() {
                let is_on = *chosen == one.id;
                let card = Card::Offered(one);
                if card.show(ui, session, is_on, self.textures.get(&one.id), out) {
                    out.push(Action::Run(Command::SetBasemap(one.id.clone())));
                }
            }
            for own in &session.document().basemaps {
                let is_on = *chosen == own.id;
                if Card::Own(own).show(ui, session, is_on, self.textures.get(&own.id), out) {
                    out.push(Action::Run(Command::SetBasemap(own.id.clone())));
                }
            }
            let is_none =
                basemap(chosen).is_none() && session.document().own_basemap(chosen).is_none();
            if Card::None.show(ui, session, is_none, None, out) {
                out.push(Action::Run(Command::SetBasemap(BASEMAP_NONE.to_owned())));
            }
        });
        ui.separator();
        for (id, hint, action) in [
            ("app-basemap-add", "app-basemap-add-hint", Action::ShowOpen),
            ("app-web-map-short", "app-web-map-hint", Action::ShowWebMap(None)),
            ("app-take-along", "app-take-along-hint", Action::ShowTake),
            ("app-cache", "app-cache-hint", Action::ShowCache),
        ] {
            if ui.button(session.tr(id)).on_hover_text(session.tr(hint)).clicked() {
                out.push(action);
                ui.close();
            }
        }
        ui.separator();
        ui.add_enabled_ui(session.grounds.ground(&session.document().basemap).is_some(), |ui| {
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
    let ground = session.grounds.ground(&session.document().basemap);
    let is_drawn = ground.is_some_and(|ground| ground.vectors().is_some());
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
        if is_drawn {
            return;
        }
        let mut grey = now.grey;
        let label = session.tr("app-basemap-in-grey");
        if ui.add(Checkbox::new(&mut grey, label)).changed() {
            out.push(Action::Run(Command::SetBasemapLook(BasemapLook { grey, ..now })));
        }
    });
    if is_drawn {
        style(ui, session, out);
    }
}

/// In which of its styles a map is drawn from vectors.
fn style(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let now = session.document().basemap_look;
    ui.horizontal(|ui| {
        ui.label(RichText::new(session.tr("app-basemap-style")).small().weak());
        for (id, grey, dark) in [
            ("app-basemap-light", false, false),
            ("app-basemap-dark", false, true),
            ("app-basemap-greys", true, false),
        ] {
            let look = BasemapLook { grey, dark, ..now };
            let is_on = CityLook::of(look) == CityLook::of(now);
            if ui.radio(is_on, session.tr(id)).clicked() && !is_on {
                out.push(Action::Run(Command::SetBasemapLook(look)));
                out.push(Action::CloseStep);
            }
        }
    });
}

/// What a card stands for.
#[derive(Clone, Copy)]
enum Card<'a> {
    Offered(&'static Basemap),
    Own(&'a OwnBasemap),
    None,
}

impl Card<'_> {
    fn id(&self) -> &str {
        match self {
            Card::Offered(basemap) => &basemap.id,
            Card::Own(own) => &own.id,
            Card::None => BASEMAP_NONE,
        }
    }

    fn name(&self, session: &Session) -> String {
        match self {
            Card::Offered(basemap) => basemap.name.get(session.language).to_owned(),
            Card::Own(own) => own.name.clone(),
            Card::None => session.tr("app-basemap-none"),
        }
    }

    /// Shows it; answers whether it was chosen.
    fn show(
        self,
        ui: &mut Ui,
        session: &Session,
        is_on: bool,
        thumbnail: Option<&TextureHandle>,
        out: &mut Actions,
    ) -> bool {
        let name = self.name(session);
        let builder = UiBuilder::new().id_salt(("basemap", self.id())).sense(Sense::click());
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
                    let side = if matches!(self, Card::None) { THUMBNAIL / 2.0 } else { THUMBNAIL };
                    picture(ui, side, thumbnail);
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 2.0;
                        heading(ui, &name, is_on);
                        self.about(ui, session, out);
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

    /// Who made it, and what may be done with it.
    fn about(self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let small = |text: &str| RichText::new(text).small().weak();
        match self {
            Card::Offered(basemap) => {
                let offline =
                    if basemap.offline { "app-basemap-offline" } else { "app-basemap-online" };
                let made = format!("{} · {}", basemap.attribution, session.tr(offline));
                ui.label(small(&made));
                ui.label(small(basemap.terms.get(session.language)));
            }
            Card::Own(own) => own_basemap_card::about(ui, session, own, out),
            Card::None => {
                ui.label(small(&session.tr("app-basemap-none-how")));
            }
        }
    }
}

fn heading(ui: &mut Ui, name: &str, is_on: bool) {
    ui.horizontal(|ui| {
        ui.spacing_mut().interact_size.y = 18.0;
        ui.add(Label::new(RichText::new(name).strong()).truncate());
        if is_on {
            let (sign, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
            icons::paint(ui.painter(), Icon::Check, sign.center(), theme::accent(ui));
        }
    });
}

/// What a basemap looks like in the middle of the view; a sign where that is not at hand.
fn picture(ui: &mut Ui, side: f32, thumbnail: Option<&TextureHandle>) {
    let (rect, _) = ui.allocate_exact_size(vec2(THUMBNAIL, side), Sense::hover());
    if let Some(texture) = thumbnail {
        let whole = Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
        Image::from_texture(texture).uv(whole).corner_radius(4.0).paint_at(ui, rect);
    } else {
        ui.painter().rect_filled(rect, 4.0, ui.visuals().faint_bg_color);
        let icon = if side < THUMBNAIL { Icon::Close } else { Icon::Layers };
        icons::paint(ui.painter(), icon, rect.center(), ui.visuals().weak_text_color());
    }
    let stroke = ui.visuals().widgets.noninteractive.bg_stroke;
    ui.painter().rect_stroke(rect, 4.0, stroke, StrokeKind::Inside);
}

/// The tile in the middle of the view of each basemap, or a larger one, where there is one.
fn pictures(middle: &Middle, own: &[Ground], tiles: &TileStore) -> Pictures {
    let line = |deepest: u8| {
        let line = std::iter::successors(Some(middle.tile), |tile| tile.parent());
        line.filter(move |tile| tile.z <= deepest).take(LEVELS_UP)
    };
    let offered = basemaps().iter().filter_map(|basemap| {
        let image = line(basemap.max_zoom).find_map(|tile| tiles.kept(basemap, tile))?;
        Some((basemap.id.clone(), TileImage::clone(&image), true))
    });
    let own = own.iter().filter_map(|ground| {
        let local = match ground.source() {
            TileSource::Local(local) => local,
            TileSource::Server(basemap) => {
                let mut tiles_above = line(basemap.max_zoom);
                let image = tiles_above.find_map(|tile| tiles.kept(basemap, tile))?;
                return Some((ground.id.clone(), TileImage::clone(&image), true));
            }
        };
        let image = line(local.max_zoom()).filter(|tile| local.has(*tile));
        let image = image.into_iter().find_map(|tile| local.make(tile).ok())?;
        // What is drawn from vectors has its own grey.
        Some((ground.id.clone(), image, ground.vectors().is_none()))
    });
    let found = offered.chain(own).map(|(id, mut image, may_be_grey)| {
        if middle.is_grey && may_be_grey {
            make_grey(&mut image.rgba);
        }
        (id, image)
    });
    found.collect()
}
