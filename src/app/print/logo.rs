//! The logo of a sheet, read from its file.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use image::{ImageReader, Limits};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use crate::page::LogoPixels;

/// The longest side of a logo, pixels: a larger one is made as small as this.
const MOST: u32 = 3000;

/// The longest side of a file that is read, pixels, and the most memory it may take.
const MOST_READ: u32 = 20_000;
const MEMORY: u64 = 512 << 20;

/// How many pixels the longest side of a drawing gets, and how large its file may be.
const DRAWN: f32 = 1600.0;
const MOST_BYTES: u64 = 20 << 20;

/// A logo that was read.
pub(super) struct Logo {
    pub pixels: LogoPixels,
    /// Whether letters of a drawing are missing: they have no shapes of their own.
    pub has_lost_letters: bool,
}

/// The pixels of a file; none, with the reason, where they cannot be read.
pub(super) fn read(path: &Path) -> Result<Logo, String> {
    if is_drawing(path)? {
        return draw(path);
    }
    let reader = ImageReader::open(path).and_then(ImageReader::with_guessed_format);
    let mut reader = reader.map_err(|error| error.to_string())?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST_READ);
    limits.max_image_height = Some(MOST_READ);
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut picture = reader.decode().map_err(|error| error.to_string())?;
    if picture.width().max(picture.height()) > MOST {
        picture = picture.resize(MOST, MOST, image::imageops::FilterType::Triangle);
    }
    let picture = picture.into_rgba8();
    let (width, height) = picture.dimensions();
    let pixels = LogoPixels { width, height, rgba: picture.into_raw().into() };
    Ok(Logo { pixels, has_lost_letters: false })
}

/// Whether a file is an SVG, by how it begins.
fn is_drawing(path: &Path) -> Result<bool, String> {
    let mut begin = [0_u8; 512];
    let mut file = File::open(path).map_err(|error| error.to_string())?;
    let count = file.read(&mut begin).map_err(|error| error.to_string())?;
    let begin = String::from_utf8_lossy(begin.get(..count).unwrap_or_default()).to_lowercase();
    let begin = begin.trim_start_matches('\u{feff}').trim_start();
    Ok(begin.starts_with("<?xml") || begin.starts_with("<svg") || begin.starts_with("<!"))
}

/// An SVG as pixels. It opens no other files.
fn draw(path: &Path) -> Result<Logo, String> {
    let length = std::fs::metadata(path).map_err(|error| error.to_string())?.len();
    if length > MOST_BYTES {
        return Err("too large".to_owned());
    }
    let data = std::fs::read(path).map_err(|error| error.to_string())?;
    let mut options = Options::default();
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    let tree = Tree::from_data(&data, &options).map_err(|error| error.to_string())?;
    if !tree.root().has_children() {
        return Err("empty".to_owned());
    }
    let size = tree.size();
    let scale = DRAWN / size.width().max(size.height()).max(f32::MIN_POSITIVE);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let side = |length: f32| (length * scale).ceil().clamp(1.0, DRAWN) as u32;
    let (width, height) = (side(size.width()), side(size.height()));
    let mut pixmap = Pixmap::new(width, height).ok_or("no size")?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let straight = pixmap.pixels().iter().flat_map(|pixel| {
        let pixel = pixel.demultiply();
        [pixel.red(), pixel.green(), pixel.blue(), pixel.alpha()]
    });
    let rgba: Vec<u8> = straight.collect();
    let has_lost_letters = memchr::memmem::find(&data, b"<text").is_some();
    Ok(Logo { pixels: LogoPixels { width, height, rgba: rgba.into() }, has_lost_letters })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logo_is_read_whatever_its_name_and_what_is_none_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("logo.jpg");
        let picture = image::RgbaImage::from_pixel(4, 2, image::Rgba([1, 2, 3, 128]));
        let mut bytes = std::io::Cursor::new(Vec::new());
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        std::fs::write(&path, bytes.into_inner()).unwrap();
        let logo = read(&path).unwrap().pixels;
        assert_eq!((logo.width, logo.height), (4, 2));
        assert_eq!(logo.rgba[..4], [1, 2, 3, 128]);
        std::fs::write(&path, b"<svg/>").unwrap();
        assert!(read(&path).is_err());
        let drawing = r##"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10">
            <rect width="20" height="10" fill="#c00000"/><image href="/etc/hostname" width="5" height="5"/></svg>"##;
        std::fs::write(&path, drawing).unwrap();
        let logo = read(&path).unwrap();
        assert_eq!((logo.pixels.width, logo.pixels.height), (1600, 800));
        assert_eq!(logo.pixels.rgba[..4], [0xc0, 0, 0, 255]);
        assert!(!logo.has_lost_letters);
        std::fs::write(&path, drawing.replace("</svg>", "<text>Gent</text></svg>")).unwrap();
        assert!(read(&path).unwrap().has_lost_letters);
        assert!(read(&folder.path().join("nergens.png")).is_err());
    }
}
