//! How colours look to people who see fewer of them, and on a black-and-white printer.

use std::sync::LazyLock;

use crate::style::{Color, Symbol};

/// A way of seeing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Vision {
    /// As most people see.
    #[default]
    Usual,
    /// Without green cones: about one man in 16 sees so, or nearly.
    Deutan,
    /// Without red cones.
    Protan,
    /// Without blue cones: rare.
    Tritan,
    /// As a copier or a printer without colour does.
    Grey,
}

impl Vision {
    /// All that people have, and grey.
    pub const ALL: [Vision; 5] =
        [Vision::Usual, Vision::Deutan, Vision::Protan, Vision::Tritan, Vision::Grey];

    /// Pixels (red, green, blue, alpha) as they are seen so.
    pub fn see(self, rgba: &mut [u8]) {
        let Some(matrix) = self.matrix() else { return };
        let (light, bytes) = (&*LIGHT, &*BYTES);
        for pixel in rgba.as_chunks_mut::<4>().0 {
            let [red, green, blue, alpha] = *pixel;
            let parts = [red, green, blue]
                .map(|part| light.get(usize::from(part)).copied().unwrap_or_default());
            let [red, green, blue] = matrix.map(|row| {
                let sum: f64 = row.iter().zip(parts).map(|(weight, part)| weight * part).sum();
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "clamped to the steps there are"
                )]
                let step = (sum.clamp(0.0, 1.0) * STEPS).round() as usize;
                bytes.get(step).copied().unwrap_or(u8::MAX)
            });
            *pixel = [red, green, blue, alpha];
        }
    }

    /// A symbol as it is seen so.
    #[must_use]
    pub fn of_symbol(self, symbol: Symbol) -> Symbol {
        Symbol { fill: self.of(symbol.fill), stroke: self.of(symbol.stroke), ..symbol }
    }

    /// A colour as it is seen so. Dichromacy after Machado, Oliveira and Fernandes (2009), "A
    /// physiologically-based model for simulation of color vision deficiency", severity 1; grey is
    /// the relative luminance of sRGB (IEC 61966-2-1).
    #[must_use]
    pub fn of(self, color: Color) -> Color {
        let Some(matrix) = self.matrix() else { return color };
        let linear = linear(color);
        let [r, g, b] = matrix.map(|row| {
            let sum: f64 = row.iter().zip(linear).map(|(weight, part)| weight * part).sum();
            encoded(sum)
        });
        Color { r, g, b, a: color.a }
    }

    /// What becomes of linear red, green and blue; none where all stays as it is.
    fn matrix(self) -> Option<[[f64; 3]; 3]> {
        Some(match self {
            Vision::Usual => return None,
            Vision::Protan => [
                [0.152286, 1.052583, -0.204868],
                [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ],
            Vision::Deutan => [
                [0.367322, 0.860646, -0.227968],
                [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ],
            Vision::Tritan => [
                [1.255528, -0.076749, -0.178779],
                [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ],
            Vision::Grey => [LUMINANCE; 3],
        })
    }
}

/// Steps of linear light that have a byte each: finer than bytes in the dark.
const STEPS: f64 = 8192.0;

/// The linear light of each byte.
static LIGHT: LazyLock<[f64; 256]> = LazyLock::new(|| {
    std::array::from_fn(|byte| {
        let byte = u8::try_from(byte).unwrap_or(u8::MAX);
        decoded(byte)
    })
});

/// The byte of each step of linear light.
static BYTES: LazyLock<Vec<u8>> =
    LazyLock::new(|| (0..=8192_u32).map(|step| encoded(f64::from(step) / STEPS)).collect());

/// The weights of red, green and blue in luminance.
const LUMINANCE: [f64; 3] = [0.2126, 0.7152, 0.0722];

fn linear(color: Color) -> [f64; 3] {
    [color.r, color.g, color.b].map(decoded)
}

fn decoded(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn encoded(part: f64) -> u8 {
    let part = part.clamp(0.0, 1.0);
    let part =
        if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 };
    (part * 255.0).round() as u8
}

/// A colour in CIE L*a*b* under daylight (D65): the lightness from 0 to 100, and two opposites.
#[expect(clippy::many_single_char_names, reason = "a formula")]
pub fn lab(color: Color) -> [f64; 3] {
    let [r, g, b] = linear(color);
    let x = (0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047;
    let y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b;
    let z = (0.0193339 * r + 0.1191920 * g + 0.9503041 * b) / 1.08883;
    let root = |t: f64| {
        if t > 216.0 / 24389.0 { t.cbrt() } else { (24389.0 / 27.0 * t + 16.0) / 116.0 }
    };
    let (x, y, z) = (root(x), root(y), root(z));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How light a colour is: 0 for black to 1 for white (WCAG 2.2, "relative luminance").
pub fn luminance(color: Color) -> f64 {
    linear(color).iter().zip(LUMINANCE).map(|(part, weight)| part * weight).sum()
}

/// How much two opaque colours stand out from each other: 1 for the same to 21 for black and white
/// (WCAG 2.2, "contrast ratio").
pub fn contrast(a: Color, b: Color) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// How different two colours look: CIEDE2000, where 1 is just noticeable side by side (CIE 142-2001;
/// the formulas as in Sharma, Wu and Dalal 2005).
pub fn difference(a: Color, b: Color) -> f64 {
    lab_difference(lab(a), lab(b))
}

fn lab_difference([l1, a1, b1]: [f64; 3], [l2, a2, b2]: [f64; 3]) -> f64 {
    const FAR: f64 = 6_103_515_625.0; // 25^7
    let chroma = f64::midpoint(a1.hypot(b1), a2.hypot(b2)).powi(7);
    let stretch = 1.0 + 0.5 * (1.0 - (chroma / (chroma + FAR)).sqrt());
    let (a1, a2) = (a1 * stretch, a2 * stretch);
    let (c1, c2) = (a1.hypot(b1), a2.hypot(b2));
    let hue = |a: f64, b: f64| b.atan2(a).to_degrees().rem_euclid(360.0);
    let (h1, h2) = (hue(a1, b1), hue(a2, b2));
    let has_hue = c1 * c2 > 0.0;
    let turn = match h2 - h1 {
        _ if !has_hue => 0.0,
        turn if turn > 180.0 => turn - 360.0,
        turn if turn < -180.0 => turn + 360.0,
        turn => turn,
    };
    let (dl, dc) = (l2 - l1, c2 - c1);
    let dh = 2.0 * (c1 * c2).sqrt() * (turn.to_radians() / 2.0).sin();
    let (l, c) = (f64::midpoint(l1, l2), f64::midpoint(c1, c2));
    let h = match h1 + h2 {
        sum if !has_hue => sum,
        sum if (h1 - h2).abs() <= 180.0 => sum / 2.0,
        sum if sum < 360.0 => f64::midpoint(sum, 360.0),
        sum => (sum - 360.0) / 2.0,
    };
    let cosine = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cosine(h - 30.0) + 0.24 * cosine(2.0 * h) + 0.32 * cosine(3.0 * h + 6.0)
        - 0.20 * cosine(4.0 * h - 63.0);
    let turned = 30.0 * (-((h - 275.0) / 25.0).powi(2)).exp();
    let rc = 2.0 * (c.powi(7) / (c.powi(7) + FAR)).sqrt();
    let off = (l - 50.0).powi(2);
    let sl = 1.0 + 0.015 * off / (20.0 + off).sqrt();
    let sc = 1.0 + 0.045 * c;
    let sh = 1.0 + 0.015 * c * t;
    let rt = -(2.0 * turned).to_radians().sin() * rc;
    let (l, c, h) = (dl / sl, dc / sc, dh / sh);
    (l * l + c * c + h * h + rt * c * h).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_seen_as_colours_are() {
        for vision in Vision::ALL {
            for at in 0..4096_u32 {
                let part = |shift: u32| u8::try_from((at >> shift & 15) * 17).unwrap();
                let color = Color { r: part(0), g: part(4), b: part(8), a: 77 };
                let mut pixel = [color.r, color.g, color.b, color.a];
                vision.see(&mut pixel);
                let Color { r, g, b, a } = vision.of(color);
                let near = |(a, b): (&u8, u8)| a.abs_diff(b) <= 2;
                assert!(pixel.iter().zip([r, g, b, a]).all(near), "{vision:?} {color}: {pixel:?}");
            }
        }
    }

    #[test]
    fn differences_are_those_published() {
        // Pairs 1, 7, 13, 17, 21, 25 and 34 of table 1 in Sharma, Wu and Dalal (2005).
        for (a, b, expected) in [
            ([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485], 2.0425),
            ([50.0, 0.0, 0.0], [50.0, -1.0, 2.0], 2.3669),
            ([50.0, 2.5, 0.0], [50.0, 0.0, -2.5], 4.3065),
            ([50.0, 2.5, 0.0], [73.0, 25.0, -18.0], 27.1492),
            ([50.0, 2.5, 0.0], [50.0, 3.1736, 0.5854], 1.0),
            ([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644),
            ([2.0776, 0.0795, -1.1350], [0.9033, -0.0636, -0.5514], 0.9082),
        ] {
            assert!((lab_difference(a, b) - expected).abs() < 5e-5, "{a:?} {b:?}");
            assert!((lab_difference(b, a) - expected).abs() < 5e-5);
        }
    }

    #[test]
    fn colours_have_known_places_and_greys_stay_greys() {
        // sRGB red in L*a*b* (D65), as Bruce Lindbloom's calculator gives it.
        let [l, a, b] = lab(Color::rgb(0xff0000));
        assert!(
            (l - 53.2408).abs() < 0.01 && (a - 80.0925).abs() < 0.01 && (b - 67.2032).abs() < 0.01
        );
        for vision in Vision::ALL {
            for grey in [0x000000, 0x808080, 0xffffff] {
                let seen = vision.of(Color::rgb(grey));
                assert!(difference(seen, Color::rgb(grey)) < 1.0, "{vision:?} {grey:x}");
            }
        }
        // Red and green of the same lightness are one colour to a deutan.
        let (red, green) = (Color::rgb(0xc05040), Color::rgb(0x75802a));
        let seen = |color| Vision::Deutan.of(color);
        assert!(difference(red, green) > 40.0);
        assert!(difference(seen(red), seen(green)) < 16.0);
    }
}
