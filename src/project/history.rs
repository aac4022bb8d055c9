//! Undo: a list of documents.

use std::sync::Arc;

use super::command::{Command, CommandError, Replaced, apply};
use super::document::Document;
use super::group::LayerGroup;
use crate::i18n::Message;

/// How many steps can be undone.
const STEPS: usize = 200;

struct Step {
    before: Arc<Document>,
    command: Command,
}

/// A document with its past and, after an undo, its future.
pub struct History {
    now: Arc<Document>,
    saved: Arc<Document>,
    past: Vec<Step>,
    future: Vec<Step>,
    /// The last step takes no more commands: the slider was let go.
    closed: bool,
    /// How many steps were made, taken back or done again since it was opened or saved.
    changes: u64,
}

impl History {
    /// A document without a past, as just opened or saved.
    pub fn new(document: Document) -> History {
        let now = Arc::new(document);
        let (past, future) = (Vec::new(), Vec::new());
        History { saved: now.clone(), now, past, future, closed: true, changes: 0 }
    }

    /// Unsaved work on a document that was saved as `saved`: one step back leads to that.
    pub fn recovered(saved: Document, work: Document, changes: u64) -> History {
        let mut history = History::new(saved);
        let document = Box::new(work);
        // It names nothing that could be missing.
        let _ = history.run(Command::Replace { document, why: Replaced::Recovered });
        History { closed: true, changes: changes.max(1), ..history }
    }

    /// The document as it was opened or saved last.
    pub fn saved(&self) -> &Arc<Document> {
        &self.saved
    }

    /// How many steps were made, taken back or done again since it was opened or saved.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// The names of all steps, the oldest first, and how many of them are done: those after it
    /// were taken back.
    pub fn steps(&self) -> (Vec<Message>, usize) {
        let undone = self.future.iter().rev();
        let steps = self.past.iter().chain(undone).map(|step| step.command.label()).collect();
        (steps, self.past.len())
    }

    /// Takes back steps, or does them again, until so many of them are done.
    pub fn go_to(&mut self, done: usize) {
        while self.past.len() > done && self.undo() {}
        while self.past.len() < done && self.redo() {}
    }

    /// The document as it is now.
    pub fn document(&self) -> &Arc<Document> {
        &self.now
    }

    /// Applies a command, as a step of undo where it is one.
    ///
    /// # Errors
    /// When the command does not fit the document, which is then unchanged.
    pub fn run(&mut self, command: Command) -> Result<(), CommandError> {
        let mut next = Document::clone(&self.now);
        apply(&mut next, &command)?;
        if !command.is_undoable() {
            self.now = Arc::new(next);
            return Ok(());
        }
        if next == *self.now {
            return Ok(());
        }
        self.future.clear();
        let continues =
            !self.closed && self.past.last().is_some_and(|step| command.continues(&step.command));
        if continues {
            if let Some(step) = self.past.last_mut() {
                step.command = command;
            }
        } else {
            self.changes += 1;
            self.past.push(Step { before: self.now.clone(), command });
            if self.past.len() > STEPS {
                self.past.remove(0);
            }
        }
        self.closed = false;
        self.now = Arc::new(next);
        Ok(())
    }

    /// Ends the current step: the next command starts a new one, even if it is of the same kind.
    pub fn close_step(&mut self) {
        self.closed = true;
    }

    /// Takes back the last step. The view stays where it is.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.past.pop() else { return false };
        let next = with_view(&step.before, &self.now);
        let after = std::mem::replace(&mut self.now, next);
        self.changes += 1;
        self.future.push(Step { before: after, command: step.command });
        self.closed = true;
        true
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.future.pop() else { return false };
        let next = with_view(&step.before, &self.now);
        let before = std::mem::replace(&mut self.now, next);
        self.changes += 1;
        self.past.push(Step { before, command: step.command });
        self.closed = true;
        true
    }

    /// What [`Self::undo`] would take back.
    pub fn undo_label(&self) -> Option<Message> {
        self.past.last().map(|step| step.command.label())
    }

    /// What [`Self::redo`] would do again.
    pub fn redo_label(&self) -> Option<Message> {
        self.future.last().map(|step| step.command.label())
    }

    /// Remembers that the document as it is now is on disk.
    pub fn mark_saved(&mut self) {
        self.saved = self.now.clone();
        self.closed = true;
        self.changes = 0;
    }

    /// Remembers that a document, from which the one now may differ, is on disk.
    pub fn mark_saved_as(&mut self, saved: Arc<Document>) {
        self.saved = saved;
        self.closed = true;
    }

    /// Whether anything but the view changed since it was opened or saved.
    pub fn is_changed(&self) -> bool {
        *with_view(&self.saved, &self.now) != *self.now
    }
}

/// A document with what is not undone as it is in another one: the view, and which groups are
/// folded.
fn with_view(document: &Arc<Document>, view_of: &Document) -> Arc<Document> {
    let is_open =
        |group: &LayerGroup| view_of.group(group.id).map_or(group.is_open, |group| group.is_open);
    let folded_alike = document.groups.iter().all(|group| group.is_open == is_open(group));
    if document.view == view_of.view && folded_alike {
        return document.clone();
    }
    let mut seen = Document { view: view_of.view, ..Document::clone(document) };
    for group in &mut seen.groups {
        group.is_open = is_open(group);
    }
    Arc::new(seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Layer, LayerId, LayerSource, View};

    fn layer(name: &str) -> Layer {
        Layer::new(name, LayerSource::default())
    }

    fn names(history: &History) -> Vec<&str> {
        history.document().layers.iter().map(|layer| layer.name.as_str()).collect()
    }

    #[test]
    fn a_drag_is_one_step_and_undo_leaves_the_view() {
        let mut history = History::new(Document::default());
        let done = history.run(Command::AddLayers { layers: vec![layer("a"), layer("b")], at: 0 });
        assert_eq!(done, Ok(()));
        assert_eq!(names(&history), ["a", "b"]);
        let [first, second] = [0, 1].map(|at: usize| history.document().layers[at].id);
        assert_ne!(first, second);
        for opacity in [0.9, 0.5, 0.2] {
            assert_eq!(history.run(Command::SetOpacity(first, opacity)), Ok(()));
        }
        history.close_step();
        assert_eq!(history.run(Command::SetOpacity(first, 0.1)), Ok(()));
        let view = View { lon: 3.72, lat: 51.05, zoom: 12.0 };
        assert_eq!(history.run(Command::SetView(view)), Ok(()));

        assert!(history.undo());
        assert!((history.document().layers[0].opacity - 0.2).abs() < 1e-6);
        assert!(history.undo());
        assert!((history.document().layers[0].opacity - 1.0).abs() < 1e-6);
        assert_eq!(history.document().view, Some(view));
        assert!(history.redo() && history.redo() && !history.redo());
        assert!((history.document().layers[0].opacity - 0.1).abs() < 1e-6);

        history.mark_saved();
        assert!(!history.is_changed());
        assert_eq!(history.run(Command::MoveLayer { layer: first, to: 9, group: None }), Ok(()));
        assert_eq!(names(&history), ["b", "a"]);
        assert!(history.is_changed());
        assert!(history.undo() && !history.is_changed());
        assert_eq!(
            history.run(Command::RemoveLayers(vec![LayerId(99)])),
            Err(CommandError::NoLayer(LayerId(99)))
        );
    }
}
