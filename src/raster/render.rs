//! Drawing an image on the plane of the map.
//!
//! For every pixel of the picture it is looked up which place of the image lies under it, and
//! that is interpolated between the four nearest pixels; where the picture is coarser than the
//! smallest fitting copy of the image, several places in each pixel are looked up and their
//! mean is taken.

use super::levels::Level;
use super::pixels::Window;
use super::placed::PlacedRaster;
use crate::crs::transform_from_map;
use crate::jobs::{Cancelled, Watch};
use crate::table::Extent;

/// How many pixels are drawn at a time.
const STRIP: u32 = 65_536;

/// How far a place of the image may be from where PROJ has it, pixels of the image.
const TOLERANCE: f64 = 0.02;

/// A copy of the image is used as soon as its pixels are no more than so many times as large as
/// those of the picture.
const COARSEST: f64 = 1.2;

/// Beyond so many pixels of a copy in one of the picture several places are looked up.
const FINEST: f64 = 1.5;

/// The most places looked up along a side of a pixel.
const MOST_PLACES: u32 = 64;

/// The most pixels of a copy that are needed for one strip; a coarser copy is taken beyond.
const MOST_WINDOW: u64 = 16 << 20;

/// How the image runs under the picture: its columns and rows for a pixel to the right and one
/// down.
#[derive(Clone, Copy, Debug)]
struct Steps {
    right: [f64; 2],
    down: [f64; 2],
}

impl Steps {
    /// How many pixels of the image lie along a side of a pixel of the picture.
    fn pixels(self) -> f64 {
        (self.right[0] * self.down[1] - self.right[1] * self.down[0]).abs().sqrt()
    }
}

/// How many pixels of the image lie along a step in Web Mercator metres at a place.
pub(super) fn pixels_per_step(placed: &PlacedRaster, at: [f64; 2], step: f64) -> Option<f64> {
    steps(placed, at, [step, step]).map(Steps::pixels)
}

fn steps(placed: &PlacedRaster, [x, y]: [f64; 2], [right, down]: [f64; 2]) -> Option<Steps> {
    let mut places = [[x, y], [x + right, y], [x, y - down]];
    to_image(placed, &mut places);
    let [here, beside, below] = places;
    let from = |there: [f64; 2]| [there[0] - here[0], there[1] - here[1]];
    let found = Steps { right: from(beside), down: from(below) };
    (found.pixels() > 0.0 && found.pixels().is_finite()).then_some(found)
}

/// Web Mercator metres to columns and rows of the image, in place; NaN where it has none.
fn to_image(placed: &PlacedRaster, xy: &mut [[f64; 2]]) {
    let [width, height] = placed.raster.file.affine.pixel();
    let tolerance = width.min(height) * TOLERANCE;
    if transform_from_map(&placed.crs, tolerance, xy).is_err() {
        // It was possible when the image was laid out; a system that PROJ lost has no place.
        xy.fill([f64::NAN; 2]);
        return;
    }
    for place in xy {
        *place = placed.back.apply(*place);
    }
}

/// The picture of an area; none where nothing of the image is in it.
pub(super) fn picture(
    placed: &PlacedRaster,
    area: &Extent,
    [width, height]: [u32; 2],
    watch: &Watch,
) -> Result<Option<Vec<u8>>, Cancelled> {
    if width == 0 || height == 0 {
        return Ok(None);
    }
    let pixel = [area.width() / f64::from(width), area.height() / f64::from(height)];
    let seen = overlap(area, &placed.mercator);
    let Some(steps) = steps(placed, seen.center(), pixel) else { return Ok(None) };
    let rows = (STRIP / width).max(1);
    let mut rgba: Vec<u8> = Vec::new();
    let mut is_empty = true;
    for top in (0..height).step_by(rows as usize) {
        watch.check()?;
        let count = rows.min(height - top);
        let corner = [area.min_x, f64::from(top).mul_add(-pixel[1], area.max_y)];
        let strip = Strip { corner, pixel, size: [width, count] };
        let drawn = strip.draw(placed, steps);
        is_empty &= drawn.is_none();
        let bytes = (width as usize) * (count as usize) * 4;
        match drawn {
            Some(drawn) => rgba.extend_from_slice(drawn.as_flattened()),
            None => rgba.resize(rgba.len() + bytes, 0),
        }
    }
    Ok((!is_empty).then_some(rgba))
}

