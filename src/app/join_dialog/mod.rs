//! The dialog that joins a table to a layer: which two, by which keys, what matches and what not,
//! and which columns are taken.

mod columns;
mod keys;
mod looking;
mod pairs;
mod several;

use egui::{RichText, ScrollArea, TextStyle, Ui};

use self::columns::Choice;
use self::looking::{Looked, PairsKey, PreviewKey};
use self::pairs::PairLists;
use super::actions::{Action, Actions};
use super::derived::Same;
use super::keyed::Keyed;
use super::session::Session;
use super::store::RowKind;
use super::{chosen, dialog};
use crate::i18n::Message;
use crate::jobs::Cancelled;
use crate::project::{Command, Join, Layer, LayerId};
use crate::query::join::{JoinBy, JoinError, KeyPair};
use crate::table::Table;

/// A join being made or changed.
pub(super) struct JoinDialog {
    /// The layer that gets columns.
    layer: LayerId,
    /// The layer whose table they come from.
    other: LayerId,
    /// Which of the layer's joins this is; none for a new one.
    at: Option<usize>,
    /// All but the columns.
    by: JoinBy,
    columns: Vec<Choice>,
    /// The table these are of.
    columns_of: Option<Same<Table>>,
    /// The person chose the keys, or the best pair was.
    has_keys: bool,
    key_pairs: Keyed<PairsKey, Result<Vec<KeyPair>, Cancelled>>,
    looked: Keyed<PreviewKey, Result<Looked, JoinError>>,
    lists: PairLists,
}

/// The layers that were read, in the order of the panel.
fn read_layers(session: &Session) -> impl Iterator<Item = (&Layer, RowKind)> {
    let layers = session.document().layers.iter();
    layers.filter_map(|layer| Some((layer, session.loaded(layer)?.kind)))
}

/// Whether there is something to join a layer with.
pub(super) fn is_possible(session: &Session, layer: &Layer) -> bool {
    session.loaded(layer).is_some() && read_layers(session).any(|(other, _)| other.id != layer.id)
}

impl JoinDialog {
    /// For a layer that gets columns or, where it has no place, that gives them. None where there
    /// is no other.
    pub fn new(session: &Session, about: &Layer) -> Option<JoinDialog> {
        let gives = session.loaded(about)?.kind == RowKind::Rows && about.joins.is_empty();
        let others = || read_layers(session).filter(|(other, _)| other.id != about.id);
        let likely =
            |kind: RowKind| if gives { kind != RowKind::Rows } else { kind == RowKind::Rows };
        let found = others().find(|(_, kind)| likely(*kind)).or_else(|| others().next());
        let other = found?.0.id;
        let (layer, other) = if gives { (other, about.id) } else { (about.id, other) };
        let mut dialog = JoinDialog {
            layer,
            other,
            at: None,
            by: JoinBy::default(),
            columns: Vec::new(),
            columns_of: None,
            has_keys: false,
            key_pairs: Keyed::default(),
            looked: Keyed::default(),
            lists: PairLists::default(),
        };
        if !gives && !about.joins.is_empty() {
            dialog.change(about, Some(0));
        }
        Some(dialog)
    }

    /// Whether something is being looked up.
    pub fn is_busy(&self) -> bool {
        self.key_pairs.job().is_some() || self.looked.job().is_some()
    }

    /// Turns to one of a layer's joins, or to a new one.
    fn change(&mut self, layer: &Layer, at: Option<usize>) {
        self.at = at;
        self.columns_of = None;
        let join = at.and_then(|at| layer.joins.get(at));
        self.has_keys = join.is_some();
        match join {
            Some(join) => {
                self.other = join.layer;
                self.by = join.by.clone();
            }
            None => self.by = JoinBy::default(),
        }
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let Some(layer) = session.document().layer(self.layer) else { return true };
        self.look(session, layer);
        let title = Message::new("app-join-title").text("name", layer.name.as_str());
        let shown = dialog::show(ctx, "join", &session.say(&title), 760.0, |ui| {
            // Always the same height: a dialog that jumps is hard to hit.
            let most = (ctx.content_rect().height() - 190.0).clamp(120.0, 620.0);
            let scroll = ScrollArea::vertical().id_salt("join").max_height(most);
            scroll
                .min_scrolled_height(most)
                .auto_shrink(false)
                .show(ui, |ui| self.body(ui, session, layer, out));
            self.buttons(ui, session, layer, out)
        });
        shown.inner || shown.is_escaped
    }

    fn body(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
        self.which_join(ui, session, layer);
        self.tables(ui, session, layer);
        ui.add_space(6.0);
        self.keys(ui, session, layer);
        self.condition(ui, session);
        self.several(ui, session);
        ui.add_space(6.0);
        self.outcome(ui, session, layer, out);
        ui.add_space(6.0);
        self.columns(ui, session);
    }

    /// The joins the layer has, and a new one.
    fn which_join(&mut self, ui: &mut Ui, session: &Session, layer: &Layer) {
        if layer.joins.is_empty() {
            return;
        }
        let mut wanted = None;
        ui.horizontal_wrapped(|ui| {
            for (at, join) in layer.joins.iter().enumerate() {
                let other = session.document().layer(join.layer);
                let name = other.map_or("…", |other| other.name.as_str());
                let text = format!("{name} ({})", join.by.their_key);
                if chosen::tab(ui, self.at == Some(at), text).clicked() {
                    wanted = Some(Some(at));
                }
            }
            let is_new = self.at.is_none();
            if chosen::tab(ui, is_new, session.tr("app-join-another")).clicked() && !is_new {
                wanted = Some(None);
            }
        });
        ui.separator();
        if let Some(at) = wanted {
            self.change(layer, at);
        }
    }

    fn buttons(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        out: &mut Actions,
    ) -> bool {
        let lacks = self.lacks();
        let mut joins = layer.joins.clone();
        let mut is_done = false;
        ui.add_space(6.0);
        match &lacks {
            Some(lacks) => {
                ui.label(RichText::new(session.say(lacks)).small().weak());
            }
            None => ui.add_space(ui.text_style_height(&TextStyle::Small)),
        }
        dialog::buttons(ui, |ui| {
            if dialog::main_button(ui, lacks.is_none(), &session.tr("app-join-do")) {
                let join = Join { layer: self.other, by: self.made(session, layer) };
                match self.at.and_then(|at| joins.get_mut(at)) {
                    Some(place) => *place = join,
                    None => joins.push(join),
                }
                is_done = true;
            }
            let is_cancelled = ui.button(session.tr("app-cancel")).clicked();
            if let Some(at) = self.at.filter(|at| *at < joins.len())
                && ui.button(session.tr("app-join-end")).clicked()
            {
                joins.remove(at);
                is_done = true;
            }
            if is_done {
                out.push(Action::Run(Command::SetJoins(layer.id, joins)));
                out.push(Action::CloseStep);
                out.push(Action::Activate(layer.id));
            }
            is_done || is_cancelled
        })
    }

    /// What must be chosen first; none when the join can be made.
    fn lacks(&self) -> Option<Message> {
        let looked = match self.looked.latest() {
            Some(Ok(looked)) if self.has_keys => looked,
            _ => return Some(Message::new("app-join-lacks-keys")),
        };
        if !self.columns.iter().any(|column| column.is_taken) {
            return Some(Message::new("app-join-lacks-columns"));
        }
        let is_open = |column: &Choice| column.is_taken && column.rule.is_none();
        if looked.preview.several.values > 0 && self.columns.iter().any(is_open) {
            return Some(Message::new("app-join-lacks-rule"));
        }
        None
    }
}
