//! Single values of a dBASE table as bytes of a record.

use chrono::{DateTime, NaiveDate};

use crate::formats::json::short_decimal;

/// The Julian day number of 1970-01-01.
const JULIAN_EPOCH: i64 = 2_440_588;
const DAY_MILLIS: i64 = 86_400_000;

/// Text ends at the first NUL; spaces at the end only fill the field.
#[inline]
pub(super) fn trim_text(raw: &[u8]) -> &[u8] {
    let mut text = match memchr::memchr(0, raw) {
        Some(end) => raw.get(..end).unwrap_or_default(),
        None => raw,
    };
    // Most of a wide field is filling.
    while let Some((rest, [b' ', b' ', b' ', b' ', b' ', b' ', b' ', b' '])) =
        text.split_last_chunk::<8>()
    {
        text = rest;
    }
    while let [rest @ .., b' '] = text {
        text = rest;
    }
    text
}

#[inline]
pub(super) fn trim_number(mut raw: &[u8]) -> &[u8] {
    while let [rest @ .., 0] = raw {
        raw = rest;
    }
    while let [0, rest @ ..] = raw {
        raw = rest;
    }
    raw.trim_ascii()
}

/// A whole number of at most 64 bits, perhaps with a point behind it.
pub(super) fn read_whole(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if digits.is_empty() || digits.len() > 18 || !digits.iter().all(u8::is_ascii_digit) {
        let text = std::str::from_utf8(text).ok()?;
        return text.strip_suffix('.').unwrap_or(text).parse().ok();
    }
    let value = digits.iter().fold(0, |value, digit| value * 10 + i64::from(digit - b'0'));
    Some(if digits.len() < text.len() { -value } else { value })
}

/// A number, and whether it has a decimal comma; none for what is no number.
pub(super) fn read_number(text: &[u8]) -> Option<(f64, bool)> {
    let first = text.first()?;
    let text = std::str::from_utf8(text).ok()?;
    if let Some(value) = short_decimal(text) {
        return Some((value, false));
    }
    let comma = text.contains(',');
    let value: f64 =
        if comma { text.replace(',', ".").parse().ok()? } else { text.parse().ok()? };
    // Words such as "nan" and "infinity" are no numbers here.
    let starts_well = matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.' | b',');
    (starts_well && value.is_finite()).then_some((value, comma))
}

/// Days since 1970; `Err` for what is no date.
pub(super) fn read_date(text: &[u8]) -> Result<Option<i32>, ()> {
    let empty = |byte: &u8| matches!(byte, b'0' | b' ' | b'*' | b'-' | b'/');
    if text.iter().all(empty) {
        return Ok(None);
    }
    let date = match text.first_chunk::<8>() {
        Some(digits) if text.len() == 8 && digits.iter().all(u8::is_ascii_digit) => {
            let number = |digits: &[u8]| {
                digits.iter().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
            };
            let [y @ .., _, _, _, _] = digits;
            let [_, _, _, _, m @ .., _, _] = digits;
            let [_, _, _, _, _, _, d @ ..] = digits;
            let year = i32::try_from(number(y)).map_err(|_| ())?;
            NaiveDate::from_ymd_opt(year, number(m), number(d))
        }
        _ => {
            let digits = text.iter().copied().filter(|byte| !matches!(byte, b'-' | b'/'));
            let digits = String::from_utf8(digits.collect()).map_err(|_| ())?;
            let date = (digits.len() == 8).then(|| NaiveDate::parse_from_str(&digits, "%Y%m%d"));
            date.and_then(Result::ok)
        }
    };
    let since = date.ok_or(())?.signed_duration_since(DateTime::UNIX_EPOCH.date_naive());
    i32::try_from(since.num_days()).map(Some).map_err(|_| ())
}

/// Milliseconds since 1970: a Julian day and the milliseconds of the day, or fourteen digits.
pub(super) fn read_moment(raw: &[u8]) -> Result<Option<i64>, ()> {
    if raw.iter().all(|byte| matches!(byte, 0 | b' ')) {
        return Ok(None);
    }
    let millis = if raw.len() == 8 {
        let (days, clock) = raw.split_at(4);
        let number = |bytes: &[u8]| {
            bytes.first_chunk().map(|bytes| i64::from(i32::from_le_bytes(*bytes))).ok_or(())
        };
        (number(days)? - JULIAN_EPOCH) * DAY_MILLIS + number(clock)?
    } else {
        let text = std::str::from_utf8(trim_number(raw)).map_err(|_| ())?;
        let at = chrono::NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S").map_err(|_| ())?;
        at.and_utc().timestamp_millis()
    };
    DateTime::from_timestamp_millis(millis).ok_or(())?;
    Ok(Some(millis))
}

/// True and false; `Err` for another letter.
pub(super) fn read_truth(raw: &[u8]) -> Result<Option<bool>, ()> {
    match raw.first().copied().unwrap_or(b'?') {
        b'T' | b't' | b'Y' | b'y' | b'1' => Ok(Some(true)),
        b'F' | b'f' | b'N' | b'n' | b'0' => Ok(Some(false)),
        b'?' | b' ' | 0 => Ok(None),
        _ => Err(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_end_where_their_filling_begins() {
        for (raw, text) in [
            (&b"a b                 "[..], &b"a b"[..]),
            (b"                        ", b""),
            (b"abc\0 def  ", b"abc"),
            (b"abc  \0   ", b"abc"),
            (b" x       ", b" x"),
        ] {
            assert_eq!(trim_text(raw), text);
        }
        assert_eq!(trim_number(b"\0\0  12 \0"), b"12");
    }

    #[test]
    fn whole_numbers_of_64_bits() {
        for (text, value) in [
            ("0", Some(0)),
            ("-7", Some(-7)),
            ("+5", Some(5)),
            ("12.", Some(12)),
            ("999999999999999999", Some(999_999_999_999_999_999)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("9223372036854775808", None),
            ("1.5", None),
            ("-", None),
            ("1 2", None),
        ] {
            assert_eq!(read_whole(text.as_bytes()), value, "{text}");
        }
    }

    #[test]
    fn dates_and_moments() {
        assert_eq!(read_date(b"19700102"), Ok(Some(1)));
        assert_eq!(read_date(b"1970/01/02"), Ok(Some(1)));
        assert_eq!(read_date(b"00000000"), Ok(None));
        assert_eq!(read_date(b"20230231"), Err(()));
        assert_eq!(read_date(b"2023023"), Err(()));
        let mut raw = 2_440_589_i32.to_le_bytes().to_vec();
        raw.extend(1500_i32.to_le_bytes());
        assert_eq!(read_moment(&raw), Ok(Some(DAY_MILLIS + 1500)));
        assert_eq!(read_moment(b"19700101000001"), Ok(Some(1000)));
        assert_eq!(read_moment(b"        "), Ok(None));
        assert_eq!(read_moment(b"xxxxxxxxxxx"), Err(()));
    }
}
