//! Comparisons between values of any kinds that people compare.
//!
//! Whole numbers widen to numbers; text next to a number, date or boolean is read as one (a text
//! that is written in the condition must be one, a text in a column that is none becomes null);
//! dates next to date-times mean midnight.

use std::ops::Range;

use arrow_array::{Array, BooleanArray};
use arrow_ord::cmp;

use super::QueryError;
use super::convert::{number, parse_boolean, parse_date, parse_date_time, parse_number, whole};
use super::mask::{equal_texts, test_each, test_pairs};
use super::operand::{Kind, Operand, failed};
use super::syntax::{Comparison, Literal, Node};
use crate::i18n::Message;

/// A value and the words it comes from.
pub(super) type Placed<'a> = (&'a Operand, &'a Node);

/// Both operands as the same kind.
pub(super) fn unify(left: Placed<'_>, right: Placed<'_>) -> Result<(Operand, Operand), QueryError> {
    let differ = || differ(left, right);
    match (left.0.kind, right.0.kind) {
        (one, other) if one == other => Ok((left.0.clone(), right.0.clone())),
        (Kind::Null, kind) => Ok((left.0.nulls(kind), right.0.clone())),
        (kind, Kind::Null) => Ok((left.0.clone(), right.0.nulls(kind))),
        (Kind::Integer, Kind::Number) => Ok(widen(left.0, right.0)),
        (Kind::Number, Kind::Integer) => {
            let (right, left) = widen(right.0, left.0);
            Ok((left, right))
        }
        (Kind::Text, _) => {
            let read = read_text(left, right.0).ok_or_else(|| not_read(left, right))?;
            unify((&read, left.1), right)
        }
        (_, Kind::Text) => {
            let read = read_text(right, left.0).ok_or_else(|| not_read(right, left))?;
            unify(left, (&read, right.1))
        }
        (Kind::Boolean, kind) if kind.is_numeric() => {
            let left = (&left.0.cast(Kind::Integer).ok_or_else(differ)?, left.1);
            unify(left, right)
        }
        (kind, Kind::Boolean) if kind.is_numeric() => {
            let right = (&right.0.cast(Kind::Integer).ok_or_else(differ)?, right.1);
            unify(left, right)
        }
        (Kind::Date | Kind::DateTime(_), kind @ Kind::DateTime(_)) if left.0.scalar => {
            Ok((left.0.cast(kind).ok_or_else(differ)?, right.0.clone()))
        }
        (kind @ Kind::DateTime(_), Kind::Date | Kind::DateTime(_)) => {
            Ok((left.0.clone(), right.0.cast(kind).ok_or_else(differ)?))
        }
        (Kind::Date, kind @ Kind::DateTime(_)) => {
            Ok((left.0.cast(kind).ok_or_else(differ)?, right.0.clone()))
        }
        _ => Err(differ()),
    }
}

/// A whole number and a number as one kind: a written 50.0 becomes 50 rather than a column of
/// whole numbers a column of numbers.
#[expect(clippy::float_cmp, reason = "exactly the same number")]
fn widen(integers: &Operand, numbers: &Operand) -> (Operand, Operand) {
    let written = numbers.numbers().filter(|_| numbers.scalar);
    let written = written.and_then(|numbers| numbers.iter().next().flatten());
    if let Some(same) = written.and_then(|value| whole(value).filter(|w| number(*w) == value)) {
        return (integers.clone(), Operand::literal(&Literal::Integer(same)));
    }
    let widened = integers.cast(Kind::Number).unwrap_or_else(|| integers.nulls(Kind::Number));
    (widened, numbers.clone())
}

/// Text read as the kind of its neighbour. None where a written text is no such value.
fn read_text((text, _): Placed<'_>, other: &Operand) -> Option<Operand> {
    let Some(written) = text.scalar_text() else {
        let kind = if other.kind == Kind::Integer { Kind::Number } else { other.kind };
        return text.cast(kind);
    };
    Some(Operand::literal(&match other.kind {
        Kind::Integer | Kind::Number => match written.trim().parse() {
            Ok(whole) => Literal::Integer(whole),
            Err(_) => Literal::Number(parse_number(written)?),
        },
        Kind::Boolean => Literal::Boolean(parse_boolean(written)?),
        Kind::Date if let Some(days) = parse_date(written) => Literal::Date(days),
        Kind::Date | Kind::DateTime(_) => {
            let (millis, zone) = parse_date_time(written)?;
            Literal::DateTime(millis, zone)
        }
        Kind::Text | Kind::Null => Literal::Text(written.to_owned()),
    }))
}

fn not_read((text, node): Placed<'_>, (other, _): Placed<'_>) -> QueryError {
    let message = match other.kind {
        Kind::Integer | Kind::Number => Message::new("query-not-a-number"),
        Kind::Boolean => Message::new("query-not-a-boolean"),
        _ => Message::new("query-not-a-date"),
    };
    let written = text.scalar_text().unwrap_or_default();
    QueryError::new(node.span.clone(), message.text("text", written))
}

fn differ(left: Placed<'_>, right: Placed<'_>) -> QueryError {
    let message = Message::new("query-kinds-differ")
        .message("left", left.0.kind.message())
        .message("right", right.0.kind.message());
    QueryError::new(around(left.1, right.1), message)
}

