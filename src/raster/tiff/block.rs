//! From the packed bytes of a block to samples.
//!
//! The crate `tiff` unpacks, but it wants a whole file with a directory: it reads all lists of
//! blocks into memory, knows no palettes and one thread at a time. So each block is handed to it as
//! a little file of its own in memory, an image of one strip of plain samples, in the byte order of
//! the file it comes from. The directory of the file itself is read in `directory`.

use std::io::Cursor;

use tiff::decoder::{Decoder, Limits};

use super::directory::Order;
use super::image::{Kind, Layout, TiffImage};
use super::{jpeg, words};
use crate::i18n::Message;
use crate::problem::FileError;
use crate::raster::bytes::Bytes;

/// The samples of a part of an image.
#[derive(Clone, Debug)]
pub(in crate::raster) struct Raw {
    pub width: u32,
    pub height: u32,
    /// Samples that stand together in each plane.
    pub chunked: u16,
    pub bits: u16,
    pub kind: Kind,
    /// One, or one for each sample: numbers in the byte order of this computer, rows beginning at
    /// whole bytes.
    pub planes: Vec<Vec<u8>>,
}

impl Raw {
    /// How many bytes a row has.
    pub fn row_bytes(&self) -> usize {
        let bits = u64::from(self.width) * u64::from(self.chunked) * u64::from(self.bits);
        usize::try_from(bits.div_ceil(8)).unwrap_or(usize::MAX)
    }
}

/// Reads a block of the grid; none where it was left out of the file.
///
/// # Errors
/// When the file ends before, or what is there cannot be unpacked.
pub(super) fn read(
    image: &TiffImage,
    bytes: &Bytes,
    [column, row]: [u32; 2],
) -> Result<Option<Raw>, FileError> {
    let (at, size) = image.grid.part([column, row]);
    let planes = if image.is_planar { image.samples } else { 1 };
    let mut made = Vec::new();
    for plane in 0..planes {
        let part = match image.layout {
            Layout::Tiles => {
                let [across, _] = image.grid.counts();
                let number = u64::from(row) * u64::from(across) + u64::from(column);
                let tile = chunk(image, bytes, plane, number, image.grid.block)?;
                tile.map(|tile| cropped(image, &tile, image.grid.block[0], size))
            }
            Layout::Strips(rows) => strips(image, bytes, plane, rows, at[1], size)?,
            Layout::Plain(rows) => plain(image, bytes, plane, rows, at, size)?,
        };
        // Left out in one plane: left out as a whole.
        let Some(part) = part else { return Ok(None) };
        made.push(part);
    }
    let [width, height] = size;
    let (bits, kind) = (image.bits, image.kind);
    Ok(Some(Raw { width, height, chunked: image.chunked(), bits, kind, planes: made }))
}

/// Some strips below each other.
fn strips(
    image: &TiffImage,
    bytes: &Bytes,
    plane: u16,
    rows: u32,
    first_row: u32,
    [width, height]: [u32; 2],
) -> Result<Option<Vec<u8>>, FileError> {
    let mut all = Vec::new();
    let mut is_empty = true;
    let row_bytes = usize::try_from(image.row_bytes(width)).unwrap_or(usize::MAX);
    for top in (0..height).step_by(rows as usize) {
        let count = rows.min(height - top);
        let number = u64::from((first_row + top) / rows);
        match chunk(image, bytes, plane, number, [width, count])? {
            Some(strip) => {
                is_empty = false;
                all.extend_from_slice(&strip);
            }
            None => all.resize(all.len() + row_bytes * count as usize, 0),
        }
    }
    Ok((!is_empty).then_some(all))
}

/// A rectangle out of strips that are not packed.
fn plain(
    image: &TiffImage,
    bytes: &Bytes,
    plane: u16,
    rows: u32,
    at: [u32; 2],
    size: [u32; 2],
) -> Result<Option<Vec<u8>>, FileError> {
    let whole_row = image.row_bytes(image.grid.size[0]);
    let row_bytes = usize::try_from(image.row_bytes(size[0])).unwrap_or(usize::MAX);
    let before = image.row_bytes(at[0]);
    let is_whole = size[0] == image.grid.size[0];
    let mut all = Vec::new();
    let mut is_empty = true;
    let mut y = at[1];
    let end = at[1].saturating_add(size[1]);
    while y < end {
        let (strip, inside) = (y / rows, y % rows);
        // As many rows at once as lie behind each other.
        let count = if is_whole { (rows - inside).min(end - y) } else { 1 };
        let length = row_bytes.saturating_mul(count as usize);
        match image.range(bytes, plane, u64::from(strip))? {
            Some((begin, _)) => {
                is_empty = false;
                let from = u64::from(inside).saturating_mul(whole_row).saturating_add(before);
                bytes.append(begin.saturating_add(from), length, &mut all)?;
            }
            None => all.resize(all.len().saturating_add(length), 0),
        }
        y += count;
    }
    if is_empty {
        return Ok(None);
    }
    unpack(image, all, size, words::NONE)
        .map(Some)
        .map_err(|what| FileError::new(bytes.path(), what))
}

/// A tile or strip of the file, unpacked; none where it was left out.
fn chunk(
    image: &TiffImage,
    bytes: &Bytes,
    plane: u16,
    number: u64,
    size: [u32; 2],
) -> Result<Option<Vec<u8>>, FileError> {
    let Some((at, length)) = image.range(bytes, plane, number)? else { return Ok(None) };
    let packed = bytes.read(at, length)?;
    let error = |what| FileError::new(bytes.path(), what).at(crate::problem::Place::Byte(at));
    unpack(image, packed, size, image.compression).map(Some).map_err(error)
}

