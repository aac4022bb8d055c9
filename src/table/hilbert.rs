//! Items in the order of a Hilbert curve through their places: near in the list, near on the map.

use crate::jobs::{Cancelled, Watch, cores, in_parallel};

/// How many items are worth a piece of parallel work.
const PIECE: usize = 65_536;

/// The Hilbert curve of 2^16 by 2^16 cells over a rectangle.
pub(super) struct Curve {
    corner: [f32; 2],
    /// Cells per unit.
    scale: [f32; 2],
}

impl Curve {
    pub(super) fn over([west, south, east, north]: [f32; 4]) -> Curve {
        // A side without length, or one beyond all numbers, has one cell.
        let scale = |side: f32| if side > 0.0 && side.is_finite() { 65_535.0 / side } else { 0.0 };
        Curve { corner: [west, south], scale: [scale(east - west), scale(north - south)] }
    }

    /// How far along the curve a position lies.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates")]
    #[inline]
    pub(super) fn place(&self, [x, y]: [f32; 2]) -> u32 {
        let x = ((x - self.corner[0]) * self.scale[0]) as u16;
        let y = ((y - self.corner[1]) * self.scale[1]) as u16;
        along_curve(x, y)
    }
}

/// How far along the curve a cell is.
#[inline]
fn along_curve(x: u16, y: u16) -> u32 {
    let mut along = 0;
    let mut turn = 0;
    for shift in [12, 8, 4, 0] {
        let digit = usize::from((x >> shift & 15) << 4 | y >> shift & 15);
        // Both in range: four turns, four bits of each.
        let step = STEPS.get(turn).and_then(|steps| steps.get(digit)).copied().unwrap_or_default();
        along = along << 8 | u32::from(step.0);
        turn = usize::from(step.1);
    }
    along
}

/// For each way the square may be turned and four bits of x and of y: how far along the curve of
/// 16 by 16 cells that is, and how the square is turned inside that cell.
static STEPS: [[(u8, u8); 256]; 4] = steps();

/// The curve taken bit by bit: for each the quarter that holds the cell, the square turned so
/// that each quarter starts where the one before ended (Hilbert, "Über die stetige Abbildung einer
/// Linie auf ein Flächenstück", 1891). A turn is whether x and y are exchanged (1) and whether
/// both run the other way (2).
#[expect(clippy::indexing_slicing, reason = "known when compiled")]
#[expect(clippy::cast_possible_truncation, reason = "small numbers")]
const fn steps() -> [[(u8, u8); 256]; 4] {
    let mut steps = [[(0, 0); 256]; 4];
    let mut start = 0;
    while start < 4 {
        let mut digit = 0;
        while digit < 256 {
            let (mut turn, mut along, mut bit) = (start, 0, 4);
            while bit > 0 {
                bit -= 1;
                let (x, y) = (digit >> (4 + bit) & 1, digit >> bit & 1);
                let (x, y) = if turn & 1 == 1 { (y, x) } else { (x, y) };
                let (x, y) = if turn & 2 == 2 { (1 - x, 1 - y) } else { (x, y) };
                along = along << 2 | ((3 * x) ^ y);
                if y == 0 {
                    turn ^= if x == 1 { 3 } else { 1 };
                }
            }
            steps[start][digit] = (along as u8, turn as u8);
            digit += 1;
        }
        start += 1;
    }
    steps
}

/// How many bits a pass of the sort looks at, and how many passes the places need.
const DIGIT: u32 = 11;
const PASSES: u32 = 3;

/// The items from 0 to `count` in the order of their places along the curve; those without a
/// place are left out. Items of one place come in their own order.
///
/// # Errors
/// When the person cancelled.
pub(super) fn in_order(
    count: u32,
    place: impl Fn(u32) -> Option<u32> + Sync,
    watch: &Watch,
) -> Result<Vec<u32>, Cancelled> {
    // A large piece for each core: every piece more is a way more to merge.
    let share = (count as usize).div_ceil(cores()).max(PIECE);
    let pieces = (0..count as usize).step_by(share).map(|start| {
        let start = as_u32(start);
        start..start.saturating_add(as_u32(share)).min(count)
    });
    let sorted =
        in_parallel(pieces, |items| {
            watch.check()?;
            let mut keys: Vec<u64> = Vec::with_capacity(items.len());
            keys.extend(items.filter_map(|item| {
                place(item).map(|place| u64::from(place) << 32 | u64::from(item))
            }));
            watch.check()?;
            Ok(sorted(keys))
        });
    let pieces = sorted.into_iter().collect::<Result<Vec<Vec<u64>>, Cancelled>>()?;
    merged(&pieces, watch)
}

