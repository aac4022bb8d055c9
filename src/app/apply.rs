//! The one function that does what panels, menus and shortcuts ask for.

use std::path::PathBuf;
use std::sync::Arc;

use egui::ViewportCommand;

use super::actions::{Action, Panel, RowRef};
use super::crs_window::CrsDialog;
use super::export_dialog::ExportDialog;
use super::figure::{self, FigureKind, FigureTarget};
use super::file_dialogs::{OpenDialog, SaveDialog};
use super::join_dialog::JoinDialog;
use super::opening::{Opened, Opening};
use super::scale_dialog::ScaleDialog;
use super::session::Notice;
use super::settings::Settings;
use super::settings_dialog::SettingsDialog;
use super::store::{Loaded, RowKind};
use super::title_dialog::TitleDialog;
use super::view_history::ViewHistory;
use super::{Aim, BelfortApp, Dialog, Saving, first_minute, keyboard, live, row_extent, theme};
use crate::crs::{lon_lat_from_mercator, mercator_from_lon_lat, mercator_metres_per_point};
use crate::i18n::{Message, set_number_form};
use crate::jobs::Job;
use crate::page::source_line;
use crate::portal::PortalAddress;
use crate::project::{Command, Document, History, Layer, LayerId, PlaceFilter, View, save_project};
use crate::query::DrawnShape;
use crate::table::RowSet;
use crate::tiles::basemap;

impl BelfortApp {
    /// Does one thing.
    pub(super) fn apply(&mut self, action: Action) {
        let had_dialog = self.dialog.is_some();
        self.do_one(action);
        if self.dialog.is_some() && !had_dialog {
            // A menu or colour popup would stay open under the dialog.
            egui::Popup::close_all(&self.ctx);
        }
    }

    fn do_one(&mut self, action: Action) {
        match action {
            Action::Run(command) => self.run(command),
            Action::CloseStep => self.session.history.close_step(),
            Action::Undo => {
                self.session.history.undo();
            }
            Action::Redo => {
                self.session.history.redo();
            }
            Action::New | Action::Quit | Action::OpenSample
                if self.session.history.is_changed() =>
            {
                self.dialog = Some(Dialog::Unsaved(action));
            }
            Action::Regardless(action) => self.regardless(*action),
            Action::New | Action::Quit | Action::OpenSample => self.regardless(action),
            Action::ShowOpen => {
                self.dialog = Some(Dialog::Open(OpenDialog::asking(&self.session)));
            }
            Action::Open(paths) => self.open(paths),
            Action::AddFromPortal(wishes) => self.add_from_portal(wishes),
            Action::ShowPortal(on_portal) => self.show_portal(on_portal),
            Action::ShowReceipt(layer) => self.dialog = Some(Dialog::Receipt(layer)),
            Action::Save => match self.session.path.clone() {
                Some(path) => self.save(path),
                None => self.apply(Action::ShowSaveAs),
            },
            Action::ShowSaveAs => {
                self.dialog = Some(Dialog::Save(SaveDialog::project(&self.session)));
            }
            Action::SaveTo(path) => self.save(path),
            other => {
                if let Some(other) = self.apply_to_selection(other) {
                    self.apply_to_view(other);
                }
            }
        }
    }

