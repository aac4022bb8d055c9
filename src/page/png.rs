//! Pictures as PNG files, compressed on all cores.
//!
//! A large page has some 60 MB of samples, and to compress them on one core takes longer than to
//! draw them. The rows are cut into bands; each is filtered and deflated by itself and ends on a
//! whole byte (RFC 1951, section 3.2.4, an empty stored block), so that one after another they are
//! one stream. How many cores there are does not show in the file.

use flate2::{Compress, Compression, Crc, FlushCompress};

use super::error::FigureError;
use super::figure::Figure;
use super::pixels::Pixels;
use crate::jobs::in_parallel;

/// How a PNG file begins (PNG specification, third edition, section 5.2).
const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// How many samples are compressed together: enough to learn from.
const BAND: usize = 1 << 21;

/// So many rows have the filter that suits the first of them.
const ALIKE: usize = 4;

/// How hard deflate tries, of 9.
const EFFORT: u32 = 4;

/// A figure as a PNG file that says how large it is meant to be, so that it takes the size of the
/// screen's map when it is put into a text.
///
/// # Errors
/// When the encoder refuses.
pub fn encode_png(figure: &Figure) -> Result<Vec<u8>, FigureError> {
    encode_pixels(&figure.pixels, f64::from(figure.scale) * 96.0)
}

/// A picture as a PNG file that says how many dots it has per inch; without alpha where it is opaque.
///
/// # Errors
/// When the picture has no pixels, or not as many as it says.
pub fn encode_pixels(pixels: &Pixels, dots_per_inch: f64) -> Result<Vec<u8>, FigureError> {
    let refused = || FigureError::Encoding { detail: format!("{pixels:?}") };
    let row = pixels.width as usize * 4;
    if row == 0 || pixels.height == 0 || pixels.rgba.len() != row * pixels.height as usize {
        return Err(refused());
    }
    let is_opaque = pixels.rgba.chunks_exact(4).all(|pixel| pixel.last() == Some(&u8::MAX));
    let kept = if is_opaque { 3 } else { 4 };
    let rows = (BAND / row).max(1);
    let count = (pixels.height as usize).div_ceil(rows);
    let bands = in_parallel(0..count, |number| {
        let from = number * rows;
        let above = from.checked_sub(1).and_then(|above| pixels.rgba.get(above * row..from * row));
        let to = (from + rows).min(pixels.height as usize);
        let band = pixels.rgba.get(from * row..to * row)?;
        let samples = filtered(band, above, row, kept);
        let bytes = deflated(&samples, number + 1 == count)?;
        Some((bytes, Adler::of(&samples)))
    });

    let mut file = SIGNATURE.to_vec();
    let mut header = pixels.width.to_be_bytes().to_vec();
    header.extend(pixels.height.to_be_bytes());
    // Eight bits a sample, true colour with alpha or without, in one pass (section 11.2.1).
    header.extend([8, if is_opaque { 2 } else { 6 }, 0, 0, 0]);
    chunk(&mut file, *b"IHDR", &header);
    chunk(&mut file, *b"pHYs", &physical_size(dots_per_inch));
    let mut sum = Adler::default();
    for (number, band) in bands.into_iter().enumerate() {
        let (bytes, adler) = band.ok_or_else(refused)?;
        sum = sum.then(adler);
        // The header of a zlib stream: deflate, a window of 32 kB, no dictionary (RFC 1950).
        let mut data = if number == 0 { vec![0x78, 0x9c] } else { Vec::new() };
        data.extend(bytes);
        if number + 1 == count {
            data.extend(sum.value().to_be_bytes());
        }
        chunk(&mut file, *b"IDAT", &data);
    }
    chunk(&mut file, *b"IEND", &[]);
    Ok(file)
}

/// Adds a chunk (section 5.3).
fn chunk(file: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(data);
    file.extend(u32::try_from(data.len()).unwrap_or(u32::MAX).to_be_bytes());
    file.extend(kind);
    file.extend(data);
    file.extend(crc.sum().to_be_bytes());
}

/// The body of the chunk pHYs: pixels per metre in both directions (section 11.3.4.3).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at least 0")]
fn physical_size(dots_per_inch: f64) -> Vec<u8> {
    let per_metre = (dots_per_inch / 0.0254).round().max(1.0) as u32;
    let mut body = per_metre.to_be_bytes().to_vec();
    body.extend_from_slice(&per_metre.to_be_bytes());
    body.push(1);
    body
}

