//! Directories of PMTiles: numbers of tiles along a Hilbert curve, and where their bytes are
//! (PMTiles Version 3 Specification, sections 4 and 5).

use crate::tiles::TileId;

/// What a directory says of some tiles that follow each other on the curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The number of the first.
    pub id: u64,
    /// Where their bytes start, from the start of the tiles; of a leaf, from the start of leaves.
    pub offset: u64,
    /// How many bytes they have.
    pub length: u32,
    /// How many tiles have these same bytes; 0: they are a directory of their own, a leaf.
    pub run: u32,
}

/// The number of a tile: all tiles of lower levels come first, then those of its own along a
/// Hilbert curve.
pub fn tile_id(tile: TileId) -> u64 {
    let mut id = first_of(tile.z);
    let side = 1_u64 << tile.z.min(31);
    let (mut x, mut y) = (u64::from(tile.x), u64::from(tile.y));
    let mut half = side / 2;
    while half > 0 {
        let (right, down) = (u64::from(x & half > 0), u64::from(y & half > 0));
        id = id.saturating_add(half * half * ((3 * right) ^ down));
        // The curve in a quarter is the whole curve turned.
        if down == 0 {
            if right == 1 {
                (x, y) = ((side - 1).wrapping_sub(x), (side - 1).wrapping_sub(y));
            }
            std::mem::swap(&mut x, &mut y);
        }
        half /= 2;
    }
    id
}

/// The tile of a number; none beyond level 30.
pub fn tile_of_id(id: u64) -> Option<TileId> {
    let z = (0..=30_u8).rev().find(|z| first_of(*z) <= id)?;
    let mut rest = id - first_of(z);
    let side = 1_u64 << z;
    if rest >= side * side {
        return None;
    }
    let (mut x, mut y) = (0_u64, 0_u64);
    let mut half = 1;
    while half < side {
        let right = (rest / 2) & 1;
        let down = (rest ^ right) & 1;
        if down == 0 {
            if right == 1 {
                (x, y) = (half - 1 - x, half - 1 - y);
            }
            std::mem::swap(&mut x, &mut y);
        }
        x += half * right;
        y += half * down;
        rest /= 4;
        half *= 2;
    }
    Some(TileId { z, x: u32::try_from(x).ok()?, y: u32::try_from(y).ok()? })
}

/// How many tiles all lower levels have: (4^z - 1) / 3.
fn first_of(z: u8) -> u64 {
    ((1_u64 << (2 * u32::from(z.min(31)))) - 1) / 3
}

/// What is wrong with a directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BadDirectory;

/// Reads a directory that is unpacked.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<Entry>, BadDirectory> {
    let mut rest = bytes;
    let count = usize::try_from(varint(&mut rest)?).map_err(|_| BadDirectory)?;
    // Each entry takes four bytes at least: what is claimed reserves no more than what is there.
    if count > rest.len() / 4 {
        return Err(BadDirectory);
    }
    let mut entries = vec![Entry { id: 0, offset: 0, length: 0, run: 0 }; count];
    let mut id = 0_u64;
    for entry in &mut entries {
        id = id.checked_add(varint(&mut rest)?).ok_or(BadDirectory)?;
        entry.id = id;
    }
    for entry in &mut entries {
        entry.run = u32::try_from(varint(&mut rest)?).map_err(|_| BadDirectory)?;
    }
    for entry in &mut entries {
        entry.length = u32::try_from(varint(&mut rest)?).map_err(|_| BadDirectory)?;
        if entry.length == 0 {
            return Err(BadDirectory);
        }
    }
    let mut next = None;
    for entry in &mut entries {
        entry.offset = match (varint(&mut rest)?, next) {
            (0, Some(next)) => next,
            (0, None) => return Err(BadDirectory),
            (offset, _) => offset - 1,
        };
        next = Some(entry.offset.checked_add(u64::from(entry.length)).ok_or(BadDirectory)?);
    }
    let is_sorted = entries.windows(2).all(|pair| match pair {
        [a, b] => a.id < b.id && a.id.checked_add(u64::from(a.run)).is_some_and(|end| end <= b.id),
        _ => true,
    });
    if is_sorted { Ok(entries) } else { Err(BadDirectory) }
}

