//! Lines with round corners around small things, by how far the middle of each pixel is from them: with
//! few pixels that is much quicker than to go along the edges of the line's surface. Where the line is
//! straight, a pixel is a tenth lighter or darker at most than the surface has it.

use super::coverage::of_255;

type Place = [f32; 2];

/// How many pixels of a row are worked on together.
const LANES: usize = 8;
/// How wide they are.
const WIDTH: f32 = 8.0;

/// Parts of more pixels are not small.
const MOST_PIXELS: usize = 400;

/// Half of the narrowest line, pixels: of narrower ones, too much would be seen.
const LEAST_HALF: f32 = 0.75;

/// A small part of a picture.
#[derive(Default)]
pub(super) struct Near {
    /// The square of the distance to the line, row by row.
    squares: Vec<[f32; LANES]>,
    amounts: Vec<[u8; LANES]>,
    wide: usize,
    /// How many [`LANES`] a row has.
    stride: usize,
    /// Left, top, right and bottom of where pieces can be seen in the part.
    reach: [f32; 4],
}

impl Near {
    /// Begins a line of twice so much on a part of so many pixels; answers whether the part is small
    /// enough, and the line wide enough.
    #[expect(clippy::cast_precision_loss, reason = "few pixels")]
    pub fn begin(&mut self, wide: usize, high: usize, half: f32) -> bool {
        if wide * high > MOST_PIXELS || half < LEAST_HALF {
            return false;
        }
        self.wide = wide;
        self.stride = wide.div_ceil(LANES);
        // A pixel more for what is antialiased.
        let beyond = half + 1.0;
        self.reach = [-beyond, -beyond, wide as f32 + beyond, high as f32 + beyond];
        self.squares.clear();
        self.squares.resize(self.stride * high, [f32::INFINITY; LANES]);
        true
    }

    /// Adds a straight piece, in pixels of the part.
    #[inline]
    pub fn piece(&mut self, from: Place, to: Place) {
        const MIDDLES: [f32; LANES] = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5];
        let [left, top, right, bottom] = self.reach;
        // Of a long line most may be elsewhere.
        if from[0].max(to[0]) < left
            || from[0].min(to[0]) > right
            || from[1].max(to[1]) < top
            || from[1].min(to[1]) > bottom
        {
            return;
        }
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        let length = (dx * dx + dy * dy).sqrt();
        let shrink = if length > 1e-3 { 1.0 / length } else { 0.0 };
        let [ux, uy] = [dx * shrink, dy * shrink];
        let mut below = 0.5 - from[1];
        for row in self.squares.chunks_exact_mut(self.stride) {
            let mut at = -from[0];
            for squares in row {
                for (square, middle) in squares.iter_mut().zip(&MIDDLES) {
                    let x = at + middle;
                    let along = least((x * ux + below * uy).max(0.0), length);
                    let [ex, ey] = [x - along * ux, below - along * uy];
                    *square = least(ex * ex + ey * ey, *square);
                }
                at += WIDTH;
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
                let near = (half - beyond).clamp(0.0, 1.0);
                let far = (-half - beyond).clamp(0.0, 1.0);
                *share = near - far;
            }
            for (amount, share) in amounts.iter_mut().zip(shares) {
                *amount = of_255(share);
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

#[cfg(test)]
mod tests {
    use super::*;

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

    /// How far a place is from a straight piece: along the piece as far as its ends, then straight.
    fn apart(at: [f64; 2], ends: &[Place]) -> f64 {
        let [from, to] = [ends[0], ends[1]].map(|end| end.map(f64::from));
        let [dx, dy] = [to[0] - from[0], to[1] - from[1]];
        let along = ((at[0] - from[0]) * dx + (at[1] - from[1]) * dy) / (dx * dx + dy * dy);
        let along = along.clamp(0.0, 1.0);
        (at[0] - from[0] - along * dx).hypot(at[1] - from[1] - along * dy)
    }

    /// How much of a pixel is under a line, 0 to 255, by looking at 32 by 32 places in it.
    fn sampled(points: &[Place], half: f32, pixel: usize) -> f64 {
        let corner = [pixel % 20, pixel / 20].map(|edge| f64::from(u32::try_from(edge).unwrap()));
        let places = (0..1024_u32).map(|at| [at % 32, at / 32]);
        let places = places.map(|[x, y]| {
            [corner[0] + (f64::from(x) + 0.5) / 32.0, corner[1] + (f64::from(y) + 0.5) / 32.0]
        });
        let is_under =
            |at: &[f64; 2]| points.windows(2).any(|ends| apart(*at, ends) <= f64::from(half));
        let under = u32::try_from(places.filter(is_under).count()).unwrap();
        f64::from(under) / 1024.0 * 255.0
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
            for half in [0.75, 1.0, 2.2] {
                let (mut all, mut wanted, mut inked, mut most, mut off) = (0.0, 0.0, 0.0, 0.0, 0.0);
                for (pixel, amount) in near(line, half).into_iter().enumerate() {
                    let (amount, surface) = (f64::from(amount), sampled(line, half, pixel));
                    all += amount;
                    wanted += surface;
                    inked += f64::from(u8::from(surface > 0.0));
                    most = (amount - surface).abs().max(most);
                    off += (amount - surface).abs();
                }
                let what = format!("{line:?} {half}: {all} for {wanted}, {most}, {off} of {inked}");
                assert!((all - wanted).abs() < 0.03 * wanted, "{what}");
                // In a corner what both sides cover of a pixel is not added up.
                assert!(most <= 50.0 && off <= inked * 8.0, "{what}");
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
        assert!(!Near::default().begin(20, 20, 0.7));
    }
}
