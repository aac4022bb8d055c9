//! The writer of pixels: in bands on all cores.
//!
//! A band is so many rows whatever the number of cores, and what is drawn in it is what the whole
//! page has there, so that the same page gives the same pixels on every machine.

mod canvas;
mod coverage;
mod near;
mod stroke;
mod things;

use tiny_skia::{Pixmap, PixmapMut};

use self::canvas::{Canvas, Tray};
use self::things::{Layer, layers};
use super::display::DisplayList;
use super::error::FigureError;
use crate::jobs::{Watch, in_parallel};

/// The most pixels of a picture: 400 MB while it is drawn.
const MOST_PIXELS: u64 = 100_000_000;

/// How many rows of pixels are drawn together: so few that they stay in a core's cache, so many
/// that a street is seldom cut.
const BAND: u32 = 128;

/// How many things are drawn between two looks at a cancel.
const THINGS_PER_CHECK: usize = 512;

/// A picture.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Red, green, blue and straight alpha of each pixel, row by row from the top.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({} × {})", self.width, self.height)
    }
}

impl Pixels {
    /// Red, green, blue and straight alpha of a pixel; none outside.
    pub fn at(&self, x: u32, y: u32) -> Option<[u8; 4]> {
        if x >= self.width {
            return None;
        }
        let at = (y as usize * self.width as usize + x as usize) * 4;
        self.rgba.get(at..at + 4).and_then(|four| four.try_into().ok())
    }
}

