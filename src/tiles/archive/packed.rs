//! Packed bytes, unpacked within a limit.

use std::io::Read;

use flate2::read::GzDecoder;

/// How bytes are packed (PMTiles, version 3, section 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    /// Not, or nobody says: then as the bytes themselves show.
    Unknown,
    None,
    Gzip,
    /// With one of the ways this program does not know.
    Other(&'static str),
}

impl Packing {
    pub fn of_code(code: u8) -> Packing {
        match code {
            1 => Packing::None,
            2 => Packing::Gzip,
            3 => Packing::Other("brotli"),
            4 => Packing::Other("zstd"),
            _ => Packing::Unknown,
        }
    }
}

/// Why bytes were not unpacked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NotUnpacked {
    /// They are not what they should be.
    Damaged(String),
    /// There would be more than the limit.
    TooLarge,
    /// In a way this program does not know.
    Unknown(&'static str),
}

/// The bytes unpacked; at most so many.
pub(super) fn unpacked(
    bytes: Vec<u8>,
    packing: Packing,
    most: usize,
) -> Result<Vec<u8>, NotUnpacked> {
    let is_gzip = match packing {
        Packing::None => false,
        Packing::Gzip => true,
        Packing::Unknown => bytes.starts_with(&[0x1f, 0x8b]),
        Packing::Other(name) => return Err(NotUnpacked::Unknown(name)),
    };
    if !is_gzip {
        return if bytes.len() > most { Err(NotUnpacked::TooLarge) } else { Ok(bytes) };
    }
    let mut out = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let read = GzDecoder::new(bytes.as_slice()).take(limit).read_to_end(&mut out);
    read.map_err(|error| NotUnpacked::Damaged(error.to_string()))?;
    if out.len() > most { Err(NotUnpacked::TooLarge) } else { Ok(out) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_bomb_costs_no_more_than_the_limit() {
        let mut pack = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        for _ in 0..64 {
            pack.write_all(&vec![0; 1 << 20]).unwrap();
        }
        let bomb = pack.finish().unwrap();
        assert!(bomb.len() < 1 << 17);
        let found = unpacked(bomb.clone(), Packing::Gzip, 1 << 20);
        assert_eq!(found, Err(NotUnpacked::TooLarge));
        assert_eq!(unpacked(bomb.clone(), Packing::Unknown, 64 << 20).unwrap().len(), 64 << 20);
        let cut = bomb[..bomb.len() / 2].to_vec();
        assert!(matches!(unpacked(cut, Packing::Gzip, 1 << 30), Err(NotUnpacked::Damaged(_))));
        assert_eq!(unpacked(vec![1, 2], Packing::Unknown, 2), Ok(vec![1, 2]));
        assert_eq!(
            unpacked(vec![1, 2], Packing::Other("zstd"), 2),
            Err(NotUnpacked::Unknown("zstd"))
        );
    }
}
