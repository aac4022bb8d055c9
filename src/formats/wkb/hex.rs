//! Well-known binary as hexadecimal text, as databases write it into CSV.

/// Whether a text is a geometry in hexadecimal: a byte order, a type, and nothing but digits.
pub(in crate::formats) fn looks_like(text: &str) -> bool {
    let text = plain(text);
    let order = text.get(..2);
    let is_hex = text.len().is_multiple_of(2) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hex && text.len() >= 18 && matches!(order, Some("00" | "01")) && code(text).is_some()
}

/// The bytes of a text; none when it is not hexadecimal.
pub(in crate::formats) fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let text = plain(text).as_bytes();
    let value = |digit: u8| char::from(digit).to_digit(16).and_then(|it| u8::try_from(it).ok());
    let (pairs, rest) = text.as_chunks::<2>();
    let bytes = pairs.iter().map(|[high, low]| Some(value(*high)? << 4 | value(*low)?));
    if rest.is_empty() { bytes.collect() } else { None }
}

/// The EPSG code that PostGIS puts into its form.
pub(in crate::formats) fn srid(text: &str) -> Option<u32> {
    let head = bytes_of(plain(text).get(..18)?)?;
    let (order, head) = head.split_first()?;
    let (code, srid) = head.split_first_chunk::<4>()?;
    let number = |bytes: [u8; 4]| match order {
        0 => u32::from_be_bytes(bytes),
        _ => u32::from_le_bytes(bytes),
    };
    (number(*code) & 0x2000_0000 != 0).then(|| srid.first_chunk().copied().map(number))?
}

/// The type's number, without what says that there are heights, measures and an SRID.
fn code(text: &str) -> Option<u32> {
    let head = bytes_of(text.get(..10)?)?;
    let (order, code) = head.split_first()?;
    let code = *code.first_chunk::<4>()?;
    let code = if *order == 0 { u32::from_be_bytes(code) } else { u32::from_le_bytes(code) };
    let plain = code & 0x1fff_ffff;
    (plain < 4000 && (1..=17).contains(&(plain % 1000))).then_some(plain)
}

/// Without the marks that SQL puts in front.
fn plain(text: &str) -> &str {
    let text = text.trim();
    text.strip_prefix("\\x").or_else(|| text.strip_prefix("0x")).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn geometries_are_told_from_other_digits() {
        // POINT (1 2) with SRID 4326, as PostGIS writes it.
        let point = "0101000020E6100000000000000000F03F0000000000000040";
        assert!(looks_like(point) && looks_like(&format!("\\x{}", point.to_lowercase())));
        assert_eq!(srid(point), Some(4326));
        assert_eq!(srid("0101000000000000000000F03F0000000000000040"), None);
        for other in
            ["0101", "0012345678901234567890", "01zz", "", "FF01000000000000000000F03F", "é"]
        {
            assert!(!looks_like(other), "{other}");
        }
        assert_eq!(bytes_of("0aF"), None);
        assert_eq!(bytes_of("0aFf"), Some(vec![10, 255]));
    }
}
