//! What the find window offers for a text: places, names, layers and commands, in sections.

use std::sync::Arc;

use super::names::{Answers, FEW, LayerAnswer, NameAnswer};
use crate::app::actions::{Action, Actions};
use crate::app::commands::{CHOICES, COMMANDS};
use crate::app::icons::Icon;
use crate::app::session::Session;
use crate::app::shortcuts::keys_of;
use crate::find::{Closeness, Found, NameIndex, Place, Query, closeness, degrees, metres};
use crate::i18n::Message;
use crate::project::{Layer, LayerId};

/// What choosing an offer does.
#[derive(Clone)]
pub(super) enum Then {
    Do(Actions),
    /// Goes to the rows of a name.
    GoTo(LayerId, Arc<NameIndex>, usize),
    /// Shows more names of a layer.
    More(LayerId),
    /// Nothing: it is not possible now.
    Nothing,
}

/// One line of the window.
#[derive(Clone)]
pub(super) struct Offer {
    pub icon: Icon,
    pub title: String,
    /// More about it, after the title; empty for nothing.
    pub detail: String,
    /// At the right end; keys.
    pub keys: String,
    pub then: Then,
}

impl Offer {
    pub fn is_possible(&self) -> bool {
        !matches!(self.then, Then::Nothing)
    }

    /// What a screen reader says.
    pub fn spoken(&self) -> String {
        let parts = [&self.title, &self.detail, &self.keys];
        let said: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        said.join(", ")
    }
}

/// Offers under one head.
pub(super) struct Section {
    pub head: String,
    pub offers: Vec<Offer>,
}

/// A section with how well its best offer answers.
type Ranked = (Option<Closeness>, Section);

/// Everything offered for a text.
pub(super) fn offers(
    ctx: &egui::Context,
    session: &Session,
    text: &str,
    answers: Option<&Answers>,
) -> Vec<Section> {
    let query = Query::new(text);
    if query.is_none() && !text.trim().is_empty() {
        return Vec::new();
    }
    let mut sections: Vec<Ranked> = Vec::new();
    if let Some(answers) = answers {
        sections.extend(places(session, &answers.places));
        sections.extend(answers.names.iter().filter_map(|answer| names(session, answer)));
    }
    sections.extend(layers(session, query.as_ref()));
    sections.extend(commands(ctx, session, query.as_ref()));
    if let Some(answers) = answers {
        sections.extend(near_names(session, &answers.near));
    }
    // Sorting keeps what answers equally well in this order.
    sections.sort_by_key(|(closeness, _)| *closeness);
    sections.into_iter().map(|(_, section)| section).collect()
}

/// Coordinates say exactly what is meant, so they come first.
fn places(session: &Session, places: &[Place]) -> Option<Ranked> {
    if places.is_empty() {
        return None;
    }
    let offer = |place: &Place| {
        let read = session.say(&place.read.message());
        let lambert = place.lambert72.map(|place| {
            let [x, y] = metres(place, session.language);
            session.say(&Message::new("app-status-lambert").text("x", x).text("y", y))
        });
        let how = session.say(&Message::new("app-find-read-as").text("how", read));
        Offer {
            icon: Icon::Pin,
            title: degrees(place.lon_lat, session.language),
            detail: lambert.into_iter().chain([how]).collect::<Vec<_>>().join(" · "),
            keys: String::new(),
            then: Then::Do(vec![Action::GoToPlace(*place)]),
        }
    };
    let head = session.tr("app-find-coordinates");
    Some((None, Section { head, offers: places.iter().map(offer).collect() }))
}

/// The names of a layer that answer, under the layer's name.
fn names(session: &Session, answer: &LayerAnswer) -> Option<Ranked> {
    let layer = session.document().layer(answer.layer)?;
    let closeness = answer.best.first().map(|name| name.found.closeness);
    let mut offers: Vec<Offer> =
        answer.best.iter().map(|name| name_offer(session, layer, answer, name)).collect();
    let more = answer.count.saturating_sub(offers.len());
    if more > 0 {
        let text = Message::new("app-find-more").count("count", more as u64);
        let is_first_look = offers.len() <= FEW;
        offers.push(Offer {
            icon: Icon::More,
            title: session.say(&text),
            detail: String::new(),
            keys: String::new(),
            then: if is_first_look { Then::More(layer.id) } else { Then::Nothing },
        });
    }
    Some((closeness, Section { head: layer.name.clone(), offers }))
}

/// Names of all layers that are nearly what was typed.
fn near_names(session: &Session, answers: &[LayerAnswer]) -> Option<Ranked> {
    let mut found: Vec<(Found, Offer)> = Vec::new();
    for answer in answers {
        let Some(layer) = session.document().layer(answer.layer) else { continue };
        for name in &answer.best {
            let mut offer = name_offer(session, layer, answer, name);
            offer.detail = match offer.detail.as_str() {
                "" => layer.name.clone(),
                detail => format!("{} · {detail}", layer.name),
            };
            found.push((name.found, offer));
        }
    }
    found.sort_by_key(|(found, _)| (found.errors, found.weight));
    found.truncate(FEW);
    let offers: Vec<Offer> = found.into_iter().map(|(_, offer)| offer).collect();
    let head = session.tr("app-find-near");
    (!offers.is_empty()).then_some((Some(Closeness::Near), Section { head, offers }))
}

fn name_offer(session: &Session, layer: &Layer, answer: &LayerAnswer, name: &NameAnswer) -> Offer {
    let count = session.loaded(layer).map(|loaded| loaded.kind.count(name.rows as u64));
    let count = count.filter(|_| name.rows > 1).map(|count| session.say(&count));
    let detail = name.column.clone().into_iter().chain(count).collect::<Vec<_>>().join(" · ");
    Offer {
        icon: Icon::Pin,
        title: name.title.clone(),
        detail,
        keys: String::new(),
        then: Then::GoTo(layer.id, answer.index.clone(), name.found.name),
    }
}

