//! Coarse outlines by which a person sees where something lies: Belgium with what is around it,
//! and the continents.

use std::sync::LazyLock;

use serde::Deserialize;

/// A ring of longitudes and latitudes (WGS 84, degrees), not closed.
pub type Outline = Vec<[f64; 2]>;

/// Outlines, from Natural Earth (public domain). Those of Belgium and its neighbours are right to
/// about a kilometre, those of the world to a degree.
#[derive(Debug, Default, Deserialize)]
pub struct Outlines {
    /// The country.
    pub belgium: Vec<Outline>,
    /// The countries around it, as far as a little map of Belgium shows them.
    pub neighbours: Vec<Outline>,
    /// The continents and larger islands.
    pub world: Vec<Outline>,
}

/// The outlines.
pub fn outlines() -> &'static Outlines {
    static OUTLINES: LazyLock<Outlines> = LazyLock::new(|| {
        serde_json::from_str(include_str!("../../../assets/outlines.json")).unwrap_or_else(
            |error| {
                log::error!("outlines.json: {error}");
                Outlines::default()
            },
        )
    });
    &OUTLINES
}
