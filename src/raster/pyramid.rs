//! Smaller copies of an image, made in memory where the file has none that are small enough.

use super::levels::{Level, Raster};
use super::pixels::{Pixels, Window};
use crate::jobs::{Watch, in_parallel};
use crate::problem::FileError;

/// The most pixels of the largest copy.
const MOST_PIXELS: u64 = 16 << 20;

/// A copy whose longer side is no longer than this is the last.
const SMALLEST: u32 = 256;

/// The file's own copies are small enough when the longer side of one is no longer than this.
const SMALL_ENOUGH: u32 = 2048;

/// How many pixels are read at a time by one thread, about.
const PIECE: u32 = 4 << 20;

/// How wide a piece of an image of tiles is, about.
const PIECE_SIDE: u32 = 2048;

/// The copies that are missing below the smallest of the file's.
pub(super) fn build(raster: &Raster, watch: &Watch) -> Result<Vec<Level>, FileError> {
    let Some(coarsest) = raster.levels.last() else { return Ok(Vec::new()) };
    let mut levels = Vec::new();
    let longer = |size: [u32; 2]| size[0].max(size[1]);
    if longer(coarsest.size) <= SMALL_ENOUGH / 4
        || (raster.levels.len() > 1 && longer(coarsest.size) <= SMALL_ENOUGH)
    {
        return Ok(levels);
    }
    let factor = first_factor(coarsest.size);
    let first = from_file(raster, coarsest, factor, watch)?;
    let scale = coarsest.scale.map(|scale| scale * f64::from(factor));
    levels.push(Raster::built(first, scale));
    while let Some(last) = levels.last().filter(|level| longer(level.size) > SMALLEST) {
        let window = raster.window(last, [0, 0], last.size);
        let scale = last.scale.map(|scale| scale * 2.0);
        levels.push(Raster::built(compact(reduced(&window, 2)), scale));
    }
    Ok(levels)
}

/// By how much the first copy is smaller: a power of two.
fn first_factor([width, height]: [u32; 2]) -> u32 {
    let mut factor = 2;
    while u64::from(width.div_ceil(factor)) * u64::from(height.div_ceil(factor)) > MOST_PIXELS
        && factor < 1 << 16
    {
        factor *= 2;
    }
    factor
}

/// A copy made from blocks of the file, on all cores.
fn from_file(
    raster: &Raster,
    level: &Level,
    factor: u32,
    watch: &Watch,
) -> Result<Pixels, FileError> {
    let [width, height] = level.size;
    let pieces = pieces(level.size, raster.grid_of(level).map_or(0, |grid| grid.block[0]), factor);
    watch.set_total(pieces.len() as u64);
    let made = in_parallel(pieces, |(at, size)| {
        watch.check().map_err(|_| FileError::cancelled(&raster.file.path))?;
        let small = compact(reduced(&raster.window(level, at, size), factor));
        watch.advance(1);
        Ok::<_, FileError>((at.map(|at| at / factor), small))
    });
    let mut whole = Window::new([0, 0], [width.div_ceil(factor), height.div_ceil(factor)]);
    for piece in made {
        let (at, small) = piece?;
        whole.put(at, &small);
    }
    Ok(compact(whole))
}

/// A piece: where it begins and how large it is.
type Piece = ([u32; 2], [u32; 2]);

/// The pieces an image is read in: whole rows where its blocks are, else squares; they begin where
/// a pixel of the copy begins.
fn pieces([width, height]: [u32; 2], block: u32, factor: u32) -> Vec<Piece> {
    let whole = |pixels: u32| (pixels / factor).max(1).saturating_mul(factor);
    let across = if block >= width && width <= PIECE / factor {
        whole(width.saturating_add(factor - 1))
    } else {
        whole(PIECE_SIDE)
    };
    let down = whole((PIECE / across.max(1)).min(PIECE_SIDE));
    let part = |at: u32, step: u32, end: u32| step.min(end - at);
    let rows = (0..height).step_by(down as usize);
    rows.flat_map(|y| {
        let columns = (0..width).step_by(across as usize);
        columns.map(move |x| ([x, y], [part(x, across, width), part(y, down, height)]))
    })
    .collect()
}

