//! What the map of a page shows: the same for figures and for sheets of paper.

use arrow_array::BooleanArray;
use chrono::NaiveDate;

use super::backdrop::FigureBackdrop;
use super::basemap::{FigureBasemap, basemap_items};
use super::crowd::{FigureCrowd, LegendMade};
use super::display::{Group, Role};
use super::error::FigureError;
use super::frame::Frame;
use super::layer::{classes_in_view, is_in_frame, layer_group};
use super::sources::Sourced;
use crate::i18n::{Language, tr};
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::project::{Document, Layer};
use crate::style::{Legend, LegendGroup, LegendLayer, Partition, Style, symbols_of};
use crate::table::{PartKind, Table};

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
    pub(in crate::page) fn is_drawn(&self, document: &Document) -> bool {
        let known = self.table.geometry.is_some() && self.table.crs.is_some();
        known && document.is_shown(self.layer) && self.layer.opacity > 0.0
    }
}

/// What a map shows and in which language it speaks.
#[derive(Clone, Copy, Debug)]
pub struct MapContent<'a> {
    /// Title and notice, and which groups of layers are visible.
    pub document: &'a Document,
    /// The layers, the topmost first; those not visible are left out.
    pub layers: &'a [FigureLayer<'a>],
    /// The images under the layers, the topmost first; those not visible are left out.
    pub backdrops: &'a [FigureBackdrop<'a>],
    /// The basemap; none for a clean sheet.
    pub basemap: Option<FigureBasemap<'a>>,
    /// The language of all that is written.
    pub language: Language,
    /// The day the page is made.
    pub today: NaiveDate,
}

impl<'a> MapContent<'a> {
    /// The same without layers of which nothing is on the map.
    pub(super) fn sourced_in(&self, frame: Frame) -> Vec<Sourced<'a>> {
        let drawn = self
            .layers
            .iter()
            .filter(|layer| layer.is_drawn(self.document) && is_in_frame(frame, layer));
        let backdrops = self.backdrops.iter().filter(|backdrop| backdrop.is_drawn());
        let drawn = drawn.map(|layer| Sourced::from(layer.layer));
        drawn.chain(backdrops.map(|backdrop| Sourced::from(backdrop.backdrop))).collect()
    }

    /// What is on the map and has a source: layers and backdrops.
    pub(super) fn sourced(&self) -> Vec<Sourced<'a>> {
        let layers = self.layers.iter().filter(|layer| layer.is_drawn(self.document));
        let backdrops = self.backdrops.iter().filter(|backdrop| backdrop.is_drawn());
        let layers = layers.map(|layer| Sourced::from(layer.layer));
        layers.chain(backdrops.map(|backdrop| Sourced::from(backdrop.backdrop))).collect()
    }

    /// Who made the basemap.
    pub(super) fn basemap_attribution(&self) -> Option<&'a str> {
        self.basemap.map(|basemap| basemap.attribution)
    }
}

/// What lies under the layers: basemap and images, at so many pixels per unit of the page.
///
/// # Errors
/// When the person cancelled.
pub(super) fn ground_groups(
    frame: Frame,
    content: &MapContent<'_>,
    scale: f32,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Vec<Group>, FigureError> {
    let mut groups = Vec::new();
    let clip = Some(frame.rect(0.0));
    if let Some(basemap) = &content.basemap {
        let items = basemap_items(frame, basemap, watch, problems)?;
        groups.push(Group {
            name: tr(content.language, "page-layer-basemap"),
            role: Role::Layer,
            clip,
            items,
        });
    }
    watch.advance(1);
    for backdrop in content.backdrops.iter().rev() {
        if backdrop.is_drawn()
            && let Some(item) = backdrop.item(frame, scale, watch)?
        {
            let name = backdrop.backdrop.name.clone();
            groups.push(Group { name, role: Role::Layer, clip, items: vec![item] });
        }
        watch.advance(1);
    }
    Ok(groups)
}

/// The layers, the lowest first.
///
/// # Errors
/// When the person cancelled.
pub(super) fn layer_groups(
    frame: Frame,
    content: &MapContent<'_>,
    is_coarse: bool,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Vec<Group>, FigureError> {
    let mut groups = Vec::new();
    for layer in content.layers.iter().rev() {
        if content.document.is_shown(layer.layer) {
            let language = content.language;
            let crowd = if layer.is_drawn(content.document) {
                FigureCrowd::of(layer, (frame, language), watch, problems)?
            } else {
                None
            };
            groups.push(match crowd {
                Some(crowd) => crowd.group(frame, layer, (is_coarse, language), watch, problems)?,
                None => layer_group(frame, layer, is_coarse, watch, problems)?,
            });
        }
        watch.advance(1);
    }
    Ok(groups)
}

/// The legend of the layers drawn: where `only_on_map`, of those with rows in the frame, and of
/// the classes of these.
pub(super) fn legend(content: &MapContent<'_>, frame: Frame, only_on_map: bool) -> Legend {
    let symbols = |layer: &FigureLayer<'_>| {
        let geometry = layer.table.geometry.as_deref();
        geometry.filter(|_| layer.is_drawn(content.document)).map(symbols_of).unwrap_or_default()
    };
    let in_view = |layer: &FigureLayer<'_>| {
        let only_in_view = only_on_map || content.document.legend.only_in_view;
        let partition = layer.partition.filter(|_| only_in_view)?;
        Some(classes_in_view(frame, layer, partition))
    };
    let made = |layer: &FigureLayer<'_>| {
        LegendMade::of(layer, frame).filter(|_| layer.is_drawn(content.document))
    };
    let known: Vec<_> = content
        .layers
        .iter()
        .map(|layer| (layer, symbols(layer), in_view(layer), made(layer)))
        .collect();
    let layers = known.iter().map(|(layer, symbols, listed, made)| {
        let group = content.document.group_of(layer.layer);
        let field = layer.style.by.field();
        LegendLayer {
            key: layer.layer.id.0,
            name: &layer.layer.name,
            group: group.map(|group| LegendGroup { key: group.id.0, name: &group.name }),
            visible: layer.is_drawn(content.document)
                && (!only_on_map || is_in_frame(frame, layer)),
            opacity: layer.layer.opacity,
            style: layer.style,
            partition: layer.partition,
            listed: listed.as_deref(),
            field: field.and_then(|name| layer.table.field(name)).map(|field| field.kind),
            kind: layer.kind,
            symbols,
            crowd: made.as_ref().map(LegendMade::legend),
        }
    });
    Legend::of(content.language, layers)
}