fn overlap(a: &Extent, b: &Extent) -> Extent {
    Extent {
        min_x: a.min_x.max(b.min_x),
        min_y: a.min_y.max(b.min_y),
        max_x: a.max_x.min(b.max_x),
        max_y: a.max_y.min(b.max_y),
    }
}

/// Some rows of a picture.
struct Strip {
    /// The left top corner, Web Mercator metres.
    corner: [f64; 2],
    /// The size of a pixel.
    pixel: [f64; 2],
    size: [u32; 2],
}

impl Strip {
    /// The middles of the pixels, as columns and rows of the image.
    fn places(&self, placed: &PlacedRaster) -> Vec<[f64; 2]> {
        let [width, height] = self.size;
        let middle = |at: u32| f64::from(at) + 0.5;
        let xs = move || (0..width).map(middle);
        let ys = (0..height).map(middle);
        let place = |x: f64, y: f64| {
            [x.mul_add(self.pixel[0], self.corner[0]), y.mul_add(-self.pixel[1], self.corner[1])]
        };
        let mut places: Vec<[f64; 2]> = ys.flat_map(|y| xs().map(move |x| place(x, y))).collect();
        to_image(placed, &mut places);
        places
    }

    fn draw(&self, placed: &PlacedRaster, steps: Steps) -> Option<Vec<[u8; 4]>> {
        let places = self.places(placed);
        let raster = &placed.raster;
        let [width, height] = raster.file.facts.size.map(f64::from);
        let margin = [steps.right, steps.down].map(|[x, y]| [x.abs(), y.abs()]);
        let margin = [margin[0][0] + margin[1][0] + 1.0, margin[0][1] + margin[1][1] + 1.0];
        let inside = |[x, y]: [f64; 2]| {
            -margin[0] <= x && x <= width + margin[0] && -margin[1] <= y && y <= height + margin[1]
        };
        let seen = Extent::of_points(places.iter().filter(|place| inside(**place)))?;
        let seen = Extent {
            min_x: (seen.min_x - margin[0]).max(0.0),
            min_y: (seen.min_y - margin[1]).max(0.0),
            max_x: (seen.max_x + margin[0]).min(width),
            max_y: (seen.max_y + margin[1]).min(height),
        };
        let level = choose(&raster.levels, steps.pixels(), &seen)?;
        let (at, size) = part(level, &seen)?;
        let window = raster.window(level, at, size);
        if window.rgba.is_empty() {
            return None;
        }
        let sampler = Sampler { window: &window, scale: level.scale, image: [width, height] };
        let finer = steps.pixels() / (level.scale[0] * level.scale[1]).sqrt();
        let drawn = if finer > FINEST {
            let offsets = offsets(steps, finer);
            let mean = |place: &[f64; 2]| {
                if inside(*place) { sampler.mean(*place, &offsets) } else { [0; 4] }
            };
            places.iter().map(mean).collect()
        } else {
            places.iter().map(|place| sampler.at(*place)).collect()
        };
        Some(drawn)
    }
}

/// The coarsest copy that is fine enough, or the finest of which no more is needed than fits.
fn choose<'a>(levels: &'a [Level], pixels: f64, seen: &Extent) -> Option<&'a Level> {
    let side = |level: &Level| (level.scale[0] * level.scale[1]).sqrt();
    let wanted = levels.iter().rposition(|level| side(level) <= pixels * COARSEST).unwrap_or(0);
    let fits = |level: &&Level| {
        let columns = seen.width() / level.scale[0] + 2.0;
        let rows = seen.height() / level.scale[1] + 2.0;
        #[expect(clippy::cast_precision_loss, reason = "a limit")]
        let most = MOST_WINDOW as f64;
        columns * rows <= most
    };
    levels.iter().skip(wanted).find(fits).or(levels.last())
}

/// The part of a level that is needed, with a pixel around.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the level")]
fn part(level: &Level, seen: &Extent) -> Option<([u32; 2], [u32; 2])> {
    let axis = |from: f64, to: f64, scale: f64, size: u32| {
        let first = (from / scale - 1.5).floor().clamp(0.0, f64::from(size)) as u32;
        let end = (to / scale + 1.5).ceil().clamp(0.0, f64::from(size)) as u32;
        (end > first).then_some((first, end - first))
    };
    let (x, width) = axis(seen.min_x, seen.max_x, level.scale[0], level.size[0])?;
    let (y, height) = axis(seen.min_y, seen.max_y, level.scale[1], level.size[1])?;
    Some(([x, y], [width, height]))
}

