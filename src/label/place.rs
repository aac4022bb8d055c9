//! The placer: who goes first, and what is taken.

use std::collections::HashMap;
use std::sync::Arc;

use super::boxes::{Taken, TurnedBox};
use super::frame::{Region, meet};
use super::layout::{Align, Block};
use super::placed::{LabelText, Outcome, PlacedLabel, Placement, bounds};
use super::source::{LabelSource, Place, Unit};
use super::symbols::SymbolSizes;
use super::{areas, lines, points};
use crate::jobs::{Cancelled, Watch};
use crate::style::{LabelPriority, LabelStyle};
use crate::text::Line;

/// Between two labels, points.
const GAP: f64 = 1.0;

/// Whose what stands on the map already is: nobody asks with this number.
const NOT_A_LABEL: u32 = u32::MAX - 1;

/// How many names are placed between two looks at the watch.
const NAMES_PER_LOOK: usize = 256;

/// With more points than this their symbols are no obstacles: there is nothing between them.
const MOST_SYMBOLS: usize = 20_000;

/// A layer whose labels are placed.
#[derive(Clone, Copy, Debug)]
pub struct LabelLayer<'a> {
    /// What there is to name.
    pub source: &'a Arc<LabelSource>,
    /// How labels look.
    pub style: &'a LabelStyle,
    /// How large its point symbols are.
    pub symbols: &'a SymbolSizes,
    /// Labels put in their place by hand: rows, and how far their middle lies from where labels of
    /// the row are about, Web Mercator metres.
    pub pins: &'a [(u32, [f64; 2])],
}

/// Something to be named.
struct Item<'a> {
    layer: usize,
    number: u32,
    unit: &'a Unit,
}

/// Places the labels of layers, given topmost first.
///
/// # Errors
/// When the person cancelled.
pub fn place(
    region: &Region,
    layers: &[LabelLayer<'_>],
    watch: &Watch,
) -> Result<Placement, Cancelled> {
    place_around(region, layers, &[], watch)
}

/// The same where something stands on the map already: left, top, right and bottom of it, points of
/// the world. No label comes there, but for those put there by hand.
///
/// # Errors
/// When the person cancelled.
pub fn place_around(
    region: &Region,
    layers: &[LabelLayer<'_>],
    blocked: &[[f64; 4]],
    watch: &Watch,
) -> Result<Placement, Cancelled> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let extent = region.extent();
    for (layer, given) in layers.iter().enumerate() {
        let units = given.source.units_in(&extent).into_iter();
        let found = units
            .filter_map(|number| Some(Item { layer, number, unit: given.source.unit(number)? }));
        items.extend(found);
    }
    items.sort_by(|a, b| rank(layers, a).cmp(&rank(layers, b)).then_with(|| within(a, b)));
    watch.check()?;

    let mut placer = Placer::new(*region, layers);
    for bounds in blocked {
        placer.labels.take(TurnedBox::upright(*bounds), NOT_A_LABEL);
    }
    placer.take_symbols(&items);
    placer.pins();
    for (number, item) in items.iter().enumerate() {
        if number % NAMES_PER_LOOK == 0 {
            watch.check()?;
        }
        placer.item(item, u32::try_from(number).unwrap_or(u32::MAX));
    }
    Ok(placer.finish())
}

/// Priority, kind, layer: lower goes first.
fn rank(layers: &[LabelLayer<'_>], item: &Item<'_>) -> (u8, u8, usize) {
    let priority = layers.get(item.layer).map(|layer| layer.style.priority);
    let priority = match priority.unwrap_or_default() {
        LabelPriority::High => 0,
        LabelPriority::Normal => 1,
        LabelPriority::Low => 2,
    };
    let kind = match item.unit.place {
        Place::Area(_) => 0,
        Place::Point(_) => 1,
        Place::Run(_) => 2,
    };
    (priority, kind, item.layer)
}

/// Within a layer the largest first.
fn within(a: &Item<'_>, b: &Item<'_>) -> std::cmp::Ordering {
    b.unit.weight.total_cmp(&a.unit.weight).then(a.number.cmp(&b.number))
}

/// What a label is made with.
pub(super) struct Setting<'a> {
    pub region: Region,
    pub source: &'a LabelSource,
    pub unit: &'a Unit,
    pub style: &'a LabelStyle,
    /// The size of the letters.
    pub size: f32,
    /// How much larger than their ink labels are taken to be.
    pub margin: f64,
    /// The diameter of point symbols; below 0 where none is drawn.
    pub symbol: f64,
    /// Whose name it is, to tell its own symbol from others'.
    pub owner: u32,
}

/// A place that a label could have.
pub(super) struct Candidate {
    /// Points of the world.
    pub middle: [f64; 2],
    pub text: LabelText,
    /// The boxes around its ink, without margin.
    pub boxes: Vec<TurnedBox>,
}

impl Setting<'_> {
    /// The widest that lines may be at size 1, as the style has it.
    pub fn widest(&self) -> f32 {
        /// The mean width of a letter as a part of the size.
        const LETTER: f32 = 0.5;
        if self.style.wrap == 0 { f32::INFINITY } else { f32::from(self.style.wrap) * LETTER }
    }
}

