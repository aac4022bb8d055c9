//! A filter being changed, before the document has it.

use super::super::derived::{Mask, MaskKey, Same};
use super::super::keyed::Keyed;
use super::super::session::Session;
use super::condition::ConditionEdit;
use super::facts::FieldOf;
use super::place::PlaceEdit;
use crate::project::{Filter, Layer, LayerId};
use crate::query::SelectError;

pub(super) struct Draft {
    pub layer: LayerId,
    /// The condition on the layer's own fields.
    pub own: ConditionEdit,
    pub places: Vec<PlaceEdit>,
    /// The layer's filter when the draft was last in step with it.
    pub known: Filter,
    pub changed_at: Option<f64>,
    /// Whether the pointer was let go since the change.
    pub let_go: bool,
    pub trial: Keyed<MaskKey, Result<Mask, SelectError>>,
}

impl Draft {
    pub fn of(layer: &Layer) -> Draft {
        Draft {
            layer: layer.id,
            own: ConditionEdit::of(&layer.filter.sql),
            places: layer.filter.places.iter().map(PlaceEdit::of).collect(),
            known: layer.filter.clone(),
            changed_at: None,
            let_go: false,
            trial: Keyed::default(),
        }
    }

    /// Takes over what was changed elsewhere: undone, drawn on the map, typed for another layer.
    /// What is not finished, and in no filter yet, stays.
    pub fn adopt(&mut self, layer: &Layer) {
        let filter = &layer.filter;
        if filter.sql != self.known.sql {
            self.own.adopt(&filter.sql);
        }
        let mut before: Vec<Option<PlaceEdit>> =
            std::mem::take(&mut self.places).into_iter().map(Some).collect();
        for (at, place) in filter.places.iter().enumerate() {
            // The same one, also where one before it is gone.
            let known = self.known.places.iter().position(|known| known == place);
            let kept = known.and_then(|known| before.get_mut(known)?.take());
            let kept = kept.or_else(|| {
                let mut like = before.get_mut(at)?.take_if(|edit| edit.is_like(place))?;
                like.adopt(place);
                Some(like)
            });
            self.places.push(kept.unwrap_or_else(|| PlaceEdit::of(place)));
        }
        self.known = filter.clone();
        self.changed_at = None;
        self.let_go = false;
    }

    /// Whether anything of it is in no filter yet.
    pub fn is_unfinished(&self) -> bool {
        let mut conditions =
            std::iter::once(&self.own).chain(self.places.iter().map(|place| &place.features));
        self.filter() != self.known || conditions.any(ConditionEdit::is_unfinished)
    }

    /// Ends searches whose list is closed; answers whether one goes on.
    pub fn rest(&mut self) -> bool {
        let mut is_busy = self.own.rest();
        for place in &mut self.places {
            is_busy |= place.features.rest();
        }
        is_busy
    }

    /// The filter as it stands.
    pub fn filter(&self) -> Filter {
        let places = self.places.iter().map(PlaceEdit::filter).collect();
        Filter { sql: self.own.sql.clone(), places }
    }

    /// Reads the rules from the text where that changed.
    pub fn sync(&mut self, session: &Session) {
        let document = session.document();
        let table_of = |id: LayerId| Some(session.loaded(document.layer(id)?)?.table.clone());
        if let Some(table) = table_of(self.layer) {
            self.own.sync(&table);
        }
        for place in &mut self.places {
            if let Some(table) = place.layer().and_then(table_of) {
                place.features.sync(&table);
            }
        }
    }

    /// The fields that statistics are wanted of.
    pub fn fields(&self, session: &Session) -> Vec<FieldOf> {
        let document = session.document();
        let of = |id: LayerId, condition: &ConditionEdit| {
            let table = document.layer(id).and_then(|layer| session.loaded(layer));
            let Some(table) = table.map(|loaded| &loaded.table) else { return Vec::new() };
            let fields = condition.fields(table).into_iter();
            fields.map(|field| FieldOf { table: Same(table.clone()), field }).collect::<Vec<_>>()
        };
        let places = self.places.iter().filter_map(|place| Some((place.layer()?, &place.features)));
        let mut fields = of(self.layer, &self.own);
        places.for_each(|(layer, condition)| fields.extend(of(layer, condition)));
        fields
    }

    /// Whether there is nothing to clear: no condition, nor a row that is not finished.
    pub fn is_untouched(&self) -> bool {
        self.filter().is_empty() && self.own.is_blank()
    }

    pub fn clear(&mut self) {
        self.own = ConditionEdit::of("");
        self.places.clear();
    }

    /// The error of the draft as it stands.
    pub fn error(&self) -> Option<&SelectError> {
        let outcome = self.trial.latest()?;
        let filter = self.filter();
        outcome.as_ref().err().filter(|_| filter != self.known && !filter.is_empty())
    }
}
