//! The screen: the basemap, layers drawn by the GPU, and finding what is under the pointer.
//!
//! - [`LayerScene`] is a layer made ready to draw, once per table, on a worker.
//! - [`MapView`] is the widget: it shows a basemap with layers and answers what the person did.

mod basemap;
mod camera;
mod gpu;
mod overlay;
mod pick;
mod response;
mod scene;
mod view;

pub use response::{Hit, MapResponse};
pub use scene::{LayerScene, SceneError};
pub use view::{DrawnLayer, MapView};