    /// What concerns only what is seen.
    fn apply_to_view(&mut self, action: Action) {
        match action {
            Action::Activate(layer) => self.session.active = Some(layer),
            Action::ChooseLayer(layer, how) => self.session.choose_layer(layer, how),
            Action::ChooseAllLayers => {
                let all = self.session.document().layers.iter().map(|layer| layer.id).collect();
                self.session.chosen = all;
            }
            Action::StartRename(layer) => {
                self.session.settings.show_layers = true;
                if let Some(layer) = self.session.document().layer(layer).cloned() {
                    self.layers_panel.start_rename(&layer);
                }
            }
            Action::StartRenameGroup(group) => {
                self.session.settings.show_layers = true;
                if let Some(group) = self.session.document().group(group).cloned() {
                    self.layers_panel.start_rename_group(&group);
                }
            }
            Action::ShowTab(tab) => {
                self.sides.bring(Panel::Details, &self.session.settings);
                self.tab = tab;
                self.session.settings.show_details = true;
            }
            Action::ShowCrs(layer) => self.dialog = Some(Dialog::Crs(CrsDialog::new(layer))),
            Action::ShowScales(layer) => {
                if let Some(layer) = self.session.document().layer(layer) {
                    self.dialog = Some(Dialog::Scales(ScaleDialog::new(&self.session, layer)));
                }
            }
            Action::ViewBack => self.go_to_view(ViewHistory::back),
            Action::ViewForward => self.go_to_view(ViewHistory::forward),
            Action::ToggleFullScreen => {
                let wanted = ViewportCommand::Fullscreen(!self.session.is_full_screen);
                self.ctx.send_viewport_cmd(wanted);
            }
            Action::ShowProblems(layer) => self.dialog = Some(Dialog::Problems(layer)),
            Action::ShowExport(layer) => {
                let layer = self.session.document().layer(layer).cloned();
                let made = layer.and_then(|layer| ExportDialog::new(&self.session, &layer));
                if let Some(made) = made {
                    self.dialog = Some(Dialog::Export(Box::new(made)));
                }
            }
            Action::ShowJoin(layer) => {
                let layer = self.session.document().layer(layer);
                let made = layer.and_then(|layer| JoinDialog::new(&self.session, layer));
                if let Some(made) = made {
                    self.dialog = Some(Dialog::Join(Box::new(made)));
                }
            }
            Action::ShowTitle => {
                self.dialog = Some(Dialog::Title(TitleDialog::new(&self.session)));
            }
            Action::ShowHelp => self.dialog = Some(Dialog::Shortcuts),
            Action::FocusPart { forward } => {
                keyboard::next_part(&self.ctx, &self.regions, forward);
            }
            Action::OpenMenu(menu) => {
                self.session.wanted_menu = Some(menu);
                self.ctx.request_repaint();
            }
            Action::ShowFirstMinute => {
                self.session.settings.first_minute_seen = false;
                self.keep_settings();
                if !first_minute::is_sample(&self.session) {
                    self.apply(Action::OpenSample);
                }
            }
            Action::ShowSettings => {
                let dialog = SettingsDialog::new(&self.session, &self.usual_cache);
                self.dialog = Some(Dialog::Settings(Box::new(dialog)));
            }
            Action::ShowAbout => self.dialog = Some(Dialog::About),
            Action::Reload(layer) => {
                if let Some(layer) = self.session.document().layer(layer).cloned() {
                    self.session.store.forget(&layer.source);
                }
            }
            Action::UpdateAll => {
                let document = self.session.history.document().clone();
                for layer in &document.layers {
                    self.forget_failure(layer);
                }
                self.session.live.update_all(&document);
            }
            Action::UpdateLayer(layer) => {
                if let Some(layer) = self.session.document().layer(layer).cloned() {
                    self.forget_failure(&layer);
                    self.session.live.update(&layer);
                }
            }
            Action::LookBack(layer, at) => {
                if let Some(layer) = self.session.document().layer(layer).cloned() {
                    self.session.live.look_back(&layer, at);
                }
            }
            Action::CancelUpdate => self.session.live.cancel(),
            Action::ShowUpdates => self.dialog = Some(Dialog::Updates),
            Action::ZoomToLayer(layer) => self.aim = Some(Aim::Layer(layer)),
            Action::ZoomToAll => self.aim = Some(Aim::All),
            Action::ZoomToExtent(extent) => self.map.zoom_to(extent),
            Action::CentreOn([lon, lat]) => {
                self.aim = None;
                self.map.set_view(View { lon, lat, ..self.map.view() });
            }
            Action::ZoomToRow(row) => self.zoom_to_row(row),
            Action::ZoomBy(levels) => self.map.zoom_by(levels),
            Action::RetryTiles => self.tiles.try_again(),
            Action::CopySources => {
                self.ctx.copy_text(self.source_text());
                self.session.notice(Notice::Done(Message::new("app-sources-copied")));
            }
            Action::ShowFigure => {
                self.dialog = Some(Dialog::Save(SaveDialog::figure(&self.session)));
            }
            Action::CopyFigure => self.make_figure(FigureKind::Whole, FigureTarget::Clipboard),
            Action::SaveFigure(path) => {
                self.make_figure(FigureKind::Whole, FigureTarget::File(path));
            }
            Action::CopyView(scale) => {
                self.make_figure(FigureKind::View(scale), FigureTarget::Clipboard);
            }
            Action::ShowSaveView(scale) => {
                self.dialog = Some(Dialog::Save(SaveDialog::view(&self.session, scale)));
            }
            Action::SaveView(path, scale) => {
                self.make_figure(FigureKind::View(scale), FigureTarget::File(path));
            }
            Action::CancelFigure => {
                if let Some(job) = &self.figure {
                    job.cancel();
                }
            }
            Action::CancelCopying => self.session.copying = None,
            Action::CancelOrder(layer) => self.table_panel.put_as_in_file(layer),
            Action::CancelRowAim => self.row_aim = None,
            Action::CancelChoosing => self.filter_panel.cancel_choosing(),
            Action::Toggle(panel) => {
                if !self.sides.bring(panel, &self.session.settings) {
                    let is_open = *self.panel(panel);
                    *self.panel(panel) = !is_open;
                }
            }
            Action::SetPanel(panel, is_open) => *self.panel(panel) = is_open,
            Action::ChangeSettings(settings) => self.change_settings(*settings),
            Action::CancelOpening(at) => {
                if at < self.session.opening.len() {
                    // Forgotten at once: the person need not wait for the work to notice.
                    self.session.opening.remove(at).job.cancel();
                }
            }
            Action::CancelLoading(layer) => {
                let source = self.session.document().layer(layer).map(|layer| layer.source.clone());
                if let Some(source) = source {
                    self.session.store.cancel(&source);
                }
            }
            Action::CancelFilter(layer) => {
                if let Some(job) = self.session.derived.mask_job(layer) {
                    job.cancel();
                }
            }
            Action::FilterByView(layer) => self.filter_by_view(layer),
            Action::FilterBySelectionOf { layer, of } => self.filter_by_selection(layer, of),
            Action::NoticeDetails(at) => {
                if let Some(kept) = self.session.notices.get_mut(at) {
                    kept.is_open = !kept.is_open;
                }
            }
            Action::DismissNotice(at) => {
                if at < self.session.notices.len() {
                    self.session.notices.remove(at);
                }
            }
            Action::DismissNotices => self.session.notices.clear(),
            other => self.apply_to_find(other),
        }
    }

