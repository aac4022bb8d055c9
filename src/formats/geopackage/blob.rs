//! A geometry as GeoPackage keeps it: a header of its own before the well-known binary
//! (GeoPackage 1.3, requirement 19 and table 5).

/// `GP`, version 0.
const MAGIC: [u8; 3] = *b"GP\0";

const LITTLE_ENDIAN: u8 = 1;
const EMPTY: u8 = 1 << 4;
const EXTENDED: u8 = 1 << 5;

/// What stands before a geometry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Blob<'a> {
    /// The number of its reference system, and the well-known binary.
    Geometry { srs: i32, wkb: &'a [u8] },
    /// A geometry of another program, in a form that only that program knows.
    Extended,
    /// No header of GeoPackage, but well-known binary.
    Bare(&'a [u8]),
    /// Neither.
    Unknown,
}

impl<'a> Blob<'a> {
    #[inline]
    pub(super) fn read(bytes: &'a [u8]) -> Blob<'a> {
        let Some(([a, b, c, flags, srs @ ..], rest)) = bytes.split_first_chunk::<8>() else {
            return Blob::Unknown;
        };
        if [*a, *b, *c] != MAGIC {
            return if matches!(a, 0 | 1) { Blob::Bare(bytes) } else { Blob::Unknown };
        }
        if flags & EXTENDED != 0 {
            return Blob::Extended;
        }
        // Its extent: of x and y, with heights, with measures, with both.
        let extent = match flags >> 1 & 7 {
            0 => 0,
            1 => 32,
            2 | 3 => 48,
            4 => 64,
            _ => return Blob::Unknown,
        };
        let is_little = flags & LITTLE_ENDIAN != 0;
        let srs = if is_little { i32::from_le_bytes(*srs) } else { i32::from_be_bytes(*srs) };
        rest.get(extent..).map_or(Blob::Unknown, |wkb| Blob::Geometry { srs, wkb })
    }
}

/// Adds the header of a geometry with coordinates; the extent stands in it but for points.
pub(super) fn push_header(bytes: &mut Vec<u8>, srs: i32, extent: Option<[f64; 4]>, empty: bool) {
    bytes.extend(MAGIC);
    let kind = u8::from(extent.is_some()) << 1;
    bytes.push(LITTLE_ENDIAN | kind | if empty { EMPTY } else { 0 });
    bytes.extend(srs.to_le_bytes());
    if let Some([min_x, min_y, max_x, max_y]) = extent {
        // Minimum and maximum of each axis by turns.
        [min_x, max_x, min_y, max_y].iter().for_each(|side| bytes.extend(side.to_le_bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_of_all_kinds() {
        let wkb = [1, 1, 0, 0, 0];
        for (kind, extent) in [(0, 0), (1, 32), (2, 48), (3, 48), (4, 64)] {
            for (order, srs) in [(1, 31370_i32.to_le_bytes()), (0, 31370_i32.to_be_bytes())] {
                let mut bytes = vec![b'G', b'P', 0, order | kind << 1];
                bytes.extend(srs);
                bytes.extend(vec![0; extent]);
                let header = bytes.len();
                bytes.extend(wkb);
                assert_eq!(Blob::read(&bytes), Blob::Geometry { srs: 31370, wkb: &wkb });
                assert_eq!(Blob::read(&bytes[..header - 1]), Blob::Unknown);
            }
        }
        assert_eq!(Blob::read(b"GP\0\x0b\0\0\0\0"), Blob::Unknown);
        assert_eq!(Blob::read(b"GP\0\x21\0\0\0\0"), Blob::Extended);
        assert_eq!(Blob::read(b"\x01\x01\0\0\0\0\0\0\0"), Blob::Bare(b"\x01\x01\0\0\0\0\0\0\0"));
        assert_eq!(Blob::read(b"GP"), Blob::Unknown);
    }

    #[test]
    fn what_is_written_is_read() {
        for extent in [None, Some([1.0, 2.0, 3.0, 4.0])] {
            let mut bytes = Vec::new();
            push_header(&mut bytes, 4326, extent, extent.is_none());
            let length = if extent.is_some() { 40 } else { 8 };
            assert_eq!(bytes.len(), length);
            bytes.extend([7, 7]);
            assert_eq!(Blob::read(&bytes), Blob::Geometry { srs: 4326, wkb: &[7, 7] });
        }
    }
}
