//! What the map showed of filtered layers, for the moment after their data changed in which it is not
//! known yet which of the newer rows they show: a layer that blinks at each reading would be worse
//! than one that is a moment older. Nothing of it can be clicked: its rows are no longer those.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::BooleanArray;

use super::derived::{Derived, MaskState};
use super::session::Session;
use crate::map::LayerScene;
use crate::project::{Layer, LayerId};

/// The last of each filtered layer.
#[derive(Default)]
pub(super) struct Held {
    last: HashMap<LayerId, Shown>,
}

/// Which rows of which geometry are drawn.
#[derive(Clone)]
pub(super) struct Shown {
    pub scene: Arc<LayerScene>,
    /// None for all rows.
    pub mask: Option<Arc<BooleanArray>>,
    /// It is that of older data.
    pub is_held: bool,
}

impl Held {
    /// Notes what is shown now.
    pub fn update(&mut self, session: &Session) {
        let document = session.document();
        let is_filtered =
            |id: &LayerId| document.layer(*id).is_some_and(|layer| !layer.filter.is_empty());
        self.last.retain(|id, _| is_filtered(id));
        for layer in document.layers.iter().filter(|layer| !layer.filter.is_empty()) {
            let scene = session.loaded(layer).and_then(|loaded| loaded.scene.as_ref().ok());
            let now = scene.and_then(|scene| now(scene, layer, &session.derived));
            if let Some(shown) = now {
                self.last.insert(layer.id, Shown { is_held: true, ..shown });
            }
        }
    }

    /// What is drawn of a layer with a geometry: what it shows now, or what it showed last; none where
    /// neither is known.
    pub fn shown(
        &self,
        layer: &Layer,
        scene: &Arc<LayerScene>,
        derived: &Derived,
    ) -> Option<Shown> {
        now(scene, layer, derived).or_else(|| self.last.get(&layer.id).cloned())
    }
}

/// None while it is not known which rows are shown: to draw all for a moment would be wrong.
fn now(scene: &Arc<LayerScene>, layer: &Layer, derived: &Derived) -> Option<Shown> {
    let mask = match derived.mask(layer) {
        MaskState::All | MaskState::Failed(_) => None,
        MaskState::Some(mask) => Some(Arc::clone(&mask.rows.0)),
        MaskState::Pending => return None,
    };
    Some(Shown { scene: Arc::clone(scene), mask, is_held: false })
}
