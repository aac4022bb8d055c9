//! Labels as a picture, for a screen: every label drawn once, all on a few pages.

use tiny_skia::{FillRule, LineCap, LineJoin, Paint, Path, Pixmap, Transform};

use super::placed::{LabelText, PlacedLabel, Placement};
use crate::jobs::{Cancelled, Watch, in_parallel};
use crate::style::{Color, LabelStyle};
use crate::text::Outline;

/// The side of a page, pixels: every GPU takes textures of this size.
const SIDE: u32 = 2048;

/// Between two labels on a page, so that none takes in pixels of another, pixels.
const APART: u32 = 2;

/// How many labels are drawn between two looks at the watch.
const LABELS_PER_LOOK: usize = 32;

/// How labels of a layer look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelLook {
    /// The letters.
    pub color: Color,
    /// The rim around them.
    pub halo: Color,
    /// How wide that is, points.
    pub halo_width: f32,
}

impl LabelLook {
    /// How much bolder than the font letters on a map are, as a share of their size: the light
    /// font would not stand out from what is drawn around it.
    pub const WEIGHT: f32 = 0.03;

    /// As a style says.
    pub fn of(style: &LabelStyle) -> LabelLook {
        LabelLook { color: style.color, halo: style.halo, halo_width: style.sound_halo() }
    }
}

/// A page of labels.
#[derive(Clone, Debug, PartialEq)]
pub struct AtlasPage {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
    /// Red, green, blue and premultiplied alpha of each pixel, row by row from the top.
    pub rgba: Vec<u8>,
}

/// Where a label is on the pages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sprite {
    /// Its number in [`Placement::labels`].
    pub label: usize,
    /// The number of the page.
    pub page: usize,
    /// Left, top, width and height on the page, pixels.
    pub pixels: [u32; 4],
    /// Pixels per point it is drawn with.
    pub density: f32,
    /// Its top left corner, whole pixels of its density from the label's middle.
    pub corner: [f32; 2],
}

/// All labels of a placement as pictures.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Atlas {
    /// The pages.
    pub pages: Vec<AtlasPage>,
    /// Where each label is; labels without ink are on none.
    pub sprites: Vec<Sprite>,
}

/// A label ready to be drawn.
struct Drawing {
    label: usize,
    path: Path,
    density: f32,
    size: [u32; 2],
    corner: [f32; 2],
    look: LabelLook,
    weight: f32,
}

impl Atlas {
    /// Draws labels with so many pixels per point: slow, for a worker. `looks` are those of the
    /// layers.
    ///
    /// # Errors
    /// When the person cancelled.
    pub fn of(
        placement: &Placement,
        looks: &[LabelLook],
        pixels_per_point: f32,
        watch: &Watch,
    ) -> Result<Atlas, Cancelled> {
        let drawing = |(number, label): (usize, &PlacedLabel)| {
            let look = looks.get(label.layer)?;
            Drawing::of(number, label, *look, pixels_per_point)
        };
        let mut drawings: Vec<Drawing> =
            placement.labels.iter().enumerate().filter_map(drawing).collect();
        watch.check()?;
        // In rows of labels of one height: the least is left empty.
        drawings.sort_by_key(|drawing| (std::cmp::Reverse(drawing.size[1]), drawing.label));
        let pictures = in_parallel(drawings.chunks(LABELS_PER_LOOK), |some| {
            watch.check()?;
            Ok(some.iter().map(Drawing::draw).collect())
        });
        let pictures: Result<Vec<Vec<Option<Pixmap>>>, Cancelled> = pictures.into_iter().collect();
        let pictures = pictures?.into_iter().flatten();
        let mut atlas = Atlas::default();
        let mut page: Option<Pixmap> = None;
        let (mut x, mut y, mut row) = (0, 0, 0);
        for (drawing, picture) in drawings.iter().zip(pictures) {
            let Some(picture) = picture else { continue };
            let [width, height] = drawing.size;
            if x + width > SIDE {
                (x, y, row) = (0, y + row, 0);
            }
            if page.is_none() || y + height > SIDE {
                if let Some(full) = page.take() {
                    atlas.end_page(full, y);
                }
                page = Pixmap::new(SIDE, SIDE);
                (x, y, row) = (0, 0, 0);
            }
            let Some(pixmap) = &mut page else { break };
            copy(&picture, pixmap, [x, y]);
            atlas.sprites.push(Sprite {
                label: drawing.label,
                page: atlas.pages.len(),
                pixels: [x, y, width, height],
                density: drawing.density,
                corner: drawing.corner,
            });
            x += width + APART;
            row = row.max(height + APART);
        }
        if let Some(last) = page {
            atlas.end_page(last, y + row);
        }
        Ok(atlas)
    }

