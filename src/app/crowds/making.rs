//! The jobs behind points that are shown together, a chain: the places of a table's rows; those
//! shown and what they count for; the heat map of a region, the clusters of a level of zoom, or the
//! hexagons of all.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use arrow_array::BooleanArray;

use super::super::Wake;
use super::super::derived::{MaskState, Same};
use super::super::keyed::Keyed;
use super::super::session::Session;
use super::hexes::Hexes;
use crate::crowd::{
    ClusterLevel, Crowd, CrowdError, CrowdPoints, HeatPicture, cluster, heat_picture, level_of,
};
use crate::crs::{TransformError, mercator_metres_per_point};
use crate::jobs::{Cancelled, Job, Watch};
use crate::label::{LabelFrame, Region};
use crate::map::{MapClusters, MapCrowd, MapHeat};
use crate::project::{Layer, LayerId};
use crate::style::ramp::Vision;
use crate::style::{Clusters, Heat, LegendCrowd, Style, Together};
use crate::table::{RowSet, Table};

/// The points that count follow from this.
#[derive(Clone, PartialEq)]
struct CrowdKey {
    table: Same<Table>,
    points: Same<CrowdPoints>,
    mask: Option<Same<BooleanArray>>,
    field: Option<String>,
    is_heat: bool,
}

/// A heat map follows from this.
#[derive(Clone, PartialEq)]
struct HeatKey {
    crowd: Same<Crowd>,
    heat: Heat,
    region: Region,
    vision: Vision,
}

/// Clusters follow from this.
#[derive(Clone, PartialEq)]
struct LevelKey {
    crowd: Same<Crowd>,
    level: i32,
    within: f32,
}

/// A heat map as the window draws it.
#[derive(Clone)]
struct HeatMade {
    image: MapHeat,
    top: f64,
}

type Points = Result<Same<CrowdPoints>, TransformError>;
type Heated = Result<Option<HeatMade>, Cancelled>;
type Levels = Result<Same<ClusterLevel>, Cancelled>;

#[derive(Default)]
struct Chain {
    points: Keyed<Same<Table>, Points>,
    crowd: Keyed<CrowdKey, Result<Same<Crowd>, CrowdError>>,
    heat: Keyed<HeatKey, Heated>,
    level: Keyed<LevelKey, Levels>,
    /// How many rows are selected in each cluster.
    selected: Keyed<(Same<ClusterLevel>, RowSet), Arc<Vec<u64>>>,
    hexes: Hexes,
    /// Which rows have a symbol of their own although points are shown together.
    alone: Option<Arc<BooleanArray>>,
    /// The selection that they were found for.
    chosen: Option<RowSet>,
}

impl Chain {
    fn work(&self) -> Option<(Option<f32>, std::time::Duration)> {
        let all = [
            self.points.job().map(|job| (job.fraction(), job.age())),
            self.crowd.job().map(|job| (job.fraction(), job.age())),
            self.heat.job().map(|job| (job.fraction(), job.age())),
            self.level.job().map(|job| (job.fraction(), job.age())),
            self.selected.job().map(|job| (job.fraction(), job.age())),
            self.hexes.work(),
        ];
        all.into_iter().flatten().max_by_key(|(_, age)| *age)
    }

    /// The points that count, as they were made last.
    fn crowd(&self) -> Option<&Same<Crowd>> {
        self.crowd.latest()?.as_ref().ok()
    }
}

/// All points of the map that are shown together.
#[derive(Default)]
pub(in super::super) struct Crowds {
    chains: BTreeMap<LayerId, Chain>,
    /// The view of the frame before.
    frame: Option<LabelFrame>,
}

impl Crowds {
    /// Starts what is missing for a view and takes what is done. Called every frame.
    pub fn update(session: &mut Session, frame: LabelFrame) {
        let mut crowds = std::mem::take(&mut session.crowds);
        crowds.follow(session, frame);
        session.crowds = crowds;
    }

    fn follow(&mut self, session: &Session, frame: LabelFrame) {
        let document = session.document();
        let before = self.frame.replace(frame);
        self.chains.retain(|id, _| {
            let style = document.layer(*id).and_then(|layer| layer.style.as_ref());
            style.is_some_and(|style| !style.together.is_nothing())
        });
        let drawn = document.layers.iter().filter(|layer| session.is_drawn(layer));
        let wanted = drawn.filter_map(|layer| {
            let style = layer.style.as_ref()?;
            (!style.together.is_nothing()).then_some((layer, style))
        });
        let is_zooming = before.is_some_and(|before| {
            before.metres_per_point.to_bits() != frame.metres_per_point.to_bits()
        });
        let mut has_any = false;
        for (layer, style) in wanted {
            has_any = true;
            let chain = self.chains.entry(layer.id).or_default();
            chain.follow(session, layer, style);
            // While the map is zoomed, every frame has another scale: what was made stays, larger
            // or smaller, until it rests.
            if frame.is_sound() && !is_zooming {
                chain.follow_view(session, layer, style, &frame);
            }
        }
        if has_any && before != Some(frame) {
            (session.wake)();
        }
    }

