//! The attributes of a note, to be written.

use chrono::Timelike as _;
use egui::{Button, RichText, TextEdit, Ui};

use super::super::actions::{Action, Actions};
use super::super::session::Session;
use super::super::{chosen, icons};
use super::{ChosenNote, change};
use crate::i18n::{Message, format_date_time, format_plain_number, parse_number};
use crate::project::{NoteField, NoteFieldKind, NoteId, NoteKind, NoteValue, NotesChange, NotesId};

/// The panel's own state.
#[derive(Default)]
pub(in crate::app) struct NotePanel {
    /// A number being typed: of which note, of which attribute.
    typed: Option<(NotesId, NoteId, String, String)>,
    /// An attribute that is to be added.
    name: String,
    kind: NoteFieldKind,
}

/// A number that was typed; none where the field was emptied.
struct Entered(Option<f64>);

impl NotePanel {
    /// Shows the attributes of a note.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, of: ChosenNote<'_>, out: &mut Actions) {
        let width = ui.available_width();
        ui.horizontal_wrapped(|ui| {
            ui.label(kind_name(session, of.note.kind));
            if let Some(created) = of.note.created {
                let local = created.with_timezone(&chrono::Local).naive_local();
                let local = local.with_second(0).unwrap_or(local);
                let when = format_date_time(session.language, local);
                let text = Message::new("app-note-created").text("when", when);
                ui.label(RichText::new(session.say(&text)).small().weak());
            }
        });
        ui.add_space(4.0);
        let mut text = of.note.text.clone();
        let label = if of.note.kind == NoteKind::Text { "app-note-words" } else { "app-note-name" };
        let label = ui.label(session.tr(label));
        let field = TextEdit::singleline(&mut text).desired_width(f32::INFINITY);
        if ui.add(field).labelled_by(label.id).changed() {
            out.push(change(of, NotesChange::SetText(of.note.id, text)));
        }
        let mut description = of.note.description.clone();
        let label = ui.label(session.tr("app-note-description"));
        let field = TextEdit::multiline(&mut description).desired_rows(3);
        if ui.add(field.desired_width(f32::INFINITY)).labelled_by(label.id).changed() {
            out.push(change(of, NotesChange::SetDescription(of.note.id, description)));
        }
        for field in &of.set.fields {
            self.attribute(ui, session, of, field, out);
        }
        ui.add_space(4.0);
        let fold = icons::fold(session.tr("app-note-field-new")).id_salt("new attribute");
        fold.show(ui, |ui| self.new_field(ui, session, of, width, out));
        ui.add_space(2.0);
        if ui.button(session.tr("app-note-delete")).clicked() {
            out.push(Action::RemoveNotes);
        }
    }

    fn attribute(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        of: ChosenNote<'_>,
        field: &NoteField,
        out: &mut Actions,
    ) {
        let label = ui
            .horizontal(|ui| {
                let label = ui.label(&field.name);
                let gone = Message::new("app-note-field-remove").text("name", field.name.as_str());
                let gone = session.say(&gone);
                if icons::small_button(ui, icons::Icon::Trash, &gone).clicked() {
                    out.push(change(of, NotesChange::RemoveField(field.name.clone())));
                }
                label
            })
            .inner;
        let value = of.note.values.get(&field.name);
        let mut set = |value: Option<NoteValue>| {
            let name = field.name.clone();
            out.push(change(of, NotesChange::SetValue(of.note.id, name, value)));
        };
        match field.kind {
            NoteFieldKind::Text => {
                let mut text = match value {
                    Some(NoteValue::Text(text)) => text.clone(),
                    _ => String::new(),
                };
                let edit = TextEdit::singleline(&mut text).desired_width(f32::INFINITY);
                if ui.add(edit).labelled_by(label.id).changed() {
                    set((!text.is_empty()).then_some(NoteValue::Text(text)));
                }
            }
            NoteFieldKind::Number => {
                let number = match value {
                    Some(NoteValue::Number(number)) => Some(*number),
                    _ => None,
                };
                if let Some(Entered(number)) =
                    self.number(ui, session, of, field, (number, label.id))
                {
                    set(number.map(NoteValue::Number));
                }
            }
            NoteFieldKind::YesNo => {
                let now = match value {
                    Some(NoteValue::YesNo(yes)) => Some(*yes),
                    _ => None,
                };
                let mut after = now;
                ui.horizontal(|ui| {
                    for (choice, id) in
                        [(None, "app-note-unset"), (Some(true), "app-yes"), (Some(false), "app-no")]
                    {
                        let name = session.tr(id);
                        let full = format!("{}: {name}", field.name);
                        chosen::tab_value(ui, &mut after, choice, name).accessible_name(full);
                    }
                });
                if after != now {
                    set(after.map(NoteValue::YesNo));
                }
            }
        }
    }

    /// A number as it is typed; answers the one that it became, or that there is none.
    fn number(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        of: ChosenNote<'_>,
        field: &NoteField,
        (now, label): (Option<f64>, egui::Id),
    ) -> Option<Entered> {
        let is_ours = |typed: &&(NotesId, NoteId, String, String)| {
            (typed.0, typed.1, typed.2.as_str()) == (of.set.id, of.note.id, field.name.as_str())
        };
        let typed = self.typed.as_ref().filter(is_ours).map(|typed| typed.3.clone());
        let mut text = typed.unwrap_or_else(|| {
            now.map(|number| format_plain_number(session.language, number, 12)).unwrap_or_default()
        });
        let read = |text: &str| {
            let is_none = text.trim().is_empty();
            if is_none { Some(None) } else { parse_number(session.language, text).map(Some) }
                .map(Entered)
        };
        let is_wrong = read(&text).is_none();
        let mut edit = TextEdit::singleline(&mut text).desired_width(120.0);
        if is_wrong {
            edit = edit.text_color(ui.visuals().error_fg_color);
        }
        let edit = ui.add(edit).labelled_by(label);
        let mut after = None;
        if edit.changed() {
            after = read(&text).filter(|entered| entered.0 != now);
            let (set, note) = (of.set.id, of.note.id);
            self.typed = Some((set, note, field.name.clone(), text));
        }
        if edit.lost_focus() && self.typed.as_ref().is_some_and(|typed| is_ours(&typed)) {
            self.typed = None;
        }
        after
    }

    fn new_field(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        of: ChosenNote<'_>,
        width: f32,
        out: &mut Actions,
    ) {
        let label = ui.label(session.tr("app-note-field-name"));
        let field = TextEdit::singleline(&mut self.name).desired_width(width.min(220.0));
        let field = ui.add(field).labelled_by(label.id);
        ui.horizontal(|ui| {
            for kind in NoteFieldKind::ALL {
                let id = match kind {
                    NoteFieldKind::Text => "app-note-field-text",
                    NoteFieldKind::Number => "app-note-field-number",
                    NoteFieldKind::YesNo => "app-note-field-yes-no",
                };
                chosen::tab_value(ui, &mut self.kind, kind, session.tr(id));
            }
        });
        let is_free = of.set.is_free(&self.name);
        if !is_free && !self.name.trim().is_empty() {
            let color = ui.visuals().warn_fg_color;
            ui.label(RichText::new(session.tr("app-note-field-taken")).small().color(color));
        }
        let button = Button::new(session.tr("app-note-field-add"));
        let is_asked = ui.add_enabled(is_free, button).clicked()
            || (field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)));
        if is_asked && is_free {
            let name = std::mem::take(&mut self.name);
            out.push(change(of, NotesChange::AddField(NoteField { name, kind: self.kind })));
        }
    }
}

/// What a note is called by its kind.
pub(in crate::app) fn kind_name(session: &Session, kind: NoteKind) -> RichText {
    let id = match kind {
        NoteKind::Point => "app-note-point",
        NoteKind::Line => "app-note-line",
        NoteKind::Polygon => "app-note-polygon",
        NoteKind::Arrow => "app-note-arrow",
        NoteKind::Text => "app-note-text",
    };
    RichText::new(session.tr(id)).strong()
}
