//! How much of each pixel straight edges enclose: the signed surface to the right of every edge is
//! added up, row by row, so that the sum over the cells left of a pixel is how often it is inside.
//! The surfaces are exact, whatever the slope.

use tiny_skia::FillRule;

/// Whether a pixel that edges go around more than once is inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Inside {
    /// Where they go around at all.
    Around,
    /// Where they go around an odd number of times.
    Odd,
}

impl From<FillRule> for Inside {
    fn from(rule: FillRule) -> Inside {
        match rule {
            FillRule::Winding => Inside::Around,
            FillRule::EvenOdd => Inside::Odd,
        }
    }
}

/// Rows of at most so many pixels are gone through whole: that is quicker than to know where anything is
/// in them.
const NARROW: usize = 48;

/// A part of a picture that edges are added to.
#[derive(Default)]
pub(super) struct Coverage {
    /// What each edge adds from a cell on; a row has two cells more than pixels, for what lies at its
    /// right edge. All nothing between two shapes.
    cells: Vec<f32>,
    /// The first and last cell of each row that anything was added to; not of narrow rows.
    touched: Vec<(usize, usize)>,
    /// Of the row that is handed over.
    sums: Vec<f32>,
    amounts: Vec<u8>,
    wide: usize,
    high: usize,
    /// The same as numbers with a fraction.
    size: [f32; 2],
}

impl Coverage {
    /// Begins a shape on a part of so many pixels.
    #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
    pub fn begin(&mut self, wide: usize, high: usize) {
        (self.wide, self.high) = (wide, high);
        self.size = [wide as f32, high as f32];
        let cells = self.stride() * high;
        if self.cells.len() < cells {
            self.cells.resize(cells, 0.0);
        }
        if !self.is_narrow() {
            self.touched.clear();
            self.touched.resize(high, (usize::MAX, 0));
        }
    }

    fn stride(&self) -> usize {
        self.wide + 2
    }

    fn is_narrow(&self) -> bool {
        self.wide <= NARROW
    }

    /// Adds an edge, in pixels of the part. The edges of a shape are closed contours.
    #[inline]
    pub fn edge(&mut self, from: [f32; 2], to: [f32; 2]) {
        let [wide, high] = self.size;
        let [[x0, y0], [x1, y1]] = [from, to];
        let is_within = x0.min(x1) > 0.0 && x0.max(x1) < wide;
        if is_within && y0.min(y1) >= 0.0 && y0.max(y1) < high && whole(y0) == whole(y1) {
            // Most edges of small things stay in a row.
            let (row, stride) = (whole(y0), self.stride());
            let Some(cells) = self.cells.get_mut(row * stride..) else { return };
            let (first, last) = slice(cells, x0, x1, y1 - y0);
            if let Some((lowest, highest)) = self.touched.get_mut(row) {
                *lowest = (*lowest).min(first);
                *highest = (*highest).max(last);
            }
            return;
        }
        if is_within {
            return self.part(from, to);
        }
        self.crossing(from, to);
    }

    /// An edge that may lie outside the part, or go in and out of it.
    fn crossing(&mut self, from: [f32; 2], to: [f32; 2]) {
        let wide = self.size[0];
        let [[x0, _], [x1, _]] = [from, to];
        if x0 >= wide && x1 >= wide {
            // Nothing of the part is to the right of it.
            return;
        }
        if x0 <= 0.0 && x1 <= 0.0 {
            return self.part([0.0, from[1]], [0.0, to[1]]);
        }
        for side in [0.0, wide] {
            if (x0 < side && side < x1) || (x1 < side && side < x0) {
                let at = from[1] + (to[1] - from[1]) * ((side - x0) / (x1 - x0));
                self.crossing(from, [side, at]);
                self.crossing([side, at], to);
                return;
            }
        }
        self.part(from, to);
    }

