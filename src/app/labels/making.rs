//! The jobs behind the labels, a chain: a table's geometry in the plane of the map; the text of
//! each row; what there is to name; the labels of a region, drawn; what the view shows of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::{BooleanArray, StringArray};

use super::super::Wake;
use super::super::derived::{MaskState, Same};
use super::super::keyed::Keyed;
use super::super::session::Session;
use super::pinning::Pinning;
use crate::crs::TransformError;
use crate::i18n::{Language, NumberForm};
use crate::jobs::{Cancelled, Job, Watch};
use crate::label::{
    Atlas, LabelFrame, LabelLayer, LabelLook, LabelPlaces, LabelSource, Placement, Region,
    SymbolSizes, Tally, place,
};
use crate::map::MapLabels;
use crate::project::{Layer, LayerId};
use crate::query::{QueryError, TextExpression};
use crate::style::LabelStyle;
use crate::table::Table;

/// Labels of other layers do not wait longer for those of one that takes long, milliseconds.
const PATIENCE: u128 = 300;

type Texts = Result<Same<StringArray>, QueryError>;
type Source = Result<Same<LabelSource>, Cancelled>;
type Places = Result<Same<LabelPlaces>, TransformError>;

/// The text of each row follows from this.
#[derive(Clone, PartialEq)]
struct TextsKey {
    table: Same<Table>,
    what: String,
    language: Language,
    numbers: NumberForm,
}

/// What there is to name follows from this.
#[derive(Clone, PartialEq)]
struct SourceKey {
    places: Same<LabelPlaces>,
    texts: Same<StringArray>,
    mask: Option<Same<BooleanArray>>,
    drawn: SymbolSizes,
}

/// The labels of a region follow from this.
#[derive(Clone, PartialEq)]
struct PictureKey {
    region: Region,
    /// Topmost first.
    layers: Vec<LabelledLayer>,
    pixels_per_point: f32,
}

#[derive(Clone, PartialEq)]
struct LabelledLayer {
    id: LayerId,
    table: Same<Table>,
    source: Same<LabelSource>,
    style: LabelStyle,
    symbols: SymbolSizes,
}

/// The labels of a region, drawn.
#[derive(Clone)]
struct Picture {
    layers: Vec<LayerId>,
    placement: Arc<Placement>,
    atlas: Arc<Atlas>,
}

#[derive(Default)]
struct Chain {
    places: Keyed<Same<Table>, Places>,
    texts: Keyed<TextsKey, Texts>,
    source: Keyed<SourceKey, Source>,
}

impl Chain {
    /// How long the job at work has been, milliseconds; none without one.
    fn age(&self) -> Option<u128> {
        let ages = [
            self.places.job().map(Job::age),
            self.texts.job().map(Job::age),
            self.source.job().map(Job::age),
        ];
        ages.into_iter().flatten().max().map(|age| age.as_millis())
    }
}

/// All labels of the map.
#[derive(Default)]
pub(in super::super) struct Labels {
    chains: BTreeMap<LayerId, Chain>,
    picture: Keyed<PictureKey, Result<Picture, Cancelled>>,
    tallies: Keyed<(Same<Placement>, LabelFrame), Arc<Vec<Tally>>>,
    /// The view of the frame before.
    frame: Option<LabelFrame>,
    /// The layers that are to have labels now.
    wanted: Vec<LayerId>,
    pub(super) pinning: Pinning,
    /// The layer whose labels can be dragged elsewhere.
    pub arranged: Option<LayerId>,
}

impl Labels {
    /// Starts what is missing for a view and takes what is done. Called every frame.
    pub fn update(session: &mut Session, frame: LabelFrame, pixels_per_point: f32) {
        let mut labels = std::mem::take(&mut session.labels);
        labels.follow(session, frame, pixels_per_point);
        session.labels = labels;
    }

