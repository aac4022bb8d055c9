//! What of a very large line or ring lies in a window, so that only that much is made ready.

use crate::map::scene::{Bounds, Place};

/// Appends the part of a ring that lies in the window: Sutherland and Hodgman (1974), "Reentrant
/// polygon clipping". Where the ring is cut, it goes along the window's edge.
pub(super) fn ring(ring: &[Place], window: Bounds, out: &mut Vec<Place>) {
    let [west, south, east, north] = window.0;
    let mut from = ring.to_vec();
    let mut to = Vec::new();
    for (axis, limit, keeps_above) in
        [(0, west, true), (0, east, false), (1, south, true), (1, north, false)]
    {
        to.clear();
        let along = |place: Place| if axis == 0 { place[0] } else { place[1] };
        let is_in = |place: Place| (along(place) >= limit) == keeps_above || along(place) == limit;
        let mut before = from.last().copied();
        for place in from.iter().copied() {
            if let Some(before) = before
                && is_in(before) != is_in(place)
            {
                to.push(crossing(before, place, axis, limit));
            }
            if is_in(place) {
                to.push(place);
            }
            before = Some(place);
        }
        std::mem::swap(&mut from, &mut to);
    }
    out.append(&mut from);
}

/// Where a segment crosses a limit.
#[expect(clippy::cast_possible_truncation, reason = "between two whole numbers of 32 bits")]
fn crossing(a: Place, b: Place, axis: usize, limit: i32) -> Place {
    let [from, to] = if axis == 0 { [a[0], b[0]] } else { [a[1], b[1]] }.map(f64::from);
    let share = (f64::from(limit) - from) / (to - from);
    let between =
        |a: i32, b: i32| (f64::from(b) - f64::from(a)).mul_add(share, f64::from(a)).round() as i32;
    if axis == 0 { [limit, between(a[1], b[1])] } else { [between(a[0], b[0]), limit] }
}

/// The runs of a line whose segments may come into the window, each with the vertices before and
/// after.
pub(super) fn runs(line: &[Place], window: Bounds) -> Vec<std::ops::Range<usize>> {
    let [west, south, east, north] = window.0;
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, pair) in line.windows(2).enumerate() {
        let Bounds([w, s, e, n]) = Bounds::of(pair);
        if w > east || e < west || s > north || n < south {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end > at => last.end = at + 2,
            _ => found.push(at..at + 2),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::boxes::double_area;
    use super::*;

    #[test]
    fn a_clipped_ring_has_the_area_in_the_window() {
        let window = Bounds([-10, -10, 10, 10]);
        let mut out = Vec::new();
        // A diamond of radius 15: the square less four corners of side 5.
        ring(&[[15, 0], [0, 15], [-15, 0], [0, -15]], window, &mut out);
        out.push(out[0]);
        assert!((double_area(&out) / 2.0 - (400.0 - 4.0 * 12.5)).abs() < 1e-9, "{out:?}");
        out.clear();
        ring(&[[100, 0], [0, 100], [100, 100]], window, &mut out);
        assert!(out.is_empty());
        ring(&[[-99, -99], [99, -99], [99, 99], [-99, 99]], window, &mut out);
        assert_eq!(Bounds::of(&out), window);
    }

    #[test]
    fn runs_leave_out_what_is_outside() {
        let line: Vec<Place> = (0..100).map(|at| [at * 10, (at % 2) * 4]).collect();
        assert_eq!(runs(&line, Bounds([95, -1, 125, 5])), vec![9..14]);
        let back = [[0, 0], [50, 0], [50, 90], [0, 90], [0, 1]];
        assert_eq!(runs(&back, Bounds([-5, -5, 5, 5])), vec![0..2, 3..5]);
    }
}
