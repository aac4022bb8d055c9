//! Cutting lines and rings to a rectangle, so that a feature far larger than the page costs no
//! more than one that fits, and no position is too far away for a writer.

/// Left, top, right, bottom.
pub(super) type Rect = [f64; 4];

/// A ring cut to a rectangle, by Sutherland and Hodgman ("Reentrant polygon clipping",
/// Communications of the ACM 17, 1974): parts outside collapse onto its edges, so the inside stays
/// right under the even-odd rule. Put the rectangle so far out that its edges are not seen.
pub(super) fn clip_ring(ring: &[[f64; 2]], rect: Rect) -> Vec<[f64; 2]> {
    let [left, top, right, bottom] = rect;
    if ring.iter().all(|[x, y]| left <= *x && *x <= right && top <= *y && *y <= bottom) {
        return ring.to_vec();
    }
    let mut points = ring.to_vec();
    for (axis, sign, limit) in [(0, 1.0, left), (0, -1.0, right), (1, 1.0, top), (1, -1.0, bottom)]
    {
        points = clip_side(&points, |[x, y]| sign * (if axis == 0 { x } else { y } - limit));
    }
    points
}

/// Cuts a ring to one side: `depth` is how far inside a point lies, negative outside.
fn clip_side(ring: &[[f64; 2]], depth: impl Fn([f64; 2]) -> f64) -> Vec<[f64; 2]> {
    let mut kept = Vec::with_capacity(ring.len() + 4);
    let Some(mut before) = ring.last().copied() else { return kept };
    for point in ring.iter().copied() {
        let (was, is) = (depth(before), depth(point));
        if (was < 0.0) != (is < 0.0) {
            kept.push(between(before, point, was / (was - is)));
        }
        if is >= 0.0 {
            kept.push(point);
        }
        before = point;
    }
    kept
}

fn between([x1, y1]: [f64; 2], [x2, y2]: [f64; 2], share: f64) -> [f64; 2] {
    [x1 + (x2 - x1) * share, y1 + (y2 - y1) * share]
}

/// The pieces of a line inside a rectangle, each segment cut after Liang and Barsky ("A new
/// concept and method for line clipping", ACM Transactions on Graphics 3, 1984).
pub(super) fn clip_line(line: &[[f64; 2]], rect: Rect) -> Vec<Vec<[f64; 2]>> {
    let mut pieces: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut open = false;
    for (from, to) in line.iter().copied().zip(line.iter().copied().skip(1)) {
        let Some((enter, leave)) = inside_share(from, to, rect) else {
            open = false;
            continue;
        };
        match pieces.last_mut() {
            Some(piece) if open && enter <= 0.0 => piece.push(between(from, to, leave)),
            _ => pieces.push(vec![between(from, to, enter), between(from, to, leave)]),
        }
        open = leave >= 1.0;
    }
    pieces
}

/// From which share of a segment to which it lies inside.
fn inside_share([x1, y1]: [f64; 2], [x2, y2]: [f64; 2], rect: Rect) -> Option<(f64, f64)> {
    let [left, top, right, bottom] = rect;
    let (dx, dy) = (x2 - x1, y2 - y1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (run, room) in [(-dx, x1 - left), (dx, right - x1), (-dy, y1 - top), (dy, bottom - y1)] {
        if run < 0.0 {
            enter = enter.max(room / run);
        } else if run > 0.0 {
            leave = leave.min(room / run);
        } else if room < 0.0 {
            return None;
        }
    }
    (enter <= leave).then_some((enter, leave))
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECT: Rect = [0.0, 0.0, 10.0, 10.0];

    fn area(ring: &[[f64; 2]]) -> f64 {
        let next = ring.iter().cycle().skip(1);
        ring.iter().zip(next).map(|([x1, y1], [x2, y2])| (x1 * y2 - x2 * y1) / 2.0).sum()
    }

    #[test]
    fn a_ring_keeps_the_area_inside() {
        let inside = [[1.0, 1.0], [9.0, 1.0], [9.0, 9.0]];
        assert_eq!(clip_ring(&inside, RECT), inside);
        let around = [[-50.0, -50.0], [50.0, -50.0], [50.0, 50.0], [-50.0, 50.0]];
        assert!((area(&clip_ring(&around, RECT)) - 100.0).abs() < 1e-9);
        let corner = [[5.0, 5.0], [25.0, 5.0], [25.0, 25.0], [5.0, 25.0]];
        assert!((area(&clip_ring(&corner, RECT)) - 25.0).abs() < 1e-9);
        let away = [[20.0, 20.0], [30.0, 20.0], [30.0, 30.0]];
        assert!(area(&clip_ring(&away, RECT)).abs() < 1e-9);
        assert!(clip_ring(&[], RECT).is_empty());
    }

    #[test]
    fn a_line_becomes_its_pieces_inside() {
        let through = [[-5.0, 5.0], [5.0, 5.0], [5.0, 15.0], [8.0, 15.0], [8.0, -5.0]];
        let pieces = clip_line(&through, RECT);
        assert_eq!(
            pieces,
            [vec![[0.0, 5.0], [5.0, 5.0], [5.0, 10.0]], vec![[8.0, 10.0], [8.0, 0.0]]]
        );
        assert!(clip_line(&[[-1.0, -1.0], [-1.0, 20.0]], RECT).is_empty());
        assert!(clip_line(&[[1.0, 1.0]], RECT).is_empty());
    }
}
