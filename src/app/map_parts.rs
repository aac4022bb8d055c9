//! What the map is made of, taken from the window for a job that draws it: figures and sheets.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use arrow_array::BooleanArray;

use super::derived::MaskState;
use super::session::Session;
use crate::i18n::Language;
use crate::jobs::{Cancelled, Watch};
use crate::page::{CityLook, FigureBackdrop, FigureBasemap, FigureCity, FigureLayer};
use crate::problem::Problems;
use crate::project::{Backdrop, Document, Layer};
use crate::raster::PlacedRaster;
use crate::style::{Partition, PartitionError, Style, partition};
use crate::table::{PartKind, Table};
use crate::tiles::{Ground, TileId, TileImage, TileState, TileStore};

/// How long tiles that are not there yet are waited for.
pub(super) const WAIT_FOR_TILES: Duration = Duration::from_secs(8);

/// What the map is made of.
pub(super) struct MapParts {
    pub document: Arc<Document>,
    pub language: Language,
    pub layers: Vec<PartLayer>,
    pub backdrops: Vec<(Backdrop, Arc<PlacedRaster>)>,
    /// How many images that are to be seen are not there.
    missing: u64,
    /// How many layers that are to be seen are not there: still being read or filtered, or not to
    /// be read.
    waiting: u64,
    pub ground: Option<Ground>,
    /// Whether the basemap that is to be seen is still being opened, or cannot be.
    has_no_ground: bool,
}

/// A layer as the map shows it.
pub(super) struct PartLayer {
    pub layer: Layer,
    pub table: Arc<Table>,
    pub style: Style,
    pub kind: Option<PartKind>,
    mask: Option<Arc<BooleanArray>>,
    /// Its classes where they are known.
    partition: Option<Arc<Partition>>,
}

impl PartLayer {
    /// Its classes; finds them where they are not known yet. None where they cannot be found, as
    /// on the map.
    fn partition(&self, watch: &Watch) -> Result<Option<Arc<Partition>>, Cancelled> {
        let Some(grouping) = self.style.grouping().filter(|_| self.partition.is_none()) else {
            return Ok(self.partition.clone());
        };
        match partition(&self.table, &grouping, self.mask.as_deref(), watch) {
            Ok(partition) => Ok(Some(Arc::new(partition))),
            Err(PartitionError::Cancelled(cancelled)) => Err(cancelled),
            Err(_) => Ok(None),
        }
    }
}

/// Tiles that a job found.
pub(super) struct FoundTiles<'a> {
    found: HashMap<TileId, Arc<TileImage>>,
    store: &'a TileStore,
    ground: Option<&'a Ground>,
    /// Whether some were still on their way.
    pub are_coming: bool,
}

impl FoundTiles<'_> {
    /// A tile, if it is there.
    pub fn get(&self, id: TileId) -> Option<Arc<TileImage>> {
        let here = self.found.get(&id).cloned();
        here.or_else(|| match self.store.get(self.ground?.source(), id) {
            TileState::Ready(image) => Some(image),
            TileState::Loading | TileState::Missing(_) => None,
        })
    }
}

impl MapParts {
    /// The layers of a document that are wanted, told whether they are shown; and what lies under
    /// them.
    pub fn of(
        session: &Session,
        document: Arc<Document>,
        is_wanted: impl Fn(&Layer, bool) -> bool,
    ) -> MapParts {
        let visible =
            document.layers.iter().filter(|layer| is_wanted(layer, document.is_shown(layer)));
        let mut waiting = 0;
        let layers = visible.filter_map(|layer| {
            let Some(loaded) = session.loaded(layer) else {
                waiting += 1;
                return None;
            };
            let table = loaded.table.clone();
            let mask = match session.derived.mask(layer) {
                MaskState::Some(mask) => Some(mask.rows.0.clone()),
                MaskState::Pending => {
                    waiting += 1;
                    return None;
                }
                MaskState::All | MaskState::Failed(_) => None,
            };
            Some(PartLayer {
                layer: layer.clone(),
                table,
                style: session.style_of(layer).into_owned(),
                kind: session.colored_kind(layer),
                mask,
                partition: session.derived.classes.partition(layer.id).cloned(),
            })
        });
        let layers: Vec<PartLayer> = layers.collect();
        let ground = session.grounds.ground(&document.basemap).cloned();
        let has_no_ground = ground.is_none() && document.own_basemap(&document.basemap).is_some();
        let laid = document.backdrops.iter().filter(|backdrop| backdrop.visible);
        let laid = laid.filter_map(|backdrop| {
            let laid = session.backdrops.laid(backdrop)?.as_ref().ok()?;
            Some((backdrop.clone(), Arc::clone(&laid.placed)))
        });
        let backdrops: Vec<_> = laid.collect();
        let wanted = document.backdrops.iter().filter(|backdrop| backdrop.visible).count();
        let missing = wanted.saturating_sub(backdrops.len()) as u64;
        let language = session.language;
        MapParts { document, language, layers, backdrops, missing, waiting, ground, has_no_ground }
    }

