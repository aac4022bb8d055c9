//! One image of a TIFF: its size, its samples and where its blocks are.

use std::sync::Arc;

use super::directory::{Directory, List, Order};
use super::words;
use crate::i18n::Message;
use crate::problem::{FileError, Place};
use crate::raster::bytes::Bytes;
use crate::raster::pixels::Grid;

/// The most bytes of a block once it is unpacked, and packed.
const MOST_BLOCK: u64 = 512 << 20;

/// An image of which less than one in so many pixels can be in the file is refused.
const LEAST_SHARE: u64 = 64;

/// The largest tables for JPEG taken along.
const MOST_TABLES: usize = 64 << 10;

/// The most samples a pixel may have.
const MOST_SAMPLES: u64 = 4096;

/// Strips are put together to blocks of about so many rows.
const ROWS: u32 = 128;

/// Blocks of rows that are not packed are at most so wide: only what is needed of them is read.
const WIDE: u32 = 1024;

/// The tags used here (TIFF 6.0, section 8 and further).
mod tag {
    pub const SUBFILE: u16 = 254;
    pub const WIDTH: u16 = 256;
    pub const HEIGHT: u16 = 257;
    pub const BITS: u16 = 258;
    pub const COMPRESSION: u16 = 259;
    pub const PHOTOMETRIC: u16 = 262;
    pub const FILL_ORDER: u16 = 266;
    pub const STRIP_OFFSETS: u16 = 273;
    pub const SAMPLES: u16 = 277;
    pub const ROWS_PER_STRIP: u16 = 278;
    pub const STRIP_COUNTS: u16 = 279;
    pub const PLANAR: u16 = 284;
    pub const PREDICTOR: u16 = 317;
    pub const PALETTE: u16 = 320;
    pub const TILE_WIDTH: u16 = 322;
    pub const TILE_HEIGHT: u16 = 323;
    pub const TILE_OFFSETS: u16 = 324;
    pub const TILE_COUNTS: u16 = 325;
    pub const EXTRA_SAMPLES: u16 = 338;
    pub const SAMPLE_FORMAT: u16 = 339;
    pub const JPEG_TABLES: u16 = 347;
    pub const SUBSAMPLING: u16 = 530;
}

/// What the bits of a sample are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::raster) enum Kind {
    /// A whole number without a sign.
    Unsigned,
    /// A whole number with a sign.
    Signed,
    /// A number with decimals.
    Float,
}

/// What the samples mean (tag PhotometricInterpretation).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::raster) enum Meaning {
    /// Grey, the lowest value white.
    WhiteIsZero,
    /// Grey, the lowest value black.
    BlackIsZero,
    /// Red, green, blue.
    Rgb,
    /// Numbers of a palette's colours.
    Palette,
    /// Cyan, magenta, yellow, black.
    Cmyk,
    /// Brightness and two differences of colour.
    YCbCr,
}

/// What a directory of a file is for (tag NewSubfileType).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Purpose {
    /// A smaller copy of another image.
    pub is_reduced: bool,
    /// Tells which pixels of another image are there.
    pub is_mask: bool,
}

impl Purpose {
    /// What a directory is for.
    pub fn of(directory: &Directory, bytes: &Bytes) -> Purpose {
        let kind = directory.number(bytes, tag::SUBFILE).ok().flatten().unwrap_or(0);
        Purpose { is_reduced: kind & 1 != 0, is_mask: kind & 4 != 0 }
    }
}

/// How blocks lie in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Tiles of the size of the grid's blocks.
    Tiles,
    /// Strips of so many rows, several of which may be one block of the grid.
    Strips(u32),
    /// Strips of so many rows that are not packed: any part of them can be read by itself.
    Plain(u32),
}

/// One image of a file.
#[derive(Clone, Debug)]
pub(in crate::raster) struct TiffImage {
    pub(super) order: Order,
    /// The blocks it is read in.
    pub grid: Grid,
    pub(super) layout: Layout,
    /// Bits of a sample: 1, 2, 4, 8, 16, 32 or 64.
    pub bits: u16,
    pub kind: Kind,
    /// Samples of a pixel.
    pub samples: u16,
    /// What the samples beyond those of the meaning are (tag ExtraSamples).
    pub extra: Vec<u64>,
    pub meaning: Meaning,
    pub compression: u16,
    pub(super) predictor: u16,
    /// Whether each sample has blocks of its own.
    pub is_planar: bool,
    /// Whether the bits of a byte stand in the other order.
    pub(super) is_reversed: bool,
    pub(super) tables: Option<Arc<[u8]>>,
    /// The colours of a palette: red, green and blue.
    pub palette: Vec<[u8; 3]>,
    offsets: List,
    counts: Option<List>,
    /// Blocks of one plane in the file.
    per_plane: u64,
}

