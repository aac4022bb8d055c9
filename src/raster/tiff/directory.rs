//! The directories of a TIFF: which tags an image has, and their values.
//!
//! TIFF 6.0, section 2; BigTIFF as libtiff writes it (<http://bigtiff.org>). Values are read when
//! they are asked for, and never more than is told to be enough: what a header claims reserves no
//! memory.

use std::collections::{BTreeMap, BTreeSet};

use crate::i18n::Message;
use crate::problem::{FileError, Place};
use crate::raster::bytes::Bytes;

/// The most tags of a directory.
const MOST_TAGS: u64 = 4096;

/// The most directories looked at; a file with all overviews and masks has some twenty.
const MOST_DIRECTORIES: usize = 64;

/// The order of the bytes of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// The lowest first: `II`.
    Little,
    /// The highest first: `MM`.
    Big,
}

impl Order {
    /// An unsigned number of up to eight bytes.
    fn number(self, bytes: &[u8]) -> u64 {
        let fold = |number: u64, byte: &u8| (number << 8) | u64::from(*byte);
        match self {
            Order::Little => bytes.iter().rev().fold(0, fold),
            Order::Big => bytes.iter().fold(0, fold),
        }
    }
}

/// The kinds of values, by their numbers in the file.
mod kind {
    pub const BYTE: u16 = 1;
    pub const ASCII: u16 = 2;
    pub const SHORT: u16 = 3;
    pub const LONG: u16 = 4;
    pub const UNDEFINED: u16 = 7;
    pub const FLOAT: u16 = 11;
    pub const DOUBLE: u16 = 12;
    pub const IFD: u16 = 13;
    pub const LONG8: u16 = 16;
    pub const IFD8: u16 = 18;
}

/// How many bytes a value of a kind has; none for a kind nobody knows.
fn size_of(kind: u16) -> Option<u64> {
    Some(match kind {
        1 | 2 | 6 | 7 => 1,
        3 | 8 => 2,
        4 | 9 | 11 | 13 => 4,
        5 | 10 | 12 | 16 | 17 | 18 => 8,
        _ => return None,
    })
}

/// Where the values of a tag are.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    kind: u16,
    count: u64,
    /// Where in the file they begin.
    at: u64,
}

/// A directory: the tags of one image.
#[derive(Clone, Debug)]
pub(super) struct Directory {
    /// Where it begins in the file.
    pub at: u64,
    order: Order,
    entries: BTreeMap<u16, Entry>,
}

/// The directories of a file in their order, and the order of its numbers' bytes. A broken one
/// after the first ends the list; whether that happened is told too.
///
/// # Errors
/// When the file is no TIFF or its first directory cannot be read.
pub(super) fn directories(bytes: &Bytes) -> Result<(Vec<Directory>, bool), FileError> {
    let head = bytes.read(0, usize::try_from(bytes.length().min(16)).unwrap_or(0))?;
    let not_tiff = || FileError::new(bytes.path(), Message::new("raster-error-not-tiff"));
    let order = match head.get(..2) {
        Some(b"II") => Order::Little,
        Some(b"MM") => Order::Big,
        _ => return Err(not_tiff()),
    };
    let version = head.get(2..4).map(|two| order.number(two));
    let (is_big, first) = match version {
        Some(42) => (false, head.get(4..8)),
        // Offsets of eight bytes, and a zero.
        Some(43)
            if head.get(4..8).map(|four| order.number(four.get(..2).unwrap_or_default()))
                == Some(8) =>
        {
            (true, head.get(8..16))
        }
        _ => return Err(not_tiff()),
    };
    let mut next = first.map_or(0, |offset| order.number(offset));
    let mut found: Vec<Directory> = Vec::new();
    let mut seen = BTreeSet::new();
    while next != 0 && found.len() < MOST_DIRECTORIES {
        if !seen.insert(next) {
            return Ok((found, true));
        }
        match directory(bytes, order, is_big, next) {
            Ok((directory, after)) => {
                found.push(directory);
                next = after;
            }
            Err(error) if found.is_empty() => return Err(error),
            Err(_) => return Ok((found, true)),
        }
    }
    if found.is_empty() { Err(not_tiff()) } else { Ok((found, false)) }
}

