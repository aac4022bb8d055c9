//! What a cell of a sheet holds, whatever file it comes from.

use std::borrow::Cow;

/// The value of a cell that is not empty.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    Number(f64),
    /// A part of one that is shown as a percentage: 0.25 for 25 %.
    Percent(f64),
    /// A number that is shown with at least so many digits: `09000`.
    Padded(f64, usize),
    Boolean(bool),
    Text(Cow<'a, str>),
    /// A day, or a day with a time where its format shows one: milliseconds since 1970, and local.
    Moment {
        millis: i64,
        shows_time: bool,
    },
    /// A time of day or a length of time, in milliseconds.
    Clock(i64),
    /// `#N/A`, `#DIV/0!` and the like.
    Error,
    /// A formula of which the file does not keep the value.
    Uncached,
}

impl Cell<'_> {
    /// The same without a loan.
    pub(super) fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Number(value) => Cell::Number(value),
            Cell::Percent(value) => Cell::Percent(value),
            Cell::Padded(value, width) => Cell::Padded(value, width),
            Cell::Boolean(value) => Cell::Boolean(value),
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Moment { millis, shows_time } => Cell::Moment { millis, shows_time },
            Cell::Clock(millis) => Cell::Clock(millis),
            Cell::Error => Cell::Error,
            Cell::Uncached => Cell::Uncached,
        }
    }

    /// Bytes of text.
    pub(super) fn text_length(&self) -> usize {
        if let Cell::Text(text) = self { text.len() } else { 0 }
    }
}

/// What people call a cell, from the row and the column counted from 0: `B12`.
pub(super) fn name_of(row: u32, column: u32) -> String {
    format!("{}{}", letters(column), u64::from(row) + 1)
}

/// What people call a column, counted from 0: `A`, `Z`, `AA`.
fn letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(u8::try_from(rest % 26).map_or('?', |letter| char::from(b'A' + letter)));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Row and column, counted from 0, of a cell by its name; none for what is no name.
pub(super) fn place_of(name: &str) -> Option<(u32, u32)> {
    let split = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, digits) = name.split_at(split);
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().try_fold(0_u32, |sum, letter| {
        letter
            .is_ascii_alphabetic()
            .then(|| sum * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1)
    })?;
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_called_as_people_call_them() {
        for (name, place) in [
            ("A1", (0, 0)),
            ("Z9", (8, 25)),
            ("AA10", (9, 26)),
            ("ZZ1", (0, 701)),
            ("AAA1", (0, 702)),
            ("XFD1048576", (1_048_575, 16_383)),
        ] {
            assert_eq!(name_of(place.0, place.1), name);
            assert_eq!(place_of(name), Some(place));
        }
        for name in ["", "A", "1", "A0", "AAAA1", "A1B", "A99999999999", "É1"] {
            assert_eq!(place_of(name), None, "{name}");
        }
        assert_eq!(place_of("xfd1"), Some((0, 16_383)));
    }
}
