//! Functions that choose one of their arguments.

use arrow_array::{Array, BooleanArray};
use arrow_select::zip::zip;

use super::Call;
use crate::query::QueryError;
use crate::query::compare::{Placed, compare};
use crate::query::evaluate::alike;
use crate::query::mask::{null_is_false, repeated};
use crate::query::operand::{Kind, Operand, failed};
use crate::query::syntax::Comparison;

type Answer = Result<Operand, QueryError>;

fn placed<'a>(call: &'a Call<'_>) -> Vec<Placed<'a>> {
    call.operands.iter().zip(call.nodes).collect()
}

/// The first argument where the mask is true, the second elsewhere.
fn choose(call: &Call<'_>, mask: &Operand, yes: &Operand, no: &Operand) -> Answer {
    let scalar = mask.scalar && yes.scalar && no.scalar;
    let booleans = mask.booleans().ok_or_else(|| call.failed())?;
    let mask =
        if mask.scalar && !scalar { repeated(booleans, call.rows) } else { booleans.clone() };
    let array = zip(&null_is_false(&mask), yes, no);
    let array = array.map_err(|error| failed(&call.node.span, &error))?;
    Ok(Operand::new(array, scalar, yes.kind))
}

fn is_valid(operand: &Operand) -> Operand {
    let mask = match operand.array.logical_nulls() {
        None => repeated(&BooleanArray::from(vec![true]), operand.array.len()),
        Some(nulls) => BooleanArray::new(nulls.into_inner(), None),
    };
    Operand::boolean(mask, operand.scalar)
}

/// The first that is not null.
pub(super) fn coalesce(call: &Call<'_>) -> Answer {
    let mut values = alike(&placed(call))?.into_iter().rev();
    let last = values.next().ok_or_else(|| call.failed())?;
    values.try_fold(last, |rest, value| match value.kind {
        Kind::Null => Ok(rest),
        _ => choose(call, &is_valid(&value), &value, &rest),
    })
}

/// Null where both are equal, else the first.
pub(super) fn nullif(call: &Call<'_>) -> Answer {
    let (Some(value), Some(other)) = (call.argument(0), call.argument(1)) else {
        return Err(call.failed());
    };
    if value.0.kind == Kind::Null {
        return Ok(value.0.clone());
    }
    let equal = compare(Comparison::Equal, value, other)?;
    let null = Operand::literal(&crate::query::syntax::Literal::Null);
    choose(call, &equal, &null.nulls(value.0.kind), value.0)
}

/// The greatest of those that are not null.
pub(super) fn greatest(call: &Call<'_>) -> Answer {
    extreme(call, Comparison::GreaterOrEqual)
}

/// The least of those that are not null.
pub(super) fn least(call: &Call<'_>) -> Answer {
    extreme(call, Comparison::LessOrEqual)
}

fn extreme(call: &Call<'_>, sign: Comparison) -> Answer {
    let values = alike(&placed(call))?;
    let mut values = values.into_iter();
    let first = values.next().ok_or_else(|| call.failed())?;
    values.try_fold(first, |best, value| {
        if value.kind == Kind::Null {
            return Ok(best);
        }
        let wins = compare(sign, (&best, call.node), (&value, call.node))?;
        let better = choose(call, &wins, &best, &value)?;
        // Where one of the two is null, the comparison is null: take the other.
        let rest = choose(call, &is_valid(&value), &better, &best)?;
        Ok(rest)
    })
}
