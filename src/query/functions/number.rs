//! Functions on numbers. What has no answer (the root of a negative number) is null.

use arrow_array::types::{Float64Type, Int64Type};

use super::Call;
use crate::query::QueryError;
use crate::query::arithmetic::compute;
use crate::query::convert::whole;
use crate::query::operand::{Kind, Operand};
use crate::query::syntax::Operator;

type Answer = Result<Operand, QueryError>;

fn of_number(call: &Call<'_>, compute: impl Fn(f64) -> f64) -> Answer {
    let numbers = call.numbers(0)?;
    Ok(call.make::<Float64Type>(Kind::Number, |row| {
        numbers.get(row).map(&compute).filter(|result| result.is_finite())
    }))
}

/// Whole numbers stay themselves.
fn to_whole(call: &Call<'_>, compute: impl Fn(f64) -> f64) -> Answer {
    match call.operands.first() {
        Some(operand) if operand.kind == Kind::Integer => Ok(operand.clone()),
        _ => of_number(call, compute),
    }
}

pub(super) fn abs(call: &Call<'_>) -> Answer {
    if call.operands.first().is_some_and(|operand| operand.kind == Kind::Integer) {
        let numbers = call.integers(0)?;
        let absolute = |row| numbers.get(row).and_then(i64::checked_abs);
        return Ok(call.make::<Int64Type>(Kind::Integer, absolute));
    }
    of_number(call, f64::abs)
}

/// To a number of decimals (negative: tens, hundreds); halves go away from zero.
pub(super) fn round(call: &Call<'_>) -> Answer {
    if call.operands.len() < 2 {
        return to_whole(call, f64::round);
    }
    let (numbers, decimals) = (call.numbers(0)?, call.integers(1)?);
    Ok(call.make::<Float64Type>(Kind::Number, |row| {
        let (number, decimals) = (numbers.get(row)?, decimals.get(row)?);
        let decimals = i32::try_from(decimals.clamp(-308, 17)).ok()?;
        let factor = 10_f64.powi(decimals);
        let rounded = (number * factor).round() / factor;
        Some(if rounded.is_finite() { rounded } else { number })
    }))
}

pub(super) fn floor(call: &Call<'_>) -> Answer {
    to_whole(call, f64::floor)
}

pub(super) fn ceil(call: &Call<'_>) -> Answer {
    to_whole(call, f64::ceil)
}

pub(super) fn trunc(call: &Call<'_>) -> Answer {
    to_whole(call, f64::trunc)
}

pub(super) fn sign(call: &Call<'_>) -> Answer {
    let numbers = call.numbers(0)?;
    let sign = |number: f64| if number == 0.0 { Some(0) } else { whole(number.signum()) };
    Ok(call.make::<Int64Type>(Kind::Integer, |row| numbers.get(row).and_then(sign)))
}

pub(super) fn sqrt(call: &Call<'_>) -> Answer {
    of_number(call, f64::sqrt)
}

pub(super) fn exp(call: &Call<'_>) -> Answer {
    of_number(call, f64::exp)
}

pub(super) fn ln(call: &Call<'_>) -> Answer {
    of_number(call, f64::ln)
}

pub(super) fn log10(call: &Call<'_>) -> Answer {
    of_number(call, f64::log10)
}

pub(super) fn power(call: &Call<'_>) -> Answer {
    let (numbers, exponents) = (call.numbers(0)?, call.numbers(1)?);
    Ok(call.make::<Float64Type>(Kind::Number, |row| {
        let result = numbers.get(row)?.powf(exponents.get(row)?);
        Some(result).filter(|result| result.is_finite())
    }))
}

pub(super) fn modulo(call: &Call<'_>) -> Answer {
    let (Some(number), Some(other)) = (call.argument(0), call.argument(1)) else {
        return Err(call.failed());
    };
    compute(Operator::Modulo, number, other)
}
