//! The faces of a MultiPatch, ESRI's surface in three dimensions (white paper, July 1998, page 20).

use std::ops::Range;

/// The faces: of each its rings, of each ring its positions by number. Runs and kinds go together;
/// a part of an unknown kind is a ring of its own.
pub(super) fn faces(kinds: &[i32], runs: &[Range<usize>]) -> Vec<Vec<Vec<usize>>> {
    let mut faces: Vec<Vec<Vec<usize>>> = Vec::new();
    for (kind, run) in kinds.iter().zip(runs).filter(|(_, run)| !run.is_empty()) {
        let all: Vec<usize> = run.clone().collect();
        match kind {
            // A strip: every other triangle is turned, so that all show the same side.
            0 => faces.extend(all.windows(3).enumerate().filter_map(|(at, three)| match three {
                [a, b, c] if at % 2 == 0 => Some(vec![vec![*a, *b, *c]]),
                [a, b, c] => Some(vec![vec![*b, *a, *c]]),
                _ => None,
            })),
            // A fan around its first position.
            1 => {
                let Some((centre, around)) = all.split_first() else { continue };
                let pairs = around.windows(2).filter_map(|two| match two {
                    [a, b] => Some(vec![vec![*centre, *a, *b]]),
                    _ => None,
                });
                faces.extend(pairs);
            }
            // An inner ring, or one that follows a first ring.
            3 | 5 if !faces.is_empty() => {
                if let Some(face) = faces.last_mut() {
                    face.push(all);
                }
            }
            _ => faces.push(vec![all]),
        }
    }
    faces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strips_and_fans_become_triangles_and_rings_stay_together() {
        let runs = [0..4, 4..8, 8..12, 12..16, 16..20];
        let made = faces(&[0, 1, 4, 5, 99], &runs);
        let expected = vec![
            vec![vec![0, 1, 2]],
            vec![vec![2, 1, 3]],
            vec![vec![4, 5, 6]],
            vec![vec![4, 6, 7]],
            vec![vec![8, 9, 10, 11], vec![12, 13, 14, 15]],
            vec![vec![16, 17, 18, 19]],
        ];
        assert_eq!(made, expected);
    }
}
