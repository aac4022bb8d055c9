//! What the cache holds of an area, as one file: nothing is asked of a server.

use std::path::Path;

use super::{MOST_OF_SERVER, TakeFrom, Taken, Wanted, finish};
use crate::jobs::Watch;
use crate::problem::FileError;
use crate::table::Extent;
use crate::tiles::archive::tile_id;
use crate::tiles::disk::Disk;
use crate::tiles::tile::address;
use crate::tiles::{Basemap, TileId, without_keys};

/// Writes the tiles of a server that are on disk and meet one of some rectangles (degrees, WGS 84)
/// into a file, as [`super::take`] does. Of more than are taken from a server the nearest levels
/// are left out. None where there are none.
///
/// # Errors
/// When the source forbids it, the file cannot be written, or the person cancelled.
pub(in crate::tiles) fn take_kept(
    disk: &Disk,
    basemap: &Basemap,
    areas: &[Extent],
    target: &Path,
    watch: &Watch,
) -> Result<Option<Taken>, FileError> {
    let from = TakeFrom::Server(basemap.clone().into());
    from.allowed().map_err(|why| FileError::new(target, why))?;
    let Some(bounds) = areas.iter().copied().reduce(Extent::union) else { return Ok(None) };
    let is_wanted = |tile: &TileId| {
        let there = tile.extent_lon_lat();
        let levels = basemap.min_zoom..=basemap.max_zoom;
        levels.contains(&tile.z) && areas.iter().any(|area| area.intersects(&there))
    };
    let mut tiles = disk.tiles(&basemap.id);
    tiles.retain(is_wanted);
    tiles.sort_unstable_by_key(|tile| tile_id(*tile));
    tiles.truncate(MOST_OF_SERVER);
    let (Some(first), Some(last)) = (tiles.first(), tiles.last()) else { return Ok(None) };
    let wanted = Wanted { bounds, levels: [first.z, last.z], tiles };
    let tile = |tile| {
        let kept = disk.read(&basemap.id, tile, &without_keys(&address(basemap, tile)));
        Ok(kept.map(|(_, bytes)| bytes))
    };
    finish::finish(&from, &wanted, &tile, target, watch).map(Some)
}
