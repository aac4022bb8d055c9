//! The document: what the user made. Layers, view and basemap, as small plain data.
//!
//! It names files, it does not hold their data; it knows nothing of the window. Every change goes
//! through [`Command`] and one function, [`apply`]; undo is a list of documents ([`History`]).

mod backdrop;
mod by_place;
mod command;
mod document;
mod file;
mod filter;
mod find;
mod group;
mod history;
mod own_basemap;
mod paper;
mod rectangle;
mod sheet;
mod sheet_lists;
mod sheet_parts;
mod sheet_places;

pub use backdrop::{Backdrop, BackdropId};
pub use by_place::PlaceColumns;
pub use command::{Command, CommandError, apply};
pub use document::{
    Attribution, Document, Join, Layer, LayerId, LayerSource, Refresh, ScaleRange, TableColumns,
    View,
};
pub use file::{FORMAT_VERSION, open_project, save_project};
pub use filter::{Filter, PlaceFilter, PlaceOf};
pub use find::{is_project, sample_project};
pub use group::{GroupId, LayerGroup, Way};
pub use history::History;
pub use own_basemap::{OwnBasemap, OwnSource};
pub use paper::{Orientation, Paper, SheetTiles};
pub use rectangle::Rectangle;
pub use sheet::{BasemapText, Sheet, SheetAtlas, SheetPlane, SheetSubject};
pub use sheet_lists::{IndexBy, ListPlace, NumberOrder, SheetIndex, SheetPoint, SheetSum};
pub use sheet_parts::{HouseStyle, SheetPart};
pub use sheet_places::{FREE_EDGE, FromEdge, MovablePart, PartPlace, SheetLogo, TextBlock};