/// A window made smaller: each pixel the mean of those it stands for, the transparent ones left
/// out; its opacity is the mean of theirs.
pub(super) fn reduced(window: &Window, factor: u32) -> Window {
    let [width, height] = window.size;
    let size = [width.div_ceil(factor), height.div_ceil(factor)];
    let mut small = Window { is_opaque: window.is_opaque, ..Window::new([0, 0], size) };
    if window.rgba.is_empty() {
        return small;
    }
    small.rgba = vec![[0; 4]; (size[0] as usize).saturating_mul(size[1] as usize)];
    let (across, step) = (width as usize, factor as usize);
    let mut sums = vec![[0_u64; 5]; size[0] as usize];
    let bands = window.rgba.chunks(across.saturating_mul(step).max(1));
    for (band, target) in bands.zip(small.rgba.chunks_mut((size[0] as usize).max(1))) {
        sums.fill([0; 5]);
        for row in band.chunks(across.max(1)) {
            for (pixels, sum) in row.chunks(step).zip(&mut sums) {
                for [red, green, blue, alpha] in pixels {
                    let weight = u64::from(*alpha);
                    sum[0] += u64::from(*red) * weight;
                    sum[1] += u64::from(*green) * weight;
                    sum[2] += u64::from(*blue) * weight;
                    sum[3] += weight;
                    sum[4] += 1;
                }
            }
        }
        for (pixel, [red, green, blue, weight, count]) in target.iter_mut().zip(&sums) {
            let mean = |sum: u64, of: u64| {
                u8::try_from((sum + of / 2).checked_div(of).unwrap_or(0)).unwrap_or(u8::MAX)
            };
            *pixel = [
                mean(*red, *weight),
                mean(*green, *weight),
                mean(*blue, *weight),
                mean(*weight, *count),
            ];
        }
    }
    small
}

/// A window in as few bytes as hold it.
fn compact(window: Window) -> Pixels {
    if window.rgba.is_empty() {
        return Pixels::nothing(window.size[0], window.size[1]);
    }
    let is_opaque = window.rgba.iter().all(|[.., alpha]| *alpha == 255);
    let is_grey = window.rgba.iter().all(|[red, green, blue, _]| red == green && green == blue);
    let [width, height] = window.size;
    let (channels, data) = match (is_grey, is_opaque) {
        (true, true) => (1, window.rgba.iter().map(|[grey, ..]| *grey).collect()),
        (true, false) => {
            (2, window.rgba.iter().flat_map(|[grey, _, _, alpha]| [*grey, *alpha]).collect())
        }
        (false, true) => (
            3,
            window.rgba.iter().flat_map(|[red, green, blue, _]| [*red, *green, *blue]).collect(),
        ),
        (false, false) => (4, window.rgba.into_flattened()),
    };
    Pixels { width, height, channels, data }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_what_is_there() {
        let mut window = Window::new([0, 0], [3, 3]);
        let seen = [
            [10, 0, 0, 255],
            [20, 0, 0, 255],
            [7, 8, 9, 255],
            [30, 0, 0, 255],
            [99, 99, 99, 0],
            [9, 8, 7, 255],
            [0, 0, 0, 0],
            [0, 0, 0, 0],
            [50, 60, 70, 127],
        ];
        window.rgba = seen.to_vec();
        let small = reduced(&window, 2);
        assert_eq!(small.size, [2, 2]);
        assert_eq!(small.rgba, [[20, 0, 0, 191], [8, 8, 8, 255], [0, 0, 0, 0], [50, 60, 70, 127]]);
        assert_eq!(compact(small).channels, 4);
    }

    #[test]
    fn pieces_cover_the_image_and_begin_with_a_pixel_of_the_copy() {
        for (size, block, factor) in [
            ([5000, 3000], 256, 4),
            ([20_000, 9000], 20_000, 8),
            ([7, 3], 7, 2),
            ([90_000, 90_000], 90_000, 32),
            ([100_000, 10], 512, 16),
        ] {
            let all = pieces(size, block, factor);
            let covered: u64 = all.iter().map(|(_, [w, h])| u64::from(*w) * u64::from(*h)).sum();
            assert_eq!(covered, u64::from(size[0]) * u64::from(size[1]), "{size:?}");
            assert!(all.iter().all(|(at, _)| at.iter().all(|at| at % factor == 0)), "{size:?}");
            let largest = all.iter().map(|(_, [w, h])| u64::from(*w) * u64::from(*h)).max();
            assert!(largest <= Some(2 * u64::from(PIECE)), "{size:?} {largest:?}");
        }
        assert_eq!(first_factor([20_000, 20_000]), 8);
        assert_eq!(first_factor([4000, 4000]), 2);
    }
}
