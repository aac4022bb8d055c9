//! Streets put together: the lines of one name that touch at their ends become long runs.

use std::collections::HashMap;

/// Ends nearer than this are one place, metres of Web Mercator.
const SAME_PLACE: f64 = 0.02;

/// Where more than two lines of a name meet, those go on into each other that turn less than
/// this: 60 degrees.
const MOST_TURN: f64 = std::f64::consts::FRAC_PI_3;

/// A line of a row, with the number of its text.
#[derive(Clone, Debug)]
pub(crate) struct NamedLine {
    pub text: u32,
    pub row: u32,
    pub xy: Vec<[f64; 2]>,
}

/// Lines of one name put together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Run {
    pub text: u32,
    /// The rows it is made of, ascending.
    pub rows: Vec<u32>,
    pub xy: Vec<[f64; 2]>,
    /// Its length, metres of Web Mercator.
    pub length: f64,
}

/// An end of a line: its number, and whether it is the last end.
type End = (usize, bool);

/// Puts lines together. What comes out depends on the lines and their order alone.
pub(crate) fn runs(mut lines: Vec<NamedLine>) -> Vec<Run> {
    lines.retain(|line| line.xy.len() > 1);
    lines.sort_by_key(|line| (line.text, line.row));
    let partners = partners(&lines);
    let mut used = vec![false; lines.len()];
    let mut runs = Vec::new();
    // First from free ends; what is left are rings.
    for only_free in [true, false] {
        for number in 0..lines.len() {
            let free =
                [false, true].into_iter().find(|end| !partners.contains_key(&(number, *end)));
            let start = free.or((!only_free).then_some(false));
            if let Some(start) = start
                && used.get(number) == Some(&false)
            {
                runs.extend(walk(&lines, &partners, &mut used, (number, start)));
            }
        }
    }
    runs
}

/// The line from an end on, through all partners.
fn walk(
    lines: &[NamedLine],
    partners: &HashMap<End, End>,
    used: &mut [bool],
    start: End,
) -> Option<Run> {
    let text = lines.get(start.0)?.text;
    let mut run = Run { text, rows: Vec::new(), xy: Vec::new(), length: 0.0 };
    let mut next = Some(start);
    while let Some((number, is_last)) = next {
        let (Some(line), Some(is_used)) = (lines.get(number), used.get_mut(number)) else { break };
        if std::mem::replace(is_used, true) {
            break;
        }
        run.rows.push(line.row);
        let skipped = usize::from(!run.xy.is_empty());
        if is_last {
            run.xy.extend(line.xy.iter().rev().skip(skipped));
        } else {
            run.xy.extend(line.xy.iter().skip(skipped));
        }
        next = partners.get(&(number, !is_last)).copied();
    }
    run.rows.sort_unstable();
    run.rows.dedup();
    let steps = run.xy.iter().zip(run.xy.iter().skip(1));
    run.length = steps.map(|(a, b)| (b[0] - a[0]).hypot(b[1] - a[1])).sum();
    (run.length > 0.0).then_some(run)
}

/// Which end goes on into which.
fn partners(lines: &[NamedLine]) -> HashMap<End, End> {
    let mut places: HashMap<(u32, [i64; 2]), Vec<End>> = HashMap::new();
    for (number, line) in lines.iter().enumerate() {
        let ends = [line.xy.first().map(|at| (at, false)), line.xy.last().map(|at| (at, true))];
        for (at, is_last) in ends.into_iter().flatten() {
            places.entry((line.text, place(*at))).or_default().push((number, is_last));
        }
    }
    let mut partners = HashMap::new();
    let mut join = |a: End, b: End| {
        partners.insert(a, b);
        partners.insert(b, a);
    };
    for ends in places.into_values() {
        match ends.as_slice() {
            [a, b] if a.0 != b.0 => join(*a, *b),
            [] | [_] | [_, _] => {}
            // Many lines without a name in common end in one place only where data are odd.
            many if many.len() > 12 => {}
            many => straightest(lines, many).into_iter().for_each(|(a, b)| join(a, b)),
        }
    }
    partners
}

