//! From samples of any kind to pixels that can be shown.

use super::pixels::Pixels;
use super::tiff::{Kind, Meaning, Raw, TiffImage};

/// Which samples are shown and how.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Look {
    shown: Shown,
    /// The sample that tells how opaque a pixel is, and whether colours are multiplied by it.
    alpha: Option<(usize, bool)>,
    /// The value of samples where nothing is.
    nodata: Option<f64>,
    /// From which value to which black becomes white, where samples are not of 8 bits or fewer.
    pub stretch: Option<Stretch>,
}

#[derive(Clone, Debug, PartialEq)]
enum Shown {
    /// One sample, perhaps with white at its lowest.
    Grey { sample: usize, is_inverted: bool },
    /// One sample, a number of these colours.
    Palette(Vec<[u8; 3]>),
    /// Three samples.
    Colours([usize; 3]),
    /// Three samples: brightness and two differences of colour.
    Differences([usize; 3]),
    /// Four samples of ink.
    Inks,
}

/// Values that become black and white.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    /// What becomes black.
    pub low: f64,
    /// What becomes white.
    pub high: f64,
}

impl Stretch {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    fn level(self, value: f64) -> u8 {
        let range = self.high - self.low;
        let share = if range > 0.0 { (value - self.low) / range } else { 0.5 };
        (share.clamp(0.0, 1.0) * 255.0).round() as u8
    }
}

impl Look {
    /// How an image is shown. Values of more than 8 bits are black until a stretch is set.
    pub fn new(image: &TiffImage, nodata: Option<f64>) -> Look {
        let samples = usize::from(image.samples);
        let first_extra = samples.saturating_sub(image.extra.len());
        // 1: colours are multiplied by alpha; 2: they are not (TIFF 6.0, ExtraSamples).
        let alpha = image
            .extra
            .iter()
            .position(|extra| matches!(extra, 1 | 2))
            .map(|at| (first_extra + at, image.extra.get(at) == Some(&1)));
        // Many bands of which nobody says what they are: the first three are shown as colours.
        let is_bands = samples >= 3 && alpha.is_none_or(|(at, _)| at >= 3);
        let shown = match image.meaning {
            Meaning::Rgb => Shown::Colours([0, 1, 2]),
            Meaning::YCbCr => Shown::Differences([0, 1, 2]),
            Meaning::Cmyk => Shown::Inks,
            Meaning::Palette => Shown::Palette(image.palette.clone()),
            Meaning::BlackIsZero if is_bands => Shown::Colours([0, 1, 2]),
            meaning => Shown::Grey { sample: 0, is_inverted: meaning == Meaning::WhiteIsZero },
        };
        let used = match &shown {
            Shown::Grey { .. } | Shown::Palette(_) => 1,
            Shown::Colours(_) | Shown::Differences(_) => 3,
            Shown::Inks => 4,
        };
        let alpha = alpha.filter(|(at, _)| *at >= used && *at < samples);
        // Numbers of 32 bits: what nodata says is as exact as they are.
        #[expect(clippy::cast_possible_truncation, reason = "as the samples are")]
        let nodata = nodata.map(|nodata| match (image.kind, image.bits) {
            (Kind::Float, 32) => f64::from(nodata as f32),
            _ => nodata,
        });
        Look { shown, alpha, nodata, stretch: None }
    }

    /// Whether values must be stretched to be seen.
    pub fn needs_stretch(image: &TiffImage) -> bool {
        image.bits > 8 || image.kind != Kind::Unsigned
    }

    /// The first samples shown as colours, where the file does not say that they are.
    pub fn first_bands(&self, image: &TiffImage) -> bool {
        matches!(self.shown, Shown::Colours(_)) && image.meaning != Meaning::Rgb
    }

