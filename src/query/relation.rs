//! How rows may lie to areas.

use serde::{Deserialize, Serialize};

/// How a row must lie to an area.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// They share at least a point.
    #[default]
    Intersects,
    /// The row lies inside, edge included.
    Within,
    /// They share no point.
    Disjoint,
}
