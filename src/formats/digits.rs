//! Numbers and dates as data, put behind other bytes without a text of their own.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use crate::table::{DateTimeForm, Offset};

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

/// Year, month and day with a separator between them: `2026-03-14`, `20260314`.
pub(super) fn push_date(out: &mut Vec<u8>, date: NaiveDate, separator: &str) {
    let Some(year) = u32::try_from(date.year()).ok().filter(|year| *year <= 9999) else {
        // A sign, and perhaps more digits.
        return out.extend_from_slice(date.to_string().as_bytes());
    };
    let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
    out.extend([digit(year / 1000), digit(year / 100), digit(year / 10), digit(year)]);
    for number in [date.month(), date.day()] {
        out.extend_from_slice(separator.as_bytes());
        out.extend([digit(number / 10), digit(number)]);
    }
}

/// A moment of a column as its form writes it: `2026-03-14T15:09:26.535+01:00`.
pub(super) fn push_moment(out: &mut Vec<u8>, at: NaiveDateTime, form: DateTimeForm) {
    let local = form.local(at);
    push_date(out, local.date(), "-");
    let two = |number: u32| {
        let digit = |number: u32| b'0' + u8::try_from(number % 10).unwrap_or(0);
        [digit(number / 10), digit(number)]
    };
    out.extend_from_slice(form.separator.encode_utf8(&mut [0; 4]).as_bytes());
    out.extend(two(local.hour()));
    out.push(b':');
    out.extend(two(local.minute()));
    if let Some(digits) = form.fraction {
        out.push(b':');
        out.extend(two(local.second()));
        if digits > 0 {
            let millis = local.and_utc().timestamp_subsec_millis();
            let [tens, ones] = two(millis);
            let written = [b'.', two(millis / 100)[1], tens, ones];
            out.extend(written.iter().take(1 + usize::from(digits)));
        }
    }
    match form.offset {
        Offset::None => {}
        Offset::Zulu => out.push(b'Z'),
        Offset::Minutes { minutes, colon } => {
            out.push(if minutes < 0 { b'-' } else { b'+' });
            let minutes = u32::from(minutes.unsigned_abs());
            out.extend(two(minutes / 60));
            out.extend(colon.then_some(b':'));
            out.extend(two(minutes % 60));
        }
    }
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

    #[test]
    fn dates_are_those_of_chrono() {
        for (year, month, day) in
            [(2026, 3, 14), (1, 1, 1), (9999, 12, 31), (-5, 2, 3), (12345, 6, 7)]
        {
            let Some(date) = NaiveDate::from_ymd_opt(year, month, day) else { panic!("a date") };
            assert_eq!(written(|out| push_date(out, date, "-")), format!("x{date}"));
        }
    }

    #[test]
    fn moments_are_those_of_their_form() {
        for text in [
            "2022-03-01T10:00:00+00:00",
            "2022-03-01T23:59:59Z",
            "2022-03-01 23:59:59.120-0530",
            "2022-03-01T10:05",
            "0001-03-01T10:05:07.5",
            "2022-12-31T23:05:07.05+14:00",
        ] {
            let Some((at, form)) = DateTimeForm::read(text) else { panic!("{text}") };
            assert_eq!(written(|out| push_moment(out, at, form)), format!("x{text}"));
            assert_eq!(form.write(at), text);
        }
    }
}
