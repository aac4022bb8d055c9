//! What a format will change or has changed, and the receipt of an export.

use egui::{RichText, ScrollArea, Ui};

use super::wanted::Form;
use crate::app::dialog;
use crate::app::icons;
use crate::app::session::Session;
use crate::crs::CrsError;
use crate::formats::{Export, ExportReport, Format, better_formats, export_changes};
use crate::i18n::Message;
use crate::jobs::Watch;
use crate::problem::{Problem, Problems};

/// How many formats that keep more are offered: the best ones.
const OFFERED: usize = 3;

/// What writing would change.
pub(super) struct Changes {
    /// For each layer its name and what changes.
    layers: Vec<(String, Problems)>,
    /// The formats that would change less, the best first.
    better: Vec<&'static Format>,
}

impl Changes {
    /// Looks at all rows: work for a job.
    pub fn of(exports: &[Export<'_>], watch: &Watch) -> Changes {
        let several = exports.len() > 1;
        let layers = exports
            .iter()
            .map(|export| (export.name.clone().unwrap_or_default(), export_changes(export)));
        let layers = layers.collect();
        let mut better = match exports.first() {
            Some(first) => better_formats(first, watch),
            None => Vec::new(),
        };
        better.retain(|format| !several || format.write_several.is_some());
        better.truncate(OFFERED);
        Changes { layers, better }
    }
}

/// Shows what will change, and offers the formats that change less.
pub(super) fn changes(
    ui: &mut Ui,
    session: &Session,
    changes: &Result<Changes, CrsError>,
    form: &mut Form,
) {
    let changes = match changes {
        Ok(changes) => changes,
        Err(error) => {
            let text = RichText::new(session.say(&error.message()));
            ui.label(text.color(ui.visuals().error_fg_color));
            return;
        }
    };
    if changes.layers.iter().all(|(_, problems)| problems.is_empty()) {
        ui.label(RichText::new(session.tr("app-export-no-changes")).weak());
        return;
    }
    ui.label(RichText::new(session.tr("app-export-changes")).strong());
    problems_of_layers(ui, session, changes.layers.iter().map(|(name, it)| (name.as_str(), it)));
    if changes.better.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(session.tr("app-export-better"));
        for format in &changes.better {
            let take = Message::new("app-export-take").text("format", format.name);
            if ui.button(session.say(&take)).clicked() {
                form.format = format.id;
            }
        }
    });
}

fn problems_of_layers<'a>(
    ui: &mut Ui,
    session: &Session,
    layers: impl Iterator<Item = (&'a str, &'a Problems)>,
) {
    let layers: Vec<_> = layers.collect();
    ScrollArea::vertical().id_salt("problems").max_height(180.0).auto_shrink([false, true]).show(
        ui,
        |ui| {
            for (name, problems) in layers.iter().filter(|(_, problems)| !problems.is_empty()) {
                if layers.len() > 1 {
                    ui.label(*name);
                }
                for problem in *problems {
                    problem_line(ui, session, problem);
                }
            }
        },
    );
}

/// A problem with its sign.
pub(in crate::app) fn problem_line(ui: &mut Ui, session: &Session, problem: &Problem) {
    ui.horizontal_top(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::vec2(18.0, 18.0), egui::Sense::hover());
        let color = ui.visuals().warn_fg_color;
        icons::paint(ui.painter(), icons::Icon::Warning, rect.center(), color);
        ui.add(egui::Label::new(problem.text(session.language)).wrap());
    });
}

/// What was written. Answers whether the person has seen it.
pub(super) fn receipt(ui: &mut Ui, session: &Session, reports: &[(String, ExportReport)]) -> bool {
    for (name, report) in reports {
        if reports.len() > 1 {
            ui.label(name);
        }
        let done = Message::new("app-export-done")
            .count("written", report.written)
            .count("read", report.read);
        ui.strong(session.say(&done));
        if report.dropped > 0 {
            let text = Message::new("app-export-dropped").count("count", report.dropped);
            let text = RichText::new(session.say(&text));
            ui.label(text.color(ui.visuals().error_fg_color));
        }
    }
    ui.add_space(4.0);
    ui.weak(session.tr("app-export-files"));
    for path in reports.first().iter().flat_map(|(_, report)| &report.outputs) {
        ui.label(path.display().to_string());
    }
    if reports.iter().any(|(_, report)| !report.problems.is_empty()) {
        ui.add_space(4.0);
        ui.weak(session.tr("app-export-changed"));
        let layers = reports.iter().map(|(name, report)| (name.as_str(), &report.problems));
        problems_of_layers(ui, session, layers);
    }
    dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
}
