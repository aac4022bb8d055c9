//! The one list of things that can be done to a document, and the one function that does them.

use super::about::{About, Bookmark};
use super::backdrop::{Backdrop, BackdropId};
use super::by_place::PlaceColumns;
use super::document::{
    Document, Join, Layer, LayerId, LayerSource, Refresh, ScaleRange, TableColumns, View,
};
use super::filter::Filter;
use super::group::{GroupId, LayerGroup};
use super::naming::PlaceNames;
use super::notes::{NoteId, NoteSet, NotesChange, NotesId};
use super::own_basemap::OwnBasemap;
use super::sheet::Sheet;
use crate::style::{LegendChoice, Style};
use crate::tiles::BasemapLook;

/// A change of the document. Menu, shortcut, panel, test and command line all send these.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Adds layers, outside groups. They get new identities.
    AddLayers {
        /// The layers, the first of them topmost.
        layers: Vec<Layer>,
        /// Where the first of them comes, 0 being the top.
        at: usize,
    },
    /// Removes layers.
    RemoveLayers(Vec<LayerId>),
    /// Moves a layer to a position, 0 being the top.
    MoveLayer {
        /// The layer.
        layer: LayerId,
        /// Its new position.
        to: usize,
        /// The group it comes into; none for outside of groups.
        group: Option<GroupId>,
    },
    /// Makes a group of layers, at the place of the topmost of them.
    GroupLayers {
        /// The layers; those that are in another group leave it.
        layers: Vec<LayerId>,
        /// The group's name.
        name: String,
    },
    /// Moves a group with its layers.
    MoveGroup {
        /// The group.
        group: GroupId,
        /// The new position of its topmost layer among all other layers, 0 being the top. Inside
        /// another group it comes to stand below that.
        to: usize,
    },
    /// Names a group.
    RenameGroup(GroupId, String),
    /// Shows or hides a group as a whole.
    SetGroupVisible(GroupId, bool),
    /// Lists the layers of a group or folds it. Not a step of undo.
    SetGroupOpen(GroupId, bool),
    /// Takes a group away; its layers stay.
    Dissolve(GroupId),
    /// Shows or hides layers.
    SetVisible(Vec<LayerId>, bool),
    /// Sets a layer's opacity, 0 to 1.
    SetOpacity(LayerId, f32),
    /// Names a layer.
    Rename(LayerId, String),
    /// Sets a layer's look.
    SetStyle(LayerId, Style),
    /// Sets all that a file says of how a layer looks.
    Dress {
        /// The layer.
        layer: LayerId,
        /// Its look.
        style: Box<Style>,
        /// Its opacity, 0 to 1.
        opacity: f32,
        /// At which scales it is drawn.
        scales: ScaleRange,
    },
    /// Sets which rows are shown.
    SetFilter(LayerId, Filter),
    /// Sets how a layer's source is read (encoding, CRS).
    SetSource(LayerId, LayerSource),
    /// Adds a copy of a layer on top of it.
    Duplicate(LayerId),
    /// Shows a layer and hides all others.
    ShowOnly(LayerId),
    /// Sets at which scales a layer is drawn.
    SetScales(LayerId, ScaleRange),
    /// Sets which columns of a layer the attribute table shows.
    SetColumns(LayerId, TableColumns),
    /// Sets which columns of other layers' tables come beside a layer's own.
    SetJoins(LayerId, Vec<Join>),
    /// Sets which columns of a layer follow from the place of its rows and of others'.
    SetPlaceColumns(LayerId, Vec<PlaceColumns>),
    /// Puts a layer's rows where other layers have their names, or (none) leaves them where they are.
    SetPlaceNames(LayerId, Option<Box<PlaceNames>>),
    /// Sets how often newer data of a layer are asked for.
    SetRefresh(LayerId, Refresh),
    /// Adds a layer with notes of its own, outside groups. Both get new identities.
    AddNotes {
        /// The layer; its source becomes the notes.
        layer: Box<Layer>,
        /// The notes.
        notes: NoteSet,
        /// Where it comes, 0 being the top.
        at: usize,
    },
    /// Changes notes.
    ChangeNotes(NotesId, NotesChange),
    /// Adds images as backdrops. They get new identities.
    AddBackdrops {
        /// The backdrops, the first of them topmost.
        backdrops: Vec<Backdrop>,
        /// Where the first of them comes, 0 being the top.
        at: usize,
    },
    /// Removes a backdrop.
    RemoveBackdrop(BackdropId),
    /// Moves a backdrop to a position, 0 being the top.
    MoveBackdrop {
        /// The backdrop.
        backdrop: BackdropId,
        /// Its new position.
        to: usize,
    },
    /// Shows or hides a backdrop.
    SetBackdropVisible(BackdropId, bool),
    /// Sets a backdrop's opacity, 0 to 1.
    SetBackdropOpacity(BackdropId, f32),
    /// Names a backdrop.
    RenameBackdrop(BackdropId, String),
    /// Sets the CRS that a backdrop lies in, as a code or WKT; none for the one found.
    SetBackdropCrs(BackdropId, Option<String>),
    /// Chooses the basemap by its id.
    SetBasemap(String),
    /// Adds a basemap of the project's own, unless it is there, and chooses it.
    AddBasemap(OwnBasemap),
    /// Changes a basemap of the project's own, by its word.
    ChangeBasemap(OwnBasemap),
    /// Removes a basemap of the project's own.
    RemoveBasemap(String),
    /// Sets how the basemap looks.
    SetBasemapLook(BasemapLook),
    /// Sets how the symbols are explained on the map.
    SetLegend(LegendChoice),
    /// Names the map.
    SetTitle(String),
    /// Adds a sheet of paper at a position of the list.
    AddSheet(usize, Box<Sheet>),
    /// Sets what a sheet is, by its position; the first also where there is none yet.
    SetSheet(usize, Box<Sheet>),
    /// Takes a sheet away, by its position.
    RemoveSheet(usize),
    /// Says who made the project, what it is, what may be done with it.
    SetAbout(About),
    /// Gives a place a name. One that is taken gets a number.
    AddBookmark(Bookmark),
    /// Gives a bookmark another name: what it is called, what it will be.
    RenameBookmark(String, String),
    /// Takes a bookmark away, by its name.
    RemoveBookmark(String),
    /// Takes files from where they are now: where each was, and where it is.
    MoveFiles(Vec<(String, String)>),
    /// Puts another document in place of this one, as one step of undo.
    Replace {
        /// The document.
        document: Box<Document>,
        /// Why.
        why: Replaced,
    },
    /// Remembers what is in view. Not a step of undo.
    SetView(View),
}

