//! One thing drawn on a part of a picture.

use std::borrow::Cow;

use tiny_skia::{
    FillRule, FilterQuality, LineCap, LineJoin, Paint, Path, Pattern, PixmapMut, PixmapRef, Rect,
    SpreadMode, StrokeDash, Transform,
};

use super::things::{Thing, What};
use crate::page::display::{Image, Stroke};
use crate::page::photo::is_opaque;
use crate::style::{Color, Dash, Join};

/// A part of a picture.
pub(super) struct Canvas<'a> {
    pub pixmap: PixmapMut<'a>,
    /// The column and row of the picture where it begins.
    pub corner: [u32; 2],
    /// Pixels per unit of the page.
    pub scale: f32,
    /// The least width that dashes are measured in, page units.
    pub least_dash: f32,
}

impl Canvas<'_> {
    pub fn draw(&mut self, thing: &Thing<'_>) {
        match &thing.what {
            What::Path { outline, fill, stroke } => {
                let [left, top] = self.offset();
                let Some(path) = outline.to_path(self.scale, [-left, -top]) else { return };
                if let Some((color, rule)) = fill {
                    self.fill(&path, *color, *rule);
                }
                if let Some(stroke) = stroke {
                    self.stroke(&path, *stroke);
                }
            }
            What::Image(image, pixels) => self.image(image, pixels),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
    fn offset(&self) -> [f32; 2] {
        self.corner.map(|edge| edge as f32)
    }

    fn fill(&mut self, path: &Path, color: Color, rule: FillRule) {
        let bounds = path.bounds();
        // Nothing to fill; tiny-skia would log a warning for each.
        if color.a > 0 && bounds.width() > 1e-3 && bounds.height() > 1e-3 {
            self.pixmap.fill_path(path, &paint(color), rule, Transform::identity(), None);
        }
    }

    fn stroke(&mut self, path: &Path, stroke: Stroke) {
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
            self.pixmap.stroke_path(path, &paint, &line, Transform::identity(), None);
        }
    }

    fn image(&mut self, image: &Image, pixels: &[u8]) {
        let Some(source) = PixmapRef::from_bytes(pixels, image.width, image.height) else {
            return;
        };
        let [from_left, from_top] = self.offset();
        let [left, top] = image.at.map(|edge| edge * self.scale);
        let (left, top) = (left - from_left, top - from_top);
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
        // Only what is on the canvas: an image may reach far beyond it.
        #[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
        let (right, bottom) = (self.pixmap.width() as f32, self.pixmap.height() as f32);
        let shown = Rect::from_ltrb(
            left.max(0.0),
            top.max(0.0),
            (left + width).min(right),
            (top + height).min(bottom),
        );
        if let Some(shown) = shown {
            self.pixmap.fill_rect(shown, &paint, Transform::identity(), None);
        }
    }
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}

/// The pixels of a picture multiplied by their alpha; its own where nothing shines through.
pub(super) fn premultiplied(image: &Image) -> Cow<'_, [u8]> {
    if is_opaque(image) {
        return Cow::Borrowed(&image.rgba);
    }
    Cow::Owned(image.rgba.chunks_exact(4).flat_map(premultiply).collect())
}

fn premultiply(pixel: &[u8]) -> [u8; 4] {
    let [r, g, b, a] = <[u8; 4]>::try_from(pixel).unwrap_or_default();
    let color = tiny_skia::ColorU8::from_rgba(r, g, b, a).premultiply();
    [color.red(), color.green(), color.blue(), color.alpha()]
}
