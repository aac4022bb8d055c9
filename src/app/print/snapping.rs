//! Where a part that is dragged comes to lie: along the white edge, the map, the middle and the other
//! parts, when it is near to them.

use crate::page::{SheetPlan, ThingPlace};

/// As near as this to a line a part comes to lie on it, millimetres.
const NEAR: f64 = 2.0;

/// Lines across and down to lie along, millimetres.
pub(super) struct Lines {
    across: Vec<f64>,
    down: Vec<f64>,
}

/// Where something lies, and the lines that it came to lie along: a vertical and a horizontal one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Snapped {
    pub rect: [f64; 4],
    pub guides: [Option<f64>; 2],
}

impl Lines {
    /// Those of a page, but for a thing's own.
    pub fn of(plan: &SheetPlan, places: &[ThingPlace], own: &ThingPlace) -> Lines {
        let [width, height] = plan.paper;
        let edge = plan.white_edge();
        let mut across = vec![edge, width / 2.0, width - edge];
        let mut down = vec![edge, height / 2.0, height - edge];
        let others = places.iter().filter(|other| other.thing != own.thing);
        for [left, top, right, bottom] in others.map(|other| other.rect).chain([plan.map()]) {
            across.extend([left, f64::midpoint(left, right), right]);
            down.extend([top, f64::midpoint(top, bottom), bottom]);
        }
        Lines { across, down }
    }

    /// A rectangle moved onto the lines that are near.
    pub fn snap(&self, [left, top, right, bottom]: [f64; 4]) -> Snapped {
        let (dx, vertical) = nearest(&self.across, [left, f64::midpoint(left, right), right]);
        let (dy, horizontal) = nearest(&self.down, [top, f64::midpoint(top, bottom), bottom]);
        Snapped {
            rect: [left + dx, top + dy, right + dx, bottom + dy],
            guides: [vertical, horizontal],
        }
    }
}

/// How far sides are moved to the nearest line, and that line; not at all where none is near.
fn nearest(lines: &[f64], sides: [f64; 3]) -> (f64, Option<f64>) {
    let pairs = lines.iter().flat_map(|line| sides.map(|side| (line - side, *line)));
    let near = pairs.filter(|(by, _)| by.abs() <= NEAR);
    let best = near.min_by(|a, b| a.0.abs().total_cmp(&b.0.abs()));
    best.map_or((0.0, None), |(by, line)| (by, Some(line)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_near_a_line_comes_to_lie_along_it_and_another_stays() {
        let lines = Lines { across: vec![10.0, 105.0, 200.0], down: vec![10.0] };
        let snapped = lines.snap([11.5, 50.0, 51.5, 60.0]);
        assert_eq!(snapped.rect.map(f64::to_bits), [10.0_f64, 50.0, 50.0, 60.0].map(f64::to_bits));
        assert_eq!(snapped.guides, [Some(10.0), None]);
        // Its middle, which is nearer than its side.
        let snapped = lines.snap([85.5, 9.0, 125.5, 19.0]);
        assert_eq!(snapped.rect.map(f64::to_bits), [85.0_f64, 10.0, 125.0, 20.0].map(f64::to_bits));
        assert_eq!(snapped.guides, [Some(105.0), Some(10.0)]);
    }
}
