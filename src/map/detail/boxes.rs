//! Small polygons as turned rectangles: four corners instead of a mesh and its outline.

use crate::map::scene::{Bounds, Place};

/// A turned rectangle: its middle, half its longer axis as a vector, half its other side; steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Turned {
    pub middle: [f64; 2],
    pub along: [f64; 2],
    pub half_width: f64,
}

/// Twice the signed area of a ring, steps².
pub(super) fn double_area(ring: &[Place]) -> f64 {
    let Some([x0, y0]) = ring.first() else { return 0.0 };
    let from = |place: &Place| [f64::from(place[0] - x0), f64::from(place[1] - y0)];
    ring.windows(2)
        .map(|pair| match pair {
            [a, b] => {
                let ([ax, ay], [bx, by]) = (from(a), from(b));
                ax.mul_add(by, -(ay * bx))
            }
            _ => 0.0,
        })
        .sum()
}

/// The smallest rectangle around a ring that has a side along one of its edges, as the smallest
/// around any convex outline has (Freeman and Shapira 1975, "Determining the minimum-area
/// encasing rectangle"); for a ring of few vertices.
pub(super) fn around(ring: &[Place]) -> Option<Turned> {
    let first = ring.first()?;
    let from = |place: &Place| [f64::from(place[0] - first[0]), f64::from(place[1] - first[1])];
    let next = ring.iter().skip(1).chain(std::iter::once(first));
    let mut best: Option<(f64, Turned)> = None;
    for (a, b) in ring.iter().zip(next) {
        let ([ax, ay], [bx, by]) = (from(a), from(b));
        let length = (bx - ax).hypot(by - ay);
        if length <= 0.0 {
            continue;
        }
        let [ux, uy] = [(bx - ax) / length, (by - ay) / length];
        let mut span = [f64::INFINITY, f64::NEG_INFINITY, f64::INFINITY, f64::NEG_INFINITY];
        for place in ring {
            let [x, y] = from(place);
            let (u, v) = (x.mul_add(ux, y * uy), y.mul_add(ux, -(x * uy)));
            span = [span[0].min(u), span[1].max(u), span[2].min(v), span[3].max(v)];
        }
        let (wide, high) = (span[1] - span[0], span[3] - span[2]);
        if best.is_some_and(|(area, _)| area <= wide * high) {
            continue;
        }
        let (u, v) = (f64::midpoint(span[0], span[1]), f64::midpoint(span[2], span[3]));
        let middle = [
            u.mul_add(ux, -(v * uy)) + f64::from(first[0]),
            u.mul_add(uy, v * ux) + f64::from(first[1]),
        ];
        let turned = if wide >= high {
            Turned { middle, along: [ux * wide / 2.0, uy * wide / 2.0], half_width: high / 2.0 }
        } else {
            Turned { middle, along: [-uy * high / 2.0, ux * high / 2.0], half_width: wide / 2.0 }
        };
        best = Some((wide * high, turned));
    }
    best.map(|(_, turned)| turned)
}

/// The upright rectangle of bounds.
pub(super) fn upright(bounds: Bounds) -> Turned {
    let [west, south, east, north] = bounds.0.map(f64::from);
    let middle = [f64::midpoint(west, east), f64::midpoint(south, north)];
    let (wide, high) = ((east - west) / 2.0, (north - south) / 2.0);
    if wide >= high {
        Turned { middle, along: [wide, 0.0], half_width: high }
    } else {
        Turned { middle, along: [0.0, high], half_width: wide }
    }
}

impl Turned {
    pub fn area(&self) -> f64 {
        self.along[0].hypot(self.along[1]) * self.half_width * 4.0
    }

    /// The same with another area: its shorter side changes.
    pub fn with_area(self, area: f64) -> Turned {
        let own = self.area();
        let share = if own > 0.0 { (area / own).clamp(0.0, 1.0) } else { 1.0 };
        Turned { half_width: self.half_width * share, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turned_rectangle_is_its_own_box() {
        // 3-4-5: along (400, 300), across (-60, 80).
        let ring = [[10, 20], [410, 320], [350, 400], [-50, 100]];
        let found = around(&ring).unwrap();
        assert!((found.area() - 500.0 * 100.0).abs() < 1e-6, "{found:?}");
        assert!((found.middle[0] - 180.0).abs() < 1e-9 && (found.middle[1] - 210.0).abs() < 1e-9);
        assert!((found.half_width - 50.0).abs() < 1e-9);
        assert!((double_area(&ring).abs() / 2.0 - 50_000.0).abs() < 1e-6);
        assert!((found.with_area(25_000.0).half_width - 25.0).abs() < 1e-9);
    }

    #[test]
    fn a_ring_without_length_has_no_box() {
        assert_eq!(around(&[[1, 1], [1, 1]]), None);
        assert!((upright(Bounds([0, 0, 2, 8])).along[1] - 4.0).abs() < 1e-12);
    }
}
