//! The head of a PMTiles archive: 127 bytes (PMTiles Version 3 Specification, section 3).

use super::packed::Packing;
use crate::table::Extent;

/// The length of a head.
pub(super) const HEAD: usize = 127;

/// A stretch of the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Section {
    pub offset: u64,
    pub length: u64,
}

impl Section {
    /// Where a piece of it lies in the file; none where it reaches out of it.
    pub fn piece(self, offset: u64, length: u64) -> Option<u64> {
        let end = offset.checked_add(length)?;
        (end <= self.length).then(|| self.offset.checked_add(offset)).flatten()
    }

    pub fn is_within(self, length: u64) -> bool {
        self.offset.checked_add(self.length).is_some_and(|end| end <= length)
    }
}

/// What the head says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Head {
    pub root: Section,
    pub metadata: Section,
    pub leaves: Section,
    pub tiles: Section,
    /// Tiles, entries and different contents; 0 where nobody counted.
    pub counts: [u64; 3],
    pub is_clustered: bool,
    pub internal: Packing,
    pub of_tiles: Packing,
    pub tile_type: u8,
    pub zooms: [u8; 2],
    /// Degrees, WGS 84.
    pub bounds: Extent,
    pub center_zoom: u8,
    pub center: [f64; 2],
}

/// Why there is no head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoHead {
    /// The file is none of these.
    NotPmtiles,
    /// It is of another version.
    Version(u8),
}

impl Head {
    pub fn parse(bytes: &[u8]) -> Result<Head, NoHead> {
        let head: &[u8; HEAD] =
            bytes.get(..HEAD).and_then(|head| head.try_into().ok()).ok_or(NoHead::NotPmtiles)?;
        if !head.starts_with(b"PMTiles") {
            return Err(NoHead::NotPmtiles);
        }
        let byte = |at: usize| head.get(at).copied().unwrap_or_default();
        if byte(7) != 3 {
            return Err(NoHead::Version(byte(7)));
        }
        let long = |at: usize| {
            let eight = head.get(at..at + 8).and_then(|eight| eight.try_into().ok());
            eight.map(u64::from_le_bytes).unwrap_or_default()
        };
        let section = |at: usize| Section { offset: long(at), length: long(at + 8) };
        let degrees = |at: usize| {
            let four = head.get(at..at + 4).and_then(|four| four.try_into().ok());
            f64::from(four.map(i32::from_le_bytes).unwrap_or_default()) / 1e7
        };
        Ok(Head {
            root: section(8),
            metadata: section(24),
            leaves: section(40),
            tiles: section(56),
            counts: [long(72), long(80), long(88)],
            is_clustered: byte(96) == 1,
            internal: Packing::of_code(byte(97)),
            of_tiles: Packing::of_code(byte(98)),
            tile_type: byte(99),
            zooms: [byte(100), byte(101)],
            bounds: Extent {
                min_x: degrees(102),
                min_y: degrees(106),
                max_x: degrees(110),
                max_y: degrees(114),
            },
            center_zoom: byte(118),
            center: [degrees(119), degrees(123)],
        })
    }

    pub fn written(&self, of_tiles: u8) -> Vec<u8> {
        let mut out = b"PMTiles\x03".to_vec();
        for section in [self.root, self.metadata, self.leaves, self.tiles] {
            out.extend(section.offset.to_le_bytes());
            out.extend(section.length.to_le_bytes());
        }
        for count in self.counts {
            out.extend(count.to_le_bytes());
        }
        let [least, most] = self.zooms;
        // Directories and metadata of this program are packed with gzip (2).
        out.extend([u8::from(self.is_clustered), 2, of_tiles, self.tile_type, least, most]);
        #[expect(clippy::cast_possible_truncation, reason = "degrees in 1e-7 fit, and saturate")]
        let degrees = |value: f64| ((value * 1e7).round() as i32).to_le_bytes();
        let Extent { min_x, min_y, max_x, max_y } = self.bounds;
        for value in [min_x, min_y, max_x, max_y] {
            out.extend(degrees(value));
        }
        out.push(self.center_zoom);
        for value in self.center {
            out.extend(degrees(value));
        }
        out
    }
}
