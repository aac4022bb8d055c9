//! Text fields of layers that could be numbers, dates, or yes and no: found by a job beside each
//! table, and shown where the layer and the head of the column stand.

use std::collections::HashMap;

use egui::{Button, RichText, Ui};

use crate::app::Wake;
use crate::app::actions::{Action, Actions};
use crate::app::derived::Same;
use crate::app::icons::{self, Icon};
use crate::app::keyed::Keyed;
use crate::app::session::Session;
use crate::app::store::{Loaded, Store};
use crate::app::theme;
use crate::i18n::Message;
use crate::jobs::{Cancelled, Job};
use crate::project::{Document, Layer, LayerId};
use crate::table::{Examples, Field, FieldKind, Offer, Table, offers};

type Found = Result<Vec<Offer>, Cancelled>;

/// What the text fields of the layers could be.
#[derive(Default)]
pub(in crate::app) struct FieldOffers {
    cells: HashMap<LayerId, Keyed<Same<Table>, Found>>,
}

impl FieldOffers {
    /// Starts what is missing and takes what is done.
    pub fn update(&mut self, document: &Document, store: &Store, wake: &Wake) {
        self.cells.retain(|id, _| document.layer(*id).is_some());
        for layer in &document.layers {
            // What a portal has of another moment has the same fields.
            let Some(loaded) = store.present(&layer.source) else { continue };
            let cell = self.cells.entry(layer.id).or_default();
            cell.want(Same(loaded.table.clone()), |key| {
                let (table, wake) = (key.0.clone(), wake.clone());
                Job::start("kinds", move || wake(), move |watch| offers(&table, watch))
            });
        }
    }

    /// Whether something is being looked at.
    pub fn is_busy(&self) -> bool {
        self.cells.values().any(|cell| cell.job().is_some())
    }

    /// What of a layer could be another kind, as far as the person has not said what it is.
    pub fn of<'a>(
        &'a self,
        layer: &'a Layer,
        loaded: &'a Loaded,
    ) -> impl Iterator<Item = (&'a str, &'a Offer)> + 'a {
        let found = self.cells.get(&layer.id).and_then(|cell| cell.latest()?.as_ref().ok());
        let named = found.into_iter().flatten().filter_map(|offer| {
            let field = loaded.table.fields.get(offer.column)?;
            Some((field.name.as_str(), offer))
        });
        // The table may be another one by now.
        named.filter(|(name, offer)| {
            let is_told = layer.source.fields.contains_key(*name);
            let is_text = loaded.table.fields.get(offer.column).map(|field| field.kind)
                == Some(FieldKind::Text);
            is_text && !is_told
        })
    }

    /// What a column could be.
    pub fn of_column<'a>(
        &'a self,
        layer: &'a Layer,
        loaded: &'a Loaded,
        column: usize,
    ) -> Option<&'a Offer> {
        self.of(layer, loaded).find(|(_, offer)| offer.column == column).map(|(_, offer)| offer)
    }
}

/// Whether the fields of a layer may be read as another kind: there are some.
pub(in crate::app) fn can_choose_kinds(session: &Session, layer: &Layer) -> bool {
    session.store.present(&layer.source).is_some_and(|loaded| !loaded.table.fields.is_empty())
}

/// Among the facts of a layer: how many of its fields could be another kind; leads to the choice.
pub(in crate::app) fn kinds_link(
    ui: &mut Ui,
    session: &Session,
    layer: &Layer,
    loaded: &Loaded,
    out: &mut Actions,
) {
    let mut offered = session.derived.kinds.of(layer, loaded).peekable();
    let Some((first, _)) = offered.peek() else { return };
    let first = (*first).to_owned();
    let names: Vec<&str> = offered.map(|(name, _)| name).collect();
    let count = u64::try_from(names.len()).unwrap_or(u64::MAX);
    let text = Message::new("app-kinds-offered").count("count", count).text("field", &first);
    let text = RichText::new(session.say(&text)).small().color(theme::accent(ui));
    let hint = Message::new("app-kinds-offered-hint").text("names", names.join(", "));
    if ui.add(Button::new(text).frame(false)).on_hover_text(session.say(&hint)).clicked() {
        out.push(Action::ShowKinds(layer.id, Some(first)));
    }
}

/// The sign in the head of a column that could be another kind; leads to the choice.
pub(in crate::app) fn kind_sign(
    ui: &mut Ui,
    session: &Session,
    (layer, field): (&Layer, &Field),
    offer: &Offer,
    out: &mut Actions,
) {
    let Some(best) = offer.best() else { return };
    let text = Message::new("app-kind-sign")
        .text("field", field.title())
        .text("what", session.say(&best.fit.read_as.message(best.kind)))
        .text("fit", fit_words(session, best));
    if icons::small_button(ui, Icon::Idea, &session.say(&text)).clicked() {
        out.push(Action::ShowKinds(layer.id, Some(field.name.clone())));
    }
}

/// "118 of 120 values fit, 2 say “nothing”".
pub(super) fn fit_words(session: &Session, reading: &Examples) -> String {
    let fit = &reading.fit;
    let mut parts = vec![session.say(&fit.message())];
    parts.extend(fit.no_value_message().map(|message| session.say(&message)));
    parts.join(", ")
}