    /// What the map draws instead of points, by the keys of layers.
    pub fn on_map(&self, session: &Session) -> HashMap<u64, MapCrowd> {
        let of = |(id, chain): (&LayerId, &Chain)| {
            let layer = session.document().layer(*id)?;
            let style = layer.style.as_ref()?;
            let crowd = match &style.together {
                Together::Heat(_) => {
                    let made = chain.heat.latest()?.as_ref().ok()?.as_ref()?;
                    MapCrowd::Heat(made.image.clone())
                }
                Together::Clusters(sizes) => {
                    let level = chain.level.latest()?.as_ref().ok()?;
                    let selected = chain.selected.key().filter(|(of, _)| of == level);
                    let selected = selected.and_then(|_| chain.selected.latest()).cloned();
                    MapCrowd::Clusters(MapClusters {
                        level: level.0.clone(),
                        sizes: sizes.clone(),
                        language: session.language,
                        symbol: session.derived.classes.vision.of_symbol(style.cluster_symbol()),
                        selected: selected.unwrap_or_default(),
                    })
                }
                Together::Nothing | Together::Hexagons(_) => return None,
            };
            Some((id.0, crowd))
        };
        self.chains.iter().filter_map(of).collect()
    }

    /// Which rows of a layer have a symbol of their own, where its points are shown together;
    /// none where that is not known yet.
    pub fn alone(&self, layer: LayerId) -> Option<&Arc<BooleanArray>> {
        self.chains.get(&layer)?.alone.as_ref()
    }

    /// The hexagons of a layer.
    pub fn hexes(&self, layer: LayerId) -> Option<&Hexes> {
        self.chains.get(&layer).map(|chain| &chain.hexes)
    }

    /// What the legend needs to know of a layer.
    pub fn legend(&self, layer: LayerId) -> Option<LegendCrowd<'_>> {
        let chain = self.chains.get(&layer)?;
        if let Some(Ok(Some(made))) = chain.heat.latest() {
            return Some(LegendCrowd::Heat(made.top));
        }
        if let Some(Ok(level)) = chain.level.latest() {
            return Some(LegendCrowd::Clusters(level.0.most));
        }
        chain.hexes.legend()
    }

    /// The clusters of a layer, as they are drawn.
    pub fn level(&self, layer: LayerId) -> Option<&Arc<ClusterLevel>> {
        Some(&self.chains.get(&layer)?.level.latest()?.as_ref().ok()?.0)
    }

    /// The points of a layer that count.
    pub fn crowd(&self, layer: LayerId) -> Option<&Crowd> {
        Some(&self.chains.get(&layer)?.crowd()?.0)
    }

    /// Why points of a layer cannot be shown together.
    pub fn error(&self, layer: LayerId) -> Option<&CrowdError> {
        self.chains.get(&layer)?.crowd.latest()?.as_ref().err()
    }

    /// Whether something is at work.
    pub fn is_busy(&self) -> bool {
        self.chains.values().any(|chain| chain.work().is_some())
    }

    /// The job that takes longest, for the status strip.
    pub fn work(&self) -> Option<(Option<f32>, std::time::Duration)> {
        self.chains.values().filter_map(Chain::work).max_by_key(|(_, age)| *age)
    }
}

impl Chain {
    /// Finds the points that count, and what follows from them whatever the view.
    fn follow(&mut self, session: &Session, layer: &Layer, style: &Style) {
        let Some(loaded) = session.loaded(layer) else { return };
        let table = Same(loaded.table.clone());
        // Points of another table's rows would be at the wrong places.
        if self.points.key().is_some_and(|made| *made != table) {
            *self = Chain::default();
        }
        let wake = &session.wake;
        self.points.want(table.clone(), |table| {
            let table = table.clone();
            start("places of points", wake, move |watch| {
                CrowdPoints::of(&table.0, watch).map(|points| Same(Arc::new(points)))
            })
        });
        let mask = match session.derived.mask(layer) {
            MaskState::Some(mask) => Some(mask.rows.clone()),
            MaskState::All | MaskState::Failed(_) => None,
            MaskState::Pending => return,
        };
        if let Some(Ok(points)) = self.points.of(&table) {
            let key = CrowdKey {
                table,
                points: points.clone(),
                mask,
                field: style.together.field().map(str::to_owned),
                is_heat: style.heat().is_some(),
            };
            let together = style.together.clone();
            self.crowd.want(key, |key| {
                let key = key.clone();
                start("points", wake, move |watch| {
                    let mask = key.mask.as_ref().map(|mask| &*mask.0);
                    let crowd = Crowd::of(&key.table.0, &key.points.0, &together, mask, watch)?;
                    Ok(Same(Arc::new(crowd)))
                })
            });
        }
        if style.heat().is_none() {
            self.heat.forget();
        }
        if style.clusters().is_none() {
            self.level.forget();
        }
        match (style.hexagons(), self.crowd().cloned()) {
            (Some(hexagons), Some(crowd)) => {
                self.hexes.follow(crowd, hexagons, session.derived.classes.vision, wake);
            }
            (Some(_), None) => {}
            (None, _) => self.hexes = Hexes::default(),
        }
        self.find_alone(session, layer, style);
    }

