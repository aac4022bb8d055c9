//! TIFF and GeoTIFF: images cut into blocks, with smaller copies of themselves and masks.

mod block;
mod directory;
mod geo_keys;
mod image;
mod jpeg;
mod words;

pub(super) use block::Raw;
pub(super) use geo_keys::{GeoCrs, Where};
pub(super) use image::{Kind, Meaning, TiffImage};
pub(super) use words::compression;

use std::path::Path;

use self::directory::Directory;
use self::image::Purpose;
use super::beside::behind;
use super::bytes::Bytes;
use crate::i18n::{Arg, Message};
use crate::problem::{FileError, Problems};

/// The tag of GDAL for the value that stands for nothing.
const NODATA: u16 = 42_113;

/// The tag for whose the picture is.
const COPYRIGHT: u16 = 33_432;

/// How many blocks are checked when a file is opened; more are found out when they are shown.
const CHECKED_BLOCKS: usize = 1 << 20;

/// An image of a file, and the file it is in: overviews may lie in a second one.
#[derive(Debug)]
struct Part {
    file: usize,
    image: TiffImage,
}

/// A level: an image of the list, and the image that masks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub image: usize,
    pub mask: Option<usize>,
}

/// A TIFF whose directories were read.
#[derive(Debug)]
pub(super) struct Tiff {
    files: Vec<Bytes>,
    parts: Vec<Part>,
    /// The image and its smaller copies, the largest first.
    pub levels: Vec<Stored>,
    pub place: Where,
    pub crs: GeoCrs,
    /// The value that stands for nothing.
    pub nodata: Option<f64>,
    /// Whose the picture is.
    pub copyright: Option<String>,
    pub problems: Problems,
}

impl Tiff {
    /// Reads the directories of a file, and of `.ovr` and `.msk` files beside it.
    ///
    /// # Errors
    /// When the file is no TIFF or its first image cannot be shown.
    pub fn open(path: &Path) -> Result<Tiff, FileError> {
        let bytes = Bytes::open(path)?;
        let mut problems = Problems::new();
        let (directories, is_broken) = directory::directories(&bytes)?;
        problems.add("problem-raster-directories", u64::from(is_broken));
        let first = directories.first();
        let first =
            first.ok_or_else(|| FileError::new(path, Message::new("raster-error-not-tiff")))?;
        let main = TiffImage::new(first, &bytes)?;
        let (place, crs) = geo_keys::read(first, &bytes)?;
        let nodata = first.text(&bytes, NODATA, 64)?;
        let nodata = nodata.and_then(|text| text.trim().parse().ok());
        let copyright = first.text(&bytes, COPYRIGHT, 512)?;
        let copyright = copyright.map(|text| text.trim().to_owned());
        let copyright = copyright.filter(|text| !text.is_empty());
        problems.add("problem-raster-cut", main.check(&bytes, CHECKED_BLOCKS)?);
        let mut tiff = Tiff {
            files: vec![bytes],
            parts: vec![Part { file: 0, image: main }],
            levels: Vec::new(),
            place,
            crs,
            nodata,
            copyright,
            problems,
        };
        let (mut smaller, mut masks) = (Vec::new(), Vec::new());
        tiff.sort(0, directories.get(1..).unwrap_or_default(), &mut smaller, &mut masks);
        for (ending, is_mask) in [(".ovr", false), (".msk", true)] {
            let Some(beside) = behind(path, ending) else { continue };
            tiff.add_file(&beside, is_mask, &mut smaller, &mut masks);
        }
        tiff.arrange(smaller, &masks);
        Ok(tiff)
    }

    /// A file whose images belong to this one.
    fn add_file(
        &mut self,
        path: &Path,
        is_mask: bool,
        smaller: &mut Vec<usize>,
        masks: &mut Vec<usize>,
    ) {
        let opened = Bytes::open(path).and_then(|bytes| {
            directory::directories(&bytes).map(|(directories, _)| (bytes, directories))
        });
        match opened {
            Ok((bytes, directories)) => {
                self.files.push(bytes);
                let file = self.files.len() - 1;
                if is_mask {
                    self.add_images(file, &directories, masks);
                } else {
                    self.sort(file, &directories, smaller, masks);
                }
            }
            Err(error) => {
                let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                let args =
                    vec![("name", Arg::Text(name)), ("what", Arg::Message(Box::new(error.what)))];
                self.problems.report("problem-raster-companion", 1, args, None);
            }
        }
    }

    fn add_images(&mut self, file: usize, directories: &[Directory], to: &mut Vec<usize>) {
        for directory in directories {
            let Some(bytes) = self.files.get(file) else { return };
            if let Ok(image) = TiffImage::new(directory, bytes) {
                self.parts.push(Part { file, image });
                to.push(self.parts.len() - 1);
            }
        }
    }

    /// Puts the further images of a file where they belong; other pages are told.
    fn sort(
        &mut self,
        file: usize,
        directories: &[Directory],
        smaller: &mut Vec<usize>,
        masks: &mut Vec<usize>,
    ) {
        let mut pages = 0;
        for directory in directories {
            let Some(bytes) = self.files.get(file) else { return };
            let purpose = Purpose::of(directory, bytes);
            // In an .ovr file every image is a smaller copy, whatever it says.
            let is_smaller = purpose.is_reduced || file > 0;
            let Ok(image) = TiffImage::new(directory, bytes) else {
                pages += u64::from(!is_smaller && !purpose.is_mask);
                continue;
            };
            let is_copy = self.parts.first().is_some_and(|main| image.is_overview_of(&main.image));
            let list = if purpose.is_mask {
                &mut *masks
            } else if is_smaller && is_copy {
                &mut *smaller
            } else {
                pages += u64::from(!is_smaller);
                continue;
            };
            list.push(self.parts.len());
            self.parts.push(Part { file, image });
        }
        self.problems.add("problem-raster-pages", pages);
    }

    /// The levels, the largest first, each with the mask of its size.
    fn arrange(&mut self, mut smaller: Vec<usize>, masks: &[usize]) {
        let size = |part: usize| self.parts.get(part).map_or([0; 2], |part| part.image.grid.size);
        smaller.sort_by_key(|part| std::cmp::Reverse(size(*part)));
        smaller.dedup_by_key(|part| size(*part));
        let all = std::iter::once(0).chain(smaller);
        let level = |image: usize| {
            let mask = masks.iter().copied().find(|mask| size(*mask) == size(image));
            Stored { image, mask }
        };
        let levels: Vec<Stored> = all.map(level).collect();
        // An overview without a mask would show what is masked in the image itself.
        let is_masked = levels.first().is_some_and(|level| level.mask.is_some());
        self.levels =
            levels.into_iter().filter(|level| level.mask.is_some() || !is_masked).collect();
    }

    /// An image of the file.
    pub fn image(&self, image: usize) -> Option<&TiffImage> {
        self.parts.get(image).map(|part| &part.image)
    }

    /// The samples of a block of an image; none where it was left out of the file.
    ///
    /// # Errors
    /// When the block cannot be read or unpacked.
    pub fn read(&self, image: usize, block: [u32; 2]) -> Result<Option<Raw>, FileError> {
        let Some(part) = self.parts.get(image) else { return Ok(None) };
        let Some(bytes) = self.files.get(part.file) else { return Ok(None) };
        block::read(&part.image, bytes, block)
    }
}
