//! Points that are shown together on a page: heat map, clusters, hexagons.

use arrow_array::BooleanArray;

use super::display::{Group, Image, Item, Shape, Stroke};
use super::error::FigureError;
use super::figure::FigureLayer;
use super::frame::Frame;
use super::furniture::text;
use super::layer::layer_group;
use crate::crowd::{
    ClusterLevel, Crowd, CrowdError, CrowdPoints, HeatPicture, HexagonTable, cluster, heat_picture,
    hexagons, level_of,
};
use crate::crs::TransformError;
use crate::i18n::{Arg, Language, format_integer};
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::style::{Clusters, LegendCrowd, Partition, PartitionError, Style, Together, partition};
use crate::table::PartKind;
use crate::text::{Outline, metrics, shape};
use std::sync::Arc;

/// The size of the numbers in circles.
const TEXT: f32 = 12.0;

/// What the points of a layer are shown as.
pub(super) enum FigureCrowd {
    /// A heat map; none where there is nothing in the frame.
    Heat(Option<HeatPicture>),
    /// Circles with counts.
    Clusters(ClusterLevel),
    /// Hexagons, how they look, and their classes.
    Hexagons(HexagonTable, Box<Style>, Partition),
}

impl FigureCrowd {
    /// What the points of a layer are shown as in a frame; none where each is shown apart. What
    /// cannot be made or does not count is told.
    ///
    /// # Errors
    /// When the person cancelled.
    pub(super) fn of(
        layer: &FigureLayer<'_>,
        (frame, language): (Frame, Language),
        watch: &Watch,
        problems: &mut Problems,
    ) -> Result<Option<FigureCrowd>, FigureError> {
        let together = &layer.style.together;
        if together.is_nothing() {
            return Ok(None);
        }
        let name = Arg::Text(layer.layer.name.clone());
        match made(layer, frame, &watch.unseen()) {
            Ok((crowd, made)) => {
                let lost = crowd.placeless + crowd.weightless;
                problems.report("problem-figure-not-counted", lost, vec![("layer", name)], None);
                Ok(Some(made))
            }
            Err(
                CrowdError::Cancelled(_)
                | CrowdError::Place(TransformError::Cancelled(_))
                | CrowdError::Numbers(PartitionError::Cancelled(_)),
            ) => Err(FigureError::Cancelled),
            // Told of the layer itself.
            Err(CrowdError::Place(TransformError::Crs(_))) => Ok(None),
            Err(error) => {
                let detail = error.message().in_language(language);
                let about = vec![("layer", name), ("detail", Arg::Text(detail))];
                problems.report("problem-figure-not-together", 1, about, None);
                Ok(None)
            }
        }
    }

    /// What the legend needs to know.
    pub(super) fn legend(&self) -> Option<LegendCrowd<'_>> {
        match self {
            FigureCrowd::Heat(picture) => {
                picture.as_ref().map(|picture| LegendCrowd::Heat(picture.top))
            }
            FigureCrowd::Clusters(level) => Some(LegendCrowd::Clusters(level.most)),
            FigureCrowd::Hexagons(_, style, partition) => {
                Some(LegendCrowd::Hexagons(style, partition))
            }
        }
    }

    /// The layer on the map.
    ///
    /// # Errors
    /// When the person cancelled.
    pub(super) fn group(
        &self,
        frame: Frame,
        layer: &FigureLayer<'_>,
        (is_coarse, language): (bool, Language),
        watch: &Watch,
        problems: &mut Problems,
    ) -> Result<Group, FigureError> {
        match self {
            FigureCrowd::Heat(picture) => {
                let name = layer.layer.name.clone();
                let items = picture.iter().map(|picture| image(frame, picture, layer));
                Ok(Group { name, clip: Some(frame.rect(0.0)), items: items.collect() })
            }
            FigureCrowd::Clusters(level) => {
                let alone: &BooleanArray = &level.alone.0;
                let apart = FigureLayer { mask: Some(alone), ..*layer };
                let mut group = layer_group(frame, &apart, is_coarse, watch, problems)?;
                if let Some(sizes) = layer.style.clusters() {
                    circles(frame, level, (layer, sizes, language), &mut group.items);
                }
                Ok(group)
            }
            FigureCrowd::Hexagons(areas, style, partition) => {
                let areas = FigureLayer {
                    table: &areas.table,
                    style,
                    partition: Some(partition),
                    kind: Some(PartKind::Polygon),
                    mask: None,
                    ..*layer
                };
                layer_group(frame, &areas, is_coarse, watch, problems)
            }
        }
    }

    /// Which rows have a symbol of their own.
    pub(super) fn alone(&self) -> Option<&BooleanArray> {
        match self {
            FigureCrowd::Clusters(level) => Some(&level.alone.0),
            _ => None,
        }
    }
}