    /// Finds what a view shows.
    fn follow_view(&mut self, session: &Session, layer: &Layer, style: &Style, frame: &LabelFrame) {
        let Some(crowd) = self.crowd().cloned() else { return };
        let wake = &session.wake;
        match &style.together {
            Together::Nothing | Together::Hexagons(_) => {}
            Together::Heat(heat) => {
                let vision = session.derived.classes.vision;
                let key = HeatKey { crowd, heat: (**heat).clone(), region: frame.region(), vision };
                self.heat.want(key, |key| {
                    let key = key.clone();
                    start("heat map", wake, move |watch| heated(&key, watch))
                });
            }
            Together::Clusters(clusters) => {
                self.follow_level(crowd, clusters, frame, wake);
                self.count_selected(session, layer);
            }
        }
    }

    fn follow_level(
        &mut self,
        crowd: Same<Crowd>,
        clusters: &Clusters,
        frame: &LabelFrame,
        wake: &Wake,
    ) {
        let zoom = (mercator_metres_per_point(0.0) / frame.metres_per_point).log2();
        let key = LevelKey { crowd, level: level_of(zoom), within: clusters.sound_within() };
        self.level.want(key, |key| {
            let key = key.clone();
            start("clusters", wake, move |watch| {
                let made = cluster(&key.crowd.0, key.level, key.within, watch)?;
                Ok(Same(Arc::new(made)))
            })
        });
    }

    fn count_selected(&mut self, session: &Session, layer: &Layer) {
        let (Some(rows), Some(Ok(level))) =
            (session.selection.of(layer.id).filter(|rows| !rows.is_empty()), self.level.latest())
        else {
            self.selected.forget();
            return;
        };
        let wake = &session.wake;
        self.selected.want((level.clone(), rows.clone()), |(level, rows)| {
            let (level, rows) = (level.clone(), rows.clone());
            start("selected in clusters", wake, move |_| {
                let count = |cluster| {
                    let all = level.0.rows_of(cluster).iter();
                    all.filter(|row| rows.contains(**row as usize)).count() as u64
                };
                Arc::new(level.0.clusters.iter().map(count).collect())
            })
        });
    }

    /// Which rows are drawn as they are: points that are in no cluster, and of a heat map and
    /// hexagons those that are selected.
    fn find_alone(&mut self, session: &Session, layer: &Layer, style: &Style) {
        if style.clusters().is_some() {
            self.chosen = None;
            let level = self.level.latest().and_then(|level| level.as_ref().ok());
            self.alone = level.map(|level| level.0.alone.0.clone());
            return;
        }
        let rows = session.loaded(layer).map_or(0, |loaded| loaded.table.rows());
        let chosen = session.selection.of(layer.id);
        let is_known = match (&self.chosen, chosen) {
            (Some(known), Some(chosen)) => known == chosen,
            (Some(known), None) => known.is_empty() && known.rows() == rows,
            (None, _) => false,
        };
        if !is_known || self.alone.is_none() {
            let chosen = chosen.cloned().unwrap_or_else(|| RowSet::none(rows));
            let mut shown = chosen.clone();
            if let MaskState::Some(mask) = session.derived.mask(layer) {
                shown = shown.and(&RowSet::of_mask(&mask.rows.0));
            }
            self.alone = Some(Arc::new(shown.to_mask()));
            self.chosen = Some(chosen);
        }
    }
}

pub(super) fn start<T: Send + 'static>(
    name: &str,
    wake: &Wake,
    work: impl FnOnce(&Watch) -> T + Send + 'static,
) -> Job<T> {
    let wake = wake.clone();
    Job::start(name, move || wake(), work)
}

fn heated(key: &HeatKey, watch: &Watch) -> Heated {
    let shades = key.heat.shades().into_iter().map(|color| key.vision.of(color));
    let shades: Vec<_> = shades.collect();
    let (extent, per_point) = (key.region.extent(), key.region.metres_per_point);
    let made = heat_picture(&key.crowd.0, &key.heat, &shades, &extent, per_point, watch)?;
    Ok(made.map(|HeatPicture { width, height, rgba, extent, top }| {
        let size = [width as usize, height as usize];
        let image = egui::ColorImage::from_rgba_unmultiplied(size, &rgba);
        HeatMade { image: MapHeat { image: Arc::new(image), extent }, top }
    }))
}