/// The pairs of ends that turn least, each end in one pair at most.
fn straightest(lines: &[NamedLine], ends: &[End]) -> Vec<(End, End)> {
    let mut pairs: Vec<(f64, End, End)> = Vec::new();
    for (at, a) in ends.iter().enumerate() {
        for b in ends.iter().skip(at + 1).filter(|b| b.0 != a.0) {
            let turn = outward(lines, *a).zip(outward(lines, *b)).map(|(a, b)| {
                // Straight on, the two directions are opposite.
                let apart = (a - b).rem_euclid(std::f64::consts::TAU);
                (apart - std::f64::consts::PI).abs()
            });
            pairs.extend(turn.filter(|turn| *turn < MOST_TURN).map(|turn| (turn, *a, *b)));
        }
    }
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken: Vec<End> = Vec::new();
    let mut chosen = Vec::new();
    for (_, a, b) in pairs {
        if !taken.contains(&a) && !taken.contains(&b) {
            taken.extend([a, b]);
            chosen.push((a, b));
        }
    }
    chosen
}

/// The direction of a line away from its end.
fn outward(lines: &[NamedLine], (number, is_last): End) -> Option<f64> {
    let xy = &lines.get(number)?.xy;
    let mut from_end: Box<dyn Iterator<Item = &[f64; 2]>> =
        if is_last { Box::new(xy.iter().rev()) } else { Box::new(xy.iter()) };
    let end = from_end.next()?;
    let is_apart = |at: &&[f64; 2]| (at[0] - end[0]).abs() + (at[1] - end[1]).abs() > 0.0;
    let next = from_end.find(is_apart)?;
    Some((next[1] - end[1]).atan2(next[0] - end[0]))
}

#[expect(clippy::cast_possible_truncation, reason = "metres of Web Mercator")]
fn place(at: [f64; 2]) -> [i64; 2] {
    at.map(|value| (value / SAME_PLACE).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: u32, row: u32, xy: &[[f64; 2]]) -> NamedLine {
        NamedLine { text, row, xy: xy.to_vec() }
    }

    #[test]
    fn segments_of_a_street_become_one_run_whatever_their_direction() {
        let found = runs(vec![
            line(0, 2, &[[20.0, 0.0], [30.0, 5.0]]),
            line(0, 0, &[[0.0, 0.0], [10.0, 0.0]]),
            line(0, 1, &[[20.0, 0.0], [10.0, 0.0]]),
            line(1, 3, &[[30.0, 5.0], [40.0, 5.0]]),
            line(0, 4, &[[100.0, 0.0], [110.0, 0.0]]),
        ]);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].rows, [0, 1, 2]);
        assert_eq!(found[0].xy, [[0.0, 0.0], [10.0, 0.0], [20.0, 0.0], [30.0, 5.0]]);
        assert!((found[0].length - 20.0 - 125_f64.sqrt()).abs() < 1e-9);
        assert_eq!((found[1].rows.as_slice(), found[2].text), (&[4][..], 1));
    }

    #[test]
    fn at_a_crossing_the_straight_way_goes_on_and_rings_end() {
        let found = runs(vec![
            line(0, 0, &[[0.0, 0.0], [10.0, 0.0]]),
            line(0, 1, &[[10.0, 0.0], [10.0, 9.0]]),
            line(0, 2, &[[10.0, 0.0], [20.0, 1.0]]),
        ]);
        let rows: Vec<&[u32]> = found.iter().map(|run| run.rows.as_slice()).collect();
        assert_eq!(rows, [&[0, 2][..], &[1]]);
        let ring = runs(vec![
            line(0, 0, &[[0.0, 0.0], [10.0, 0.0]]),
            line(0, 1, &[[10.0, 0.0], [5.0, 9.0]]),
            line(0, 2, &[[5.0, 9.0], [0.0, 0.0]]),
            line(0, 3, &[[50.0, 0.0], [60.0, 0.0], [50.0, 9.0], [50.0, 0.0]]),
            line(0, 4, &[[7.0, 7.0]]),
        ]);
        assert_eq!(ring.iter().map(|run| run.rows.len()).collect::<Vec<_>>(), [1, 3]);
    }
}
