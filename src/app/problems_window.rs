//! What was lost or changed while a layer was read and drawn.

use egui::RichText;

use super::actions::Actions;
use super::dialog;
use super::export_dialog::problem_list;
use super::session::Session;
use super::store::Loaded;
use crate::i18n::Message;
use crate::map::SceneError;
use crate::project::LayerId;

/// How many different problems a layer has.
pub(super) fn count(loaded: &Loaded) -> usize {
    let drawing = match &loaded.scene {
        Ok(scene) => usize::from(scene.not_drawn() > 0),
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
    _out: &mut Actions,
) -> bool {
    let Some(layer) = session.document().layer(layer) else { return true };
    let Some(loaded) = session.loaded(layer) else { return true };
    let title = session.say(&Message::new("app-problems-title").text("name", &layer.name));
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
        problem_list(ui, session, &loaded.table.origin.problems);
        if let Some(message) = drawing(loaded) {
            let text = RichText::new(session.say(&message));
            ui.label(text.color(ui.visuals().warn_fg_color));
        }
        dialog::buttons(ui, |ui| dialog::main_button(ui, true, &session.tr("app-close")))
    });
    shown.inner || shown.is_escaped
}
