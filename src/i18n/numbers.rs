//! Numbers, dates and sizes in the form of a language: `1.234,5` and `23 november 2026` in Dutch,
//! `1,234.5` and `23 November 2026` in English.

use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use serde::{Deserialize, Serialize};

use super::Language;

/// The marks in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NumberForm {
    /// As the language has it.
    #[default]
    Language,
    /// A decimal point and spaces between groups of three, in every language: `12 345.6`
    /// (ISO 80000-1, which allows point and comma).
    Point,
}

/// One for the whole program, as a computer has one: numbers are also written far from the window
/// that knows the person's wish.
static HAS_POINT: AtomicBool = AtomicBool::new(false);

/// Writes and reads all numbers from now on in a form.
pub fn set_number_form(form: NumberForm) {
    HAS_POINT.store(form == NumberForm::Point, Ordering::Relaxed);
}

fn number_form() -> NumberForm {
    if HAS_POINT.load(Ordering::Relaxed) { NumberForm::Point } else { NumberForm::Language }
}

/// The mark before the decimals and the one between groups of three.
#[derive(Clone, Copy)]
struct Marks {
    decimal: char,
    group: char,
}

impl Language {
    fn marks(self, form: NumberForm) -> Marks {
        match (form, self) {
            (NumberForm::Point, _) => Marks { decimal: '.', group: '\u{a0}' },
            (NumberForm::Language, Language::Dutch) => Marks { decimal: ',', group: '.' },
            (NumberForm::Language, Language::English) => Marks { decimal: '.', group: ',' },
        }
    }

    /// The mark between the whole part and the decimals.
    pub fn decimal_mark(self) -> char {
        self.marks(number_form()).decimal
    }
}

/// A whole number with groups of three digits: `12.345` or `12,345`.
pub fn format_integer(language: Language, value: i64) -> String {
    let marks = language.marks(number_form());
    let grouped = group(marks, &value.unsigned_abs().to_string());
    if value < 0 { format!("−{grouped}") } else { grouped }
}

/// A whole number of the data, which may be a year or a number of a bus stop: without groups.
pub fn format_plain_integer(value: i64) -> String {
    let digits = value.unsigned_abs();
    if value < 0 { format!("−{digits}") } else { digits.to_string() }
}

/// A number of the data with at most `max_decimals` decimals: as [`format_number`], without groups.
pub fn format_plain_number(language: Language, value: f64, max_decimals: u8) -> String {
    number_with(language.marks(number_form()), value, max_decimals, false)
}

/// A number with at most `max_decimals` decimals, trailing zeros left out.
/// Not-a-number and infinities are written as `–` and `∞`.
pub fn format_number(language: Language, value: f64, max_decimals: u8) -> String {
    number_with(language.marks(number_form()), value, max_decimals, true)
}

fn number_with(marks: Marks, value: f64, max_decimals: u8, is_grouped: bool) -> String {
    if value.is_nan() {
        return "–".to_owned();
    }
    if value.is_infinite() {
        return if value > 0.0 { "∞".to_owned() } else { "−∞".to_owned() };
    }
    let fixed = format!("{:.*}", usize::from(max_decimals), value.abs());
    let (whole, decimals) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let decimals = decimals.trim_end_matches('0');
    let mut text = if is_grouped { group(marks, whole) } else { whole.to_owned() };
    if !decimals.is_empty() {
        text.push(marks.decimal);
        text.push_str(decimals);
    }
    let is_zero = text.chars().all(|c| c == '0');
    if value < 0.0 && !is_zero { format!("−{text}") } else { text }
}

/// Reads a number as a person writes it in a language: `1.234,5` in Dutch, `1,234.5` in English,
/// with or without the marks between groups of three. A mark that cannot be one between groups is
/// taken for the decimal mark: `3.5` is three and a half in Dutch too. None when it is no finite
/// number.
pub fn parse_number(language: Language, text: &str) -> Option<f64> {
    parse_with(language.marks(number_form()), text)
}

