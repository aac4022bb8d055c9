//! What was lost or changed while a layer was read and drawn.

use egui::{RichText, ScrollArea, Ui};

use super::actions::{Action, Actions, DetailsTab, RowRef};
use super::dialog;
use super::export_dialog::problem_line;
use super::session::Session;
use super::store::Loaded;
use crate::i18n::Message;
use crate::map::SceneError;
use crate::problem::Place;
use crate::project::LayerId;

/// How many different problems a layer has.
pub(super) fn count(loaded: &Loaded) -> usize {
    let drawing = match &loaded.scene {
        Ok(scene) => usize::from(scene.not_drawn() > 0) + usize::from(scene.main_part().1 > 0),
        Err(_) => 1,
    };
    loaded.table.origin.problems.len() + drawing
}

/// What keeps rows off the map.
fn drawing(loaded: &Loaded) -> Option<Message> {
    match &loaded.scene {
        Ok(scene) if scene.not_drawn() > 0 => {
            Some(Message::new("app-problem-not-drawn").count("count", scene.not_drawn()))
        }
        Ok(_) | Err(SceneError::Cancelled(_)) => None,
        Err(SceneError::Crs(error)) => Some(error.message()),
    }
}

/// The dialog; answers whether it is done.
pub(super) fn show(
    ctx: &egui::Context,
    session: &Session,
    layer: LayerId,
    out: &mut Actions,
) -> bool {
    let Some(layer) = session.document().layer(layer) else { return true };
    let Some(loaded) = session.loaded(layer) else { return true };
    let title = session.say(&Message::new("app-problems-title").text("name", &layer.name));
    let mut is_followed = false;
    let shown = dialog::show(ctx, "problems", &title, 560.0, |ui| {
        ui.weak(loaded.table.origin.path.display().to_string());
        if let Some(encoding) = &loaded.table.origin.encoding {
            let text = Message::new("app-problems-encoding").text("encoding", encoding.as_str());
            ui.weak(session.say(&text));
        }
        ui.add_space(6.0);
        if count(loaded) == 0 {
            ui.label(session.tr("app-problems-none"));
        }
        if let Some(row) = problem_rows(ui, session, layer.id, loaded) {
            out.push(Action::Select(Some(row)));
            out.push(Action::ZoomToRow(row));
            out.push(Action::ShowTab(DetailsTab::Feature));
            is_followed = true;
        }
        let far = loaded.scene.as_ref().map_or(0, |scene| scene.main_part().1);
        let far = (far > 0).then(|| Message::new("app-problem-far").count("count", far));
        for message in drawing(loaded).into_iter().chain(far) {
            let text = RichText::new(session.say(&message));
            ui.label(text.color(ui.visuals().warn_fg_color));
        }
        dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
    });
    shown.inner || shown.is_escaped || is_followed
}

/// The problems with their places; answers the row whose place was clicked.
fn problem_rows(ui: &mut Ui, session: &Session, layer: LayerId, loaded: &Loaded) -> Option<RowRef> {
    let problems = &loaded.table.origin.problems;
    // Where rows were left out, rows of the file and of the table are not the same.
    let is_numbered = !problems.into_iter().any(|problem| problem.id == "problem-dbf-deleted");
    let mut followed = None;
    let area = ScrollArea::vertical().id_salt("problems").max_height(320.0);
    area.auto_shrink([false, true]).show(ui, |ui| {
        for problem in problems {
            problem_line(ui, session, problem);
            let rows = problem.places.iter().filter_map(|place| match place {
                Place::Row(row) | Place::RowField { row, .. } => Some((*row, place)),
                _ => None,
            });
            ui.horizontal_wrapped(|ui| {
                for (number, place) in rows.filter(|_| is_numbered) {
                    let row = usize::try_from(number).ok().and_then(|row| row.checked_sub(1));
                    let Some(row) = row.filter(|row| *row < loaded.table.rows()) else { continue };
                    let text = place.message().in_language(session.language);
                    let text = Message::new("app-problems-go").text("place", text);
                    if ui.small_button(session.say(&text)).clicked() {
                        followed = Some(RowRef { layer, row });
                    }
                }
            });
        }
    });
    followed
}
