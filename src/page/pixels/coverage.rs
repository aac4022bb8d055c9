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

/// A part of a picture that edges are added to.
#[derive(Default)]
pub(super) struct Coverage {
    /// What each edge adds from a cell on; a row has one cell more than pixels. All nothing between two
    /// shapes.
    cells: Vec<f32>,
    /// The first and last cell of each row that anything was added to.
    touched: Vec<(usize, usize)>,
    /// Of the row that is handed over.
    amounts: Vec<u8>,
    wide: usize,
    high: usize,
}

impl Coverage {
    /// Begins a shape on a part of so many pixels.
    pub fn begin(&mut self, wide: usize, high: usize) {
        (self.wide, self.high) = (wide, high);
        let cells = (wide + 1) * high;
        if self.cells.len() < cells {
            self.cells.resize(cells, 0.0);
        }
        self.touched.clear();
        self.touched.resize(high, (usize::MAX, 0));
    }

    /// Adds an edge, in pixels of the part. The edges of a shape are closed contours.
    #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
    pub fn edge(&mut self, from: [f32; 2], to: [f32; 2]) {
        let wide = self.wide as f32;
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
                self.edge(from, [side, at]);
                self.edge([side, at], to);
                return;
            }
        }
        self.part(from, to);
    }

    /// An edge that lies within the part from left to right.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels of a picture, at least 0"
    )]
    fn part(&mut self, from: [f32; 2], to: [f32; 2]) {
        let (sign, [x0, y0], [x1, y1]) =
            if from[1] <= to[1] { (1.0, from, to) } else { (-1.0, to, from) };
        let (top, bottom) = (y0.max(0.0), y1.min(self.high as f32));
        // What is no number is nowhere.
        let is_here = top < bottom;
        if !is_here {
            return;
        }
        let slope = (x1 - x0) / (y1 - y0);
        let limit = self.wide as f32;
        let mut x = (x0 + (top - y0) * slope).clamp(0.0, limit);
        let mut y = top;
        let mut row = top as usize;
        while y < bottom && row < self.high {
            let next = ((row + 1) as f32).min(bottom);
            let high = next - y;
            let end = (x0 + (next - y0) * slope).clamp(0.0, limit);
            self.slice(row, x, end, high * sign);
            (x, y, row) = (end, next, row + 1);
        }
    }

    /// What an edge adds to a row: it goes from one place to another while it descends so far.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "pixels of a picture, at least 0"
    )]
    fn slice(&mut self, row: usize, from: f32, to: f32, down: f32) {
        let (left, right) = if from <= to { (from, to) } else { (to, from) };
        let (first, last) = (left as usize, right as usize);
        let begin = row * (self.wide + 1);
        let Some(cells) = self.cells.get_mut(begin..=begin + self.wide) else { return };
        let mut touched = first;
        if first == last {
            // Within one pixel: what is right of the edge's middle is whole from here on.
            let middle = left.midpoint(right) - first as f32;
            add(cells, first, down * (1.0 - middle));
            add(cells, first + 1, down * middle);
            touched = first + 1;
        } else {
            // Each pixel between gets what lies to the right of the edge within it.
            let per_pixel = down / (right - left);
            let mut covered = 0.0;
            for pixel in first..=last {
                let (enter, leave) = (left.max(pixel as f32), right.min((pixel + 1) as f32));
                let share = per_pixel * (leave - enter);
                let middle = enter.midpoint(leave) - pixel as f32;
                let now = covered + share * (1.0 - middle);
                add(cells, pixel, now);
                covered = share * middle;
                touched = pixel + 1;
            }
            add(cells, touched, covered);
        }
        if let Some((lowest, highest)) = self.touched.get_mut(row) {
            *lowest = (*lowest).min(first);
            *highest = (*highest).max(touched.min(self.wide));
        }
    }

    /// Hands over each row that has anything of the shape: its number, its first pixel, and how much of
    /// each pixel is inside, 0 to 255. Leaves the part empty.
    pub fn rows(&mut self, inside: Inside, mut take: impl FnMut(usize, usize, &[u8])) {
        let amounts = &mut self.amounts;
        for (row, (first, last)) in self.touched.iter().copied().enumerate() {
            if first > last {
                continue;
            }
            let begin = row * (self.wide + 1);
            let Some(cells) = self.cells.get_mut(begin..=begin + self.wide) else { return };
            amounts.clear();
            let mut sum = 0.0;
            for cell in cells.iter_mut().take(last + 1).skip(first) {
                sum += std::mem::take(cell);
                amounts.push(amount(sum, inside));
            }
            // What ends beyond the right edge of the part.
            let rest = amount(sum, inside);
            if rest > 0 {
                amounts.resize(self.wide - first, rest);
            }
            amounts.truncate(self.wide - first);
            take(row, first, amounts);
        }
    }
}

/// Beyond the last cell nothing is seen.
fn add(cells: &mut [f32], at: usize, value: f32) {
    if let Some(cell) = cells.get_mut(at) {
        *cell += value;
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
fn amount(sum: f32, inside: Inside) -> u8 {
    let share = match inside {
        Inside::Around => sum.abs().min(1.0),
        Inside::Odd => {
            let around = sum.abs() % 2.0;
            around.min(2.0 - around)
        }
    };
    (share * 255.0 + 0.5) as u8
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
