//! The figure: the map as it is seen, with all that a reader needs to judge it.

use arrow_array::BooleanArray;
use chrono::NaiveDate;

use super::backdrop::FigureBackdrop;
use super::basemap::{FigureBasemap, basemap_item};
use super::crowd::FigureCrowd;
use super::display::{DisplayList, Group};
use super::error::FigureError;
use super::frame::Frame;
use super::labels::label_group;
use super::layer::{classes_in_view, layer_group};
use super::layout::{lay_out, map_corner};
use super::pixels::{Pixels, render};
use crate::i18n::Language;
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::project::{Document, Layer, View};
use crate::style::{Legend, LegendGroup, LegendLayer, Partition, Style, symbols_of};
use crate::table::{PartKind, Table};

/// The smallest map worth a figure, points.
const SMALLEST: u32 = 64;
/// The largest map, points; more would not fit a page of any size.
const LARGEST: u32 = 20_000;

/// A layer of a figure.
#[derive(Clone, Copy, Debug)]
pub struct FigureLayer<'a> {
    /// Its name, opacity, visibility and source.
    pub layer: &'a Layer,
    /// Its data.
    pub table: &'a Table,
    /// How it looks.
    pub style: &'a Style,
    /// The classes of its rows; none where all rows look the same.
    pub partition: Option<&'a Partition>,
    /// What it mostly holds: decides where the colours of classes go.
    pub kind: Option<PartKind>,
    /// Which rows are shown: one value per row of the table; none for all.
    pub mask: Option<&'a BooleanArray>,
}

impl FigureLayer<'_> {
    /// Whether it is on the map.
    pub(super) fn is_drawn(&self, document: &Document) -> bool {
        let known = self.table.geometry.is_some() && self.table.crs.is_some();
        known && document.is_shown(self.layer) && self.layer.opacity > 0.0
    }
}

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

    let mut map = Vec::new();
    if let Some(basemap) = &spec.basemap {
        let items = vec![basemap_item(frame, basemap, problems)];
        map.push(Group { name: "basemap".to_owned(), clip: Some(frame.rect(0.0)), items });
    }
    watch.advance(1);
    for backdrop in spec.backdrops.iter().rev() {
        if backdrop.is_drawn()
            && let Some(item) = backdrop.item(frame, spec.scale, watch)?
        {
            let name = backdrop.backdrop.name.clone();
            map.push(Group { name, clip: Some(frame.rect(0.0)), items: vec![item] });
        }
        watch.advance(1);
    }
    let together = |layer: &FigureLayer<'_>, problems: &mut Problems| {
        if layer.is_drawn(spec.document) {
            FigureCrowd::of(layer, (frame, spec.language), watch, problems)
        } else {
            Ok(None)
        }
    };
    let crowds: Vec<Option<FigureCrowd>> =
        spec.layers.iter().map(|layer| together(layer, problems)).collect::<Result<_, _>>()?;
    for (layer, crowd) in spec.layers.iter().zip(&crowds).rev() {
        if spec.document.is_shown(layer.layer) {
            let how = (spec.is_coarse, spec.language);
            map.push(match crowd {
                Some(crowd) => crowd.group(frame, layer, how, watch, problems)?,
                None => layer_group(frame, layer, spec.is_coarse, watch, problems)?,
            });
        }
        watch.advance(1);
    }
    if !spec.is_coarse
        && let Some(labels) = label_group(frame, spec, &crowds, watch, problems)?
    {
        map.push(labels);
    }
    watch.advance(1);
    let legend = legend(spec, frame, &crowds);
    let page = lay_out(spec, frame, map, &legend, watch, problems)?;
    problems.add("problem-figure-glyphs", page.missing_glyphs());
    Ok(page)
}

/// The legend of the layers drawn.
fn legend(spec: &FigureSpec<'_>, frame: Frame, crowds: &[Option<FigureCrowd>]) -> Legend {
    let symbols = |layer: &FigureLayer<'_>| {
        let geometry = layer.table.geometry.as_deref();
        geometry.filter(|_| layer.is_drawn(spec.document)).map(symbols_of).unwrap_or_default()
    };
    let in_view = |layer: &FigureLayer<'_>| {
        let partition = layer.partition.filter(|_| spec.document.legend.only_in_view)?;
        Some(classes_in_view(frame, layer, partition))
    };
    let known: Vec<_> =
        spec.layers.iter().map(|layer| (layer, symbols(layer), in_view(layer))).collect();
    let layers = known.iter().zip(crowds).map(|((layer, symbols, listed), crowd)| {
        let group = spec.document.group_of(layer.layer);
        let field = layer.style.by.field();
        let mut fields = layer.table.fields.iter();
        LegendLayer {
            key: layer.layer.id.0,
            name: &layer.layer.name,
            group: group.map(|group| LegendGroup { key: group.id.0, name: &group.name }),
            visible: layer.is_drawn(spec.document),
            opacity: layer.layer.opacity,
            style: layer.style,
            partition: layer.partition,
            listed: listed.as_deref(),
            field: field.and_then(|name| fields.find(|field| field.name == name)).map(|f| f.kind),
            kind: layer.kind,
            symbols,
            crowd: crowd.as_ref().and_then(FigureCrowd::legend),
        }
    });
    Legend::of(spec.language, layers)
}
