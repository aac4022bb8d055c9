//! Language and looks.

use egui::Ui;

use super::super::session::Session;
use super::super::settings::{Motion, Settings, TEXT_SIZES, ThemeChoice};
use super::{choose, grid, note};
use crate::i18n::{Language, Message};

pub(super) fn show(ui: &mut Ui, session: &Session, settings: &mut Settings) {
    grid(ui, "look", |ui| {
        let mut language = session.language;
        let languages = Language::ALL.map(|language| (language, language.own_name().to_owned()));
        choose(ui, session, "app-settings-language", &mut language, &languages);
        if language != session.language {
            settings.language = Some(language);
        }
        ui.end_row();
        let themes = [
            (ThemeChoice::System, session.tr("app-theme-system")),
            (ThemeChoice::Light, session.tr("app-theme-light")),
            (ThemeChoice::Dark, session.tr("app-theme-dark")),
        ];
        choose(ui, session, "app-theme", &mut settings.theme, &themes);
        ui.end_row();
        let percent = |size: u16| {
            let message = Message::new("app-settings-percent").count("percent", size.into());
            (size, session.say(&message))
        };
        let mut sizes: Vec<(u16, String)> = TEXT_SIZES.map(percent).to_vec();
        if !TEXT_SIZES.contains(&settings.text_size) {
            sizes.insert(0, percent(settings.text_size));
        }
        choose(ui, session, "app-settings-text-size", &mut settings.text_size, &sizes);
        ui.end_row();
        note(ui, session, "app-settings-text-size-note");
        let motions = [
            (Motion::System, session.tr("app-motion-system")),
            (Motion::Full, session.tr("app-motion-full")),
            (Motion::Reduced, session.tr("app-motion-reduced")),
        ];
        choose(ui, session, "app-settings-motion", &mut settings.reduced_motion, &motions);
        ui.end_row();
        note(ui, session, "app-settings-motion-note");
        if settings.reduced_motion == Motion::System {
            let told = match session.system_motion.reduced {
                None => "app-settings-motion-untold",
                Some(false) => "app-settings-motion-told-full",
                Some(true) => "app-settings-motion-told-reduced",
            };
            note(ui, session, told);
        }
    });
}
