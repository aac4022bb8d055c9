//! The numbers of a TIFF as people call them.

use crate::i18n::Message;

/// Not packed.
pub(super) const NONE: u16 = 1;
/// JPEG, as TIFF has it today.
pub(super) const JPEG: u16 = 7;

const LZW: u16 = 5;
const DEFLATE: u16 = 8;
const PACK_BITS: u16 = 32_773;
const OLD_DEFLATE: u16 = 32_946;

/// Whether blocks packed so can be unpacked.
pub(super) fn is_unpacked(compression: u16) -> bool {
    matches!(compression, NONE | LZW | JPEG | DEFLATE | OLD_DEFLATE | PACK_BITS)
}

/// How many bytes a packed byte can become at most: what claims to be more is broken.
///
/// Deflate: 258 bytes of two bits (RFC 1951); LZW: strings of up to 4096 bytes as codes of 9 to 12
/// bits; PackBits: 128 bytes of two; JPEG: blocks of 64 samples of two bits, colours of which a
/// quarter is kept.
pub(super) fn most_growth(compression: u16) -> u64 {
    match compression {
        NONE => 1,
        LZW => 4096,
        PACK_BITS => 64,
        _ => 1040,
    }
}

/// How blocks are packed, as people call it.
pub(in crate::raster) fn compression(number: u16) -> String {
    let name = match number {
        NONE => "–",
        2 => "CCITT RLE",
        3 => "CCITT Group 3",
        4 => "CCITT Group 4",
        LZW => "LZW",
        6 => "JPEG (old)",
        JPEG => "JPEG",
        DEFLATE | OLD_DEFLATE => "Deflate",
        PACK_BITS => "PackBits",
        33_003 | 33_005 | 34_712 => "JPEG 2000",
        34_887 => "LERC",
        34_925 => "LZMA",
        50_000 => "ZSTD",
        50_001 => "WebP",
        50_002 => "JPEG XL",
        _ => return number.to_string(),
    };
    name.to_owned()
}

/// Says that blocks are packed in a way that cannot be unpacked.
pub(super) fn unsupported_compression(number: u16) -> Message {
    Message::new("raster-error-compression").text("name", compression(number))
}

/// What samples mean that cannot be shown.
pub(super) fn photometric(number: u16) -> String {
    match number {
        8 => "CIE L*a*b*".to_owned(),
        9 => "ICC L*a*b*".to_owned(),
        10 => "ITU L*a*b*".to_owned(),
        32_803 => "CFA".to_owned(),
        32_844 | 32_845 => "LogLuv".to_owned(),
        _ => number.to_string(),
    }
}