/// Draws a page at a number of pixels per unit, on nothing: where the page has nothing, the
/// picture is transparent.
///
/// # Errors
/// When the picture would be larger than 100 million pixels, or the person cancelled.
pub fn render(page: &DisplayList, scale: f32, watch: &Watch) -> Result<Pixels, FigureError> {
    let (width, height) = (pixels(page.width, scale), pixels(page.height, scale));
    let too_large = FigureError::TooLarge { width, height };
    if width.saturating_mul(height) > MOST_PIXELS {
        return Err(too_large);
    }
    let side = |length: u64| u32::try_from(length).unwrap_or(u32::MAX);
    let (width, height) = (side(width), side(height));
    let layers = layers(page, scale, watch)?;
    let row = width as usize * 4;
    let mut rgba = vec![0; row * height as usize];
    let bands = rgba.chunks_mut(row * BAND as usize).zip(0_u32..);
    let least_dash = page.screen_point();
    let drawn = in_parallel(bands.collect::<Vec<_>>(), |(bytes, number)| {
        let rows = u32::try_from(bytes.len() / row).unwrap_or(BAND);
        let Some(mut pixmap) = PixmapMut::from_bytes(bytes, width, rows) else {
            return Err(too_large.clone());
        };
        let mut tray = Tray::default();
        for layer in &layers {
            draw(layer, &mut pixmap, number * BAND, (scale, least_dash), (&mut tray, watch))?;
        }
        straighten(bytes);
        Ok(())
    });
    drawn.into_iter().collect::<Result<(), FigureError>>()?;
    Ok(Pixels { width, height, rgba })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked after")]
fn pixels(length: f32, scale: f32) -> u64 {
    (f64::from(length) * f64::from(scale)).round().max(1.0) as u64
}

/// Draws what a layer has in a band that begins at a row of the picture.
fn draw(
    layer: &Layer<'_>,
    band: &mut PixmapMut<'_>,
    top: u32,
    (scale, least_dash): (f32, f32),
    (tray, watch): (&mut Tray, &Watch),
) -> Result<(), FigureError> {
    let (width, height) = (band.width(), band.height());
    let here: Vec<_> = layer.in_rows(top, top + height).collect();
    if here.is_empty() {
        return Ok(());
    }
    let [left, from, right, to] = match layer.clip {
        // In pixels of the band.
        Some([left, from, right, to]) => [
            left.min(width),
            from.clamp(top, top + height) - top,
            right.min(width),
            to.clamp(top, top + height) - top,
        ],
        None => [0, 0, width, height],
    };
    if left >= right || from >= to {
        return Ok(());
    }
    if [left, from, right, to] == [0, 0, width, height] {
        let Some(pixmap) = PixmapMut::from_bytes(band.data_mut(), width, height) else {
            return Ok(());
        };
        return all(Canvas { pixmap, corner: [0, top], scale, least_dash, tray }, &here, watch);
    }
    // What is clipped is drawn on a copy of the part inside, which is much quicker than a mask.
    let Some(mut inside) = Pixmap::new(right - left, to - from) else { return Ok(()) };
    let (row, inner) = (width as usize * 4, (right - left) as usize * 4);
    let begin = from as usize * row + left as usize * 4;
    let rows = (to - from) as usize;
    let places = (0..rows).map(|number| begin + number * row);
    for (ours, at) in inside.data_mut().chunks_exact_mut(inner).zip(places.clone()) {
        if let Some(theirs) = band.data_mut().get(at..at + inner) {
            ours.copy_from_slice(theirs);
        }
    }
    let corner = [left, top + from];
    let pixmap = inside.as_mut();
    all(Canvas { pixmap, corner, scale, least_dash, tray }, &here, watch)?;
    for (ours, at) in inside.data().chunks_exact(inner).zip(places) {
        if let Some(theirs) = band.data_mut().get_mut(at..at + inner) {
            theirs.copy_from_slice(ours);
        }
    }
    Ok(())
}

fn all(
    mut canvas: Canvas<'_>,
    things: &[&things::Thing<'_>],
    watch: &Watch,
) -> Result<(), FigureError> {
    for (number, thing) in things.iter().enumerate() {
        if number % THINGS_PER_CHECK == 0 {
            watch.check()?;
        }
        canvas.draw(thing);
    }
    Ok(())
}

/// Colours as they are in place of those that are multiplied by their alpha.
fn straighten(bytes: &mut [u8]) {
    for pixel in bytes.chunks_exact_mut(4) {
        let Ok([r, g, b, a]) = <[u8; 4]>::try_from(&*pixel) else { continue };
        if a == u8::MAX {
            continue;
        }
        if let Some(color) = tiny_skia::PremultipliedColorU8::from_rgba(r, g, b, a) {
            let color = color.demultiply();
            pixel.copy_from_slice(&[color.red(), color.green(), color.blue(), color.alpha()]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::display::{Group, Item, Shape, Stroke};
    use crate::style::Color;
    use crate::text::Outline;

    /// A page higher than a band: what crosses the cut between two bands goes on there, and nothing
    /// is drawn outside the clip.
    #[test]
    fn bands_meet_and_clips_hold() {
        let color = Color::rgb(0xc0_20_20);
        let shape = |outline, fill| Item::Shape(Shape { outline, fill, stroke: None });
        let slanted = Outline::line(&[[10.0, 0.0], [60.0, 300.0]]);
        let stroke = Some(Stroke::plain(Color::rgb(0), 3.0));
        let line = Item::Shape(Shape { outline: slanted, fill: None, stroke });
        let square = Outline::rectangle([0.0, 0.0], [100.0, 300.0]);
        let clip = Some([20.0, 100.0, 80.0, 200.0]);
        let groups = vec![
            Group { items: vec![line], ..Group::default() },
            Group { items: vec![shape(square, Some(color))], clip, ..Group::default() },
        ];
        let page = DisplayList { width: 100.0, height: 300.0, millimetres_per_unit: 1.0, groups };
        let seen = render(&page, 1.0, &Watch::unwatched()).unwrap();
        for y in 0..300 {
            let red = (0..100).filter(|x| seen.at(*x, y) == Some([0xc0, 0x20, 0x20, 255])).count();
            assert_eq!(red, if (100..200).contains(&y) { 60 } else { 0 }, "row {y}");
            // The line is as wide in each row: 3 / cos of its slant.
            let ink: u32 = (0..100)
                .filter_map(|x| seen.at(x, y))
                .filter(|[r, ..]| *r == 0)
                .map(|[.., alpha]| u32::from(alpha))
                .sum();
            let wide = f64::from(ink) / 255.0;
            if !(100..200).contains(&y) && (2..298).contains(&y) {
                assert!((wide - 3.04).abs() < 0.15, "row {y}: {wide}");
            }
        }
    }

    #[test]
    fn what_is_seen_through_has_its_own_colour() {
        let fill = Some(Color { a: 51, ..Color::rgb(0xff_80_00) });
        let outline = Outline::rectangle([0.0, 0.0], [4.0, 4.0]);
        let items = vec![Item::Shape(Shape { outline, fill, stroke: None })];
        let groups = vec![Group { items, ..Group::default() }];
        let page = DisplayList { width: 4.0, height: 4.0, millimetres_per_unit: 1.0, groups };
        let seen = render(&page, 1.0, &Watch::unwatched()).unwrap();
        let [r, g, b, a] = seen.at(1, 1).unwrap();
        assert_eq!((r, b, a), (255, 0, 51));
        assert!(g.abs_diff(0x80) < 4, "{g}");
    }
}
