//! The index of a sheet: names of a layer in the order of a street index, with the squares of a grid
//! over the map where they are found.

mod block;
mod entries;
mod grid;

pub(super) use block::{IndexBlock, pages};
pub(super) use entries::{Entry, entries};
pub(super) use grid::Grid;