    /// What of a portal could not be read at all is read again.
    fn forget_failure(&mut self, layer: &Layer) {
        let entry = self.session.store.entry(&layer.source);
        let is_failed = matches!(entry, Some(super::store::Entry::Failed(_)));
        if is_failed && PortalAddress::is_meant(std::path::Path::new(&layer.source.path)) {
            self.session.store.forget(&layer.source);
        }
    }

    /// Only the rows of a layer in what is in view now.
    fn filter_by_view(&mut self, layer: LayerId) {
        let view = self.map.view();
        let [x, y] = mercator_from_lon_lat([view.lon, view.lat]);
        let metres = mercator_metres_per_point(view.zoom) / 2.0;
        let (east, north) =
            (f64::from(self.map_rect.width()) * metres, f64::from(self.map_rect.height()) * metres);
        let corners = [[x - east, y - north], [x + east, y + north]].map(lon_lat_from_mercator);
        self.filter_by_shape(layer, DrawnShape::rectangle(corners));
    }

    /// Only the rows of a layer that share a point with a shape.
    pub(super) fn filter_by_shape(&mut self, layer: LayerId, shape: DrawnShape) {
        let Some(found) = self.session.document().layer(layer) else { return };
        let mut filter = found.filter.clone();
        filter.places.push(PlaceFilter::drawn(shape));
        self.session.history.close_step();
        self.run(Command::SetFilter(layer, filter));
        self.session.history.close_step();
    }

    /// Only the rows of a layer that share a point with the selected features of another.
    fn filter_by_selection(&mut self, layer: LayerId, of: LayerId) {
        let rows = self.session.selection.of(of);
        let rows: Vec<usize> = rows.map(|rows| rows.iter().collect()).unwrap_or_default();
        let document = self.session.document();
        let table = document.layer(of).and_then(|layer| self.session.loaded(layer));
        let Some(table) = table.map(|loaded| loaded.table.clone()) else { return };
        if !rows.is_empty() {
            self.filter_panel.choose(layer, (of, table), rows, &self.session.wake);
        }
    }

