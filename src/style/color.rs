//! Colours, written `#rrggbb` or `#rrggbbaa`.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A colour in sRGB with straight (not premultiplied) alpha.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity; 255 is opaque.
    pub a: u8,
}

impl Color {
    /// An opaque colour from `0xRRGGBB`.
    pub const fn rgb(hex: u32) -> Color {
        let [_, r, g, b] = hex.to_be_bytes();
        Color { r, g, b, a: 255 }
    }

    /// The same colour with another opacity.
    #[must_use]
    pub const fn with_alpha(self, a: u8) -> Color {
        Color { a, ..self }
    }

    /// The same on white paper with only a share of its strength; as opaque as before.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    pub fn faded(self, share: f32) -> Color {
        let share = share.clamp(0.0, 1.0);
        let faded = |value: u8| (255.0 - (255.0 - f32::from(value)) * share).round() as u8;
        Color { r: faded(self.r), g: faded(self.g), b: faded(self.b), a: self.a }
    }

    /// The same with only a share of its light; as opaque as before.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    pub fn darker(self, share: f32) -> Color {
        let dark = |value: u8| (f32::from(value) * share.clamp(0.0, 1.0)).round() as u8;
        Color { r: dark(self.r), g: dark(self.g), b: dark(self.b), a: self.a }
    }

    /// Reads `#rrggbb` or `#rrggbbaa`.
    pub fn parse(text: &str) -> Option<Color> {
        let digits = text.strip_prefix('#')?;
        if !digits.is_ascii() {
            return None;
        }
        let pair = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let a = match digits.len() {
            6 => 255,
            8 => pair(6)?,
            _ => return None,
        };
        Some(Color { r: pair(0)?, g: pair(2)?, b: pair(4)?, a })
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.r, self.g, self.b)?;
        if self.a < 255 { write!(f, "{:02x}", self.a) } else { Ok(()) }
    }
}

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Color {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Color::parse(&text)
            .ok_or_else(|| serde::de::Error::custom(format!("not a colour: {text:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_survive_text() {
        for text in ["#1b9e77", "#00000080"] {
            assert_eq!(Color::parse(text).map(|c| c.to_string()).as_deref(), Some(text));
        }
        assert_eq!(Color::parse("#12345"), None);
        assert_eq!(Color::parse("#ééé"), None);
    }
}
