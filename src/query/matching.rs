//! `LIKE`, `ILIKE` and regular expressions.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::{Array, BooleanArray, StringArray};
use arrow_string::like;
use regex::RegexBuilder;

use super::QueryError;
use super::compare::Placed;
use super::mask::repeated;
use super::operand::{Kind, Operand, failed};
use crate::i18n::Message;

/// How much memory a compiled pattern may take, in bytes.
const PATTERN_LIMIT: usize = 1 << 20;

/// `value LIKE pattern`; numbers and dates are compared as their text. There is no escape
/// character unless `ESCAPE` names one, as the SQL standard has it.
pub(super) fn like(
    value: Placed<'_>,
    pattern: Placed<'_>,
    escape: Option<char>,
    any_case: bool,
    negated: bool,
) -> Result<Operand, QueryError> {
    let scalar = value.0.scalar && pattern.0.scalar;
    let (Some(text), Some(patterns)) = (value.0.cast(Kind::Text), pattern.0.cast(Kind::Text))
    else {
        return Err(no_text(value));
    };
    let Some(written) = patterns.texts() else { return Err(no_text(pattern)) };
    let escaped: StringArray =
        written.iter().map(|pattern| pattern.map(|pattern| for_arrow(pattern, escape))).collect();
    let patterns = Operand::new(Arc::new(escaped), patterns.scalar, Kind::Text);
    let mask = match (any_case, negated) {
        (false, false) => like::like(&text, &patterns),
        (false, true) => like::nlike(&text, &patterns),
        (true, false) => like::ilike(&text, &patterns),
        (true, true) => like::nilike(&text, &patterns),
    };
    let mask = mask.map_err(|error| failed(&pattern.1.span, &error))?;
    Ok(Operand::boolean(mask, scalar))
}

/// Arrow's escape character is always the backslash.
fn for_arrow(pattern: &str, escape: Option<char>) -> Cow<'_, str> {
    if escape == Some('\\') || (escape.is_none() && !pattern.contains('\\')) {
        return Cow::Borrowed(pattern);
    }
    let mut made = String::with_capacity(pattern.len() + 8);
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if Some(letter) == escape {
            match letters.next() {
                Some(next @ ('%' | '_' | '\\')) => made.extend(['\\', next]),
                Some(next) => made.push(next),
                None => made.push(letter),
            }
        } else if letter == '\\' {
            made.push_str("\\\\");
        } else {
            made.push(letter);
        }
    }
    Cow::Owned(made)
}

/// `value ~ pattern`: whether a regular expression is found anywhere in the text. The pattern
/// must be one written text.
pub(super) fn regex(
    value: Placed<'_>,
    pattern: Placed<'_>,
    any_case: bool,
    negated: bool,
) -> Result<Operand, QueryError> {
    let rows = value.0.array.len();
    if pattern.0.kind == Kind::Null {
        return Ok(value.0.nulls(Kind::Boolean));
    }
    let Some(written) = pattern.0.scalar_text() else {
        let message = Message::new("query-pattern-not-text");
        return Err(QueryError::new(pattern.1.span.clone(), message));
    };
    let built = RegexBuilder::new(written)
        .case_insensitive(any_case)
        .size_limit(PATTERN_LIMIT)
        .dfa_size_limit(PATTERN_LIMIT)
        .build();
    let expression = built.map_err(|error| {
        let detail = error.to_string();
        let detail = detail.lines().last().unwrap_or_default().trim_start_matches("error: ");
        let message = Message::new("query-bad-pattern").text("detail", detail);
        QueryError::new(pattern.1.span.clone(), message)
    })?;
    let text = value.0.cast(Kind::Text).ok_or_else(|| no_text(value))?;
    let texts = text.texts().ok_or_else(|| no_text(value))?;
    let mask: BooleanArray =
        texts.iter().map(|text| Some(expression.is_match(text?) != negated)).collect();
    let mask = if text.scalar { repeated(&mask, 1) } else { mask };
    debug_assert_eq!(mask.len(), rows);
    Ok(Operand::boolean(mask, text.scalar))
}

fn no_text((operand, node): Placed<'_>) -> QueryError {
    let message = Message::new("query-cannot-convert")
        .message("from", operand.kind.message())
        .message("to", Kind::Text.message());
    QueryError::new(node.span.clone(), message)
}
