//! The writer of pixels.

use tiny_skia::{
    FillRule, FilterQuality, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pattern, Pixmap,
    PixmapRef, Rect, SpreadMode, StrokeDash, Transform,
};

use super::display::{DisplayList, GlyphRun, Group, Image, Item, Shape, Stroke, TextItem};
use super::error::FigureError;
use crate::jobs::Watch;
use crate::style::{Color, Dash, Join};
use crate::text::Outline;

/// The most pixels of a picture: 400 MB while it is drawn.
const MOST_PIXELS: u64 = 100_000_000;

/// How many things are drawn between two looks at a cancel.
const ITEMS_PER_CHECK: usize = 512;

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
    let pixmap = Pixmap::new(side(width), side(height)).ok_or(too_large)?;
    let mut canvas = Canvas { pixmap, scale, least_dash: page.screen_point(), clip: None };
    for group in &page.groups {
        canvas.group(group, watch)?;
    }
    let pixmap = canvas.pixmap;
    let (width, height) = (pixmap.width(), pixmap.height());
    let mut rgba = Vec::with_capacity(pixmap.data().len());
    for pixel in pixmap.pixels() {
        let color = pixel.demultiply();
        rgba.extend_from_slice(&[color.red(), color.green(), color.blue(), color.alpha()]);
    }
    Ok(Pixels { width, height, rgba })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked after")]
fn pixels(length: f32, scale: f32) -> u64 {
    (f64::from(length) * f64::from(scale)).round().max(1.0) as u64
}

struct Canvas {
    pixmap: Pixmap,
    scale: f32,
    /// The least width that dashes are measured in, page units.
    least_dash: f32,
    /// The clip of the group drawn last, kept because neighbours share it.
    clip: Option<([u32; 4], Mask)>,
}

impl Canvas {
    fn group(&mut self, group: &Group, watch: &Watch) -> Result<(), FigureError> {
        let mask = group.clip.and_then(|clip| self.mask(clip));
        for (number, item) in group.items.iter().enumerate() {
            if number % ITEMS_PER_CHECK == 0 {
                watch.check()?;
            }
            match item {
                Item::Shape(shape) => self.shape(shape, mask.as_ref()),
                Item::Text(text) => self.text(text, mask.as_ref()),
                Item::Glyphs(run) => self.glyphs(run, mask.as_ref()),
                Item::Image(image) => self.image(image, mask.as_ref()),
            }
        }
        if let (Some(clip), Some(mask)) = (group.clip, mask) {
            self.clip = Some((clip.map(f32::to_bits), mask));
        }
        Ok(())
    }

    fn mask(&mut self, clip: [f32; 4]) -> Option<Mask> {
        if let Some((kept, mask)) = self.clip.take()
            && kept == clip.map(f32::to_bits)
        {
            return Some(mask);
        }
        let [left, top, right, bottom] = clip.map(|edge| (edge * self.scale).round());
        let rect = Rect::from_ltrb(left, top, right, bottom)?;
        let mut mask = Mask::new(self.pixmap.width(), self.pixmap.height())?;
        let path = PathBuilder::from_rect(rect);
        mask.fill_path(&path, FillRule::Winding, false, Transform::identity());
        Some(mask)
    }

    fn shape(&mut self, shape: &Shape, mask: Option<&Mask>) {
        let Some(path) = self.path(&shape.outline) else { return };
        if let Some(fill) = shape.fill {
            self.fill(&path, fill, FillRule::EvenOdd, mask);
        }
        if let Some(stroke) = shape.stroke {
            self.stroke(&path, stroke, mask);
        }
    }

    fn text(&mut self, text: &TextItem, mask: Option<&Mask>) {
        let mut placed = Outline::new();
        placed.push_placed(&text.line.outline(), 1.0, text.at);
        self.ink(&placed, text.color, text.weight * text.line.size, mask);
    }

    fn glyphs(&mut self, run: &GlyphRun, mask: Option<&Mask>) {
        let size = run.line.size;
        let mut placed = Outline::new();
        for (glyph, (at, angle)) in run.line.glyphs.iter().zip(&run.places) {
            if let Some(outline) = glyph.font.glyph_outline(glyph.id) {
                placed.push_turned(&outline, size, *angle, *at);
            }
        }
        self.ink(&placed, run.color, run.weight * size, mask);
    }

    /// Letters, bolder by a width.
    fn ink(&mut self, outline: &Outline, color: Color, width: f32, mask: Option<&Mask>) {
        let Some(path) = self.path(outline) else { return };
        self.fill(&path, color, FillRule::Winding, mask);
        if width > 0.0 {
            self.stroke(&path, Stroke::plain(color, width), mask);
        }
    }

    fn fill(&mut self, path: &Path, color: Color, rule: FillRule, mask: Option<&Mask>) {
        let bounds = path.bounds();
        // Nothing to fill; tiny-skia would log a warning for each.
        if color.a > 0 && bounds.width() > 1e-3 && bounds.height() > 1e-3 {
            self.pixmap.fill_path(path, &paint(color), rule, Transform::identity(), mask);
        }
    }

    fn stroke(&mut self, path: &Path, stroke: Stroke, mask: Option<&Mask>) {
        let width = stroke.width * self.scale;
        let pattern = stroke.dashes(self.least_dash).map(|piece| piece * self.scale);
        let line = tiny_skia::Stroke {
            width,
            line_cap: if stroke.dash == Dash::Solid { LineCap::Round } else { LineCap::Butt },
            line_join: match stroke.join {
                Join::Round => LineJoin::Round,
                Join::Miter => LineJoin::Miter,
                Join::Bevel => LineJoin::Bevel,
            },
            dash: StrokeDash::new(pattern.collect(), 0.0),
            ..tiny_skia::Stroke::default()
        };
        if stroke.color.a > 0 && line.width > 0.0 {
            let paint = paint(stroke.color);
            self.pixmap.stroke_path(path, &paint, &line, Transform::identity(), mask);
        }
    }

    fn image(&mut self, image: &Image, mask: Option<&Mask>) {
        let premultiplied: Vec<u8> = image.rgba.chunks_exact(4).flat_map(premultiply).collect();
        let Some(source) = PixmapRef::from_bytes(&premultiplied, image.width, image.height) else {
            return;
        };
        let [left, top] = image.at.map(|edge| edge * self.scale);
        let [width, height] = image.size.map(|length| length * self.scale);
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let transform = Transform::from_row(
            width / image.width as f32,
            0.0,
            0.0,
            height / image.height as f32,
            left,
            top,
        );
        let shader = Pattern::new(source, SpreadMode::Pad, FilterQuality::Bicubic, 1.0, transform);
        let paint = Paint { shader, anti_alias: false, ..Paint::default() };
        // Only what is on the page: an image may reach far beyond it.
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let (right, bottom) = (self.pixmap.width() as f32, self.pixmap.height() as f32);
        let shown = Rect::from_ltrb(
            left.max(0.0),
            top.max(0.0),
            (left + width).min(right),
            (top + height).min(bottom),
        );
        if let Some(shown) = shown {
            self.pixmap.fill_rect(shown, &paint, Transform::identity(), mask);
        }
    }

    fn path(&self, outline: &Outline) -> Option<Path> {
        outline.to_path(self.scale, [0.0, 0.0])
    }
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}

fn premultiply(pixel: &[u8]) -> [u8; 4] {
    let [r, g, b, a] = <[u8; 4]>::try_from(pixel).unwrap_or_default();
    let color = tiny_skia::ColorU8::from_rgba(r, g, b, a).premultiply();
    [color.red(), color.green(), color.blue(), color.alpha()]
}
