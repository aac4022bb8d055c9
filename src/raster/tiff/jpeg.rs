//! What a JPEG says about its size, before it is unpacked.

/// Width, height and number of colours of a JPEG, from its frame header (ITU-T T.81, B.2.2); none
/// where there is none among the markers.
pub(super) fn frame(jpeg: &[u8]) -> Option<([u16; 2], u8)> {
    let mut rest = jpeg.strip_prefix(&[0xff, 0xd8])?;
    loop {
        let [0xff, marker, after @ ..] = rest else { return None };
        match *marker {
            // A filling byte.
            0xff => rest = rest.get(1..)?,
            // Markers without anything behind them.
            0x01 | 0xd0..=0xd8 => rest = after,
            // The picture itself, or its end, without a frame before.
            0xd9 | 0xda => return None,
            marker => {
                let [high, low, ..] = after else { return None };
                let length = usize::from(u16::from_be_bytes([*high, *low]));
                // Frames are C0 to CF, but for three that are tables.
                let is_frame =
                    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc);
                if is_frame {
                    let body = after.get(2..length)?;
                    let [_, h1, h0, w1, w0, colours, ..] = body else { return None };
                    let size = [[*w1, *w0], [*h1, *h0]].map(u16::from_be_bytes);
                    return Some((size, *colours));
                }
                rest = after.get(length.max(2)..)?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_stands_in_the_frame() {
        let mut jpeg = Vec::new();
        let image = image::RgbImage::new(33, 17);
        image.write_to(&mut std::io::Cursor::new(&mut jpeg), image::ImageFormat::Jpeg).unwrap();
        assert_eq!(frame(&jpeg), Some(([33, 17], 3)));
        // Wherever it is cut, that is no reason to fail.
        for end in 0..jpeg.len() {
            let found = frame(&jpeg[..end]);
            assert!(found.is_none() || found == Some(([33, 17], 3)), "{end}");
        }
        assert_eq!(frame(b"\xff\xd8\xff\xe0\x00\x00"), None);
        assert_eq!(frame(b"\xff\xd8\xff\xff\xff"), None);
    }
}
