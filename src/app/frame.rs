//! One frame: take what jobs have done, show the panels, do what was asked for.

use egui::{
    Align2, CentralPanel, Color32, FontId, Frame, Id, Margin, Panel as Side, RichText, Stroke, Ui,
    UiBuilder, ViewportCommand,
};

use super::actions::{Action, Actions, DetailsTab, RowRef};
use super::derived::MaskState;
use super::figure::Failure;
use super::file_dialogs::{Unsaved, unsaved};
use super::opening::Opened;
use super::session::{Notice, Session};
use super::status_bar::{self, Status};
use super::store::lost;
use super::window_place::Regions;
use super::{
    Aim, BelfortApp, Dialog, chosen, first_minute, help_window, keyboard, live, marker, menu,
    notices, problems_window, receipt_window, shortcuts, theme, tool_strip, window_place,
};
use crate::crs::{ground_metres_per_point, scale_denominator};
use crate::i18n::Message;
use crate::jobs::Poll;
use crate::map::{DrawnLayer, Hit, MapResponse, MissingTiles, Trouble};
use crate::project::{Command, Layer, LayerId};
use crate::table::{Extent, RowSet};
use crate::tiles::Activity;

impl BelfortApp {
    /// Shows the whole window.
    pub fn ui(&mut self, ui: &mut Ui) {
        let mut out = Actions::new();
        let ctx = ui.ctx().clone();
        self.take_results(&mut out);
        self.answer_system(&ctx, &mut out);
        let has_dialog = self.dialog.is_some() || self.find_window.is_open();
        shortcuts::handle(&ctx, &self.session, has_dialog, &mut out);
        self.panels(ui, &mut out);
        let over = self.map_or_window();
        self.find_window.show(&ctx, &self.session, over, &mut out);
        self.dialogs(&ctx, &mut out);
        drop_overlay(&ctx, &self.session.tr("app-drop-here"));
        let has_dialog = self.dialog.is_some() || self.find_window.is_open();
        self.focus.keep(&ctx, self.map_rect, has_dialog);
        keyboard::ring(&ctx);
        for action in out {
            self.apply(action);
        }
        // A filter being tried ends its step itself.
        let is_gesture =
            |input: &egui::InputState| input.pointer.any_pressed() || input.pointer.any_released();
        if ctx.input(is_gesture) && !self.filter_panel.is_trying() {
            self.session.history.close_step();
        }
        self.name_window(&ctx);
        if self.has_lost_gpu {
            // egui's renderer panics when it is to send anything to a GPU that is gone.
            ctx.graphics_mut(|graphics| *graphics = egui::layers::GraphicLayers::default());
        }
    }

    /// What jobs have done since the last frame, and new ones for what is missing.
    fn take_results(&mut self, out: &mut Actions) {
        notices::pass_time(&self.ctx, &mut self.session);
        self.take_openings();
        if let Some(saving) = self.saving.take() {
            match saving.job.poll() {
                Poll::Running => self.saving = Some(saving),
                Poll::Done(outcome) => self.saved(saving, outcome),
                Poll::Lost => {
                    let error = lost(&saving.path);
                    self.saved(saving, Err(error));
                }
            }
        }
        self.take_figure();
        let document = self.session.history.document().clone();
        let wake = self.session.wake.clone();
        for layer in &document.layers {
            self.session.store.want(&layer.source, &self.session.portals, &wake);
        }
        for error in self.session.store.poll() {
            self.session.notice(Notice::Failed(error));
        }
        let replaced = live::tick(&self.ctx, &mut self.session);
        if self.hovered.as_ref().is_some_and(|(layer, _)| replaced.contains(layer)) {
            self.hovered = None;
        }
        self.tell_of_update();
        self.session.derived.update(&document, &self.session.store, &wake);
        self.session.tidy();
        self.filter_panel.update(&self.ctx, &mut self.session, out);
        self.feature_panel.want(&self.session, &wake);
        if self.session.settings.show_table {
            self.table_panel.want(&mut self.session, &wake);
        }
        self.find_window.update(&self.session);
        let settings = &self.session.settings;
        let on_portal = settings.show_layers && settings.on_portal;
        self.portal_panel.update(&self.session, on_portal);
        let view = self.map.view();
        self.basemap_chooser.update(&self.ctx, &self.session, view, &self.tiles, &wake);
        self.overview.update(&self.ctx, &self.session, &self.tiles);
        self.take_selecting();
        self.take_aim();
    }

