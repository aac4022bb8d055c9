//! Many points as one picture, without a screen: how dense they are, circles for those near each
//! other, hexagons over all of them.
//!
//! All of it lies fixed in the world: a place looks the same from whatever view it is seen, and
//! however one came to it. One row counts once: a row of several points counts where their middle is.

mod clusters;
mod density;
mod heat;
mod hexagons;
mod peak;
mod points;

pub use clusters::{Alone, Cluster, ClusterLevel, cluster, level_of};
pub use density::{Density, Lattice, density};
pub use heat::{HeatPicture, heat_picture};
pub use hexagons::{Hexagon, HexagonTable, hexagons};
pub use peak::greatest_density;
pub use points::{Crowd, CrowdError, CrowdPoints};

use crate::crs::{lon_lat_from_mercator, mercator_scale};

/// How many metres of Web Mercator a metre on the ground is, at a place given by its northing
/// there.
fn scale_at(northing: f64) -> f64 {
    let [_, lat] = lon_lat_from_mercator([0.0, northing]);
    mercator_scale(lat.clamp(-85.0, 85.0))
}
