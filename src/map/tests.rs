//! What the tests inside this room share.

use super::LayerScene;
use crate::crs::{Crs, HowFound, LayerCrs};
use crate::jobs::Watch;
use crate::table::{GeometryBuilder, Table};

/// A scene of points, Web Mercator metres.
pub(super) fn points(at: &[[f64; 2]]) -> LayerScene {
    let mut builder = GeometryBuilder::new();
    at.iter().for_each(|place| builder.push_point(*place));
    let geometry = builder.finish().unwrap();
    let mut table = Table::new("points", at.len(), vec![], vec![], Some(geometry)).unwrap();
    table.crs = Some(LayerCrs::new(Crs::web_mercator(), HowFound::Chosen));
    LayerScene::build(&table, &Watch::unwatched()).unwrap()
}
