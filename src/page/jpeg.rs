//! Pictures as JPEG files.

use image::codecs::jpeg::{JpegEncoder, PixelDensity};
use image::{ExtendedColorType, ImageEncoder};

use super::error::FigureError;
use super::pixels::Pixels;

/// The quality, of 100: thin lines and small letters keep their edges.
const QUALITY: u8 = 92;

/// A picture as a JPEG file that says how many dots it has per inch (JFIF 1.02, the density in its
/// header), on white where it has holes. Every pixel keeps a colour of its own (no chroma is left
/// out), so that coloured letters stay sharp.
///
/// # Errors
/// When a side has more than 65,535 pixels, which is the most a JPEG can say.
pub fn encode_jpeg(pixels: &Pixels, dots_per_inch: f64) -> Result<Vec<u8>, FigureError> {
    let mut file = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut file, QUALITY);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within bounds")]
    let density = dots_per_inch.round().clamp(1.0, 65_535.0) as u16;
    encoder.set_pixel_density(PixelDensity::dpi(density));
    let rgb: Vec<u8> = pixels.rgba.chunks_exact(4).flat_map(on_white).collect();
    encoder
        .write_image(&rgb, pixels.width, pixels.height, ExtendedColorType::Rgb8)
        .map_err(|error| FigureError::Encoding { detail: error.to_string() })?;
    Ok(file)
}

fn on_white(pixel: &[u8]) -> [u8; 3] {
    let [r, g, b, a] = <[u8; 4]>::try_from(pixel).unwrap_or([255; 4]);
    let alpha = u16::from(a);
    let mix = |channel: u8| (u16::from(channel) * alpha + 255 * (255 - alpha) + 127) / 255;
    [r, g, b].map(|channel| u8::try_from(mix(channel)).unwrap_or(255))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jpeg_says_its_density_and_has_white_for_nothing() {
        let rgba = [[200, 30, 40, 255], [0; 4]].concat().repeat(32 * 8);
        let rgba = rgba.chunks(8).flat_map(<[u8]>::to_vec).collect();
        let pixels = Pixels { width: 16, height: 32, rgba };
        let file = encode_jpeg(&pixels, 300.0).unwrap();
        // JFIF 1.02: the marker APP0, its length, the name, the version, the unit (1: inches), the
        // density across and down.
        assert_eq!(file.get(2..4), Some(&[0xff, 0xe0][..]));
        assert_eq!(file.get(6..11), Some(&b"JFIF\0"[..]));
        assert_eq!(file.get(13..18), Some(&[1, 1, 44, 1, 44][..]));
        let read = image::load_from_memory(&file).unwrap().into_rgb8();
        assert_eq!(read.dimensions(), (16, 32));
    }

    #[test]
    fn what_is_seen_through_lies_on_white() {
        assert_eq!(on_white(&[10, 20, 30, 255]), [10, 20, 30]);
        assert_eq!(on_white(&[10, 20, 30, 0]), [255; 3]);
        assert_eq!(on_white(&[0, 0, 0, 51]), [204; 3]);
    }
}