/// A block of lines around a place.
pub(super) fn block_at(block: &Block, align: Align, middle: [f64; 2]) -> Candidate {
    let starts = block.starts(align);
    let lines: Vec<(Line, [f32; 2])> = block.lines.iter().cloned().zip(starts).collect();
    let [wide, high] = [block.width, block.height].map(|side| f64::from(side) / 2.0);
    let [x, y] = middle;
    let boxes = vec![TurnedBox::upright([x - wide, y - high, x + wide, y + high])];
    Candidate { middle, text: LabelText::Lines(lines), boxes }
}

/// What is taken so far.
pub(super) struct Placer<'a> {
    pub region: Region,
    layers: &'a [LabelLayer<'a>],
    labels: Taken,
    symbols: Taken,
    placed: Vec<PlacedLabel>,
    outcomes: Vec<Vec<(u32, Outcome)>>,
    /// The units with a pinned label.
    pinned: Vec<(usize, u32)>,
    /// Where the names of lines are written: layer and number of the text.
    pub written: HashMap<(usize, u32), Vec<[f64; 2]>>,
}

impl<'a> Placer<'a> {
    fn new(region: Region, layers: &'a [LabelLayer<'a>]) -> Placer<'a> {
        Placer {
            region,
            layers,
            labels: Taken::over(region.bounds),
            symbols: Taken::over(region.bounds),
            placed: Vec::new(),
            outcomes: vec![Vec::new(); layers.len()],
            pinned: Vec::new(),
            written: HashMap::new(),
        }
    }

    /// Symbols of points that have labels are covered by other names only where there is no other
    /// place.
    fn take_symbols(&mut self, items: &[Item<'_>]) {
        let points = items.iter().enumerate().filter_map(|(number, item)| match item.unit.place {
            Place::Point(at) => {
                let owner = u32::try_from(number).unwrap_or(u32::MAX);
                Some((owner, item.layer, item.unit.row, at))
            }
            Place::Area(_) | Place::Run(_) => None,
        });
        if points.clone().count() > MOST_SYMBOLS {
            return;
        }
        for (owner, layer, row, at) in points {
            let size = self.layers.get(layer).and_then(|layer| layer.symbols.of(row));
            let half = f64::from(size.unwrap_or(0.0).max(0.0)) / 2.0;
            let [x, y] = self.region.to_world(at);
            // A disc is smaller than the box around it.
            let half = half * 0.9;
            self.symbols.take(TurnedBox::upright([x - half, y - half, x + half, y + half]), owner);
        }
    }

    /// Labels put in their place by hand come before all others, and are shown whatever they cover.
    fn pins(&mut self) {
        for (layer, given) in self.layers.iter().enumerate() {
            for (row, by) in given.pins {
                let Some(number) = given.source.unit_of(*row) else { continue };
                let Some(unit) = given.source.unit(number) else { continue };
                let Some([x, y]) = given.source.anchor(unit) else { continue };
                let setting = self.setting(given, unit, u32::MAX);
                let Some(shaped) = given.source.shaped(unit) else { continue };
                let middle = self.region.to_world([x + by[0], y + by[1]]);
                let block = shaped.block(setting.widest(), setting.size);
                let candidate = block_at(&block, Align::Middle, middle);
                let boxes = grown(&candidate.boxes, setting.margin);
                if meet(bounds(&boxes), self.region.bounds) {
                    self.pinned.push((layer, number));
                    self.put(layer, number, unit, candidate, boxes, Some([x, y]));
                }
            }
        }
    }

    fn setting<'b>(&self, layer: &LabelLayer<'b>, unit: &'b Unit, owner: u32) -> Setting<'b> {
        Setting {
            region: self.region,
            source: layer.source,
            unit,
            style: layer.style,
            size: layer.style.sound_size(),
            margin: f64::from(layer.style.sound_halo()) + GAP / 2.0,
            symbol: f64::from(layer.symbols.of(unit.row).unwrap_or(0.0)),
            owner,
        }
    }

    fn item(&mut self, item: &Item<'_>, owner: u32) {
        let Some(layer) = self.layers.get(item.layer) else { return };
        let outcome = if self.pinned.contains(&(item.layer, item.number)) {
            Outcome::Shown
        } else if layer.source.text(item.unit).is_none() {
            Outcome::NoText
        } else {
            let setting = self.setting(layer, item.unit, owner);
            let found = match item.unit.place {
                Place::Point(at) => points::find(self, &setting, at).map(|found| vec![found]),
                Place::Area(area) => areas::find(self, &setting, area).map(|found| vec![found]),
                Place::Run(run) => lines::find(self, &setting, item.layer, run),
            };
            match found {
                Ok(found) => {
                    for (candidate, boxes) in found {
                        self.put(item.layer, item.number, item.unit, candidate, boxes, None);
                    }
                    Outcome::Shown
                }
                Err(why) => why,
            }
        };
        if let Some(outcomes) = self.outcomes.get_mut(item.layer) {
            outcomes.push((item.number, outcome));
        }
    }

    /// Whether a label is in the way of a box.
    pub fn is_taken(&self, shape: &TurnedBox) -> bool {
        self.labels.is_taken(shape, u32::MAX)
    }

    /// Whether a label may take some boxes. With `spares` it must not cover symbols of others
    /// either.
    pub fn is_free(&self, setting: &Setting<'_>, boxes: &[TurnedBox], spares: bool) -> bool {
        if self.region.is_closed && !self.region.holds(bounds(boxes)) {
            return false;
        }
        boxes.iter().all(|shape| {
            let covers_symbol = || spares && self.symbols.is_taken(shape, setting.owner);
            !self.labels.is_taken(shape, u32::MAX) && !covers_symbol()
        })
    }

    /// The first of some candidates that is free and covers no symbol, else the first that is free,
    /// with the boxes it takes. `boxes` tells what a candidate's ink covers.
    pub fn first_free<T>(
        &self,
        setting: &Setting<'_>,
        candidates: impl Iterator<Item = T>,
        boxes: impl Fn(&T) -> &[TurnedBox],
    ) -> Option<(T, Vec<TurnedBox>)> {
        let mut second = None;
        for candidate in candidates {
            let boxes = grown(boxes(&candidate), setting.margin);
            if self.is_free(setting, &boxes, true) {
                return Some((candidate, boxes));
            }
            if second.is_none() && self.is_free(setting, &boxes, false) {
                second = Some((candidate, boxes));
            }
        }
        second
    }

    fn put(
        &mut self,
        layer: usize,
        number: u32,
        unit: &Unit,
        candidate: Candidate,
        boxes: Vec<TurnedBox>,
        pinned_to: Option<[f64; 2]>,
    ) {
        let owner = u32::try_from(self.placed.len()).unwrap_or(u32::MAX - 1);
        for shape in &boxes {
            self.labels.take(*shape, owner);
        }
        if let (Place::Run(_), Some(text)) = (unit.place, LabelSource::text_number(unit)) {
            self.written.entry((layer, text)).or_default().push(candidate.middle);
        }
        let at = self.region.to_mercator(candidate.middle);
        self.placed.push(PlacedLabel {
            layer,
            row: unit.row,
            unit: number,
            at,
            text: candidate.text,
            boxes,
            is_pinned: pinned_to.is_some(),
            about: pinned_to.unwrap_or(at),
        });
    }

    fn finish(self) -> Placement {
        let sources = self.layers.iter().map(|layer| layer.source.clone());
        let layers = sources.zip(self.outcomes).collect();
        Placement { region: self.region, labels: self.placed, layers }
    }
}

fn grown(boxes: &[TurnedBox], margin: f64) -> Vec<TurnedBox> {
    boxes.iter().map(|shape| shape.grown(margin)).collect()
}
