//! What is taken on the map: turned boxes, found by a grid.
//!
//! All in points of the world at the scale of the view (see [`super::LabelFrame`]), so that the
//! same things meet in the same way from whatever view they are looked at.

/// The side of a cell of the grid, points.
const CELL: f64 = 48.0;

/// The most cells along a side.
const MOST_CELLS: f64 = 512.0;

/// A turned box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TurnedBox {
    /// Its middle.
    pub centre: [f64; 2],
    /// Half its width and height.
    pub half: [f64; 2],
    /// The direction of its width: cosine and sine of its angle.
    pub axis: [f64; 2],
}

impl TurnedBox {
    /// A box with upright sides from its left, top, right and bottom (y pointing down).
    pub fn upright([left, top, right, bottom]: [f64; 4]) -> TurnedBox {
        TurnedBox {
            centre: [f64::midpoint(left, right), f64::midpoint(top, bottom)],
            half: [(right - left) / 2.0, (bottom - top) / 2.0],
            axis: [1.0, 0.0],
        }
    }

    /// A box given in a frame that is turned clockwise by an angle around a place.
    pub fn turned([left, top, right, bottom]: [f64; 4], angle: f64, [x, y]: [f64; 2]) -> TurnedBox {
        let (sin, cos) = angle.sin_cos();
        let [u, v] = [f64::midpoint(left, right), f64::midpoint(top, bottom)];
        TurnedBox {
            centre: [x + u * cos - v * sin, y + u * sin + v * cos],
            half: [(right - left) / 2.0, (bottom - top) / 2.0],
            axis: [cos, sin],
        }
    }

    /// The same, larger by a margin on all sides.
    #[must_use]
    pub fn grown(self, by: f64) -> TurnedBox {
        TurnedBox { half: self.half.map(|half| half + by), ..self }
    }

    /// Left, top, right and bottom of what it covers.
    pub fn bounds(&self) -> [f64; 4] {
        let ([x, y], [wide, high], [cos, sin]) = (self.centre, self.half, self.axis);
        let reach_x = wide * cos.abs() + high * sin.abs();
        let reach_y = wide * sin.abs() + high * cos.abs();
        [x - reach_x, y - reach_y, x + reach_x, y + reach_y]
    }

    /// Whether two boxes have an inside in common, by the separating axes of both.
    pub fn meets(&self, other: &TurnedBox) -> bool {
        let by = [other.centre[0] - self.centre[0], other.centre[1] - self.centre[1]];
        let dot = |[ax, ay]: [f64; 2], [bx, by]: [f64; 2]| ax * bx + ay * by;
        let normal = |[cos, sin]: [f64; 2]| [-sin, cos];
        let reach = |of: &TurnedBox, along: [f64; 2]| {
            of.half[0] * dot(of.axis, along).abs() + of.half[1] * dot(normal(of.axis), along).abs()
        };
        let axes = [self.axis, normal(self.axis), other.axis, normal(other.axis)];
        axes.into_iter()
            .all(|along| dot(by, along).abs() < reach(self, along) + reach(other, along))
    }

    /// Whether a place lies in it.
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        let ([cx, cy], [cos, sin]) = (self.centre, self.axis);
        let (dx, dy) = (x - cx, y - cy);
        (dx * cos + dy * sin).abs() <= self.half[0] && (dy * cos - dx * sin).abs() <= self.half[1]
    }
}

/// Boxes that are taken.
#[derive(Debug)]
pub(crate) struct Taken {
    corner: [f64; 2],
    cell: f64,
    columns: usize,
    rows: usize,
    /// The boxes that touch each cell; what lies beyond the grid touches its edge.
    cells: Vec<Vec<u32>>,
    /// Each box with whose it is.
    boxes: Vec<(TurnedBox, u32)>,
}

impl Taken {
    /// Nothing taken, for boxes in and near a region: left, top, right, bottom.
    pub fn over([left, top, right, bottom]: [f64; 4]) -> Taken {
        let (width, height) = ((right - left).max(1.0), (bottom - top).max(1.0));
        let cell = CELL.max(width / MOST_CELLS).max(height / MOST_CELLS);
        let (columns, rows) = (count(width / cell) + 1, count(height / cell) + 1);
        let cells = vec![Vec::new(); columns * rows];
        Taken { corner: [left, top], cell, columns, rows, cells, boxes: Vec::new() }
    }

