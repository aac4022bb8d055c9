//! Made-up scenes.

use std::sync::Arc;

use belfort::i18n::Language;
use belfort::jobs::Watch;
use belfort::label::{
    LabelFrame, LabelLayer, LabelPlaces, LabelSource, Placement, SymbolSizes, place,
};
use belfort::query::TextExpression;
use belfort::style::{LabelStyle, default_symbol};
use belfort::table::Table;

pub(crate) use crate::names;

/// Layers with their looks, topmost first.
pub struct Scene {
    pub layers: Vec<(Arc<LabelSource>, LabelStyle)>,
}

pub fn source(table: &Table, what: &str) -> Arc<LabelSource> {
    let watch = Watch::unwatched();
    let places = Arc::new(LabelPlaces::of(table, &watch).unwrap());
    let texts = TextExpression::parse(what).unwrap().texts(table, Language::Dutch).unwrap();
    Arc::new(LabelSource::new(places, &texts, (None, &SymbolSizes::default()), &watch).unwrap())
}

pub fn named() -> LabelStyle {
    LabelStyle { what: "naam".to_owned(), ..LabelStyle::default() }
}

impl Scene {
    /// Stops over streets over neighbourhoods.
    pub fn city(seed: u64, side: f64, streets: u32, stops: u32) -> Scene {
        let tables = [
            names::stops(stops, side, seed),
            names::streets(streets, side, seed + 1),
            names::areas(5, side, seed + 2),
        ];
        let style = |size| LabelStyle { size, ..named() };
        let layers = tables.iter().zip([11.0, 9.5, 14.0]);
        Scene { layers: layers.map(|(table, size)| (source(table, "naam"), style(size))).collect() }
    }

    pub fn place(&self, frame: &LabelFrame) -> Placement {
        let symbols = SymbolSizes::all(&default_symbol(None, 0));
        let layers: Vec<LabelLayer<'_>> = self
            .layers
            .iter()
            .map(|(source, style)| LabelLayer { source, style, symbols: &symbols, pins: &[] })
            .collect();
        place(&frame.region(), &layers, &Watch::unwatched()).unwrap()
    }
}

pub fn frame(centre: [f64; 2], metres_per_point: f64) -> LabelFrame {
    LabelFrame { centre, metres_per_point, size: [1000.0, 700.0], is_closed: false }
}