/// Writes a directory, to be packed.
pub(super) fn written(entries: &[Entry]) -> Vec<u8> {
    let mut out = Vec::with_capacity(entries.len() * 6);
    push_varint(&mut out, entries.len() as u64);
    let mut before = 0;
    for entry in entries {
        push_varint(&mut out, entry.id.saturating_sub(before));
        before = entry.id;
    }
    for entry in entries {
        push_varint(&mut out, u64::from(entry.run));
    }
    for entry in entries {
        push_varint(&mut out, u64::from(entry.length));
    }
    let mut next = None;
    for entry in entries {
        let is_next = next == Some(entry.offset);
        push_varint(&mut out, if is_next { 0 } else { entry.offset.saturating_add(1) });
        next = Some(entry.offset.saturating_add(u64::from(entry.length)));
    }
    out
}

/// The entry that speaks of a tile: its own, or the leaf to look into.
pub(super) fn find(entries: &[Entry], id: u64) -> Option<Entry> {
    let after = entries.partition_point(|entry| entry.id <= id);
    let entry = *entries.get(after.checked_sub(1)?)?;
    (entry.run == 0 || id - entry.id < u64::from(entry.run)).then_some(entry)
}

/// A number of seven bits a byte, the lowest first.
fn varint(rest: &mut &[u8]) -> Result<u64, BadDirectory> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, after) = rest.split_first().ok_or(BadDirectory)?;
        *rest = after;
        let part = u64::from(byte & 0x7f);
        if shift == 63 && part > 1 {
            return Err(BadDirectory);
        }
        value |= part << shift;
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
    Err(BadDirectory)
}

fn push_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    #[expect(clippy::cast_possible_truncation, reason = "seven bits")]
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The numbers of the specification (section 4.1) and of the tests of the package `pmtiles` on
    /// PyPI.
    #[test]
    fn the_published_numbers() {
        for (z, x, y, id) in [
            (0, 0, 0, 0),
            (1, 0, 0, 1),
            (1, 0, 1, 2),
            (1, 1, 1, 3),
            (1, 1, 0, 4),
            (2, 0, 0, 5),
            (12, 3423, 1763, 19_078_479),
        ] {
            let tile = TileId { z, x, y };
            assert_eq!(tile_id(tile), id);
            assert_eq!(tile_of_id(id), Some(tile));
        }
        for id in (0..200_000_u64).chain([1 << 40, (1 << 50) + 12_345]) {
            assert_eq!(tile_id(tile_of_id(id).unwrap()), id);
        }
        assert_eq!(tile_of_id(u64::MAX), None);
    }

    #[test]
    fn directories_are_read_as_they_were_written() {
        let entries = [
            Entry { id: 0, offset: 0, length: 10, run: 1 },
            Entry { id: 1, offset: 10, length: 300, run: 3 },
            Entry { id: 9, offset: 5, length: 5, run: 1 },
            Entry { id: 1 << 40, offset: 1 << 33, length: 70_000, run: 0 },
        ];
        let bytes = written(&entries);
        assert_eq!(parse(&bytes).unwrap(), entries);
        assert_eq!(find(&entries, 3), Some(entries[1]));
        assert_eq!(find(&entries, 4), None);
        assert_eq!(find(&entries, u64::MAX), Some(entries[3]));
        assert_eq!(find(&entries[1..], 0), None);
        for length in 0..bytes.len() {
            assert_eq!(parse(&bytes[..length]), Err(BadDirectory));
        }
        // A million entries claimed in three bytes.
        assert_eq!(parse(&[0xc0, 0x84, 0x3d, 1, 1, 1]), Err(BadDirectory));
        assert_eq!(parse(&[0xff; 12]), Err(BadDirectory));
        let twice = [entries[0], entries[0]];
        assert_eq!(parse(&written(&twice)), Err(BadDirectory));
    }
}