/// Rows with the filters that suit them (section 9), without alpha where three samples are kept.
fn filtered(band: &[u8], above: Option<&[u8]>, row: usize, kept: usize) -> Vec<u8> {
    let length = row / 4 * kept;
    // The samples of a row after one pixel of nothing, which is what the first has to its left.
    let samples = |row: &[u8], into: &mut [u8]| {
        let ours = into.get_mut(kept..).unwrap_or_default();
        if kept == 3 {
            let pixels = ours.as_chunks_mut::<3>().0.iter_mut().zip(row.as_chunks::<4>().0);
            pixels.for_each(|(ours, [r, g, b, _])| *ours = [*r, *g, *b]);
        } else {
            ours.copy_from_slice(row);
        }
    };
    let [mut before, mut now] = [(); 2].map(|()| vec![0; kept + length]);
    if let Some(above) = above {
        samples(above, &mut before);
    }
    let [mut tried, mut best] = [(); 2].map(|()| vec![0; length]);
    let mut out = Vec::with_capacity(band.len() / row * (length + 1));
    let mut chosen = Filter::None;
    for (number, row) in band.chunks_exact(row).enumerate() {
        samples(row, &mut now);
        if number % ALIKE == 0 {
            let mut least = u64::MAX;
            for kind in Filter::ALL {
                kind.apply(&now, &before, kept, &mut tried);
                // The usual guess at what deflates best: the smallest sum of differences (section 12.7).
                let sum = differences(&tried);
                if sum < least {
                    (least, chosen) = (sum, kind);
                    std::mem::swap(&mut best, &mut tried);
                }
                if least == 0 {
                    break;
                }
            }
        } else {
            // What suits a row suits the next ones.
            chosen.apply(&now, &before, kept, &mut best);
        }
        out.push(chosen as u8);
        out.extend_from_slice(&best);
        std::mem::swap(&mut now, &mut before);
    }
    out
}

/// The sum of bytes as distances from nothing.
fn differences(bytes: &[u8]) -> u64 {
    // In parts of which the sum fits 32 bits, which are added many at a time.
    let part = |part: &[u8]| -> u32 {
        part.iter().map(|byte| u32::from(byte.cast_signed().unsigned_abs())).sum()
    };
    bytes.chunks(1 << 16).map(|bytes| u64::from(part(bytes))).sum()
}

/// What a row is told as the difference from (section 9.2).
#[derive(Clone, Copy)]
enum Filter {
    None = 0,
    Left = 1,
    Above = 2,
    Average = 3,
    Paeth = 4,
}

impl Filter {
    const ALL: [Filter; 5] =
        [Filter::None, Filter::Left, Filter::Above, Filter::Average, Filter::Paeth];

    /// Filters a row that begins with a pixel of nothing, as does the one above it. Slices side by side
    /// let the compiler take many samples at a time.
    fn apply(self, now: &[u8], before: &[u8], step: usize, into: &mut [u8]) {
        let (row, above) = (now.get(step..), before.get(step..));
        let (row, above) = (row.unwrap_or_default(), above.unwrap_or_default());
        let samples = into.iter_mut().zip(row);
        match self {
            Filter::None => samples.for_each(|(out, x)| *out = *x),
            Filter::Left => samples.zip(now).for_each(|((out, x), a)| *out = x.wrapping_sub(*a)),
            Filter::Above => {
                samples.zip(above).for_each(|((out, x), b)| *out = x.wrapping_sub(*b));
            }
            Filter::Average => samples
                .zip(now.iter().zip(above))
                .for_each(|((out, x), (a, b))| *out = x.wrapping_sub(a.midpoint(*b))),
            Filter::Paeth => samples
                .zip(now.iter().zip(above).zip(before))
                .for_each(|((out, x), ((a, b), c))| *out = x.wrapping_sub(paeth(*a, *b, *c))),
        }
    }
}

/// Whichever of left, above and their corner is nearest to left + above − corner (section 9.4).
fn paeth(left: u8, above: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(above), i16::from(corner));
    let (near_a, near_b, near_c) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if near_a <= near_b && near_a <= near_c {
        left
    } else if near_b <= near_c {
        above
    } else {
        corner
    }
}

