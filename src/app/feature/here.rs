//! What other layers say about the place looked at: the rows that were put there by its name.

use std::sync::Arc;

use egui::{Button, RichText, Ui};

use super::title;
use crate::app::Wake;
use crate::app::actions::{Action, Actions, RowRef};
use crate::app::derived::Same;
use crate::app::keyed::Keyed;
use crate::app::session::Session;
use crate::gazetteer::Placed;
use crate::i18n::Message;
use crate::jobs::Job;
use crate::project::LayerId;
use crate::table::RowSet;

/// The most rows named of a layer.
const NAMED: usize = 12;

/// A layer whose rows may have been put at the place.
#[derive(Clone, PartialEq)]
struct About {
    layer: LayerId,
    /// The number of the place's layer among those whose names were looked for.
    number: usize,
    placed: Same<Placed>,
}

/// What the list follows from.
#[derive(Clone, PartialEq)]
struct HereKey {
    row: RowRef,
    about: Vec<About>,
}

/// The rows of other layers at the place looked at.
#[derive(Default)]
pub(super) struct HereOf {
    rows: Keyed<HereKey, Vec<(LayerId, Vec<u32>)>>,
}

impl HereOf {
    /// Nobody looks at a place.
    pub fn forget(&mut self) {
        self.rows.forget();
    }

    /// Starts finding out which rows were put at a place.
    pub fn want(&mut self, session: &Session, row: RowRef, wake: &Wake) {
        let (_, named, _) = session.derived.added.parts();
        let about = session.document().layers.iter().filter_map(|layer| {
            let names = layer.place_names.as_ref()?;
            let number = names.layers.iter().position(|named| named.layer == row.layer)?;
            Some(About {
                layer: layer.id,
                number,
                placed: Same(Arc::clone(named.placed(layer.id)?)),
            })
        });
        let about: Vec<About> = about.collect();
        if about.is_empty() {
            return self.forget();
        }
        let wake = wake.clone();
        self.rows.want(HereKey { row, about }, |key| {
            let key = key.clone();
            Job::start("here", move || wake(), move |_| key.find())
        });
    }

    pub fn is_busy(&self) -> bool {
        self.rows.job().is_some()
    }

    /// Lists them, each layer with its number; a click selects.
    pub fn show(&self, ui: &mut Ui, session: &Session, row: RowRef, out: &mut Actions) {
        let is_of_row = self.rows.key().is_some_and(|key| key.row == row);
        let Some(found) = self.rows.latest().filter(|_| is_of_row) else { return };
        for (layer, rows) in found {
            let Some(name) = session.document().layer(*layer).map(|layer| &layer.name) else {
                continue;
            };
            ui.separator();
            let text = Message::new("app-here")
                .count("count", u64::try_from(rows.len()).unwrap_or(u64::MAX))
                .text("name", name.as_str());
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(session.say(&text)).strong());
                if !rows.is_empty() && ui.small_button(session.tr("app-here-all")).clicked() {
                    let total = session.document().layer(*layer).and_then(|it| session.loaded(it));
                    let total = total.map_or(0, |loaded| loaded.table.rows());
                    let rows = RowSet::of(total, rows.iter().map(|row| *row as usize));
                    out.push(Action::ListRows(*layer, rows));
                }
            });
            for row in rows.iter().take(NAMED) {
                let row = RowRef { layer: *layer, row: *row as usize };
                let text = title(session, row);
                let button = Button::new(text.as_str()).frame(false).truncate();
                if ui.add(button).on_hover_text(text).clicked() {
                    out.push(Action::Select(Some(row)));
                }
            }
            if rows.len() > NAMED {
                ui.weak("…");
            }
        }
    }
}

impl HereKey {
    fn find(&self) -> Vec<(LayerId, Vec<u32>)> {
        let Ok(row) = u32::try_from(self.row.row) else { return Vec::new() };
        let at = |about: &About| {
            let rows = about.placed.0.rows.iter().zip(0_u32..);
            let here = rows.filter(|(placed, _)| {
                let place = placed.place.as_ref();
                place.is_some_and(|it| it.layer == about.number && it.rows.contains(&row))
            });
            (about.layer, here.map(|(_, number)| number).collect())
        };
        self.about.iter().map(at).collect()
    }
}
