//! How a basemap looks: how strong, and in colour or grey.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// How a basemap looks.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct BasemapLook {
    /// 0 (invisible) to 1.
    pub opacity: f32,
    /// Whether colours become greys of the same luminance; a map drawn from vectors has a grey
    /// style of its own.
    pub grey: bool,
    /// Whether a map drawn from vectors is dark.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub dark: bool,
}

impl Default for BasemapLook {
    fn default() -> BasemapLook {
        BasemapLook { opacity: 1.0, grey: false, dark: false }
    }
}

impl BasemapLook {
    /// Whether tiles are shown as they came.
    pub fn is_plain(&self) -> bool {
        *self == BasemapLook::default()
    }
}

/// What each channel adds to the luminance, in 1/65536: linear light of its 256 values by the
/// curve of sRGB (IEC 61966-2-1), weighted as in ITU-R BT.709.
static LIGHT: LazyLock<[[u32; 256]; 3]> = LazyLock::new(|| {
    [0.2126, 0.7152, 0.0722].map(|weight| {
        std::array::from_fn(|value| {
            #[expect(clippy::cast_precision_loss, reason = "at most 255")]
            let value = value as f64 / 255.0;
            let linear =
                if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) };
            rounded(linear * weight * 65_536.0)
        })
    })
});

/// The grey of a luminance, in steps of 1/4096; the inverse of the same curve.
static GREY: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let grey = |step: u32| {
        let linear = f64::from(step) / 4096.0;
        let value = if linear <= 0.003_130_8 {
            linear * 12.92
        } else {
            1.055 * linear.powf(1.0 / 2.4) - 0.055
        };
        u8::try_from(rounded(value * 255.0)).unwrap_or(u8::MAX)
    };
    (0..=4096).map(grey).collect()
});

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 65 536")]
fn rounded(value: f64) -> u32 {
    value.round() as u32
}

/// Turns pixels (red, green, blue, straight alpha) into greys of the same luminance.
pub fn make_grey(rgba: &mut [u8]) {
    let (light, grey) = (&*LIGHT, &*GREY);
    for pixel in rgba.as_chunks_mut::<4>().0 {
        let [red, green, blue, alpha] = *pixel;
        let part = |channel: usize, value: u8| {
            light.get(channel).and_then(|light| light.get(usize::from(value))).copied()
        };
        let sum: u32 = [part(0, red), part(1, green), part(2, blue)].into_iter().flatten().sum();
        let step = usize::try_from((sum + 8) / 16).unwrap_or(usize::MAX);
        let level = grey.get(step).copied().unwrap_or(u8::MAX);
        *pixel = [level, level, level, alpha];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The relative luminance of WCAG 2.2 of the pure colours is 0.2126, 0.7152 and 0.0722; the
    /// greys of those luminances are #7f7f7f, #dcdcdc and #4c4c4c (colour.js, `to("xyz-d65")`
    /// and back).
    #[test]
    fn colours_become_greys_of_the_same_luminance() {
        let mut pixels =
            vec![255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255, 0, 255, 255, 255, 255, 0, 0, 0, 7];
        make_grey(&mut pixels);
        let expected =
            [127, 127, 127, 255, 220, 220, 220, 128, 76, 76, 76, 0, 255, 255, 255, 255, 0, 0, 0, 7];
        assert_eq!(pixels, expected);
        // A grey stays itself, but for what the steps lose in the dark.
        for value in 0..=255_u8 {
            let mut pixel = [value, value, value, 255];
            make_grey(&mut pixel);
            assert!(pixel[0].abs_diff(value) <= 1, "{value} became {}", pixel[0]);
        }
    }
}
