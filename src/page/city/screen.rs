//! The tiles of a screen, drawn from vectors.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::draw::{Drawing, Placed};
use super::look::CityLook;
use super::names::{Name, name_items, place_names};
use super::source::CitySource;
use crate::i18n::Language;
use crate::jobs::Watch;
use crate::page::display::{DisplayList, Group, Role};
use crate::page::frame::{Frame, MILLIMETRES_PER_POINT};
use crate::page::pixels::render;
use crate::page::plane::PagePlane;
use crate::tiles::archive::Archive;
use crate::tiles::{LocalTiles, Missing, TileId, TileImage};

/// The side of a tile, points.
const SIDE: f32 = 256.0;

/// Names are placed over squares of so many levels: 4 × 4 tiles. No name crosses the edge of such a
/// square, so none is cut, and what is written in a tile depends on its square alone.
const GROUP_LEVELS: u8 = 2;

/// How far down tiles are drawn, however deep the archive goes: lines stay sharp.
const DEEPEST: u8 = 22;

/// How many read tiles, and squares with their names, stay in memory.
const TILES_KEPT: usize = 64;
const GROUPS_KEPT: usize = 48;

/// How far outside of its square a tile of the archive is drawn: as far as it has anything.
const MARGIN: f64 = 0.06;

type Names = Arc<OnceLock<Arc<Vec<Name>>>>;

/// Pictures of a map of a city for the screen.
pub struct CityTiles {
    source: CitySource,
    look: CityLook,
    /// Pixels of a point.
    density: f32,
    key: String,
    /// The names of squares, and when each was last used.
    groups: Mutex<(u64, BTreeMap<TileId, (u64, Names)>)>,
}

impl CityTiles {
    /// Draws an archive with names in a language, for a screen with so many pixels a point. `key` is
    /// its word among all sources of tiles: another one whenever any of these is another.
    pub fn new(
        archive: Arc<Archive>,
        look: CityLook,
        language: Language,
        density: f32,
        key: String,
    ) -> CityTiles {
        CityTiles {
            source: CitySource::new(archive, language, TILES_KEPT),
            look,
            density: density.clamp(1.0, 4.0),
            key,
            groups: Mutex::new((0, BTreeMap::new())),
        }
    }

    /// The tiles of the archive that a square of the screen is drawn from.
    fn behind(&self, square: TileId, zoom: u8) -> Result<Vec<Placed>, Missing> {
        let level = self.source.level(f64::from(zoom));
        let wanted = if level <= square.z {
            let up = square.z - level;
            vec![TileId { z: level, x: square.x >> up, y: square.y >> up }]
        } else {
            let down = u32::from(level - square.z).min(8);
            let first = [square.x << down, square.y << down];
            let side = 1 << down;
            let row =
                |y| (0..side).map(move |x| TileId { z: level, x: first[0] + x, y: first[1] + y });
            (0..side).flat_map(row).collect()
        };
        let mut found: BTreeMap<TileId, _> = BTreeMap::new();
        for tile in wanted {
            let read = self.source.find(tile).map_err(|error| Missing::Damaged(Box::new(error)))?;
            found.extend(read);
        }
        Ok(found.into_iter().collect())
    }

    fn drawing(&self, square: TileId, zoom: u8) -> Drawing<'static> {
        Drawing {
            frame: frame_of(square, zoom),
            zoom: f64::from(zoom),
            colors: self.look.colors(),
            strength: 1.0,
            letters: 1.0,
            overlap: MARGIN,
        }
    }

    /// The names of the square that a tile lies in.
    fn names(&self, group: TileId, zoom: u8) -> Arc<Vec<Name>> {
        let cell = {
            let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
            groups.0 += 1;
            let clock = groups.0;
            // The level of what is shown follows from that of the square, but at the very top.
            let kept = groups.1.entry(TileId { z: zoom, ..group }).or_default();
            kept.0 = clock;
            let cell = Arc::clone(&kept.1);
            if groups.1.len() > GROUPS_KEPT {
                let oldest = groups.1.iter().min_by_key(|(_, (used, _))| *used);
                if let Some(oldest) = oldest.map(|(tile, _)| *tile) {
                    groups.1.remove(&oldest);
                }
            }
            cell
        };
        // Workers that want the same square wait for the first: it would be the same work.
        let made = cell.get_or_init(|| {
            let drawing = self.drawing(group, zoom);
            let tiles = self.behind(group, zoom).unwrap_or_default();
            let region = drawing.frame.rect(0.0).map(f64::from);
            let names = place_names(&drawing, &tiles, region, &Watch::unwatched());
            Arc::new(names.unwrap_or_default())
        });
        Arc::clone(made)
    }
}

/// A square as a page, as large as it is on the screen at a zoom level.
fn frame_of(square: TileId, zoom: u8) -> Frame {
    let extent = square.extent_mercator();
    let tiles = f32::from(1_u16 << u32::from(zoom.saturating_sub(square.z)).min(8));
    let side = SIDE * tiles;
    let metres = extent.width() / f64::from(side);
    Frame {
        at: [0.0, 0.0],
        size: [side, side],
        plane: PagePlane::SCREEN,
        center: extent.center(),
        metres_per_unit: metres,
        ground_metres_per_unit: metres,
        millimetres_per_unit: MILLIMETRES_PER_POINT,
    }
}

impl LocalTiles for CityTiles {
    fn key(&self) -> &str {
        &self.key
    }

    fn max_zoom(&self) -> u8 {
        DEEPEST.max(self.source.archive().facts().max_zoom)
    }

    fn is_fine(&self) -> bool {
        true
    }

    fn has(&self, tile: TileId) -> bool {
        let facts = self.source.archive().facts();
        let depth = tile.z.min(facts.max_zoom);
        let up = tile.z - depth;
        tile.z >= facts.min_zoom
            && facts.may_have(TileId { z: depth, x: tile.x >> up, y: tile.y >> up })
    }

    fn make(&self, tile: TileId) -> Result<TileImage, Missing> {
        let tiles = self.behind(tile, tile.z)?;
        if tiles.is_empty() {
            return Err(Missing::NoSuchTile);
        }
        let watch = Watch::unwatched();
        let up = GROUP_LEVELS.min(tile.z);
        let group = TileId { z: tile.z - up, x: tile.x >> up, y: tile.y >> up };
        let drawing = self.drawing(tile, tile.z);
        let mut items = drawing.items(&tiles, &watch).map_err(|_| Missing::NoSuchTile)?;
        let names = self.names(group, tile.z);
        let inside = |at: u32| u16::try_from(at & ((1 << up) - 1)).unwrap_or(0);
        let [dx, dy] = [tile.x, tile.y].map(|at| f32::from(inside(at)) * SIDE);
        let seen: Vec<Name> = names
            .iter()
            .filter(|name| {
                let [left, top, right, bottom] = name.bounds;
                left < dx + SIDE && right > dx && top < dy + SIDE && bottom > dy
            })
            .cloned()
            .collect();
        items.extend(name_items(&seen, drawing.colors, 1.0, [-dx, -dy]));
        let group = Group { name: String::new(), role: Role::Layer, clip: None, items };
        #[expect(clippy::cast_possible_truncation, reason = "a quarter of a millimetre")]
        let page = DisplayList {
            width: SIDE,
            height: SIDE,
            millimetres_per_unit: MILLIMETRES_PER_POINT as f32,
            groups: vec![group],
        };
        let pixels = render(&page, self.density, &watch).map_err(|_| Missing::NoSuchTile)?;
        Ok(TileImage { width: pixels.width, height: pixels.height, rgba: pixels.rgba })
    }
}
