//! One tile: its place in the grid, its picture, and how it stands.

use std::sync::Arc;

use super::Basemap;
use super::web_map::{Filling, fill};
use crate::crs::{MERCATOR_MAX_LATITUDE, lon_lat_from_mercator, mercator_from_lon_lat};
use crate::i18n::Message;
use crate::problem::FileError;
use crate::table::Extent;

/// Half the width of the Web Mercator world: π times the radius, metres.
const HALF_WORLD: f64 = std::f64::consts::PI * 6_378_137.0;

/// The deepest zoom level a tile can have; columns fit in 32 bits with room to spare.
const DEEPEST: u8 = 30;

/// A tile's place: zoom level, column from the west, row from the north, as on OpenStreetMap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TileId {
    /// The zoom level.
    pub z: u8,
    /// The column.
    pub x: u32,
    /// The row.
    pub y: u32,
}

impl TileId {
    /// The tile a place (degrees, WGS 84) lies in.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to the grid"
    )]
    pub fn at(lon_lat: [f64; 2], z: u8) -> TileId {
        let z = z.min(DEEPEST);
        let [x, y] = mercator_from_lon_lat(lon_lat);
        let tiles = f64::from(1_u32 << z);
        let place = |share: f64| (share * tiles).floor().clamp(0.0, tiles - 1.0) as u32;
        TileId {
            z,
            x: place((x + HALF_WORLD) / (2.0 * HALF_WORLD)),
            y: place((HALF_WORLD - y) / (2.0 * HALF_WORLD)),
        }
    }

    /// Whether the grid has such a tile.
    pub fn exists(self) -> bool {
        self.z <= DEEPEST && self.x >> self.z == 0 && self.y >> self.z == 0
    }

    /// The tile one level up that holds this one; none above level 0.
    pub fn parent(self) -> Option<TileId> {
        Some(TileId { z: self.z.checked_sub(1)?, x: self.x / 2, y: self.y / 2 })
    }

    /// The tile's edges in Web Mercator metres.
    pub fn extent_mercator(self) -> Extent {
        let size = 2.0 * HALF_WORLD / f64::from(1_u32 << self.z.min(DEEPEST));
        let min_x = f64::from(self.x) * size - HALF_WORLD;
        let max_y = HALF_WORLD - f64::from(self.y) * size;
        Extent { min_x, min_y: max_y - size, max_x: min_x + size, max_y }
    }

    /// The tile's edges in degrees, WGS 84.
    pub fn extent_lon_lat(self) -> Extent {
        let Extent { min_x, min_y, max_x, max_y } = self.extent_mercator();
        let [west, south] = lon_lat_from_mercator([min_x, min_y]);
        let [east, north] = lon_lat_from_mercator([max_x, max_y]);
        Extent { min_x: west, min_y: south, max_x: east, max_y: north }
    }

    /// The tiles of a level that meet an extent in degrees, row by row. Nothing when they are more
    /// than `limit`.
    pub fn covering(extent: &Extent, z: u8, limit: usize) -> Option<Vec<TileId>> {
        let north = extent.max_y.min(MERCATOR_MAX_LATITUDE);
        let first = TileId::at([extent.min_x, north], z);
        let last = TileId::at([extent.max_x, extent.min_y], z);
        let columns = u64::from(last.x.saturating_sub(first.x)) + 1;
        let rows = u64::from(last.y.saturating_sub(first.y)) + 1;
        if usize::try_from(columns.saturating_mul(rows)).is_ok_and(|count| count <= limit) {
            let row = |y| (first.x..=last.x).map(move |x| TileId { z: first.z, x, y });
            Some((first.y..=last.y).flat_map(row).collect())
        } else {
            None
        }
    }
}

/// A decoded tile.
#[derive(Clone, PartialEq, Eq)]
pub struct TileImage {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Red, green, blue and straight alpha of each pixel, row by row from the top.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for TileImage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "TileImage({} × {})", self.width, self.height)
    }
}

/// How a tile stands.
#[derive(Clone, Debug, PartialEq)]
pub enum TileState {
    /// Here it is.
    Ready(Arc<TileImage>),
    /// It is being fetched.
    Loading,
    /// It could not be had; it is tried again later where that makes sense.
    Missing(Missing),
}

