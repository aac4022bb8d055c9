//! What is looked up for the dialog by jobs: the best keys, and what they match.

use super::JoinDialog;
use super::columns::choices;
use crate::app::derived::Same;
use crate::app::session::Session;
use crate::i18n::fold;
use crate::jobs::{Job, Watch};
use crate::project::Layer;
use crate::query::join::{How, JoinBy, JoinError, Preview, key_pairs, preview};
use crate::table::Table;

/// What the best keys follow from.
pub(super) type PairsKey = (Same<Table>, Same<Table>);

/// What a preview follows from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PreviewKey {
    tables: PairsKey,
    /// Without columns.
    by: JoinBy,
}

/// A preview, ready to be shown without looking through it in every frame.
#[derive(Debug, Default)]
pub(super) struct Looked {
    pub preview: Preview,
    /// The numbers of the pairs that are proposed or confirmed.
    pub proposed: Vec<usize>,
    /// Of those without any partner.
    pub unmatched: Vec<usize>,
    /// Of those that are equal.
    pub exact: Vec<usize>,
    /// The values left over, folded, to look in.
    pub unused_folded: Vec<String>,
}

impl Looked {
    fn of(preview: Preview) -> Looked {
        let mut looked = Looked::default();
        for (number, pair) in preview.pairs.iter().enumerate() {
            let list = match pair.how {
                How::Exact => &mut looked.exact,
                How::Confirmed | How::Proposed(_) => &mut looked.proposed,
                How::Unmatched => &mut looked.unmatched,
            };
            list.push(number);
        }
        looked.unused_folded = preview.unused.iter().map(|unused| fold(&unused.text)).collect();
        looked.preview = preview;
        looked
    }
}

impl JoinDialog {
    /// The tables as their sources have them.
    pub(super) fn both(&self, session: &Session, layer: &Layer) -> Option<PairsKey> {
        let other = session.document().layer(self.other)?;
        let table = |layer: &Layer| Some(Same(session.store.loaded(&layer.source)?.table.clone()));
        Some((table(layer)?, table(other)?))
    }

    /// Takes what jobs found and starts what is missing.
    pub(super) fn look(&mut self, session: &Session, layer: &Layer) {
        let Some(tables) = self.both(session, layer) else { return };
        if self.columns_of.as_ref() != Some(&tables.1) {
            self.columns = choices(session, layer, self, &tables);
            self.columns_of = Some(tables.1.clone());
        }
        let wake = session.wake.clone();
        self.key_pairs.want(tables.clone(), |(ours, theirs)| {
            let (ours, theirs, wake) = (ours.clone(), theirs.clone(), wake.clone());
            Job::start("keys", move || wake(), move |watch| key_pairs(&ours.0, &theirs.0, watch))
        });
        if !self.has_keys
            && let Some(Ok(pairs)) = self.key_pairs.of(&tables)
        {
            self.has_keys = true;
            if let Some(best) = pairs.first() {
                self.by.key.clone_from(&best.key);
                self.by.their_key.clone_from(&best.their_key);
                // The same text twice says nothing.
                for column in &mut self.columns {
                    column.is_taken &= column.field != best.their_key;
                }
            }
        }
        if !self.has_keys || self.by.key.is_empty() || self.by.their_key.is_empty() {
            self.looked.forget();
            return;
        }
        let by = JoinBy { columns: Vec::new(), ..self.by.clone() };
        self.looked.want(PreviewKey { tables, by }, |key| {
            let key = key.clone();
            let work = move |watch: &Watch| -> Result<Looked, JoinError> {
                let (ours, theirs) = &key.tables;
                preview(&ours.0, &theirs.0, &key.by, watch).map(Looked::of)
            };
            Job::start("join", move || wake(), work)
        });
    }
}
