//! A row as SQLite stores it ("Database File Format", section 2.1): a header of numbers that say
//! what each value is, then the values.

use rusqlite::types::ValueRef;

/// Reads a number of 1 to 9 bytes, seven bits in each, the highest first; the ninth has eight.
#[inline]
pub(super) fn varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let first = *bytes.get(*at)?;
    if first < 0x80 {
        *at += 1;
        return Some(u64::from(first));
    }
    long_varint(bytes, at)
}

fn long_varint(bytes: &[u8], at: &mut usize) -> Option<u64> {
    let mut value = 0;
    for count in 0..9 {
        let byte = *bytes.get(*at)?;
        *at += 1;
        if count == 8 {
            return Some(value << 8 | u64::from(byte));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte < 0x80 {
            break;
        }
    }
    Some(value)
}

/// The codes that say what the values are, and the values; none where the bytes are no record.
#[inline]
pub(super) fn split(record: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut at = 0;
    let length = usize::try_from(varint(record, &mut at)?).ok()?;
    let (head, body) = record.split_at_checked(length)?;
    Some((head.get(at..)?, body))
}

/// The next code; none where there are no more, or where what is left is none.
#[inline]
pub(super) fn next(codes: &mut &[u8]) -> Option<u64> {
    let (first, rest) = codes.split_first()?;
    if *first < 0x80 {
        *codes = rest;
        return Some(u64::from(*first));
    }
    let mut at = 0;
    let code = long_varint(codes, &mut at)?;
    *codes = codes.get(at..)?;
    Some(code)
}

/// A whole number, where the code announces one.
#[inline]
pub(super) fn integer(code: u64, body: &mut &[u8]) -> Option<i64> {
    Some(match code {
        1 => i64::from(i8::from_be_bytes(take::<1>(body)?)),
        2 => i64::from(i16::from_be_bytes(take::<2>(body)?)),
        3 => {
            let [a, b, c] = take::<3>(body)?;
            i64::from(i32::from_be_bytes([a, b, c, 0]) >> 8)
        }
        4 => i64::from(i32::from_be_bytes(take::<4>(body)?)),
        5 => {
            let mut wide = [0; 8];
            wide.first_chunk_mut::<6>()?.copy_from_slice(&take::<6>(body)?);
            i64::from_be_bytes(wide) >> 16
        }
        6 => i64::from_be_bytes(take::<8>(body)?),
        8 => 0,
        9 => 1,
        _ => return None,
    })
}

/// A text, where the code announces one.
#[inline]
pub(super) fn text<'p>(code: u64, body: &mut &'p [u8]) -> Option<&'p [u8]> {
    if code < 13 || code.is_multiple_of(2) {
        return None;
    }
    bytes(code, body)
}

#[inline]
fn bytes<'p>(code: u64, body: &mut &'p [u8]) -> Option<&'p [u8]> {
    let length = usize::try_from((code - 12) / 2).ok()?;
    let (taken, rest) = body.split_at_checked(length)?;
    *body = rest;
    Some(taken)
}

/// The value that a code announces, taken from the start of the bytes.
#[inline]
pub(super) fn value<'p>(code: u64, body: &mut &'p [u8]) -> Option<ValueRef<'p>> {
    Some(match code {
        0 => ValueRef::Null,
        7 => ValueRef::Real(f64::from_be_bytes(take::<8>(body)?)),
        // Reserved: no file has them.
        10 | 11 => return None,
        1..=9 => ValueRef::Integer(integer(code, body)?),
        _ if code.is_multiple_of(2) => ValueRef::Blob(bytes(code, body)?),
        _ => ValueRef::Text(bytes(code, body)?),
    })
}

#[inline]
fn take<const N: usize>(body: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = body.split_first_chunk::<N>()?;
    *body = rest;
    Some(*taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: &[u8] = &[
        8, 0, 1, 3, 5, 7, 17, 14,   // header: null, three whole numbers, a number, text, blob
        0xff, // -1
        0xff, 0xff, 0xfe, // -2
        0, 0, 0, 1, 0, 0, // 65536
        0x3f, 0xf8, 0, 0, 0, 0, 0, 0, // 1.5
        b'a', b'b', // text
        9,    // blob
    ];

    #[test]
    fn numbers_of_any_length() {
        // As SQLite's own putVarint writes them.
        for (bytes, expected) in [
            (&[0x00][..], 0),
            (&[0x7f], 127),
            (&[0x81, 0x00], 128),
            (&[0xff, 0x7f], 16_383),
            (&[0x82, 0x80, 0x80, 0x80, 0x00], 1 << 29),
            (&[0xff; 9], u64::MAX),
        ] {
            let mut at = 0;
            assert_eq!(varint(bytes, &mut at), Some(expected));
            assert_eq!(at, bytes.len());
            assert_eq!(varint(&bytes[..bytes.len() - 1], &mut 0), None);
        }
    }

    #[test]
    fn a_record_gives_its_values_and_a_cut_one_none() {
        let values = |record: &'static [u8]| {
            let (mut codes, mut body) = split(record)?;
            let mut found = Vec::new();
            while !codes.is_empty() {
                found.push(value(next(&mut codes)?, &mut body)?);
            }
            Some(found)
        };
        let expected = [
            ValueRef::Null,
            ValueRef::Integer(-1),
            ValueRef::Integer(-2),
            ValueRef::Integer(65_536),
            ValueRef::Real(1.5),
            ValueRef::Text(b"ab"),
            ValueRef::Blob(&[9]),
        ];
        assert_eq!(values(RECORD).as_deref(), Some(&expected[..]));
        for end in 0..RECORD.len() {
            assert_eq!(values(&RECORD[..end]), None, "cut at {end}");
        }
    }
}
