//! Where tiles come from: a server, or what makes them here.

use std::sync::Arc;

use super::{Basemap, Missing, TileId, TileImage};

/// Makes tiles itself, such as an image of the person's own laid on the map, or an archive.
pub trait LocalTiles: Send + Sync {
    /// Its word among all sources of tiles. Another one whenever its tiles become others.
    fn key(&self) -> &str;

    /// The deepest zoom level worth asking for.
    fn max_zoom(&self) -> u8;

    /// Whether its tiles have the pixels of a fine screen: they are shown at half their size.
    fn is_fine(&self) -> bool {
        false
    }

    /// Whether it reaches into a tile. Costs nothing.
    fn has(&self, tile: TileId) -> bool;

    /// A tile. Takes its time: only workers call it.
    ///
    /// # Errors
    /// [`Missing::NoSuchTile`] where there is nothing in it; [`Missing::Damaged`] where the file it
    /// is made from cannot be read there.
    fn make(&self, tile: TileId) -> Result<TileImage, Missing>;
}

/// Where tiles come from.
#[derive(Clone, Copy)]
pub enum TileSource<'a> {
    /// A server, with the tiles of it that are on disk.
    Server(&'a Basemap),
    /// Made here.
    Local(&'a Arc<dyn LocalTiles>),
}

impl<'a> From<&'a Basemap> for TileSource<'a> {
    fn from(basemap: &'a Basemap) -> Self {
        TileSource::Server(basemap)
    }
}

impl TileSource<'_> {
    /// Its word among all sources.
    pub fn key(&self) -> &str {
        match self {
            TileSource::Server(basemap) => &basemap.id,
            TileSource::Local(tiles) => tiles.key(),
        }
    }

    /// The deepest zoom level it has.
    pub fn max_zoom(&self) -> u8 {
        match self {
            TileSource::Server(basemap) => basemap.max_zoom,
            TileSource::Local(tiles) => tiles.max_zoom(),
        }
    }

    /// The first zoom level it has.
    pub fn min_zoom(&self) -> u8 {
        match self {
            TileSource::Server(basemap) => basemap.min_zoom,
            TileSource::Local(_) => 0,
        }
    }

    /// Whether it has such a tile, as far as that is known without looking.
    pub(super) fn may_have(&self, tile: TileId) -> bool {
        let is_in_grid = tile.exists() && (self.min_zoom()..=self.max_zoom()).contains(&tile.z);
        is_in_grid
            && match self {
                TileSource::Server(_) => true,
                TileSource::Local(tiles) => tiles.has(tile),
            }
    }
}

/// The same, to be kept until a worker comes to it.
#[derive(Clone)]
pub(super) enum KeptSource {
    Server(Arc<Basemap>),
    Local(Arc<dyn LocalTiles>),
}