    /// Keeps as much of a page as is used.
    fn end_page(&mut self, page: Pixmap, used: u32) {
        let (width, height) = (page.width(), page.height().min(used.max(1)));
        let mut rgba = page.take();
        rgba.truncate(width as usize * height as usize * 4);
        self.pages.push(AtlasPage { width, height, rgba });
    }
}

impl Drawing {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "at most the side of a page"
    )]
    fn of(
        number: usize,
        label: &PlacedLabel,
        look: LabelLook,
        pixels_per_point: f32,
    ) -> Option<Drawing> {
        let size = match &label.text {
            LabelText::Lines(lines) => lines.first().map(|(line, _)| line.size)?,
            LabelText::Along(line, _) => line.size,
        };
        let rim = look.halo_width + LabelLook::WEIGHT * size;
        let [left, top, right, bottom] = label.text.outline().bounds()?;
        let widest = (right - left).max(bottom - top) + 2.0 * rim;
        // What is larger than a page is drawn less sharp.
        let most = 2000.0 / widest;
        let density = pixels_per_point.min(most);
        let ink = snapped(&label.text, density);
        let [left, top, right, bottom] = ink.bounds()?;
        // A pixel more for the softened edges.
        let edge = |at: f32, out: f32| (at * density + out * (rim * density + 1.0)).round();
        let corner = [edge(left, -1.0), edge(top, -1.0)];
        let size_px = [edge(right, 1.0) - corner[0], edge(bottom, 1.0) - corner[1]];
        let path = ink.to_path(density, [-corner[0], -corner[1]])?;
        let size_px = size_px.map(|side| side.clamp(1.0, 2047.0) as u32);
        let weight = LabelLook::WEIGHT * size * density;
        Some(Drawing { label: number, path, density, size: size_px, corner, look, weight })
    }

    /// The picture of it; none for one without size.
    fn draw(&self) -> Option<Pixmap> {
        let mut pixmap = Pixmap::new(self.size[0], self.size[1])?;
        let moved = Transform::identity();
        let stroke = |width: f32| tiny_skia::Stroke {
            width,
            line_cap: LineCap::Round,
            line_join: LineJoin::Round,
            ..tiny_skia::Stroke::default()
        };
        if self.look.halo_width > 0.0 {
            let halo = stroke(2.0 * self.look.halo_width * self.density + self.weight);
            pixmap.stroke_path(&self.path, &paint(self.look.halo), &halo, moved, None);
        }
        let ink = paint(self.look.color);
        pixmap.fill_path(&self.path, &ink, FillRule::Winding, moved, None);
        if self.look.color.a == u8::MAX {
            pixmap.stroke_path(&self.path, &ink, &stroke(self.weight), moved, None);
        }
        Some(pixmap)
    }
}

/// Puts a picture on a page, its top left corner at a place.
fn copy(picture: &Pixmap, page: &mut Pixmap, [x, y]: [u32; 2]) {
    const BYTES: usize = 4;
    let (wide, row) = (page.width() as usize * BYTES, picture.width() as usize * BYTES);
    let start = y as usize * wide + x as usize * BYTES;
    let rows = page.data_mut().get_mut(start..).unwrap_or_default().chunks_mut(wide);
    for (to, from) in rows.zip(picture.data().chunks_exact(row)) {
        if let Some(to) = to.get_mut(..row) {
            to.copy_from_slice(from);
        }
    }
}

/// The ink of a label; of upright lines with the baselines on the edges of pixels, where letters
/// are sharpest.
fn snapped(text: &LabelText, density: f32) -> Outline {
    let LabelText::Lines(lines) = text else { return text.outline() };
    let mut ink = Outline::new();
    for (line, [x, y]) in lines {
        ink.push_placed(&line.outline(), 1.0, [*x, (y * density).round() / density]);
    }
    ink
}

fn paint(color: Color) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color_rgba8(color.r, color.g, color.b, color.a);
    paint
}
