//! A layer that lies outside Belgium and would lie inside in another reading of its numbers.

use crate::app::actions::Action;
use crate::app::session::Session;
use crate::crs::{HowFound, Landing, LayerCrs, PlaceDoubt, place_doubt};
use crate::project::{Layer, LayerSource};
use crate::table::Table;

use super::Picture;

/// What was seen of where a layer lies.
#[derive(Clone, Debug)]
pub(in crate::app) struct PlaceSeen {
    pub doubt: PlaceDoubt,
    /// The likeliest reading, drawn.
    pub picture: Picture,
}

impl PlaceSeen {
    /// Looks at a table; none where there is nothing to ask, and where the person has chosen.
    pub fn of(table: &Table) -> Option<PlaceSeen> {
        if table.crs.as_ref().is_some_and(|crs| crs.how == HowFound::Chosen) {
            return None;
        }
        let doubt = place_doubt(table.geometry.as_ref()?.xy(), table.crs.as_ref())?;
        let picture = Picture::of(doubt.offers.first()?);
        Some(PlaceSeen { doubt, picture })
    }

    /// The likeliest reading.
    pub fn best(&self) -> Option<&Landing> {
        self.doubt.offers.first()
    }
}

/// What was seen of a layer, as long as the person has not chosen.
pub(super) fn seen<'a>(session: &'a Session, layer: &Layer) -> Option<&'a PlaceSeen> {
    let loaded = session.loaded(layer).filter(|_| layer.source.crs.is_none())?;
    loaded.place.as_deref()
}

/// A layer's source, its numbers read in a system.
pub(in crate::app) fn taken_as(layer: &Layer, crs: &LayerCrs) -> LayerSource {
    let definition = crs.crs.code.clone().unwrap_or_else(|| crs.crs.definition.to_string());
    LayerSource { crs: Some(definition), swapped: crs.swapped, ..layer.source.clone() }
}

/// The reading offered for a layer, and what takes it: one step to take back.
pub(in crate::app) fn take_offer(session: &Session, layer: &Layer) -> Option<(LayerCrs, Action)> {
    let crs = seen(session, layer)?.best()?.crs.clone();
    let action = Action::ReadAs(layer.id, taken_as(layer, &crs));
    Some((crs, action))
}
