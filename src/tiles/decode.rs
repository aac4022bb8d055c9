//! From PNG, JPEG or WebP to pixels.

use std::io::Cursor;

use super::TileImage;

/// The largest side of a tile, pixels.
const LARGEST_SIDE: u32 = 4096;

/// Decodes a tile.
///
/// # Errors
/// When the bytes are no PNG, JPEG or WebP, broken, or larger than any tile.
pub(super) fn decode(bytes: &[u8]) -> Result<TileImage, String> {
    let mut reader = image::ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|error| error.to_string())?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(128 << 20);
    reader.limits(limits);
    let pixels = reader.decode().map_err(|error| error.to_string())?.into_rgba8();
    let (width, height) = pixels.dimensions();
    Ok(TileImage { width, height, rgba: pixels.into_raw() })
}