/// Items past 32 bits are left out; no table has so many.
pub(super) fn as_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Sorted by the place in the upper half; the keys come in the order of their lower half. Digit by
/// digit, the least first (Knuth, "The Art of Computer Programming" 3, section 5.2.5).
fn sorted(mut keys: Vec<u64>) -> Vec<u64> {
    let mut other = vec![0; keys.len()];
    for pass in 0..PASSES {
        let digit = |key: u64| ((key >> (32 + DIGIT * pass)) & ((1 << DIGIT) - 1)) as usize;
        let mut next = [0_usize; 1 << DIGIT];
        for key in &keys {
            if let Some(count) = next.get_mut(digit(*key)) {
                *count += 1;
            }
        }
        if next.contains(&keys.len()) {
            // All have the same digit.
            continue;
        }
        let mut start = 0;
        for next in &mut next {
            start += std::mem::replace(next, start);
        }
        for key in &keys {
            if let Some(next) = next.get_mut(digit(*key))
                && let Some(slot) = other.get_mut(*next)
            {
                *slot = *key;
                *next += 1;
            }
        }
        std::mem::swap(&mut keys, &mut other);
    }
    keys
}

/// The items of sorted pieces in the order of all: each core merges a stretch of the curve.
#[expect(clippy::stable_sort_primitive, reason = "it finds the runs and only merges them")]
fn merged(pieces: &[Vec<u64>], watch: &Watch) -> Result<Vec<u32>, Cancelled> {
    let item = |key: &u64| as_u32(usize::try_from(key & u64::from(u32::MAX)).unwrap_or(0));
    if let [only] = pieces {
        return Ok(only.iter().map(item).collect());
    }
    let ends = stretches(pieces);
    let starts = std::iter::once(0).chain(ends.iter().copied());
    let stretches: Vec<_> = starts.zip(ends.iter().copied()).collect();
    let merged = in_parallel(stretches, |(start, end)| {
        watch.check()?;
        let parts = pieces.iter().map(|piece| {
            let place = |key: u64| piece.partition_point(|other| *other < key);
            piece.get(place(start)..place(end)).unwrap_or_default()
        });
        let mut keys = parts.collect::<Vec<_>>().concat();
        keys.sort();
        Ok(keys.iter().map(item).collect::<Vec<u32>>())
    });
    Ok(merged.into_iter().collect::<Result<Vec<_>, Cancelled>>()?.concat())
}

/// The ends of as many stretches of the curve as there are pieces, each with about as many keys
/// of all pieces; the last ends behind all.
fn stretches(pieces: &[Vec<u64>]) -> Vec<u64> {
    const SAMPLES: usize = 64;
    let samples = |piece: &Vec<u64>| {
        let step = (piece.len() / SAMPLES).max(1);
        piece.iter().step_by(step).copied().collect::<Vec<u64>>()
    };
    let mut samples: Vec<u64> = pieces.iter().flat_map(samples).collect();
    samples.sort_unstable();
    let count = pieces.len();
    let ends = (1..count).filter_map(|at| samples.get(at * samples.len() / count.max(1)).copied());
    // No key is as large: there are fewer items than 32 bits can count.
    ends.chain(std::iter::once(u64::MAX)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The curve passes every cell once and goes only from a cell to one beside it.
    #[test]
    fn the_curve_goes_from_neighbour_to_neighbour() {
        let side = 32_u16;
        let cells = (0..side).flat_map(|x| (0..side).map(move |y| (along_curve(x, y), x, y)));
        let mut cells: Vec<_> = cells.collect();
        cells.sort_unstable();
        for pair in cells.windows(2) {
            let [(a, ax, ay), (b, bx, by)] = pair else { panic!("two") };
            assert_eq!(a + 1, *b);
            assert_eq!(ax.abs_diff(*bx) + ay.abs_diff(*by), 1, "{a}");
        }
    }

    /// Against the standard library's sort, with places that are all the same, few, or any.
    #[test]
    fn items_come_in_the_order_of_their_places() {
        for count in [0_u32, 1, 70_000, 200_000] {
            for places in [1, 3, 1 << 12, u32::MAX] {
                let place =
                    |item: u32| (item % 7 != 3).then(|| item.wrapping_mul(2_654_435_761) % places);
                let mut wanted: Vec<u32> =
                    (0..count).filter(|item| place(*item).is_some()).collect();
                wanted.sort_by_key(|item| place(*item));
                let found = in_order(count, place, &Watch::unwatched());
                assert!(found == Ok(wanted), "{count} {places}");
            }
        }
        let watch = Watch::unwatched();
        watch.cancel();
        assert_eq!(in_order(10, Some, &watch), Err(Cancelled));
    }
}