    /// The sources of the layers shown and of the basemap, with the map's notice.
    fn source_text(&self) -> String {
        let document = &live::with_days(&self.session);
        let shown: Vec<_> =
            document.layers.iter().filter(|layer| document.is_shown(layer)).collect();
        let ground = basemap(&document.basemap).map(|basemap| basemap.attribution.as_str());
        let today = chrono::Local::now().date_naive();
        let line = source_line(document, &shown, ground, self.session.language, today);
        self.session.with_notice(&line)
    }

    fn make_figure(&mut self, kind: FigureKind, target: FigureTarget) {
        let view = self.map.view();
        self.figure = Some(figure::start(
            &self.session,
            &self.tiles,
            view,
            self.map_rect.size(),
            kind,
            target,
        ));
    }

    fn run(&mut self, command: Command) {
        let adds = matches!(command, Command::AddLayers { .. });
        let groups = matches!(command, Command::GroupLayers { .. });
        if let Err(error) = self.session.history.run(command) {
            log::error!("{error}");
        }
        if adds {
            let newest = self.session.document().layers.iter().map(|layer| layer.id).max();
            self.session.active = newest;
        }
        if groups && let Some(made) = self.session.document().groups.last().map(|group| group.id) {
            // Its name stands for any: the person types a better one at once.
            self.apply_to_view(Action::StartRenameGroup(made));
        }
    }

    /// What may lose changes, after the person agreed.
    fn regardless(&mut self, action: Action) {
        match action {
            Action::New => self.replace(Document::default(), None),
            Action::OpenSample => {
                self.open_sample();
                self.session.opening.iter_mut().for_each(|opening| opening.is_agreed = true);
            }
            Action::Quit => {
                self.may_close = true;
                self.ctx.send_viewport_cmd(ViewportCommand::Close);
            }
            Action::Open(paths) => {
                self.open(paths);
                self.session.opening.iter_mut().for_each(|opening| opening.is_agreed = true);
            }
            other => self.apply(other),
        }
    }

    /// Another project in place of this one.
    pub(super) fn replace(&mut self, document: Document, path: Option<PathBuf>) {
        let view = document.view;
        self.session.history = History::new(document);
        self.filter_panel.forget();
        self.session.path = path;
        self.session.active = None;
        self.session.selection.clear();
        self.session.hits.clear();
        self.session.marker = None;
        self.told_view = None;
        self.session.views = ViewHistory::default();
        match view {
            Some(view) => {
                self.map.set_view(view);
                self.aim = None;
            }
            None => self.aim = Some(Aim::All),
        }
    }

    /// Takes what was opened.
    pub(super) fn take_opened(&mut self, opening: &Opening, opened: Opened) {
        if !opening.is_sample && !PortalAddress::is_meant(&opening.path) {
            self.session.settings.opened(&opening.path);
            self.keep_settings();
        }
        match opened {
            Opened::Project(document) => {
                let path = std::path::absolute(&opening.path).ok().filter(|_| !opening.is_sample);
                self.replace(*document, path);
            }
            Opened::Layers(layers) => {
                let is_first = self.session.document().layers.is_empty();
                let mut added = Vec::with_capacity(layers.len());
                let kind = layers.first().map_or(RowKind::Rows, |(_, loaded)| loaded.kind);
                let at = self.place_for(kind);
                for (layer, loaded) in layers {
                    self.session.store.put(layer.source.clone(), loaded);
                    added.push(layer);
                }
                let several = added.len() > 1;
                self.run(Command::AddLayers { layers: added, at });
                self.session.history.close_step();
                self.aim = match self.session.active {
                    Some(layer) if !is_first && !several => Some(Aim::Layer(layer)),
                    _ => Some(Aim::All),
                };
            }
        }
    }

    fn panel(&mut self, panel: Panel) -> &mut bool {
        let settings = &mut self.session.settings;
        match panel {
            Panel::Layers => &mut settings.show_layers,
            Panel::Details => &mut settings.show_details,
            Panel::Table => &mut settings.show_table,
            Panel::Overview => &mut settings.show_overview,
            Panel::OverviewFold => &mut settings.fold_overview,
        }
    }

