//! What is told of a sheet in its window.

use egui::{RichText, ScrollArea, Ui};

use super::parts::MadeSheet;
use crate::app::icons;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::page::SheetError;

/// How the sheet fits, and what is missing on it.
pub(super) fn told(ui: &mut Ui, session: &Session, made: Option<Result<&MadeSheet, &SheetError>>) {
    match made {
        None => {
            ui.label(session.tr("app-print-drawing"));
        }
        Some(Err(error)) => {
            let text = RichText::new(session.say(&error.message()));
            ui.label(text.color(ui.visuals().error_fg_color));
        }
        Some(Ok(made)) => {
            let text = RichText::new(session.say(&made.words));
            let color =
                if made.plan.fits { ui.visuals().text_color() } else { ui.visuals().warn_fg_color };
            ui.label(text.color(color));
            let count = made.page.problems.iter().count();
            if count > 0 {
                let title = Message::new("app-print-problems").count("count", count as u64);
                let title = session.say(&title);
                icons::fold(title).id_salt("print problems").show(ui, |ui| {
                    ScrollArea::vertical().max_height(80.0).show(ui, |ui| {
                        for problem in &made.page.problems {
                            ui.label(problem.text(session.language));
                        }
                    });
                });
            }
        }
    }
}
