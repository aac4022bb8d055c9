//! What commands are called.

use super::command::{Command, Replaced};
use crate::i18n::Message;

impl Command {
    /// What was done, for the undo button: "Undo: rename layer".
    pub fn label(&self) -> Message {
        Message::new(match self {
            Command::AddLayers { .. } => "command-add-layers",
            Command::RemoveLayers(layers) if layers.len() > 1 => "command-remove-layers",
            Command::RemoveLayers(_) => "command-remove-layer",
            Command::MoveLayer { .. } => "command-move-layer",
            Command::GroupLayers { .. } => "command-group-layers",
            Command::MoveGroup { .. } => "command-move-group",
            Command::RenameGroup(..) => "command-rename-group",
            Command::SetGroupVisible(_, true) => "command-show-group",
            Command::SetGroupVisible(_, false) => "command-hide-group",
            Command::SetGroupOpen(..) => "command-fold-group",
            Command::Dissolve(_) => "command-dissolve-group",
            Command::SetVisible(layers, true) if layers.len() > 1 => "command-show-layers",
            Command::SetVisible(layers, false) if layers.len() > 1 => "command-hide-layers",
            Command::SetVisible(_, true) => "command-show-layer",
            Command::SetVisible(_, false) => "command-hide-layer",
            Command::SetOpacity(..) | Command::SetBackdropOpacity(..) => "command-set-opacity",
            Command::Rename(..) => "command-rename-layer",
            Command::SetStyle(..) | Command::Dress { .. } => "command-set-style",
            Command::SetFilter(..) => "command-set-filter",
            Command::SetSource(..) => "command-set-source",
            Command::Duplicate(_) => "command-duplicate",
            Command::ShowOnly(_) => "command-show-only",
            Command::SetScales(..) => "command-set-scales",
            Command::SetColumns(..) => "command-set-columns",
            Command::SetJoins(_, joins) if joins.is_empty() => "command-end-joins",
            Command::SetJoins(..) => "command-set-joins",
            Command::SetPlaceColumns(_, columns) if columns.is_empty() => {
                "command-end-place-columns"
            }
            Command::SetPlaceColumns(..) => "command-set-place-columns",
            Command::SetPlaceNames(_, None) => "command-end-place-names",
            Command::SetPlaceNames(..) => "command-set-place-names",
            Command::SetRefresh(..) => "command-set-refresh",
            Command::AddNotes { notes, .. } if notes.notes.is_empty() => "command-add-note-layer",
            Command::AddNotes { .. } => "command-add-note",
            Command::ChangeNotes(_, change) => return change.label(),
            Command::AddBackdrops { .. } => "command-add-backdrops",
            Command::RemoveBackdrop(_) => "command-remove-backdrop",
            Command::MoveBackdrop { .. } => "command-move-backdrop",
            Command::SetBackdropVisible(_, true) => "command-show-backdrop",
            Command::SetBackdropVisible(_, false) => "command-hide-backdrop",
            Command::RenameBackdrop(..) => "command-rename-backdrop",
            Command::SetBackdropCrs(..) => "command-set-backdrop-crs",
            Command::SetBasemap(_) => "command-set-basemap",
            Command::AddBasemap(_) => "command-add-basemap",
            Command::ChangeBasemap(_) => "command-change-basemap",
            Command::RemoveBasemap(_) => "command-remove-basemap",
            Command::SetBasemapLook(_) => "command-set-basemap-look",
            Command::SetLegend(_) => "command-set-legend",
            Command::SetTitle(_) => "command-set-title",
            Command::SetAbout(_) => "command-set-about",
            Command::AddBookmark(_) => "command-add-bookmark",
            Command::RenameBookmark(..) => "command-rename-bookmark",
            Command::RemoveBookmark(_) => "command-remove-bookmark",
            Command::AddSheet(..) => "command-add-sheet",
            Command::SetSheet(..) => "command-set-sheet",
            Command::RemoveSheet(_) => "command-remove-sheet",
            Command::MoveFiles(_) => "command-move-files",
            Command::Replace { why: Replaced::Recovered, .. } => "command-recover",
            Command::Replace { why: Replaced::Reloaded, .. } => "command-read-again",
            Command::SetView(_) => "command-set-view",
        })
    }
}
