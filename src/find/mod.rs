//! Finding by what a person types: features by name, places by coordinates, words in short lists.
//!
//! - [`places`] reads coordinates in many notations and says how it read them.
//! - [`NameIndex`] knows what the rows of one table are called; made once per table, it answers a
//!   [`Query`] in a few milliseconds for a million names.
//! - [`closeness`] ranks the words of a short list (layers, commands) for the same query.

mod coordinates;
mod matching;
mod names;

pub use coordinates::{Place, Read, degrees, metres, places};
pub use matching::{Closeness, Query, closeness};
pub use names::{Found, Matches, NameIndex, Naming, SHARED, naming_columns};
