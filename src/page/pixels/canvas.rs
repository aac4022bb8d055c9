//! One thing drawn on a part of a picture.

use std::borrow::Cow;

use tiny_skia::{
    FillRule, FilterQuality, LineCap, LineJoin, Paint, Path, Pattern, PixmapMut, PixmapRef, Rect,
    SpreadMode, StrokeDash, Transform,
};

use super::coverage::{Coverage, Inside};
use super::near::Near;
use super::stroke::{Piece, Stroker, reach};
use super::things::{Thing, What};
use crate::page::display::{Image, Stroke};
use crate::page::photo::is_opaque;
use crate::style::{Color, Dash, Join};
use crate::text::{Outline, PathCommand};

/// A part of a picture.
pub(super) struct Canvas<'a> {
    pub pixmap: PixmapMut<'a>,
    /// The column and row of the picture where it begins.
    pub corner: [u32; 2],
    /// Pixels per unit of the page.
    pub scale: f32,
    /// The least width that dashes are measured in, page units.
    pub least_dash: f32,
    /// Room to work in.
    pub tray: &'a mut Tray,
}

/// Room to work in, kept from one thing to the next.
#[derive(Default)]
pub(super) struct Tray {
    coverage: Coverage,
    near: Near,
    contours: Vec<Contour>,
    free: Vec<Vec<[f32; 2]>>,
    pieces: Vec<Piece>,
    /// The least and the greatest place of the contours.
    low: [f32; 2],
    high: [f32; 2],
}

/// A contour of straight lines, in pixels of a part of a picture.
struct Contour {
    points: Vec<[f32; 2]>,
    is_closed: bool,
}

impl Tray {
    /// Takes the contours of a path that has only straight lines; answers whether it is one.
    fn take(&mut self, outline: &Outline, put: impl Fn([f32; 2]) -> [f32; 2]) -> bool {
        self.free.extend(self.contours.drain(..).map(|contour| contour.points));
        (self.low, self.high) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        let (low, high) = (&mut self.low, &mut self.high);
        let mut put = |to| {
            let place = put(to);
            *low = [low[0].min(place[0]), low[1].min(place[1])];
            *high = [high[0].max(place[0]), high[1].max(place[1])];
            place
        };
        for command in &outline.commands {
            match *command {
                PathCommand::MoveTo(to) => {
                    let mut points = self.free.pop().unwrap_or_default();
                    points.clear();
                    points.push(put(to));
                    self.contours.push(Contour { points, is_closed: false });
                }
                PathCommand::LineTo(to) => match self.contours.last_mut() {
                    Some(contour) if !contour.is_closed => contour.points.push(put(to)),
                    _ => return false,
                },
                PathCommand::Close => match self.contours.last_mut() {
                    Some(contour) => contour.is_closed = true,
                    None => return false,
                },
                PathCommand::QuadTo(..) | PathCommand::CubicTo(..) => return false,
            }
        }
        true
    }

    /// Whether each contour is a point or one straight line.
    fn has_no_corners(&self) -> bool {
        self.contours.iter().all(|contour| contour.points.len() < 3)
    }

    /// Whether the contours fit between two lines that are nearer than a width, with a bit to spare.
    fn is_narrow(&self, width: f32) -> bool {
        (self.high[0] - self.low[0]).min(self.high[1] - self.low[1]) < width * 0.98
    }
}

/// Round corners lie so much farther from the middle of a line than they should, at most.
const ROUND: f32 = 1.1;

/// A part of a canvas, in pixels.
struct Area {
    left: u32,
    top: u32,
    wide: u32,
    high: u32,
}

impl Area {
    /// The pixels of a row of it from a column on, of the pixels of a canvas so wide.
    fn pixels<'a>(
        &self,
        data: &'a mut [u8],
        width: usize,
        [column, row]: [usize; 2],
    ) -> &'a mut [[u8; 4]] {
        let begin = (self.top as usize + row) * width + self.left as usize + column;
        let end = begin + (self.wide as usize).saturating_sub(column);
        data.get_mut(begin * 4..end * 4).unwrap_or_default().as_chunks_mut::<4>().0
    }
}

