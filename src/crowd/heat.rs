//! The density of points as a picture.

#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels of a picture, checked to be few"
)]

use std::sync::Arc;

use super::{Crowd, Density, Lattice, density, scale_at};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::style::{Color, Heat, round_up};
use crate::table::Extent;

/// How many cells there are in a radius: finer ones change nothing that can be seen.
const CELLS: f64 = 16.0;

/// A pixel of the picture is this many points of the screen at most.
const COARSEST: f64 = 2.5;

/// The most pixels along a side.
const MOST_PIXELS: f64 = 6000.0;

/// A heat map of a part of the world.
#[derive(Clone, PartialEq)]
pub struct HeatPicture {
    /// Pixels from west to east.
    pub width: u32,
    /// Pixels from north to south.
    pub height: u32,
    /// Red, green, blue and straight alpha, line by line from the north.
    pub rgba: Arc<[u8]>,
    /// What it covers, Web Mercator metres.
    pub extent: Extent,
    /// The density that the last colour stands for, per km².
    pub top: f64,
}

impl std::fmt::Debug for HeatPicture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let HeatPicture { width, height, extent, top, .. } = self;
        write!(f, "HeatPicture({width} × {height} of {extent:?}, to {top})")
    }
}

/// The heat map of an extent (Web Mercator metres), as fine as a scale shows it: for a worker. The
/// picture reaches a little beyond the extent, and its pixels lie fixed in the world. None where
/// there is nothing to show.
///
/// # Errors
/// When the person cancelled.
pub fn heat_picture(
    crowd: &Crowd,
    heat: &Heat,
    shades: &[Color],
    extent: &Extent,
    metres_per_point: f64,
    watch: &Watch,
) -> Result<Option<HeatPicture>, Cancelled> {
    let radius = heat.sound_radius();
    let top = match heat.sound_top() {
        Some(top) => top,
        None => round_up(crowd.peak(radius, watch)?),
    };
    let is_sound = metres_per_point > 0.0 && extent.width() > 0.0 && extent.height() > 0.0;
    let Some(covered) = crowd.extent.filter(|_| is_sound && top > 0.0) else { return Ok(None) };
    // In steps, so that the cells are the same a little farther north.
    let wanted = radius * scale_at(extent.center()[1]) / CELLS;
    let stepped = ((wanted.log2() * 4.0).floor() / 4.0).exp2();
    let coarse = extent.width().max(extent.height()) / MOST_PIXELS;
    let finest = metres_per_point.max(coarse);
    let cell = stepped.max(finest);
    // Where no point reaches, nothing is looked at.
    let reach = radius * scale_at(covered.max_y.abs().max(covered.min_y.abs())) + cell;
    let Some(seen) = overlap(extent, &covered, reach) else { return Ok(None) };
    let dense = density(crowd, radius, lattice(&seen, cell, 1), watch)?;
    let pixel = if cell > COARSEST * finest { COARSEST * finest } else { cell };
    let pixels = lattice(&seen, pixel, 0);
    let rgba = painted(&dense, pixels, top, shades, watch)?;
    let west = pixels.column as f64 * pixel;
    let south = pixels.row as f64 * pixel;
    let extent = Extent {
        min_x: west,
        min_y: south,
        max_x: west + pixels.columns as f64 * pixel,
        max_y: south + pixels.rows as f64 * pixel,
    };
    let (width, height) = (pixels.columns as u32, pixels.rows as u32);
    Ok(Some(HeatPicture { width, height, rgba: rgba.into(), extent, top }))
}

/// What two extents have in common, the second larger by a margin.
fn overlap(one: &Extent, other: &Extent, margin: f64) -> Option<Extent> {
    let found = Extent {
        min_x: one.min_x.max(other.min_x - margin),
        min_y: one.min_y.max(other.min_y - margin),
        max_x: one.max_x.min(other.max_x + margin),
        max_y: one.max_y.min(other.max_y + margin),
    };
    (found.min_x < found.max_x && found.min_y < found.max_y).then_some(found)
}