    /// An edge that lies within the part from left to right.
    #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
    fn part(&mut self, from: [f32; 2], to: [f32; 2]) {
        let (sign, [x0, y0], [x1, y1]) =
            if from[1] <= to[1] { (1.0, from, to) } else { (-1.0, to, from) };
        let [limit, floor] = self.size;
        let (top, bottom) = (y0.max(0.0), y1.min(floor));
        // What is no number is nowhere.
        let is_here = top < bottom;
        if !is_here {
            return;
        }
        let slope = (x1 - x0) / (y1 - y0);
        let first = whole(top);
        let stride = self.stride();
        let Some(cells) = self.cells.get_mut(first * stride..self.high * stride) else { return };
        // Narrow rows have no such list, or an old one, which is not looked at.
        let mut touched = self.touched.get_mut(first..).unwrap_or_default().iter_mut();
        let mut x = (x0 + (top - y0) * slope).max(0.0).min(limit);
        let mut y = top;
        let mut below = first as f32;
        for row in cells.chunks_exact_mut(stride) {
            below += 1.0;
            let next = below.min(bottom);
            let end = (x0 + (next - y0) * slope).max(0.0).min(limit);
            let (low, high) = slice(row, x, end, (next - y) * sign);
            if let Some((lowest, highest)) = touched.next() {
                *lowest = (*lowest).min(low);
                *highest = (*highest).max(high);
            }
            if below >= bottom {
                break;
            }
            (x, y) = (end, next);
        }
    }

    /// Hands over each row that may have anything of the shape: its number, its first pixel, and how
    /// much of each pixel is inside, 0 to 255. Leaves the part empty.
    pub fn rows(&mut self, inside: Inside, mut take: impl FnMut(usize, usize, &[u8])) {
        let (stride, wide, is_narrow) = (self.stride(), self.wide, self.is_narrow());
        let cells = self.cells.get_mut(..stride * self.high).unwrap_or_default();
        for (row, cells) in cells.chunks_exact_mut(stride).enumerate() {
            let (first, last) = if is_narrow {
                (0, wide)
            } else {
                self.touched.get(row).copied().unwrap_or((1, 0))
            };
            let Some(cells) = cells.get_mut(first..=last + 1) else { continue };
            self.sums.clear();
            self.sums.extend(cells.iter_mut().scan(0.0, |sum, cell| {
                *sum += std::mem::take(cell);
                Some(*sum)
            }));
            // What ends beyond the right edge of the part.
            let rest = self.sums.last().copied().unwrap_or(0.0);
            self.sums.resize((wide - first).max(self.sums.len()), rest);
            let amounts = &mut self.amounts;
            amounts.clear();
            match inside {
                Inside::Around => amounts.extend(self.sums.iter().map(|sum| around(*sum))),
                Inside::Odd => amounts.extend(self.sums.iter().map(|sum| odd(*sum))),
            }
            amounts.truncate(wide - first);
            take(row, first, amounts);
        }
    }
}

/// What an edge adds to a row: it goes from one place to another while it descends so far. Gives the
/// first and last pixel that it reached.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
fn slice(cells: &mut [f32], from: f32, to: f32, down: f32) -> (usize, usize) {
    let (left, right) = if from <= to { (from, to) } else { (to, from) };
    let (first, last) = (whole(left), whole(right));
    if first == last {
        // Within one pixel: what is right of the edge's middle is whole from here on.
        let beyond = down * ((left + right) * 0.5 - first as f32);
        if let Some([one, other]) = cells.get_mut(first..first + 2) {
            *one += down - beyond;
            *other += beyond;
        }
        return (first, last);
    }
    let Some(cells) = cells.get_mut(first..=last + 1) else { return (first, first) };
    // Each pixel between gets what lies to the right of the edge within it.
    let per_pixel = down / (right - left);
    let (mut covered, mut enter, mut edge) = (0.0, left, first as f32);
    for cell in cells {
        let leave = right.min(edge + 1.0);
        let share = per_pixel * (leave - enter).max(0.0);
        let beyond = share * (enter.midpoint(leave) - edge);
        *cell += covered + share - beyond;
        covered = beyond;
        edge += 1.0;
        enter = edge;
    }
    (first, last)
}

/// A place in a picture without its fraction.
#[inline]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "pixels of a picture, at least 0"
)]
fn whole(place: f32) -> usize {
    place as u32 as usize
}

/// How much is inside where edges go around at all.
#[inline]
fn around(sum: f32) -> u8 {
    of_255(sum.abs().min(1.0))
}

