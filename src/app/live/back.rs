//! Looking back: a live layer with the values of a moment that was recorded.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use egui::{Align2, Area, Frame, Margin, RichText, Slider, Stroke, Ui};

use super::super::Wake;
use super::super::actions::{Action, Actions};
use super::super::derived::Same;
use super::super::keyed::Keyed;
use super::super::session::Session;
use super::super::store::{Loaded, Store};
use super::words;
use crate::i18n::Message;
use crate::jobs::Job;
use crate::portal::Recordings;
use crate::project::{Layer, LayerSource};
use crate::table::Table;

/// What a table of the past follows from.
#[derive(Clone, PartialEq)]
struct BackKey {
    table: Same<Table>,
    at: DateTime<Utc>,
}

/// The moments recorded of a layer, and the one that is looked back to.
#[derive(Default)]
pub(super) struct Back {
    /// By how often something was recorded.
    moments: Keyed<u64, Vec<DateTime<Utc>>>,
    at: Option<DateTime<Utc>>,
    then: Keyed<BackKey, Option<Loaded>>,
}

impl Back {
    pub fn is_busy(&self) -> bool {
        self.moments.job().is_some() || self.then.job().is_some()
    }

    /// The moment looked back to.
    pub fn at(&self) -> Option<DateTime<Utc>> {
        self.at
    }

    /// Looks back to a moment, or at what is now.
    pub fn look(&mut self, at: Option<DateTime<Utc>>) {
        self.at = at;
    }

    /// Finds out which moments there are.
    pub fn want_moments(
        &mut self,
        address: &str,
        version: u64,
        recordings: &Arc<Recordings>,
        wake: &Wake,
    ) {
        let (address, recordings, wake) = (address.to_owned(), recordings.clone(), wake.clone());
        self.moments.want(version, move |_| {
            Job::start(
                "moments",
                move || wake(),
                move |_| {
                    recordings.moments(&address).unwrap_or_else(|error| {
                        log::warn!("{error}");
                        Vec::new()
                    })
                },
            )
        });
    }

    /// Nobody looks at them.
    pub fn forget_moments(&mut self) {
        self.moments.forget();
    }

    /// Puts the table of the moment looked back to in the place of the present one.
    pub fn show_then(
        &mut self,
        source: &LayerSource,
        loaded: &Loaded,
        address: &str,
        recordings: &Arc<Recordings>,
        store: &mut Store,
        wake: &Wake,
    ) {
        let Some(at) = self.at else {
            self.then.forget();
            store.show_now(source);
            return;
        };
        let key = BackKey { table: Same(loaded.table.clone()), at };
        let (address, recordings) = (address.to_owned(), recordings.clone());
        let (now, wake) = (loaded.clone(), wake.clone());
        self.then.want(key.clone(), move |key| {
            let at = key.at;
            Job::start(
                "look back",
                move || wake(),
                move |_| {
                    let then = recordings.as_of(&address, &now.table, at);
                    let then = then.unwrap_or_else(|error| {
                        log::warn!("{error}");
                        None
                    });
                    then.map(|table| Loaded { table: table.shared(), ..now })
                },
            )
        });
        if let Some(then) = self.then.of(&key) {
            match then {
                Some(then) => store.show_instead(source, then),
                None => self.at = None,
            }
        } else if self.then.key().is_none_or(|made| made.table != key.table) {
            // Rows may have come and gone since.
            store.show_now(source);
        }
    }

    /// The line to look back with; nothing while too little was recorded.
    pub fn slider(&self, ui: &mut Ui, session: &Session, layer: &Layer, out: &mut Actions) {
        let none = Vec::new();
        let moments = self.moments.latest().unwrap_or(&none);
        let (Some(last), true) = (moments.len().checked_sub(1), moments.len() > 1) else { return };
        let place =
            |at: DateTime<Utc>| moments.partition_point(|moment| *moment <= at).saturating_sub(1);
        let mut chosen = self.at.map_or(last, place);
        ui.horizontal(|ui| {
            let label = ui.label(RichText::new(session.tr("app-live-back")).small().weak());
            ui.spacing_mut().slider_width = (ui.available_width() - 70.0).max(40.0);
            let slider = Slider::new(&mut chosen, 0..=last).show_value(false);
            let slider = ui.add(slider).labelled_by(label.id);
            let slider = slider.on_hover_text(session.tr("app-live-back-hint"));
            if slider.changed() {
                let at = moments.get(chosen).copied().filter(|_| chosen < last);
                out.push(Action::LookBack(layer.id, at));
            }
            let at = moments.get(chosen).copied().unwrap_or_default();
            ui.label(RichText::new(words::moment(at, Utc::now(), session.language)).small());
        });
    }

    /// "As of 14:05".
    pub fn mark(&self, ui: &mut Ui, session: &Session) {
        let Some(at) = self.at else { return };
        let text = RichText::new(session.say(&as_of(session, at))).small().strong();
        let text = text.color(ui.visuals().warn_fg_color);
        ui.label(text).on_hover_text(session.tr("app-live-back-only"));
    }
}

/// Over the map, which layers are not as they are now: panels may be closed.
pub(in crate::app) fn over_map(
    ctx: &egui::Context,
    map: egui::Rect,
    session: &Session,
    out: &mut Actions,
) {
    let shown = past(session);
    if shown.is_empty() {
        return;
    }
    let area = Area::new(egui::Id::unique("look back")).order(egui::Order::Middle);
    let at = map.center_top() + egui::vec2(0.0, 10.0);
    area.constrain_to(map).pivot(Align2::CENTER_TOP).fixed_pos(at).show(ctx, |ui| {
        let stroke = Stroke::new(1.0, ui.visuals().warn_fg_color);
        let frame = Frame::new().fill(ui.visuals().window_fill).stroke(stroke).corner_radius(6.0);
        frame.inner_margin(Margin::symmetric(10, 5)).show(ui, |ui| {
            for (layer, at) in shown {
                ui.horizontal(|ui| {
                    let text = format!("{}: {}", layer.name, session.say(&as_of(session, at)));
                    ui.label(text).on_hover_text(session.tr("app-live-back-only"));
                    if ui.button(session.tr("app-live-back-now")).clicked() {
                        out.push(Action::LookBack(layer.id, None));
                    }
                });
            }
        });
    });
}

/// The layers shown as they were, each with the moment.
fn past(session: &Session) -> Vec<(&Layer, DateTime<Utc>)> {
    let document = session.document();
    let layers = document.layers.iter().filter(|layer| document.is_shown(layer));
    layers.filter_map(|layer| Some((layer, session.live.looks_back(layer)?))).collect()
}

/// "Garages: as of 14:05", for what is made of the map; empty where all is as it is now.
pub(in crate::app) fn past_words(session: &Session) -> String {
    let one = |(layer, at): (&Layer, DateTime<Utc>)| {
        format!("{}: {}", layer.name, session.say(&as_of(session, at)))
    };
    past(session).into_iter().map(one).collect::<Vec<_>>().join(". ")
}

/// "As of 14:05".
pub(super) fn as_of(session: &Session, at: DateTime<Utc>) -> Message {
    let time = words::moment(at, Utc::now(), session.language);
    Message::new("app-live-as-of").text("time", time)
}
