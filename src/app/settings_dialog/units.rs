//! How measures and numbers are written, and in which coordinates data are handed over.

use egui::Ui;

use super::super::session::Session;
use super::super::settings::{ExportCrs, Settings};
use super::{choose, grid, note};
use crate::i18n::{Message, NumberForm};
use crate::measure::{AreaUnit, LengthUnit};

pub(super) fn show(ui: &mut Ui, session: &Session, settings: &mut Settings) {
    grid(ui, "units", |ui| {
        let lengths = [
            (LengthUnit::Automatic, session.tr("app-settings-unit-auto")),
            (LengthUnit::Metres, session.tr("app-settings-unit-m")),
            (LengthUnit::Kilometres, session.tr("app-settings-unit-km")),
        ];
        choose(ui, session, "app-settings-lengths", &mut settings.units.length, &lengths);
        ui.end_row();
        let areas = [
            (AreaUnit::Automatic, session.tr("app-settings-unit-auto")),
            (AreaUnit::SquareMetres, session.tr("app-settings-unit-m2")),
            (AreaUnit::Hectares, session.tr("app-settings-unit-ha")),
            (AreaUnit::SquareKilometres, session.tr("app-settings-unit-km2")),
        ];
        choose(ui, session, "app-settings-areas", &mut settings.units.area, &areas);
        ui.end_row();
        example(ui, session, settings);
        let forms = [
            (NumberForm::Language, session.tr("app-settings-numbers-language")),
            (NumberForm::Point, session.tr("app-settings-numbers-point")),
        ];
        choose(ui, session, "app-settings-numbers", &mut settings.numbers, &forms);
        ui.end_row();
        note(ui, session, "app-settings-numbers-note");
        let systems = [
            (ExportCrs::Source, session.tr("app-settings-crs-source")),
            (ExportCrs::Wgs84, "WGS 84".to_owned()),
            (ExportCrs::Lambert72, "Lambert 72".to_owned()),
            (ExportCrs::Lambert2008, "Lambert 2008".to_owned()),
        ];
        choose(ui, session, "app-settings-crs", &mut settings.export_crs, &systems);
        ui.end_row();
        note(ui, session, "app-settings-crs-note");
    });
}

/// A length and an area as they will be written.
fn example(ui: &mut Ui, session: &Session, settings: &Settings) {
    let (units, language) = (settings.units, session.language);
    let message = Message::new("app-settings-example")
        .text("length", units.format_length(language, 1234.5))
        .text("area", units.format_area(language, 23_456.0));
    ui.label("");
    ui.label(egui::RichText::new(session.say(&message)).small().weak());
    ui.end_row();
}