/// The cells that cover an extent, and so many around.
fn lattice(extent: &Extent, cell: f64, around: i64) -> Lattice {
    let first = [extent.min_x, extent.min_y].map(|at| (at / cell).floor() as i64 - around);
    let last = [extent.max_x, extent.max_y].map(|at| (at / cell).floor() as i64 + around);
    let count = |from: i64, to: i64| usize::try_from(to - from + 1).unwrap_or(0);
    let (columns, rows) = (count(first[0], last[0]), count(first[1], last[1]));
    Lattice { cell, column: first[0], row: first[1], columns, rows }
}

/// The colours of densities, line by line from the north.
fn painted(
    dense: &Density,
    pixels: Lattice,
    top: f64,
    shades: &[Color],
    watch: &Watch,
) -> Result<Vec<u8>, Cancelled> {
    let is_same = pixels.cell.to_bits() == dense.lattice.cell.to_bits();
    let shift = [pixels.column - dense.lattice.column, pixels.row - dense.lattice.row]
        .map(|by| usize::try_from(by).unwrap_or(0));
    let last = shades.len().saturating_sub(1) as f32;
    let top = top as f32;
    let lines: Vec<usize> = (0..pixels.rows).rev().collect();
    let painted = in_parallel(lines, |row| {
        watch.check()?;
        let mut line = Vec::with_capacity(pixels.columns * 4);
        for column in 0..pixels.columns {
            let value = if is_same {
                dense.at(column + shift[0], row + shift[1]).unwrap_or(0.0)
            } else {
                dense.between(pixels.middle(column, row))
            };
            let shade = (value / top * last).round().clamp(0.0, last) as usize;
            let Color { r, g, b, a } =
                shades.get(shade).copied().unwrap_or(Color::rgb(0).with_alpha(0));
            line.extend_from_slice(&[r, g, b, a]);
        }
        Ok(line)
    });
    Ok(painted.into_iter().collect::<Result<Vec<_>, Cancelled>>()?.concat())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(extent: Extent, metres_per_point: f64) -> HeatPicture {
        let crowd = Crowd::of_places(vec![[0.0, 0.0], [30.0, 10.0], [800.0, -400.0]]);
        let heat = Heat { radius: 200.0, ..Heat::default() };
        let made = heat_picture(
            &crowd,
            &heat,
            &heat.shades(),
            &extent,
            metres_per_point,
            &Watch::unwatched(),
        );
        made.unwrap().unwrap()
    }

    /// The pixel over a place.
    fn pixel(picture: &HeatPicture, [x, y]: [f64; 2]) -> [u8; 4] {
        let Extent { min_x, max_y, .. } = picture.extent;
        let side = picture.extent.width() / f64::from(picture.width);
        let (column, line) = (((x - min_x) / side) as usize, ((max_y - y) / side) as usize);
        let start = (line * picture.width as usize + column) * 4;
        picture.rgba[start..start + 4].try_into().unwrap()
    }

    #[test]
    fn the_picture_is_where_the_points_are_and_the_same_from_every_view() {
        let whole = Extent { min_x: -900.0, min_y: -900.0, max_x: 1100.0, max_y: 700.0 };
        let one = picture(whole, 2.0);
        assert!(pixel(&one, [10.0, 5.0])[3] > 150, "two points near each other");
        let lone = pixel(&one, [800.0, -400.0]);
        assert!(lone[3] > 0 && lone != pixel(&one, [10.0, 5.0]));
        assert_eq!(pixel(&one, [400.0, -200.0])[3], 0, "nothing is not seen");
        let part = Extent { min_x: -100.0, min_y: -150.0, max_x: 300.0, max_y: 120.0 };
        let other = picture(part, 2.0);
        for at in [[10.0, 5.0], [-60.0, -80.0], [120.0, 60.0], [222.0, -111.0]] {
            assert_eq!(pixel(&one, at), pixel(&other, at), "{at:?}");
        }
        assert!((one.top - other.top).abs() < 1e-9);
    }
}
