//! How rows may lie to features.

use serde::{Deserialize, Serialize};

/// How a row must lie to a feature. Edges belong to areas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// They share at least a point.
    #[default]
    Intersects,
    /// The row lies inside, edge included.
    Within,
    /// They share no point.
    Disjoint,
    /// They share points of their edges or ends only (OGC 06-103r4, section 6.1.15.3).
    Touches,
    /// They share some of their inner points but not all, as a line that goes through an area or
    /// over another line (there).
    Crosses,
    /// They are at most so far apart on the ground.
    Near {
        /// Metres.
        metres: f64,
    },
}
