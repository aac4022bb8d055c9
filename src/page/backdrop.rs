//! Backdrops on a figure: images of the person's own, drawn as fine as the picture is.

use std::sync::Arc;

use super::display::{Image, Item};
use super::error::FigureError;
use super::frame::Frame;
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
        let Some(mut rgba) = self.raster.picture(&frame.extent(0.0), size, watch)? else {
            return Ok(None);
        };
        fade(&mut rgba, self.backdrop.opacity);
        let [width, height] = size;
        let rgba: Arc<[u8]> = rgba.into();
        Ok(Some(Item::Image(Image { width, height, rgba, at: frame.at, size: frame.size })))
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a figure's size")]
fn pixels(length: f32, scale: f32) -> u32 {
    (f64::from(length) * f64::from(scale)).round().clamp(1.0, 65_535.0) as u32
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
