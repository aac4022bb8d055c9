//! Pictures from an archive, for the map.

use std::sync::Arc;

use super::Archive;
use crate::i18n::Message;
use crate::tiles::decode::decode;
use crate::tiles::{LocalTiles, Missing, TileId, TileImage};

/// How many levels up a tile that an archive lacks is cut out of a larger one.
const LEVELS_UP: u8 = 6;

/// Pictures of an archive.
pub struct RasterArchive {
    archive: Arc<Archive>,
    key: String,
    is_fine: bool,
}

impl RasterArchive {
    /// Its pictures under a word among all sources of tiles. Reads one tile, to learn how large
    /// they are: for jobs.
    pub fn new(archive: Arc<Archive>, key: String) -> RasterArchive {
        let facts = archive.facts();
        let [lon, lat] = facts.bounds.center();
        let middle = |z| TileId::at([lon, lat], z);
        let found = (facts.min_zoom..=facts.max_zoom)
            .find_map(|z| decode(&archive.tile(middle(z)).ok().flatten()?).ok());
        let is_fine = found.is_some_and(|tile| tile.width >= 512);
        RasterArchive { archive, key, is_fine }
    }
}

impl LocalTiles for RasterArchive {
    fn key(&self) -> &str {
        &self.key
    }

    fn max_zoom(&self) -> u8 {
        self.archive.facts().max_zoom
    }

    fn is_fine(&self) -> bool {
        self.is_fine
    }

    fn has(&self, tile: TileId) -> bool {
        self.archive.may_have(tile)
    }

    fn make(&self, tile: TileId) -> Result<TileImage, Missing> {
        let line = std::iter::successors(Some(tile), |tile| tile.parent());
        for ancestor in line.take(usize::from(LEVELS_UP) + 1) {
            let found = self.archive.tile(ancestor);
            let bytes = found.map_err(|error| Missing::Damaged(Box::new(error)))?;
            let Some(bytes) = bytes else { continue };
            let image = decode(&bytes).map_err(|detail| {
                let what = Message::new("tiles-missing-no-picture").text("detail", detail);
                Missing::Damaged(Box::new(self.error(what, ancestor)))
            })?;
            return if ancestor == tile { Ok(image) } else { part(&image, ancestor, tile) };
        }
        Err(Missing::NoSuchTile)
    }
}

impl RasterArchive {
    fn error(&self, what: Message, tile: TileId) -> crate::problem::FileError {
        let TileId { z, x, y } = tile;
        crate::problem::FileError::new(&self.archive.facts().path, what)
            .at(crate::problem::Place::Member(format!("{z}/{x}/{y}")))
    }
}

/// The part of a larger tile that a tile under it covers, enlarged.
fn part(image: &TileImage, of: TileId, tile: TileId) -> Result<TileImage, Missing> {
    let levels = u32::from(tile.z.saturating_sub(of.z)).min(8);
    let (width, height) = (image.width, image.height);
    let mut rgba = Vec::with_capacity(image.rgba.len());
    let inside = |at: u32, length: u32| (at & ((1 << levels) - 1)) * length;
    let (left, top) = (inside(tile.x, width), inside(tile.y, height));
    for y in 0..height {
        for x in 0..width {
            let from = [(left + x) >> levels, (top + y) >> levels];
            let at = (from[1] as usize * width as usize + from[0] as usize) * 4;
            let pixel = image.rgba.get(at..at + 4).ok_or(Missing::NoSuchTile)?;
            rgba.extend_from_slice(pixel);
        }
    }
    Ok(TileImage { width, height, rgba })
}
