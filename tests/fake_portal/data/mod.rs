//! The made-up city: datasets of the same names, fields and quirks as a real city's, with data
//! that are nobody's.

mod art;
mod bikes;
mod ground;
mod heritage;
mod million;
mod mobility;
mod neighbourhoods;
mod others;
mod parking;
mod places;
mod sheep;
mod statistics;
mod streets;
mod study;
mod trees;

use super::dataset::Dataset;

pub use million::ID as MILLION;
pub use neighbourhoods::NAMES as NEIGHBOURHOODS;

/// All datasets: more than two pages of a catalogue.
pub fn city() -> Vec<Dataset> {
    let mut all = neighbourhoods::datasets();
    all.extend(streets::datasets());
    all.extend(sheep::datasets());
    all.extend(study::datasets());
    all.extend(parking::datasets());
    all.extend(bikes::datasets());
    all.extend(trees::datasets());
    all.extend(statistics::datasets());
    all.extend(places::datasets());
    all.extend(mobility::datasets());
    all.extend(heritage::datasets());
    all.extend(art::datasets());
    all.extend(million::datasets());
    all.extend(others::datasets());
    all
}
