//! What the layers panel and the status strip say about how current a layer is.

use chrono::Utc;
use egui::{Button, Popup, Response, RichText, Ui};

use super::super::actions::{Action, Actions};
use super::super::chosen;
use super::super::commands::Choice;
use super::super::icons::{self, Icon};
use super::super::selection::Choose;
use super::super::session::Session;
use super::super::store::Loaded;
use super::super::theme;
use super::state::State;
use super::{back, words};
use crate::i18n::Message;
use crate::portal::stale_after;
use crate::project::{Command, Layer, Refresh};

/// The pauses to choose from, seconds.
const PAUSES: [u32; 5] = [30, 60, 300, 900, 3600];

/// How often newer data of a layer are asked for: the choices.
pub(in crate::app) fn refresh_choices(session: &Session, layer: Option<&Layer>) -> Vec<Choice> {
    let from_portal = |layer: &&Layer| session.live.sources.contains_key(&layer.source);
    let Some(layer) = layer.filter(from_portal) else { return Vec::new() };
    let mut all = vec![Refresh::Automatic, Refresh::Off];
    all.extend(PAUSES.map(Refresh::Every));
    if !all.contains(&layer.refresh) {
        all.push(layer.refresh);
    }
    let choice = |refresh| Choice {
        name: session.say(&words::refresh(refresh)),
        hint: String::new(),
        is_on: layer.refresh == refresh,
        action: Action::Run(Command::SetRefresh(layer.id, refresh)),
    };
    all.into_iter().map(choice).collect()
}

/// The lines about how current a layer is; nothing for a layer of a file.
pub(in crate::app) fn show(
    ui: &mut Ui,
    session: &Session,
    layer: &Layer,
    loaded: &Loaded,
    out: &mut Actions,
) {
    let Some(state) = session.live.sources.get(&layer.source) else { return };
    let is_live = state.pause(layer.refresh).is_some() || state.period(layer.refresh).is_some();
    ui.spacing_mut().interact_size.y = 16.0;
    if is_live {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.spacing_mut().button_padding.y = 0.0;
            rhythm(ui, session, layer, state, out);
            age(ui, session, loaded, state);
        });
        ui.horizontal(|ui| stale(ui, session, layer, state, out));
        if session.active == Some(layer.id) {
            state.back.slider(ui, session, layer, out);
        }
        state.back.mark(ui, session);
    }
    if let Some(failure) = &state.failure {
        let time = words::moment(state.current_at, Utc::now(), session.language);
        let text = Message::new("app-live-failing").text("time", time);
        let color = ui.visuals().warn_fg_color;
        trouble(ui, session, layer, (session.say(&text), color), out)
            .on_hover_text(failure.error.text(session.language));
    } else if state.is_outdated {
        let text = session.tr("app-live-outdated");
        let color = ui.visuals().text_color();
        trouble(ui, session, layer, (text, color), out);
    }
}

/// "Live: every minute", to choose another pause.
fn rhythm(ui: &mut Ui, session: &Session, layer: &Layer, state: &State, out: &mut Actions) {
    let text = match state.pause(layer.refresh) {
        Some(pause) => Message::new("app-live-rhythm").message("every", words::every(pause)),
        None => Message::new("app-live-paused"),
    };
    let text = RichText::new(session.say(&text)).small().color(theme::accent(ui));
    let link = ui.add(Button::new(text).frame(false));
    let label = Message::new("app-live-choose").text("name", layer.name.as_str());
    let link = link.on_hover_text(session.say(&label));
    Popup::menu(&link).show(|ui| {
        for Choice { name, is_on, action, .. } in refresh_choices(session, Some(layer)) {
            if chosen::item(ui, is_on, name).clicked() {
                out.push(action);
                out.push(Action::CloseStep);
                ui.close();
            }
        }
    });
}

