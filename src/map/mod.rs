//! The screen: the basemap, layers drawn by the GPU, and finding what is under the pointer.
//!
//! - [`LayerScene`] is a layer's geometry in the map's plane, made once per table on a worker.
//! - [`MapView`] is the widget: it shows a basemap with layers and answers what the person did.

mod basemap;
mod camera;
mod classes;
mod crowd;
mod detail;
mod gpu;
mod graticule;
mod handles;
mod labels;
mod moving;
mod overlay;
mod painting;
mod pick;
mod response;
mod scene;
mod selection;
mod sketch;
mod snap;
#[cfg(test)]
mod tests;
mod view;

pub use basemap::{MapBackdrop, MissingTiles};
pub use camera::fit as fitting_view;
pub use classes::Classes;
pub use crowd::{ClusterHit, MapClusters, MapCrowd, MapHeat};
pub use handles::{CornerMenu, Reshaping, Shaped};
pub use labels::{DroppedLabel, MapLabels};
pub use painting::{DrawnLayer, GPU_BUDGET, Trouble};
pub use response::{Hit, MapResponse};
pub use scene::{LayerScene, SceneError};
pub use sketch::{SketchKind, Sketched};
pub use view::MapView;
