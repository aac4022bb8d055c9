//! Patterns over areas, as lines and dots.

use std::collections::BTreeMap;

use crate::style::Hatch;
use crate::text::Outline;

/// The most lines or dots of a pattern over one area: beyond that it is a grey.
const MOST: usize = 200_000;

/// How a pattern lies in an area.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Pattern {
    /// Its lines, to be stroked; as wide as [`Hatch::WIDTH`].
    pub lines: Outline,
    /// Its dots, to be filled.
    pub dots: Outline,
}

/// The pattern over an area, its rings open, positions on the page. Patterns of neighbours
/// continue each other.
pub(super) fn pattern(hatch: Hatch, rings: &[Vec<[f32; 2]>]) -> Pattern {
    /// √½.
    const HALF: f64 = std::f64::consts::FRAC_1_SQRT_2;
    let (rising, falling) = ([HALF, HALF], [HALF, -HALF]);
    let (level, upright) = ([0.0, 1.0], [1.0, 0.0]);
    let across: &[[f64; 2]] = match hatch {
        Hatch::None => &[],
        Hatch::Rising => &[rising],
        Hatch::Falling => &[falling],
        Hatch::Level | Hatch::Dots => &[level],
        Hatch::Upright => &[upright],
        Hatch::Crossed => &[rising, falling],
        Hatch::Grid => &[level, upright],
    };
    let mut made = Pattern::default();
    for across in across {
        for ([from, to], line) in inside(rings, *across) {
            if hatch == Hatch::Dots {
                dots(from, to, line, &mut made.dots);
            } else {
                let at = |along: f64| placed(*across, line, along);
                made.lines.push_line(&[at(from), at(to)]);
            }
        }
    }
    made
}

/// A place by how far along a line it is, and how far the line is from the origin.
#[expect(clippy::cast_possible_truncation, reason = "positions on a page")]
fn placed([x, y]: [f64; 2], line: f64, along: f64) -> [f32; 2] {
    [(line * x + along * y) as f32, (line * y - along * x) as f32]
}

#[expect(clippy::cast_possible_truncation, reason = "positions on a page")]
fn dots(from: f64, to: f64, line: f64, out: &mut Outline) {
    let step = f64::from(Hatch::STEP);
    let mut place = (from / step).ceil() * step;
    while place <= to {
        let outline = Outline::circle([place as f32, line as f32], 1.1 * Hatch::WIDTH);
        out.push_placed(&outline, 1.0, [0.0, 0.0]);
        place += step;
    }
}

/// The pieces of parallel lines inside an area (even-odd): from where to where along the line, and
/// how far the line is from the origin.
#[expect(clippy::cast_possible_truncation, reason = "bounded before")]
fn inside(rings: &[Vec<[f32; 2]>], [x, y]: [f64; 2]) -> Vec<([f64; 2], f64)> {
    let step = f64::from(Hatch::STEP);
    let mut crossings: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    let mut count = 0;
    for ring in rings {
        let next = ring.iter().cycle().skip(1);
        for (a, b) in ring.iter().zip(next) {
            let seen = |[px, py]: [f32; 2]| {
                let (px, py) = (f64::from(px), f64::from(py));
                (px * x + py * y, px * y - py * x)
            };
            let (from, to) = (seen(*a), seen(*b));
            let (low, high) = if from.0 <= to.0 { (from, to) } else { (to, from) };
            let (first, last) = ((low.0 / step).ceil(), (high.0 / step).ceil());
            if !(first.abs() < 1e9 && last.abs() < 1e9) {
                continue;
            }
            // The upper end belongs to the edge that goes on from there.
            for number in first as i64..last as i64 {
                #[expect(clippy::cast_precision_loss, reason = "below 10^9")]
                let share = (number as f64 * step - low.0) / (high.0 - low.0);
                crossings.entry(number).or_default().push(low.1 + (high.1 - low.1) * share);
                count += 1;
                if count > MOST {
                    return Vec::new();
                }
            }
        }
    }
    let mut pieces = Vec::with_capacity(count / 2);
    for (number, mut along) in crossings {
        along.sort_by(f64::total_cmp);
        #[expect(clippy::cast_precision_loss, reason = "below 10^9")]
        let line = number as f64 * step;
        for pair in along.chunks_exact(2) {
            if let [from, to] = pair {
                pieces.push(([*from, *to], line));
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(left: f32, top: f32, side: f32) -> Vec<[f32; 2]> {
        vec![[left, top], [left + side, top], [left + side, top + side], [left, top + side]]
    }

    /// The length of a square's lines is its area by the step, whatever the direction.
    #[test]
    fn lines_lie_inside_and_are_as_long_as_the_area_asks_for() {
        let rings = [square(10.0, 10.0, 700.0), square(200.0, 200.0, 350.0)];
        let area = 700.0 * 700.0 - 350.0 * 350.0;
        let turned = [std::f64::consts::FRAC_1_SQRT_2; 2];
        for across in [[0.0, 1.0], [1.0, 0.0], turned] {
            let pieces = inside(&rings, across);
            let length: f64 = pieces.iter().map(|([from, to], _)| to - from).sum();
            let wanted = area / f64::from(Hatch::STEP);
            assert!((length / wanted - 1.0).abs() < 0.02, "{length} for {wanted}");
            for ([from, to], line) in pieces {
                let [x, y] = placed(across, line, f64::midpoint(from, to));
                let within = |low: f32, side: f32| {
                    (low..=low + side).contains(&x) && (low..=low + side).contains(&y)
                };
                assert!(within(10.0, 700.0) && !within(200.5, 349.0), "{x}, {y}");
            }
        }
    }

    #[test]
    fn dots_lie_inside_and_are_as_many_as_the_area_asks_for() {
        let made = pattern(Hatch::Dots, &[square(0.0, 0.0, 140.0)]);
        assert!(made.lines.is_empty());
        let [left, top, right, bottom] = made.dots.bounds().expect("dots");
        assert!(left >= -1.2 && top >= -1.2 && right <= 141.2 && bottom <= 141.2);
        assert_eq!(pattern(Hatch::None, &[square(0.0, 0.0, 140.0)]), Pattern::default());
    }
}
