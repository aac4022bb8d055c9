//! Names on the map: what is written beside points, along lines and inside areas, placed over all
//! layers together so that none covers another. One placer serves screen and paper.
//!
//! - [`LabelPlaces`] and [`LabelSource`] are what there is to name of a layer, made once per table
//!   and texts: lines of one name put together, inner points of areas (found when first needed).
//! - [`place`] puts the labels of a [`Region`] in their places. The answer depends on nothing but
//!   what it is given: the same region has the same labels, however one came to look at it.
//! - [`Placement::tally`] tells how many of them a view shows, and why not all.
//! - [`Atlas`] is the labels as a picture, for a screen.
//!
//! Names compete in one order: those with priority, then areas, points and lines; then the layers
//! from the top; then the largest. Each takes the best place that is still free, so that a name
//! never depends on one that comes after it.

mod along;
mod areas;
mod boxes;
mod frame;
mod layout;
mod lines;
mod place;
mod placed;
mod points;
mod polylabel;
mod raster;
mod runs;
mod source;
mod symbols;
mod tally;
#[cfg(test)]
mod tests;

pub(crate) use along::Path as AlongPath;
pub(crate) use boxes::Taken;
pub use boxes::TurnedBox;
pub use frame::{LabelFrame, Region};
pub use place::{LabelLayer, place, place_around};
pub use placed::{LabelText, Outcome, PlacedLabel, Placement};
pub use polylabel::{InnerPoint, inner_point};
pub use raster::{Atlas, AtlasPage, LabelLook, Sprite};
pub(crate) use runs::{NamedLine, runs as joined_lines};
pub use source::{LabelPlaces, LabelSource};
pub use symbols::SymbolSizes;
pub use tally::Tally;
