//! Round scales.

/// The steps of round scales between 100 and 1 000; the same ten, a hundred … times larger.
const STEPS: [u32; 7] = [100, 125, 150, 200, 250, 500, 750];

/// The smallest and the largest denominator.
pub(super) const BOUNDS: (u32, u32) = (50, 200_000_000);

/// All round denominators, ascending: 100, 125, 150, 200, 250, 500, 750, 1 000 …
pub fn round_scales() -> impl Iterator<Item = u32> {
    let powers = (0..7).map(|power| 10_u32.pow(power));
    powers.flat_map(|power| STEPS.map(|step| step.saturating_mul(power)))
}

/// The smallest round denominator that is at least a number; the largest there is where none is.
pub(super) fn round_up(denominator: f64) -> u32 {
    // What fits but for the last bit fits.
    let at_least = denominator * (1.0 - 1e-9);
    let found = round_scales().find(|round| f64::from(*round) >= at_least);
    found.unwrap_or(BOUNDS.1)
}

/// The next round denominator beside one: of a larger scale (a smaller number), or of a smaller
/// scale.
pub fn next_scale(denominator: u32, larger: bool) -> u32 {
    let mut scales: Vec<u32> = round_scales().collect();
    if larger {
        scales.reverse();
        let found = scales.into_iter().find(|round| *round < denominator);
        return found.unwrap_or(denominator);
    }
    scales.into_iter().find(|round| *round > denominator).unwrap_or(denominator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_are_round_and_ascend() {
        let all: Vec<u32> = round_scales().collect();
        assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
        for wanted in [500, 1000, 1250, 1500, 2000, 2500, 5000, 7500, 10_000, 25_000] {
            assert!(all.contains(&wanted), "{wanted}");
        }
        assert_eq!(round_up(4999.0), 5000);
        assert_eq!(round_up(5_000.000_001), 5000);
        assert_eq!(round_up(5001.0), 7500);
        assert_eq!(round_up(1e300), BOUNDS.1);
        assert_eq!(next_scale(5000, true), 2500);
        assert_eq!(next_scale(5000, false), 7500);
        assert_eq!(next_scale(6000, true), 5000);
        assert_eq!(next_scale(100, true), 100);
    }
}
