//! The figure: the map as it is seen, with all that a reader needs to judge it.

use chrono::NaiveDate;

use super::backdrop::FigureBackdrop;
use super::basemap::FigureBasemap;
use super::content::{FigureLayer, MapContent, ground_groups, layer_groups, legend};
use super::display::DisplayList;
use super::error::FigureError;
use super::frame::Frame;
use super::labels::label_group;
use super::layout::{lay_out, map_corner};
use super::pixels::{Pixels, render};
use crate::i18n::Language;
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::project::{Document, View};

/// The smallest map worth a figure, points.
const SMALLEST: u32 = 64;
/// The largest map, points; more would not fit a page of any size.
const LARGEST: u32 = 20_000;

/// What stands around the map of a figure and on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Furniture {
    /// Title, legend, scale bar, notice and sources.
    #[default]
    All,
    /// Only sources and notice, in a corner of the map, which fills the picture.
    Sources,
    /// Nothing: for a small map beside another one that names the sources.
    Nothing,
}

/// What a figure is made of.
#[derive(Clone, Copy, Debug)]
pub struct FigureSpec<'a> {
    /// Title and notice, and which groups of layers are visible.
    pub document: &'a Document,
    /// What the map shows.
    pub view: View,
    /// The size of the map in points (1/96 inch); title, sources and a large legend are put
    /// around it.
    pub size: (u32, u32),
    /// Pixels per point.
    pub scale: f32,
    /// The layers, the topmost first; those not visible are left out.
    pub layers: &'a [FigureLayer<'a>],
    /// The images under the layers, the topmost first; those not visible are left out.
    pub backdrops: &'a [FigureBackdrop<'a>],
    /// The basemap; none for a clean sheet.
    pub basemap: Option<FigureBasemap<'a>>,
    /// The language of all that is written.
    pub language: Language,
    /// The day the figure is made.
    pub today: NaiveDate,
    /// What stands around the map.
    pub furniture: Furniture,
    /// Whether of things too small to be told apart only one is drawn: a million points then cost
    /// no more than the picture has room for.
    pub is_coarse: bool,
}

impl<'a> FigureSpec<'a> {
    /// What its map shows.
    pub(super) fn content(&self) -> MapContent<'a> {
        MapContent {
            document: self.document,
            layers: self.layers,
            backdrops: self.backdrops,
            basemap: self.basemap,
            language: self.language,
            today: self.today,
        }
    }
}

/// A figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The picture; opaque.
    pub pixels: Pixels,
    /// Pixels per point (1/96 inch).
    pub scale: f32,
    /// What is missing or was changed.
    pub problems: Problems,
}

/// Draws a figure. Takes a moment: call it from a job.
///
/// # Errors
/// When the map is too small, the picture too large, the view no place, or the person cancelled.
pub fn draw_figure(spec: &FigureSpec<'_>, watch: &Watch) -> Result<Figure, FigureError> {
    if !(spec.scale > 0.0 && spec.scale.is_finite()) {
        let (width, height) = spec.size;
        return Err(FigureError::TooSmall { width, height });
    }
    let mut problems = Problems::new();
    let page = figure_page(spec, watch, &mut problems)?;
    let pixels = render(&page, spec.scale, watch)?;
    Ok(Figure { pixels, scale: spec.scale, problems })
}

/// A figure as a page that any writer can write, in points.
///
/// # Errors
/// As [`draw_figure`].
pub fn figure_page(
    spec: &FigureSpec<'_>,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<DisplayList, FigureError> {
    let (width, height) = spec.size;
    if width.min(height) < SMALLEST {
        return Err(FigureError::TooSmall { width, height });
    }
    if width.max(height) > LARGEST {
        let (width, height) = (u64::from(width), u64::from(height));
        return Err(FigureError::TooLarge { width, height });
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 20 000")]
    let size = [width as f32, height as f32];
    let corner = map_corner(spec, size[0]);
    let frame = Frame::of_view(spec.view, corner, size).ok_or(FigureError::NoView)?;
    watch.set_total((spec.layers.len() + spec.backdrops.len()) as u64 + 3);

    let content = spec.content();
    let mut map = ground_groups(frame, &content, spec.scale, watch, problems)?;
    map.extend(layer_groups(frame, &content, spec.is_coarse, watch, problems)?);
    if !spec.is_coarse
        && let Some(labels) = label_group(frame, &content, watch, problems)?
    {
        map.push(labels);
    }
    watch.advance(1);
    let legend = legend(&content, frame, false);
    let page = lay_out(spec, frame, map, &legend, watch, problems)?;
    problems.add("problem-figure-glyphs", page.missing_glyphs());
    Ok(page)
}