    /// Counts what is to be seen and is not there.
    pub fn tell_missing(&self, problems: &mut Problems) {
        problems.add("problem-figure-backdrops", self.missing);
        problems.add("problem-figure-layers", self.waiting);
        problems.add("problem-figure-no-basemap", u64::from(self.has_no_ground));
    }

    /// The classes of its layers.
    pub fn partitions(&self, watch: &Watch) -> Result<Vec<Option<Arc<Partition>>>, Cancelled> {
        self.layers.iter().map(|layer| layer.partition(watch)).collect()
    }

    /// Its layers with their classes, to be drawn.
    pub fn figure_layers<'a>(
        &'a self,
        partitions: &'a [Option<Arc<Partition>>],
    ) -> Vec<FigureLayer<'a>> {
        let layers = self.layers.iter().zip(partitions);
        let figure = layers.map(|(of, partition)| FigureLayer {
            layer: &of.layer,
            table: &of.table,
            style: &of.style,
            partition: partition.as_deref(),
            kind: of.kind,
            mask: of.mask.as_deref(),
        });
        figure.collect()
    }

    /// The images under its layers, to be drawn.
    pub fn figure_backdrops(&self) -> Vec<FigureBackdrop<'_>> {
        let backdrops = self.backdrops.iter();
        backdrops.map(|(backdrop, raster)| FigureBackdrop { backdrop, raster }).collect()
    }

    /// Its basemap where that is pictures: of those tiles are waited for.
    pub fn pictures(&self) -> Option<&Ground> {
        self.ground.as_ref().filter(|ground| ground.vectors().is_none())
    }

    /// Its basemap at a level, with tiles from where they are.
    pub fn figure_basemap<'a>(
        &'a self,
        level: u8,
        tile: &'a dyn Fn(TileId) -> Option<Arc<TileImage>>,
    ) -> Option<FigureBasemap<'a>> {
        let look = self.document.basemap_look;
        self.ground.as_ref().map(|ground| FigureBasemap {
            attribution: &ground.attribution,
            look,
            city: ground.vectors().map(|archive| FigureCity {
                archive,
                look: CityLook::of(look),
                language: self.language,
                letters: 1.0,
            }),
            level,
            tile,
        })
    }

    /// Tiles of its basemap; waits so long for those that are not there yet.
    pub fn tiles<'a>(
        &'a self,
        store: &'a TileStore,
        wanted: &[TileId],
        patience: Duration,
        watch: &Watch,
    ) -> Result<FoundTiles<'a>, Cancelled> {
        let mut found = HashMap::new();
        let mut are_coming = false;
        if let Some(ground) = self.pictures() {
            let states = store.wait(ground.source(), wanted, patience, watch)?;
            are_coming = states.contains(&TileState::Loading);
            found = wanted
                .iter()
                .zip(states)
                .filter_map(|(id, state)| match state {
                    TileState::Ready(image) => Some((*id, image)),
                    TileState::Loading | TileState::Missing(_) => None,
                })
                .collect();
        }
        Ok(FoundTiles { found, store, ground: self.ground.as_ref(), are_coming })
    }
}