impl TiffImage {
    /// Reads what a directory says, and refuses what cannot be shown.
    pub(super) fn new(directory: &Directory, bytes: &Bytes) -> Result<TiffImage, FileError> {
        let fail = |what: Message| FileError::new(bytes.path(), what).at(Place::Byte(directory.at));
        let number = |tag: u16| directory.number(bytes, tag);
        let small = |tag: u16, usual: u16| {
            number(tag).map(|n| n.map_or(usual, |n| u16::try_from(n).unwrap_or(u16::MAX)))
        };
        let side = |tag: u16| {
            number(tag).map(|n| n.and_then(|n| u32::try_from(n).ok()).filter(|n| *n > 0))
        };
        let (Some(width), Some(height)) = (side(tag::WIDTH)?, side(tag::HEIGHT)?) else {
            return Err(fail(Message::new("raster-error-size")));
        };
        let samples = number(tag::SAMPLES)?.unwrap_or(1);
        let samples_ok = (1..=MOST_SAMPLES).contains(&samples);
        let samples = u16::try_from(samples).ok().filter(|_| samples_ok);
        let samples = samples.ok_or_else(|| fail(Message::new("raster-error-samples")))?;
        let compression = small(tag::COMPRESSION, 1)?;
        if !words::is_unpacked(compression) {
            let what = words::unsupported_compression(compression);
            return Err(fail(what).remedy(Message::new("raster-remedy-convert")));
        }
        let (bits, kind) = sample_kind(directory, bytes, samples)
            .map_err(|what| fail(what).remedy(Message::new("raster-remedy-convert")))?;
        let meaning = meaning(small(tag::PHOTOMETRIC, 1)?, samples)
            .map_err(|what| fail(what).remedy(Message::new("raster-remedy-convert")))?;
        let is_planar = small(tag::PLANAR, 1)? == 2 && samples > 1;
        let subsampling = directory.numbers(bytes, tag::SUBSAMPLING, 2)?;
        if meaning == Meaning::YCbCr && compression != words::JPEG && subsampling != [1, 1] {
            let what = Message::new("raster-error-colours").text("what", "YCbCr");
            return Err(fail(what).remedy(Message::new("raster-remedy-convert")));
        }
        let palette = palette(directory, bytes, meaning, bits).map_err(&fail)?;
        let tables = directory.bytes(bytes, tag::JPEG_TABLES, MOST_TABLES)?;
        let tables = (compression == words::JPEG && tables.len() > 4).then(|| tables.into());
        let mut extra = directory.numbers(bytes, tag::EXTRA_SAMPLES, usize::from(samples))?;
        extra.truncate(usize::from(samples));

        let is_tiled = directory.has(tag::TILE_OFFSETS);
        let lists = if is_tiled {
            (tag::TILE_OFFSETS, tag::TILE_COUNTS)
        } else {
            (tag::STRIP_OFFSETS, tag::STRIP_COUNTS)
        };
        let no_blocks = || fail(Message::new("raster-error-block-list"));
        let offsets = directory.list(lists.0).ok_or_else(no_blocks)?;
        let counts = directory.list(lists.1);
        let planes = if is_planar { u64::from(samples) } else { 1 };
        let chunked = if is_planar { 1 } else { u64::from(samples) };
        let pixel_bits = chunked * u64::from(bits);
        let (layout, grid, per_plane) = if is_tiled {
            let (Some(across), Some(down)) = (side(tag::TILE_WIDTH)?, side(tag::TILE_HEIGHT)?)
            else {
                return Err(no_blocks());
            };
            let grid = Grid::new([width, height], [across, down]);
            (Layout::Tiles, grid, grid.count())
        } else {
            let rows = side(tag::ROWS_PER_STRIP)?.unwrap_or(height).min(height);
            let strips = u64::from(height.div_ceil(rows));
            if compression == words::NONE {
                let block = if pixel_bits.is_multiple_of(8) { width.min(WIDE) } else { width };
                let grid = Grid::new([width, height], [block, ROWS.min(height)]);
                (Layout::Plain(rows), grid, strips)
            } else {
                let together = (ROWS / rows).max(1);
                let grid = Grid::new([width, height], [width, rows.saturating_mul(together)]);
                (Layout::Strips(rows), grid, strips)
            }
        };
        let [across, down] = grid.block;
        let row_bytes = (u64::from(across) * pixel_bits).div_ceil(8);
        let block_bytes = row_bytes.saturating_mul(u64::from(down)).saturating_mul(planes);
        if block_bytes > MOST_BLOCK {
            let what = Message::new("raster-error-block-size")
                .count("megabytes", block_bytes >> 20)
                .count("most", MOST_BLOCK >> 20);
            return Err(fail(what).remedy(Message::new("raster-remedy-tile")));
        }
        if offsets.count < per_plane.saturating_mul(planes)
            || counts.is_some_and(|counts| counts.count < per_plane.saturating_mul(planes))
        {
            return Err(no_blocks());
        }
        if counts.is_none() && !matches!(layout, Layout::Plain(_)) {
            return Err(no_blocks());
        }
        Ok(TiffImage {
            order: directory.order(),
            grid,
            layout,
            bits,
            kind,
            samples,
            extra,
            meaning,
            compression,
            predictor: small(tag::PREDICTOR, 1)?,
            is_planar,
            is_reversed: small(tag::FILL_ORDER, 1)? == 2 && bits < 8,
            tables,
            palette,
            offsets,
            counts,
            per_plane,
        })
    }

