//! PNG and JPEG: unpacked as a whole, when pixels of them are needed.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::pixels::Pixels;
use crate::i18n::Message;
use crate::problem::FileError;

/// The most bytes of a picture that is unpacked: they are all in memory while it is shown.
const MOST: u64 = 400 << 20;

/// The longest side: JPEG has no longer ones.
const LONGEST: u32 = 65_535;

/// How many bytes a byte of such a file becomes at most (Deflate's growth; a JPEG grows less).
const MOST_GROWTH: u64 = 1100;

/// A picture of which only the head was read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Picture {
    path: PathBuf,
    format: ImageFormat,
    /// Width and height, pixels.
    pub size: [u32; 2],
    /// 1 grey, 2 grey and alpha, 3 colours, 4 colours and alpha.
    pub channels: u8,
    /// Bits of a channel.
    pub bits: u8,
}

impl Picture {
    /// Reads the head of a picture.
    ///
    /// # Errors
    /// When it is no PNG or JPEG, or larger than what is unpacked.
    pub fn open(path: &Path) -> Result<Picture, FileError> {
        let bad = |error: image::ImageError| bad(path, &error);
        let reader = reader(path)?;
        let format = reader.format().unwrap_or(ImageFormat::Png);
        let decoder = reader.into_decoder().map_err(bad)?;
        let (width, height) = decoder.dimensions();
        let colour = decoder.original_color_type();
        let channels = decoder.color_type().channel_count();
        let bits = colour.bits_per_pixel() / u16::from(colour.channel_count().max(1));
        let bits = u8::try_from(bits).unwrap_or(8);
        let length = std::fs::metadata(path).map_err(|error| FileError::io(path, &error))?.len();
        if decoder.total_bytes() > MOST {
            let what = Message::new("raster-error-too-large")
                .count("width", u64::from(width))
                .count("height", u64::from(height))
                .count("most", MOST >> 20);
            return Err(FileError::new(path, what).remedy(Message::new("raster-remedy-geotiff")));
        }
        let packed_bits = u64::from(width)
            .saturating_mul(u64::from(height))
            .saturating_mul(u64::from(colour.bits_per_pixel()));
        if packed_bits / 8 > length.saturating_mul(MOST_GROWTH) {
            let error = FileError::new(path, Message::new("raster-error-cut"));
            return Err(error.remedy(Message::new("remedy-get-again")));
        }
        let size = [width, height];
        Ok(Picture { path: path.to_owned(), format, size, channels, bits })
    }

    /// What the format is called.
    pub fn format_name(&self) -> &'static str {
        if self.format == ImageFormat::Jpeg { "JPEG" } else { "PNG" }
    }

    /// Unpacks it.
    ///
    /// # Errors
    /// When what is there cannot be unpacked.
    pub fn pixels(&self) -> Result<Pixels, FileError> {
        let path = self.path.as_path();
        let decoded =
            std::panic::catch_unwind(|| reader(path)?.decode().map_err(|e| bad(path, &e)));
        let decoded = decoded
            .unwrap_or_else(|_| Err(FileError::new(path, Message::new("raster-error-decoder"))))?;
        let (width, height) = (decoded.width(), decoded.height());
        if [width, height] != self.size {
            return Err(FileError::new(path, Message::new("raster-error-changed")));
        }
        let (channels, data) = match decoded {
            DynamicImage::ImageLuma8(pixels) => (1, pixels.into_raw()),
            DynamicImage::ImageLumaA8(pixels) => (2, pixels.into_raw()),
            DynamicImage::ImageRgb8(pixels) => (3, pixels.into_raw()),
            DynamicImage::ImageRgba8(pixels) => (4, pixels.into_raw()),
            other if other.color().has_alpha() && other.color().has_color() => {
                (4, other.into_rgba8().into_raw())
            }
            other if other.color().has_alpha() => (2, other.into_luma_alpha8().into_raw()),
            other if other.color().has_color() => (3, other.into_rgb8().into_raw()),
            other => (1, other.into_luma8().into_raw()),
        };
        Ok(Pixels { width, height, channels, data })
    }
}

fn reader(path: &Path) -> Result<ImageReader<BufReader<File>>, FileError> {
    let opened = ImageReader::open(path).and_then(ImageReader::with_guessed_format);
    let mut reader = opened.map_err(|error| FileError::io(path, &error))?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LONGEST);
    limits.max_image_height = Some(LONGEST);
    limits.max_alloc = Some(MOST + (64 << 20));
    reader.limits(limits);
    Ok(reader)
}

fn bad(path: &Path, error: &image::ImageError) -> FileError {
    let what = match error {
        image::ImageError::Limits(_) => {
            let what = Message::new("raster-error-large").count("most", MOST >> 20);
            let remedy = Message::new("raster-remedy-geotiff");
            return FileError::new(path, what).remedy(remedy);
        }
        image::ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Message::new("raster-error-cut")
        }
        error => Message::new("raster-error-picture").text("detail", error.to_string()),
    };
    FileError::new(path, what).remedy(Message::new("remedy-get-again"))
}