/// The layers whose name answers; all for no query.
fn layers(session: &Session, query: Option<&Query>) -> Option<Ranked> {
    let mut found: Vec<(Option<Closeness>, Offer)> = Vec::new();
    for layer in &session.document().layers {
        let fit = query.map(|query| closeness(query, &layer.name));
        if fit == Some(None) {
            continue;
        }
        let loaded = session.loaded(layer);
        let count = loaded.map(|loaded| loaded.kind.count(loaded.table.rows() as u64));
        let mut detail = count.map(|count| session.say(&count)).unwrap_or_default();
        if !session.document().is_shown(layer) {
            detail = [detail, session.tr("app-find-hidden")].join(" · ");
        }
        let has_place = loaded.is_some_and(|loaded| loaded.table.geometry.is_some());
        let zoom = has_place.then_some(Action::ZoomToLayer(layer.id));
        let offer = Offer {
            icon: Icon::Layers,
            title: layer.name.clone(),
            detail,
            keys: String::new(),
            then: Then::Do([Action::Activate(layer.id)].into_iter().chain(zoom).collect()),
        };
        found.push((fit.flatten(), offer));
    }
    section(session.tr("app-layers"), found)
}

/// The commands and choices that answer; all commands for no query. What is not possible now comes
/// last, grey: who looks for it learns that it exists, and its keys.
fn commands(ctx: &egui::Context, session: &Session, query: Option<&Query>) -> Option<Ranked> {
    let mut found: Vec<(Option<Closeness>, Offer)> = Vec::new();
    let mut add = |title: String, detail: String, keys: String, actions: Option<Actions>| {
        let fit = query.map(|query| closeness(query, &title));
        // Two ways to the same thing (the table of the window and of the layer) are one to find.
        let is_known = found.iter().any(|(_, offer)| offer.title == title);
        if fit != Some(None) && !is_known {
            let then = actions.map_or(Then::Nothing, Then::Do);
            found.push((fit.flatten(), Offer { icon: Icon::Command, title, detail, keys, then }));
        }
    };
    let active = session.active_layer();
    for entry in COMMANDS.iter().filter(|entry| entry.label != "app-find") {
        let now = entry.now_on(session, active);
        let about = active.filter(|_| entry.is_about_layer()).map(|layer| layer.name.clone());
        let state = now.is_on.map(|is_on| on_or_off(session, is_on));
        let detail = about.into_iter().chain(state).collect::<Vec<_>>().join(" · ");
        let actions = entry.actions_on(session, active);
        add(entry.text(session, &now), detail, keys_of(ctx, entry.label), actions);
    }
    if query.is_some() {
        for choices in CHOICES {
            let list = session.tr(choices.label);
            for choice in (choices.list)(session, session.active_layer()) {
                let detail = if choice.is_on { on_or_off(session, true) } else { String::new() };
                let title = format!("{list}: {}", choice.name);
                add(title, detail, String::new(), Some(vec![choice.action]));
            }
        }
    }
    section(session.tr("app-find-commands"), found)
}

fn on_or_off(session: &Session, is_on: bool) -> String {
    session.say(&Message::new(if is_on { "app-find-on" } else { "app-find-off" }))
}

/// A section of offers, the best first.
fn section(head: String, mut found: Vec<(Option<Closeness>, Offer)>) -> Option<Ranked> {
    found.sort_by_key(|(closeness, offer)| (!offer.is_possible(), *closeness));
    // A section full of what is not possible comes after all others.
    let best = found.iter().find(|(_, offer)| offer.is_possible());
    let closeness = best.or(found.first()).map(|(closeness, _)| *closeness)?;
    let closeness = if best.is_some() { closeness } else { Some(Closeness::Near) };
    let offers = found.into_iter().map(|(_, offer)| offer).collect();
    Some((closeness, Section { head, offers }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::commands::Entry;
    use crate::app::settings::Settings;
    use crate::i18n::Language;

    #[test]
    fn every_command_is_offered() {
        let settings = Settings { language: Some(Language::Dutch), ..Settings::default() };
        let session = Session::of_test(settings);
        let ctx = egui::Context::default();
        let all = |text: &str| {
            let sections = offers(&ctx, &session, text, None);
            sections.into_iter().flat_map(|section| section.offers).collect::<Vec<_>>()
        };
        let offered = all("");
        for entry in COMMANDS.iter().filter(|entry| entry.label != "app-find") {
            let title = session.tr(entry.label);
            let found = offered.iter().find(|offer| offer.title == title);
            let same = |other: &&Entry| session.tr(other.label) == title;
            let is_possible = |entry: &Entry| entry.actions_on(&session, None).is_some();
            let any_possible = COMMANDS.iter().filter(same).any(is_possible);
            assert_eq!(found.map(Offer::is_possible), Some(any_possible), "{title}");
            let keys = keys_of(&ctx, entry.label);
            assert!(found.is_some_and(|offer| keys.is_empty() || offer.keys == keys), "{title}");
            assert!(all(&title).iter().any(|offer| offer.title == title), "{title} by its name");
        }
        let last_possible = offered.iter().rposition(Offer::is_possible);
        let first_not = offered.iter().position(|offer| !offer.is_possible());
        assert!(last_possible < first_not, "what is not possible comes last");
        assert!(all("donker").iter().any(|offer| offer.title == "Weergave: Donker"));
        assert!(all("engl").iter().any(|offer| offer.title == "Taal: English"));
        assert_eq!(all("?!").len(), 0);
    }
}
