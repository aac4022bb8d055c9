//! Hexagons: a table of areas made by a job, which is then classed and drawn like any other.

use std::sync::Arc;

use super::super::Wake;
use super::super::derived::Same;
use super::super::keyed::Keyed;
use super::making::start;
use crate::crowd::{Crowd, CrowdError, HexagonTable, hexagons};
use crate::jobs::Watch;
use crate::map::{Classes, DrawnLayer, LayerScene};
use crate::project::Layer;
use crate::style::ramp::Vision;
use crate::style::{
    Grouping, HexagonNumber, Hexagons, LegendCrowd, Partition, PartitionError, Style, Symbol,
    partition,
};
use crate::table::PartKind;

/// Marks the key of what is drawn as the hexagons of a layer: their rows are not the layer's.
pub(in super::super) const HEXAGONS: u64 = 1 << 63;

/// The hexagons follow from this.
#[derive(Clone, PartialEq)]
struct TableKey {
    crowd: Same<Crowd>,
    size: f64,
    of: HexagonNumber,
}

/// Hexagons made ready to draw.
#[derive(Clone)]
pub(in super::super) struct Made {
    pub areas: HexagonTable,
    pub scene: Arc<LayerScene>,
}

/// The hexagons of a layer.
#[derive(Default)]
pub(in super::super) struct Hexes {
    made: Keyed<TableKey, Result<Same<Made>, CrowdError>>,
    classes: Keyed<(Same<Made>, Grouping), Result<Same<Partition>, PartitionError>>,
    dressed: Option<Dressed>,
}

/// Their classes as the map draws them, and what they were made from.
struct Dressed {
    partition: Same<Partition>,
    style: Style,
    vision: Vision,
    classes: Arc<Classes>,
}

impl Hexes {
    /// Starts what is missing and takes what is done.
    pub fn follow(&mut self, crowd: Same<Crowd>, of: &Hexagons, vision: Vision, wake: &Wake) {
        let key = TableKey { crowd, size: of.sound_size(), of: of.of.clone() };
        let wanted = of.clone();
        self.made.want(key, |key| {
            let key = key.clone();
            start("hexagons", wake, move |watch: &Watch| {
                let areas = hexagons(&key.crowd.0, &wanted, watch)?;
                let scene = LayerScene::build(&areas.table, watch)
                    .map_err(|_| CrowdError::Cancelled(crate::jobs::Cancelled))?;
                Ok(Same(Arc::new(Made { areas, scene: Arc::new(scene) })))
            })
        });
        let style = of.style();
        if let (Some(Ok(made)), Some(grouping)) = (self.made.latest(), style.grouping()) {
            self.classes.want((made.clone(), grouping), |(made, grouping)| {
                let (made, grouping) = (made.clone(), grouping.clone());
                start("classes of hexagons", wake, move |watch: &Watch| {
                    let found = partition(&made.0.areas.table, &grouping, None, watch)?;
                    Ok(Same(Arc::new(found)))
                })
            });
        }
        self.dress(style, vision);
    }

    fn dress(&mut self, style: Style, vision: Vision) {
        let Some(Ok(partition)) = self.classes.latest() else {
            self.dressed = None;
            return;
        };
        let is_same = |made: &Dressed| {
            made.partition == *partition && made.style == style && made.vision == vision
        };
        if self.dressed.as_ref().is_some_and(is_same) {
            return;
        }
        let symbols = style.symbols(&partition.0, Some(PartKind::Polygon)).into_iter();
        let symbols = symbols.map(|symbol| symbol.map(|symbol| vision.of_symbol(symbol))).collect();
        let classes = Arc::new(Classes::new(partition.0.rows.clone(), symbols));
        self.dressed = Some(Dressed { partition: partition.clone(), style, vision, classes });
    }

    /// The hexagons that the classes belong to, with those.
    pub fn drawn(&self) -> Option<(&Made, &Partition)> {
        let dressed = self.dressed.as_ref()?;
        let (made, _) = self.classes.key()?;
        Some((&made.0, &dressed.partition.0))
    }

    /// What the map draws of a layer.
    pub fn on_map(&self, layer: &Layer) -> Option<DrawnLayer<'_>> {
        let dressed = self.dressed.as_ref()?;
        let (made, _) = self.drawn()?;
        Some(DrawnLayer {
            key: layer.id.0 | HEXAGONS,
            scene: &made.scene,
            symbol: Symbol::default(),
            classes: Some(&dressed.classes),
            opacity: layer.opacity,
            mask: None,
            selected: None,
            hovered: None,
            can_be_picked: true,
        })
    }

    /// What the legend needs to know.
    pub fn legend(&self) -> Option<LegendCrowd<'_>> {
        let dressed = self.dressed.as_ref()?;
        Some(LegendCrowd::Hexagons(&dressed.style, &dressed.partition.0))
    }

    /// Why there are none.
    pub fn error(&self) -> Option<&CrowdError> {
        self.made.latest()?.as_ref().err()
    }

    /// What is at work.
    pub fn work(&self) -> Option<(Option<f32>, std::time::Duration)> {
        let made = self.made.job().map(|job| (job.fraction(), job.age()));
        made.or_else(|| self.classes.job().map(|job| (job.fraction(), job.age())))
    }
}
