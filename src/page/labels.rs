//! The labels of the map on a page: placed as on the screen, none of them beyond the map's edge.

use std::collections::HashSet;
use std::sync::Arc;

use arrow_array::{Array, StringArray};

use super::content::{FigureLayer, MapContent};
use super::crowd::FigureCrowd;
use super::display::{GlyphRun, Group, Item, Role, Shape, Stroke, TextItem};
use super::error::FigureError;
use super::frame::Frame;
use crate::crs::TransformError;
use crate::i18n::{Arg, tr};
use crate::jobs::Watch;
use crate::label::{
    LabelFrame, LabelLayer, LabelLook, LabelPlaces, LabelSource, LabelText, Outcome, PlacedLabel,
    SymbolSizes, place_around,
};
use crate::problem::Problems;
use crate::query::TextExpression;
use crate::style::{Color, LabelStyle};
use crate::text::Outline;

/// The line from a label to what it is about.
const LEADER: (Color, f32) = (Color::rgb(0x46_46_46), 0.75);

/// A layer with labels.
struct Labelled<'a> {
    layer: &'a FigureLayer<'a>,
    style: &'a LabelStyle,
    source: Arc<LabelSource>,
    texts: StringArray,
    symbols: SymbolSizes,
    pins: Vec<(u32, [f64; 2])>,
}

impl Labelled<'_> {
    /// What labels of rows say, each text once.
    fn texts_of(&self, mut rows: Vec<u32>) -> Vec<String> {
        rows.sort_unstable();
        let rows = rows.into_iter().map(|row| row as usize);
        let rows = rows.filter(|row| *row < self.texts.len() && self.texts.is_valid(*row));
        let mut seen = HashSet::new();
        let texts = rows.map(|row| self.texts.value(row)).filter(|text| seen.insert(*text));
        texts.map(str::to_owned).collect()
    }
}

/// Labels of a layer that there was no room for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dropped {
    /// The layer's name.
    pub layer: String,
    /// What they say, each once, in the order of the rows.
    pub texts: Vec<String>,
    /// How many there are.
    pub count: u64,
}

/// What was written on a map.
#[derive(Default)]
pub(super) struct Written {
    /// The labels, those of what lies outside of the subject below those inside; none without any. One
    /// group: who reads the file switches them on and off together.
    pub group: Option<Group>,
    /// How many there are.
    pub shown: u64,
    /// Those there was no room for.
    pub dropped: Vec<Dropped>,
}

/// The labels of all layers; none without any. What there is no room for is told.
///
/// # Errors
/// When the person cancelled.
pub(super) fn label_group(
    frame: Frame,
    content: &MapContent<'_>,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Option<Group>, FigureError> {
    let around = Surroundings { is_inside: &|_| true, taken: &[] };
    Ok(labels(frame, content, &around, watch, problems)?.group)
}

/// What labels have to reckon with on a sheet.
pub(super) struct Surroundings<'a> {
    /// Whether a place of the page lies in the subject: names of what does not step back.
    pub is_inside: &'a dyn Fn([f64; 2]) -> bool,
    /// What stands on the map: left, top, right and bottom on the page.
    pub taken: &'a [[f32; 4]],
}

/// How much of their colour labels outside of the subject keep.
const STEPPED_BACK: f32 = 0.5;