/// Why a tile is missing.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// The source has no tile here: outside its area or beyond its zoom levels.
    NoSuchTile,
    /// The person works offline, and the tile is not on disk.
    Offline,
    /// The server was not reached: no network, or the server is away. Tried again.
    Unreachable(String),
    /// The server answered with an error (an HTTP status). Tried again where
    /// [`Missing::is_temporary`].
    Refused(u16),
    /// What came is not a picture.
    NotAPicture(String),
    /// The server said in words why there is none.
    Told(String),
    /// A web page came: a page to log in, or one that says what is wrong.
    Page,
    /// The file it is in cannot be read there.
    Damaged(Box<FileError>),
}

impl Missing {
    /// Whether another try may succeed: the network or the server was away.
    pub fn is_temporary(&self) -> bool {
        match self {
            Missing::Unreachable(_) => true,
            Missing::Refused(status) => is_passing(*status),
            Missing::NoSuchTile
            | Missing::Offline
            | Missing::NotAPicture(_)
            | Missing::Told(_)
            | Missing::Page
            | Missing::Damaged(_) => false,
        }
    }

    /// Whether it is asked for again without anybody asking: what fails for good is not.
    pub fn is_retried(&self) -> bool {
        let is_retried = matches!(self, Missing::NotAPicture(_) | Missing::Told(_) | Missing::Page);
        is_retried || self.is_temporary()
    }

    /// In words.
    pub fn message(&self) -> Message {
        match self {
            Missing::NoSuchTile => Message::new("tiles-missing-none"),
            Missing::Offline => Message::new("tiles-missing-offline"),
            Missing::Unreachable(detail) => {
                Message::new("tiles-missing-unreachable").text("detail", detail.as_str())
            }
            Missing::Refused(status) => {
                let id = match status {
                    401 | 403 => "tiles-missing-forbidden",
                    429 => "tiles-missing-too-many",
                    _ => "tiles-missing-refused",
                };
                Message::new(id).text("status", status.to_string())
            }
            Missing::Told(said) => Message::new("tiles-missing-told").text("said", said.as_str()),
            Missing::Page => Message::new("tiles-missing-page"),
            Missing::NotAPicture(detail) => {
                Message::new("tiles-missing-not-a-picture").text("detail", detail.as_str())
            }
            Missing::Damaged(error) => {
                let file = error.path.file_name().unwrap_or(error.path.as_os_str());
                let told = Message::new("tiles-missing-damaged")
                    .text("file", file.to_string_lossy())
                    .message("what", error.what.clone());
                match &error.place {
                    Some(place) => told.message("place", place.message()),
                    None => told.text("place", ""),
                }
            }
        }
    }
}

/// Whether what a status says may be over a moment later (RFC 9110, section 15): all errors of the
/// server, and of the others "timeout", "too early" and "too many requests".
pub(super) fn is_passing(status: u16) -> bool {
    status >= 500 || matches!(status, 304 | 408 | 425 | 429)
}

/// The address of a tile.
pub(super) fn address(basemap: &Basemap, tile: TileId) -> String {
    let Basemap { levels, servers, min_zoom, .. } = basemap;
    fill(&basemap.url, &Filling { tile, levels, min_zoom: *min_zoom, servers })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the OpenStreetMap wiki, "Slippy map tilenames": 35.6590699 N, 139.7006793 E
    /// (Tokyo) at zoom 18 is tile 232798, 103246.
    #[test]
    fn the_published_tile_number() {
        let tile = TileId::at([139.700_679_3, 35.659_069_9], 18);
        assert_eq!(tile, TileId { z: 18, x: 232_798, y: 103_246 });
        let extent = tile.extent_lon_lat();
        assert!(extent.contains([139.700_679_3, 35.659_069_9]), "{extent:?}");
    }

    #[test]
    fn tiles_cover_an_extent_and_know_their_parents() {
        let tile = TileId { z: 3, x: 5, y: 2 };
        assert_eq!(tile.parent(), Some(TileId { z: 2, x: 2, y: 1 }));
        assert_eq!(TileId { z: 0, x: 0, y: 0 }.parent(), None);
        let world = TileId { z: 0, x: 0, y: 0 }.extent_lon_lat();
        assert_eq!(TileId::covering(&world, 2, 16).map(|tiles| tiles.len()), Some(16));
        assert_eq!(TileId::covering(&world, 2, 15), None);
        assert!(!TileId { z: 2, x: 4, y: 0 }.exists());
        assert_eq!(TileId::at([f64::NAN, 99.0], 2).z, 2);
    }
}
