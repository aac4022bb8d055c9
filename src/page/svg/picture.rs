//! Pictures within an SVG file (SVG 1.1, section 5.7), as data URLs (RFC 2397).

use std::fmt::Write as _;

use super::super::display::Image;
use super::super::photo;
use super::number;

/// A picture: PNG, or JPEG for a photograph. None where it cannot be encoded.
pub(super) fn element(image: &Image) -> Option<String> {
    let (kind, bytes) = photo::encoded(image)?;
    let ([x, y], [width, height]) = (image.at, image.size);
    let mut out = String::new();
    let _ = write!(
        out,
        "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\" \
         xlink:href=\"data:image/{kind};base64,",
        number(x),
        number(y),
        number(width),
        number(height)
    );
    push_base64(&mut out, &bytes);
    out.push_str("\"/>\n");
    Some(out)
}

const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Adds bytes as letters (base64, RFC 4648, section 4).
pub(super) fn push_base64(out: &mut String, bytes: &[u8]) {
    out.reserve(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for part in 0..4_usize {
            let sextet = (bits >> (18 - 6 * part)) & 63;
            let letter = usize::try_from(sextet).ok().and_then(|at| LETTERS.get(at));
            let letter = if part > three.len() { Some(&b'=') } else { letter };
            out.extend(letter.map(|letter| char::from(*letter)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10.
    #[test]
    fn the_published_letters() {
        for (bytes, wanted) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")]
        {
            let mut out = String::new();
            push_base64(&mut out, bytes.as_bytes());
            assert_eq!(out, wanted);
        }
    }
}