    /// Samples that stand together in one block of the file.
    pub(super) fn chunked(&self) -> u16 {
        if self.is_planar { 1 } else { self.samples }
    }

    /// How many bytes a row of so many pixels has in a block of the file.
    pub(super) fn row_bytes(&self, pixels: u32) -> u64 {
        (u64::from(pixels) * u64::from(self.chunked()) * u64::from(self.bits)).div_ceil(8)
    }

    /// Where a block of the file (a tile or strip of a plane) is, and how many bytes it has if it is
    /// packed. None where it was left out: then all of it is empty.
    ///
    /// # Errors
    /// When the lists or the file are too short, or it is larger than any block may be.
    pub(super) fn range(
        &self,
        bytes: &Bytes,
        plane: u16,
        number: u64,
    ) -> Result<Option<(u64, usize)>, FileError> {
        let index = u64::from(plane).saturating_mul(self.per_plane).saturating_add(number);
        let at = self.offsets.get(bytes, index)?;
        let count = match &self.counts {
            Some(counts) => counts.get(bytes, index)?,
            None => 1,
        };
        // How GDAL leaves blocks out ("sparse files").
        if at == 0 || count == 0 {
            return Ok(None);
        }
        // Of strips that are not packed, rows are read as far as they are there.
        if let Layout::Plain(_) = self.layout {
            return Ok(Some((at, 0)));
        }
        if count > MOST_BLOCK || !bytes.has(at, count) {
            let error = FileError::new(bytes.path(), Message::new("raster-error-cut"));
            return Err(error.at(Place::Byte(at.min(bytes.length()))));
        }
        Ok(usize::try_from(count).ok().map(|count| (at, count)))
    }

    /// Looks where the first blocks of the file are: how many of them do not lie inside it, because
    /// it was cut.
    ///
    /// # Errors
    /// When hardly anything of the image can be there: a header that claims what it has not.
    pub(super) fn check(&self, bytes: &Bytes, most: usize) -> Result<u64, FileError> {
        let planes = if self.is_planar { u64::from(self.samples) } else { 1 };
        let all = self.per_plane.saturating_mul(planes);
        let count = usize::try_from(all).unwrap_or(usize::MAX).min(most);
        let offsets = self.offsets.some(bytes, 0, count)?;
        let counts = match (&self.counts, self.layout) {
            // What is read of strips that are not packed follows from their rows.
            (_, Layout::Plain(rows)) => {
                let [width, height] = self.grid.size;
                let strips = u64::from(height.div_ceil(rows)).max(1);
                let length = |strip: u64| {
                    let top = strip.saturating_mul(u64::from(rows));
                    let rows = u64::from(rows).min(u64::from(height).saturating_sub(top));
                    self.row_bytes(width).saturating_mul(rows)
                };
                (0..count as u64).map(|index| length(index % strips)).collect()
            }
            (Some(counts), _) => counts.some(bytes, 0, count)?,
            (None, _) => Vec::new(),
        };
        let cut = || {
            let error = FileError::new(bytes.path(), Message::new("raster-error-cut"));
            error.at(Place::Byte(bytes.length())).remedy(Message::new("remedy-get-again"))
        };
        let is_there = |(at, count): &(&u64, &u64)| **at > 0 && **count > 0;
        let there = offsets.iter().zip(&counts).filter(is_there);
        let total = there.clone().count();
        let beyond = there.filter(|(at, count)| !bytes.has(**at, **count)).count();
        if total == beyond && total > 0 && !matches!(self.layout, Layout::Plain(_)) {
            return Err(cut());
        }
        let [width, height] = self.grid.size;
        let needed = self.row_bytes(width).saturating_mul(u64::from(height)).saturating_mul(planes);
        let possible = bytes.length().saturating_mul(words::most_growth(self.compression));
        if total == offsets.len() && needed / LEAST_SHARE > possible {
            return Err(cut());
        }
        Ok(beyond as u64)
    }

