//! What jobs have done since the last frame, and new ones for what is missing.

use super::actions::{Action, Actions, DetailsTab};
use super::figure::Failure;
use super::opening::Opened;
use super::session::Notice;
use super::store::lost;
use super::{Aim, BelfortApp, Dialog, labels, live, notes, notices};
use crate::i18n::Message;
use crate::jobs::Poll;
use crate::project::{Backdrop, BackdropId, LayerId};
use crate::table::Extent;

impl BelfortApp {
    /// What jobs have done since the last frame, and new ones for what is missing.
    pub(super) fn take_results(&mut self, out: &mut Actions) {
        notices::pass_time(&self.ctx, &mut self.session);
        self.take_openings();
        self.ask_for_layers();
        self.take_saving();
        self.take_thumbnail();
        self.take_packing();
        self.take_figure();
        self.take_styles();
        let document = self.session.history.document().clone();
        let wake = self.session.wake.clone();
        let others = notes::update(&mut self.session);
        if self.hovered.as_ref().is_some_and(|(layer, _)| others.contains(layer)) {
            self.hovered = None;
        }
        for layer in document.layers.iter().filter(|layer| layer.source.notes().is_none()) {
            self.session.store.want(&layer.source, &self.session.portals, &wake);
        }
        for error in self.session.store.poll() {
            self.session.notice(Notice::Failed(error));
        }
        for error in self.session.backdrops.update(&document, &wake) {
            self.session.notice(Notice::Failed(error));
        }
        let (language, density) = (self.session.language, self.ctx.pixels_per_point());
        for error in self.session.grounds.update(&document, language, density, &wake) {
            self.session.notice(Notice::Failed(error));
        }
        let replaced = live::tick(&self.ctx, &mut self.session);
        if self.hovered.as_ref().is_some_and(|(layer, _)| replaced.contains(layer)) {
            self.hovered = None;
        }
        self.tell_of_update();
        self.take_files();
        self.session.derived.update(&document, &self.session.store, &wake);
        self.session.tidy();
        self.filter_panel.update(&self.ctx, &mut self.session, out);
        self.feature_panel.want(&self.session, &wake);
        let is_checking = self.session.settings.show_details && self.tab == DetailsTab::Check;
        self.check_panel.update(&self.session, is_checking, &wake);
        let is_charting = self.session.settings.show_details && self.tab == DetailsTab::Chart;
        self.take_chart();
        self.chart_panel.update(&self.session, is_charting, &wake, out);
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
        out.extend(labels::take_pinned(&mut self.session).into_iter().flatten());
        self.legend.update(&self.session, &wake);
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
                Ok(Opened::Project(_) | Opened::Pack(..))
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
        self.count_answers();
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
            scene.main_part().0
        };
        let is_loading = |id: LayerId| {
            let layer = self.session.document().layer(id);
            let entry = layer.map(|layer| self.session.store.entry(&layer.source));
            matches!(entry, Some(None | Some(super::store::Entry::Loading(_))))
        };
        let document = self.session.document();
        let all_layers = || document.layers.iter().map(|layer| layer.id).collect();
        let all_backdrops = || document.backdrops.iter().map(|backdrop| backdrop.id).collect();
        let (layers, backdrops): (Vec<LayerId>, Vec<BackdropId>) = match aim {
            Aim::Layer(layer) => (vec![layer], Vec::new()),
            Aim::Backdrop(backdrop) => (Vec::new(), vec![backdrop]),
            Aim::All => (all_layers(), all_backdrops()),
        };
        let images: Vec<&Backdrop> =
            backdrops.into_iter().filter_map(|id| document.backdrop(id)).collect();
        let is_laying = |image: &&Backdrop| self.session.backdrops.is_underway(image);
        if layers.iter().any(|layer| is_loading(*layer)) || images.iter().any(is_laying) {
            return;
        }
        let place_of = |image: &Backdrop| {
            let laid = self.session.backdrops.laid(image)?.as_ref().ok()?;
            Some(laid.placed.extent())
        };
        let places = images.into_iter().filter_map(place_of);
        let extent = layers.into_iter().filter_map(extent_of).chain(places).reduce(Extent::union);
        self.aim = None;
        if let Some(extent) = extent {
            self.map.zoom_to(extent);
        }
    }
}
