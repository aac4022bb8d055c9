//! Arrow heads at the ends of lines.

use super::display::{Item, Shape};
use crate::style::{Color, Heads, Symbol};
use crate::text::Outline;

/// The corners of a head, its tip first.
pub(super) type Head = [[f64; 2]; 3];

/// A line, in page units, cut off behind its heads, and the heads. One that is shorter than its heads
/// has shorter ones.
pub(super) fn with_heads(line: &[[f64; 2]], symbol: Symbol) -> (Vec<[f64; 2]>, Vec<Head>) {
    let mut line = line.to_vec();
    let mut heads = Vec::new();
    if symbol.heads == Heads::None || symbol.stroke_width <= 0.0 {
        return (line, heads);
    }
    let size = Heads::size(symbol.stroke_width).map(f64::from);
    // Both are of the whole line: cutting one end off must not turn the other head.
    let end = symbol.heads.at_end().then(|| head(line.iter().rev().copied(), size)).flatten();
    let start = symbol.heads.at_start().then(|| head(line.iter().copied(), size)).flatten();
    if let Some((head, cut)) = end {
        heads.push(head);
        cut_off(&mut line, cut);
    }
    if let Some((head, cut)) = start {
        heads.push(head);
        line.reverse();
        cut_off(&mut line, cut);
        line.reverse();
    }
    (line, heads)
}

/// The head at the beginning of a line that is given from there on, and how far from there the line
/// is cut off; none for a line without length.
fn head(
    from_tip: impl Iterator<Item = [f64; 2]> + Clone,
    [long, half]: [f64; 2],
) -> Option<(Head, f64)> {
    let tip = from_tip.clone().next()?;
    let length: f64 =
        from_tip.clone().zip(from_tip.clone().skip(1)).map(|(a, b)| apart(a, b)).sum();
    // NaN is no length either.
    if !(length.is_finite() && length > 1e-9) {
        return None;
    }
    let part = (length / long).min(1.0);
    let (long, half) = (long * part, half * part);
    let back = along(from_tip, long)?;
    let [dx, dy] = [tip[0] - back[0], tip[1] - back[1]];
    let straight = dx.hypot(dy);
    // A line that comes back to where it ends within its head points nowhere.
    if straight < 1e-9 {
        return None;
    }
    let [ux, uy] = [dx / straight, dy / straight];
    let foot = [tip[0] - ux * long, tip[1] - uy * long];
    let corner = |side: f64| [foot[0] - uy * half * side, foot[1] + ux * half * side];
    Some(([tip, corner(1.0), corner(-1.0)], long / 2.0))
}

/// The place so far along a line.
fn along(line: impl Iterator<Item = [f64; 2]> + Clone, far: f64) -> Option<[f64; 2]> {
    let mut left = far;
    let mut last = None;
    for (a, b) in line.clone().zip(line.skip(1)) {
        let length = apart(a, b);
        if length >= left && length > 0.0 {
            let share = left / length;
            return Some([a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share]);
        }
        left -= length;
        last = Some(b);
    }
    last
}

/// Takes so much off the end of a line.
fn cut_off(line: &mut Vec<[f64; 2]>, far: f64) {
    let mut left = far;
    while let [.., a, b] = line.as_slice() {
        let (a, b) = (*a, *b);
        let length = apart(a, b);
        line.pop();
        if length > left {
            let share = left / length;
            line.push([b[0] + (a[0] - b[0]) * share, b[1] + (a[1] - b[1]) * share]);
            return;
        }
        left -= length;
    }
}

fn apart(a: [f64; 2], b: [f64; 2]) -> f64 {
    (b[0] - a[0]).hypot(b[1] - a[1])
}

/// Draws a head.
pub(super) fn push_head(head: &Head, color: Color, to: &mut Vec<Item>) {
    let outline = Outline::polygon(&head.map(narrowed));
    to.push(Item::Shape(Shape { outline, fill: Some(color), stroke: None }));
}

/// A place on the page, with the digits that a page has.
#[expect(clippy::cast_possible_truncation, reason = "on the page")]
pub(super) fn narrowed(place: [f64; 2]) -> [f32; 2] {
    place.map(|value| value as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbol(heads: Heads) -> Symbol {
        Symbol { heads, stroke_width: 2.0, ..Symbol::default() }
    }

    fn near(a: [f64; 2], b: [f64; 2]) {
        assert!(apart(a, b) < 1e-6, "{a:?} {b:?}");
    }

    #[test]
    fn a_head_points_where_the_line_goes_and_the_line_ends_inside_it() {
        // 10 long and 4.4 to each side.
        let line = [[0.0, 0.0], [50.0, 0.0], [50.0, 30.0]];
        let (cut, heads) = with_heads(&line, symbol(Heads::End));
        assert_eq!(heads.len(), 1);
        near(heads[0][0], [50.0, 30.0]);
        near(heads[0][1], [45.6, 20.0]);
        near(heads[0][2], [54.4, 20.0]);
        near(*cut.last().unwrap_or(&[0.0; 2]), [50.0, 25.0]);
        let (cut, heads) = with_heads(&line, symbol(Heads::Both));
        assert_eq!((cut.len(), heads.len()), (3, 2));
        near(heads[1][0], [0.0, 0.0]);
        near(cut[0], [5.0, 0.0]);
        assert_eq!(with_heads(&line, symbol(Heads::None)), (line.to_vec(), Vec::new()));
    }

    #[test]
    fn a_short_line_has_a_short_head_and_none_without_length() {
        let (cut, heads) = with_heads(&[[0.0, 0.0], [4.0, 0.0]], symbol(Heads::End));
        near(heads[0][1], [0.0, 1.76]);
        near(*cut.last().unwrap_or(&[9.0; 2]), [2.0, 0.0]);
        assert_eq!(with_heads(&[[1.0, 1.0], [1.0, 1.0]], symbol(Heads::End)).1, Vec::<Head>::new());
        // Several corners within the head: it points along the whole of them.
        let (_, heads) = with_heads(&[[0.0, 0.0], [10.0, 0.0], [10.0, 0.1]], symbol(Heads::End));
        assert!(heads[0][1][0] < 1.0, "{heads:?}");
    }
}
