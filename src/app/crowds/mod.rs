//! Points shown together: found by jobs from tables, styles and the view, shown by the map.

mod hexes;
mod hover;
mod making;

pub(super) use hexes::HEXAGONS;
pub(super) use hover::tell_hexagon;
pub(super) use making::Crowds;
