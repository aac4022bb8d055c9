//! What a small picture leaves out: of things smaller than a cell of a fine grid, one a cell. What
//! a million points cost is then bounded by the size of the picture.

use crate::table::Extent;

/// The side of a cell, page units: half a point of an overview, which is drawn at twice its size.
const CELL: f64 = 2.0;

/// The cells of a view that hold something already. All in the layer's own coordinates, so that
/// what is left out is never transformed.
pub(super) struct Thinning {
    view: Extent,
    cell: [f64; 2],
    columns: usize,
    taken: Vec<bool>,
}

impl Thinning {
    /// For a view, and how wide and high it is on the page. None for a view without a size.
    pub fn new(view: Extent, size: [f32; 2]) -> Option<Thinning> {
        let [columns, rows] = size.map(|length| cells(f64::from(length) / CELL));
        let cell = [view.width() / as_number(columns), view.height() / as_number(rows)];
        let is_sound = cell.iter().all(|side| side.is_finite() && *side > 0.0);
        is_sound.then(|| Thinning { view, cell, columns, taken: vec![false; columns * rows] })
    }

    /// Whether a row with such positions is to be drawn: it is larger than a cell, or the first in
    /// the cell of its middle.
    pub fn keeps(&mut self, xy: &[[f64; 2]]) -> bool {
        let Some(extent) = Extent::of_points(xy) else { return true };
        let [wide, high] = self.cell;
        if extent.width() > wide || extent.height() > high {
            return true;
        }
        let column = cells((extent.min_x + extent.width() / 2.0 - self.view.min_x) / wide) - 1;
        let row = cells((extent.min_y + extent.height() / 2.0 - self.view.min_y) / high) - 1;
        // Beyond the last column lies the margin: what is there is drawn.
        let place = (column < self.columns).then_some(row * self.columns + column);
        let taken = place.and_then(|place| self.taken.get_mut(place));
        taken.is_none_or(|taken| !std::mem::replace(taken, true))
    }
}

/// How many whole cells hold a length, at least one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the bounds")]
fn cells(length: f64) -> usize {
    length.floor().clamp(0.0, 1e4) as usize + 1
}

#[expect(clippy::cast_precision_loss, reason = "at most 10 001")]
fn as_number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_small_things_one_a_cell_is_drawn_and_all_large_ones() -> Result<(), &'static str> {
        let view = Extent { min_x: 0.0, min_y: 0.0, max_x: 1000.0, max_y: 500.0 };
        let mut thinning = Thinning::new(view, [198.0, 98.0]).ok_or("it has a size")?;
        assert_eq!(thinning.cell, [10.0, 10.0]);
        assert!(thinning.keeps(&[[3.0, 3.0]]));
        assert!(!thinning.keeps(&[[7.0, 9.0]]), "the same cell");
        assert!(thinning.keeps(&[[13.0, 3.0]]), "beside it");
        assert!(thinning.keeps(&[[3.0, 13.0]]), "above it");
        assert!(!thinning.keeps(&[[11.0, 1.0], [19.0, 8.0]]), "a small line");
        let large = [[0.0, 0.0], [30.0, 0.0]];
        assert!(thinning.keeps(&large) && thinning.keeps(&large));
        assert!(thinning.keeps(&[]), "what has no place is for others to count");
        // However many: at most one a cell.
        let mut kept = 0;
        for at in 0..200_000_u32 {
            let (x, y) = (f64::from(at % 1000), f64::from(at / 1000) * 2.0);
            kept += u32::from(thinning.keeps(&[[x, y]]));
        }
        assert!(kept <= 100 * 50, "{kept}");
        assert!(kept >= 100 * 40 - 4, "{kept}: no cell is left empty");
        assert!(Thinning::new(Extent { max_x: 0.0, ..view }, [200.0, 100.0]).is_none());
        Ok(())
    }
}