/// The places looked up in a pixel, from its middle, as columns and rows of the image.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
fn offsets(steps: Steps, finer: f64) -> Vec<[f64; 2]> {
    let count = (finer.ceil().clamp(2.0, f64::from(MOST_PLACES))) as u32;
    let share = |step: u32| (f64::from(step) + 0.5) / f64::from(count) - 0.5;
    let place = |right: f64, down: f64| {
        [
            right * steps.right[0] + down * steps.down[0],
            right * steps.right[1] + down * steps.down[1],
        ]
    };
    let shares = || (0..count).map(share);
    shares().flat_map(|down| shares().map(move |right| place(right, down))).collect()
}

/// Looks up colours in a part of a level.
struct Sampler<'a> {
    window: &'a Window,
    /// Pixels of the image in one of the level.
    scale: [f64; 2],
    /// The size of the image.
    image: [f64; 2],
}

impl Sampler<'_> {
    /// The colour of a place of the image; nothing beside it.
    #[inline]
    fn at(&self, place: [f64; 2]) -> [u8; 4] {
        match self.corners(place) {
            Some((corners, weights)) if self.window.is_opaque => opaque(corners, weights),
            Some((corners, weights)) => {
                let mut sum = Sum::default();
                for (corner, weight) in corners.iter().zip(weights) {
                    sum.add(*corner, weight);
                }
                sum.colour(1.0)
            }
            None => [0; 4],
        }
    }

    /// The mean colour of several places around one.
    fn mean(&self, [x, y]: [f64; 2], offsets: &[[f64; 2]]) -> [u8; 4] {
        let mut sum = Sum::default();
        for [right, down] in offsets {
            if let Some((corners, weights)) = self.corners([x + right, y + down]) {
                for (corner, weight) in corners.iter().zip(weights) {
                    sum.add(*corner, weight);
                }
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "some thousands")]
        let count = offsets.len() as f32;
        sum.colour(count)
    }

    /// The four pixels around a place, and how much each counts.
    #[inline]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    fn corners(&self, [x, y]: [f64; 2]) -> Option<([[u8; 4]; 4], [f32; 4])> {
        let inside = 0.0 <= x && x < self.image[0] && 0.0 <= y && y < self.image[1];
        if !inside {
            return None;
        }
        let [left, top] = self.window.at;
        let [width, height] = self.window.size;
        let axis = |at: f64, scale: f64, first: u32, size: u32| {
            let last = f64::from(size.saturating_sub(1));
            let at = (at / scale - 0.5 - f64::from(first)).clamp(0.0, last);
            let low = at as usize;
            let high = (low + 1).min(last as usize);
            (low, high, (at - at.floor()) as f32)
        };
        let (x0, x1, across) = axis(x, self.scale[0], left, width);
        let (y0, y1, down) = axis(y, self.scale[1], top, height);
        let row = width as usize;
        let pixel = |x: usize, y: usize| self.window.rgba.get(y * row + x).copied();
        let corners = [pixel(x0, y0)?, pixel(x1, y0)?, pixel(x0, y1)?, pixel(x1, y1)?];
        let weights = [
            (1.0 - across) * (1.0 - down),
            across * (1.0 - down),
            (1.0 - across) * down,
            across * down,
        ];
        Some((corners, weights))
    }
}

#[inline]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
fn opaque(corners: [[u8; 4]; 4], weights: [f32; 4]) -> [u8; 4] {
    let mut sum = [0.5_f32; 3];
    for ([red, green, blue, _], weight) in corners.iter().zip(weights) {
        sum[0] += f32::from(*red) * weight;
        sum[1] += f32::from(*green) * weight;
        sum[2] += f32::from(*blue) * weight;
    }
    [sum[0] as u8, sum[1] as u8, sum[2] as u8, 255]
}

/// Colours weighted by their opacity.
#[derive(Default)]
struct Sum {
    colour: [f32; 3],
    alpha: f32,
}

impl Sum {
    #[inline]
    fn add(&mut self, [red, green, blue, alpha]: [u8; 4], weight: f32) {
        let weight = weight * f32::from(alpha);
        for (sum, level) in self.colour.iter_mut().zip([red, green, blue]) {
            *sum += f32::from(level) * weight;
        }
        self.alpha += weight;
    }

    /// The mean, of so many places.
    #[inline]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
    fn colour(&self, count: f32) -> [u8; 4] {
        let alpha = (self.alpha / count + 0.5) as u8;
        if alpha == 0 {
            return [0; 4];
        }
        let [red, green, blue] = self.colour.map(|sum| (sum / self.alpha + 0.5) as u8);
        [red, green, blue, alpha]
    }
}
