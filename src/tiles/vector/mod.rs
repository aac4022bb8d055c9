//! What is in vector tiles, as a map of a city needs it.
//!
//! - `mvt` reads the layers of a tile (Mapbox Vector Tile Specification 2.1).
//! - [`CityTile`] is a tile in this program's own few classes, whichever of the three usual schemas
//!   its maker followed: OpenMapTiles, Protomaps, Shortbread.

mod classes;
mod mvt;
mod schema;

pub use classes::{
    BorderLevel, CityClass, CityFeature, CityShape, CityTile, Green, PlaceRank, Road, RoadRank,
};
pub use mvt::BadTile;