/// One directory, and where the next one is; 0 after the last.
fn directory(
    bytes: &Bytes,
    order: Order,
    is_big: bool,
    at: u64,
) -> Result<(Directory, u64), FileError> {
    // The sizes of the number of tags, of a tag and of an offset.
    let (count_size, entry_size, offset_size) = if is_big { (8, 20, 8) } else { (2, 12, 4) };
    let count = order.number(&bytes.read(at, count_size)?);
    if count == 0 || count > MOST_TAGS {
        let what = Message::new("raster-error-directory").count("count", count);
        let error = FileError::new(bytes.path(), what).at(Place::Byte(at));
        return Err(error.remedy(Message::new("remedy-get-again")));
    }
    let begin = at.saturating_add(count_size as u64);
    let length = usize::try_from(count).unwrap_or(0).saturating_mul(entry_size);
    let table = bytes.read(begin, length)?;
    let mut entries = BTreeMap::new();
    for (number, entry) in table.chunks_exact(entry_size).enumerate() {
        let part = |from: usize, to: usize| order.number(entry.get(from..to).unwrap_or_default());
        let (tag, kind) = (part(0, 2), part(2, 4));
        let count = part(4, 4 + offset_size);
        let (Ok(tag), Ok(kind)) = (u16::try_from(tag), u16::try_from(kind)) else { continue };
        // Tags of kinds nobody knows are to be skipped (TIFF 6.0, section 2).
        let Some(size) = size_of(kind) else { continue };
        let value = 4 + offset_size;
        let is_inline = count.checked_mul(size).is_some_and(|bytes| bytes <= offset_size as u64);
        let at = if is_inline {
            begin.saturating_add((number * entry_size + value) as u64)
        } else {
            part(value, value + offset_size)
        };
        entries.insert(tag, Entry { kind, count, at });
    }
    // A file may end with its last directory.
    let after = begin.saturating_add(length as u64);
    let next = bytes.read(after, offset_size).map_or(0, |offset| order.number(&offset));
    Ok((Directory { at, order, entries }, next))
}

impl Directory {
    /// The order of the bytes of numbers.
    pub fn order(&self) -> Order {
        self.order
    }

    /// Whether there is such a tag.
    pub fn has(&self, tag: u16) -> bool {
        self.entries.contains_key(&tag)
    }

    /// How many values a tag has; 0 where it is not there.
    pub fn count(&self, tag: u16) -> u64 {
        self.entries.get(&tag).map_or(0, |entry| entry.count)
    }

    /// The bytes of the first values of a tag, at most so many values.
    fn raw(&self, bytes: &Bytes, tag: u16, most: usize) -> Result<(u16, Vec<u8>), FileError> {
        let Some(entry) = self.entries.get(&tag) else { return Ok((kind::BYTE, Vec::new())) };
        let count = usize::try_from(entry.count).unwrap_or(usize::MAX).min(most);
        let size = usize::try_from(size_of(entry.kind).unwrap_or(1)).unwrap_or(1);
        let raw = bytes.read(entry.at, count.saturating_mul(size))?;
        Ok((entry.kind, raw))
    }

    /// The whole numbers of a tag, at most so many; none where it is not there or of another kind.
    ///
    /// # Errors
    /// When the file ends before them.
    pub fn numbers(&self, bytes: &Bytes, tag: u16, most: usize) -> Result<Vec<u64>, FileError> {
        let (kind, raw) = self.raw(bytes, tag, most)?;
        let size = match kind {
            kind::BYTE | kind::UNDEFINED => 1,
            kind::SHORT => 2,
            kind::LONG | kind::IFD => 4,
            kind::LONG8 | kind::IFD8 => 8,
            _ => return Ok(Vec::new()),
        };
        Ok(raw.chunks_exact(size).map(|number| self.order.number(number)).collect())
    }

