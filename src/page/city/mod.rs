//! A map of a city drawn from vector tiles: the same on the screen, on figures and on paper.
//!
//! It lies in this room because it is a display list like any other: [`CityTiles`] turns it into
//! the tiles of a screen by the writer of pixels, pages take its paths and texts as they are. The
//! map knows such tiles only as [`crate::tiles::LocalTiles`].

mod draw;
mod look;
mod names;
mod screen;
mod source;

pub use draw::FigureCity;
pub(super) use draw::city_items;
pub use look::CityLook;
pub use screen::CityTiles;