    /// Puts other settings in force and keeps them.
    pub(super) fn change_settings(&mut self, settings: Settings) {
        self.session.settings = settings;
        self.obey_settings();
        self.keep_settings();
    }

    /// Makes everything as the settings say.
    pub(super) fn obey_settings(&mut self) {
        let settings = &self.session.settings;
        self.session.language = settings.spoken();
        theme::choose(&self.ctx, settings.theme);
        theme::speak(&self.ctx, self.session.language);
        let is_reduced = settings.reduced_motion.is_reduced(self.session.system_motion.reduced);
        theme::move_less(&self.ctx, is_reduced);
        set_number_form(settings.numbers);
        self.ctx.set_zoom_factor(settings.zoom());
        self.map.set_gpu_budget(u64::from(settings.gpu_memory_mb) << 20);
        self.tiles.set_network(settings.network());
        self.session.portals.set_network(settings.network());
        self.session.portals.set_settings(settings.portals());
        self.session.portals.copies().set_folder(settings.portal_folder(&self.usual_cache));
        let folder = settings.tile_folder(&self.usual_cache);
        self.tiles.set_cache(folder, u64::from(settings.cache_limit_mb) * 1_000_000);
    }

    /// Does as the system wishes, where the settings leave it to the system.
    pub(super) fn follow_system(&mut self, ctx: &egui::Context) {
        let is_in_front = ctx.input(|input| input.focused);
        if self.session.system_motion.follow(is_in_front, &self.session.wake) {
            self.obey_settings();
        }
    }

    /// Writes the settings; a failure is said once, in the log.
    pub(super) fn keep_settings(&self) {
        if let Err(error) = self.session.settings.save() {
            log::warn!("{error}");
        }
    }

    fn save(&mut self, path: PathBuf) {
        let document = self.session.history.document().clone();
        let (wake, ours, target) = (self.session.wake.clone(), document.clone(), path.clone());
        let job = Job::start("save", move || wake(), move |_| save_project(&ours, &target));
        self.saving = Some(Saving { path, document, job });
    }

    /// Takes the outcome of saving.
    pub(super) fn saved(&mut self, saving: Saving, outcome: Result<(), crate::problem::FileError>) {
        let then = self.after_saving.take();
        match outcome {
            Ok(()) => {
                // What was changed in the meantime is not on disk.
                if Arc::ptr_eq(&saving.document, self.session.history.document()) {
                    self.session.history.mark_saved();
                }
                self.session.settings.opened(&saving.path);
                self.session.path = Some(saving.path);
                self.keep_settings();
                if let Some(action) = then {
                    self.apply(action);
                }
            }
            Err(error) => self.session.notice(Notice::Failed(error)),
        }
    }

    /// Where a new layer comes: on top, but areas below lines and lines below points, which they
    /// would cover.
    fn place_for(&self, kind: RowKind) -> usize {
        let rank = |kind: RowKind| match kind {
            RowKind::Polygons => 0,
            RowKind::Lines | RowKind::Mixed => 1,
            RowKind::Points | RowKind::Rows => 2,
        };
        let layers = &self.session.document().layers;
        let covers = |loaded: &Loaded| rank(loaded.kind) > rank(kind);
        let is_above = |layer: &&Layer| self.session.loaded(layer).is_some_and(covers);
        layers.iter().take_while(is_above).count()
    }

    /// Back or forward between views.
    fn go_to_view(&mut self, step: fn(&mut ViewHistory) -> Option<View>) {
        if let Some(view) = step(&mut self.session.views) {
            self.aim = None;
            self.map.set_view(view);
        }
    }

    /// Looks up where a row is, on a thread, and goes there.
    fn zoom_to_row(&mut self, row: RowRef) {
        let Some(layer) = self.session.document().layer(row.layer) else { return };
        let Some(loaded) = self.session.loaded(layer) else { return };
        let rows = RowSet::of(loaded.table.rows(), [row.row]);
        let part = (loaded.table.clone(), rows);
        self.row_aim = Some(row_extent::start(vec![part], &self.session.wake));
    }
}