/// So large a number has no room for a fraction: what is added to it is rounded to a whole number,
/// which then stands in its lowest bits.
const LARGE: f32 = 8_388_608.0;

/// How much is inside where edges go around an odd number of times.
#[inline]
fn odd(sum: f32) -> u8 {
    // How far it is from the nearest even number.
    let half = sum.abs() * 0.5;
    let even = (half + LARGE) - LARGE;
    of_255(((half - even) * 2.0).abs())
}

/// 0 to 1 as 0 to 255, rounded.
#[inline]
pub(super) fn of_255(share: f32) -> u8 {
    let [lowest, ..] = (share * 255.0 + LARGE).to_bits().to_le_bytes();
    lowest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(points: &[&[[f32; 2]]], size: [usize; 2], inside: Inside) -> Vec<Vec<u8>> {
        let mut coverage = Coverage::default();
        // Twice: the first leaves nothing behind.
        let mut seen = Vec::new();
        for _ in 0..2 {
            coverage.begin(size[0], size[1]);
            for contour in points {
                for (at, from) in contour.iter().enumerate() {
                    coverage.edge(*from, contour[(at + 1) % contour.len()]);
                }
            }
            seen = vec![vec![0; size[0]]; size[1]];
            coverage.rows(inside, |row, first, amounts| {
                seen[row][first..first + amounts.len()].copy_from_slice(amounts);
            });
        }
        seen
    }

    #[test]
    fn a_rectangle_covers_parts_of_pixels_at_its_edges() {
        let square = [[1.25, 0.5], [3.5, 0.5], [3.5, 2.0], [1.25, 2.0]];
        let found = rows(&[&square], [5, 3], Inside::Odd);
        assert_eq!(found[0], [0, 96, 128, 64, 0]);
        assert_eq!(found[1], [0, 191, 255, 128, 0]);
        assert_eq!(found[2], [0; 5]);
        let turned: Vec<[f32; 2]> = square.iter().rev().copied().collect();
        assert_eq!(rows(&[&turned], [5, 3], Inside::Around), found);
    }

    /// The surface of a triangle is known; what lies outside the part is cut off, on every side.
    #[test]
    fn surfaces_are_exact_and_what_is_outside_is_cut() {
        let sum = |points: &[[f32; 2]], size| -> f64 {
            let rows = rows(&[points], size, Inside::Around);
            rows.iter().flatten().map(|amount| f64::from(*amount)).sum::<f64>() / 255.0
        };
        let triangle = [[0.3, 0.2], [8.9, 3.1], [2.2, 7.7]];
        let surface = 0.5 * ((8.6 * 7.5) - (2.9 * 1.9));
        assert!((sum(&triangle, [10, 10]) - surface).abs() < 0.1);
        // A large square around the part fills it.
        let around = [[-50.0, -40.0], [60.0, -40.0], [60.0, 70.0], [-50.0, 70.0]];
        assert!((sum(&around, [7, 5]) - 35.0).abs() < 1e-6);
        // A diamond of which half lies beyond the left edge, or beyond the right one.
        for shift in [0.0, 10.0] {
            let diamond = [[shift - 4.0, 5.0], [shift, 1.0], [shift + 4.0, 5.0], [shift, 9.0]];
            assert!((sum(&diamond, [10, 10]) - 16.0).abs() < 0.1, "{shift}");
        }
        assert!(sum(&[[20.0, 1.0], [30.0, 1.0], [30.0, 4.0]], [10, 10]).abs() < 1e-9);
        // What is no number brings nothing down.
        assert!(sum(&[[f32::NAN, 1.0], [3.0, f32::INFINITY], [3.0, 4.0]], [10, 10]) <= 100.0);
    }

    #[test]
    fn what_is_gone_around_twice_is_a_hole_or_not() {
        let outer = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0], [0.0, 4.0]];
        let inner = [[1.0, 1.0], [3.0, 1.0], [3.0, 3.0], [1.0, 3.0]];
        let odd = rows(&[&outer, &inner], [4, 4], Inside::Odd);
        assert_eq!(odd[1], [255, 0, 0, 255]);
        let around = rows(&[&outer, &inner], [4, 4], Inside::Around);
        assert_eq!(around[1], [255; 4]);
    }
}
