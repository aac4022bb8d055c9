//! An image laid on the map: with a CRS, so that every place of it is known.

use std::sync::Arc;

use super::affine::Affine;
use super::levels::Raster;
use super::render;
use crate::crs::{CrsError, LayerCrs, mercator_from_lon_lat};
use crate::i18n::Message;
use crate::jobs::{Cancelled, Watch};
use crate::table::Extent;
use crate::tiles::{LocalTiles, Missing, TileId, TileImage};

/// Into how many parts each side is cut to find out where an image lies.
const STEPS: u32 = 32;

/// The side of a tile, pixels.
pub(super) const TILE: u32 = 256;

/// The deepest level of tiles.
const DEEPEST: u8 = 24;

/// An image laid on the map.
#[derive(Debug)]
pub struct PlacedRaster {
    pub(super) raster: Arc<Raster>,
    pub(super) crs: LayerCrs,
    /// From coordinates to columns and rows of the image.
    pub(super) back: Affine,
    /// The smallest rectangle around it, Web Mercator metres.
    pub(super) mercator: Extent,
    lon_lat: Extent,
    max_zoom: u8,
    key: String,
}

impl PlacedRaster {
    /// Lays an image on the map. `key` is its word among all sources of tiles: another one for
    /// another CRS.
    ///
    /// # Errors
    /// Why it cannot be laid there: PROJ knows no way, or the numbers are no places on Earth.
    pub fn new(raster: Arc<Raster>, crs: LayerCrs, key: String) -> Result<PlacedRaster, Message> {
        let affine = raster.file.affine;
        let size = raster.file.facts.size;
        let outside = || Message::new("raster-error-outside").text("crs", crs.crs.label());
        let back = affine.inverse().ok_or_else(outside)?;
        let places = lon_lat_places(affine, size, &crs).map_err(|error| error.message())?;
        let lon_lat = Extent::of_points(&places).ok_or_else(outside)?;
        let metres: Vec<[f64; 2]> =
            places.iter().map(|place| mercator_from_lon_lat(*place)).collect();
        let mercator = Extent::of_points(&metres).ok_or_else(outside)?;
        let mut placed = PlacedRaster {
            raster,
            crs,
            back,
            mercator: widened(mercator),
            lon_lat,
            max_zoom: DEEPEST,
            key,
        };
        placed.max_zoom = placed.deepest_zoom();
        Ok(placed)
    }

    /// The image.
    pub fn raster(&self) -> &Arc<Raster> {
        &self.raster
    }

    /// The CRS it is laid in.
    pub fn crs(&self) -> &LayerCrs {
        &self.crs
    }

    /// The smallest rectangle around it, degrees, WGS 84.
    pub fn extent(&self) -> Extent {
        self.lon_lat
    }

    /// The picture of a rectangle in Web Mercator metres in so many pixels: red, green, blue and
    /// straight alpha, row by row from the north; transparent beside the image. None where the
    /// image does not reach at all. Reads the file: call it from a job.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn picture(
        &self,
        area: &Extent,
        size: [u32; 2],
        watch: &Watch,
    ) -> Result<Option<Vec<u8>>, Cancelled> {
        if !area.intersects(&self.mercator) {
            return Ok(None);
        }
        render::picture(self, area, size, watch)
    }

    /// From which level on tiles show nothing more: their pixels are as fine as the image's, and
    /// one level more, so that the edges of its pixels are seen.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    fn deepest_zoom(&self) -> u8 {
        let world = TileId { z: 0, x: 0, y: 0 }.extent_mercator();
        let middle = self.mercator.center();
        let step = (self.mercator.width() / 1024.0).max(1e-3);
        let Some(pixels) = render::pixels_per_step(self, middle, step) else { return DEEPEST };
        let metres_per_pixel = step / pixels.max(1e-9);
        let level = (world.width() / f64::from(TILE) / metres_per_pixel).log2().ceil() + 1.0;
        level.clamp(0.0, f64::from(DEEPEST)) as u8
    }
}

impl LocalTiles for PlacedRaster {
    fn key(&self) -> &str {
        &self.key
    }

    fn max_zoom(&self) -> u8 {
        self.max_zoom
    }

    fn has(&self, tile: TileId) -> bool {
        tile.extent_mercator().intersects(&self.mercator)
    }

    fn make(&self, tile: TileId) -> Result<TileImage, Missing> {
        let size = [TILE; 2];
        let made = self.picture(&tile.extent_mercator(), size, &Watch::unwatched());
        let rgba = made.ok().flatten().ok_or(Missing::NoSuchTile)?;
        Ok(TileImage { width: TILE, height: TILE, rgba })
    }
}

/// The extent of an image in degrees; none where it has no place on Earth.
pub(super) fn lon_lat_extent(
    affine: Affine,
    size: [u32; 2],
    crs: &LayerCrs,
) -> Result<Option<Extent>, CrsError> {
    Ok(Extent::of_points(&lon_lat_places(affine, size, crs)?))
}

/// Places all over an image, its edges among them, in degrees; those on Earth.
fn lon_lat_places(
    affine: Affine,
    [width, height]: [u32; 2],
    crs: &LayerCrs,
) -> Result<Vec<[f64; 2]>, CrsError> {
    let share = |step: u32| f64::from(step) / f64::from(STEPS);
    let steps = || (0..=STEPS).map(share);
    let mut places: Vec<[f64; 2]> = steps()
        .flat_map(|y| steps().map(move |x| [x * f64::from(width), y * f64::from(height)]))
        .map(|place| affine.apply(place))
        .collect();
    crs.to_lon_lat(&mut places)?;
    places.retain(|[lon, lat]| lon.abs() <= 360.0 && lat.abs() <= 90.0);
    Ok(places)
}

/// A little wider: between the places looked at an edge may bend outwards.
fn widened(extent: Extent) -> Extent {
    let (x, y) = (extent.width() * 0.002, extent.height() * 0.002);
    Extent {
        min_x: extent.min_x - x,
        min_y: extent.min_y - y,
        max_x: extent.max_x + x,
        max_y: extent.max_y + y,
    }
}
