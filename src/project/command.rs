//! The one list of things that can be done to a document, and the one function that does them.

use super::document::{Document, Filter, Layer, LayerId, LayerSource, TableColumns, View};
use crate::i18n::Message;
use crate::style::Style;

/// A change of the document. Menu, shortcut, panel, test and command line all send these.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Adds layers on top, the first of them topmost. They get new identities.
    AddLayers(Vec<Layer>),
    /// Removes a layer.
    RemoveLayer(LayerId),
    /// Moves a layer to a position, 0 being the top.
    MoveLayer {
        /// The layer.
        layer: LayerId,
        /// Its new position.
        to: usize,
    },
    /// Shows or hides a layer.
    SetVisible(LayerId, bool),
    /// Sets a layer's opacity, 0 to 1.
    SetOpacity(LayerId, f32),
    /// Names a layer.
    Rename(LayerId, String),
    /// Sets a layer's look.
    SetStyle(LayerId, Style),
    /// Sets which rows are shown.
    SetFilter(LayerId, Filter),
    /// Sets how a layer's source is read (encoding, CRS).
    SetSource(LayerId, LayerSource),
    /// Sets which columns of a layer the attribute table shows.
    SetColumns(LayerId, TableColumns),
    /// Chooses the basemap by its id.
    SetBasemap(String),
    /// Names the map.
    SetTitle(String),
    /// Remembers what is in view. Not a step of undo.
    SetView(View),
}

/// A command that does not fit the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The layer is gone.
    #[error("there is no layer {0:?}")]
    NoLayer(LayerId),
}

impl Command {
    /// What was done, for the undo button: "Undo: rename layer".
    pub fn label(&self) -> Message {
        Message::new(match self {
            Command::AddLayers(_) => "command-add-layers",
            Command::RemoveLayer(_) => "command-remove-layer",
            Command::MoveLayer { .. } => "command-move-layer",
            Command::SetVisible(_, true) => "command-show-layer",
            Command::SetVisible(_, false) => "command-hide-layer",
            Command::SetOpacity(..) => "command-set-opacity",
            Command::Rename(..) => "command-rename-layer",
            Command::SetStyle(..) => "command-set-style",
            Command::SetFilter(..) => "command-set-filter",
            Command::SetSource(..) => "command-set-source",
            Command::SetColumns(..) => "command-set-columns",
            Command::SetBasemap(_) => "command-set-basemap",
            Command::SetTitle(_) => "command-set-title",
            Command::SetView(_) => "command-set-view",
        })
    }

    /// Whether the command is a step of undo.
    pub fn is_undoable(&self) -> bool {
        !matches!(self, Command::SetView(_))
    }

    /// Whether this command continues the one before, so that both are one step of undo: a drag of
    /// a slider, a name or a condition being typed.
    pub fn continues(&self, before: &Command) -> bool {
        match (before, self) {
            (Command::SetOpacity(a, _), Command::SetOpacity(b, _))
            | (Command::Rename(a, _), Command::Rename(b, _))
            | (Command::SetStyle(a, _), Command::SetStyle(b, _))
            | (Command::SetFilter(a, _), Command::SetFilter(b, _)) => a == b,
            (Command::SetTitle(_), Command::SetTitle(_)) => true,
            _ => false,
        }
    }
}

/// Applies a command.
///
/// # Errors
/// When a layer it names is not there; the document is then unchanged.
pub fn apply(document: &mut Document, command: &Command) -> Result<(), CommandError> {
    let found = |document: &mut Document, id: LayerId, change: &mut dyn FnMut(&mut Layer)| {
        let layer = document.layer_mut(id).ok_or(CommandError::NoLayer(id))?;
        change(layer);
        Ok(())
    };
    match command {
        Command::AddLayers(layers) => {
            for layer in layers.iter().rev() {
                let id = LayerId(document.next_layer);
                document.next_layer += 1;
                document.layers.insert(0, Layer { id, ..layer.clone() });
            }
            Ok(())
        }
        Command::RemoveLayer(id) => {
            let at = position(document, *id)?;
            document.layers.remove(at);
            for layer in &mut document.layers {
                if layer.filter.within.as_ref().is_some_and(|within| within.layer == *id) {
                    layer.filter.within = None;
                }
            }
            Ok(())
        }
        Command::MoveLayer { layer, to } => {
            let at = position(document, *layer)?;
            let moved = document.layers.remove(at);
            let to = (*to).min(document.layers.len());
            document.layers.insert(to, moved);
            Ok(())
        }
        Command::SetVisible(id, visible) => found(document, *id, &mut |l| l.visible = *visible),
        Command::SetOpacity(id, opacity) => {
            found(document, *id, &mut |layer| layer.opacity = opacity.clamp(0.0, 1.0))
        }
        Command::Rename(id, name) => found(document, *id, &mut |layer| layer.name.clone_from(name)),
        Command::SetStyle(id, style) => {
            found(document, *id, &mut |layer| layer.style = Some(*style))
        }
        Command::SetFilter(id, filter) => {
            found(document, *id, &mut |layer| layer.filter = filter.clone())
        }
        Command::SetSource(id, source) => {
            found(document, *id, &mut |layer| layer.source = source.clone())
        }
        Command::SetColumns(id, columns) => {
            found(document, *id, &mut |layer| layer.columns = columns.clone())
        }
        Command::SetBasemap(id) => {
            document.basemap.clone_from(id);
            Ok(())
        }
        Command::SetTitle(title) => {
            document.title.clone_from(title);
            Ok(())
        }
        Command::SetView(view) => {
            document.view = Some(*view);
            Ok(())
        }
    }
}

fn position(document: &Document, id: LayerId) -> Result<usize, CommandError> {
    let at = document.layers.iter().position(|layer| layer.id == id);
    at.ok_or(CommandError::NoLayer(id))
}