/// From the start of one to the end of the other.
pub(super) fn around(left: &Node, right: &Node) -> Range<usize> {
    left.span.start.min(right.span.start)..left.span.end.max(right.span.end)
}

/// `left = right` and so on; null where either is.
pub(super) fn compare(
    sign: Comparison,
    left: Placed<'_>,
    right: Placed<'_>,
) -> Result<Operand, QueryError> {
    let (one, other) = unify(left, right)?;
    let scalar = one.scalar && other.scalar;
    if one.kind == Kind::Null {
        return Ok(one.nulls(Kind::Boolean));
    }
    if let Some(mask) = compare_numbers(sign, &one, &other) {
        return Ok(Operand::boolean(mask, scalar));
    }
    if let Some(mask) = compare_with_word(sign, &one, &other) {
        return Ok(Operand::boolean(mask, scalar));
    }
    let mask = match sign {
        Comparison::Equal => cmp::eq(&one, &other),
        Comparison::NotEqual => cmp::neq(&one, &other),
        Comparison::Less => cmp::lt(&one, &other),
        Comparison::LessOrEqual => cmp::lt_eq(&one, &other),
        Comparison::Greater => cmp::gt(&one, &other),
        Comparison::GreaterOrEqual => cmp::gt_eq(&one, &other),
    };
    let mask = mask.map_err(|error| failed(&around(left.1, right.1), &error))?;
    Ok(Operand::boolean(mask, scalar))
}

/// Arrow orders numbers totally, so that -0 is less than 0; people do not.
#[expect(clippy::float_cmp, reason = "the person asks for equality")]
fn compare_numbers(sign: Comparison, left: &Operand, right: &Operand) -> Option<BooleanArray> {
    let (left, right) = (Side::of(left)?, Side::of(right)?);
    Some(match sign {
        Comparison::Equal => compare_sides(&left, &right, |a, b| a == b),
        Comparison::NotEqual => compare_sides(&left, &right, |a, b| a != b),
        Comparison::Less => compare_sides(&left, &right, |a, b| a < b),
        Comparison::LessOrEqual => compare_sides(&left, &right, |a, b| a <= b),
        Comparison::Greater => compare_sides(&left, &right, |a, b| a > b),
        Comparison::GreaterOrEqual => compare_sides(&left, &right, |a, b| a >= b),
    })
}

/// Numbers of one side of a comparison.
enum Side<'a> {
    One(Option<f64>),
    Many(&'a arrow_array::Float64Array),
}

impl Side<'_> {
    fn of(operand: &Operand) -> Option<Side<'_>> {
        let numbers = operand.numbers()?;
        Some(if operand.scalar {
            Side::One(numbers.iter().next().flatten())
        } else {
            Side::Many(numbers)
        })
    }
}

fn compare_sides(
    left: &Side<'_>,
    right: &Side<'_>,
    test: impl Fn(f64, f64) -> bool,
) -> BooleanArray {
    match (left, right) {
        (Side::One(left), Side::One(right)) => {
            let both = left.zip(*right).map(|(left, right)| test(left, right));
            BooleanArray::from(vec![both])
        }
        (Side::Many(many), Side::One(None)) | (Side::One(None), Side::Many(many)) => {
            BooleanArray::new_null(many.len())
        }
        (Side::Many(left), Side::One(Some(right))) => {
            BooleanArray::new(test_each(left.values(), |a| test(*a, *right)), left.nulls().cloned())
        }
        (Side::One(Some(left)), Side::Many(right)) => {
            let mask = test_each(right.values(), |b| test(*left, *b));
            BooleanArray::new(mask, right.nulls().cloned())
        }
        (Side::Many(left), Side::Many(right)) => {
            let mask = test_pairs(left.values(), right.values(), |a, b| test(*a, *b));
            let nulls = arrow_buffer::NullBuffer::union(left.nulls(), right.nulls());
            BooleanArray::new(mask, nulls)
        }
    }
}

/// A column of texts against one word, for equality.
fn compare_with_word(sign: Comparison, left: &Operand, right: &Operand) -> Option<BooleanArray> {
    let equal = match sign {
        Comparison::Equal => true,
        Comparison::NotEqual => false,
        _ => return None,
    };
    let (column, word) = if left.scalar { (right, left) } else { (left, right) };
    if column.scalar {
        return None;
    }
    Some(equal_texts(column.texts()?, word.scalar_text()?, equal))
}

/// `IS [NOT] DISTINCT FROM`: never null.
pub(super) fn distinct(
    left: Placed<'_>,
    right: Placed<'_>,
    negated: bool,
) -> Result<Operand, QueryError> {
    let (one, other) = unify(left, right)?;
    let scalar = one.scalar && other.scalar;
    if one.kind == Kind::Null {
        return Ok(Operand::boolean(BooleanArray::from(vec![negated]), true));
    }
    let mask = if negated { cmp::not_distinct(&one, &other) } else { cmp::distinct(&one, &other) };
    let mask = mask.map_err(|error| failed(&around(left.1, right.1), &error))?;
    Ok(Operand::boolean(mask, scalar))
}
