//! The basemap and the backdrops over it: tiles of the store as textures for walkers.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use egui::{ColorImage, Context, Rect, TextureHandle, TextureOptions, pos2};
use walkers::{Tile, TilePiece};

use crate::style::ramp::Vision;
use crate::tiles::{
    Basemap, BasemapLook, Ground, LocalTiles, Missing, TileId, TileSource, TileState, TileStore,
    make_grey,
};

/// How many tiles become textures in one frame: each costs up to a millisecond.
const UPLOADS_PER_FRAME: usize = 12;

/// How much of textures is kept, bytes: 320 tiles of the usual size.
const TEXTURES_KEPT: usize = 320 << 18;

/// How many levels up a missing tile is stood in for by a larger one.
const STAND_IN_LEVELS: usize = 5;

/// From how many pixels per point on tiles of the next level are shown at half their size, so that
/// their lines and letters are as sharp as the screen.
const SHARP_FROM: f32 = 1.5;

/// From more pixels per point than this on tiles of twice the size are asked for, where a server
/// has them: as sharp, with letters of the usual size and a quarter of the requests.
const RETINA_ABOVE: f32 = 1.25;

/// How wide a tile is drawn at its own zoom level, points.
fn tile_points(pixels_per_point: f32, deepens: bool) -> u32 {
    if pixels_per_point >= SHARP_FROM && deepens { 128 } else { 256 }
}

/// The tiles in view that could not be had, as of the last frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MissingTiles {
    /// How many; places where the basemap has nothing are not among them.
    pub count: usize,
    /// Why, and how many for each reason, the commonest first.
    pub reasons: Vec<(Missing, usize)>,
    /// Whether the basemap has no level as far out as this.
    pub is_too_far: bool,
}

impl MissingTiles {
    fn of(missing: BTreeMap<TileId, Missing>, is_too_far: bool) -> MissingTiles {
        let count = missing.len();
        let mut reasons: Vec<(Missing, usize)> = Vec::new();
        for why in missing.into_values() {
            match reasons.iter_mut().find(|(known, _)| *known == why) {
                Some((_, tiles)) => *tiles += 1,
                None => reasons.push((why, 1)),
            }
        }
        reasons.sort_by_key(|(_, tiles)| std::cmp::Reverse(*tiles));
        MissingTiles { count, reasons, is_too_far }
    }
}

/// A backdrop: tiles of the person's own, over the basemap and under the layers.
#[derive(Clone)]
pub struct MapBackdrop {
    /// What makes its tiles.
    pub tiles: Arc<dyn LocalTiles>,
    /// 0 (invisible) to 1.
    pub opacity: f32,
}

/// The textures of tiles shown lately.
#[derive(Default)]
pub(super) struct Textures {
    of: HashMap<Key, Kept>,
    frame: u64,
    /// How many more tiles may become textures in this frame.
    uploads_left: usize,
    /// Who looks at them.
    pub vision: Vision,
}

/// A tile of a source, in colour or grey, as someone sees it.
type Key = (String, TileId, bool, Vision);

struct Kept {
    texture: TextureHandle,
    bytes: usize,
    /// The frame it was last shown in.
    shown: u64,
}

impl Textures {
    /// Starts a frame: forgets what was not shown for longest when there is too much.
    pub fn begin_frame(&mut self) {
        self.frame += 1;
        self.uploads_left = UPLOADS_PER_FRAME;
        let bytes: usize = self.of.values().map(|kept| kept.bytes).sum();
        if bytes > TEXTURES_KEPT {
            let mut newest: Vec<(u64, usize)> =
                self.of.values().map(|kept| (kept.shown, kept.bytes)).collect();
            newest.sort_unstable_by(|a, b| b.cmp(a));
            let mut left = TEXTURES_KEPT;
            let fitting = newest.into_iter().map_while(|(shown, bytes)| {
                left = left.checked_sub(bytes)?;
                Some(shown)
            });
            let oldest_kept = fitting.last().unwrap_or(0);
            let last = self.frame.saturating_sub(1);
            self.of.retain(|_, kept| kept.shown >= oldest_kept.min(last));
        }
    }
}