    /// What the samples shown are called.
    pub fn word(&self) -> &'static str {
        match (&self.shown, self.alpha) {
            (Shown::Grey { .. }, None) => "raster-kind-grey",
            (Shown::Grey { .. }, Some(_)) => "raster-kind-grey-alpha",
            (Shown::Palette(_), _) => "raster-kind-palette",
            (Shown::Inks, _) => "raster-kind-inks",
            (_, None) => "raster-kind-colours",
            (_, Some(_)) => "raster-kind-colours-alpha",
        }
    }

    fn used(&self) -> Vec<usize> {
        match &self.shown {
            Shown::Grey { sample, .. } => vec![*sample],
            Shown::Palette(_) => vec![0],
            Shown::Colours(three) | Shown::Differences(three) => three.to_vec(),
            Shown::Inks => vec![0, 1, 2, 3],
        }
    }

    /// The lowest and the highest value shown in a block, without those where nothing is.
    pub fn range(&self, raw: &Raw) -> Option<[f64; 2]> {
        let values = self.used().into_iter().flat_map(|sample| raw.values(sample));
        let is_nothing = |value: f64| self.nodata.is_some_and(|nodata| same(value, nodata));
        let there = values.filter(|value| value.is_finite() && !is_nothing(*value));
        there.map(|value| [value; 2]).reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])])
    }

    /// The pixels of a block.
    pub fn pixels(&self, raw: &Raw) -> Pixels {
        let (width, height) = (raw.width, raw.height);
        let count = (width as usize).saturating_mul(height as usize);
        let is_plain = raw.bits == 8 && raw.kind == Kind::Unsigned && self.nodata.is_none();
        // What can be shown as it stands in the file.
        if is_plain && let [plane] = raw.planes.as_slice() {
            let channels = match (&self.shown, self.alpha, raw.chunked) {
                (Shown::Grey { is_inverted: false, .. }, None, 1) => 1,
                (Shown::Grey { is_inverted: false, .. }, Some((1, false)), 2) => 2,
                (Shown::Colours(_), None, 3) => 3,
                (Shown::Colours(_), Some((3, false)), 4) => 4,
                _ => 0,
            };
            if channels > 0 && plane.len() == count * channels {
                let channels = u8::try_from(channels).unwrap_or(0);
                return Pixels { width, height, channels, data: plane.clone() };
            }
        }
        let is_narrow = raw.bits <= 8 && raw.kind == Kind::Unsigned;
        let planes = if is_narrow { self.narrow(raw, count) } else { self.wide(raw, count) };
        self.together(raw, planes, count)
    }

    /// The levels of the samples shown, and alpha, of samples of up to 8 bits.
    fn narrow(&self, raw: &Raw, count: usize) -> Planes {
        let codes: Vec<Vec<u8>> =
            self.used().into_iter().map(|sample| raw.codes(sample, count)).collect();
        let mut alpha = self.alpha.map(|(sample, _)| raw.codes(sample, count));
        let highest = u8::try_from((1_u16 << raw.bits.min(8)) - 1).unwrap_or(u8::MAX);
        let scale = 255 / highest.max(1);
        if let Some(alpha) = &mut alpha {
            alpha.iter_mut().for_each(|level| *level = level.saturating_mul(scale));
        }
        if let Some(nodata) = self.nodata {
            let alpha = alpha.get_or_insert_with(|| vec![255; count]);
            for (at, alpha) in alpha.iter_mut().enumerate() {
                let mut values = codes.iter().filter_map(|codes| codes.get(at));
                if values.all(|value| (f64::from(*value) - nodata).abs() < f64::EPSILON) {
                    *alpha = 0;
                }
            }
        }
        let levels = match &self.shown {
            Shown::Palette(colours) => {
                let codes = codes.into_iter().next().unwrap_or_default();
                let level = |code: u8, channel: usize| {
                    let colour = colours.get(usize::from(code));
                    colour.and_then(|colour| colour.get(channel)).copied().unwrap_or(0)
                };
                (0..3)
                    .map(|channel| codes.iter().map(|code| level(*code, channel)).collect())
                    .collect()
            }
            _ if scale == 1 => codes,
            _ => {
                let scaled = |codes: Vec<u8>| {
                    codes.into_iter().map(|code| code.saturating_mul(scale)).collect()
                };
                codes.into_iter().map(scaled).collect()
            }
        };
        Planes { levels, alpha }
    }

    /// The same of wider samples, stretched.
    fn wide(&self, raw: &Raw, count: usize) -> Planes {
        let stretch = self.stretch.unwrap_or(Stretch { low: 0.0, high: 1.0 });
        let values: Vec<Vec<f64>> =
            self.used().into_iter().map(|sample| raw.values(sample).collect()).collect();
        let full = match raw.kind {
            Kind::Float => 1.0,
            _ => f64::from(raw.bits).exp2() - 1.0,
        };
        let opaque = Stretch { low: 0.0, high: full };
        let given = self.alpha.map(|(sample, _)| raw.values(sample).map(|a| opaque.level(a)));
        let mut alpha: Option<Vec<u8>> = given.map(Iterator::collect);
        let is_float = raw.kind == Kind::Float;
        if self.nodata.is_some() || is_float {
            let alpha = alpha.get_or_insert_with(|| vec![255; count]);
            for (at, alpha) in alpha.iter_mut().enumerate() {
                let mut here = values.iter().filter_map(|values| values.get(at));
                // What is no number is nothing in any sample; what stands for nothing, in all.
                if here.clone().any(|value| value.is_nan())
                    || here.all(|value| self.nodata.is_some_and(|nodata| same(*value, nodata)))
                {
                    *alpha = 0;
                }
            }
        }
        let level =
            |values: Vec<f64>| values.into_iter().map(|value| stretch.level(value)).collect();
        Planes { levels: values.into_iter().map(level).collect(), alpha }
    }

    /// Puts levels together to pixels.
    fn together(&self, raw: &Raw, planes: Planes, count: usize) -> Pixels {
        let Planes { levels, alpha } = planes;
        let level = |plane: usize, at: usize| {
            levels.get(plane).and_then(|levels| levels.get(at)).copied().unwrap_or(0)
        };
        let colour = |at: usize| -> [u8; 3] {
            let three = [level(0, at), level(1, at), level(2, at)];
            match &self.shown {
                Shown::Grey { is_inverted: true, .. } => [255 - three[0]; 3],
                Shown::Grey { .. } => [three[0]; 3],
                Shown::Differences(_) => from_differences(three),
                Shown::Inks => from_inks([three[0], three[1], three[2], level(3, at)]),
                Shown::Colours(_) | Shown::Palette(_) => three,
            }
        };
        let is_multiplied = self.alpha.is_some_and(|(_, is_multiplied)| is_multiplied);
        let is_grey = matches!(self.shown, Shown::Grey { .. });
        let alpha = alpha.filter(|alpha| alpha.iter().any(|level| *level < 255));
        let channels = if is_grey { 1 } else { 3 } + usize::from(alpha.is_some());
        let mut data = Vec::with_capacity(count.saturating_mul(channels));
        for at in 0..count {
            let mut three = colour(at);
            let opacity = alpha.as_ref().map(|alpha| alpha.get(at).copied().unwrap_or(255));
            if let Some(opacity) = opacity.filter(|_| is_multiplied) {
                three = three.map(|level| divided(level, opacity));
            }
            if is_grey {
                data.push(three[0]);
            } else {
                data.extend_from_slice(&three);
            }
            data.extend(opacity);
        }
        let channels = u8::try_from(channels).unwrap_or(0);
        Pixels { width: raw.width, height: raw.height, channels, data }
    }
}

