//! The document: what the user made. Layers, view and basemap, as small plain data.
//!
//! It names files, it does not hold their data; it knows nothing of the window. Every change goes
//! through [`Command`] and one function, [`apply`]; undo is a list of documents ([`History`]).

mod command;
mod document;
mod file;
mod find;
mod history;

pub use command::{Command, CommandError, apply};
pub use document::{
    Attribution, Document, Filter, Layer, LayerId, LayerSource, TableColumns, View, Within,
};
pub use file::{FORMAT_VERSION, open_project, save_project};
pub use find::{is_project, sample_project};
pub use history::History;
