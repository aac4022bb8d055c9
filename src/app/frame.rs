//! One frame: take what jobs have done, show the panels, do what was asked for.

use egui::{Align2, Color32, FontId, Id, Stroke, Ui, ViewportCommand};

use super::actions::{Action, Actions, RowRef};
use super::crowds::{Crowds, HEXAGONS, tell_hexagon};
use super::file_dialogs::{Unsaved, unsaved};
use super::labels::Labels;
use super::notes::Notes;
use super::safekeeping::history_dialog;
use super::styles::told_window;
use super::tools::Tool;
use super::{
    BelfortApp, Dialog, backdrop_window, first_minute, help_window, keyboard, labels, live, marker,
    notes, notices, pasting, problems_window, receipt_window, shortcuts, theme, tool_strip, vision,
    window_place,
};
use crate::crs::{ground_metres_per_point, scale_denominator};
use crate::map::{DrawnLayer, Hit, MapResponse, Trouble};
use crate::project::{Command, Layer, LayerId};
use crate::table::RowSet;

impl BelfortApp {
    /// Shows the whole window.
    pub fn ui(&mut self, ui: &mut Ui) {
        let mut out = Actions::new();
        let ctx = ui.ctx().clone();
        self.take_results(&mut out);
        self.answer_system(&ctx, &mut out);
        let has_dialog = self.dialog.is_some() || self.find_window.is_open();
        if !has_dialog {
            pasting::take(&ctx, &mut out);
        }
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
        self.follow_journal();
        if self.has_lost_gpu {
            // egui's renderer panics when it is to send anything to a GPU that is gone.
            ctx.graphics_mut(|graphics| *graphics = egui::layers::GraphicLayers::default());
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

    pub(super) fn show_map(&mut self, ui: &mut Ui, out: &mut Actions) {
        self.give_handles();
        self.held.update(&self.session);
        let session = &self.session;
        let document = session.document();
        let vision = session.derived.classes.vision;
        let at_scale = |layer: &&Layer| session.scale.is_none_or(|scale| layer.scales.shows(scale));
        let layers = document.layers.iter().filter(|layer| document.is_shown(layer));
        let shown: Vec<_> = layers
            .filter(at_scale)
            .filter_map(|layer| {
                let scene = session.loaded(layer)?.scene.as_ref().ok()?;
                Some((layer, self.held.shown(layer, scene, &session.derived)?))
            })
            .collect();
        let mut drawn = Vec::with_capacity(shown.len());
        for (layer, shown) in &shown {
            let style = layer.style.as_ref();
            let is_together = style.is_some_and(|style| !style.together.is_nothing());
            let mask = if is_together {
                // Until it is known which are together, none is drawn on its own.
                let Some(alone) = session.crowds.alone(layer.id) else { continue };
                if shown.is_held {
                    continue;
                }
                Some(alone)
            } else {
                shown.mask.as_ref()
            };
            let hovered = self.hovered.as_ref().filter(|(of, _)| *of == layer.id);
            let marked = session.live.marked(&layer.source);
            // A note that has handles needs no other mark.
            let has_handles = session.tool == Tool::EditNotes
                && session.selection.total() == 1
                && session.chosen_note().is_some();
            let is_marked = !shown.is_held;
            drawn.push(DrawnLayer {
                key: layer.id.0,
                scene: &shown.scene,
                symbol: vision.of_symbol(session.symbol_of(layer)),
                classes: session.derived.classes.drawn(layer.id),
                opacity: layer.opacity,
                mask,
                selected: session.selection.of(layer.id).filter(|_| is_marked && !has_handles),
                hovered: marked.or(hovered.map(|(_, rows)| rows)).filter(|_| is_marked),
                can_be_picked: !shown.is_held,
            });
            if let Some(hexes) = session.crowds.hexes(layer.id).filter(|_| is_together) {
                drawn.extend(hexes.on_map(layer));
            }
        }
        let ground = self.session.basemap_shown();
        self.map.set_basemap_look(document.basemap_look);
        self.map.set_graticule(session.settings.show_graticule);
        self.map.set_vision(vision);
        self.map.set_backdrops(session.backdrops.on_map(document));
        self.map.set_labels(session.labels.on_map(), ui.ctx());
        self.map.set_crowds(session.crowds.on_map(session), ui.ctx());
        let response = self.map.show(ui, session.language, ground, &drawn);
        drop(drawn);
        self.drawn = shown.iter().map(|(layer, _)| layer.id).collect();
        marker::show(ui, &self.session, &self.map, response.rect, out);
        if let Some((extent, title)) = self.portal_panel.outlined() {
            self.map.outline(ui, response.rect, extent, title);
        }
        self.legend.show(ui, response.rect, &self.session, out);
        self.overview.show(ui, response.rect, &self.session, out);
        tool_strip::show(ui, response.rect, session, self.measured.as_ref(), out);
        if let Some(measured) = self.measured_shape() {
            notes::show_measure(ui, response.rect, session, measured);
        }
        vision::over_map(ui.ctx(), response.rect, session, out);
        first_minute::show(ui.ctx(), response.rect, session, out);
        live::over_map(ui.ctx(), response.rect, session, out);
        notices::show(ui.ctx(), response.rect, session, out);
        Notes::show_writing(&mut self.session, ui, (&self.map, response.rect), out);
        self.answer_map(ui, &response, out);
        Crowds::update(&mut self.session, self.map.label_frame());
        Labels::update(&mut self.session, self.map.label_frame(), ui.pixels_per_point());
    }

    fn answer_map(&mut self, ui: &Ui, response: &MapResponse, out: &mut Actions) {
        self.map_rect = response.rect;
        if self.map.trouble() == Some(Trouble::GpuLost) && !self.has_lost_gpu {
            self.has_lost_gpu = true;
            ui.ctx().send_viewport_cmd(ViewportCommand::Close);
        }
        self.pointer = response.pointer;
        if response.hovered.is_some_and(|hit| hit.key & HEXAGONS == 0) {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        self.session.in_view = Some(response.extent);
        let drawn = self.map.view();
        let metres = ground_metres_per_point(drawn.lat, drawn.zoom);
        // A point is larger on the screen when text is.
        self.session.scale = Some(scale_denominator(metres) / f64::from(ui.ctx().zoom_factor()));
        let modifiers = ui.input(|input| input.modifiers);
        if let Some(hits) = &response.clicked {
            let of_rows = |hit: &&Hit| hit.key & HEXAGONS == 0;
            let hits: Vec<Hit> = hits.iter().filter(of_rows).copied().collect();
            self.clicked(&hits, modifiers);
        }
        tell_hexagon(ui, &self.session, response.hovered);
        if let Some(hit) = response.cluster {
            self.cluster_clicked(hit, out);
        }
        self.answer_handles(response);
        if let Some(sketched) = &response.sketched {
            self.sketched(sketched, modifiers);
        }
        if let Some(dropped) = response.dropped {
            labels::drop_label(&mut self.session, dropped);
        }
        self.hover(ui, response.hovered.filter(|hit| hit.key & HEXAGONS == 0));
        let view = self.map.view();
        if self.told_view != Some(view) && !ui.input(|input| input.pointer.any_down()) {
            self.told_view = Some(view);
            self.session.views.rests_at(view);
            let document = self.session.document();
            if !(document.layers.is_empty() && document.backdrops.is_empty()) {
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
            Some(Dialog::Service(dialog)) => dialog.show(ctx, session, out),
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
            Some(Dialog::Overwrite(dialog)) => {
                let answer = dialog.show(ctx, session);
                let path = dialog.path.clone();
                self.overwrite_answered(&path, answer);
                return;
            }
            Some(Dialog::Recovery(dialog)) => {
                let (is_done, decided) = dialog.show(ctx, session);
                if let Some(decided) = decided {
                    self.decided(decided);
                }
                if is_done && matches!(self.dialog, Some(Dialog::Recovery(_))) {
                    self.dialog = None;
                }
                return;
            }
            Some(Dialog::History) => history_dialog(ctx, session, out),
            Some(Dialog::Properties(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Bookmarks(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Missing(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Export(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Print(dialog)) => dialog.show(ctx, session, &self.tiles, out),
            Some(Dialog::Join(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Areas(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Names(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Linked(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Crs(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::BackdropCrs(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::BackdropProblems(backdrop)) => {
                backdrop_window::problems(ctx, session, *backdrop)
            }
            Some(Dialog::Encoding(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Kinds(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Problems(layer)) => problems_window::show(ctx, session, *layer, out),
            Some(Dialog::Repair(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Receipt(layer)) => receipt_window::show(ctx, session, *layer),
            Some(Dialog::LayersOfFile(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Title(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Take(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::WebMap(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Cache(dialog)) => {
                let folder = session.settings.tile_folder(&self.usual_cache);
                dialog.show(ctx, session, &self.tiles, &folder, out)
            }
            Some(Dialog::Scales(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::Settings(dialog)) => dialog.show(ctx, session, &self.tiles, out),
            Some(Dialog::ReadStyle(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::NameStyle(dialog)) => dialog.show(ctx, session, out),
            Some(Dialog::StyleTold(told)) => told_window(ctx, session, told),
            Some(Dialog::Updates) => live::show_report(ctx, session, out),
            Some(Dialog::Shortcuts) => help_window::shortcuts(ctx, session),
            Some(Dialog::About(about)) => about.show(ctx, session),
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