/// Levels of 8 bits, a list for each channel, and alpha.
struct Planes {
    levels: Vec<Vec<u8>>,
    alpha: Option<Vec<u8>>,
}

fn same(value: f64, other: f64) -> bool {
    (value - other).abs() <= f64::EPSILON * other.abs()
}

/// A level that was multiplied by its opacity.
fn divided(level: u8, opacity: u8) -> u8 {
    if opacity == 0 {
        return 0;
    }
    let whole = (u16::from(level) * 255 + u16::from(opacity) / 2) / u16::from(opacity);
    u8::try_from(whole).unwrap_or(u8::MAX)
}

/// ITU-R BT.601 with full range, as JPEG has it (JFIF 1.02).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn from_differences([y, cb, cr]: [u8; 3]) -> [u8; 3] {
    let (y, cb, cr) = (f32::from(y), f32::from(cb) - 128.0, f32::from(cr) - 128.0);
    let three = [y + 1.402 * cr, y - 0.344_136 * cb - 0.714_136 * cr, y + 1.772 * cb];
    three.map(|level| level.round().clamp(0.0, 255.0) as u8)
}

/// Inks on white paper, without their profile.
fn from_inks([cyan, magenta, yellow, black]: [u8; 4]) -> [u8; 3] {
    [cyan, magenta, yellow].map(|ink| {
        let light = u16::from(255 - ink) * u16::from(255 - black);
        u8::try_from(light / 255).unwrap_or(u8::MAX)
    })
}

impl Raw {
    /// The plane of a sample and its place among those that stand together.
    fn place(&self, sample: usize) -> (&[u8], usize) {
        let chunked = usize::from(self.chunked).max(1);
        let plane = if self.planes.len() > 1 { sample } else { 0 };
        let within = if self.planes.len() > 1 { 0 } else { sample.min(chunked - 1) };
        (self.planes.get(plane).map_or(&[], Vec::as_slice), within)
    }

