//! Arithmetic. What has no answer (division by zero, a whole number past 64 bits, a number past
//! all numbers) is null.
//!
//! `/` always divides exactly, as in DuckDB, MySQL and QGIS: `7 / 2` is 3.5, since shares are what
//! people ask for.

use std::sync::Arc;

use arrow_array::types::{ArrowPrimitiveType, Date32Type, Float64Type, Int64Type};
use arrow_array::{ArrayRef, PrimitiveArray};

use super::QueryError;
use super::compare::{Placed, around};
use super::convert::parse_number;
use super::operand::{Kind, Operand};
use super::syntax::{Literal, Operator};
use crate::i18n::Message;

/// `left + right` and so on.
pub(super) fn compute(
    sign: Operator,
    left: Placed<'_>,
    right: Placed<'_>,
) -> Result<Operand, QueryError> {
    let (one, other) = (as_number(left, sign, right)?, as_number(right, sign, left)?);
    let mismatch = || mismatch(sign, left, right);
    let scalar = one.scalar && other.scalar;
    let (array, kind): (ArrayRef, Kind) = match (one.kind, other.kind) {
        (Kind::Null, kind) | (kind, Kind::Null) => {
            // Arithmetic with null is null, of whatever kind the other side is.
            let longer = if one.scalar { &other } else { &one };
            return Ok(longer.nulls(if kind == Kind::Null { Kind::Number } else { kind }));
        }
        (Kind::Integer, Kind::Integer) if sign != Operator::Divide => {
            let (Some(one), Some(other)) = (one.integers(), other.integers()) else {
                return Err(mismatch());
            };
            let array = pairs::<Int64Type, Int64Type, Int64Type>(one, other, |a, b| match sign {
                Operator::Plus => a.checked_add(b),
                Operator::Minus => a.checked_sub(b),
                Operator::Times => a.checked_mul(b),
                Operator::Divide => None,
                Operator::Modulo => a.checked_rem(b),
            });
            (Arc::new(array), Kind::Integer)
        }
        (Kind::Date, Kind::Date) if sign == Operator::Minus => {
            let (Some(one), Some(other)) = (one.dates(), other.dates()) else {
                return Err(mismatch());
            };
            let days = |a, b| Some(i64::from(a) - i64::from(b));
            let array = pairs::<Date32Type, Date32Type, Int64Type>(one, other, days);
            (Arc::new(array), Kind::Integer)
        }
        (Kind::Date, Kind::Integer) if matches!(sign, Operator::Plus | Operator::Minus) => {
            (shift_days(&one, &other, sign).ok_or_else(mismatch)?, Kind::Date)
        }
        (Kind::Integer, Kind::Date) if sign == Operator::Plus => {
            (shift_days(&other, &one, sign).ok_or_else(mismatch)?, Kind::Date)
        }
        (a, b) if a.is_numeric() && b.is_numeric() => {
            let (one, other) = (one.cast(Kind::Number), other.cast(Kind::Number));
            let (Some(one), Some(other)) = (one, other) else { return Err(mismatch()) };
            let (Some(one), Some(other)) = (one.numbers(), other.numbers()) else {
                return Err(mismatch());
            };
            let compute = |a: f64, b: f64| match sign {
                Operator::Plus => a + b,
                Operator::Minus => a - b,
                Operator::Times => a * b,
                Operator::Divide => a / b,
                Operator::Modulo => a % b,
            };
            let finite = |a, b| Some(compute(a, b)).filter(|result| result.is_finite());
            let array = pairs::<Float64Type, Float64Type, Float64Type>(one, other, finite);
            (Arc::new(array), Kind::Number)
        }
        _ => return Err(mismatch()),
    };
    Ok(Operand::new(array, scalar, kind))
}

/// `-value`.
pub(super) fn negative(value: Placed<'_>) -> Result<Operand, QueryError> {
    let zero = Operand::literal(&Literal::Integer(0));
    compute(Operator::Minus, (&zero, value.1), value)
}

/// Text as the number it says: written text must be one, text in a column that is none is null.
fn as_number(text: Placed<'_>, sign: Operator, other: Placed<'_>) -> Result<Operand, QueryError> {
    let (operand, node) = text;
    if operand.kind == Kind::Boolean {
        return operand.cast(Kind::Integer).ok_or_else(|| mismatch(sign, text, other));
    }
    if operand.kind != Kind::Text {
        return Ok(operand.clone());
    }
    if other.0.kind == Kind::Text && sign == Operator::Plus {
        return Err(mismatch(sign, text, other));
    }
    let Some(written) = operand.scalar_text() else {
        return operand.cast(Kind::Number).ok_or_else(|| mismatch(sign, text, other));
    };
    if let Ok(whole) = written.trim().parse() {
        return Ok(Operand::literal(&Literal::Integer(whole)));
    }
    let number = parse_number(written).ok_or_else(|| {
        let message = Message::new("query-not-a-number").text("text", written);
        QueryError::new(node.span.clone(), message)
    })?;
    Ok(Operand::literal(&Literal::Number(number)))
}

fn mismatch(sign: Operator, left: Placed<'_>, right: Placed<'_>) -> QueryError {
    let texts = left.0.kind == Kind::Text && right.0.kind == Kind::Text && sign == Operator::Plus;
    let message = if texts {
        Message::new("query-join-text")
    } else {
        Message::new("query-sign-mismatch")
            .text("sign", sign.sign())
            .message("left", left.0.kind.message())
            .message("right", right.0.kind.message())
    };
    QueryError::new(around(left.1, right.1), message)
}

fn shift_days(dates: &Operand, days: &Operand, sign: Operator) -> Option<ArrayRef> {
    let shifted = |date: i32, days: i64| {
        let days = i32::try_from(days).ok()?;
        if sign == Operator::Minus { date.checked_sub(days) } else { date.checked_add(days) }
    };
    let (dates, days) = (dates.dates()?, days.integers()?);
    Some(Arc::new(pairs::<Date32Type, Int64Type, Date32Type>(dates, days, shifted)))
}

/// A function of two columns, or of a column and one value (an array of one). An array of one
/// beside another of one is one value.
fn pairs<A, B, R>(
    left: &PrimitiveArray<A>,
    right: &PrimitiveArray<B>,
    compute: impl Fn(A::Native, B::Native) -> Option<R::Native>,
) -> PrimitiveArray<R>
where
    A: ArrowPrimitiveType,
    B: ArrowPrimitiveType,
    R: ArrowPrimitiveType,
    PrimitiveArray<R>: FromIterator<Option<R::Native>>,
{
    let one = |array: &PrimitiveArray<B>| array.iter().next().flatten();
    if right.len() == 1 {
        return match one(right) {
            Some(right) => left.unary_opt(|left| compute(left, right)),
            None => PrimitiveArray::new_null(left.len()),
        };
    }
    if left.len() == 1 {
        return match left.iter().next().flatten() {
            Some(left) => right.unary_opt(|right| compute(left, right)),
            None => PrimitiveArray::new_null(right.len()),
        };
    }
    left.iter().zip(right.iter()).map(|(left, right)| compute(left?, right?)).collect()
}
