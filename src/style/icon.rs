//! Pictures inside point symbols.

use serde::{Deserialize, Serialize};

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Icon {
    /// The P of a parking.
    Parking,
    /// A bike.
    Bike,
    /// A bus.
    Bus,
    /// A tree.
    Tree,
    /// A sheep.
    Sheep,
    /// An open book, for places to study.
    Book,
    /// A school.
    School,
    /// A slide, for playgrounds.
    Playground,
    /// Two people and a line between them.
    Toilet,
    /// A house.
    House,
    /// A drop of water.
    Water,
    /// A cross of medical help.
    Care,
    /// Cup with a saucer.
    Cup,
    /// A bin for glass or waste.
    Bin,
    /// A charging point.
    Charge,
    /// A sign with an exclamation mark.
    Warning,
}