fn made(
    layer: &FigureLayer<'_>,
    frame: Frame,
    watch: &Watch,
) -> Result<(Crowd, FigureCrowd), CrowdError> {
    let together = &layer.style.together;
    let points = Arc::new(CrowdPoints::of(layer.table, watch)?);
    let crowd = Crowd::of(layer.table, &points, together, layer.mask, watch)?;
    let made = match together {
        Together::Nothing => FigureCrowd::Heat(None),
        Together::Heat(heat) => {
            let (shades, extent) = (heat.shades(), frame.extent(0.0));
            let per_unit = frame.metres_per_unit;
            let picture = heat_picture(&crowd, heat, &shades, &extent, per_unit, watch)?;
            FigureCrowd::Heat(picture)
        }
        Together::Clusters(clusters) => {
            let level = level_of(frame.zoom);
            FigureCrowd::Clusters(cluster(&crowd, level, clusters.sound_within(), watch)?)
        }
        Together::Hexagons(of) => {
            let (areas, style) = (hexagons(&crowd, of, watch)?, of.style());
            let grouping = style.grouping().unwrap_or_default();
            let partition = partition(&areas.table, &grouping, None, watch)?;
            FigureCrowd::Hexagons(areas, Box::new(style), partition)
        }
    };
    Ok((crowd, made))
}

/// The picture of a heat map on the page.
#[expect(clippy::cast_possible_truncation, reason = "around the frame")]
fn image(frame: Frame, picture: &HeatPicture, layer: &FigureLayer<'_>) -> Item {
    let extent = &picture.extent;
    let [left, top] = frame.to_page([extent.min_x, extent.max_y]);
    let [right, bottom] = frame.to_page([extent.max_x, extent.min_y]);
    let mut rgba = picture.rgba.clone();
    if layer.layer.opacity < 1.0 {
        let mut faded = rgba.to_vec();
        super::backdrop::fade(&mut faded, layer.layer.opacity);
        rgba = faded.into();
    }
    Item::Image(Image {
        width: picture.width,
        height: picture.height,
        rgba,
        at: [left as f32, top as f32],
        size: [(right - left) as f32, (bottom - top) as f32],
    })
}

/// Circles with their numbers, large ones below small ones.
#[expect(clippy::cast_possible_truncation, reason = "around the frame")]
fn circles(
    frame: Frame,
    level: &ClusterLevel,
    (layer, sizes, language): (&FigureLayer<'_>, &Clusters, Language),
    to: &mut Vec<Item>,
) {
    let symbol = layer.style.cluster_symbol().in_opacity(layer.layer.opacity);
    let heights = metrics(TEXT);
    for number in level.within(&frame.extent(sizes.diameter(1, 1, 0.0))) {
        let Some(cluster) = level.clusters.get(number) else { continue };
        let count = i64::try_from(cluster.count).unwrap_or(i64::MAX);
        let line = shape(&format_integer(language, count), TEXT);
        let radius = sizes.diameter(cluster.count, level.most, line.width) / 2.0;
        let [x, y] = frame.to_page(cluster.at).map(|at| at as f32);
        let outline = Outline::circle([x, y], radius);
        let (fill, stroke) = (Some(symbol.fill), Some(Stroke::of(symbol)));
        to.push(Item::Shape(Shape { outline, fill, stroke }));
        // Digits stand on the baseline and are about as high as capitals: 0.7 of what rises.
        let at = [x - line.width / 2.0, y + heights.ascent * 0.36];
        to.push(text(line, at, symbol.icon_color(), 0.03));
    }
}
