//! Tiles from memory, disk and network.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::{Basemap, Missing, TileId, TileState};
use crate::jobs::{Cancelled, Watch};

/// What the store is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Tiles asked for and not here yet.
    pub loading: usize,
    /// Tiles last asked for that could not be had for lack of an answer; they are tried again.
    pub failed: usize,
}

/// Gives tiles; shared by the window and by figures.
pub struct TileStore {
    cache_dir: PathBuf,
    wake: Arc<dyn Fn() + Send + Sync>,
}

impl TileStore {
    /// A store that keeps tiles under a folder (made when first needed) and calls `wake` whenever
    /// a tile's state changed.
    pub fn new(cache_dir: PathBuf, wake: Arc<dyn Fn() + Send + Sync>) -> TileStore {
        TileStore { cache_dir, wake }
    }

    /// How a tile stands. Never blocks: a tile not in memory is queued.
    pub fn get(&self, _basemap: &Basemap, _tile: TileId) -> TileState {
        (self.wake)();
        log::debug!("{}", self.cache_dir.display());
        TileState::Missing(Missing::NoSuchTile)
    }

    /// Waits until each tile is here or cannot be had, or the time is up (then some may still be
    /// [`TileState::Loading`]). One state for each tile asked for, in order.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn wait(
        &self,
        basemap: &Basemap,
        tiles: &[TileId],
        _at_most: Duration,
        watch: &Watch,
    ) -> Result<Vec<TileState>, Cancelled> {
        watch.check()?;
        Ok(tiles.iter().map(|tile| self.get(basemap, *tile)).collect())
    }

    /// What the store is doing.
    pub fn activity(&self) -> Activity {
        Activity::default()
    }
}
