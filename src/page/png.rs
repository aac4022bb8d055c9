//! Pictures as PNG files.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};

use super::error::FigureError;
use super::figure::Figure;
use super::pixels::Pixels;

/// Where the first chunk, IHDR, ends: the signature of 8 bytes and a chunk of 25 (PNG
/// specification, third edition, sections 5.2 and 11.2.1).
const AFTER_HEADER: usize = 33;

/// A figure as a PNG file that says how large it is meant to be, so that it takes the size of the
/// screen's map when it is put into a text.
///
/// # Errors
/// When the encoder refuses.
pub fn encode_png(figure: &Figure) -> Result<Vec<u8>, FigureError> {
    encode_pixels(&figure.pixels, f64::from(figure.scale) * 96.0)
}

/// A picture as a PNG file that says how many dots it has per inch.
///
/// # Errors
/// When the encoder refuses.
pub fn encode_pixels(pixels: &Pixels, dots_per_inch: f64) -> Result<Vec<u8>, FigureError> {
    let mut file = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut file, CompressionType::Default, FilterType::Adaptive);
    encoder
        .write_image(&pixels.rgba, pixels.width, pixels.height, ExtendedColorType::Rgba8)
        .map_err(|error| FigureError::Encoding { detail: error.to_string() })?;
    let chunk = physical_size(dots_per_inch);
    file.splice(AFTER_HEADER..AFTER_HEADER, chunk);
    Ok(file)
}

/// The chunk pHYs: pixels per metre in both directions (PNG specification, section 11.3.4.3).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at least 0")]
fn physical_size(dots_per_inch: f64) -> Vec<u8> {
    let per_metre = (dots_per_inch / 0.0254).round().max(1.0) as u32;
    let mut body = b"pHYs".to_vec();
    body.extend_from_slice(&per_metre.to_be_bytes());
    body.extend_from_slice(&per_metre.to_be_bytes());
    body.push(1);
    let mut chunk = 9_u32.to_be_bytes().to_vec();
    let check = crc(&body);
    chunk.extend(body);
    chunk.extend_from_slice(&check.to_be_bytes());
    chunk
}

/// The checksum of a chunk (PNG specification, annex D).
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chunk IEND ends every PNG file with the checksum AE 42 60 82.
    #[test]
    fn the_published_checksum() {
        assert_eq!(crc(b"IEND"), 0xae42_6082);
    }
}
