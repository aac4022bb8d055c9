//! Numbers and texts in binary records, none of which is trusted to be long enough.

/// A record that is read from its start on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bytes<'a>(pub(super) &'a [u8]);

impl<'a> Bytes<'a> {
    /// The next so many bytes; none where there are fewer.
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk::<N>()?;
        self.0 = rest;
        Some(*taken)
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn f64(&mut self) -> Option<f64> {
        self.array().map(f64::from_le_bytes)
    }

    /// A number of 32 bits that has room for its length only in so much text.
    pub(super) fn length(&mut self) -> Option<usize> {
        self.u32().and_then(|length| usize::try_from(length).ok())
    }

    /// A number squeezed into 30 bits, with or without a fraction, perhaps a hundredfold
    /// ([MS-XLS] 2.5.217, [MS-XLSB] 2.5.122).
    pub(super) fn squeezed(&mut self) -> Option<f64> {
        let bits = self.u32()?;
        let value = if bits & 2 == 0 {
            f64::from_bits(u64::from(bits & !3) << 32)
        } else {
            // With its sign.
            f64::from(bits.cast_signed() >> 2)
        };
        Some(if bits & 1 == 0 { value } else { value / 100.0 })
    }

    /// So many letters of UTF-16.
    pub(super) fn utf16(&mut self, letters: usize) -> Option<String> {
        let bytes = self.take(letters.checked_mul(2)?)?;
        let (pairs, _) = bytes.as_chunks::<2>();
        let units = pairs.iter().map(|pair| u16::from_le_bytes(*pair));
        Some(char::decode_utf16(units).map(|letter| letter.unwrap_or('\u{FFFD}')).collect())
    }

    /// Letters of UTF-16 behind their number.
    pub(super) fn wide_text(&mut self) -> Option<String> {
        let letters = self.length()?;
        self.utf16(letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_beyond_the_end() {
        let mut bytes = Bytes(&[1, 2, 0, 3]);
        assert_eq!(
            (bytes.u8(), bytes.u32(), bytes.u16(), bytes.u16()),
            (Some(1), None, Some(2), None)
        );
        assert_eq!(Bytes(&[255, 255, 255, 255, 65, 0]).wide_text(), None);
        assert_eq!(Bytes(&[1, 0, 0, 0, 0xE9, 0]).wide_text().as_deref(), Some("é"));
    }

    /// Values of [MS-XLS] 2.5.217's examples and of calamine's cells reader, computed by hand.
    #[test]
    fn squeezed_numbers() {
        let of = |bits: u32| Bytes(&bits.to_le_bytes()).squeezed();
        assert_eq!(of((12 << 2) | 2), Some(12.0));
        assert_eq!(of((1234 << 2) | 3), Some(12.34));
        assert_eq!(of((-5_i32 << 2).cast_unsigned() | 2), Some(-5.0));
        assert_eq!(of(0x3FF8_0000), Some(1.5));
        assert_eq!(of(0x3FF8_0001), Some(0.015));
    }
}