/// A band as a part of a deflate stream that ends on a whole byte; none where the compressor fails.
fn deflated(samples: &[u8], is_last: bool) -> Option<Vec<u8>> {
    let mut compress = Compress::new(Compression::new(EFFORT), false);
    let mut out = Vec::with_capacity(samples.len() / 8 + 4096);
    let flush = if is_last { FlushCompress::Finish } else { FlushCompress::Sync };
    loop {
        let read = usize::try_from(compress.total_in()).ok()?;
        let rest = samples.get(read..)?;
        compress.compress_vec(rest, &mut out, flush).ok()?;
        // With room left in what it writes to, it has told all it had to tell.
        if out.len() < out.capacity() {
            return Some(out);
        }
        out.reserve(out.capacity());
    }
}

/// The checksum of a zlib stream (RFC 1950, section 8.2), which can be joined.
#[derive(Clone, Copy)]
struct Adler {
    a: u64,
    b: u64,
    length: u64,
}

impl Default for Adler {
    /// Of nothing.
    fn default() -> Self {
        Adler { a: 1, b: 0, length: 0 }
    }
}

impl Adler {
    /// The largest prime below 2¹⁶.
    const BASE: u64 = 65_521;

    fn of(bytes: &[u8]) -> Adler {
        let sum = simd_adler32::adler32(&bytes);
        let (a, b) = (u64::from(sum & 0xffff), u64::from(sum >> 16));
        Adler { a, b, length: bytes.len() as u64 }
    }

    /// Of these bytes and then others: `b` counts the first `a` once more for each byte that follows.
    fn then(self, next: Adler) -> Adler {
        let a = (self.a % Adler::BASE + next.a % Adler::BASE + Adler::BASE - 1) % Adler::BASE;
        let more = (next.length % Adler::BASE) * ((self.a + Adler::BASE - 1) % Adler::BASE);
        let b = (self.b % Adler::BASE + next.b % Adler::BASE + more) % Adler::BASE;
        Adler { a, b, length: self.length + next.length }
    }

    fn value(self) -> u32 {
        let (a, b) = (self.a % Adler::BASE, self.b % Adler::BASE);
        u32::try_from(b << 16 | a).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The checksum of "Wikipedia" is 11E60398 (the worked example of the article on Adler-32).
    #[test]
    fn the_published_checksum() {
        assert_eq!(Adler::of(b"Wikipedia").value(), 0x11e6_0398);
        let long: Vec<u8> = (0..200_000_u32).map(|at| (at * 7 % 251) as u8).collect();
        let whole = Adler::of(&long).value();
        for cut in [0, 1, 65_536, 70_000, 200_000] {
            let (first, rest) = long.split_at(cut);
            assert_eq!(Adler::of(first).then(Adler::of(rest)).value(), whole, "{cut}");
        }
    }

    /// Read back by the crate `png`, opaque and not, in one band and in several.
    #[test]
    #[expect(clippy::cast_possible_truncation, reason = "any bytes will do")]
    fn what_is_written_is_read_back() {
        for (width, height, alpha) in [(1, 1, 255), (3, 5, 7), (900, 1300, 255), (640, 1000, 200)] {
            let count = width as usize * height as usize;
            let pixel = |at: usize| {
                let (x, y) = (at % width as usize, at / width as usize);
                [(x * 3) as u8, (y / 2) as u8, (x * y % 97) as u8, alpha]
            };
            let rgba: Vec<u8> = (0..count).flat_map(pixel).collect();
            let pixels = Pixels { width, height, rgba };
            let file = encode_pixels(&pixels, 300.0).unwrap();
            let read = image::load_from_memory(&file).unwrap();
            assert_eq!(read.color().has_alpha(), alpha < 255);
            assert!(read.into_rgba8().into_raw() == pixels.rgba, "{width} × {height}");
            // 300 dots per inch are 11,811 a metre.
            let at = file.windows(4).position(|name| name == b"pHYs").unwrap();
            assert_eq!(file.get(at + 4..at + 8), Some(&11_811_u32.to_be_bytes()[..]));
        }
        assert!(encode_pixels(&Pixels { width: 2, height: 2, rgba: vec![0; 4] }, 96.0).is_err());
    }
}
