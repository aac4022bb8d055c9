//! Functions on text. Positions and lengths count characters, from 1.

use arrow_array::types::Int64Type;

use super::Call;
use crate::query::QueryError;
use crate::query::matching;
use crate::query::operand::{Kind, Operand};

type Answer = Result<Operand, QueryError>;

pub(super) fn lower(call: &Call<'_>) -> Answer {
    let texts = call.texts(0)?;
    call.make_texts(|row| texts.get(row).map(str::to_lowercase))
}

pub(super) fn upper(call: &Call<'_>) -> Answer {
    let texts = call.texts(0)?;
    call.make_texts(|row| texts.get(row).map(str::to_uppercase))
}

pub(super) fn length(call: &Call<'_>) -> Answer {
    let texts = call.texts(0)?;
    let count = |row| texts.get(row).and_then(|text| i64::try_from(text.chars().count()).ok());
    Ok(call.make::<Int64Type>(Kind::Integer, count))
}

pub(super) fn trim(call: &Call<'_>) -> Answer {
    trimmed(call, true, true)
}

pub(super) fn ltrim(call: &Call<'_>) -> Answer {
    trimmed(call, true, false)
}

pub(super) fn rtrim(call: &Call<'_>) -> Answer {
    trimmed(call, false, true)
}

/// Takes white space, or any of the given signs, off the ends.
fn trimmed(call: &Call<'_>, start: bool, end: bool) -> Answer {
    let texts = call.texts(0)?;
    let signs = if call.operands.len() > 1 { Some(call.texts(1)?) } else { None };
    call.make_texts(|row| {
        let mut text = texts.get(row)?;
        let signs = match &signs {
            Some(signs) => Some(signs.get(row)?),
            None => None,
        };
        let goes = |letter: char| match signs {
            Some(signs) => signs.contains(letter),
            None => letter.is_whitespace(),
        };
        if start {
            text = text.trim_start_matches(goes);
        }
        if end {
            text = text.trim_end_matches(goes);
        }
        Some(text)
    })
}

/// From a position, as the SQL standard has it: positions before the first count towards the
/// length.
pub(super) fn substr(call: &Call<'_>) -> Answer {
    let (texts, starts) = (call.texts(0)?, call.integers(1)?);
    let lengths = if call.operands.len() > 2 { Some(call.integers(2)?) } else { None };
    call.make_texts(|row| {
        let (text, start) = (texts.get(row)?, starts.get(row)?);
        let end = match &lengths {
            Some(lengths) => start.saturating_add(lengths.get(row)?.max(0)),
            None => i64::MAX,
        };
        let first = usize::try_from(start.saturating_sub(1).max(0)).ok()?;
        let end = usize::try_from(end.saturating_sub(1).max(0)).unwrap_or(usize::MAX);
        Some(characters(text, first, end))
    })
}

/// The characters from the one at `first` up to the one at `end`, from 0.
fn characters(text: &str, first: usize, end: usize) -> &str {
    let at = |place: usize| text.char_indices().nth(place).map_or(text.len(), |(byte, _)| byte);
    // No text has more characters than bytes.
    let (first, end) = (first.min(text.len()), end.min(text.len()));
    text.get(at(first)..at(end.max(first))).unwrap_or_default()
}

/// A negative length leaves out so many at the other end.
pub(super) fn left(call: &Call<'_>) -> Answer {
    let (texts, lengths) = (call.texts(0)?, call.integers(1)?);
    call.make_texts(|row| {
        let text = texts.get(row)?;
        Some(characters(text, 0, kept(text, lengths.get(row)?)))
    })
}

pub(super) fn right(call: &Call<'_>) -> Answer {
    let (texts, lengths) = (call.texts(0)?, call.integers(1)?);
    call.make_texts(|row| {
        let text = texts.get(row)?;
        let all = text.chars().count();
        Some(characters(text, all.saturating_sub(kept(text, lengths.get(row)?)), all))
    })
}

fn kept(text: &str, length: i64) -> usize {
    let number = usize::try_from(length.unsigned_abs()).unwrap_or(usize::MAX);
    if length < 0 { text.chars().count().saturating_sub(number) } else { number }
}

pub(super) fn replace(call: &Call<'_>) -> Answer {
    let (texts, parts, others) = (call.texts(0)?, call.texts(1)?, call.texts(2)?);
    call.make_texts(|row| {
        let (text, part, other) = (texts.get(row)?, parts.get(row)?, others.get(row)?);
        Some(if part.is_empty() { text.to_owned() } else { text.replace(part, other) })
    })
}

/// Joins texts; nulls are left out.
pub(super) fn concat(call: &Call<'_>) -> Answer {
    let all = (0..call.operands.len()).map(|at| call.texts(at)).collect::<Result<Vec<_>, _>>()?;
    call.make_texts(|row| Some(all.iter().filter_map(|texts| texts.get(row)).collect::<String>()))
}

/// `||`: joins texts; null when one of them is.
pub(in crate::query) fn join_texts(call: &Call<'_>) -> Answer {
    let (left, right) = (call.texts(0)?, call.texts(1)?);
    call.make_texts(|row| Some([left.get(row)?, right.get(row)?].concat()))
}

pub(super) fn position(call: &Call<'_>) -> Answer {
    place(call, 1, 0)
}

pub(super) fn strpos(call: &Call<'_>) -> Answer {
    place(call, 0, 1)
}

/// Where a part stands in a text, from 1; 0 when it is not in it.
fn place(call: &Call<'_>, text: usize, part: usize) -> Answer {
    let (texts, parts) = (call.texts(text)?, call.texts(part)?);
    let place = |row| {
        let (text, part) = (texts.get(row)?, parts.get(row)?);
        let Some((before, _)) = text.split_once(part) else { return Some(0) };
        i64::try_from(before.chars().count() + 1).ok()
    };
    Ok(call.make::<Int64Type>(Kind::Integer, place))
}

pub(super) fn starts_with(call: &Call<'_>) -> Answer {
    tested(call, |text, part| text.starts_with(part))
}

pub(super) fn ends_with(call: &Call<'_>) -> Answer {
    tested(call, |text, part| text.ends_with(part))
}

pub(super) fn contains(call: &Call<'_>) -> Answer {
    tested(call, |text, part| text.contains(part))
}

fn tested(call: &Call<'_>, test: fn(&str, &str) -> bool) -> Answer {
    let (texts, parts) = (call.texts(0)?, call.texts(1)?);
    Ok(call.make_booleans(|row| Some(test(texts.get(row)?, parts.get(row)?))))
}

pub(super) fn regexp_like(call: &Call<'_>) -> Answer {
    let (Some(text), Some(pattern)) = (call.argument(0), call.argument(1)) else {
        return Err(call.failed());
    };
    matching::regex(text, pattern, false, false)
}