/// Why a document took the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Replaced {
    /// It is the unsaved work of a program that ended too early.
    Recovered,
    /// The file was changed by another program, and read again.
    Reloaded,
}

/// A command that does not fit the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CommandError {
    /// The layer is gone.
    #[error("there is no layer {0:?}")]
    NoLayer(LayerId),
    /// The group is gone.
    #[error("there is no group {0:?}")]
    NoGroup(GroupId),
    /// The bookmark is gone.
    #[error("there is no such bookmark")]
    NoBookmark,
    /// The backdrop is gone.
    #[error("there is no backdrop {0:?}")]
    NoBackdrop(BackdropId),
    /// The sheet is gone.
    #[error("there is no sheet {0}")]
    NoSheet(usize),
    /// The notes are gone.
    #[error("there are no notes {0:?}")]
    NoNotes(NotesId),
    /// The note is gone.
    #[error("there is no note {0:?}")]
    NoNote(NoteId),
    /// A note that is none, or a value or attribute that the notes do not take.
    #[error("this is no note")]
    BadNote,
}

impl Command {
    /// Whether the command is a step of undo.
    pub fn is_undoable(&self) -> bool {
        !matches!(self, Command::SetView(_) | Command::SetGroupOpen(..))
    }

    /// Whether this command continues the one before, so that both are one step of undo: a drag of
    /// a slider, a name or a condition being typed.
    pub fn continues(&self, before: &Command) -> bool {
        match (before, self) {
            (Command::SetOpacity(a, _), Command::SetOpacity(b, _))
            | (Command::Rename(a, _), Command::Rename(b, _))
            | (Command::SetStyle(a, _), Command::SetStyle(b, _))
            | (Command::SetFilter(a, _), Command::SetFilter(b, _)) => a == b,
            (Command::RenameGroup(a, _), Command::RenameGroup(b, _)) => a == b,
            (Command::SetBackdropOpacity(a, _), Command::SetBackdropOpacity(b, _))
            | (Command::RenameBackdrop(a, _), Command::RenameBackdrop(b, _)) => a == b,
            (Command::SetBasemapLook(a), Command::SetBasemapLook(b)) => {
                (a.grey, a.dark) == (b.grey, b.dark)
            }
            (Command::SetTitle(_), Command::SetTitle(_)) => true,
            (Command::ChangeNotes(a, before), Command::ChangeNotes(b, change)) => {
                a == b && change.continues(before)
            }
            (Command::SetSheet(at, a), Command::SetSheet(of, b)) => at == of && a.continues(b),
            (Command::SetLegend(a), Command::SetLegend(b)) => a.title != b.title,
            _ => false,
        }
    }
}

