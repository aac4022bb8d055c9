//! Sizes of symbols by number: their area is in proportion to it.

use super::{LEVELS, NONE, Partition, Shown};

/// Splits classes by size.
pub(super) fn apply(
    partition: &mut Partition,
    rows: &mut [u16],
    numbers: &[f64],
    at: Option<f64>,
    shown: Shown<'_>,
) {
    let greatest = || {
        let shown = numbers.iter().enumerate().filter(|(row, _)| shown.has(*row));
        shown.map(|(_, number)| *number).filter(|number| number.is_finite()).fold(0.0, f64::max)
    };
    let at = at.filter(|at| at.is_finite() && *at > 0.0).unwrap_or_else(greatest);
    partition.levels = LEVELS;
    partition.largest = (at > 0.0).then_some(at);
    for (row, (class, number)) in rows.iter_mut().zip(numbers).enumerate() {
        let Some(level) = level(*number, at) else {
            *class = NONE;
            partition.unsized_rows += u64::from(shown.has(row));
            continue;
        };
        partition.beyond += u64::from(*number > at && shown.has(row));
        *class = class.saturating_mul(LEVELS).saturating_add(level);
    }
}

/// The size of a number, in steps up to [`LEVELS`] − 1.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn level(number: f64, at: f64) -> Option<u16> {
    if !(number > 0.0 && at > 0.0) {
        return None;
    }
    let most = f64::from(LEVELS - 1);
    Some(((number / at).sqrt() * most).round().clamp(1.0, most) as u16)
}

/// The share of the largest diameter that a level stands for.
pub(super) fn share(level: u16) -> f32 {
    f32::from(level) / f32::from(LEVELS - 1)
}
