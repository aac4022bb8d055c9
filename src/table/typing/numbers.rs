//! Numbers as people and their programs write them.

/// What stands before the fraction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    Point,
    Comma,
}

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Parsed {
    /// Without a fraction.
    Whole(i64),
    Fraction(f64),
}

impl Parsed {
    /// The number if it is a whole one, `2.0` too.
    #[expect(clippy::cast_possible_truncation, reason = "a whole number below 2^53")]
    pub(super) fn as_whole(self) -> Option<Parsed> {
        match self {
            Parsed::Whole(_) => Some(self),
            Parsed::Fraction(value) => {
                let is_whole = value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0;
                is_whole.then_some(Parsed::Whole(value as i64))
            }
        }
    }

    pub(super) fn whole(self) -> Option<i64> {
        match self {
            Parsed::Whole(whole) => Some(whole),
            Parsed::Fraction(_) => None,
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "larger ones are not read")]
    pub(super) fn value(self) -> f64 {
        match self {
            Parsed::Whole(whole) => whole as f64,
            Parsed::Fraction(value) => value,
        }
    }
}

/// Why a text is not read as a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotRead {
    NoNumber,
    /// It has zeros in front: a code (postcodes, NIS codes) that would lose them.
    LeadingZero,
}

/// More digits behind a plus are a telephone number.
const DIGITS_BEHIND_PLUS: usize = 7;
/// Whole numbers of more digits may be inexact in a column with fractions (2^53).
const EXACT_DIGITS: usize = 15;

/// Reads a number without white space around it: a sign, digits with points, commas, spaces or
/// apostrophes between thousands, a fraction, with a point an exponent too.
pub(super) fn read(text: &str, mark: Mark) -> Result<Parsed, NotRead> {
    match read_anyhow(text, mark) {
        Some((_, true)) => Err(NotRead::LeadingZero),
        Some((parsed, false)) => Ok(parsed),
        None => Err(NotRead::NoNumber),
    }
}

/// The same where a person says that it is a number: also with zeros in front, and whether it has
/// them.
pub(super) fn read_anyhow(text: &str, mark: Mark) -> Option<(Parsed, bool)> {
    let (is_negative, digits) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let has_plus = text.starts_with('+');
    if has_plus && digits.len() > DIGITS_BEHIND_PLUS || digits.len() > 40 {
        return None;
    }
    let point = match mark {
        Mark::Point => '.',
        Mark::Comma => ',',
    };
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) if mark == Mark::Point => (mantissa, Some(exponent)),
        _ => (digits, None),
    };
    let (whole, fraction) = match mantissa.split_once(point) {
        Some(("", fraction)) => ("0", Some(fraction)),
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let whole = without_groups(whole, mark)?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if fraction.is_some_and(|fraction| !is_digits(fraction)) {
        return None;
    }
    if let Some(exponent) = exponent {
        // `12E4` is rather a code: an exponent has a sign, or a fraction before it.
        let bare = exponent.strip_prefix(['-', '+']);
        if !is_digits(bare.unwrap_or(exponent)) || bare.is_none() && fraction.is_none() {
            return None;
        }
    }
    let has_zeros = whole.len() > 1 && whole.starts_with('0');
    let sign = if is_negative { "-" } else { "" };
    if fraction.is_none() && exponent.is_none() {
        let number = format!("{sign}{whole}").parse::<i64>().ok()?;
        return Some((Parsed::Whole(number), has_zeros));
    }
    if whole.len() > EXACT_DIGITS {
        return None;
    }
    let exponent = exponent.unwrap_or("0");
    let number = format!("{sign}{whole}.{}e{exponent}", fraction.unwrap_or("0"));
    let number: f64 = number.parse().ok()?;
    number.is_finite().then_some((Parsed::Fraction(number), has_zeros))
}

/// The digits of a whole number without what stands between its thousands; none where that does
/// not stand between groups of three.
fn without_groups(text: &str, mark: Mark) -> Option<String> {
    let other = match mark {
        Mark::Point => ',',
        Mark::Comma => '.',
    };
    let is_between =
        |letter: char| letter == other || matches!(letter, ' ' | '\u{a0}' | '\u{202f}' | '\'');
    let mut groups = text.split(is_between);
    let first = groups.next()?;
    let is_digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let is_grouped = rest.iter().all(|group| group.len() == 3 && is_digits(group));
    let is_whole = !first.is_empty() && is_digits(first) && (rest.is_empty() || first.len() <= 3);
    (is_grouped && is_whole).then(|| format!("{first}{}", rest.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_their_form() {
        for (text, mark, expected) in [
            ("12", Mark::Point, Parsed::Whole(12)),
            ("-1,234", Mark::Point, Parsed::Whole(-1234)),
            ("1.234", Mark::Comma, Parsed::Whole(1234)),
            ("1.234", Mark::Point, Parsed::Fraction(1.234)),
            ("1 234 567,25", Mark::Comma, Parsed::Fraction(1_234_567.25)),
            ("0,5", Mark::Comma, Parsed::Fraction(0.5)),
            ("−3,5", Mark::Comma, Parsed::Fraction(-3.5)),
            (".5", Mark::Point, Parsed::Fraction(0.5)),
            ("-,25", Mark::Comma, Parsed::Fraction(-0.25)),
            ("+5", Mark::Comma, Parsed::Whole(5)),
            ("1.5e-3", Mark::Point, Parsed::Fraction(0.0015)),
            ("9223372036854775807", Mark::Point, Parsed::Whole(i64::MAX)),
        ] {
            assert_eq!(read(text, mark), Ok(expected), "{text}");
        }
        for text in [
            "",
            "-",
            "a",
            "1,2,3",
            "12,34",
            "1.23.456",
            "+32475123456",
            "12E4",
            "1e999",
            "½",
            "٣",
            "99999999999999999999",
            "1.",
        ] {
            assert_eq!(read(text, Mark::Point), Err(NotRead::NoNumber), "{text}");
        }
        for text in ["09000", "007", "-01", "00,5"] {
            assert_eq!(read(text, Mark::Comma), Err(NotRead::LeadingZero), "{text}");
        }
    }
}