/// Applies a command.
///
/// # Errors
/// When a layer, group or backdrop it names is not there; the document is then unchanged.
pub fn apply(document: &mut Document, command: &Command) -> Result<(), CommandError> {
    change(document, command)?;
    document.gather();
    document.forget_loose_notes();
    Ok(())
}

fn change(document: &mut Document, command: &Command) -> Result<(), CommandError> {
    let found = |document: &mut Document, id: LayerId, change: &mut dyn FnMut(&mut Layer)| {
        let layer = document.layer_mut(id).ok_or(CommandError::NoLayer(id))?;
        change(layer);
        Ok(())
    };
    let found_group =
        |document: &mut Document, id: GroupId, change: &mut dyn FnMut(&mut LayerGroup)| {
            change(document.group_mut(id).ok_or(CommandError::NoGroup(id))?);
            Ok(())
        };
    match command {
        Command::AddLayers { layers, at } => {
            let at = document.outside_groups(*at);
            for layer in layers.iter().rev() {
                let id = LayerId(document.next_layer);
                document.next_layer += 1;
                document.layers.insert(at, Layer { id, group: None, ..layer.clone() });
            }
            Ok(())
        }
        Command::RemoveLayers(gone) => {
            all_there(document, gone)?;
            document.layers.retain(|layer| !gone.contains(&layer.id));
            for layer in &mut document.layers {
                let is_kept = |of: Option<LayerId>| of.is_none_or(|of| !gone.contains(&of));
                layer.filter.places.retain(|place| is_kept(place.of.layer()));
                layer.joins.retain(|join| !gone.contains(&join.layer));
                layer.by_place.retain(|columns| !gone.contains(&columns.layer));
                layer.place_names = layer.place_names.take().and_then(|names| names.without(gone));
            }
            document.sheets.iter_mut().for_each(|sheet| sheet.forget_layers(gone));
            Ok(())
        }
        Command::MoveLayer { layer, to, group } => move_layer(document, *layer, *to, *group),
        Command::GroupLayers { layers, name } => {
            all_there(document, layers)?;
            let id = GroupId(document.next_group);
            document.next_group += 1;
            for layer in document.layers.iter_mut().filter(|layer| layers.contains(&layer.id)) {
                layer.group = Some(id);
            }
            document.groups.push(LayerGroup::new(id, name.as_str()));
            Ok(())
        }
        Command::MoveGroup { group, to } => {
            document.group(*group).ok_or(CommandError::NoGroup(*group))?;
            let moved: Vec<Layer> = document.layers.drain(document.members(*group)).collect();
            let to = outside_groups(document, *to);
            document.layers.splice(to..to, moved);
            Ok(())
        }
        Command::RenameGroup(id, name) => {
            found_group(document, *id, &mut |group| group.name.clone_from(name))
        }
        Command::SetGroupVisible(id, visible) => {
            found_group(document, *id, &mut |group| group.visible = *visible)
        }
        Command::SetGroupOpen(id, is_open) => {
            found_group(document, *id, &mut |group| group.is_open = *is_open)
        }
        Command::Dissolve(id) => {
            document.group(*id).ok_or(CommandError::NoGroup(*id))?;
            document.groups.retain(|group| group.id != *id);
            Ok(())
        }
        Command::SetVisible(ids, visible) => {
            all_there(document, ids)?;
            for layer in document.layers.iter_mut().filter(|layer| ids.contains(&layer.id)) {
                layer.visible = *visible;
            }
            Ok(())
        }
        Command::SetOpacity(id, opacity) => {
            found(document, *id, &mut |layer| layer.opacity = opacity.clamp(0.0, 1.0))
        }
        Command::Rename(id, name) => found(document, *id, &mut |layer| layer.name.clone_from(name)),
        Command::SetStyle(id, style) => {
            found(document, *id, &mut |layer| layer.style = Some(style.clone()))
        }
        Command::Dress { layer, style, opacity, scales } => found(document, *layer, &mut |layer| {
            layer.style = Some(Style::clone(style));
            layer.opacity = opacity.clamp(0.0, 1.0);
            layer.scales = *scales;
        }),
        Command::SetFilter(id, filter) => {
            found(document, *id, &mut |layer| layer.filter = filter.clone())
        }
        Command::SetSource(id, source) => {
            found(document, *id, &mut |layer| layer.source = source.clone())
        }
        Command::Duplicate(id) => {
            let at = position(document, *id)?;
            let copied = document.layers.get(at).cloned().ok_or(CommandError::NoLayer(*id))?;
            let id = LayerId(document.next_layer);
            document.next_layer += 1;
            let mut copy = Layer { id, ..copied };
            // Notes drawn on one would be on the other.
            let notes = copy.source.notes().and_then(|id| document.notes(id)).cloned();
            if let Some(notes) = notes {
                copy.source = LayerSource::of_notes(document.take_notes(&notes));
            }
            document.layers.insert(at, copy);
            Ok(())
        }
        Command::ShowOnly(id) => {
            position(document, *id)?;
            for layer in &mut document.layers {
                layer.visible = layer.id == *id;
            }
            let group = document.layer(*id).and_then(|layer| layer.group);
            if let Some(group) = group.and_then(|group| document.group_mut(group)) {
                group.visible = true;
            }
            Ok(())
        }
        Command::SetScales(id, scales) => found(document, *id, &mut |l| l.scales = *scales),
        Command::SetColumns(id, columns) => {
            found(document, *id, &mut |layer| layer.columns = columns.clone())
        }
        Command::SetJoins(id, joins) => {
            found(document, *id, &mut |layer| layer.joins.clone_from(joins))
        }
        Command::SetPlaceColumns(id, columns) => {
            found(document, *id, &mut |layer| layer.by_place.clone_from(columns))
        }
        Command::SetPlaceNames(id, names) => {
            found(document, *id, &mut |layer| layer.place_names = names.as_deref().cloned())
        }
        Command::SetRefresh(id, refresh) => {
            found(document, *id, &mut |layer| layer.refresh = *refresh)
        }
        Command::AddNotes { layer, notes, at } => {
            let at = document.outside_groups(*at);
            let source = LayerSource::of_notes(document.take_notes(notes));
            let id = LayerId(document.next_layer);
            document.next_layer += 1;
            let layer = Layer { id, group: None, source, ..Layer::clone(layer) };
            document.layers.insert(at, layer);
            Ok(())
        }
        Command::ChangeNotes(id, change) => {
            document.notes_mut(*id).ok_or(CommandError::NoNotes(*id))?.change(change)
        }
        Command::AddBackdrops { backdrops, at } => {
            document.add_backdrops(backdrops, *at);
            Ok(())
        }
        Command::RemoveBackdrop(id) => {
            document.backdrop(*id).ok_or(CommandError::NoBackdrop(*id))?;
            document.backdrops.retain(|backdrop| backdrop.id != *id);
            Ok(())
        }
        Command::MoveBackdrop { backdrop, to } => document.move_backdrop(*backdrop, *to),
        Command::SetBackdropVisible(id, visible) => {
            document.change_backdrop(*id, |backdrop| backdrop.visible = *visible)
        }
        Command::SetBackdropOpacity(id, opacity) => {
            document.change_backdrop(*id, |backdrop| backdrop.opacity = opacity.clamp(0.0, 1.0))
        }
        Command::RenameBackdrop(id, name) => {
            document.change_backdrop(*id, |backdrop| backdrop.name.clone_from(name))
        }
        Command::SetBackdropCrs(id, crs) => {
            document.change_backdrop(*id, |backdrop| backdrop.crs.clone_from(crs))
        }
        Command::SetLegend(legend) => {
            document.legend.clone_from(legend);
            Ok(())
        }
        Command::SetBasemap(id) => {
            document.basemap.clone_from(id);
            Ok(())
        }
        Command::AddBasemap(own) => {
            document.add_basemap(own);
            Ok(())
        }
        Command::ChangeBasemap(own) => {
            document.change_basemap(own);
            Ok(())
        }
        Command::RemoveBasemap(id) => {
            document.remove_basemap(id);
            Ok(())
        }
        Command::SetBasemapLook(look) => {
            let opacity = if look.opacity.is_finite() { look.opacity } else { 1.0 };
            document.basemap_look = BasemapLook { opacity: opacity.clamp(0.0, 1.0), ..*look };
            Ok(())
        }
        Command::SetTitle(title) => {
            document.title.clone_from(title);
            Ok(())
        }
        Command::SetAbout(about) => {
            document.about.clone_from(about);
            Ok(())
        }
        Command::AddBookmark(bookmark) => {
            let name = document.free_bookmark_name(&bookmark.name, None);
            document.bookmarks.push(Bookmark { name, ..bookmark.clone() });
            Ok(())
        }
        Command::RenameBookmark(from, to) => {
            let name = document.free_bookmark_name(to, Some(from));
            let found = document.bookmarks.iter_mut().find(|bookmark| bookmark.name == *from);
            found.ok_or(CommandError::NoBookmark)?.name = name;
            Ok(())
        }
        Command::RemoveBookmark(name) => {
            document.bookmark(name).ok_or(CommandError::NoBookmark)?;
            document.bookmarks.retain(|bookmark| bookmark.name != *name);
            Ok(())
        }
        Command::AddSheet(..) | Command::SetSheet(..) | Command::RemoveSheet(_) => {
            document.change_sheets(command)
        }
        Command::MoveFiles(moved) => {
            let now = |path: &str| moved.iter().find(|(was, _)| was == path).map(|(_, is)| is);
            for layer in document.layers.iter_mut().filter(|layer| layer.source.is_file()) {
                if let Some(path) = now(&layer.source.path) {
                    layer.source.path.clone_from(path);
                }
            }
            let images = document.backdrops.iter_mut().map(|backdrop| &mut backdrop.path);
            let grounds = document.basemaps.iter_mut().filter_map(OwnBasemap::path_mut);
            for path in images.chain(grounds) {
                if let Some(moved) = now(path) {
                    path.clone_from(moved);
                }
            }
            Ok(())
        }
        Command::Replace { document: other, .. } => {
            document.clone_from(other);
            Ok(())
        }
        Command::SetView(view) => {
            document.view = Some(*view);
            Ok(())
        }
    }
}

