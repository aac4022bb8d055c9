//! What is kept of basemaps on disk: where, how much, and room made.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{RichText, Ui};

use super::super::Wake;
use super::super::actions::{Action, Actions};
use super::super::dialog::{BrowseFor, PathField};
use super::super::layers_panel::progress;
use super::super::session::Session;
use super::super::settings::Settings;
use super::{choose, grid, heading, note};
use crate::i18n::{Message, format_bytes};
use crate::jobs::{Job, Poll};
use crate::tiles::TileStore;

/// The limits offered, megabytes.
const LIMITS: [u32; 6] = [100, 250, 500, 1000, 2000, 5000];

/// What is being done with the cache.
enum Work {
    Counting(Job<u64>),
    Emptying(Job<u64>),
}

/// The part of the settings about the cache.
pub(super) struct Cache {
    field: PathField,
    usual: PathBuf,
    work: Option<Work>,
    /// Bytes on disk, when it was last counted, and with what settings.
    size: Option<u64>,
    counted: Option<(Option<PathBuf>, u32)>,
}

impl Cache {
    pub fn new(settings: &Settings, usual: &Path) -> Cache {
        let chosen = settings.cache_folder.as_deref();
        Cache {
            field: chosen.map(PathField::of).unwrap_or_default().waiting(),
            usual: usual.to_owned(),
            work: None,
            size: None,
            counted: None,
        }
    }

    pub fn is_busy(&self) -> bool {
        self.work.is_some() || self.field.is_browsing()
    }

    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        tiles: &Arc<TileStore>,
        settings: &mut Settings,
        out: &mut Actions,
    ) {
        self.update(session, tiles);
        heading(ui, session, "app-settings-cache");
        self.folder(ui, session, settings);
        grid(ui, "cache", |ui| {
            limits(ui, session, settings);
            ui.end_row();
            ui.label(session.tr("app-settings-cache-size"));
            ui.horizontal(|ui| {
                self.size(ui, session, tiles);
                let can_be = self.work.is_none();
                let manage = egui::Button::new(session.tr("app-cache-manage"));
                if ui.add_enabled(can_be, manage).clicked() {
                    out.push(Action::ShowCache);
                }
            });
            ui.end_row();
            note(ui, session, "app-settings-cache-note");
        });
    }

    fn folder(&mut self, ui: &mut Ui, session: &Session, settings: &mut Settings) {
        let browse = [BrowseFor::Folder];
        let picked = self.field.show(ui, session, "app-settings-cache-folder", &browse);
        let is_wanted = picked.is_entered || !picked.paths.is_empty();
        let typed = self.field.path();
        if is_wanted {
            settings.cache_folder.clone_from(&typed);
        }
        let shown = settings.tile_folder(&self.usual).to_string_lossy().into_owned();
        let mut message = Message::new("app-settings-cache-in").text("path", &shown);
        if typed != settings.cache_folder {
            message = Message::new("app-settings-cache-enter");
        }
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(session.say(&message)).small().weak());
            if settings.cache_folder.is_some()
                && ui.small_button(session.tr("app-settings-cache-usual")).clicked()
            {
                settings.cache_folder = None;
                self.field = PathField::default().waiting();
            }
        });
    }

    fn size(&mut self, ui: &mut Ui, session: &Session, tiles: &Arc<TileStore>) {
        if let Some(Work::Emptying(job)) = &self.work {
            ui.scope(|ui| {
                ui.set_max_width(180.0);
                progress(ui, job.fraction(), &session.tr("app-settings-cache-emptying"));
            });
            if ui.button(session.tr("app-cancel")).clicked() {
                job.cancel();
            }
            return;
        }
        match self.size {
            Some(size) => ui.label(format_bytes(session.language, size)),
            None => ui.label("…"),
        };
        let is_possible = self.work.is_none() && self.size.is_some_and(|size| size > 0);
        let empty = egui::Button::new(session.tr("app-settings-cache-empty"));
        if ui.add_enabled(is_possible, empty).clicked() {
            let (tiles, wake) = (Arc::clone(tiles), session.wake.clone());
            self.work = Some(Work::Emptying(Job::start(
                "empty cache",
                move || wake(),
                move |watch| {
                    if let Err(cancelled) = tiles.empty_cache(watch) {
                        log::info!("emptying the cache: {cancelled}");
                    }
                    tiles.cache_size()
                },
            )));
        }
    }

    /// Counts again when the cache is another one.
    fn update(&mut self, session: &Session, tiles: &Arc<TileStore>) {
        let done = match &self.work {
            Some(Work::Counting(job) | Work::Emptying(job)) => match job.poll() {
                Poll::Running => return,
                Poll::Done(size) => Some(size),
                Poll::Lost => None,
            },
            None => self.size,
        };
        self.work = None;
        self.size = done;
        let settings = &session.settings;
        let now = Some((settings.cache_folder.clone(), settings.cache_limit_mb));
        if self.counted != now {
            self.counted = now;
            self.work = Some(Work::Counting(count(tiles, &session.wake)));
        }
    }
}

/// The most that may be kept, out of some.
pub(in crate::app) fn limits(ui: &mut Ui, session: &Session, settings: &mut Settings) {
    let size = |megabytes: u32| format_bytes(session.language, u64::from(megabytes) * 1_000_000);
    let mut limits: Vec<(u32, String)> = LIMITS.map(|mb| (mb, size(mb))).to_vec();
    if !LIMITS.contains(&settings.cache_limit_mb) {
        limits.insert(0, (settings.cache_limit_mb, size(settings.cache_limit_mb)));
    }
    choose(ui, session, "app-settings-cache-limit", &mut settings.cache_limit_mb, &limits);
}

fn count(tiles: &Arc<TileStore>, wake: &Wake) -> Job<u64> {
    let (tiles, wake) = (Arc::clone(tiles), wake.clone());
    Job::start("count cache", move || wake(), move |_| tiles.cache_size())
}