fn parse_with(marks: Marks, text: &str) -> Option<f64> {
    let plain = |letter: char| !letter.is_whitespace() && !matches!(letter, '\u{a0}' | '\u{202f}');
    let text: String = text.chars().filter(|letter| plain(*letter)).collect();
    let text = text.replace('−', "-");
    let Marks { decimal, group: mark } = marks;
    // Where groups are parted by spaces a comma can only be a decimal mark.
    let is_spaced = mark == '\u{a0}' && !text.contains(decimal);
    let text = if is_spaced { text.replacen(',', &decimal.to_string(), 1) } else { text };
    let whole = text.split(decimal).next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['-', '+']).split(mark);
    let first = groups.next().unwrap_or_default();
    let mut others = groups.peekable();
    let grouped = others.peek().is_some()
        && (1..=3).contains(&first.len())
        && others.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()));
    let text = if grouped { text.replace(mark, "") } else { text };
    let number = text.replace(decimal, ".").parse().ok();
    number.filter(|number: &f64| number.is_finite())
}

fn group(marks: Marks, digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(marks.group);
        }
        text.push(digit);
    }
    text
}

const DUTCH_MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date in words: `23 november 2026`, `23 November 2026`.
pub fn format_date(language: Language, date: NaiveDate) -> String {
    let months = match language {
        Language::Dutch => &DUTCH_MONTHS,
        Language::English => &ENGLISH_MONTHS,
    };
    let month = months.get(date.month0() as usize).copied().unwrap_or_default();
    format!("{} {month} {}", date.day(), date.year())
}

/// A date in figures, short enough to stand in a list: `3/12/2026`, `2026-12-03`.
pub fn format_short_date(language: Language, date: NaiveDate) -> String {
    let form = match language {
        Language::Dutch => "%-d/%-m/%Y",
        Language::English => "%Y-%m-%d",
    };
    date.format(form).to_string()
}

/// A date and a time of day: `23 november 2026 14:05`, with seconds only where they are not zero.
pub fn format_date_time(language: Language, at: NaiveDateTime) -> String {
    let date = format_date(language, at.date());
    if at.second() == 0 {
        format!("{date} {:02}:{:02}", at.hour(), at.minute())
    } else {
        format!("{date} {:02}:{:02}:{:02}", at.hour(), at.minute(), at.second())
    }
}

/// A size in bytes with a decimal unit: `1,2 MB`.
pub fn format_bytes(language: Language, bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let value = bytes as f64;
    let (value, unit) = match bytes {
        0..1_000 => (value, "B"),
        1_000..1_000_000 => (value / 1e3, "kB"),
        1_000_000..1_000_000_000 => (value / 1e6, "MB"),
        _ => (value / 1e9, "GB"),
    };
    format!("{} {unit}", format_number(language, value, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(format_integer(Language::Dutch, 1_234_567), "1.234.567");
        assert_eq!(format_integer(Language::English, -999), "−999");
        assert_eq!(format_number(Language::Dutch, 1234.5, 2), "1.234,5");
        assert_eq!(format_number(Language::English, -0.004, 2), "0");
        assert_eq!(format_number(Language::English, 0.126, 2), "0.13");
        assert_eq!(format_number(Language::Dutch, f64::NAN, 2), "–");
        assert_eq!(format_bytes(Language::Dutch, 1_234_000), "1,2 MB");
    }

    #[test]
    fn the_form_with_a_point_is_the_same_in_every_language() {
        for language in Language::ALL {
            let marks = language.marks(NumberForm::Point);
            assert_eq!(number_with(marks, -1_234_567.25, 2, true), "−1\u{a0}234\u{a0}567.25");
            for (text, number) in [("1 234.5", 1234.5), ("1.234", 1.234), ("0,5", 0.5)] {
                assert_eq!(parse_with(marks, text), Some(number), "{text}");
            }
            assert_eq!(parse_with(marks, "1,234.5"), None);
        }
    }

    #[test]
    fn numbers_are_read_in_the_language() {
        use Language::{Dutch, English};
        for (language, text, number) in [
            (Dutch, "1.234,5", Some(1234.5)),
            (Dutch, "1.234.567", Some(1_234_567.0)),
            (Dutch, "3.5", Some(3.5)),
            (Dutch, "−0,25", Some(-0.25)),
            (Dutch, "12 000", Some(12_000.0)),
            (Dutch, "1,2,3", None),
            (Dutch, "1.2.3", None),
            (English, "1,234.5", Some(1234.5)),
            (English, "1e3", Some(1000.0)),
            (English, "", None),
            (English, "inf", None),
        ] {
            assert_eq!(parse_number(language, text), number, "{text}");
        }
    }

    #[test]
    fn dates_follow_the_language() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 3).unwrap_or_default();
        assert_eq!(format_date(Language::Dutch, date), "3 november 2026");
        assert_eq!(format_date(Language::English, date), "3 November 2026");
    }
}