    /// A sample of up to 8 bits of every pixel, as it is.
    fn codes(&self, sample: usize, count: usize) -> Vec<u8> {
        let (plane, within) = self.place(sample);
        let chunked = usize::from(self.chunked).max(1);
        let mut codes: Vec<u8> = if self.bits == 8 {
            plane.iter().skip(within).step_by(chunked).copied().collect()
        } else {
            let bits = usize::from(self.bits.clamp(1, 8));
            let mask = u8::try_from((1_u16 << bits) - 1).unwrap_or(u8::MAX);
            let row_bytes = self.row_bytes().max(1);
            let code = |row: &[u8], x: usize| {
                let bit = (x * chunked + within) * bits;
                let byte = row.get(bit / 8).copied().unwrap_or(0);
                byte.checked_shr(u32::try_from(8 - bits - bit % 8).unwrap_or(0)).unwrap_or(0) & mask
            };
            let width = self.width as usize;
            let rows = plane.chunks_exact(row_bytes);
            rows.flat_map(|row| (0..width).map(move |x| code(row, x))).collect()
        };
        codes.resize(count, 0);
        codes
    }

    /// A sample of 8 bits or more of every pixel, as a number.
    fn values(&self, sample: usize) -> Box<dyn Iterator<Item = f64> + '_> {
        let (plane, within) = self.place(sample);
        let chunked = usize::from(self.chunked).max(1);
        macro_rules! numbers {
            ($number:ty, $value:expr) => {{
                let (all, _) = plane.as_chunks::<{ size_of::<$number>() }>();
                let value: fn($number) -> f64 = $value;
                let mine = all.iter().skip(within).step_by(chunked);
                Box::new(mine.map(move |bytes| value(<$number>::from_ne_bytes(*bytes))))
            }};
        }
        #[expect(clippy::cast_precision_loss, reason = "as good as f64 is")]
        match (self.kind, self.bits) {
            (Kind::Unsigned, 16) => numbers!(u16, f64::from),
            (Kind::Unsigned, 32) => numbers!(u32, f64::from),
            (Kind::Unsigned, 64) => numbers!(u64, |number| number as f64),
            (Kind::Signed, 8) => numbers!(i8, f64::from),
            (Kind::Signed, 16) => numbers!(i16, f64::from),
            (Kind::Signed, 32) => numbers!(i32, f64::from),
            (Kind::Signed, 64) => numbers!(i64, |number| number as f64),
            (Kind::Float, 16) => numbers!(u16, half),
            (Kind::Float, 32) => numbers!(f32, f64::from),
            (Kind::Float, 64) => numbers!(f64, |number| number),
            _ => numbers!(u8, f64::from),
        }
    }
}

/// A number of 16 bits with decimals (IEEE 754, binary16).
fn half(bits: u16) -> f64 {
    let (exponent, fraction) = (i32::from((bits >> 10) & 0x1f), f64::from(bits & 0x3ff));
    let size = match exponent {
        0 => fraction * 2.0_f64.powi(-24),
        31 if fraction > 0.0 => f64::NAN,
        31 => f64::INFINITY,
        _ => (1.0 + fraction / 1024.0) * 2.0_f64.powi(exponent - 15),
    };
    if bits & 0x8000 == 0 { size } else { -size }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of Wikipedia, "Half-precision floating-point format", examples.
    #[test]
    fn numbers_of_16_bits() {
        for (bits, value) in [
            (0x0000, 0.0),
            (0x0001, 2_f64.powi(-24)),
            (0x03ff, 1023.0 * 2_f64.powi(-24)),
            (0x3555, 0.333_251_953_125),
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x7bff, 65_504.0),
        ] {
            assert!((half(bits) - value).abs() <= value.abs() * 1e-12, "{bits:x}: {}", half(bits));
        }
        assert!(half(0x7c00).is_infinite() && half(0x7c01).is_nan());
    }

    /// The three pure colours in JFIF's equations, rounded.
    #[test]
    fn differences_of_colour() {
        for (given, expected) in [
            ([76, 85, 255], [254, 0, 0]),
            ([150, 44, 21], [0, 255, 1]),
            ([29, 255, 107], [0, 0, 254]),
            ([200, 128, 128], [200, 200, 200]),
        ] {
            assert_eq!(from_differences(given), expected);
        }
        assert_eq!(from_inks([255, 0, 0, 0]), [0, 255, 255]);
        assert_eq!(from_inks([0, 0, 0, 255]), [0, 0, 0]);
        assert_eq!(divided(64, 128), 128);
    }
}
