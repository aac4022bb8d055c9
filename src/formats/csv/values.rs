//! What the texts of a column are: numbers, dates, true and false, or text after all.

use std::sync::Arc;

use arrow_array::{Array, ArrayRef, BooleanArray, Float64Array, Int64Array, StringArray};

use crate::formats::json::is_container;
use crate::table::{FieldKind, as_dates};

/// Words that stand for "no value" in columns of numbers.
const NO_VALUE: &[&str] = &["NULL", "null", "NA", "N/A", "n/a", "NaN", "nan", "#N/A", "-", "?"];

/// A column of a found kind.
#[derive(Debug)]
pub(super) struct Inferred {
    pub kind: FieldKind,
    pub array: ArrayRef,
    /// Words for "no value" that became null.
    pub markers: u64,
}

impl Inferred {
    fn new(kind: FieldKind, array: impl Array + 'static) -> Inferred {
        Inferred { kind, array: Arc::new(array), markers: 0 }
    }
}

/// Finds the kind of a column. Text stays text wherever a number would lose something: leading
/// zeros (postcodes, NIS codes), a plus sign (telephone numbers), more than 64 bits.
pub(super) fn infer(texts: &StringArray, decimal_comma: bool) -> Inferred {
    if texts.null_count() == texts.len() {
        return Inferred::new(FieldKind::Text, texts.clone());
    }
    if let Some(found) = booleans(texts) {
        return Inferred::new(FieldKind::Boolean, found);
    }
    if let Some(found) = integers(texts) {
        return Inferred::new(FieldKind::Integer, found);
    }
    if let Some((found, markers)) = numbers(texts, decimal_comma) {
        return Inferred { kind: FieldKind::Number, array: Arc::new(found), markers };
    }
    if let Some((kind, array)) = as_dates(texts) {
        return Inferred { kind, array, markers: 0 };
    }
    let kind =
        if texts.iter().flatten().all(is_container) { FieldKind::Json } else { FieldKind::Text };
    Inferred::new(kind, texts.clone())
}

fn booleans(texts: &StringArray) -> Option<BooleanArray> {
    let of = |text: &str| {
        if text.eq_ignore_ascii_case("true") {
            Some(true)
        } else {
            text.eq_ignore_ascii_case("false").then_some(false)
        }
    };
    let values = texts.iter().map(|text| match text {
        Some(text) => of(text).map(Some),
        None => Some(None),
    });
    values.collect::<Option<Vec<_>>>().map(BooleanArray::from)
}

fn integers(texts: &StringArray) -> Option<Int64Array> {
    let values = texts.iter().map(|text| match text {
        Some(text) => plain_integer(text.trim()).map(Some),
        None => Some(None),
    });
    values.collect::<Option<Vec<_>>>().map(Int64Array::from)
}

fn plain_integer(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = digits == "0" && text == "0" || !digits.starts_with(['0', '+']);
    if plain { text.parse().ok() } else { None }
}

/// How the numbers of a column are written.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    Point,
    Comma,
    /// `1.234,5`
    CommaWithThousands,
}

fn numbers(texts: &StringArray, decimal_comma: bool) -> Option<(Float64Array, u64)> {
    let forms: &[Form] = if decimal_comma {
        &[Form::Point, Form::Comma, Form::CommaWithThousands]
    } else {
        &[Form::Point]
    };
    forms.iter().find_map(|form| {
        let mut markers = 0;
        let mut some = false;
        let mut values = Vec::with_capacity(texts.len());
        for text in texts {
            let value = match text.map(str::trim) {
                None | Some("") => None,
                Some(text) => match number(text, *form) {
                    Some(number) => {
                        some = true;
                        Some(number)
                    }
                    None if NO_VALUE.contains(&text) => {
                        markers += 1;
                        None
                    }
                    None => return None,
                },
            };
            values.push(value);
        }
        some.then(|| (Float64Array::from(values), markers))
    })
}

fn number(text: &str, form: Form) -> Option<f64> {
    match form {
        Form::Point => plain_number(text),
        Form::Comma if text.contains(['.', 'e', 'E']) => None,
        Form::Comma => plain_number(&text.replacen(',', ".", 1)),
        Form::CommaWithThousands => {
            let (whole, fraction) = text.split_once(',').unwrap_or((text, ""));
            let mut groups = whole.strip_prefix('-').unwrap_or(whole).split('.');
            let first = groups.next()?;
            let whole_groups = groups.all(|group| group.len() == 3);
            if !whole_groups || first.is_empty() || first.len() > 3 && whole.contains('.') {
                return None;
            }
            let whole: String = whole.chars().filter(|c| *c != '.').collect();
            if fraction.is_empty() && !text.contains(',') {
                plain_number(&whole)
            } else {
                plain_number(&format!("{whole}.{fraction}"))
            }
        }
    }
}

/// A number with a decimal point. `1E5` may be a code: a capital E needs a point or a sign with it.
pub(super) fn plain_number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let mut bytes = digits.bytes();
    let first = bytes.next()?;
    if !first.is_ascii_digit() && first != b'.' {
        return None;
    }
    let zero_led = first == b'0' && bytes.next().is_some_and(|next| next.is_ascii_digit());
    let allowed =
        |byte: u8| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+');
    if zero_led || !digits.bytes().all(allowed) || digits.ends_with('.') {
        return None;
    }
    let code = digits.contains('E') && !digits.contains(['.', '-', '+']);
    // Whole numbers that do not fit 64 bits would lose digits.
    let too_long = digits.len() > 15
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && text.parse::<i64>().is_err();
    if code || too_long {
        return None;
    }
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(values: &[&str], comma: bool) -> FieldKind {
        infer(&StringArray::from(values.to_vec()), comma).kind
    }

    fn numbers_of(values: &[&str]) -> Vec<f64> {
        let inferred = infer(&StringArray::from(values.to_vec()), true);
        let numbers = inferred.array.as_any().downcast_ref::<Float64Array>().cloned();
        numbers.map(|numbers| numbers.iter().flatten().collect()).unwrap_or_default()
    }

    #[test]
    fn text_that_only_looks_like_a_number_stays_text() {
        for values in [
            &["09000", "9000"][..],
            &["44021A02-", "44021A00-"],
            &["+32 9 210 10 10"],
            &["+3292101010"],
            &["12345678901234567890"],
            &["12E4", "13"],
            &["1.2.3"],
            &["51.06, 3.65"],
            &["1,5", "2.5"],
            &["NA"],
        ] {
            assert_eq!(kind(values, true), FieldKind::Text, "{values:?}");
        }
        assert_eq!(kind(&["1,5", "2"], false), FieldKind::Text);
    }

    #[test]
    fn kinds_are_found() {
        assert_eq!(kind(&["0", "1", "-12"], true), FieldKind::Integer);
        assert_eq!(kind(&["True", "false"], true), FieldKind::Boolean);
        assert_eq!(kind(&["0.5", "-3", "1e-7", "NA"], true), FieldKind::Number);
        assert_eq!(kind(&["2026-01-31"], true), FieldKind::Date);
        assert_eq!(kind(&["{\"a\":1}", "[]"], true), FieldKind::Json);
        assert_eq!(kind(&["{\"a\":1}", "{"], true), FieldKind::Text);
        assert_eq!(numbers_of(&["1,5", "-0,25", "3"]), [1.5, -0.25, 3.0]);
        assert_eq!(numbers_of(&["1.234,5", "12", "1.234.567,25"]), [1234.5, 12.0, 1_234_567.25]);
        assert_eq!(kind(&["1234.567,5", "1"], true), FieldKind::Text);
    }
}