    /// Takes a box for somebody.
    pub fn take(&mut self, shape: TurnedBox, owner: u32) {
        let number = u32::try_from(self.boxes.len()).unwrap_or(u32::MAX);
        self.boxes.push((shape, owner));
        let (columns, rows) = self.touched(&shape);
        for row in rows {
            for column in columns.clone() {
                if let Some(cell) = self.cells.get_mut(row * self.columns + column) {
                    cell.push(number);
                }
            }
        }
    }

    /// Whether a box meets one that another than `owner` has taken.
    pub fn is_taken(&self, shape: &TurnedBox, owner: u32) -> bool {
        let (columns, rows) = self.touched(shape);
        rows.into_iter().any(|row| {
            columns.clone().any(|column| {
                let cell = self.cells.get(row * self.columns + column);
                let mut inside = cell.into_iter().flatten();
                inside.any(|number| {
                    let taken = self.boxes.get(*number as usize);
                    taken.is_some_and(|(taken, of)| *of != owner && taken.meets(shape))
                })
            })
        })
    }

    fn touched(
        &self,
        shape: &TurnedBox,
    ) -> (std::ops::RangeInclusive<usize>, std::ops::RangeInclusive<usize>) {
        let [left, top, right, bottom] = shape.bounds();
        let place = |at: f64, from: f64, most: usize| count((at - from) / self.cell).min(most - 1);
        let [x, y] = self.corner;
        (
            place(left, x, self.columns)..=place(right, x, self.columns),
            place(top, y, self.rows)..=place(bottom, y, self.rows),
        )
    }
}

/// A number of cells; 0 below 0.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred")]
fn count(cells: f64) -> usize {
    cells.clamp(0.0, 4.0 * MOST_CELLS) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turned_boxes_meet_where_their_insides_do() {
        let a = TurnedBox::upright([0.0, 0.0, 10.0, 2.0]);
        assert!(a.meets(&TurnedBox::upright([9.0, 1.0, 12.0, 5.0])));
        assert!(!a.meets(&TurnedBox::upright([10.0, 0.0, 12.0, 2.0])), "edges may touch");
        // A box on its corner right of the other: its box of bounds overlaps, it does not.
        let diamond =
            TurnedBox::turned([-1.0, -1.0, 1.0, 1.0], std::f64::consts::FRAC_PI_4, [11.0, 3.2]);
        let [left, top, ..] = diamond.bounds();
        assert!(left < 10.0 && top < 2.0);
        assert!(!a.meets(&diamond) && !diamond.meets(&a));
        assert!(a.contains([5.0, 1.0]) && !a.contains([5.0, 2.5]));
        assert!(diamond.contains([11.0, 4.5]) && !diamond.contains([12.0, 4.2]));
    }

    /// Against every pair looked at.
    #[test]
    fn the_grid_finds_what_looking_at_all_finds() {
        let mut seed = 7_u64;
        let mut dice = move || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            f64::from(u32::try_from(seed >> 33).unwrap_or(0)) / f64::from(1_u32 << 31)
        };
        let mut taken = Taken::over([-100.0, -50.0, 900.0, 650.0]);
        let mut all = Vec::new();
        let mut met = 0;
        for owner in 0..1500 {
            let (wide, high) = (dice() * 60.0, dice() * 12.0);
            let place = [dice() * 1400.0 - 300.0, dice() * 1100.0 - 300.0];
            let shape = TurnedBox::turned([-wide, -high, wide, high], dice() * 6.3, place);
            let by_all = all.iter().any(|other: &TurnedBox| other.meets(&shape));
            assert_eq!(taken.is_taken(&shape, owner), by_all);
            met += usize::from(by_all);
            taken.take(shape, owner);
            assert!(!by_all || taken.is_taken(&shape, owner));
            all.push(shape);
        }
        assert!(met > 500, "{met}");
    }
}