/// What a ground is made of.
#[expect(clippy::large_enum_variant, reason = "a few at a time, on the stack")]
enum Source<'a> {
    Basemap(Cow<'a, Basemap>),
    Local(&'a Arc<dyn LocalTiles>),
}

impl Source<'_> {
    fn of_tiles(&self) -> TileSource<'_> {
        match self {
            Source::Basemap(basemap) => TileSource::Server(basemap),
            Source::Local(tiles) => TileSource::Local(tiles),
        }
    }
}

/// A basemap or a backdrop in one frame.
pub(super) struct GroundTiles<'a> {
    source: Source<'a>,
    /// Whether fine screens are shown tiles of the next level at half their size.
    deepens: bool,
    look: BasemapLook,
    store: &'a TileStore,
    textures: &'a RefCell<Textures>,
    context: &'a Context,
    /// The tiles in view that could not be had.
    missing: BTreeMap<TileId, Missing>,
    is_too_far: bool,
}

/// How the texture of a tile stands.
enum Shown {
    There(TextureHandle),
    Underway,
    /// It cannot be had, now or at all.
    Failed,
}

impl<'a> GroundTiles<'a> {
    /// The tiles of a basemap.
    pub fn of_ground(
        ground: &'a Ground,
        look: BasemapLook,
        store: &'a TileStore,
        textures: &'a RefCell<Textures>,
        context: &'a Context,
    ) -> GroundTiles<'a> {
        let is_fine = context.pixels_per_point() > RETINA_ABOVE;
        let (source, deepens) = match ground.source() {
            TileSource::Server(basemap) => {
                let retina = if is_fine { basemap.retina() } else { None };
                let deepens = basemap.deepens && retina.is_none();
                (Source::Basemap(retina.map_or(Cow::Borrowed(basemap), Cow::Owned)), deepens)
            }
            TileSource::Local(tiles) => (Source::Local(tiles), !tiles.is_fine()),
        };
        // What is drawn from vectors comes as it is to look.
        let grey = look.grey && ground.vectors().is_none();
        GroundTiles {
            deepens,
            source,
            look: BasemapLook { grey, ..look },
            store,
            textures,
            context,
            missing: BTreeMap::new(),
            is_too_far: false,
        }
    }

    /// The tiles of a backdrop.
    pub fn of_backdrop(
        tiles: &'a Arc<dyn LocalTiles>,
        store: &'a TileStore,
        textures: &'a RefCell<Textures>,
        context: &'a Context,
    ) -> GroundTiles<'a> {
        GroundTiles {
            deepens: !tiles.is_fine(),
            source: Source::Local(tiles),
            look: BasemapLook::default(),
            store,
            textures,
            context,
            missing: BTreeMap::new(),
            is_too_far: false,
        }
    }

    /// The tiles in view that could not be had, and whether a server was out of reach.
    pub fn missing(self) -> (MissingTiles, bool) {
        let unreachable = self.missing.values().any(Missing::is_temporary);
        (MissingTiles::of(self.missing, self.is_too_far), unreachable)
    }

    fn key(&self, tile: TileId) -> Key {
        let vision = self.textures.borrow().vision;
        (self.source.of_tiles().key().to_owned(), tile, self.look.grey, vision)
    }

    /// The texture of a tile, made now if the tile is there. One that cannot be had is counted where
    /// it is one of those in view.
    fn texture(&mut self, tile: TileId, is_counted: bool) -> Shown {
        let key = self.key(tile);
        let textures = &mut *self.textures.borrow_mut();
        let frame = textures.frame;
        if let Some(kept) = textures.of.get_mut(&key) {
            kept.shown = frame;
            return Shown::There(kept.texture.clone());
        }
        match self.store.get(self.source.of_tiles(), tile) {
            TileState::Ready(image) => {
                let Some(left) = textures.uploads_left.checked_sub(1) else {
                    self.context.request_repaint();
                    return Shown::Underway;
                };
                textures.uploads_left = left;
                let size = [image.width as usize, image.height as usize];
                let pixels = if self.look.grey || textures.vision != Vision::Usual {
                    let mut changed = image.rgba.clone();
                    if self.look.grey {
                        make_grey(&mut changed);
                    }
                    textures.vision.see(&mut changed);
                    ColorImage::from_rgba_unmultiplied(size, &changed)
                } else {
                    ColorImage::from_rgba_unmultiplied(size, &image.rgba)
                };
                let name = format!("{} {}/{}/{}", key.0, tile.z, tile.x, tile.y);
                let texture = self.context.load_texture(name, pixels, TextureOptions::LINEAR);
                let bytes = image.rgba.len();
                let kept = Kept { texture: texture.clone(), bytes, shown: frame };
                textures.of.insert(key, kept);
                Shown::There(texture)
            }
            TileState::Loading => Shown::Underway,
            TileState::Missing(why) => {
                if is_counted && why != Missing::NoSuchTile {
                    self.missing.insert(tile, why);
                }
                Shown::Failed
            }
        }
    }

    /// The texture of the nearest larger tile that can be had, from disk or server too: for a tile
    /// that cannot. Only of servers: an archive that has no tile has nothing there.
    fn larger(&mut self, tile: TileId) -> Option<(TextureHandle, TileId)> {
        let TileSource::Server(basemap) = self.source.of_tiles() else { return None };
        let least = basemap.min_zoom;
        let ancestors = std::iter::successors(tile.parent(), |tile| tile.parent());
        let ancestors = ancestors.take(STAND_IN_LEVELS).take_while(|tile| tile.z >= least);
        for ancestor in ancestors.collect::<Vec<_>>() {
            match self.texture(ancestor, false) {
                Shown::There(texture) => return Some((texture, ancestor)),
                // What comes in a moment is waited for, not what lies above it.
                Shown::Underway => return None,
                Shown::Failed => {}
            }
        }
        None
    }

    /// The texture of a larger tile that is already there.
    fn stand_in(&mut self, tile: TileId) -> Option<(TextureHandle, TileId)> {
        let ancestors = std::iter::successors(tile.parent(), |tile| tile.parent());
        let keys: Vec<_> =
            ancestors.take(STAND_IN_LEVELS).map(|tile| (tile, self.key(tile))).collect();
        let textures = &mut *self.textures.borrow_mut();
        for (ancestor, key) in keys {
            if let Some(kept) = textures.of.get_mut(&key) {
                kept.shown = textures.frame;
                return Some((kept.texture.clone(), ancestor));
            }
        }
        None
    }
}

