//! The labels of the map on a page: placed as on the screen, none of them beyond the map's edge.

use std::sync::Arc;

use super::crowd::FigureCrowd;
use super::display::{GlyphRun, Group, Item, Shape, Stroke, TextItem};
use super::error::FigureError;
use super::figure::{FigureLayer, FigureSpec};
use super::frame::Frame;
use crate::crs::{TransformError, scale_denominator};
use crate::i18n::Arg;
use crate::jobs::Watch;
use crate::label::{
    LabelFrame, LabelLayer, LabelLook, LabelPlaces, LabelSource, LabelText, Outcome, PlacedLabel,
    SymbolSizes, place,
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
    symbols: SymbolSizes,
    pins: Vec<(u32, [f64; 2])>,
}

/// The labels of all layers; none without any. What there is no room for is told.
///
/// # Errors
/// When the person cancelled.
pub(super) fn label_group(
    frame: Frame,
    spec: &FigureSpec<'_>,
    crowds: &[Option<FigureCrowd>],
    watch: &Watch,
    problems: &mut Problems,
) -> Result<Option<Group>, FigureError> {
    let watch = &watch.unseen();
    let scale = scale_denominator(frame.ground_metres_per_unit());
    let mut labelled = Vec::new();
    let drawn = spec.layers.iter().zip(crowds);
    for (layer, crowd) in drawn.filter(|(layer, _)| layer.is_drawn(spec.document)) {
        let labels = layer.style.labels.as_ref().filter(|_| !layer.style.together.hides_all());
        let Some(style) = labels.filter(|style| style.shows(scale)) else { continue };
        // Of points near each other only the circle is there, with their number.
        let alone = crowd.as_ref().and_then(FigureCrowd::alone);
        let apart = FigureLayer { mask: alone.or(layer.mask), ..*layer };
        let symbols = symbols_of(layer);
        if let Some(source) = source(&apart, style, &symbols, (spec, watch), problems)? {
            let pins = style.pins.iter().filter_map(|pin| {
                let row = layer.table.identity().row(&pin.row)?;
                Some((u32::try_from(row).ok()?, pin.by))
            });
            let pins = pins.collect();
            labelled.push(Labelled { layer, style, source, symbols, pins });
        }
    }
    if labelled.is_empty() {
        return Ok(None);
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
    let placement = place(&view.region(), &layers, watch)?;
    for (labelled, tally) in labelled.iter().zip(placement.tally(&view)) {
        let lost = tally.count(Outcome::TooLong) + tally.count(Outcome::Collides);
        let name = labelled.layer.layer.name.clone();
        problems.report("problem-figure-labels", lost, vec![("layer", Arg::Text(name))], None);
    }
    let mut pen = Pen { frame, items: Vec::new() };
    for label in &placement.labels {
        if let Some([from, to]) = label.leader(&placement.region) {
            let per_point = frame.metres_per_unit;
            let page = |[x, y]: [f64; 2]| pen.frame.to_page([x * per_point, -y * per_point]);
            let ends = [from, to].map(page).map(|at| at.map(narrow));
            pen.line(&ends);
        }
    }
    // What was placed first lies on top, as on the screen.
    for label in placement.labels.iter().rev() {
        if let Some(labelled) = labelled.get(label.layer) {
            pen.label(label, LabelLook::of(labelled.style));
        }
    }
    let clip = Some(frame.rect(0.0));
    Ok(Some(Group { name: "labels".to_owned(), clip, items: pen.items }))
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
    (spec, watch): (&FigureSpec<'_>, &Watch),
    problems: &mut Problems,
) -> Result<Option<Arc<LabelSource>>, FigureError> {
    let texts = TextExpression::parse(&style.what)
        .and_then(|expression| expression.texts(layer.table, spec.language));
    let texts = match texts {
        Ok(texts) => texts,
        Err(error) => {
            let name = Arg::Text(layer.layer.name.clone());
            let about = vec![
                ("layer", name),
                ("detail", Arg::Text(error.message.in_language(spec.language))),
            ];
            problems.report("problem-figure-labels-failed", 1, about, None);
            return Ok(None);
        }
    };
    let places = match LabelPlaces::of(layer.table, watch) {
        Ok(places) => places,
        Err(TransformError::Cancelled(cancelled)) => return Err(cancelled.into()),
        // Told of the layer itself.
        Err(TransformError::Crs(_)) => return Ok(None),
    };
    let source = LabelSource::new(Arc::new(places), &texts, (layer.mask, symbols), watch)?;
    Ok(Some(Arc::new(source)))
}

struct Pen {
    frame: Frame,
    items: Vec<Item>,
}

impl Pen {
    fn line(&mut self, ends: &[[f32; 2]]) {
        let outline = Outline::line(ends);
        for (color, width) in [(Color::rgb(0xff_ff_ff).with_alpha(200), 2.5), LEADER] {
            let stroke = Some(Stroke::plain(color, width));
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
            let stroke = Some(Stroke::plain(look.halo, width));
            self.items.push(Item::Shape(Shape { outline, fill: None, stroke }));
        }
        let (color, weight) = (look.color, LabelLook::WEIGHT);
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
