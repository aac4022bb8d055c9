//! What is done with what was drawn: notes added, reshaped and taken away.

use super::super::BelfortApp;
use super::super::actions::DetailsTab;
use super::super::tools::Tool;
use super::writing::Writing;
use crate::map::{CornerMenu, MapResponse, Reshaping, SketchKind, Sketched};
use crate::project::{Command, Note, NoteId, NoteKind, NotesChange};

impl BelfortApp {
    /// Gives the map what can be changed on it in this frame.
    pub(in crate::app) fn give_handles(&mut self) {
        let is_editing = self.session.tool == Tool::EditNotes;
        let chosen = self.session.chosen_note().filter(|_| is_editing);
        let shaped = chosen.map(|chosen| chosen.shaped());
        self.map.set_handles(shaped);
        self.map.set_snaps(is_editing || matches!(self.session.tool, Tool::Note(_)));
    }

    /// Takes what the person did with handles.
    pub(in crate::app) fn answer_handles(&mut self, response: &MapResponse) {
        if let Some(reshaping) = &response.reshaped {
            self.reshape(reshaping);
        }
        match response.corner_menu {
            Some(CornerMenu::RemoveCorner) => self.remove_corner_or_notes(),
            Some(CornerMenu::RemoveShape) => self.remove_notes(),
            None => {}
        }
    }

    fn reshape(&mut self, reshaping: &Reshaping) {
        let Some(chosen) = self.session.chosen_note() else { return };
        let (set, note, kind) = (chosen.set.id, chosen.note.id, chosen.note.kind);
        if !reshaping.is_done {
            let corners = reshaping.corners.clone();
            let sketch = super::sketch_of(kind);
            let measured = Sketched { kind: sketch, corners, is_done: false };
            self.measured = kind.is_shape().then_some(measured);
            return;
        }
        self.measured = None;
        if kind.takes(&reshaping.corners) {
            let change = NotesChange::Reshape(note, reshaping.corners.clone(), reshaping.how);
            self.run(Command::ChangeNotes(set, change));
            self.session.history.close_step();
        }
        // Corners in one place make no line: it stays as it was, and the handles with it.
        self.ctx.request_repaint();
    }

    /// Something is being drawn as a note, or was.
    pub(in crate::app) fn note_sketched(&mut self, kind: NoteKind, sketched: &Sketched) {
        if !sketched.is_done {
            self.measured = Some(sketched.clone());
            return;
        }
        self.measured = None;
        self.map.clear_sketch();
        let mut corners = sketched.corners.clone();
        corners.dedup();
        if !kind.takes(&corners) {
            return;
        }
        if kind == NoteKind::Text {
            // One that was being written is kept.
            self.end_writing();
            self.session.notes.writing = corners.first().map(|at| Writing::new(*at));
            return;
        }
        self.add_note(Note::new(kind, corners));
    }

    /// Adds a note to the layer that takes it, or to a new one, and looks at it.
    pub(in crate::app) fn add_note(&mut self, note: Note) {
        let target = self.session.layer_for_notes();
        let target = target.and_then(|layer| Some((layer.id, layer.source.notes()?)));
        let set = if let Some((layer, id)) = target {
            let next = self.session.document().notes(id).map(|set| set.next);
            self.run(Command::ChangeNotes(id, NotesChange::Add(vec![note])));
            self.session.active = Some(layer);
            next.map(|next| (id, NoteId(next)))
        } else {
            let command = self.session.new_notes(Some(note));
            self.run(command);
            let set = self.session.document().notes.last();
            set.and_then(|set| Some((set.id, set.notes.iter().last()?.id)))
        };
        self.session.notes.wanted = set;
        self.session.history.close_step();
        self.tab = DetailsTab::Feature;
    }

    /// Keeps the text that is being written on the map, if it says anything.
    pub(in crate::app) fn end_writing(&mut self) {
        let Some(writing) = self.session.notes.writing.take() else { return };
        if let Some(note) = writing.note() {
            self.add_note(note);
        }
    }

    /// Takes away the corner that is chosen, else the notes that are selected.
    pub(in crate::app) fn remove_corner_or_notes(&mut self) {
        let is_editing = self.session.tool == Tool::EditNotes;
        match is_editing.then(|| self.map.remove_corner()).flatten() {
            Some(reshaping) => self.reshape(&reshaping),
            None => self.remove_notes(),
        }
    }

    /// Takes away the notes that are selected.
    fn remove_notes(&mut self) {
        for (set, gone) in self.session.selected_notes() {
            self.run(Command::ChangeNotes(set, NotesChange::Remove(gone)));
            self.session.history.close_step();
        }
        self.measured = None;
    }

    /// Whether what is measured is a line or area that is being drawn or changed, and no point.
    pub(in crate::app) fn measured_shape(&self) -> Option<&Sketched> {
        self.measured.as_ref().filter(|measured| measured.kind != SketchKind::Point)
    }
}
