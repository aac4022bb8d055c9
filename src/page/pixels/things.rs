//! What is on a page, ready to be drawn in bands: letters as paths, and in which rows each thing is.

use std::borrow::Cow;

use tiny_skia::FillRule;

use super::THINGS_PER_CHECK;
use super::canvas::premultiplied;
use super::stroke::reach;
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::page::display::{DisplayList, GlyphRun, Image, Item, Shape, Stroke, TextItem};
use crate::style::Color;
use crate::text::Outline;

/// How many things are made ready in one go.
const PIECE: usize = 8192;

/// Things that are clipped alike, the lowest first.
pub(super) struct Layer<'a> {
    /// Left, top, right and bottom of what is seen of it, pixels; none for all.
    pub clip: Option<[u32; 4]>,
    things: Vec<Thing<'a>>,
}

impl<'a> Layer<'a> {
    /// Those that may be seen between two rows of pixels.
    pub fn in_rows(&self, from: u32, to: u32) -> impl Iterator<Item = &Thing<'a>> {
        #[expect(clippy::cast_precision_loss, reason = "rows of a picture")]
        let (from, to) = (from as f32, to as f32);
        self.things.iter().filter(move |thing| thing.rows[0] < to && thing.rows[1] > from)
    }
}

/// One thing to draw.
pub(super) struct Thing<'a> {
    /// Above and below which row of pixels it certainly is not.
    rows: [f32; 2],
    pub what: What<'a>,
}

/// What it is.
pub(super) enum What<'a> {
    /// A path, filled and then stroked, in units of the page.
    Path { outline: Cow<'a, Outline>, fill: Option<(Color, FillRule)>, stroke: Option<Stroke> },
    /// A picture, and its pixels multiplied by their alpha.
    Image(&'a Image, Cow<'a, [u8]>),
}

/// The groups of a page.
pub(super) fn layers<'a>(
    page: &'a DisplayList,
    scale: f32,
    watch: &Watch,
) -> Result<Vec<Layer<'a>>, Cancelled> {
    let mut layers = Vec::with_capacity(page.groups.len());
    for group in &page.groups {
        let pieces: Vec<_> = group.items.chunks(PIECE).collect();
        let made = in_parallel(pieces, |items| {
            let mut things = Vec::with_capacity(items.len());
            for (number, item) in items.iter().enumerate() {
                if number % THINGS_PER_CHECK == 0 {
                    watch.check()?;
                }
                things.extend(thing(item, scale));
            }
            Ok::<_, Cancelled>(things)
        });
        let mut things = Vec::with_capacity(group.items.len());
        for piece in made {
            things.append(&mut piece?);
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at least 0")]
        let clip = group.clip.map(|clip| clip.map(|edge| (edge * scale).round().max(0.0) as u32));
        layers.push(Layer { clip, things });
    }
    Ok(layers)
}

/// An item made ready; none where there is nothing to see.
fn thing(item: &Item, scale: f32) -> Option<Thing<'_>> {
    match item {
        Item::Shape(shape) => of_shape(shape, scale),
        Item::Text(text) => of_text(text, scale),
        Item::Glyphs(run) => of_glyphs(run, scale),
        Item::Image(image) => {
            let (top, height) = (image.at[1] * scale, image.size[1] * scale);
            let rows = [top - 1.0, top + height + 1.0];
            Some(Thing { rows, what: What::Image(image, premultiplied(image)) })
        }
    }
}

fn of_shape(shape: &Shape, scale: f32) -> Option<Thing<'_>> {
    let fill = shape.fill.map(|color| (color, FillRule::EvenOdd));
    of_path(Cow::Borrowed(&shape.outline), fill, shape.stroke, scale)
}

fn of_text(text: &TextItem, scale: f32) -> Option<Thing<'static>> {
    let mut placed = Outline::new();
    placed.push_placed(&text.line.outline(), 1.0, text.at);
    ink(placed, text.color, text.weight * text.line.size, scale)
}

fn of_glyphs(run: &GlyphRun, scale: f32) -> Option<Thing<'static>> {
    let size = run.line.size;
    let mut placed = Outline::new();
    for (glyph, (at, angle)) in run.line.glyphs.iter().zip(&run.places) {
        if let Some(outline) = glyph.font.glyph_outline(glyph.id) {
            placed.push_turned(&outline, size, *angle, *at);
        }
    }
    ink(placed, run.color, run.weight * size, scale)
}

/// Letters, bolder by a width.
fn ink(outline: Outline, color: Color, width: f32, scale: f32) -> Option<Thing<'static>> {
    let stroke = (width > 0.0).then(|| Stroke::plain(color, width));
    of_path(Cow::Owned(outline), Some((color, FillRule::Winding)), stroke, scale)
}

fn of_path(
    outline: Cow<'_, Outline>,
    fill: Option<(Color, FillRule)>,
    stroke: Option<Stroke>,
    scale: f32,
) -> Option<Thing<'_>> {
    let [_, top, _, bottom] = outline.bounds()?;
    let reach = stroke.map_or(0.0, |stroke| reach(stroke.width / 2.0, stroke.join));
    // A pixel more for what is antialiased.
    let rows = [(top - reach) * scale - 1.0, (bottom + reach) * scale + 1.0];
    Some(Thing { rows, what: What::Path { outline, fill, stroke } })
}
