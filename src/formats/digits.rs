//! Numbers and dates as data, put behind other bytes without a text of their own.

pub(super) use crate::table::push_date;

/// The shortest digits that give the same number back, as JSON has them: with `.0` where it is
/// whole, with an exponent where it is very large or small. `null` for what is no number.
pub(super) fn push_number(out: &mut Vec<u8>, value: f64) {
    // Memory takes everything.
    let _ = serde_json::to_writer(out, &value);
}

/// As [`push_number`], without the `.0`.
pub(super) fn push_short(out: &mut Vec<u8>, value: f64) {
    push_number(out, value);
    if out.ends_with(b".0") {
        out.truncate(out.len() - 2);
    }
}

/// As `Display` writes a number: the shortest digits, never with an exponent.
pub(super) fn push_plain(out: &mut Vec<u8>, value: f64) {
    let start = out.len();
    push_short(out, value);
    let is_plain = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    if !out.get(start..).unwrap_or_default().iter().all(is_plain) {
        out.truncate(start);
        out.extend_from_slice(value.to_string().as_bytes());
    }
}

/// A whole number.
pub(super) fn push_whole(out: &mut Vec<u8>, value: i64) {
    // Memory takes everything.
    let _ = serde_json::to_writer(out, &value);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(push: impl FnOnce(&mut Vec<u8>)) -> String {
        let mut out = b"x".to_vec();
        push(&mut out);
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn digits_are_those_of_the_standard_library() {
        let numbers = [0.0, -0.0, 1.0, 0.1, -1.0 / 3.0, 104_700.123, 1e15, 1e16, 1e17, 1e300];
        let small = [5e-324, 1e-5, 1e-7, -2.5e-10, 123_456_789_012_345_680.0];
        for number in numbers.into_iter().chain(small) {
            assert_eq!(written(|out| push_plain(out, number)), format!("x{number}"));
            let text = written(|out| push_number(out, number));
            assert_eq!(text.get(1..).map(str::parse), Some(Ok(number)), "{text}");
        }
        assert_eq!(written(|out| push_number(out, 3.0)), "x3.0");
        assert_eq!(written(|out| push_short(out, 3.0)), "x3");
        assert_eq!(written(|out| push_whole(out, i64::MIN)), format!("x{}", i64::MIN));
    }
}
