//! Tiles of an archive read as a map of a city, kept for a while.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::i18n::{Language, Message};
use crate::problem::{FileError, Place};
use crate::tiles::TileId;
use crate::tiles::archive::Archive;
use crate::tiles::vector::CityTile;

/// How many levels up a tile that the archive lacks is looked for in a larger one.
const LEVELS_UP: usize = 6;

/// Tiles of a city.
pub(super) struct CitySource {
    archive: Arc<Archive>,
    language: Language,
    kept: Mutex<Kept>,
    most: usize,
}

/// Tiles read lately, and when each was last used.
#[derive(Default)]
struct Kept {
    tiles: BTreeMap<TileId, (u64, Option<Arc<CityTile>>)>,
    clock: u64,
}

impl CitySource {
    /// The tiles of an archive with names in a language; so many stay in memory.
    pub fn new(archive: Arc<Archive>, language: Language, most: usize) -> CitySource {
        CitySource { archive, language, kept: Mutex::new(Kept::default()), most }
    }

    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// The level of the tiles that a zoom level of the screen is drawn from: vector tiles are made
    /// to be shown twice as large as pictures.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    pub fn level(&self, zoom: f64) -> u8 {
        let facts = self.archive.facts();
        // A little earlier than half way, so that streets that are wide enough to be seen are there.
        let level = (zoom - 0.8).floor().clamp(0.0, 30.0) as u8;
        level.clamp(facts.min_zoom, facts.max_zoom)
    }

    /// A tile, or the larger one that it is a part of; none where there is nothing.
    ///
    /// # Errors
    /// When the archive is damaged there.
    pub fn find(&self, tile: TileId) -> Result<Option<(TileId, Arc<CityTile>)>, FileError> {
        for ancestor in std::iter::successors(Some(tile), |tile| tile.parent()).take(LEVELS_UP + 1)
        {
            if let Some(found) = self.read(ancestor)? {
                return Ok(Some((ancestor, found)));
            }
        }
        Ok(None)
    }

    fn read(&self, tile: TileId) -> Result<Option<Arc<CityTile>>, FileError> {
        let lock = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        {
            let mut kept = lock();
            kept.clock += 1;
            let clock = kept.clock;
            if let Some((used, known)) = kept.tiles.get_mut(&tile) {
                *used = clock;
                return Ok(known.clone());
            }
        }
        // Read without the lock: two workers may read the same tile, which costs less than waiting.
        let bytes = self.archive.tile(tile)?;
        let read = bytes.map(|bytes| CityTile::read(&bytes, self.language)).transpose();
        let read = read.map_err(|bad| {
            let what = Message::new("tiles-error-vector").text("detail", bad.to_string());
            let TileId { z, x, y } = tile;
            FileError::new(&self.archive.facts().path, what)
                .at(Place::Member(format!("{z}/{x}/{y}")))
                .remedy(Message::new("tiles-error-again"))
        })?;
        let found = read.map(Arc::new);
        let mut kept = lock();
        let clock = kept.clock;
        kept.tiles.insert(tile, (clock, found.clone()));
        if kept.tiles.len() > self.most {
            let oldest = kept.tiles.iter().min_by_key(|(_, (used, _))| *used);
            if let Some(oldest) = oldest.map(|(tile, _)| *tile) {
                kept.tiles.remove(&oldest);
            }
        }
        Ok(found)
    }
}
