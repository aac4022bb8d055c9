//! Lines with round corners around small things, by how far the middle of each pixel is from them: with
//! few pixels that is much quicker than to go along the edges of the line's surface. Where the line is
//! straight, a pixel is a twenty-fifth lighter or darker at most than the surface has it.

type Place = [f32; 2];

/// How many pixels of a row are worked on together.
const LANES: usize = 8;

/// Parts of more pixels are not small.
const MOST_PIXELS: usize = 400;

/// Half of the narrowest line, pixels: of narrower ones, too much would be seen.
const LEAST_HALF: f32 = 0.5;

/// A small part of a picture.
#[derive(Default)]
pub(super) struct Near {
    /// The square of the distance to the line, row by row.
    squares: Vec<[f32; LANES]>,
    amounts: Vec<[u8; LANES]>,
    wide: usize,
    /// How many [`LANES`] a row has.
    stride: usize,
}

impl Near {
    /// Begins a line of twice so much on a part of so many pixels; answers whether the part is small
    /// enough, and the line wide enough.
    pub fn begin(&mut self, wide: usize, high: usize, half: f32) -> bool {
        if wide * high > MOST_PIXELS || half < LEAST_HALF {
            return false;
        }
        self.wide = wide;
        self.stride = wide.div_ceil(LANES);
        self.squares.clear();
        self.squares.resize(self.stride * high, [f32::INFINITY; LANES]);
        true
    }

    /// Adds a straight piece, in pixels of the part.
    #[inline]
    pub fn piece(&mut self, from: Place, to: Place) {
        const MIDDLES: [f32; LANES] = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5];
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        let length = (dx * dx + dy * dy).sqrt();
        let shrink = if length > 1e-3 { 1.0 / length } else { 0.0 };
        let [ux, uy] = [dx * shrink, dy * shrink];
        let mut below = 0.5 - from[1];
        for row in self.squares.chunks_exact_mut(self.stride) {
            let mut left = -from[0];
            for squares in row {
                for (square, middle) in squares.iter_mut().zip(&MIDDLES) {
                    let x = left + middle;
                    let along = least((x * ux + below * uy).max(0.0), length);
                    let [ex, ey] = [x - along * ux, below - along * uy];
                    *square = least(ex * ex + ey * ey, *square);
                }
                left += LANES as f32;
            }
            below += 1.0;
        }
    }

    /// Hands over each row: its number, and how much of each pixel is under a line of twice so much, 0 to
    /// 255.
    pub fn rows(&mut self, half: f32, mut take: impl FnMut(usize, &[u8])) {
        self.amounts.clear();
        self.amounts.resize(self.squares.len(), [0; LANES]);
        for (squares, amounts) in self.squares.iter().zip(&mut self.amounts) {
            let mut shares = [0.0; LANES];
            for (share, square) in shares.iter_mut().zip(squares) {
                let beyond = square.sqrt() - 0.5;
                // The line covers what is nearer than its half on this side, but for what lies beyond its other.
                let near = (half - beyond).max(0.0).min(1.0);
                let far = (-half - beyond).max(0.0).min(1.0);
                *share = near - far;
            }
            for (amount, share) in amounts.iter_mut().zip(shares) {
                *amount = whole(share);
            }
        }
        for (number, row) in self.amounts.chunks_exact(self.stride).enumerate() {
            take(number, row.as_flattened().get(..self.wide).unwrap_or_default());
        }
    }
}

/// The lesser of two numbers, as the processor has it: no one asks for what is no number.
#[inline]
fn least(one: f32, other: f32) -> f32 {
    if one < other { one } else { other }
}

/// 0 to 1 as 0 to 255. The lowest bits of a number so large are its whole part, rounded.
#[inline]
fn whole(share: f32) -> u8 {
    const LARGE: f32 = (1_u32 << 23) as f32;
    (share * 255.0 + LARGE).to_bits() as u8
}

#[cfg(test)]
mod tests {
    use super::super::coverage::{Coverage, Inside};
    use super::super::stroke::Stroker;
    use super::*;
    use crate::style::Join;

    /// A line on a part of 20 by 20 pixels.
    fn near(points: &[Place], half: f32) -> Vec<u8> {
        let mut near = Near::default();
        let mut seen = Vec::new();
        // Twice: the first leaves nothing behind.
        for _ in 0..2 {
            assert!(near.begin(20, 20, half));
            points.windows(2).for_each(|ends| near.piece(ends[0], ends[1]));
            seen.clear();
            near.rows(half, |row, amounts| {
                assert_eq!(row * 20, seen.len());
                seen.extend_from_slice(amounts);
            });
        }
        seen
    }

    /// The same by the surface of its outline, which is exact.
    fn exact(points: &[Place], half: f32) -> Vec<u8> {
        let mut coverage = Coverage::default();
        coverage.begin(20, 20);
        let edge = |from, to| coverage.edge(from, to);
        Stroker::new(half, Join::Round, &mut Vec::new(), edge).contour(points, false, false);
        let mut seen = vec![0; 400];
        coverage.rows(Inside::Around, |row, first, amounts| {
            seen[row * 20 + first..][..amounts.len()].copy_from_slice(amounts);
        });
        seen
    }

    #[test]
    fn lines_lie_where_their_surfaces_do() {
        let lines: [&[Place]; 4] = [
            &[[4.0, 10.0], [16.0, 10.0]],
            &[[4.3, 5.2], [15.1, 13.7]],
            &[[5.0, 15.0], [9.7, 4.1], [15.2, 14.4]],
            &[[6.0, 6.0], [14.0, 6.0], [14.0, 14.0], [6.0, 14.0], [6.0, 6.0]],
        ];
        for line in lines {
            for half in [0.5, 1.0, 2.2] {
                let (near, exact) = (near(line, half), exact(line, half));
                let sum = |seen: &[u8]| seen.iter().map(|amount| f64::from(*amount)).sum::<f64>();
                let (all, wanted) = (sum(&near), sum(&exact));
                // Round ends and corners of thin lines are a little large.
                let most = if half < 1.0 { 0.08 } else { 0.04 };
                assert!((all - wanted).abs() < most * wanted, "{line:?} {half}: {all}, {wanted}");
                let apart = near.iter().zip(&exact).map(|(one, other)| one.abs_diff(*other)).max();
                assert!(apart.unwrap() <= 40, "{line:?} {half}: {apart:?} of 255");
            }
        }
    }

    #[test]
    fn a_point_is_a_disc_and_what_is_large_is_not_small() {
        let seen = near(&[[10.5, 10.5], [10.5, 10.5]], 3.0);
        let sum: f64 = seen.iter().map(|amount| f64::from(*amount) / 255.0).sum();
        assert!((sum - 9.0 * std::f64::consts::PI).abs() < 0.4, "{sum}");
        assert_eq!(seen[10 * 20 + 10], 255);
        assert!(!Near::default().begin(21, 20, 1.0));
        assert!(!Near::default().begin(20, 20, 0.4));
    }
}
