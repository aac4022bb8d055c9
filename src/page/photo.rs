//! Pictures within a page's file: what is kept as it is, and what is a photograph.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder, ImageResult};

use super::display::Image;

/// The quality of a JPEG within a page, of 100.
const QUALITY: u8 = 90;

/// Below this many bytes a pixel a picture is not worth a JPEG.
const SMALL: f64 = 0.4;

/// Whether nothing shines through a picture.
pub(super) fn is_opaque(image: &Image) -> bool {
    image.rgba.chunks_exact(4).all(|pixel| pixel.last() == Some(&255))
}

/// Red, green and blue of a picture.
pub(super) fn without_alpha(rgba: &[u8]) -> Vec<u8> {
    rgba.chunks_exact(4).flat_map(|pixel| pixel.iter().take(3)).copied().collect()
}

/// A picture without its opacity as a JPEG (every pixel with a colour of its own), where that takes
/// less than half of the bytes it takes without loss, as for aerial photographs; none where not.
pub(super) fn photograph(
    rgb: &[u8],
    [width, height]: [u32; 2],
    lossless: usize,
) -> ImageResult<Option<Vec<u8>>> {
    #[expect(clippy::cast_precision_loss, reason = "a share")]
    let per_pixel = lossless as f64 / (rgb.len() as f64 / 3.0).max(1.0);
    if per_pixel <= SMALL {
        return Ok(None);
    }
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, QUALITY);
    encoder.write_image(rgb, width, height, ExtendedColorType::Rgb8)?;
    Ok((file.len() * 2 < lossless).then_some(file))
}

/// Samples as a PNG file.
pub(super) fn png(
    samples: &[u8],
    [width, height]: [u32; 2],
    kind: ExtendedColorType,
) -> ImageResult<Vec<u8>> {
    let mut file = Vec::new();
    PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive)
        .write_image(samples, width, height, kind)?;
    Ok(file)
}

/// A picture as a file and what kind of file it is: `png`, or `jpeg` for a photograph. None where
/// the encoder refuses.
pub(super) fn encoded(image: &Image) -> Option<(&'static str, Vec<u8>)> {
    let size = [image.width, image.height];
    if !is_opaque(image) {
        return Some(("png", png(&image.rgba, size, ExtendedColorType::Rgba8).ok()?));
    }
    let rgb = without_alpha(&image.rgba);
    let lossless = png(&rgb, size, ExtendedColorType::Rgb8).ok()?;
    Some(match photograph(&rgb, size, lossless.len()).ok()? {
        Some(photograph) => ("jpeg", photograph),
        None => ("png", lossless),
    })
}