/// The left top part of a tile.
fn cropped(image: &TiffImage, tile: &[u8], width: u32, size: [u32; 2]) -> Vec<u8> {
    let from = usize::try_from(image.row_bytes(width)).unwrap_or(usize::MAX).max(1);
    let to = usize::try_from(image.row_bytes(size[0])).unwrap_or(usize::MAX);
    let rows = tile.chunks_exact(from).take(size[1] as usize);
    rows.flat_map(|row| row.get(..to).unwrap_or(row)).copied().collect()
}

/// Unpacks: numbers in the byte order of this computer.
fn unpack(
    image: &TiffImage,
    mut packed: Vec<u8>,
    [width, height]: [u32; 2],
    compression: u16,
) -> Result<Vec<u8>, Message> {
    let bad = |detail: String| Message::new("raster-error-block").text("detail", detail);
    let length = image.row_bytes(width).saturating_mul(u64::from(height));
    let most = (packed.len() as u64 + 16).saturating_mul(words::most_growth(compression));
    if length > most {
        return Err(Message::new("raster-error-cut"));
    }
    if image.is_reversed {
        packed.iter_mut().for_each(|byte| *byte = byte.reverse_bits());
    }
    if compression == words::NONE && image.bits <= 8 {
        packed.truncate(usize::try_from(length).unwrap_or(usize::MAX));
        return Ok(packed);
    }
    if compression == words::JPEG {
        let (found, colours) =
            jpeg::frame(&packed).ok_or_else(|| Message::new("raster-error-jpeg"))?;
        let is_same = u32::from(found[0]) == width && u32::from(found[1]) >= height;
        if !is_same || u16::from(colours) != image.chunked() || image.bits != 8 {
            return Err(Message::new("raster-error-jpeg"));
        }
    }
    let file = little_file(image, &packed, [width, height], compression).map_err(bad)?;
    // The crate is not proof against all that a broken file may hold.
    let unpacked = std::panic::catch_unwind(|| {
        let limits = Limits::unlimited();
        let mut decoder = Decoder::new(Cursor::new(file))?.with_limits(limits);
        let mut samples = vec![0; usize::try_from(length).unwrap_or(0)];
        decoder.read_chunk_bytes(0, &mut samples)?;
        Ok::<_, tiff::TiffError>(samples)
    });
    match unpacked {
        Ok(Ok(samples)) => Ok(samples),
        Ok(Err(error)) => Err(bad(error.to_string())),
        Err(_) => Err(Message::new("raster-error-decoder")),
    }
}

/// A tag of the little file: its number, its kind (3 for 16 bits, 4 for 32, 7 for bytes), how many
/// values and the value or where they are.
type Tag = (u16, u16, u32, u32);

/// A TIFF of one strip around packed samples.
fn little_file(
    image: &TiffImage,
    packed: &[u8],
    [width, height]: [u32; 2],
    compression: u16,
) -> Result<Vec<u8>, String> {
    let tables = image.tables.as_deref().filter(|_| compression == words::JPEG);
    let count: u16 = if tables.is_some() { 13 } else { 12 };
    let after_tags = 8 + 2 + 12 * u32::from(count) + 4;
    let too_large = |_| "too large".to_owned();
    let tables_length = u32::try_from(tables.map_or(0, <[u8]>::len)).map_err(too_large)?;
    let begin = after_tags.saturating_add(tables_length);
    let length = u32::try_from(packed.len()).map_err(too_large)?;
    let format = match image.kind {
        Kind::Unsigned => 1,
        Kind::Signed => 2,
        Kind::Float => 3,
    };
    let chunked = u32::from(image.chunked());
    let predictor = if compression == words::NONE { 1 } else { u32::from(image.predictor.max(1)) };
    let mut tags: Vec<Tag> = vec![
        (256, 4, 1, width),
        (257, 4, 1, height),
        (258, 3, 1, u32::from(image.bits)),
        (259, 3, 1, u32::from(compression)),
        // Black is zero, whatever it means: the meaning is given afterwards.
        (262, 3, 1, 1),
        (273, 4, 1, begin),
        (277, 3, 1, chunked),
        (278, 4, 1, height),
        (279, 4, 1, length),
        (284, 3, 1, 1),
        (317, 3, 1, predictor),
        (339, 3, 1, format),
    ];
    if tables.is_some() {
        tags.push((347, 7, tables_length, after_tags));
    }
    let mut file = Vec::with_capacity(begin as usize + packed.len());
    let order = image.order;
    let short = |file: &mut Vec<u8>, number: u16| match order {
        Order::Little => file.extend_from_slice(&number.to_le_bytes()),
        Order::Big => file.extend_from_slice(&number.to_be_bytes()),
    };
    let long = |file: &mut Vec<u8>, number: u32| match order {
        Order::Little => file.extend_from_slice(&number.to_le_bytes()),
        Order::Big => file.extend_from_slice(&number.to_be_bytes()),
    };
    file.extend_from_slice(if order == Order::Little { b"II" } else { b"MM" });
    short(&mut file, 42);
    long(&mut file, 8);
    short(&mut file, count);
    for (tag, kind, count, value) in tags {
        short(&mut file, tag);
        short(&mut file, kind);
        long(&mut file, count);
        if kind == 3 {
            // A short value stands at the left of its place.
            short(&mut file, u16::try_from(value).map_err(|error| error.to_string())?);
            short(&mut file, 0);
        } else {
            long(&mut file, value);
        }
    }
    long(&mut file, 0);
    file.extend_from_slice(tables.unwrap_or_default());
    file.extend_from_slice(packed);
    Ok(file)
}