    fn follow(&mut self, session: &Session, frame: LabelFrame, pixels_per_point: f32) {
        let document = session.document();
        let before = self.frame.replace(frame);
        self.chains.retain(|id, _| {
            let layer = document.layer(*id);
            layer.and_then(Session::labels_of).is_some_and(|labels| labels.is_on)
        });
        let mut layers = Vec::new();
        let mut is_waiting = false;
        self.wanted.clear();
        for layer in document.layers.iter().filter(|layer| session.is_drawn(layer)) {
            let Some(style) = Session::labels_of(layer) else { continue };
            if layer.style.as_ref().is_some_and(|style| style.together.hides_all()) {
                continue;
            }
            if !session.scale.is_some_and(|scale| style.shows(scale)) {
                continue;
            }
            self.wanted.push(layer.id);
            let symbols = match session.derived.classes.drawn(layer.id) {
                Some(classes) => {
                    SymbolSizes::by_class(classes.shared_rows().clone(), classes.symbols())
                }
                None => SymbolSizes::all(&session.symbol_of(layer)),
            };
            if let Some((table, source)) = self.source(session, layer, &style, &symbols) {
                // As the whole map is seen.
                let vision = session.derived.classes.vision;
                let (color, halo) = (vision.of(style.color), vision.of(style.halo));
                let style = LabelStyle { color, halo, ..style };
                layers.push(LabelledLayer { id: layer.id, table, source, style, symbols });
            } else {
                let age = self.chains.get(&layer.id).and_then(Chain::age);
                is_waiting |= age.is_some_and(|age| age < PATIENCE);
            }
        }
        if layers.is_empty() && !is_waiting {
            self.picture.forget();
            self.tallies.forget();
            return;
        }
        if before != Some(frame) {
            // What waits for the map to rest needs a frame in which it does.
            (session.wake)();
        }
        if !frame.is_sound() || (is_waiting && self.picture.latest().is_some()) {
            return;
        }
        // While the map is zoomed, every frame has another scale: the labels come when it rests.
        let is_zooming = before.is_some_and(|before| {
            before.metres_per_point.to_bits() != frame.metres_per_point.to_bits()
        });
        if !is_zooming {
            let region = frame.region();
            let key = PictureKey { region, layers, pixels_per_point };
            self.picture.want(key, |key| start(key.clone(), &session.wake));
        }
        if before == Some(frame)
            && let Some(Ok(picture)) = self.picture.latest()
            && picture.placement.region == frame.region()
        {
            let key = (Same(picture.placement.clone()), frame);
            self.tallies.want(key, |(placement, frame)| {
                let (placement, frame) = (placement.clone(), *frame);
                let wake = session.wake.clone();
                Job::start(
                    "tally of labels",
                    move || wake(),
                    move |_| Arc::new(placement.0.tally(&frame)),
                )
            });
        }
    }

    /// What there is to name of a layer, as far as that is known.
    fn source(
        &mut self,
        session: &Session,
        layer: &Layer,
        style: &LabelStyle,
        symbols: &SymbolSizes,
    ) -> Option<(Same<Table>, Same<LabelSource>)> {
        let table = Same(session.loaded(layer)?.table.clone());
        let chain = self.chains.entry(layer.id).or_default();
        let wake = &session.wake;
        chain.places.want(table.clone(), |table| {
            let (table, wake) = (table.clone(), wake.clone());
            let work = move |watch: &Watch| {
                LabelPlaces::of(&table.0, watch).map(|places| Same(Arc::new(places)))
            };
            Job::start("places of labels", move || wake(), work)
        });
        let (language, numbers) = (session.language, session.settings.numbers);
        let key = TextsKey { table: table.clone(), what: style.what.clone(), language, numbers };
        chain.texts.want(key.clone(), |key| {
            let (key, wake) = (key.clone(), wake.clone());
            let work = move |_: &Watch| {
                let expression = TextExpression::parse(&key.what)?;
                Ok(Same(Arc::new(expression.texts(&key.table.0, key.language)?)))
            };
            Job::start("texts of labels", move || wake(), work)
        });
        let mask = match session.derived.mask(layer) {
            MaskState::Some(mask) => Some(mask.rows.clone()),
            MaskState::All | MaskState::Failed(_) => None,
            MaskState::Pending => return None,
        };
        // Of points near each other only the circle is there, with their number.
        let is_clustered = layer.style.as_ref().is_some_and(|style| style.clusters().is_some());
        let mask = match session.crowds.alone(layer.id) {
            Some(alone) if is_clustered => Some(Same(alone.clone())),
            None if is_clustered => return None,
            _ => mask,
        };
        let places = chain.places.of(&table)?.as_ref().ok()?.clone();
        let texts = chain.texts.of(&key)?.as_ref().ok()?.clone();
        let key = SourceKey { places, texts, mask, drawn: symbols.only_drawn() };
        chain.source.want(key.clone(), |key| {
            let (key, wake) = (key.clone(), wake.clone());
            let work = move |watch: &Watch| {
                let mask = key.mask.as_ref().map(|mask| &*mask.0);
                let shown = (mask, &key.drawn);
                let source = LabelSource::new(key.places.0.clone(), &key.texts.0, shown, watch)?;
                Ok(Same(Arc::new(source)))
            };
            Job::start("what to label", move || wake(), work)
        });
        let source = chain.source.of(&key)?.as_ref().ok()?.clone();
        Some((table, source))
    }

