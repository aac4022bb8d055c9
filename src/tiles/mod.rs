//! Basemaps without a screen: the sources and their rules, download, cache, decoding.
//!
//! Tiles that are made here ([`LocalTiles`]) go the same way: asked for without waiting, made by
//! workers, the newest view first, and kept in memory.
//!
//! Whole basemaps in one file are [`archive`]s; what their vector tiles hold is read by [`vector`].
//! An area of a basemap is taken along by [`take`](mod@take). A map of an address that a person gives
//! is a [`WebMap`]; [`look_at`] finds out what is there.
//! However its tiles come, a basemap that is shown is a [`Ground`].
//!
//! A [`TileStore`] gives tiles without ever blocking: it answers with what memory holds and lets a
//! few workers read the disk or ask the server. Nothing is fetched that nobody asked for: no
//! prefetching, and no thread or connection before the first tile of a basemap is wanted.

pub mod archive;
mod catalogue;
mod decode;
mod disk;
mod download;
mod fetch;
mod freshness;
mod ground;
mod look;
mod source;
mod state;
mod store;
pub mod take;
mod tile;
pub mod vector;
mod web_map;

pub use catalogue::{BASEMAP_DEFAULT, BASEMAP_NONE, Basemap, basemap, basemaps, server_of};
pub use disk::CachedSource;
pub use ground::{Ground, GroundTiles, offered_ground};
pub use look::{BasemapLook, make_grey};
pub use source::{LocalTiles, TileSource};
pub use store::{Activity, TileLimits, TileStore};
pub use tile::{Missing, TileId, TileImage, TileState};
pub use web_map::{
    Chosen, DEEPEST_LEVEL, Fine, FoundLayer, FoundMap, FoundService, Named, Pattern, Tried,
    WebForm, WebMap, Worth, key_in, look_at, try_out, without_keys,
};