    /// Shows what an update changed, where that disturbs nobody; else offers to.
    fn tell_of_update(&mut self) {
        if !self.session.live.take_new_report() {
            return;
        }
        let Some(report) = self.session.live.report().cloned() else { return };
        if !report.is_long() {
            self.session.notice(Notice::Done(report.short(self.session.language)));
        } else if self.dialog.is_none() && !self.ctx.text_edit_focused() {
            self.apply(Action::ShowUpdates);
        } else {
            let button = Message::new("app-updates-show");
            let action = Box::new(Action::ShowUpdates);
            self.session.notice(Notice::Offer { text: report.summary(), button, action });
        }
    }

    fn take_figure(&mut self) {
        let Some(job) = &self.figure else { return };
        let outcome = match job.poll() {
            Poll::Running => return,
            Poll::Done(outcome) => outcome,
            Poll::Lost => Err(Failure::Figure(Message::new("app-error-lost"))),
        };
        self.figure = None;
        match outcome {
            Ok(made) => {
                for problem in &made.problems {
                    self.session.notice(Notice::Problem(problem.clone()));
                }
                if let Some(image) = made.image {
                    self.ctx.copy_image(image);
                    self.session.notice(Notice::Done(Message::new("app-figure-copied")));
                }
                if let Some(path) = made.path {
                    let path = path.to_string_lossy();
                    let saved = Message::new("app-figure-saved").text("path", path);
                    self.session.notice(Notice::Done(saved));
                }
            }
            Err(Failure::Cancelled) => {}
            Err(Failure::Figure(message)) => self.session.notice(Notice::Trouble(message)),
            Err(Failure::File(error)) => self.session.notice(Notice::Failed(error)),
        }
    }

    fn take_openings(&mut self) {
        let mut done = Vec::new();
        let mut running = Vec::new();
        for opening in std::mem::take(&mut self.session.opening) {
            match opening.job.poll() {
                Poll::Running => running.push(opening),
                Poll::Done(outcome) => done.push((opening, outcome)),
                Poll::Lost => {
                    let error = lost(&opening.path);
                    done.push((opening, Err(error)));
                }
            }
        }
        self.session.opening = running;
        for (opening, outcome) in done {
            match outcome {
                Ok(Opened::Project(_))
                    if self.session.history.is_changed() && !opening.is_agreed =>
                {
                    // Asked now, opened again after the answer.
                    let again = Action::Open(vec![opening.path]);
                    self.dialog = Some(Dialog::Unsaved(again));
                }
                Ok(opened) => self.take_opened(&opening, opened),
                Err(error) if error.is_cancelled() => {}
                Err(error) => self.session.notice(Notice::Failed(error)),
            }
        }
    }

    /// Moves the map where it is to go, once that is known.
    fn take_aim(&mut self) {
        if let Some(job) = &self.row_aim {
            match job.poll() {
                Poll::Running => {}
                Poll::Done(extent) => {
                    self.row_aim = None;
                    if let Some(extent) = extent {
                        self.map.zoom_to(extent);
                    }
                }
                Poll::Lost => self.row_aim = None,
            }
        }
        let Some(aim) = self.aim else { return };
        let extent_of = |id: LayerId| {
            let layer = self.session.document().layer(id)?;
            let scene = self.session.loaded(layer)?.scene.as_ref().ok()?;
            scene.extent_lon_lat()
        };
        let is_loading = |id: LayerId| {
            let layer = self.session.document().layer(id);
            let entry = layer.map(|layer| self.session.store.entry(&layer.source));
            matches!(entry, Some(None | Some(super::store::Entry::Loading(_))))
        };
        let layers: Vec<LayerId> = match aim {
            Aim::Layer(layer) => vec![layer],
            Aim::All => self.session.document().layers.iter().map(|layer| layer.id).collect(),
        };
        if layers.iter().any(|layer| is_loading(*layer)) {
            return;
        }
        self.aim = None;
        if let Some(extent) = layers.into_iter().filter_map(extent_of).reduce(Extent::union) {
            self.map.zoom_to(extent);
        }
    }

