//! The basemap under a figure: tiles put together into one picture.

use std::sync::Arc;

use super::city::{FigureCity, city_items};
use super::display::{Image, Item};
use super::frame::Frame;
use super::plane::PagePlane;
use super::warp::{Source, mercator_extent, mercator_per_unit, warped};
use crate::jobs::{Cancelled, Watch};
use crate::problem::Problems;
use crate::project::View;
use crate::table::Extent;
use crate::tiles::{BasemapLook, TileId, TileImage, make_grey};

/// How many tiles a figure may need; deeper levels are given up for coarser ones beyond that.
const MOST_TILES: usize = 1024;

/// How many levels up a tile that is missing may be replaced by a part of a coarser one.
const LEVELS_UP: usize = 6;

/// The basemap of a figure.
#[derive(Clone, Copy)]
pub struct FigureBasemap<'a> {
    /// Who made it.
    pub attribution: &'a str,
    /// How it looks.
    pub look: BasemapLook,
    /// What it is drawn from where that is vectors; then no tile is asked for.
    pub city: Option<FigureCity<'a>>,
    /// The zoom level of the tiles, from [`tile_level`].
    pub level: u8,
    /// Gives a tile if it is there, without waiting. Asked for the tiles of [`tiles_in_view`] and,
    /// where those are missing, for their parents.
    pub tile: &'a dyn Fn(TileId) -> Option<Arc<TileImage>>,
}

impl std::fmt::Debug for FigureBasemap<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FigureBasemap({} at {})", self.attribution, self.level)
    }
}

/// The zoom level whose tiles the screen shows for a view: so a figure needs only tiles that have
/// been seen, and the names on them are as large as on the screen.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
pub fn tile_level(view: View, max_zoom: u8) -> u8 {
    view.zoom.round().clamp(0.0, f64::from(max_zoom)) as u8
}

/// The tiles a figure of a view needs at a level, row by row. A level that would need more than
/// 1024 tiles is given up for the next coarser one.
pub fn tiles_in_view(view: View, size: (u32, u32), level: u8) -> Vec<TileId> {
    #[expect(clippy::cast_precision_loss, reason = "points of a figure")]
    let size = [size.0 as f32, size.1 as f32];
    let Some(frame) = Frame::of_view(view, [0.0, 0.0], size) else { return Vec::new() };
    tiles_behind(frame, level)
}

/// The tiles behind a frame. Columns go on beyond the edge of the world, where it starts again.
#[derive(Clone, Copy)]
struct Grid {
    level: u8,
    first: [i64; 2],
    columns: u32,
    rows: u32,
    /// The page position of the first tile's top left corner.
    at: [f64; 2],
    /// The size of a tile on the page.
    tile: f64,
}

impl Grid {
    fn of(frame: Frame, level: u8) -> Grid {
        let mut level = level.min(24);
        loop {
            let grid = Grid::at_level(frame, level);
            if level == 0
                || (grid.columns as usize).saturating_mul(grid.rows as usize) <= MOST_TILES
            {
                return grid;
            }
            level -= 1;
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "tile numbers: clamped, at most 2^24 apart from repeated worlds"
    )]
    fn at_level(frame: Frame, level: u8) -> Grid {
        let tiles = f64::from(1_u32 << level);
        let world = TileId { z: 0, x: 0, y: 0 }.extent_mercator();
        let tile = world.width() / tiles / frame.metres_per_unit;
        let [left, top] = frame.to_page([world.min_x, world.max_y]);
        let [west, north, east, south] = frame.rect(0.0).map(f64::from);
        let number = |from: f64, to: f64| ((to - from) / tile).floor().clamp(-1e9, 1e9) as i64;
        let (first_x, last_x) = (number(left, west), number(left, east));
        let last_row = tiles as i64 - 1;
        let first_y = number(top, north).clamp(0, last_row);
        let last_y = number(top, south).clamp(0, last_row);
        Grid {
            level,
            first: [first_x, first_y],
            columns: (last_x - first_x + 1).clamp(1, 1 << 20) as u32,
            rows: (last_y - first_y + 1).clamp(1, 1 << 20) as u32,
            at: [left + first_x as f64 * tile, top + first_y as f64 * tile],
            tile,
        }
    }

    /// Column and row in the grid, and the tile there.
    fn places(self) -> impl Iterator<Item = (u32, u32, TileId)> {
        let across = 1_i64 << self.level;
        let tile = move |column: u32, row: u32| {
            let x = (self.first[0] + i64::from(column)).rem_euclid(across);
            let y = self.first[1] + i64::from(row);
            TileId {
                z: self.level,
                x: u32::try_from(x).unwrap_or_default(),
                y: u32::try_from(y).unwrap_or_default(),
            }
        };
        (0..self.rows).flat_map(move |row| (0..self.columns).map(move |x| (x, row, tile(x, row))))
    }
}

/// How many pixels a picture that is drawn anew has for one of the tiles: so that lines stay sharp.
const FINER: f64 = 1.25;

/// The most pixels of a picture that is drawn anew.
const MOST_PIXELS: f64 = 80e6;

