//! What the person did on the map.

use egui::Rect;

use super::{ClusterHit, CornerMenu, DroppedLabel, Reshaping, Sketched};
use crate::table::Extent;

/// A feature under the pointer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Hit {
    /// The layer's [`super::DrawnLayer::key`].
    pub key: u64,
    /// The row in the layer's table.
    pub row: usize,
}

/// What happened on the map in this frame.
#[derive(Clone, Debug)]
pub struct MapResponse {
    /// Where the pointer is, longitude and latitude in WGS 84; none when it is not on the map.
    pub pointer: Option<[f64; 2]>,
    /// The person clicked: the features there, topmost first, none when there is nothing.
    pub clicked: Option<Vec<Hit>>,
    /// The topmost feature under the pointer.
    pub hovered: Option<Hit>,
    /// What the person is drawing, and in the frame in which it is done the whole shape.
    pub sketched: Option<Sketched>,
    /// Corners of the feature with handles that are being changed, or were.
    pub reshaped: Option<Reshaping>,
    /// What the person asked for in the menu of a corner.
    pub corner_menu: Option<CornerMenu>,
    /// A label was put elsewhere by hand.
    pub dropped: Option<DroppedLabel>,
    /// A cluster was clicked, or Enter pressed on it.
    pub cluster: Option<ClusterHit>,
    /// What is in view: longitude and latitude, WGS 84.
    pub extent: Extent,
    /// The map was moved or zoomed.
    pub view_changed: bool,
    /// Where the map is on the screen.
    pub rect: Rect,
}