fn move_layer(
    document: &mut Document,
    layer: LayerId,
    to: usize,
    group: Option<GroupId>,
) -> Result<(), CommandError> {
    let at = position(document, layer)?;
    if let Some(group) = group {
        document.group(group).ok_or(CommandError::NoGroup(group))?;
    }
    let mut moved = document.layers.remove(at);
    moved.group = group;
    let to = match group.map(|group| document.members(group)) {
        Some(members) if !members.is_empty() => to.clamp(members.start, members.end),
        _ => outside_groups(document, to),
    };
    document.layers.insert(to, moved);
    Ok(())
}

/// A position where no group would be split: below the group it lies in.
fn outside_groups(document: &Document, to: usize) -> usize {
    let to = to.min(document.layers.len());
    let inside = document.groups.iter().map(|group| document.members(group.id));
    inside.into_iter().find(|of| of.start < to && to < of.end).map_or(to, |of| of.end)
}

fn all_there(document: &Document, layers: &[LayerId]) -> Result<(), CommandError> {
    layers.iter().try_for_each(|layer| position(document, *layer).map(|_| ()))
}

fn position(document: &Document, id: LayerId) -> Result<usize, CommandError> {
    let at = document.layers.iter().position(|layer| layer.id == id);
    at.ok_or(CommandError::NoLayer(id))
}