    /// Whether this is a smaller copy of another image: of the same kind and shape.
    pub(super) fn is_overview_of(&self, main: &TiffImage) -> bool {
        let [width, height] = self.grid.size.map(f64::from);
        let [whole_width, whole_height] = main.grid.size.map(f64::from);
        let factor = whole_width / width;
        // As wide as high, up to a pixel lost in rounding.
        let is_alike = (whole_height / factor - height).abs() <= 1.5;
        let same_samples = self.samples == main.samples && self.kind == main.kind;
        factor > 1.0 && is_alike && same_samples && self.bits == main.bits
    }
}

/// How many bits a sample has, and what they are.
fn sample_kind(directory: &Directory, bytes: &Bytes, samples: u16) -> Result<(u16, Kind), Message> {
    let most = usize::from(samples);
    let read = |tag| directory.numbers(bytes, tag, most).unwrap_or_default();
    let (bits, formats) = (read(tag::BITS), read(tag::SAMPLE_FORMAT));
    let first = bits.first().copied().unwrap_or(1);
    let format = formats.first().copied().unwrap_or(1);
    let unsupported = || Message::new("raster-error-bits").count("bits", first);
    if bits.iter().any(|bits| *bits != first) || formats.iter().any(|one| *one != format) {
        return Err(Message::new("raster-error-mixed"));
    }
    let kind = match (format, first) {
        (1 | 4, 1 | 2 | 4 | 8 | 16 | 32 | 64) => Kind::Unsigned,
        (2, 8 | 16 | 32 | 64) => Kind::Signed,
        (3, 16 | 32 | 64) => Kind::Float,
        (5 | 6, _) => return Err(Message::new("raster-error-complex")),
        _ => return Err(unsupported()),
    };
    Ok((u16::try_from(first).map_err(|_| unsupported())?, kind))
}

fn meaning(photometric: u16, samples: u16) -> Result<Meaning, Message> {
    let (meaning, needed) = match photometric {
        0 => (Meaning::WhiteIsZero, 1),
        // A mask is black where nothing is.
        1 | 4 => (Meaning::BlackIsZero, 1),
        2 => (Meaning::Rgb, 3),
        3 => (Meaning::Palette, 1),
        5 => (Meaning::Cmyk, 4),
        6 => (Meaning::YCbCr, 3),
        other => {
            let what = words::photometric(other);
            return Err(Message::new("raster-error-colours").text("what", what));
        }
    };
    if samples < needed {
        return Err(Message::new("raster-error-samples"));
    }
    Ok(meaning)
}

/// The colours of a palette (tag ColorMap: first all reds, then all greens, then all blues, of 16
/// bits each).
fn palette(
    directory: &Directory,
    bytes: &Bytes,
    meaning: Meaning,
    bits: u16,
) -> Result<Vec<[u8; 3]>, Message> {
    if meaning != Meaning::Palette {
        return Ok(Vec::new());
    }
    if bits > 8 {
        return Err(Message::new("raster-error-bits").count("bits", u64::from(bits)));
    }
    let colours = 1_usize << bits;
    let no_palette = || Message::new("raster-error-palette");
    if directory.count(tag::PALETTE) < 3 * colours as u64 {
        return Err(no_palette());
    }
    let values = directory.numbers(bytes, tag::PALETTE, 3 * colours).map_err(|error| error.what)?;
    // Some programs write 8 bits where 16 belong.
    let shift = if values.iter().any(|value| *value > 255) { 8 } else { 0 };
    let level = |value: u64| u8::try_from(value >> shift).unwrap_or(u8::MAX);
    let (reds, rest) = values.split_at_checked(colours).ok_or_else(no_palette)?;
    let (greens, blues) = rest.split_at_checked(colours).ok_or_else(no_palette)?;
    let colours = reds.iter().zip(greens).zip(blues);
    Ok(colours.map(|((red, green), blue)| [*red, *green, *blue].map(level)).collect())
}