/// The basemap: paths and texts, or one picture. Tiles that are missing are replaced by coarser ones where there are
/// such, and counted. None where the frame is no place on the map.
///
/// # Errors
/// When the person cancelled.
pub(super) fn basemap_items(
    frame: Frame,
    basemap: &FigureBasemap<'_>,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Vec<Item>, Cancelled> {
    match &basemap.city {
        Some(city) => city_items(frame, city, basemap.look.opacity, watch, problems),
        None => Ok(picture(frame, basemap, watch, problems)?.into_iter().collect()),
    }
}

/// The basemap as one picture.
fn picture(
    frame: Frame,
    basemap: &FigureBasemap<'_>,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Option<Item>, Cancelled> {
    if frame.plane.is_screen() {
        let (mosaic, grid) = mosaic(frame, basemap, problems);
        #[expect(clippy::cast_possible_truncation, reason = "page positions")]
        let (at, size) = (
            grid.at.map(|position| position as f32),
            [f64::from(grid.columns), f64::from(grid.rows)].map(|count| (count * grid.tile) as f32),
        );
        let Mosaic { width, height, rgba } = mosaic;
        return Ok(Some(Item::Image(Image { width, height, rgba: rgba.into(), at, size })));
    }
    let (Some(cover), Some(per_unit)) = (cover(frame), mercator_per_unit(frame)) else {
        return Ok(None);
    };
    let (mosaic, grid) = mosaic(cover, basemap, problems);
    let [left, top] = grid.at;
    let (right, bottom) =
        (left + f64::from(grid.columns) * grid.tile, top + f64::from(grid.rows) * grid.tile);
    let ([min_x, max_y], [max_x, min_y]) =
        (cover.to_plane([left, top]), cover.to_plane([right, bottom]));
    let extent = Extent { min_x, min_y, max_x, max_y };
    let source = Source { rgba: &mosaic.rgba, size: [mosaic.width, mosaic.height], extent };
    let density = f64::from(mosaic.width) / extent.width() * per_unit * FINER;
    let size = frame.size.map(|length| f64::from(length) * density);
    let shrink = (MOST_PIXELS / (size[0] * size[1])).sqrt().min(1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let [width, height] = size.map(|pixels| (pixels * shrink).round().clamp(1.0, 32_767.0) as u32);
    let rgba: Arc<[u8]> = warped(frame, source, [width, height], watch)?.into();
    Ok(Some(Item::Image(Image { width, height, rgba, at: frame.at, size: frame.size })))
}

/// The tiles behind a frame at a level, row by row.
pub(super) fn tiles_behind(frame: Frame, level: u8) -> Vec<TileId> {
    let Some(frame) = (if frame.plane.is_screen() { Some(frame) } else { cover(frame) }) else {
        return Vec::new();
    };
    let mut tiles: Vec<TileId> = Grid::of(frame, level).places().map(|(_, _, tile)| tile).collect();
    tiles.dedup();
    tiles
}

/// A frame in the plane of slippy maps that holds all that another one shows.
fn cover(frame: Frame) -> Option<Frame> {
    let extent = mercator_extent(frame)?;
    let metres_per_unit = mercator_per_unit(frame)?;
    #[expect(clippy::cast_possible_truncation, reason = "units of a page")]
    let size = [extent.width(), extent.height()].map(|metres| (metres / metres_per_unit) as f32);
    let plane = PagePlane::SCREEN;
    Some(Frame { at: [0.0; 2], size, plane, center: extent.center(), metres_per_unit, ..frame })
}

/// The tiles behind a frame of slippy maps put together.
fn mosaic(frame: Frame, basemap: &FigureBasemap<'_>, problems: &mut Problems) -> (Mosaic, Grid) {
    let grid = Grid::of(frame, basemap.level);
    let found: Vec<_> =
        grid.places().map(|(column, row, tile)| (column, row, tile, find(basemap, tile))).collect();
    // Tiles of twice the usual resolution keep it.
    let side = found.iter().filter_map(|(.., found)| found.as_ref()).map(|(image, _)| image.width);
    let side = side.max().unwrap_or(256).clamp(1, 512);
    let mut mosaic = Mosaic::new(grid.columns * side, grid.rows * side);
    let (mut missing, mut coarse) = (0, 0);
    for (column, row, tile, found) in found {
        match found {
            Some((image, source)) => {
                coarse += u64::from(source != tile);
                mosaic.put(&image, part_of(source, tile), [column * side, row * side], side);
            }
            None => missing += 1,
        }
    }
    mosaic.take_look(basemap.look);
    problems.add("problem-figure-tiles-missing", missing);
    problems.add("problem-figure-tiles-coarse", coarse);
    (mosaic, grid)
}

/// A tile's picture, or that of the nearest coarser tile.
fn find(basemap: &FigureBasemap<'_>, tile: TileId) -> Option<(Arc<TileImage>, TileId)> {
    let line = std::iter::successors(Some(tile), |tile| tile.parent());
    line.take(LEVELS_UP + 1).find_map(|tile| (basemap.tile)(tile).map(|image| (image, tile)))
}

/// Which part of a tile another one under it covers: left, top and side as shares.
fn part_of(source: TileId, tile: TileId) -> [f64; 3] {
    let levels = tile.z.saturating_sub(source.z).min(31);
    let share = 1.0 / f64::from(1_u32 << levels);
    let inside = |of: u32| f64::from(of & ((1 << levels) - 1)) * share;
    [inside(tile.x), inside(tile.y), share]
}

struct Mosaic {
    width: u32,
    height: u32,
    rgba: Vec<u8>,
}

impl Mosaic {
    /// A picture of nothing.
    fn new(width: u32, height: u32) -> Mosaic {
        let bytes = (width as usize).saturating_mul(height as usize).saturating_mul(4);
        Mosaic { width, height, rgba: vec![0; bytes] }
    }

    /// As grey and as strong as it is to look.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    fn take_look(&mut self, look: BasemapLook) {
        if look.grey {
            make_grey(&mut self.rgba);
        }
        if look.opacity < 1.0 {
            for [.., alpha] in self.rgba.as_chunks_mut::<4>().0 {
                *alpha = (f32::from(*alpha) * look.opacity).round().clamp(0.0, 255.0) as u8;
            }
        }
    }

    /// Puts a part of a tile into a square, interpolated between the four nearest pixels where the
    /// sizes differ.
    fn put(&mut self, image: &TileImage, part: [f64; 3], [x0, y0]: [u32; 2], side: u32) {
        let [left, top, share] = part;
        let place = |start: f64, length: u32, step: u32| {
            let share = share / f64::from(side);
            (start + (f64::from(step) + 0.5) * share) * f64::from(length) - 0.5
        };
        for y in 0..side {
            let from_y = place(top, image.height, y);
            for x in 0..side {
                let pixel = sample(image, place(left, image.width, x), from_y);
                let at = (y0 + y) as usize * self.width as usize + (x0 + x) as usize;
                if let Some(target) = self.rgba.get_mut(at * 4..at * 4 + 4) {
                    target.copy_from_slice(&pixel);
                }
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn sample(image: &TileImage, x: f64, y: f64) -> [u8; 4] {
    let axis = |at: f64, length: u32| {
        let at = at.clamp(0.0, f64::from(length.saturating_sub(1)));
        (at.floor() as usize, at.ceil() as usize, at.fract())
    };
    let (left, right, share_x) = axis(x, image.width);
    let (top, bottom, share_y) = axis(y, image.height);
    let pixel = |x: usize, y: usize| {
        let at = (y * image.width as usize + x) * 4;
        let found = image.rgba.get(at..at + 4).and_then(|four| <[u8; 4]>::try_from(four).ok());
        found.unwrap_or_default()
    };
    if share_x <= 0.0 && share_y <= 0.0 {
        return pixel(left, top);
    }
    let corners = [pixel(left, top), pixel(right, top), pixel(left, bottom), pixel(right, bottom)];
    let weights = [
        (1.0 - share_x) * (1.0 - share_y),
        share_x * (1.0 - share_y),
        (1.0 - share_x) * share_y,
        share_x * share_y,
    ];
    std::array::from_fn(|channel| {
        let sum = corners.iter().zip(weights).map(|(corner, weight)| {
            f64::from(corner.get(channel).copied().unwrap_or_default()) * weight
        });
        sum.sum::<f64>().round().clamp(0.0, 255.0) as u8
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GHENT: View = View { lon: 3.7253, lat: 51.0536, zoom: 12.0 };

    #[test]
    fn a_view_needs_the_tiles_it_touches() {
        assert_eq!(tile_level(GHENT, 19), 12);
        assert_eq!(tile_level(View { zoom: 20.6, ..GHENT }, 19), 19);
        let tiles = tiles_in_view(GHENT, (600, 300), 12);
        assert!(tiles.contains(&TileId::at([GHENT.lon, GHENT.lat], 12)));
        assert!((6..=8).contains(&tiles.len()), "{tiles:?}");
        assert!(tiles_in_view(GHENT, (4000, 4000), 22).len() <= MOST_TILES);
        let world = tiles_in_view(View { lon: 0.0, lat: 0.0, zoom: 0.0 }, (512, 512), 1);
        assert!(world.iter().all(|tile| tile.exists()) && world.len() >= 4, "{world:?}");
    }

    #[test]
    fn a_coarser_tile_gives_the_part_that_is_needed() {
        let tile = TileId { z: 3, x: 5, y: 2 };
        let parent = tile.parent().expect("level 2");
        let eighths = |part: [f64; 3]| part.map(|share| format!("{}/8", share * 8.0));
        assert_eq!(eighths(part_of(parent, tile)), ["4/8", "0/8", "4/8"]);
        assert_eq!(eighths(part_of(tile, tile)), ["0/8", "0/8", "8/8"]);
        let above = parent.parent().expect("level 1");
        assert_eq!(eighths(part_of(above, tile)), ["2/8", "4/8", "2/8"]);
    }
}
