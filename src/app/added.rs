//! The tables of layers as they are shown: with the columns that joins add, with rows where their
//! names are, and after that with columns that follow from where rows lie. What a layer shows is asked here (through
//! [`super::session::Session::loaded`]), never of the store.

use std::time::Duration;

use super::Wake;
use super::areas_dialog::what_message;
use super::by_place::PlacedTables;
use super::joined::{JoinedTables, rule_message};
use super::named::NamedTables;
use super::session::Session;
use super::store::{Loaded, Store};
use crate::i18n::Message;
use crate::project::{Document, Layer, LayerId};
use crate::query::join::Rule;
use crate::query::per_area::What;

/// Where an added column comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ColumnFrom {
    /// A join: the other layer, its field, what several rows became.
    Joined { layer: LayerId, field: String, rule: Option<Rule> },
    /// A number of what lies in the row: the other layer, what was calculated, of which field.
    Number { layer: LayerId, what: What, field: String },
    /// A field of the area in which the row lies.
    Area { layer: LayerId, field: String },
    /// Where the row was put by its name, and how.
    Names,
}

/// The tables of all layers with columns added.
#[derive(Default)]
pub(super) struct AddedColumns {
    joined: JoinedTables,
    named: NamedTables,
    placed: PlacedTables,
}

impl AddedColumns {
    /// Starts what is missing and takes what is done.
    pub fn update(&mut self, document: &Document, store: &Store, wake: &Wake) {
        self.joined.update(document, store, wake);
        self.named.update(document, (store, &self.joined), wake);
        self.placed.update(document, (store, &self.joined, &self.named), wake);
    }

    /// A layer's table as it is shown; until its columns are made, or made again, as it was.
    pub fn shown<'a>(&'a self, layer: &Layer, store: &'a Store) -> Option<&'a Loaded> {
        let joined = self.joined.shown(layer, store.loaded(&layer.source)?);
        Some(self.placed.shown(layer, self.named.shown(layer, joined)))
    }

    /// A layer's table as it is shown; none while its columns are not made.
    pub fn settled<'a>(&'a self, layer: &Layer, store: &'a Store) -> Option<&'a Loaded> {
        let joined = self.joined(layer, store)?;
        self.placed.settled(layer, self.named.settled(layer, joined)?)
    }

    /// A layer's table with joined columns and no others; none while they are not made.
    pub fn joined<'a>(&'a self, layer: &Layer, store: &'a Store) -> Option<&'a Loaded> {
        self.joined.settled(layer, store.loaded(&layer.source)?)
    }

    pub fn parts(&self) -> (&JoinedTables, &NamedTables, &PlacedTables) {
        (&self.joined, &self.named, &self.placed)
    }

    /// Whether columns of a layer are being made.
    pub fn is_busy(&self, layer: LayerId) -> bool {
        self.work(layer).is_some()
    }

    /// What is being made for a layer, how far that is and since when.
    pub fn work(&self, layer: LayerId) -> Option<(&'static str, Option<f32>, Duration)> {
        let joining = self.joined.work(layer).map(|work| ("app-work-joining", work));
        let naming = || self.named.work(layer).map(|work| ("app-work-names", work));
        let making = || self.placed.work(layer).map(|work| ("app-work-areas", work));
        let (id, (fraction, age)) = joining.or_else(naming).or_else(making)?;
        Some((id, fraction, age))
    }
}

/// Where a column comes from, in words; none for the layer's own.
pub(super) fn origin(session: &Session, loaded: &Loaded, column: usize) -> Option<String> {
    let name = |layer: LayerId| {
        session.document().layer(layer).map_or("…", |other| other.name.as_str()).to_owned()
    };
    let text = match loaded.added_from(column)? {
        ColumnFrom::Joined { layer, field, rule } => {
            let id = if rule.is_some() { "app-join-from-rule" } else { "app-join-from" };
            let text = Message::new(id).text("name", name(*layer)).text("field", field.as_str());
            match rule {
                Some(rule) => text.message("rule", rule_message(*rule)),
                None => text,
            }
        }
        ColumnFrom::Number { layer, what, field } if field.is_empty() => {
            let text = Message::new("app-areas-from").text("name", name(*layer));
            text.message("what", what_message(*what))
        }
        ColumnFrom::Number { layer, what, field } => Message::new("app-areas-from-field")
            .text("name", name(*layer))
            .text("field", field.as_str())
            .message("what", what_message(*what)),
        ColumnFrom::Area { layer, field } => Message::new("app-areas-from-area")
            .text("name", name(*layer))
            .text("field", field.as_str()),
        ColumnFrom::Names => Message::new("app-names-from"),
    };
    Some(session.say(&text))
}
