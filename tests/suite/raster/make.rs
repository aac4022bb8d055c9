//! Images made for tests.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use belfort::crs::LayerCrs;
use belfort::jobs::Watch;
use belfort::problem::FileError;
use belfort::raster::{Blocks, PlacedRaster, Raster};
use belfort::table::Extent;
use image::RgbImage;

/// Waves of colour: smooth, and nowhere the same.
pub fn waves(width: u32, height: u32) -> RgbImage {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    let level = |value: f64| (value.sin() * 110.0 + 128.0).round() as u8;
    RgbImage::from_fn(width, height, |x, y| {
        let (x, y) = (f64::from(x), f64::from(y));
        image::Rgb([level(x / 17.0), level(y / 13.0 + 1.0), level((x + y) / 29.0 + 2.0)])
    })
}

/// A number of a TIFF's tag.
#[derive(Clone, Debug)]
pub enum Value {
    Shorts(Vec<u16>),
    Longs(Vec<u32>),
    Doubles(Vec<f64>),
    Text(&'static str),
}

/// Writes TIFFs of one strip that no library writes: with palettes, odd bits, wrong numbers.
#[derive(Clone, Debug)]
pub struct Tiff {
    pub width: u32,
    pub height: u32,
    pub data: Vec<u8>,
    pub tags: Vec<(u16, Value)>,
}

impl Tiff {
    /// An image of 8 bits grey.
    pub fn grey(width: u32, height: u32, data: Vec<u8>) -> Tiff {
        Tiff { width, height, data, tags: Vec::new() }
    }

    /// Sets a tag, in place of what it would be.
    pub fn tag(mut self, tag: u16, value: Value) -> Tiff {
        self.tags.push((tag, value));
        self
    }

    pub fn short(self, tag: u16, value: u16) -> Tiff {
        self.tag(tag, Value::Shorts(vec![value]))
    }

    /// Lays it in Lambert 72: the left top corner and the size of a pixel in metres.
    pub fn in_lambert72(self, [x, y]: [f64; 2], pixel: f64) -> Tiff {
        self.tag(33_550, Value::Doubles(vec![pixel, pixel, 0.0]))
            .tag(33_922, Value::Doubles(vec![0.0, 0.0, 0.0, x, y, 0.0]))
            .tag(34_735, Value::Shorts(vec![1, 1, 0, 2, 1024, 0, 1, 1, 3072, 0, 1, 31_370]))
    }

    /// The file's bytes, lowest byte first.
    pub fn bytes(&self) -> Vec<u8> {
        let length = u32::try_from(self.data.len()).unwrap();
        let mut tags: std::collections::BTreeMap<u16, Value> = [
            (256, Value::Longs(vec![self.width])),
            (257, Value::Longs(vec![self.height])),
            (258, Value::Shorts(vec![8])),
            (259, Value::Shorts(vec![1])),
            (262, Value::Shorts(vec![1])),
            (273, Value::Longs(vec![8])),
            (277, Value::Shorts(vec![1])),
            (278, Value::Longs(vec![self.height])),
            (279, Value::Longs(vec![length])),
        ]
        .into();
        tags.extend(self.tags.iter().cloned());
        let mut file = b"II\x2a\0\0\0\0\0".to_vec();
        file.extend_from_slice(&self.data);
        let mut table = Vec::new();
        let mut entries = Vec::new();
        for (tag, value) in &tags {
            let (kind, count, raw): (u16, usize, Vec<u8>) = match value {
                Value::Shorts(all) => {
                    (3, all.len(), all.iter().flat_map(|one| one.to_le_bytes()).collect())
                }
                Value::Longs(all) => {
                    (4, all.len(), all.iter().flat_map(|one| one.to_le_bytes()).collect())
                }
                Value::Doubles(all) => {
                    (12, all.len(), all.iter().flat_map(|one| one.to_le_bytes()).collect())
                }
                Value::Text(text) => (2, text.len() + 1, [text.as_bytes(), b"\0"].concat()),
            };
            let mut place = raw.clone();
            if raw.len() > 4 {
                place = u32::try_from(file.len()).unwrap().to_le_bytes().to_vec();
                file.extend_from_slice(&raw);
            }
            place.resize(4, 0);
            entries.extend_from_slice(&tag.to_le_bytes());
            entries.extend_from_slice(&kind.to_le_bytes());
            entries.extend_from_slice(&u32::try_from(count).unwrap().to_le_bytes());
            entries.extend_from_slice(&place);
        }
        table.extend_from_slice(&u16::try_from(tags.len()).unwrap().to_le_bytes());
        table.extend_from_slice(&entries);
        table.extend_from_slice(&[0; 4]);
        let at = u32::try_from(file.len()).unwrap();
        file[4..8].copy_from_slice(&at.to_le_bytes());
        file.extend_from_slice(&table);
        file
    }

    pub fn write(&self, folder: &Path, name: &str) -> PathBuf {
        let path = folder.join(name);
        std::fs::write(&path, self.bytes()).unwrap();
        path
    }
}

/// Colours as the samples of a TIFF.
pub fn coloured(picture: &RgbImage) -> Tiff {
    let (width, height) = picture.dimensions();
    Tiff::grey(width, height, picture.as_raw().clone())
        .tag(258, Value::Shorts(vec![8, 8, 8]))
        .short(262, 2)
        .short(277, 3)
}

pub fn open(path: &Path) -> Result<Raster, FileError> {
    Raster::open(path, &Arc::new(Blocks::default()), &Watch::unwatched())
}

/// An image on the map, in the CRS that was found.
pub fn placed(path: &Path) -> PlacedRaster {
    let raster = open(path).unwrap();
    let crs = raster.file.crs.clone().expect("a CRS");
    placed_in(raster, crs)
}

pub fn placed_in(raster: Raster, crs: LayerCrs) -> PlacedRaster {
    PlacedRaster::new(Arc::new(raster), crs, "test".to_owned()).unwrap()
}

/// The picture of an area.
pub fn picture(placed: &PlacedRaster, area: &Extent, size: [u32; 2]) -> Vec<[u8; 4]> {
    let made = placed.picture(area, size, &Watch::unwatched()).unwrap();
    let made = made.unwrap_or_else(|| vec![0; (size[0] * size[1] * 4) as usize]);
    made.as_chunks::<4>().0.to_vec()
}

/// The colour of a place in the coordinates of the image's CRS.
pub fn colour_at(placed: &PlacedRaster, at: [f64; 2]) -> [u8; 4] {
    let mut places = [at];
    let crs = placed.crs();
    belfort::crs::transform_for_map(crs, &mut places, &Watch::unwatched()).unwrap();
    let [[x, y]] = places;
    let half = 1e-3;
    let area = Extent { min_x: x - half, min_y: y - half, max_x: x + half, max_y: y + half };
    picture(placed, &area, [1, 1])[0]
}
