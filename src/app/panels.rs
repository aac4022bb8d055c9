//! Where the parts of the window stand.

use egui::{CentralPanel, Frame, Id, Margin, Panel as Side, RichText, Ui, UiBuilder};

use super::actions::{Action, Actions, DetailsTab};
use super::session::Session;
use super::status_bar::{self, Status};
use super::window_place::Regions;
use super::{BelfortApp, chosen, menu, window_place};
use crate::i18n::Message;
use crate::map::MissingTiles;
use crate::tiles::Activity;

impl BelfortApp {
    /// Shows all parts, the map in what they leave.
    pub(super) fn panels(&mut self, ui: &mut Ui, out: &mut Actions) {
        let bar = |ui: &Ui| {
            Frame::new().fill(ui.visuals().panel_fill).inner_margin(Margin::symmetric(8, 4))
        };
        let body = |ui: &Ui| Frame::new().fill(ui.visuals().panel_fill).inner_margin(10.0);
        let width = ui.available_width();
        let lead = self.session.selection.lead();
        let (shows_layers, shows_details) =
            self.sides.shown(width, &self.session.settings, self.tab, lead);
        let (least_layers, least_details, least_map) = window_place::LEAST;
        let wanted_menu = self.session.wanted_menu.take();
        let session = &self.session;
        let chooser = &mut self.basemap_chooser;
        let mut regions = Regions::default();
        let shown = Side::top("menu").frame(bar(ui)).show(ui, |ui| {
            own(ui, "menu", |ui| menu::show(ui, session, chooser, wanted_menu, out));
        });
        regions.menu = Some(shown.response.rect);
        let status = Status {
            pointer: self.pointer,
            lambert: self.pointer.and_then(|pointer| self.lambert.of(pointer)),
            zoom: self.map.view().zoom,
            tiles: if session.basemap_shown().is_some() || !session.document().backdrops.is_empty()
            {
                self.tiles.activity()
            } else {
                Activity::default()
            },
            work: self.at_work(),
            missing: match session.basemap_shown() {
                Some(_) => self.map.missing_tiles().clone(),
                None => MissingTiles::default(),
            },
        };
        Side::bottom("status").frame(bar(ui)).exact_size(28.0).show(ui, |ui| {
            own(ui, "status", |ui| status_bar::show(ui, session, &status, out));
        });
        if shows_layers {
            let size = session.settings.panels.layers.unwrap_or(300.0);
            let side = Side::left("layers").frame(body(ui)).default_size(size);
            let beside = if shows_details { least_details } else { 0.0 };
            let most = (width - beside - least_map).clamp(least_layers, 520.0);
            let panel = &mut self.layers_panel;
            let portal = &mut self.portal_panel;
            let on_portal = session.settings.on_portal;
            let least = if on_portal { least_layers.max(290.0) } else { least_layers };
            let shown = side.size_range(least..=most.max(least)).show(ui, |ui| {
                own(ui, "layers", |ui| {
                    left_tabs(ui, session, out);
                    if on_portal {
                        portal.show(ui, session, out);
                    } else {
                        panel.show(ui, session, out);
                    }
                });
            });
            regions.layers = Some(shown.response.rect);
        }
        if shows_details {
            let size = session.settings.panels.details.unwrap_or(310.0);
            let side = Side::right("details").frame(body(ui)).default_size(size);
            let (tab, filter) = (&mut self.tab, &mut self.filter_panel);
            let (feature, check) = (&mut self.feature_panel, &mut self.check_panel);
            let (style, chart) = (&mut self.style_panel, &mut self.chart_panel);
            if !check.is_open() && *tab == DetailsTab::Check {
                *tab = DetailsTab::Feature;
            }
            let tabs = [
                (DetailsTab::Feature, "app-feature"),
                (DetailsTab::Filter, "app-filter"),
                (DetailsTab::Style, "app-style-tab"),
                (DetailsTab::Chart, "app-chart-tab"),
                (DetailsTab::Check, "app-check-tab"),
            ];
            let shown_tabs = if check.is_open() { 5 } else { 4 };
            let most = (ui.available_width() - least_map).clamp(least_details, 640.0);
            let content = |ui: &mut Ui| {
                ui.horizontal_wrapped(|ui| {
                    // Four stand beside each other in a panel of the usual width.
                    ui.spacing_mut().item_spacing.x = 3.0;
                    ui.spacing_mut().button_padding.x = 5.0;
                    for (this, id) in tabs.into_iter().take(shown_tabs) {
                        let text = session.say(&Message::new(id));
                        let text = RichText::new(text).heading();
                        if chosen::tab(ui, *tab == this, text).clicked() {
                            *tab = this;
                        }
                    }
                });
                ui.add_space(4.0);
                match tab {
                    DetailsTab::Feature => feature.show(ui, session, out),
                    DetailsTab::Filter => filter.show(ui, session, out),
                    DetailsTab::Style => style.show(ui, session, out),
                    DetailsTab::Chart => chart.show(ui, session, out),
                    DetailsTab::Check => check.show(ui, session, out),
                }
            };
            let side = side.size_range(least_details..=most);
            let shown = side.show(ui, |ui| own(ui, "details", content));
            regions.details = Some(shown.response.rect);
        }
        if session.settings.show_table {
            let size = session.settings.panels.table.unwrap_or(240.0);
            let side = Side::bottom("table").frame(body(ui)).default_size(size);
            let panel = &mut self.table_panel;
            let most = (ui.available_height() - 120.0).max(140.0);
            let shown = side
                .resizable(true)
                .size_range(120.0..=most)
                .show(ui, |ui| own(ui, "table", |ui| panel.show(ui, session, out)));
            regions.table = Some(shown.response.rect);
        }
        CentralPanel::no_frame().show(ui, |ui| own(ui, "map", |ui| self.show_map(ui, out)));
        regions.map = Some(self.map_rect);
        self.regions = regions;
        self.session.settings.on_filter = self.tab == DetailsTab::Filter;
    }
}

/// Shows what is in a part of the window under names of its own. Otherwise they would change, and
/// with them what has the focus and where lists are scrolled to, when another part is opened.
fn own<T>(ui: &mut Ui, part: &'static str, content: impl FnOnce(&mut Ui) -> T) -> T {
    let builder = UiBuilder::new().scope_id(Id::unique(("part", part)));
    ui.scope_builder(builder, content).inner
}

/// The two faces of the left panel: the layers of the map, and the city's portal.
fn left_tabs(ui: &mut Ui, session: &Session, out: &mut Actions) {
    // Whatever is in the panel, it stays as wide as it was made.
    ui.set_min_width(ui.available_width());
    ui.horizontal(|ui| {
        for (is_portal, id) in [(false, "app-layers"), (true, "app-portal")] {
            let text = RichText::new(session.say(&Message::new(id))).heading();
            let is_now = session.settings.on_portal == is_portal;
            if chosen::tab(ui, is_now, text).clicked() && !is_now {
                out.push(Action::ShowPortal(is_portal));
            }
        }
    });
    ui.add_space(2.0);
}
