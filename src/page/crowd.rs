//! Points that are shown together on a page: heat map, clusters, hexagons.

use arrow_array::BooleanArray;

use super::content::FigureLayer;
use super::display::{Group, Image, Item, Role, Shape, Stroke};
use super::error::FigureError;
use super::frame::Frame;
use super::furniture::text;
use super::layer::layer_group;
use super::warp::{Source, mercator_extent, mercator_per_unit, warped};
use crate::crowd::{
    ClusterLevel, Crowd, CrowdError, CrowdPoints, HeatPicture, HexagonTable, cluster, heat_picture,
    hexagons, level_of,
};
use crate::crs::{TransformError, lon_lat_from_mercator, mercator_metres_per_point};
use crate::i18n::{Arg, Language, format_integer};
use crate::jobs::Watch;
use crate::problem::Problems;
use crate::style::{
    Clusters, LegendCrowd, Partition, PartitionError, Style, Together, partition, round_up,
};

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
                let clip = Some(frame.rect(0.0));
                let mut items = Vec::new();
                if let Some(picture) = picture {
                    items.push(image(frame, picture, layer, watch)?);
                }
                Ok(Group { name, role: Role::Layer, clip, items })
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

/// What the legend needs to know of a layer whose points are shown together.
pub(super) enum LegendMade {
    Heat(f64),
    Clusters(u64),
    Hexagons(Box<Style>, Partition),
}

impl LegendMade {
    /// In a frame; none where each point is shown apart, or nothing can be told.
    pub(super) fn of(layer: &FigureLayer<'_>, frame: Frame) -> Option<LegendMade> {
        let together = &layer.style.together;
        if together.is_nothing() {
            return None;
        }
        let watch = &Watch::unwatched();
        if let Together::Heat(heat) = together {
            let top = match heat.sound_top() {
                Some(top) => top,
                None => {
                    round_up(crowd_of(layer, watch).ok()?.peak(heat.sound_radius(), watch).ok()?)
                }
            };
            return (top > 0.0).then_some(LegendMade::Heat(top));
        }
        match made(layer, frame, watch).ok()?.1 {
            FigureCrowd::Heat(_) => None,
            FigureCrowd::Clusters(level) => Some(LegendMade::Clusters(level.most)),
            FigureCrowd::Hexagons(_, style, partition) => {
                Some(LegendMade::Hexagons(style, partition))
            }
        }
    }

    /// For the legend.
    pub(super) fn legend(&self) -> LegendCrowd<'_> {
        match self {
            LegendMade::Heat(top) => LegendCrowd::Heat(*top),
            LegendMade::Clusters(most) => LegendCrowd::Clusters(*most),
            LegendMade::Hexagons(style, partition) => LegendCrowd::Hexagons(style, partition),
        }
    }
}

fn crowd_of(layer: &FigureLayer<'_>, watch: &Watch) -> Result<Crowd, CrowdError> {
    let points = Arc::new(CrowdPoints::of(layer.table, watch)?);
    Crowd::of(layer.table, &points, &layer.style.together, layer.mask, watch)
}

fn made(
    layer: &FigureLayer<'_>,
    frame: Frame,
    watch: &Watch,
) -> Result<(Crowd, FigureCrowd), CrowdError> {
    let crowd = crowd_of(layer, watch)?;
    let (Some(extent), Some(per_unit)) = (mercator_extent(frame), mercator_per_unit(frame)) else {
        return Ok((crowd, FigureCrowd::Heat(None)));
    };
    // On a screen as the screen reckons, so that all pixels are the same.
    let per_unit = if frame.plane.is_screen() { frame.metres_per_unit } else { per_unit };
    let made = match &layer.style.together {
        Together::Nothing => FigureCrowd::Heat(None),
        Together::Heat(heat) => {
            let shades = heat.shades();
            let picture = heat_picture(&crowd, heat, &shades, &extent, per_unit, watch)?;
            FigureCrowd::Heat(picture)
        }
        Together::Clusters(clusters) => {
            let level = level_of((mercator_metres_per_point(0.0) / per_unit).log2());
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
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "around the frame; pixels of a page"
)]
fn image(
    frame: Frame,
    picture: &HeatPicture,
    layer: &FigureLayer<'_>,
    watch: &Watch,
) -> Result<Item, FigureError> {
    /// Pixels for a unit of the page where the picture is drawn anew.
    const DENSITY: f32 = 1.5;
    let extent = picture.extent;
    let (at, size, [width, height]) = if frame.plane.is_screen() {
        let [left, top] = frame.to_page([extent.min_x, extent.max_y]);
        let [right, bottom] = frame.to_page([extent.max_x, extent.min_y]);
        let size = [(right - left) as f32, (bottom - top) as f32];
        ([left as f32, top as f32], size, [picture.width, picture.height])
    } else {
        let pixels = |length: f32| (length * DENSITY).round().clamp(1.0, 8192.0) as u32;
        (frame.at, frame.size, frame.size.map(pixels))
    };
    let mut rgba = if frame.plane.is_screen() {
        picture.rgba.to_vec()
    } else {
        let size = [picture.width, picture.height];
        let source = Source { rgba: &picture.rgba, size, extent };
        warped(frame, source, [width, height], watch)?
    };
    super::backdrop::fade(&mut rgba, layer.layer.opacity);
    Ok(Item::Image(Image { width, height, rgba: rgba.into(), at, size }))
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
    let Some(seen) = mercator_extent(frame) else { return };
    let margin = f64::from(sizes.diameter(1, 1, 0.0)) * seen.width() / f64::from(frame.size[0]);
    for number in level.within(&seen.grown(margin, margin)) {
        let Some(cluster) = level.clusters.get(number) else { continue };
        let count = i64::try_from(cluster.count).unwrap_or(i64::MAX);
        let line = shape(&format_integer(language, count), TEXT);
        let radius = sizes.diameter(cluster.count, level.most, line.width) / 2.0;
        let Some([x, y]) = frame.plane.of_lon_lat(lon_lat_from_mercator(cluster.at)) else {
            continue;
        };
        let [x, y] = frame.to_page([x, y]).map(|at| at as f32);
        let outline = Outline::circle([x, y], radius);
        let (fill, stroke) = (Some(symbol.fill), Some(Stroke::of(symbol)));
        to.push(Item::Shape(Shape { outline, fill, stroke }));
        // Digits stand on the baseline and are about as high as capitals: 0.7 of what rises.
        let at = [x - line.width / 2.0, y + heights.ascent * 0.36];
        to.push(text(line, at, symbol.icon_color(), 0.03));
    }
}
