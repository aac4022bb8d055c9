//! Pictures in Web Mercator drawn in the plane of a page.

use super::frame::Frame;
use crate::crs::{Plane, mercator_from_lon_lat};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::table::Extent;

/// Of so many pixels one is looked up exactly; those between follow from their neighbours. Over so
/// short a way no projection of a city curves by a hundredth of a pixel.
const STEP: u32 = 16;

/// Rows of a picture that one thread draws at a time; a multiple of [`STEP`].
const BAND: u32 = 64;

/// A picture in Web Mercator.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    /// Red, green, blue and straight alpha, row by row from the north.
    pub rgba: &'a [u8],
    /// Pixels across and down.
    pub size: [u32; 2],
    /// What it covers, metres.
    pub extent: Extent,
}

/// What a frame shows, Web Mercator metres; none where that cannot be told.
pub(super) fn mercator_extent(frame: Frame) -> Option<Extent> {
    if frame.plane.plane() == Plane::WebMercator && frame.plane.is_screen() {
        return Some(frame.extent(0.0));
    }
    let degrees = frame.plane.lon_lat_of(frame.extent(0.0))?;
    let corners = [[degrees.min_x, degrees.min_y], [degrees.max_x, degrees.max_y]];
    let extent = Extent::of_points(&corners.map(mercator_from_lon_lat))?;
    // Edges curve a little between the places looked at.
    Some(extent.grown(extent.width() / 200.0, extent.height() / 200.0))
}

/// Web Mercator metres behind a unit of the page in the middle of a frame.
pub(super) fn mercator_per_unit(frame: Frame) -> Option<f64> {
    let mut middle = [frame.center];
    frame.plane.give_lon_lat(&mut middle);
    Plane::WebMercator.take_lon_lat(&mut middle);
    let [across, _] = Plane::WebMercator.scales(middle[0])?;
    Some(frame.ground_metres_per_unit * across)
}

/// A picture as a frame shows it, in so many pixels across and down; transparent where it does not
/// reach.
///
/// # Errors
/// When the person cancelled.
pub(super) fn warped(
    frame: Frame,
    source: Source<'_>,
    [width, height]: [u32; 2],
    watch: &Watch,
) -> Result<Vec<u8>, Cancelled> {
    let bands: Vec<u32> = (0..height.div_ceil(BAND)).collect();
    let done = in_parallel(bands, |band| {
        watch.check()?;
        let first = band * BAND;
        let rows = first..height.min(first + BAND);
        Ok(draw_band(frame, source, [width, height], rows))
    });
    let mut rgba = Vec::with_capacity(width as usize * height as usize * 4);
    for band in done {
        rgba.extend(band?);
    }
    Ok(rgba)
}

fn draw_band(
    frame: Frame,
    source: Source<'_>,
    [width, height]: [u32; 2],
    rows: std::ops::Range<u32>,
) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() * width as usize * 4);
    let columns = width.div_ceil(STEP) + 1;
    let mut above = lattice(frame, source, [width, height], columns, rows.start);
    let mut from = rows.start;
    while from < rows.end {
        let below = lattice(frame, source, [width, height], columns, from + STEP);
        for y in from..rows.end.min(from + STEP) {
            let down = f64::from(y - from) / f64::from(STEP);
            let cells = above.windows(2).zip(below.windows(2));
            for (x, (above, below)) in (0..width).step_by(STEP as usize).zip(cells) {
                let (&[left, right], &[left_below, right_below]) = (above, below) else { continue };
                let start = mixed(left, left_below, down);
                let end = mixed(right, right_below, down);
                for along in 0..STEP.min(width - x) {
                    let at = mixed(start, end, f64::from(along) / f64::from(STEP));
                    out.extend(sample(source, at));
                }
            }
        }
        above = below;
        from += STEP;
    }
    out
}

/// Where in the source the pixels of a row lie, every [`STEP`] of them; in pixels.
fn lattice(
    frame: Frame,
    source: Source<'_>,
    [width, height]: [u32; 2],
    columns: u32,
    row: u32,
) -> Vec<[f64; 2]> {
    let per_pixel = |length: f32, pixels: u32| f64::from(length) / f64::from(pixels.max(1));
    let step = [per_pixel(frame.size[0], width), per_pixel(frame.size[1], height)];
    let [left, top] = frame.at.map(f64::from);
    let y = top + (f64::from(row) + 0.5) * step[1];
    let mut places: Vec<[f64; 2]> = (0..columns)
        .map(|column| frame.to_plane([left + (f64::from(column * STEP) + 0.5) * step[0], y]))
        .collect();
    frame.plane.give_lon_lat(&mut places);
    Plane::WebMercator.take_lon_lat(&mut places);
    let [across, down] = source.size.map(f64::from);
    let extent = source.extent;
    for [x, y] in &mut places {
        *x = (*x - extent.min_x) / extent.width() * across - 0.5;
        *y = (extent.max_y - *y) / extent.height() * down - 0.5;
    }
    places
}

fn mixed(from: [f64; 2], to: [f64; 2], share: f64) -> [f64; 2] {
    [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share]
}