impl Canvas<'_> {
    pub fn draw(&mut self, thing: &Thing<'_>) {
        match &thing.what {
            What::Path { outline, fill, stroke } => {
                let [left, top] = self.offset();
                let scale = self.scale;
                let put = |[x, y]: [f32; 2]| [x * scale - left, y * scale - top];
                let is_solid = stroke.is_none_or(|stroke| stroke.dash == Dash::Solid);
                // Most of a map is straight lines, which are much quicker on their own.
                if is_solid && self.tray.take(outline, put) {
                    let is_hidden = stroke.is_some_and(|stroke| self.hides_fill(stroke));
                    if let Some((color, rule)) = fill.filter(|_| !is_hidden) {
                        self.fill_straight(color, Inside::from(rule));
                    }
                    if let Some(stroke) = stroke {
                        self.stroke_straight(*stroke);
                    }
                    return;
                }
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

    /// The part of the canvas where the contours are, and so far around them; none where they are not on
    /// it.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "pixels of a picture"
    )]
    fn area(&self, reach: f32) -> Option<Area> {
        let Tray { low, high, .. } = &*self.tray;
        let size = [self.pixmap.width(), self.pixmap.height()].map(|side| side as f32);
        let from = low.map(|at| (at - reach).floor().max(0.0));
        let right = (high[0] + reach).ceil().min(size[0]);
        let bottom = (high[1] + reach).ceil().min(size[1]);
        let [wide, high] = [right - from[0], bottom - from[1]];
        (wide >= 1.0 && high >= 1.0).then(|| Area {
            left: from[0] as u32,
            top: from[1] as u32,
            wide: wide as u32,
            high: high as u32,
        })
    }

    /// Whether a line around closed contours is so wide that nothing is seen of what they enclose: no
    /// place in it is farther from them than half of its width.
    fn hides_fill(&self, stroke: Stroke) -> bool {
        let is_opaque = stroke.color.a == u8::MAX && stroke.width > 0.0;
        let is_closed = self.tray.contours.iter().all(|contour| contour.is_closed);
        is_opaque && is_closed && self.tray.is_narrow(stroke.width * self.scale)
    }

    fn fill_straight(&mut self, color: Color, inside: Inside) {
        let Some(area) = self.area(0.0).filter(|_| color.a > 0) else { return };
        let Tray { coverage, contours, .. } = &mut *self.tray;
        coverage.begin(area.wide as usize, area.high as usize);
        let put = within(&area);
        for contour in contours {
            let next = contour.points.iter().skip(1).chain(contour.points.first());
            for (from, to) in contour.points.iter().zip(next) {
                coverage.edge(put(*from), put(*to));
            }
        }
        self.paint(&area, color, inside);
    }

    fn stroke_straight(&mut self, stroke: Stroke) {
        let half = stroke.width * self.scale / 2.0;
        let is_seen = stroke.color.a > 0 && half > 0.0;
        let Some(area) = self.area(reach(half, stroke.join) * ROUND).filter(|_| is_seen) else {
            return;
        };
        let is_round = stroke.join == Join::Round || self.tray.has_no_corners();
        if is_round && self.tray.near.begin(area.wide as usize, area.high as usize, half) {
            return self.stroke_small(&area, half, stroke.color);
        }
        let is_narrow = self.tray.contours.len() == 1 && self.tray.is_narrow(2.0 * half);
        let Tray { coverage, contours, pieces, .. } = &mut *self.tray;
        coverage.begin(area.wide as usize, area.high as usize);
        let put = within(&area);
        let edge = |from, to| coverage.edge(put(from), put(to));
        let mut stroker = Stroker::new(half, stroke.join, pieces, edge);
        for contour in contours {
            stroker.contour(&contour.points, contour.is_closed, is_narrow);
        }
        self.paint(&area, stroke.color, Inside::Around);
    }

    /// A line in an area that was begun.
    fn stroke_small(&mut self, area: &Area, half: f32, color: Color) {
        let Tray { near, contours, .. } = &mut *self.tray;
        let put = within(area);
        for contour in contours {
            let [first, rest @ ..] = contour.points.as_slice() else { continue };
            let mut from = put(*first);
            let is_point = rest.is_empty();
            for to in rest.iter().chain((contour.is_closed || is_point).then_some(first)) {
                let to = put(*to);
                near.piece(from, to);
                from = to;
            }
        }
        let width = self.pixmap.width() as usize;
        let data = self.pixmap.data_mut();
        let color = u32::from_le_bytes(premultiply(&[color.r, color.g, color.b, color.a]));
        near.rows(half, |row, amounts| {
            // With so few pixels it is quicker not to ask how much there is of each.
            for (pixel, amount) in area.pixels(data, width, [0, row]).iter_mut().zip(amounts) {
                lay(pixel, color, *amount);
            }
        });
    }

    /// Lays a colour over the pixels of an area as far as they are covered.
    fn paint(&mut self, area: &Area, color: Color, inside: Inside) {
        let width = self.pixmap.width() as usize;
        let data = self.pixmap.data_mut();
        let solid = premultiply(&[color.r, color.g, color.b, color.a]);
        let color = u32::from_le_bytes(solid);
        let is_opaque = solid[3] == u8::MAX;
        self.tray.coverage.rows(inside, |row, first, amounts| {
            for (pixel, amount) in area.pixels(data, width, [first, row]).iter_mut().zip(amounts) {
                match *amount {
                    0 => {}
                    u8::MAX if is_opaque => *pixel = solid,
                    amount => lay(pixel, color, amount),
                }
            }
        });
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

/// From pixels of the canvas to those of an area of it.
#[expect(clippy::cast_precision_loss, reason = "pixels of a picture")]
fn within(area: &Area) -> impl Fn([f32; 2]) -> [f32; 2] + Copy + use<> {
    let (left, top) = (area.left as f32, area.top as f32);
    move |[x, y]| [x - left, y - top]
}

/// Lays an amount of a colour over a pixel; both are multiplied by their alpha.
#[inline]
fn lay(pixel: &mut [u8; 4], color: u32, amount: u8) {
    let above = times(color, amount);
    let [.., alpha] = above.to_le_bytes();
    let below = times(u32::from_le_bytes(*pixel), !alpha);
    // No channel is more than its alpha, so that no sum is more than 255.
    *pixel = above.wrapping_add(below).to_le_bytes();
}

/// The product of four shares of 255 with another, each rounded: two at a time, with a byte of room
/// above each.
#[inline]
fn times(four: u32, share: u8) -> u32 {
    const EVEN: u32 = 0x00ff_00ff;
    // No product is more than 255 × 255, and with what is added to it than 65,535.
    let pair = |two: u32| {
        let product = two.wrapping_mul(u32::from(share)).wrapping_add(0x0080_0080);
        (product.wrapping_add(product >> 8 & EVEN) >> 8) & EVEN
    };
    pair(four & EVEN) | pair(four >> 8 & EVEN) << 8
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
