//! The basemap: tiles of the store as textures for walkers.

use std::collections::HashMap;

use egui::{ColorImage, Context, Rect, TextureHandle, TextureOptions, pos2};
use walkers::{Tile, TilePiece};

use crate::tiles::{Basemap, TileId, TileState, TileStore};

/// How many tiles become textures in one frame: each costs up to a millisecond.
const UPLOADS_PER_FRAME: usize = 12;

/// How many textures are kept (256 KB each).
const TEXTURES_KEPT: usize = 320;

/// How many levels up a missing tile is stood in for by a larger one.
const STAND_IN_LEVELS: usize = 5;

/// The textures of tiles shown lately.
#[derive(Default)]
pub(super) struct Textures {
    of: HashMap<(String, TileId), Kept>,
    frame: u64,
}

struct Kept {
    texture: TextureHandle,
    /// The frame it was last shown in.
    shown: u64,
}

impl Textures {
    /// Starts a frame: forgets what was not shown for longest when there is too much.
    pub fn begin_frame(&mut self) {
        self.frame += 1;
        if self.of.len() > TEXTURES_KEPT {
            let mut shown: Vec<u64> = self.of.values().map(|kept| kept.shown).collect();
            shown.sort_unstable();
            let oldest_kept = shown.get(self.of.len() - TEXTURES_KEPT).copied().unwrap_or(0);
            let last = self.frame.saturating_sub(1);
            self.of.retain(|_, kept| kept.shown >= oldest_kept.min(last));
        }
    }
}

/// A basemap in one frame.
pub(super) struct BasemapTiles<'a> {
    basemap: &'a Basemap,
    store: &'a TileStore,
    textures: &'a mut Textures,
    context: &'a Context,
    uploads_left: usize,
    /// Whether the server of any tile in view could not be reached.
    pub unreachable: bool,
}

impl<'a> BasemapTiles<'a> {
    pub fn new(
        basemap: &'a Basemap,
        store: &'a TileStore,
        textures: &'a mut Textures,
        context: &'a Context,
    ) -> BasemapTiles<'a> {
        BasemapTiles {
            basemap,
            store,
            textures,
            context,
            uploads_left: UPLOADS_PER_FRAME,
            unreachable: false,
        }
    }

    /// The texture of a tile, made now if the tile is there.
    fn texture(&mut self, tile: TileId) -> Option<TextureHandle> {
        let key = (self.basemap.id.clone(), tile);
        let frame = self.textures.frame;
        if let Some(kept) = self.textures.of.get_mut(&key) {
            kept.shown = frame;
            return Some(kept.texture.clone());
        }
        match self.store.get(self.basemap, tile) {
            TileState::Ready(image) => {
                let Some(left) = self.uploads_left.checked_sub(1) else {
                    self.context.request_repaint();
                    return None;
                };
                self.uploads_left = left;
                let size = [image.width as usize, image.height as usize];
                let pixels = ColorImage::from_rgba_unmultiplied(size, &image.rgba);
                let name = format!("{} {}/{}/{}", self.basemap.id, tile.z, tile.x, tile.y);
                let texture = self.context.load_texture(name, pixels, TextureOptions::LINEAR);
                self.textures.of.insert(key, Kept { texture: texture.clone(), shown: frame });
                Some(texture)
            }
            TileState::Loading => None,
            TileState::Missing(why) => {
                self.unreachable |= why.is_temporary();
                None
            }
        }
    }

    /// The texture of a larger tile that is already there.
    fn stand_in(&mut self, tile: TileId) -> Option<(TextureHandle, TileId)> {
        let ancestors = std::iter::successors(tile.parent(), |tile| tile.parent());
        for ancestor in ancestors.take(STAND_IN_LEVELS) {
            let key = (self.basemap.id.clone(), ancestor);
            if let Some(kept) = self.textures.of.get_mut(&key) {
                kept.shown = self.textures.frame;
                return Some((kept.texture.clone(), ancestor));
            }
        }
        None
    }
}

impl walkers::Tiles for BasemapTiles<'_> {
    fn at(&mut self, wanted: walkers::TileId) -> Option<TilePiece> {
        let wanted = TileId { z: wanted.zoom, x: wanted.x, y: wanted.y };
        if !wanted.exists() {
            return None;
        }
        // Beyond the deepest level the server has, its deepest tiles are enlarged.
        let excess = wanted.z.saturating_sub(self.basemap.max_zoom);
        let asked = TileId { z: wanted.z - excess, x: wanted.x >> excess, y: wanted.y >> excess };
        let (texture, of) = match self.texture(asked) {
            Some(texture) => (texture, asked),
            None => self.stand_in(asked)?,
        };
        Some(TilePiece::new(Tile::Raster(texture), piece(wanted, of)))
    }

    /// Painted by the map itself.
    fn attribution(&self) -> walkers::sources::Attribution {
        walkers::sources::Attribution { text: "", url: "", logo_light: None, logo_dark: None }
    }

    fn tile_size(&self) -> u32 {
        256
    }
}

/// Which part of a tile (0 to 1) a tile below it, or itself, is.
#[expect(clippy::cast_precision_loss, reason = "at most 24 levels: exact in f32")]
fn piece(wanted: TileId, of: TileId) -> Rect {
    let levels = wanted.z.saturating_sub(of.z).min(24);
    let share = 1.0 / (1_u32 << levels) as f32;
    let within = |at: u32| (at & ((1 << levels) - 1)) as f32 * share;
    let (x, y) = (within(wanted.x), within(wanted.y));
    Rect::from_min_max(pos2(x, y), pos2(x + share, y + share))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_of_a_larger_tile() {
        let tile = TileId { z: 12, x: 2090, y: 1369 };
        let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
        assert_eq!(piece(tile, tile), whole);
        let parent = TileId { z: 11, x: 1045, y: 684 };
        let quarter = Rect::from_min_max(pos2(0.0, 0.5), pos2(0.5, 1.0));
        assert_eq!(piece(tile, parent), quarter);
    }
}
