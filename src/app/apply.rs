//! The one function that does what panels, menus and shortcuts ask for.

use egui::ViewportCommand;

use super::about_window::About;
use super::actions::{Action, DetailsTab, Panel, RowRef};
use super::areas_dialog::{self, AreasDialog};
use super::backdrop_window::BackdropCrsDialog;
use super::cache_dialog::CacheDialog;
use super::crs_window::CrsDialog;
use super::export_dialog::ExportDialog;
use super::figure::{self, FigureKind, FigureTarget};
use super::file_dialogs::{OpenDialog, SaveDialog};
use super::join_dialog::JoinDialog;
use super::linked::LinkedDialog;
use super::names_dialog::NamesDialog;
use super::print::PrintDialog;
use super::reading::{EncodingDialog, KindDialog};
use super::safekeeping::{AboutDialog, BookmarksDialog};
use super::scale_dialog::ScaleDialog;
use super::services::ServiceDialog;
use super::session::Notice;
use super::settings_dialog::SettingsDialog;
use super::take_dialog::TakeDialog;
use super::title_dialog::TitleDialog;
use super::view_history::ViewHistory;
use super::web_map_dialog::WebMapDialog;
use super::{Aim, BelfortApp, Dialog, first_minute, keyboard, live, row_extent};
use crate::i18n::Message;
use crate::page::{Sourced, source_line};
use crate::project::{Command, Layer, SheetSubject, View};
use crate::table::RowSet;

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
            Action::ReadAs(layer, source) => {
                self.run(Command::SetSource(layer, source));
                self.session.history.close_step();
                self.aim = Some(Aim::Layer(layer));
            }
            Action::GoToStep(done) => {
                let before = self.session.history.document().clone();
                self.session.history.go_to(done);
                self.remember_readings(&before);
            }
            Action::CloseStep => self.session.history.close_step(),
            Action::Undo => {
                let before = self.session.history.document().clone();
                self.session.history.undo();
                self.remember_readings(&before);
            }
            Action::Redo => {
                let before = self.session.history.document().clone();
                self.session.history.redo();
                self.remember_readings(&before);
            }
            Action::New | Action::NewFromThis | Action::Quit | Action::OpenSample
                if self.session.history.is_changed() =>
            {
                self.dialog = Some(Dialog::Unsaved(action));
            }
            Action::Regardless(action) => self.regardless(*action),
            Action::New | Action::NewFromThis | Action::Quit | Action::OpenSample => {
                self.regardless(action);
            }
            Action::ShowOpen => {
                self.dialog = Some(Dialog::Open(OpenDialog::asking(&self.session)));
            }
            Action::ShowService => self.dialog = Some(Dialog::Service(ServiceDialog::default())),
            Action::ServiceFound(service) => self.service_found(service),
            Action::ShowLinked(part) => {
                let dialog = LinkedDialog::new(&self.session, part);
                self.dialog = Some(Dialog::Linked(Box::new(dialog)));
            }
            Action::AskPerArea(answer, city, by) => self.ask_per_area(answer, &city, *by),
            Action::KeepQuestion(question) => {
                self.session.settings.keep_question(question);
                self.keep_settings();
            }
            Action::ForgetQuestion(name) => {
                self.session.settings.questions.retain(|kept| kept.name != name);
                self.keep_settings();
            }
            Action::Open(paths) => self.open(&paths),
            Action::RequestPaste => self.ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
            Action::Paste(text) => self.paste(text),
            Action::OpenLayers(path, names, part) => self.open_layers(path, names, part),
            Action::AddFromPortal(wishes) => self.add_from_portal(wishes),
            Action::ShowPortal(on_portal) => self.show_portal(on_portal),
            Action::ShowReceipt(layer) => self.dialog = Some(Dialog::Receipt(layer)),
            Action::Save => match self.session.path.clone() {
                Some(path) => self.save_known(path),
                None => self.apply(Action::ShowSaveAs),
            },
            Action::ShowSaveAs => {
                self.dialog = Some(Dialog::Save(SaveDialog::project(&self.session)));
            }
            Action::SaveTo(path) => self.save(path, None),
            Action::SearchWork => self.search_unsaved_work(true),
            Action::FindFiles => self.look_at_files(true),
            Action::ShowPack => {
                self.dialog = Some(Dialog::Save(SaveDialog::pack(&self.session)));
            }
            Action::Pack(path) => self.pack(path),
            Action::CancelPack => {
                if let Some(packing) = &self.packing {
                    packing.job.cancel();
                }
            }
            Action::CancelFiles => self.files.forget(),
            Action::ShowMissing => self.show_missing(),
            Action::TakeUpWork => self.take_up_work(),
            other => {
                if let Some(other) = self.apply_to_selection(other) {
                    self.apply_to_view(other);
                }
            }
        }
    }

    /// What concerns only what is seen.
    pub(super) fn apply_to_view(&mut self, action: Action) {
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
            Action::StartRenameBackdrop(backdrop) => {
                self.session.settings.show_layers = true;
                if let Some(backdrop) = self.session.document().backdrop(backdrop).cloned() {
                    self.layers_panel.start_rename_backdrop(&backdrop);
                }
            }
            Action::ChooseBackdrop(backdrop) => self.session.backdrop = Some(backdrop),
            Action::ShowBackdropCrs(backdrop) => {
                self.dialog = Some(Dialog::BackdropCrs(BackdropCrsDialog::new(backdrop)));
            }
            Action::ShowBackdropProblems(backdrop) => {
                self.dialog = Some(Dialog::BackdropProblems(backdrop));
            }
            Action::ReloadBackdrop(backdrop) => {
                if let Some(backdrop) = self.session.document().backdrop(backdrop).cloned() {
                    self.session.backdrops.forget(&backdrop);
                }
            }
            Action::CancelBackdrop(backdrop) => {
                if let Some(backdrop) = self.session.document().backdrop(backdrop).cloned() {
                    self.session.backdrops.cancel(&backdrop);
                }
            }
            Action::ZoomToBackdrop(backdrop) => self.aim = Some(Aim::Backdrop(backdrop)),
            Action::ShowStyle(layer) => {
                self.apply(Action::Activate(layer));
                self.apply(Action::ShowTab(DetailsTab::Style));
            }
            Action::ShowChart(layer) => {
                self.apply(Action::Activate(layer));
                self.apply(Action::ShowTab(DetailsTab::Chart));
            }
            Action::CopyChart(form) => self.chart_panel.write(&self.session, form, None),
            Action::ShowSaveChart(form) => {
                self.dialog = Some(Dialog::Save(SaveDialog::chart(&self.session, form)));
            }
            Action::SaveChart(path, form) => {
                self.chart_panel.write(&self.session, form, Some(path));
            }
            Action::ShowTab(tab) => {
                self.sides.bring(Panel::Details, &self.session.settings);
                self.tab = tab;
                self.session.settings.show_details = true;
            }
            Action::ShowCrs(layer) => self.dialog = Some(Dialog::Crs(CrsDialog::new(layer))),
            Action::ShowEncoding(layer) => {
                self.dialog = Some(Dialog::Encoding(EncodingDialog::new(layer)));
            }
            Action::ShowKinds(layer, field) => {
                self.dialog = Some(Dialog::Kinds(KindDialog::new(layer, field)));
            }
            Action::ShowTake => {
                self.dialog = Some(Dialog::Take(Box::new(TakeDialog::new(&self.session))));
            }
            Action::DrawTakeArea => self.draw_take_area(),
            Action::ShowWebMap(own) => {
                let dialog = WebMapDialog::new(&self.session, own.as_deref(), self.map.view());
                self.dialog = Some(Dialog::WebMap(Box::new(dialog)));
            }
            Action::ShowCache => self.dialog = Some(Dialog::Cache(CacheDialog::default())),
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
            Action::ShowAreas(layer, way) => {
                let layer = self.session.document().layer(layer);
                let made = layer.and_then(|layer| AreasDialog::new(&self.session, layer, way));
                if let Some(made) = made {
                    self.dialog = Some(Dialog::Areas(Box::new(made)));
                }
            }
            Action::ShowNames(layer) => {
                let layer = self.session.document().layer(layer);
                let made = layer.and_then(|layer| NamesDialog::new(&self.session, layer));
                if let Some(made) = made {
                    self.dialog = Some(Dialog::Names(Box::new(made)));
                }
            }
            Action::ChangeAreas(layer) => {
                let layer = self.session.document().layer(layer);
                let made = layer.and_then(|layer| AreasDialog::of_made(&self.session, layer));
                if let Some(made) = made {
                    self.dialog = Some(Dialog::Areas(Box::new(made)));
                }
            }
            Action::PlaceColumnsMade(layer, column, is_number) => {
                self.session.notice(areas_dialog::made_notice(
                    &self.session,
                    layer,
                    &column,
                    is_number,
                ));
            }
            Action::ShowTitle => {
                self.dialog = Some(Dialog::Title(TitleDialog::new(&self.session)));
            }
            Action::ShowHistory => self.dialog = Some(Dialog::History),
            Action::ShowProperties => {
                self.dialog = Some(Dialog::Properties(AboutDialog::new(&self.session)));
            }
            Action::ShowBookmarks => {
                let dialog = BookmarksDialog::new(&self.session, self.map.view());
                self.dialog = Some(Dialog::Bookmarks(dialog));
            }
            Action::GoToView(view) => {
                self.aim = None;
                self.map.set_view(view);
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
            Action::ShowAbout => {
                let about = About::new(&self.session, &self.usual_cache);
                self.dialog = Some(Dialog::About(Box::new(about)));
            }
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
            Action::OpenBasemapAgain(id) => {
                if let Some(own) = self.session.document().own_basemap(&id).cloned() {
                    self.session.grounds.forget(&own);
                }
            }
            Action::RetryTiles => self.tiles.try_again(),
            Action::CopySources => {
                self.ctx.copy_text(self.source_text());
                self.session.notice(Notice::Done(Message::new("app-sources-copied")));
            }
            Action::ShowFigure => {
                self.dialog = Some(Dialog::Save(SaveDialog::figure(&self.session)));
            }
            Action::ShowPrint => self.show_print(None),
            Action::Tell(notice) => self.session.notice(*notice),
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
            Action::SetVision(vision) => self.session.derived.classes.vision = vision,
            Action::CancelClasses(layer) => self.session.derived.classes.stop(layer),
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
        if is_failed && layer.source.is_fetched() {
            self.session.store.forget(&layer.source);
        }
    }

    /// The sources of the layers shown and of the basemap, with the map's notice.
    fn source_text(&self) -> String {
        let document = &live::with_days(&self.session);
        let layers = document.layers.iter().filter(|layer| document.is_shown(layer));
        let backdrops = document.backdrops.iter().filter(|backdrop| backdrop.visible);
        let shown: Vec<Sourced<'_>> =
            layers.map(Sourced::from).chain(backdrops.map(Sourced::from)).collect();
        let ground = self.session.grounds.ground(&document.basemap);
        let ground = ground.map(|ground| ground.attribution.as_str());
        let today = chrono::Local::now().date_naive();
        let line = source_line(document, &shown, ground, self.session.language, today);
        self.session.with_notice(&line)
    }

    /// Opens the print window, for a subject or for what is selected or in view.
    pub(super) fn show_print(&mut self, subject: Option<SheetSubject>) {
        let dialog = PrintDialog::new(&self.session, subject, &self.usual_cache);
        self.dialog = Some(Dialog::Print(Box::new(dialog)));
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
