//! The part of the form about the person's own places on the map.

use egui::{TextEdit, Ui};

use super::hands::Hands;
use super::parts::MadeSheet;
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::{Sheet, SheetPoint};

/// Lists the places with what they are; more are put on the page with a click, or in the middle of
/// the map.
pub(super) fn point_lines(
    ui: &mut Ui,
    session: &Session,
    next: &mut Sheet,
    (made, hands): (Option<&MadeSheet>, &mut Hands),
) {
    let title = Message::new("app-print-points").count("count", next.points.len() as u64);
    // A place that was just put there is given a name.
    let wanted = hands.named.filter(|at| *at < next.points.len());
    if wanted.is_some() {
        hands.named = None;
    }
    let open = wanted.is_some().then_some(true);
    icons::fold(session.say(&title)).id_salt("print points").open(open).show(ui, |ui| {
        ui.horizontal_wrapped(|ui| {
            let name =
                if hands.is_placing { "app-print-point-click" } else { "app-print-point-place" };
            let mut button = egui::Button::new(session.tr(name));
            if hands.is_placing {
                button = button.fill(ui.visuals().selection.bg_fill);
            }
            let response = ui.add(button).on_hover_text(session.tr("app-print-point-place-hint"));
            if response.clicked() {
                hands.is_placing = !hands.is_placing;
            }
            let middle = made.and_then(|made| made.plan.middle());
            let button = egui::Button::new(session.tr("app-print-point-middle"));
            let response = ui.add_enabled(middle.is_some(), button);
            let response = response.on_hover_text(session.tr("app-print-point-middle-hint"));
            if let Some(place) = middle.filter(|_| response.clicked()) {
                hands.held = Some(next.points.len());
                next.points.push(SheetPoint { place, text: String::new() });
            }
        });
        if next.points.is_empty() {
            ui.weak(session.tr("app-print-points-none"));
        }
        let (mut gone, mut up) = (None, None);
        for (at, point) in next.points.iter_mut().enumerate() {
            ui.horizontal(|ui| {
                let numbered = Message::new("app-print-point").count("number", at as u64 + 1);
                let name = session.say(&numbered);
                ui.label(format!("{}", at + 1));
                let field = TextEdit::singleline(&mut point.text).desired_width(190.0);
                let field = ui.add(field.hint_text(session.tr("app-print-point-hint")));
                let field = field.accessible_name(&name);
                if wanted == Some(at) {
                    field.request_focus();
                }
                let is_first = at == 0;
                ui.add_enabled_ui(!is_first, |ui| {
                    let label = Message::new("app-print-point-up").count("number", at as u64 + 1);
                    if icons::small_button(ui, Icon::Up, &session.say(&label)).clicked() {
                        up = Some(at);
                    }
                });
                let label = Message::new("app-print-point-remove").count("number", at as u64 + 1);
                if icons::small_button(ui, Icon::Trash, &session.say(&label)).clicked() {
                    gone = Some(at);
                }
            });
        }
        if let Some(at) = gone.filter(|at| *at < next.points.len()) {
            next.points.remove(at);
        } else if let Some(at) = up.filter(|at| (1..next.points.len()).contains(at)) {
            next.points.swap(at - 1, at);
        }
    });
}
