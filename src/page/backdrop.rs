//! Backdrops on a figure: images of the person's own, drawn as fine as the picture is.

use std::sync::Arc;

use super::display::{Image, Item};
use super::error::FigureError;
use super::frame::Frame;
use super::warp::{Source, mercator_extent, mercator_per_unit, warped};
use crate::jobs::Watch;
use crate::project::Backdrop;
use crate::raster::PlacedRaster;

/// An image under the layers of a figure.
#[derive(Clone, Copy, Debug)]
pub struct FigureBackdrop<'a> {
    /// Its name, opacity and source.
    pub backdrop: &'a Backdrop,
    /// The image.
    pub raster: &'a PlacedRaster,
}

impl FigureBackdrop<'_> {
    /// Whether it is on the map.
    pub(super) fn is_drawn(&self) -> bool {
        self.backdrop.visible && self.backdrop.opacity > 0.0
    }

    /// Its picture, at so many pixels per unit of the page; none where it does not reach.
    pub(super) fn item(
        &self,
        frame: Frame,
        scale: f32,
        watch: &Watch,
    ) -> Result<Option<Item>, FigureError> {
        let size = frame.size.map(|length| pixels(length, scale));
        let Some(mut rgba) = self.picture(frame, size, watch)? else { return Ok(None) };
        fade(&mut rgba, self.backdrop.opacity);
        let [width, height] = size;
        let rgba: Arc<[u8]> = rgba.into();
        Ok(Some(Item::Image(Image { width, height, rgba, at: frame.at, size: frame.size })))
    }
}

impl FigureBackdrop<'_> {
    fn picture(
        &self,
        frame: Frame,
        size: [u32; 2],
        watch: &Watch,
    ) -> Result<Option<Vec<u8>>, FigureError> {
        if frame.plane.is_screen() {
            return Ok(self.raster.picture(&frame.extent(0.0), size, watch)?);
        }
        let Some(extent) = mercator_extent(frame) else { return Ok(None) };
        // A turned page needs more than it shows: as many pixels for a metre as the page has.
        let Some(per_unit) = mercator_per_unit(frame) else { return Ok(None) };
        let density = f64::from(size[0]) / f64::from(frame.size[0].max(1.0)) / per_unit;
        let around = [extent.width(), extent.height()].map(|metres| whole(metres * density));
        let Some(rgba) = self.raster.picture(&extent, around, watch)? else { return Ok(None) };
        let source = Source { rgba: &rgba, size: around, extent };
        Ok(Some(warped(frame, source, size, watch)?))
    }
}

fn pixels(length: f32, scale: f32) -> u32 {
    whole(f64::from(length) * f64::from(scale))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn whole(pixels: f64) -> u32 {
    pixels.round().clamp(1.0, 32_767.0) as u32
}

/// Makes straight alpha less by an opacity of 0 to 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
pub(super) fn fade(rgba: &mut [u8], opacity: f32) {
    if opacity < 1.0 {
        for [.., alpha] in rgba.as_chunks_mut::<4>().0 {
            *alpha = (f32::from(*alpha) * opacity).round().clamp(0.0, 255.0) as u8;
        }
    }
}