    /// The first whole number of a tag.
    ///
    /// # Errors
    /// As [`Self::numbers`].
    pub fn number(&self, bytes: &Bytes, tag: u16) -> Result<Option<u64>, FileError> {
        Ok(self.numbers(bytes, tag, 1)?.first().copied())
    }

    /// The numbers of a tag that may have decimals, at most so many.
    ///
    /// # Errors
    /// As [`Self::numbers`].
    pub fn doubles(&self, bytes: &Bytes, tag: u16, most: usize) -> Result<Vec<f64>, FileError> {
        let (kind, raw) = self.raw(bytes, tag, most)?;
        let whole = |size| raw.chunks_exact(size).map(|number| self.order.number(number));
        Ok(match kind {
            kind::DOUBLE => whole(8).map(f64::from_bits).collect(),
            kind::FLOAT => {
                let bits = whole(4).map(|bits| u32::try_from(bits).unwrap_or(0));
                bits.map(|bits| f64::from(f32::from_bits(bits))).collect()
            }
            _ => Vec::new(),
        })
    }

    /// The text of a tag, at most so many bytes of it, without the zeros at its end.
    ///
    /// # Errors
    /// As [`Self::numbers`].
    pub fn text(&self, bytes: &Bytes, tag: u16, most: usize) -> Result<Option<String>, FileError> {
        if !self.has(tag) {
            return Ok(None);
        }
        let (kind, raw) = self.raw(bytes, tag, most)?;
        let is_text = matches!(kind, kind::ASCII | kind::BYTE | kind::UNDEFINED);
        let text = String::from_utf8_lossy(&raw);
        Ok(is_text.then(|| text.trim_end_matches('\0').to_owned()))
    }

    /// The bytes of a tag, at most so many.
    ///
    /// # Errors
    /// As [`Self::numbers`].
    pub fn bytes(&self, bytes: &Bytes, tag: u16, most: usize) -> Result<Vec<u8>, FileError> {
        Ok(self.raw(bytes, tag, most)?.1)
    }

    /// The values of a tag as a list that is read number by number.
    pub fn list(&self, tag: u16) -> Option<List> {
        let entry = *self.entries.get(&tag)?;
        let size = match entry.kind {
            kind::SHORT => 2,
            kind::LONG => 4,
            kind::LONG8 => 8,
            _ => return None,
        };
        Some(List { order: self.order, at: entry.at, count: entry.count, size })
    }
}

/// A long list of whole numbers in the file, such as where each block is.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    order: Order,
    at: u64,
    /// How many there are.
    pub count: u64,
    size: u8,
}

impl List {
    /// A number of the list.
    ///
    /// # Errors
    /// When the list or the file is too short.
    pub fn get(&self, bytes: &Bytes, index: u64) -> Result<u64, FileError> {
        self.some(bytes, index, 1).map(|numbers| numbers.first().copied().unwrap_or(0))
    }

    /// Some numbers of the list.
    ///
    /// # Errors
    /// When the list or the file is too short.
    pub fn some(&self, bytes: &Bytes, from: u64, count: usize) -> Result<Vec<u64>, FileError> {
        if from.checked_add(count as u64).is_none_or(|end| end > self.count) {
            let what = Message::new("raster-error-block-list");
            return Err(FileError::new(bytes.path(), what).at(Place::Byte(self.at)));
        }
        let size = usize::from(self.size);
        let at = self.at.saturating_add(from.saturating_mul(u64::from(self.size)));
        let raw = bytes.read(at, count.saturating_mul(size))?;
        Ok(raw.chunks_exact(size).map(|number| self.order.number(number)).collect())
    }
}
