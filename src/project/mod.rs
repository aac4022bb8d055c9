//! The document: what the user made. Layers, view and basemap, as small plain data.
//!
//! It names files, it does not hold their data, but for what is drawn on the map by hand; it knows
//! nothing of the window. Every change goes
//! through [`Command`] and one function, [`apply`]; undo is a list of documents ([`History`]).

mod about;
mod backdrop;
mod by_place;
mod command;
mod command_label;
mod document;
mod file;
mod files;
mod filter;
mod find;
mod group;
mod history;
mod journal;
mod naming;
mod nearby;
mod notes;
mod own_basemap;
mod pack;
mod paper;
mod rectangle;
mod salvage;
mod sheet;
mod sheet_lists;
mod sheet_parts;
mod sheet_places;
mod stamp;

pub use about::{About, Bookmark};
pub use backdrop::{Backdrop, BackdropId};
pub use by_place::PlaceColumns;
pub use command::{Command, CommandError, Replaced, apply};
pub use document::{
    Attribution, Document, Join, Layer, LayerId, LayerSource, Refresh, ScaleRange, TableColumns,
    View,
};
pub use file::{
    FORMAT_VERSION, OpenedProject, SaveError, Saved, backup_of, open_project, read_project,
    save_over, save_project,
};
pub use files::{FileSeen, LoadedTable, TableChange, TableSeen, seen_now};
pub use filter::{Filter, PlaceFilter, PlaceOf};
pub use find::{is_project, sample_project};
pub use group::{GroupId, LayerGroup, Way};
pub use history::History;
pub use journal::{Journal, Leftover, News, Unsaved, left_over};
pub use naming::{NameDecision, NamedLayer, PlaceNames};
pub use nearby::{FilesNow, FoundFile, MissingFile, files_now};
pub use notes::{
    Note, NoteField, NoteFieldKind, NoteId, NoteKind, NoteList, NoteSet, NoteValue, NoteValues,
    NotesChange, NotesId, Reshaped, note_symbol, notes_style,
};
pub use own_basemap::{OwnBasemap, OwnSource};
pub use pack::{
    Kept, KeptBasemap, Packed, PackedCopy, copies_of, is_pack, pack, project_stem, unpack,
};
pub use paper::{Orientation, Paper, SheetTiles};
pub use rectangle::Rectangle;
pub use sheet::{BasemapText, Sheet, SheetAtlas, SheetPlane, SheetSubject};
pub use sheet_lists::{IndexBy, ListPlace, NumberOrder, SheetIndex, SheetPoint, SheetSum};
pub use sheet_parts::{HouseStyle, SheetPart};
pub use sheet_places::{FREE_EDGE, FromEdge, MovablePart, PartPlace, SheetLogo, TextBlock};
pub use stamp::Stamp;
pub(crate) use stamp::hex;
