//! Round numbers as breaks: steps of 1, 2 or 5 times a power of ten (Heckbert 1990, "Nice numbers
//! for graph labels").

/// The largest step that is worth a list: a rounding error must not make millions of breaks.
const MOST: usize = 100;

pub(super) fn breaks((low, high): (f64, f64), count: usize) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a dozen classes")]
    let parts = count.saturating_sub(1).max(1) as f64;
    let Some(step) = nice(nice(high - low, false).unwrap_or(f64::NAN) / parts, true) else {
        return vec![high];
    };
    let first = (low / step).floor();
    let last = (high / step).ceil();
    let mut found = Vec::new();
    let mut times = first + 1.0;
    while times <= last && found.len() < MOST {
        found.push(times * step);
        times += 1.0;
    }
    found
}

/// A round number near another, or the next one above it.
fn nice(number: f64, is_near: bool) -> Option<f64> {
    if !number.is_finite() || number <= 0.0 {
        return None;
    }
    let power = 10.0_f64.powf(number.log10().floor());
    let digits = number / power;
    let limits = if is_near { [1.5, 3.0, 7.0] } else { [1.0, 2.0, 5.0] };
    let within = |limit: f64| if is_near { digits < limit } else { digits <= limit };
    let round = match limits {
        [one, _, _] if within(one) => 1.0,
        [_, two, _] if within(two) => 2.0,
        [_, _, five] if within(five) => 5.0,
        _ => 10.0,
    };
    Some(round * power).filter(|nice| nice.is_finite() && *nice > 0.0)
}
