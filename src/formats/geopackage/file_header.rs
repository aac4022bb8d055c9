//! The first bytes of an SQLite file ("Database File Format", sqlite.org/fileformat2, section 1.3).

/// What every SQLite file begins with.
pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";

/// How many bytes the header has.
pub(super) const LENGTH: usize = 100;

/// `application_id` of a GeoPackage since version 1.2, and of 1.0 and 1.1.
pub(super) const GPKG: u32 = u32::from_be_bytes(*b"GPKG");
const GP10: u32 = u32::from_be_bytes(*b"GP10");
const GP11: u32 = u32::from_be_bytes(*b"GP11");

/// What the header says that Belfort needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileHeader {
    /// Bytes of a page.
    pub page_size: usize,
    /// Bytes of a page that SQLite itself uses.
    pub usable: usize,
    /// Whether changes go into a log beside the file first.
    pub keeps_log: bool,
    /// Whether texts are in UTF-8.
    pub is_utf8: bool,
    /// Goes up with every change of the file that is not in a log beside it.
    pub changes: u32,
    /// Whether the file calls itself a GeoPackage.
    pub is_geopackage: bool,
}

impl FileHeader {
    /// Reads the header; none where it is not that of an SQLite file.
    pub(super) fn read(bytes: &[u8]) -> Option<FileHeader> {
        if !bytes.starts_with(MAGIC) || bytes.len() < LENGTH {
            return None;
        }
        let number = |at: usize| {
            let four = bytes.get(at..).and_then(|rest| rest.first_chunk::<4>());
            four.map(|four| u32::from_be_bytes(*four)).unwrap_or_default()
        };
        let page_size = match usize::try_from(number(16) >> 16).ok()? {
            1 => 1 << 16,
            size => size,
        };
        let reserved = usize::from(bytes.get(20).copied()?);
        let usable = page_size.checked_sub(reserved)?;
        let is_possible = page_size.is_power_of_two() && page_size >= 512 && usable >= 480;
        is_possible.then_some(FileHeader {
            page_size,
            usable,
            keeps_log: bytes.get(19) == Some(&2),
            // 0: nothing was written yet.
            is_utf8: number(56) <= 1,
            changes: number(24),
            is_geopackage: matches!(number(68), GPKG | GP10 | GP11),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_possible_headers_are_read() {
        let mut bytes = MAGIC.to_vec();
        bytes.resize(LENGTH, 0);
        assert_eq!(FileHeader::read(&bytes), None);
        bytes[16..18].copy_from_slice(&[0x10, 0]);
        bytes[20] = 8;
        bytes[68..72].copy_from_slice(b"GPKG");
        let header = FileHeader::read(&bytes).unwrap();
        assert_eq!((header.page_size, header.usable), (4096, 4088));
        assert!(header.is_geopackage && header.is_utf8);
        bytes[16..18].copy_from_slice(&[0, 1]);
        assert_eq!(FileHeader::read(&bytes).unwrap().page_size, 65_536);
        bytes[16..18].copy_from_slice(&[0x10, 1]);
        assert_eq!(FileHeader::read(&bytes), None);
        assert_eq!(FileHeader::read(&bytes[..99]), None);
    }
}