    /// Files dropped on the window, and its closing.
    fn answer_system(&mut self, ctx: &egui::Context, out: &mut Actions) {
        let dropped: Vec<_> = ctx.input(|input| {
            input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect()
        });
        if !dropped.is_empty() {
            out.push(Action::Open(dropped));
        }
        let wants_to_close = ctx.input(|input| input.viewport().close_requested());
        self.session.is_full_screen =
            ctx.input(|input| input.viewport().fullscreen.unwrap_or(false));
        window_place::remember(ctx, &self.regions, &mut self.session.settings);
        let may_close = self.may_close || self.has_lost_gpu;
        if wants_to_close && !may_close && self.session.history.is_changed() {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            if self.dialog.is_none() {
                self.dialog = Some(Dialog::Unsaved(Action::Quit));
            }
        }
    }

    fn panels(&mut self, ui: &mut Ui, out: &mut Actions) {
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
            tiles: match session.basemap_shown() {
                Some(_) => self.tiles.activity(),
                None => Activity::default(),
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
            let feature = &mut self.feature_panel;
            let most = (ui.available_width() - least_map).clamp(least_details, 640.0);
            let content = |ui: &mut Ui| {
                ui.horizontal(|ui| {
                    for (this, id) in
                        [(DetailsTab::Feature, "app-feature"), (DetailsTab::Filter, "app-filter")]
                    {
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

    fn show_map(&mut self, ui: &mut Ui, out: &mut Actions) {
        let session = &self.session;
        let document = session.document();
        let mut drawn = Vec::with_capacity(document.layers.len());
        let at_scale = |layer: &&Layer| session.scale.is_none_or(|scale| layer.scales.shows(scale));
        for layer in
            document.layers.iter().filter(|layer| document.is_shown(layer)).filter(at_scale)
        {
            let Some(scene) = session.loaded(layer).and_then(|l| l.scene.as_ref().ok()) else {
                continue;
            };
            let mask = match session.derived.mask(layer) {
                MaskState::All | MaskState::Failed(_) => None,
                MaskState::Some(mask) => Some(&mask.rows.0),
                // Drawing all rows for a moment would be wrong.
                MaskState::Pending => continue,
            };
            let hovered = self.hovered.as_ref().filter(|(of, _)| *of == layer.id);
            let marked = session.live.marked(&layer.source);
            drawn.push(DrawnLayer {
                key: layer.id.0,
                scene,
                style: session.style_of(layer),
                classes: None,
                opacity: layer.opacity,
                mask,
                selected: session.selection.of(layer.id),
                hovered: marked.or(hovered.map(|(_, rows)| rows)),
            });
        }
        let ground = self.session.basemap_shown();
        self.map.set_basemap_look(document.basemap_look);
        let response = self.map.show(ui, session.language, ground, &drawn);
        drop(drawn);
        marker::show(ui, &self.session, &self.map, response.rect, out);
        if let Some((extent, title)) = self.portal_panel.outlined() {
            self.map.outline(ui, response.rect, extent, title);
        }
        self.overview.show(ui, response.rect, &self.session, out);
        tool_strip::show(ui, response.rect, session, self.measured.as_ref(), out);
        first_minute::show(ui.ctx(), response.rect, session, out);
        live::over_map(ui.ctx(), response.rect, session, out);
        notices::show(ui.ctx(), response.rect, session, out);
        self.answer_map(ui, &response, out);
    }

    fn answer_map(&mut self, ui: &Ui, response: &MapResponse, out: &mut Actions) {
        self.map_rect = response.rect;
        if self.map.trouble() == Some(Trouble::GpuLost) && !self.has_lost_gpu {
            self.has_lost_gpu = true;
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
        self.pointer = response.pointer;
        if response.hovered.is_some() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        self.session.in_view = Some(response.extent);
        let drawn = self.map.view();
        let metres = ground_metres_per_point(drawn.lat, drawn.zoom);
        // A point is larger on the screen when text is.
        self.session.scale = Some(scale_denominator(metres) / f64::from(ui.ctx().zoom_factor()));
        let modifiers = ui.input(|input| input.modifiers);
        if let Some(hits) = &response.clicked {
            self.clicked(hits, modifiers);
        }
        if let Some(sketched) = &response.sketched {
            self.sketched(sketched, modifiers);
        }
        self.hover(ui, response.hovered);
        let view = self.map.view();
        if self.told_view != Some(view) && !ui.input(|input| input.pointer.any_down()) {
            self.told_view = Some(view);
            self.session.views.rests_at(view);
            if !self.session.document().layers.is_empty() {
                out.push(Action::Run(Command::SetView(view)));
            }
        }
    }

    /// Marks the feature under the pointer.
    fn hover(&mut self, ui: &Ui, hit: Option<Hit>) {
        let row = hit.map(|hit| RowRef { layer: LayerId(hit.key), row: hit.row });
        let row = row.filter(|row| !self.session.selection.contains(*row));
        let before = self
            .hovered
            .as_ref()
            .and_then(|(layer, rows)| Some(RowRef { layer: *layer, row: rows.iter().next()? }));
        if row == before {
            return;
        }
        self.hovered = row.and_then(|row| {
            let layer = self.session.document().layer(row.layer)?;
            let rows = self.session.loaded(layer)?.table.rows();
            Some((row.layer, RowSet::of(rows, [row.row])))
        });
        ui.request_repaint();
    }

    fn dialogs(&mut self, ctx: &egui::Context, out: &mut Actions) {
        let session = &self.session;
        let is_done = match &mut self.dialog {
            None => return,
            Some(Dialog::Open(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Save(dialog)) => {
                let is_done = dialog.show(ctx, session, out);
                let is_saving = out.iter().any(|action| matches!(action, Action::SaveTo(_)));
                if is_done && !is_saving {
                    self.after_saving = None;
                }
                is_done
            }
            Some(Dialog::Unsaved(then)) => {
                let then = then.clone();
                match unsaved(ctx, session, &then, out) {
                    Unsaved::Open => false,
                    Unsaved::Done => true,
                    Unsaved::Save => {
                        self.after_saving = Some(then);
                        self.dialog = None;
                        out.push(Action::Save);
                        return;
                    }
                }
            }
            Some(Dialog::Export(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Join(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Crs(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Problems(layer)) => problems_window::show(ctx, session, *layer, out),
            Some(Dialog::Receipt(layer)) => receipt_window::show(ctx, session, *layer),
            Some(Dialog::Title(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Scales(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Settings(dialog)) => dialog.show(ctx, session, &self.tiles, out),
            Some(Dialog::Updates) => live::show_report(ctx, session, out),
            Some(Dialog::Shortcuts) => help_window::shortcuts(ctx, session),
            Some(Dialog::About) => help_window::about(ctx, session),
        };
        if is_done {
            self.dialog = None;
        }
    }

    /// The window's title: the project, with a mark when it is not saved.
    fn name_window(&mut self, ctx: &egui::Context) {
        let mark = if self.session.history.is_changed() { "• " } else { "" };
        let title = format!("{mark}{} – Belfort", self.session.project_name());
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
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

/// Shows what is in a part of the window under names of its own. Otherwise they would change, and
/// with them what has the focus and where lists are scrolled to, when another part is opened.
fn own<T>(ui: &mut Ui, part: &'static str, content: impl FnOnce(&mut Ui) -> T) -> T {
    let builder = UiBuilder::new().scope_id(Id::unique(("part", part)));
    ui.scope_builder(builder, content).inner
}

/// What is shown while files are held over the window.
fn drop_overlay(ctx: &egui::Context, text: &str) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let layer = egui::LayerId::new(egui::Order::Foreground, Id::unique("drop"));
    let painter = ctx.layer_painter(layer);
    let screen = ctx.content_rect();
    painter.rect_filled(screen, 0.0, Color32::from_black_alpha(150));
    let frame = screen.shrink(24.0);
    painter.rect_stroke(frame, 12.0, Stroke::new(3.0, theme::GOLD), egui::StrokeKind::Inside);
    let font = FontId::proportional(26.0);
    painter.text(screen.center(), Align2::CENTER_CENTER, text, font, Color32::WHITE);
}