/// The labels of all layers, apart for what lies inside of the subject.
///
/// # Errors
/// When the person cancelled.
pub(super) fn labels(
    frame: Frame,
    content: &MapContent<'_>,
    around: &Surroundings<'_>,
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Written, FigureError> {
    let watch = &watch.unseen();
    let scale = frame.scale_denominator();
    let mut labelled = Vec::new();
    for layer in content.layers.iter().filter(|layer| layer.is_drawn(content.document)) {
        let labels = layer.style.labels.as_ref().filter(|_| !layer.style.together.hides_all());
        let Some(style) = labels.filter(|style| style.shows(scale)) else { continue };
        // Of points near each other only the circle is there, with their number.
        let clusters = match layer.style.clusters() {
            Some(_) => {
                FigureCrowd::of(layer, (frame, content.language), watch, &mut Problems::new())?
            }
            None => None,
        };
        let alone = clusters.as_ref().and_then(FigureCrowd::alone);
        let apart = FigureLayer { mask: alone.or(layer.mask), ..*layer };
        let symbols = symbols_of(layer);
        let found = source(&apart, style, &symbols, (frame, content, watch), problems)?;
        if let Some((source, texts)) = found {
            let pins = style.pins.iter().filter_map(|pin| {
                let row = layer.table.identity().row(&pin.row)?;
                Some((
                    u32::try_from(row).ok()?,
                    frame.plane.step_from_mercator(frame.center, pin.by),
                ))
            });
            let pins = pins.collect();
            labelled.push(Labelled { layer, style, source, texts, symbols, pins });
        }
    }
    if labelled.is_empty() {
        return Ok(Written::default());
    }
    let view = LabelFrame {
        centre: frame.center,
        metres_per_point: frame.metres_per_unit,
        size: frame.size.map(f64::from),
        is_closed: true,
    };
    let layers: Vec<LabelLayer<'_>> = labelled
        .iter()
        .map(|labelled| LabelLayer {
            source: &labelled.source,
            style: labelled.style,
            symbols: &labelled.symbols,
            pins: &labelled.pins,
        })
        .collect();
    let blocked: Vec<[f64; 4]> = around.taken.iter().map(|rect| in_world(frame, *rect)).collect();
    let placement = place_around(&view.region(), &layers, &blocked, watch)?;
    let mut written = Written::default();
    for (labelled, tally) in labelled.iter().zip(placement.tally(&view)) {
        written.shown += tally.count(Outcome::Shown);
        let count = tally.count(Outcome::TooLong) + tally.count(Outcome::Collides);
        let layer = labelled.layer.layer.name.clone();
        let about = vec![("layer", Arg::Text(layer.clone()))];
        problems.report("problem-figure-labels", count, about, None);
        if count > 0 {
            let rows = [Outcome::TooLong, Outcome::Collides].map(|outcome| tally.rows(outcome));
            let texts = labelled.texts_of(rows.concat());
            written.dropped.push(Dropped { layer, texts, count });
        }
    }
    // Those of what lies outside, and inside.
    let mut pens = [STEPPED_BACK, 1.0].map(|share| Pen { frame, share, items: Vec::new() });
    let page_of =
        |[x, y]: [f64; 2]| frame.to_page([x * frame.metres_per_unit, -y * frame.metres_per_unit]);
    let sides: Vec<usize> = placement
        .labels
        .iter()
        .map(|label| {
            // Of a point its place counts, not where its name found room.
            let own = labelled.get(label.layer).filter(|_| !label.is_along());
            let about = own.and_then(|labelled| labelled.source.about(label.row));
            usize::from((around.is_inside)(frame.to_page(about.unwrap_or(label.at))))
        })
        .collect();
    for (label, side) in placement.labels.iter().zip(&sides) {
        if let (Some([from, to]), Some(pen)) =
            (label.leader(&placement.region), pens.get_mut(*side))
        {
            let ends = [from, to].map(page_of).map(|at| at.map(narrow));
            pen.line(&ends);
        }
    }
    // What was placed first lies on top, as on the screen.
    for (label, side) in placement.labels.iter().zip(&sides).rev() {
        if let (Some(labelled), Some(pen)) = (labelled.get(label.layer), pens.get_mut(*side)) {
            pen.label(label, LabelLook::of(labelled.style));
        }
    }
    let items: Vec<Item> = pens.into_iter().flat_map(|pen| pen.items).collect();
    written.group = (!items.is_empty()).then(|| Group {
        name: tr(content.language, "page-layer-labels"),
        role: Role::Layer,
        clip: Some(frame.rect(0.0)),
        items,
    });
    Ok(written)
}

/// How large the point symbols of a layer are, and which of its rows are drawn.
fn symbols_of(layer: &FigureLayer<'_>) -> SymbolSizes {
    match layer.partition {
        Some(partition) => {
            let symbols = layer.style.symbols(partition, layer.kind);
            SymbolSizes::by_class(partition.rows.clone(), &symbols)
        }
        None => SymbolSizes::all(&layer.style.symbol),
    }
}

/// What there is to name of a layer; none, told, where that cannot be found.
fn source(
    layer: &FigureLayer<'_>,
    style: &LabelStyle,
    symbols: &SymbolSizes,
    (frame, content, watch): (Frame, &MapContent<'_>, &Watch),
    problems: &mut Problems,
) -> Result<Option<(Arc<LabelSource>, StringArray)>, FigureError> {
    let texts = TextExpression::parse(&style.what)
        .and_then(|expression| expression.texts(layer.table, content.language));
    let texts = match texts {
        Ok(texts) => texts,
        Err(error) => {
            let name = Arg::Text(layer.layer.name.clone());
            let about = vec![
                ("layer", name),
                ("detail", Arg::Text(error.message.in_language(content.language))),
            ];
            problems.report("problem-figure-labels-failed", 1, about, None);
            return Ok(None);
        }
    };
    let (Some(geometry), Some(crs)) = (&layer.table.geometry, &layer.table.crs) else {
        return Ok(None);
    };
    let mut outcome = Ok(());
    let geometry = geometry.map_xy(|xy| outcome = frame.plane.take_layer(crs, xy, watch));
    match outcome {
        Ok(()) => {}
        Err(TransformError::Cancelled(cancelled)) => return Err(cancelled.into()),
        // Told of the layer itself.
        Err(TransformError::Crs(_)) => return Ok(None),
    }
    let places = Arc::new(LabelPlaces::in_plane(geometry));
    let source = LabelSource::new(places, &texts, (layer.mask, symbols), watch)?;
    Ok(Some((Arc::new(source), texts)))
}

/// A rectangle of the page in points of the world, as labels are placed in.
fn in_world(frame: Frame, [left, top, right, bottom]: [f32; 4]) -> [f64; 4] {
    let corner = |x: f32, y: f32| {
        frame.to_plane([f64::from(x), f64::from(y)]).map(|metres| metres / frame.metres_per_unit)
    };
    let ([left, top], [right, bottom]) = (corner(left, top), corner(right, bottom));
    [left, -top, right, -bottom]
}

struct Pen {
    frame: Frame,
    /// How much of their colour things have.
    share: f32,
    items: Vec<Item>,
}

impl Pen {
    fn line(&mut self, ends: &[[f32; 2]]) {
        let outline = Outline::line(ends);
        for (color, width) in [(Color::rgb(0xff_ff_ff).with_alpha(200), 2.5), LEADER] {
            let stroke = Some(Stroke::plain(color.faded(self.share), width));
            self.items.push(Item::Shape(Shape { outline: outline.clone(), fill: None, stroke }));
        }
    }

    fn label(&mut self, label: &PlacedLabel, look: LabelLook) {
        let middle = self.frame.to_page(label.at).map(narrow);
        let put = |[x, y]: [f32; 2]| [x + middle[0], y + middle[1]];
        let size = match &label.text {
            LabelText::Lines(lines) => lines.first().map_or(0.0, |(line, _)| line.size),
            LabelText::Along(line, _) => line.size,
        };
        if look.halo_width > 0.0 {
            let mut outline = Outline::new();
            outline.push_placed(&label.text.outline(), 1.0, middle);
            let width = 2.0 * look.halo_width + LabelLook::WEIGHT * size;
            let stroke = Some(Stroke::plain(look.halo.faded(self.share), width));
            self.items.push(Item::Shape(Shape { outline, fill: None, stroke }));
        }
        let (color, weight) = (look.color.faded(self.share), LabelLook::WEIGHT);
        match &label.text {
            LabelText::Lines(lines) => {
                for (line, at) in lines {
                    let item = TextItem { line: line.clone(), at: put(*at), color, weight };
                    self.items.push(Item::Text(item));
                }
            }
            LabelText::Along(line, places) => {
                let places = places.iter().map(|(at, angle)| (put(*at), *angle)).collect();
                let run = GlyphRun { line: line.clone(), places, color, weight };
                self.items.push(Item::Glyphs(run));
            }
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "inside the frame")]
fn narrow(value: f64) -> f32 {
    value as f32
}
