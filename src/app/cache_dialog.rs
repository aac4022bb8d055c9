//! What is kept of basemaps on disk, source by source: how much, since when, and room made.

use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use chrono::{DateTime, Local};
use egui::{Align, Button, Grid, Label, Layout, RichText, ScrollArea, Ui};

use super::actions::{Action, Actions};
use super::dialog;
use super::icons::{self, Icon};
use super::keyed::Keyed;
use super::layers_panel::progress;
use super::session::Session;
use super::settings_dialog::cache_limits;
use crate::i18n::{Message, format_bytes, format_date, format_integer};
use crate::jobs::{Cancelled, Job, Poll, Watch};
use crate::project::OwnBasemap;
use crate::tiles::{CachedSource, TileStore, basemaps};

/// The width of the dialog, points.
const WIDTH: f32 = 660.0;

/// The width of the names of sources, points.
const NAME_WIDTH: f32 = 230.0;

type Listed = Result<Vec<CachedSource>, Cancelled>;

/// What is to be thrown away.
#[derive(Clone, Debug, PartialEq)]
enum Target {
    Source(CachedSource),
    All,
}

/// The dialog.
#[derive(Default)]
pub(super) struct CacheDialog {
    /// Counted anew when this counts on.
    round: u32,
    listed: Keyed<u32, Listed>,
    asked: Option<Target>,
    emptying: Option<Job<Result<u64, Cancelled>>>,
    /// How much the last one freed.
    freed: Option<u64>,
}

impl CacheDialog {
    /// Whether something is being counted or thrown away.
    pub fn is_busy(&self) -> bool {
        self.listed.job().is_some() || self.emptying.is_some()
    }

    fn update(&mut self, session: &Session, tiles: &Arc<TileStore>) {
        if let Some(job) = &self.emptying {
            match job.poll() {
                Poll::Running => {}
                Poll::Done(freed) => {
                    self.freed = freed.ok();
                    self.emptying = None;
                    self.round += 1;
                }
                Poll::Lost => {
                    self.emptying = None;
                    self.round += 1;
                }
            }
        }
        self.listed.want(self.round, |_| {
            let (tiles, wake) = (Arc::clone(tiles), session.wake.clone());
            Job::start("list cache", move || wake(), move |watch| tiles.cached_sources(watch))
        });
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(
        &mut self,
        ctx: &egui::Context,
        session: &Session,
        tiles: &Arc<TileStore>,
        folder: &Path,
        out: &mut Actions,
    ) -> bool {
        self.update(session, tiles);
        let title = session.tr("app-cache-title");
        let shown = dialog::show(ctx, "cache", &title, WIDTH, |ui| {
            ui.add(Label::new(RichText::new(session.tr("app-cache-how")).weak()).wrap());
            let place =
                Message::new("app-settings-cache-in").text("path", folder.to_string_lossy());
            let place = session.say(&place);
            let shown = Label::new(RichText::new(&place).small().weak()).truncate();
            ui.add(shown).on_hover_text(&place);
            ui.add_space(6.0);
            let sources = self.listed.latest().and_then(|listed| listed.as_ref().ok()).cloned();
            match &sources {
                None => {
                    ui.horizontal(|ui| {
                        ui.spinner();
                        ui.weak(session.tr("app-cache-counting"));
                    });
                }
                Some(sources) if sources.is_empty() => {
                    ui.label(session.tr("app-cache-empty"));
                }
                Some(sources) => self.table(ui, session, sources),
            }
            let sources = sources.unwrap_or_default();
            ui.add_space(8.0);
            self.total(ui, session, &sources, out);
            ui.add_space(4.0);
            self.question(ui, session, tiles, &sources);
            dialog::buttons(ui, |ui| {
                let is_closed = dialog::main_button(ui, true, &session.tr("app-close"));
                let can_be = !sources.is_empty() && self.emptying.is_none();
                let all = Button::new(session.tr("app-cache-clear-all"));
                if ui.add_enabled(can_be, all).clicked() {
                    self.asked = Some(Target::All);
                }
                is_closed
            })
        });
        if shown.is_escaped && self.asked.take().is_some() {
            return false;
        }
        shown.inner || shown.is_escaped
    }

    fn table(&mut self, ui: &mut Ui, session: &Session, sources: &[CachedSource]) {
        let most = (ui.ctx().content_rect().height() - 330.0).clamp(100.0, 320.0);
        ScrollArea::vertical().max_height(most).auto_shrink([false, true]).show(ui, |ui| {
            let grid = Grid::new("sources of the cache").num_columns(5).striped(true);
            grid.spacing([14.0, 6.0]).show(ui, |ui| {
                for id in
                    ["app-cache-source", "app-cache-tiles", "app-cache-size", "app-cache-used"]
                {
                    ui.label(RichText::new(session.say(&Message::new(id))).small().weak());
                }
                dialog::no_name(ui);
                ui.end_row();
                for source in sources {
                    self.row(ui, session, source);
                }
            });
        });
    }

    fn row(&mut self, ui: &mut Ui, session: &Session, source: &CachedSource) {
        let name = name_of(session, source);
        let room = egui::vec2(NAME_WIDTH, ui.spacing().interact_size.y);
        ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| {
            ui.set_width(NAME_WIDTH);
            let shown = ui.add(Label::new(&name).truncate());
            if !source.server.is_empty() {
                shown.on_hover_text(&source.server);
            }
        });
        let right = Layout::right_to_left(Align::Center);
        let tiles = i64::try_from(source.tiles).unwrap_or(i64::MAX);
        ui.with_layout(right, |ui| ui.label(format_integer(session.language, tiles)));
        ui.with_layout(right, |ui| ui.label(format_bytes(session.language, source.bytes)));
        let [first, last] = [source.first_used, source.last_used].map(|at| day(session, at));
        ui.label(if first == last { first } else { format!("{first} – {last}") });
        let label = Message::new("app-cache-clear").text("name", name.as_str());
        let can_be = self.emptying.is_none();
        ui.add_enabled_ui(can_be, |ui| {
            if icons::small_button(ui, Icon::Trash, &session.say(&label)).clicked() {
                self.asked = Some(Target::Source(source.clone()));
            }
        });
        ui.end_row();
    }