/// The colour at a place of the source, between the four nearest pixels.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "looked at before, 0 to 255"
)]
fn sample(source: Source<'_>, place: [f64; 2]) -> [u8; 4] {
    let [width, height] = source.size;
    let inside = |at: f64, length: u32| at > -1.0 && at < f64::from(length);
    // Also false for NaN.
    if !(inside(place[0], width) && inside(place[1], height)) {
        return [0; 4];
    }
    let axis = |at: f64, length: u32| {
        let at = at.clamp(0.0, f64::from(length.saturating_sub(1)));
        let first = at.floor() as usize;
        (first, (first + 1).min(length.saturating_sub(1) as usize), at.fract() as f32)
    };
    let (left, right, share_x) = axis(place[0], width);
    let (top, bottom, share_y) = axis(place[1], height);
    let mut sum = [0.0_f32; 4];
    for (row, share_y) in [(top, 1.0 - share_y), (bottom, share_y)] {
        for (column, share_x) in [(left, 1.0 - share_x), (right, share_x)] {
            let at = (row * width as usize + column) * 4;
            let Some(&[r, g, b, a]) = source.rgba.get(at..at + 4) else { continue };
            // What cannot be seen has no say in the colour.
            let weight = share_x * share_y * f32::from(a);
            for (sum, channel) in sum.iter_mut().zip([r, g, b]) {
                *sum += weight * f32::from(channel);
            }
            sum[3] += weight;
        }
    }
    let [r, g, b, a] = sum;
    if a <= 0.0 {
        return [0; 4];
    }
    [r / a, g / a, b / a, a].map(|value| value.round().clamp(0.0, 255.0) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::crs::LocalPlane;
    use crate::page::plane::PagePlane;

    const GHENT: [f64; 2] = [3.7253, 51.0536];

    /// A picture whose colours tell where it is: red from west to east, green from north to south.
    fn charted(extent: Extent) -> (Vec<u8>, [u32; 2]) {
        let size = [512, 512];
        let rgba = (0..512_u32).flat_map(|y| (0..512_u32).map(move |x| (x, y)));
        let part = |at: u32| u8::try_from(at / 2).unwrap();
        let rgba = rgba.flat_map(|(x, y)| [part(x), part(y), 0, 255]).collect();
        assert!(extent.width() > 0.0);
        (rgba, size)
    }

    #[test]
    fn every_pixel_lies_where_it_is_in_the_world() {
        for degrees in [0.0, 25.0, -140.0] {
            let plane = PagePlane::new(Plane::Local(LocalPlane::at(GHENT[0])), degrees);
            let frame = Frame {
                at: [10.0, 20.0],
                size: [300.0, 200.0],
                plane,
                center: plane.of_lon_lat(GHENT).unwrap(),
                metres_per_unit: 10.0,
                ground_metres_per_unit: 10.0,
                millimetres_per_unit: 1.0,
            };
            let extent = mercator_extent(frame).unwrap();
            let (rgba, size) = charted(extent);
            let source = Source { rgba: &rgba, size, extent };
            let made = warped(frame, source, [150, 100], &Watch::unwatched()).unwrap();
            assert_eq!(made.len(), 150 * 100 * 4);
            for (column, row) in [(0_u32, 0_u32), (75, 50), (149, 99), (17, 80), (130, 3)] {
                let page =
                    [10.0 + (f64::from(column) + 0.5) * 2.0, 20.0 + (f64::from(row) + 0.5) * 2.0];
                let mut place = [frame.to_plane(page)];
                plane.give_lon_lat(&mut place);
                let [x, y] = mercator_from_lon_lat(place[0]);
                let expected = [
                    (x - extent.min_x) / extent.width() * 256.0 - 0.5,
                    (extent.max_y - y) / extent.height() * 256.0 - 0.5,
                ];
                let at = (row as usize * 150 + column as usize) * 4;
                for (found, expected) in made[at..at + 2].iter().zip(expected) {
                    let apart = (f64::from(*found) - expected).abs();
                    assert!(apart < 1.2, "{degrees}° at {column}, {row}: {found} for {expected}");
                }
                assert_eq!(made[at + 3], 255);
            }
        }
    }

    #[test]
    fn beside_the_picture_is_nothing() {
        let plane = PagePlane::new(Plane::Local(LocalPlane::at(GHENT[0])), 0.0);
        let frame = Frame {
            at: [0.0, 0.0],
            size: [64.0, 64.0],
            plane,
            center: plane.of_lon_lat(GHENT).unwrap(),
            metres_per_unit: 10.0,
            ground_metres_per_unit: 10.0,
            millimetres_per_unit: 1.0,
        };
        let extent = mercator_extent(frame).unwrap();
        let away = Extent { min_x: extent.max_x + 1e4, max_x: extent.max_x + 2e4, ..extent };
        let source = Source { rgba: &[255; 16], size: [2, 2], extent: away };
        let made = warped(frame, source, [8, 8], &Watch::unwatched()).unwrap();
        assert!(made.iter().all(|value| *value == 0));
    }
}
