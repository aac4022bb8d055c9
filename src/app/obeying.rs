//! The settings in force.

use super::actions::Panel;
use super::settings::Settings;
use super::{BelfortApp, theme};
use crate::i18n::set_number_form;

impl BelfortApp {
    pub(super) fn panel(&mut self, panel: Panel) -> &mut bool {
        let settings = &mut self.session.settings;
        match panel {
            Panel::Layers => &mut settings.show_layers,
            Panel::Details => &mut settings.show_details,
            Panel::Table => &mut settings.show_table,
            Panel::Overview => &mut settings.show_overview,
            Panel::OverviewFold => &mut settings.fold_overview,
            Panel::Graticule => &mut settings.show_graticule,
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
}