    /// How much there is in all, and the most there may be.
    fn total(&self, ui: &mut Ui, session: &Session, sources: &[CachedSource], out: &mut Actions) {
        let bytes: u64 = sources.iter().map(|source| source.bytes).sum();
        let tiles: u64 = sources.iter().map(|source| source.tiles).sum();
        let limit = u64::from(session.settings.cache_limit_mb) * 1_000_000;
        let text = Message::new("app-cache-total")
            .count("count", tiles)
            .text("size", format_bytes(session.language, bytes))
            .text("limit", format_bytes(session.language, limit));
        ui.label(session.say(&text));
        ui.add_space(4.0);
        ui.horizontal(|ui| {
            let mut settings = session.settings.clone();
            cache_limits(ui, session, &mut settings);
            if settings != session.settings {
                out.push(Action::ChangeSettings(Box::new(settings)));
            }
        });
        if let Some(freed) = self.freed {
            let text = Message::new("app-cache-freed");
            let text = text.text("size", format_bytes(session.language, freed));
            ui.label(RichText::new(session.say(&text)).small().weak());
        }
    }

    /// Asks before anything goes; then the bar while it goes.
    fn question(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        tiles: &Arc<TileStore>,
        sources: &[CachedSource],
    ) {
        if let Some(job) = &self.emptying {
            ui.horizontal(|ui| {
                ui.scope(|ui| {
                    ui.set_max_width(300.0);
                    progress(ui, job.fraction(), &session.tr("app-cache-clearing"));
                });
                if ui.button(session.tr("app-cancel")).clicked() {
                    job.cancel();
                }
            });
            ui.ctx().request_repaint_after(std::time::Duration::from_millis(100));
            return;
        }
        let Some(target) = self.asked.clone() else { return };
        let text = match &target {
            Target::Source(source) => Message::new("app-cache-ask")
                .text("name", name_of(session, source))
                .count("count", source.tiles),
            Target::All => {
                let all = sources.iter().map(|source| source.tiles).sum();
                Message::new("app-cache-ask-all").count("count", all)
            }
        };
        let frame = egui::Frame::group(ui.style()).inner_margin(8.0);
        frame.show(ui, |ui| {
            ui.add(Label::new(session.say(&text)).wrap());
            ui.horizontal(|ui| {
                if ui.button(session.tr("app-cache-do")).clicked() {
                    self.asked = None;
                    self.freed = None;
                    let (tiles, wake) = (Arc::clone(tiles), session.wake.clone());
                    let work = move |watch: &Watch| match target {
                        Target::Source(source) => tiles.empty_source(&source.name, watch),
                        Target::All => tiles.empty_cache(watch),
                    };
                    self.emptying = Some(Job::start("empty cache", move || wake(), work));
                }
                if ui.button(session.tr("app-cache-keep")).clicked() {
                    self.asked = None;
                }
            });
        });
    }
}

/// What a person calls a source: a basemap that is known here, or the server it came from.
fn name_of(session: &Session, source: &CachedSource) -> String {
    let is_it = |word: &str| CachedSource::name_of(word) == source.name;
    if let Some(known) = basemaps().iter().find(|basemap| is_it(&basemap.id)) {
        return known.name.get(session.language).to_owned();
    }
    let own = session.document().basemaps.iter().chain(&session.settings.web_maps);
    let mut own = own.filter(|own| own.web().is_some_and(|map| is_it(&map.key())));
    match own.next().map(|OwnBasemap { name, .. }| name) {
        // It may be called as one that the program offers.
        Some(name) if !source.server.is_empty() && *name != source.server => {
            format!("{name} ({})", source.server)
        }
        Some(name) => name.clone(),
        None if source.server.is_empty() => source.name.clone(),
        None => source.server.clone(),
    }
}

fn day(session: &Session, at: SystemTime) -> String {
    format_date(session.language, DateTime::<Local>::from(at).date_naive())
}