    /// What the map is to draw.
    pub fn on_map(&self) -> Option<MapLabels> {
        if self.wanted.is_empty() {
            return None;
        }
        let picture = self.picture.latest()?.as_ref().ok()?;
        Some(MapLabels {
            placement: picture.placement.clone(),
            atlas: picture.atlas.clone(),
            movable: self.arranged.and_then(|id| picture.layers.iter().position(|of| *of == id)),
        })
    }

    /// The layer of a number in what the map draws, and what there is to name of it.
    pub(super) fn layer(&self, number: usize) -> Option<LayerId> {
        let picture = self.picture.latest()?.as_ref().ok()?;
        picture.layers.get(number).copied()
    }

    /// What there is to name of a layer, as it was made last.
    pub(super) fn latest_source(&self, layer: LayerId) -> Option<&Arc<LabelSource>> {
        let source = self.chains.get(&layer)?.source.latest()?.as_ref().ok()?;
        Some(&source.0)
    }

    /// What the view shows of a layer's labels; none while that is not known.
    pub fn tally(&self, layer: LayerId) -> Option<&Tally> {
        if !self.wanted.contains(&layer) {
            return None;
        }
        let picture = self.picture.latest()?.as_ref().ok()?;
        let number = picture.layers.iter().position(|of| *of == layer)?;
        self.tallies.latest()?.get(number)
    }

    /// Whether a layer is to have labels at this scale.
    pub fn is_wanted(&self, layer: LayerId) -> bool {
        self.wanted.contains(&layer)
    }

    /// Why what is to be written of a layer cannot be.
    pub fn error(&self, layer: LayerId) -> Option<&QueryError> {
        self.chains.get(&layer)?.texts.latest()?.as_ref().err()
    }

    /// Whether something is at work.
    pub fn is_busy(&self) -> bool {
        self.picture.job().is_some()
            || self.tallies.job().is_some()
            || self.pinning.is_busy()
            || self.chains.values().any(|chain| chain.age().is_some())
    }

    /// The job that takes longest, for the status strip.
    pub fn work(&self) -> Option<(Option<f32>, std::time::Duration)> {
        let picture = self.picture.job().map(|job| (job.fraction(), job.age()));
        let chains = self.chains.values().flat_map(|chain| {
            [
                chain.places.job().map(|job| (job.fraction(), job.age())),
                chain.texts.job().map(|job| (job.fraction(), job.age())),
                chain.source.job().map(|job| (job.fraction(), job.age())),
            ]
        });
        chains.chain([picture]).flatten().max_by_key(|(_, age)| *age)
    }
}

fn start(key: PictureKey, wake: &Wake) -> Job<Result<Picture, Cancelled>> {
    let wake = wake.clone();
    Job::start("labels", move || wake(), move |watch| draw(&key, watch))
}

fn draw(key: &PictureKey, watch: &Watch) -> Result<Picture, Cancelled> {
    let pins: Vec<Vec<(u32, [f64; 2])>> =
        key.layers.iter().map(|layer| pins_of(&layer.table.0, &layer.style)).collect();
    let layers: Vec<LabelLayer<'_>> = key
        .layers
        .iter()
        .zip(&pins)
        .map(|(layer, pins)| LabelLayer {
            source: &layer.source.0,
            style: &layer.style,
            symbols: &layer.symbols,
            pins,
        })
        .collect();
    let placement = place(&key.region, &layers, watch)?;
    let looks: Vec<LabelLook> = key.layers.iter().map(|l| LabelLook::of(&l.style)).collect();
    let atlas = Atlas::of(&placement, &looks, key.pixels_per_point, watch)?;
    Ok(Picture {
        layers: key.layers.iter().map(|layer| layer.id).collect(),
        placement: Arc::new(placement),
        atlas: Arc::new(atlas),
    })
}

/// The rows of a table with a label put in its place by hand. Looks up identities: for a worker.
pub(in super::super) fn pins_of(table: &Table, style: &LabelStyle) -> Vec<(u32, [f64; 2])> {
    if style.pins.is_empty() {
        return Vec::new();
    }
    let row = |pin: &crate::style::Pin| {
        let row = table.identity().row(&pin.row)?;
        Some((u32::try_from(row).ok()?, pin.by))
    };
    style.pins.iter().filter_map(row).collect()
}