impl walkers::Tiles for GroundTiles<'_> {
    fn at(&mut self, wanted: walkers::TileId) -> Option<TilePiece> {
        let wanted = TileId { z: wanted.zoom, x: wanted.x, y: wanted.y };
        if !wanted.exists() {
            return None;
        }
        // Beyond the deepest level there is, its deepest tiles are enlarged.
        let excess = wanted.z.saturating_sub(self.source.of_tiles().max_zoom());
        let asked = TileId { z: wanted.z - excess, x: wanted.x >> excess, y: wanted.y >> excess };
        if asked.z < self.source.of_tiles().min_zoom() {
            self.is_too_far = true;
            return None;
        }
        let (texture, of) = match self.texture(asked, true) {
            Shown::There(texture) => (texture, asked),
            Shown::Underway => self.stand_in(asked)?,
            Shown::Failed => self.stand_in(asked).or_else(|| self.larger(asked))?,
        };
        Some(TilePiece::new(Tile::Raster(texture), piece(wanted, of)))
    }

    /// Painted by the map itself.
    fn attribution(&self) -> walkers::sources::Attribution {
        walkers::sources::Attribution { text: "", url: "", logo_light: None, logo_dark: None }
    }

    fn tile_size(&self) -> u32 {
        tile_points(self.context.pixels_per_point(), self.deepens)
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

    /// Which tiles a view of Ghent at zoom 12 asks for.
    fn levels_asked(pixels_per_point: f32) -> Vec<u8> {
        levels_asked_of(crate::tiles::basemap("osm").unwrap(), pixels_per_point)
    }

    fn levels_asked_of(basemap: &Basemap, pixels_per_point: f32) -> Vec<u8> {
        let ground = Ground::of_server(basemap.clone());
        let folder = tempfile::tempdir().unwrap();
        let limits = crate::tiles::TileLimits { offline: true, ..Default::default() };
        let store = TileStore::with_limits(folder.path().to_owned(), Arc::new(|| {}), limits);
        let mut memory = walkers::MapMemory::default();
        memory.center_at(walkers::lon_lat(3.7253, 51.0536));
        memory.set_zoom(12.0).unwrap();
        let textures = RefCell::new(Textures::default());
        let context = Context::default();
        context.set_pixels_per_point(pixels_per_point);
        let mut levels = std::collections::BTreeSet::new();
        // The size of a pixel holds from the second frame on.
        for _ in 0..2 {
            levels.clear();
            let _ = context.run_ui(egui::RawInput::default(), |ui| {
                let context = ui.ctx().clone();
                let look = BasemapLook::default();
                let mut tiles = Asked {
                    tiles: GroundTiles::of_ground(&ground, look, &store, &textures, &context),
                    levels: &mut levels,
                };
                walkers::Map::new(Some(&mut tiles), &mut memory, walkers::lon_lat(0.0, 0.0))
                    .show(ui, |_, _, _, _| ());
            });
        }
        levels.into_iter().collect()
    }

    struct Asked<'a, 'b> {
        tiles: GroundTiles<'a>,
        levels: &'b mut std::collections::BTreeSet<u8>,
    }

    impl walkers::Tiles for Asked<'_, '_> {
        fn at(&mut self, tile: walkers::TileId) -> Option<TilePiece> {
            self.levels.insert(tile.zoom);
            self.tiles.at(tile)
        }
        fn attribution(&self) -> walkers::sources::Attribution {
            self.tiles.attribution()
        }
        fn tile_size(&self) -> u32 {
            self.tiles.tile_size()
        }
    }

    #[test]
    fn fine_screens_get_the_tiles_of_the_next_level() {
        assert_eq!(levels_asked(1.0), [12]);
        assert_eq!(levels_asked(1.25), [12]);
        assert_eq!(levels_asked(1.5), [13]);
        assert_eq!(levels_asked(2.0), [13]);
    }

    #[test]
    fn servers_with_tiles_for_fine_screens_are_asked_for_those() {
        let osm = crate::tiles::basemap("osm").unwrap();
        let retina_url = Some("https://example.org/{z}/{x}/{y}@2x.png".to_owned());
        let fine = Basemap { retina_url, ..osm.clone() };
        let folder = tempfile::tempdir().unwrap();
        let limits = crate::tiles::TileLimits { offline: true, ..Default::default() };
        let store = TileStore::with_limits(folder.path().to_owned(), Arc::new(|| {}), limits);
        let textures = RefCell::new(Textures::default());
        for (basemap, scale, id, level) in [
            (osm, 2.0, "osm", 13),
            (&fine, 1.0, "osm", 12),
            (&fine, 1.25, "osm", 12),
            (&fine, 1.3, "osm@2x", 12),
            (&fine, 2.0, "osm@2x", 12),
        ] {
            assert_eq!(levels_asked_of(basemap, scale), [level], "{scale}");
            let context = Context::default();
            context.set_pixels_per_point(scale);
            let _ = context.run_ui(egui::RawInput::default(), |_| {});
            let look = BasemapLook::default();
            let ground = Ground::of_server(basemap.clone());
            let tiles = GroundTiles::of_ground(&ground, look, &store, &textures, &context);
            assert_eq!(tiles.key(TileId { z: 1, x: 0, y: 0 }).0, id, "{scale}");
        }
    }

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
