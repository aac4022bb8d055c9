//! The settings: four pages of what is chosen once. Everything is in force at once, so that there
//! is nothing to confirm.

mod cache;
mod copies;
mod look;
mod network;
mod readings;
mod recordings;
mod units;

use std::path::Path;
use std::sync::Arc;

use egui::{Grid, RichText, ScrollArea, Ui};

use self::cache::Cache;
pub(super) use self::cache::limits as cache_limits;
use self::copies::CopyList;
use self::network::ProxyField;
use self::recordings::RecordingsPart;
use super::actions::{Action, Actions};
use super::chosen;
use super::dialog::{self, no_name};
use super::icons;
use super::session::Session;
use super::settings::Settings;
use crate::i18n::Message;
use crate::tiles::TileStore;

/// A page of the settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Look,
    Units,
    Map,
    Portal,
}

impl Page {
    const ALL: [(Page, &'static str); 4] = [
        (Page::Look, "app-settings-look"),
        (Page::Units, "app-settings-units"),
        (Page::Map, "app-settings-map"),
        (Page::Portal, "app-settings-portal"),
    ];
}

/// The dialog.
pub(super) struct SettingsDialog {
    page: Page,
    cache: Cache,
    proxy: ProxyField,
    copies: CopyList,
    recordings: RecordingsPart,
}

impl SettingsDialog {
    pub fn new(session: &Session, usual_cache: &Path) -> SettingsDialog {
        SettingsDialog {
            page: Page::default(),
            cache: Cache::new(&session.settings, usual_cache),
            proxy: ProxyField::new(&session.settings.proxy),
            copies: CopyList::default(),
            recordings: RecordingsPart::default(),
        }
    }

    /// Whether the cache is being counted or emptied.
    pub fn is_busy(&self) -> bool {
        self.cache.is_busy() || self.copies.is_busy() || self.recordings.is_busy()
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(
        &mut self,
        ctx: &egui::Context,
        session: &Session,
        tiles: &Arc<TileStore>,
        out: &mut Actions,
    ) -> bool {
        let mut settings = session.settings.clone();
        let title = session.tr("app-settings-title");
        let shown = dialog::show(ctx, "settings", &title, 620.0, |ui| {
            ui.horizontal_wrapped(|ui| {
                for (page, name) in Page::ALL {
                    let name = session.say(&Message::new(name));
                    chosen::tab_value(ui, &mut self.page, page, name);
                }
            });
            ui.separator();
            // Always the same height: a dialog that jumps is hard to hit.
            let most = (ctx.content_rect().height() - 210.0).clamp(80.0, 400.0);
            let scroll = ScrollArea::vertical().id_salt(self.page as u8).max_height(most);
            scroll.min_scrolled_height(most).auto_shrink(false).show(ui, |ui| match self.page {
                Page::Look => look::show(ui, session, &mut settings),
                Page::Units => units::show(ui, session, &mut settings),
                Page::Map => self.map(ui, session, tiles, &mut settings, out),
                Page::Portal => {
                    self.recordings.show(ui, session, &mut settings);
                    ui.add_space(8.0);
                    self.copies.show(ui, session, &mut settings);
                }
            });
            dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
        });
        if settings != session.settings {
            out.push(Action::ChangeSettings(Box::new(settings)));
        }
        shown.inner || shown.is_escaped
    }

    fn map(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        tiles: &Arc<TileStore>,
        settings: &mut Settings,
        out: &mut Actions,
    ) {
        network::show(ui, session, settings, &mut self.proxy);
        ui.add_space(8.0);
        self.cache.show(ui, session, tiles, settings, out);
        ui.add_space(8.0);
        readings::show(ui, session, settings);
        ui.add_space(8.0);
        heading(ui, session, "app-settings-graphics");
        grid(ui, "graphics", |ui| {
            let sizes = [128, 256, 512, 1024, 2048, 4096];
            let mut known: Vec<(u32, String)> =
                sizes.map(|size| (size, format!("{size} MB"))).to_vec();
            if !sizes.contains(&settings.gpu_memory_mb) {
                known.insert(0, (settings.gpu_memory_mb, format!("{} MB", settings.gpu_memory_mb)));
            }
            choose(ui, session, "app-settings-gpu", &mut settings.gpu_memory_mb, &known);
            ui.end_row();
            note(ui, session, "app-settings-gpu-note");
        });
    }
}

/// The name of a group of settings.
fn heading(ui: &mut Ui, session: &Session, id: &'static str) {
    ui.label(RichText::new(session.say(&Message::new(id))).strong());
}

/// Settings under each other, their names at the left.
fn grid(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    let width = if ui.available_width() > 480.0 { 200.0 } else { 120.0 };
    Grid::new(("settings", name))
        .num_columns(2)
        .min_col_width(width)
        .spacing([16.0, 6.0])
        .show(ui, content);
}

/// A row with a value chosen from a list.
fn choose<T: PartialEq + Clone>(
    ui: &mut Ui,
    session: &Session,
    id: &'static str,
    value: &mut T,
    choices: &[(T, String)],
) {
    let label = ui.label(session.say(&Message::new(id)));
    let chosen = choices.iter().find(|(choice, _)| choice == value);
    let width = (ui.available_width() - 12.0).clamp(90.0, 300.0);
    let combo = icons::combo_box(id)
        .selected_text(chosen.map(|(_, name)| name.clone()).unwrap_or_default())
        .width(width)
        .truncate();
    let shown = combo.show_ui(ui, |ui| {
        for (choice, name) in choices {
            chosen::value(ui, value, choice.clone(), name);
        }
    });
    shown.response.labelled_by(label.id);
}

/// A row with something on or off.
fn switch(ui: &mut Ui, session: &Session, id: &'static str, is_on: &mut bool) {
    no_name(ui);
    ui.checkbox(is_on, session.say(&Message::new(id)));
    ui.end_row();
}

/// A row that explains the one above.
fn note(ui: &mut Ui, session: &Session, id: &'static str) {
    no_name(ui);
    let text = RichText::new(session.say(&Message::new(id))).small().weak();
    // From the top: a row that was higher once would stay so.
    ui.vertical(|ui| {
        ui.set_max_width((ui.available_width() - 12.0).clamp(120.0, 380.0));
        ui.add(egui::Label::new(text).wrap());
    });
    ui.end_row();
}