/// "2 minutes ago, oldest 3 hours ago".
fn age(ui: &mut Ui, session: &Session, loaded: &Loaded, state: &State) {
    let now = Utc::now();
    let ago = words::ago(state.current_at, now);
    let oldest = state.record_ages().and_then(|ages| ages.oldest);
    let text = match oldest {
        Some(oldest) => Message::new("app-live-age-oldest")
            .message("age", ago)
            .message("oldest", words::ago(oldest, now)),
        None => Message::new("app-live-age").message("age", ago),
    };
    let at = |id, at| Message::new(id).text("time", words::moment(at, now, session.language));
    let mut lines = vec![at("app-live-current", state.current_at)];
    if let Some(from) = &loaded.from_portal {
        lines.push(at("app-live-fetched", from.receipt.fetched_at));
        lines.extend(
            from.receipt.data_processed.map(|taken| at("app-live-processed", taken.to_utc())),
        );
    }
    if let Some((count, when)) = state.changed {
        lines.push(at("app-live-last-change", when).count("count", count as u64));
    }
    let lines: Vec<String> = lines.iter().map(|line| session.say(line)).collect();
    let label = ui.label(RichText::new(session.say(&text)).small().weak());
    label.on_hover_text(lines.join("\n"));
}

/// "4 stale rows", which selects them.
fn stale(ui: &mut Ui, session: &Session, layer: &Layer, state: &State, out: &mut Actions) {
    if state.back.at().is_some() {
        return;
    }
    let Some(ages) = state.record_ages().filter(|ages| !ages.stale.is_empty()) else { return };
    let text = Message::new("app-live-stale").count("count", ages.stale.count() as u64);
    let text = RichText::new(session.say(&text)).small().color(ui.visuals().warn_fg_color);
    let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 14.0), egui::Sense::hover());
    icons::paint(ui.painter(), Icon::Warning, rect.center(), ui.visuals().warn_fg_color);
    let link = ui.add(Button::new(text).frame(false));
    if link.on_hover_text(stale_rule(session, layer, state)).clicked() {
        let rows = ages.stale.clone();
        out.push(Action::Choose { layer: layer.id, rows, how: Choose::Instead });
    }
}

/// When a row counts as stale.
fn stale_rule(session: &Session, layer: &Layer, state: &State) -> String {
    let after = stale_after(state.period(layer.refresh).unwrap_or_default());
    session.say(&Message::new("app-live-stale-rule").message("time", words::time(after)))
}

/// Whether a row is stale, with the rule in words; for the table's sign.
pub(in crate::app) fn stale_hint(session: &Session, layer: &Layer, row: usize) -> Option<String> {
    let state = session.live.sources.get(&layer.source)?;
    if state.back.at().is_some() {
        return None;
    }
    let ages = state.record_ages().filter(|ages| ages.stale.contains(row))?;
    let rows = session.loaded(layer)?.table.rows();
    (ages.stale.rows() == rows).then(|| stale_rule(session, layer, state))
}

/// A sign, what is wrong, and a button to update.
fn trouble(
    ui: &mut Ui,
    session: &Session,
    layer: &Layer,
    (text, color): (String, egui::Color32),
    out: &mut Actions,
) -> Response {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.spacing_mut().button_padding.y = 0.0;
        let (rect, _) = ui.allocate_exact_size(egui::vec2(12.0, 14.0), egui::Sense::hover());
        icons::paint(ui.painter(), Icon::Warning, rect.center(), color);
        let label = ui.label(RichText::new(text).small().color(color));
        let button = RichText::new(session.tr("app-live-update")).small();
        let link = ui.add(Button::new(button.color(theme::accent(ui))).frame(false));
        if link.clicked() {
            out.push(Action::UpdateLayer(layer.id));
        }
        label
    })
    .inner
}

/// What the status strip says of the active layer: "Garages: 2 minutes ago".
pub(in crate::app) fn status(session: &Session) -> Option<String> {
    let layer = session.active_layer()?;
    let state = session.live.sources.get(&layer.source)?;
    state.period(layer.refresh)?;
    if let Some(at) = state.back.at() {
        return Some(format!("{}: {}", layer.name, session.say(&back::as_of(session, at))));
    }
    let ago = words::ago(state.current_at, Utc::now());
    let text = Message::new("app-live-status").text("name", layer.name.as_str());
    Some(session.say(&text.message("age", ago)))
}
