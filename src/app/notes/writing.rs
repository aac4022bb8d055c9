//! A text being written where it will stand on the map.

use egui::{Area, Frame, Id, Key, Margin, Order, Rect, RichText, TextEdit, Ui};

use super::super::actions::{Action, Actions};
use super::super::session::Session;
use super::super::theme;
use crate::map::MapView;
use crate::project::{Note, NoteKind};

/// A text being written.
pub(super) struct Writing {
    /// Where: longitude and latitude in WGS 84.
    at: [f64; 2],
    text: String,
    has_focus: bool,
}

impl Writing {
    pub fn new(at: [f64; 2]) -> Writing {
        Writing { at, text: String::new(), has_focus: false }
    }

    /// The note it becomes; none without a word.
    pub fn note(self) -> Option<Note> {
        let text = self.text.trim();
        let mut note = Note::new(NoteKind::Text, vec![self.at]);
        note.text = text.to_owned();
        (!text.is_empty()).then_some(note)
    }
}

impl super::Notes {
    /// Shows the field over the map.
    pub fn show_writing(session: &mut Session, ui: &Ui, map: (&MapView, Rect), out: &mut Actions) {
        let Some(mut writing) = session.notes.writing.take() else { return };
        let (map, rect) = map;
        let place = map.place_of(rect, writing.at);
        let (label, how) = (session.tr("app-note-write"), session.tr("app-note-write-how"));
        let area = Area::new(Id::unique("writing a note")).order(Order::Foreground);
        let area = area.pivot(egui::Align2::CENTER_CENTER).fixed_pos(place).constrain_to(rect);
        let mut ends = None;
        area.show(ui.ctx(), |ui| {
            let frame = Frame::popup(ui.style()).inner_margin(Margin::same(6));
            frame.stroke(egui::Stroke::new(1.5, theme::accent(ui))).show(ui, |ui| {
                let field = TextEdit::singleline(&mut writing.text)
                    .hint_text(label.as_str())
                    .desired_width(200.0);
                let field = ui.add(field);
                field.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::TextInput, true, label.as_str())
                });
                if !writing.has_focus {
                    field.request_focus();
                    writing.has_focus = true;
                }
                ui.label(RichText::new(how).small().weak());
                let pressed = |key| ui.input(|input| input.key_pressed(key));
                if pressed(Key::Escape) {
                    ends = Some(false);
                } else if field.lost_focus() {
                    let is_left = ui.input(|input| {
                        let by_key = input.key_pressed(Key::Enter) || input.key_pressed(Key::Tab);
                        by_key || input.pointer.any_pressed()
                    });
                    if is_left {
                        ends = Some(true);
                    } else {
                        // What had the focus before is gone, and something else got it.
                        field.request_focus();
                    }
                }
            });
        });
        match ends {
            Some(false) => {}
            Some(true) => {
                session.notes.writing = Some(writing);
                out.push(Action::KeepNoteText);
            }
            None => session.notes.writing = Some(writing),
        }
    }
}
