//! The strip at the bottom: where the pointer is, how far in, what is being worked on.

use std::time::Duration;

use egui::{Align, Button, Layout, RichText, Ui};

use super::actions::{Action, Actions};
use super::at_work::{SHORT, Work};
use super::icons::{self, Icon};
use super::layers_panel::progress;
use super::session::Session;
use super::{labels, live, theme};
use crate::find::{degrees, metres};
use crate::i18n::{Message, format_integer};
use crate::map::MissingTiles;
use crate::tiles::{Activity, BASEMAP_NONE};

/// What the strip shows besides the session.
pub(super) struct Status {
    /// Longitude and latitude, WGS 84.
    pub pointer: Option<[f64; 2]>,
    /// The pointer in Lambert 72, metres.
    pub lambert: Option<[f64; 2]>,
    pub zoom: f64,
    pub tiles: Activity,
    /// Tiles of the basemap in view that could not be had.
    pub missing: MissingTiles,
    /// What is being worked on.
    pub work: Vec<Work>,
}

/// How often bars move.
const TICK: Duration = Duration::from_millis(100);

pub(super) fn show(ui: &mut Ui, session: &Session, status: &Status, out: &mut Actions) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 14.0;
        ui.small(place(status, session));
        let zoom = session.say(&Message::new("app-status-zoom").number("zoom", status.zoom, 1));
        if let Some(scale) = session.scale {
            #[expect(clippy::cast_possible_truncation, reason = "saturates")]
            let scale = format_integer(session.language, scale.round() as i64);
            let hint = format!("{}\n{zoom}", session.tr("app-status-scale-hint"));
            ui.label(RichText::new(format!("1:{scale}")).small()).on_hover_text(hint);
        }
        let selected = session.selection.total();
        if selected > 0 {
            let text = Message::new("app-status-selected").count("count", selected as u64);
            ui.small(session.say(&text));
        }
        if let Some(labels) = labels::of_all(session) {
            ui.small(labels);
        }
        if let Some(live) = live::status(session) {
            ui.small(live);
        }
        jobs(ui, session, &status.work, out);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let notice = &session.document().notice;
            if !notice.is_empty() {
                let text = RichText::new(notice).small().strong();
                ui.add(egui::Label::new(text.color(ui.visuals().warn_fg_color)).truncate());
            }
            if session.document().basemap == BASEMAP_NONE {
                return;
            }
            if status.missing.is_too_far {
                let text = RichText::new(session.tr("app-status-tiles-far")).small();
                let hint = session.tr("app-status-tiles-far-hint");
                ui.label(text.weak()).on_hover_text(hint);
            } else if status.missing.count > 0 {
                missing_tiles(ui, session, &status.missing, out);
            } else if status.tiles.loading > 0 {
                let text =
                    Message::new("app-status-tiles").count("count", status.tiles.loading as u64);
                ui.label(RichText::new(session.say(&text)).small().weak());
            }
        });
    });
}

/// How many tiles are missing, why, and a button to ask for them again.
fn missing_tiles(ui: &mut Ui, session: &Session, missing: &MissingTiles, out: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 6.0;
    ui.spacing_mut().interact_size.y = 16.0;
    ui.spacing_mut().button_padding.y = 0.0;
    let again = RichText::new(session.tr("app-status-tiles-again")).small();
    let again = ui.add(Button::new(again.color(theme::accent(ui))).frame(false));
    if again.clicked() {
        out.push(Action::RetryTiles);
    }
    let text = Message::new("app-status-tiles-missing").count("count", missing.count as u64);
    let text = RichText::new(session.say(&text)).small();
    let shown = ui.label(text.color(ui.visuals().warn_fg_color));
    shown.on_hover_ui(|ui| why_missing(ui, session, missing));
}

/// How many tiles are missing for which reason, of which server, and what happens next.
fn why_missing(ui: &mut Ui, session: &Session, missing: &MissingTiles) {
    // Each message of a server's own is a reason; a few are enough to know what is going on.
    const SHOWN: usize = 4;
    ui.set_max_width(420.0);
    let server = session.basemap_shown().and_then(|ground| ground.server());
    if let Some(server) = server {
        ui.strong(server.server());
    }
    for (why, tiles) in missing.reasons.iter().take(SHOWN) {
        let text = Message::new("app-status-tiles-why")
            .count("count", *tiles as u64)
            .message("why", why.message());
        ui.label(session.say(&text));
    }
    let others: usize = missing.reasons.iter().skip(SHOWN).map(|(_, tiles)| tiles).sum();
    if others > 0 {
        let text = Message::new("app-status-tiles-others").count("count", others as u64);
        ui.label(session.say(&text));
    }
    let is_retried = missing.reasons.iter().any(|(why, _)| why.is_retried());
    let then = if is_retried { "app-status-tiles-retried" } else { "app-status-tiles-kept" };
    ui.label(RichText::new(session.tr(then)).weak());
}

fn place(status: &Status, session: &Session) -> String {
    let Some(lon_lat) = status.pointer else { return session.tr("app-status-no-pointer") };
    let wgs84 = degrees(lon_lat, session.language);
    match status.lambert {
        None => wgs84,
        Some(place) => {
            let [x, y] = metres(place, session.language);
            let lambert = Message::new("app-status-lambert").text("x", x).text("y", y);
            format!("{wgs84}   {}", session.say(&lambert))
        }
    }
}

/// A bar for each thing being worked on, once it takes a while.
fn jobs(ui: &mut Ui, session: &Session, work: &[Work], out: &mut Actions) {
    let (long, short): (Vec<&Work>, Vec<&Work>) = work.iter().partition(|work| work.age >= SHORT);
    for work in &long {
        let text = session.say(&work.text);
        ui.scope(|ui| {
            ui.set_max_width(220.0);
            progress(ui, work.fraction, &text);
        });
        if let Some(cancel) = &work.cancel {
            let label = format!("{}: {text}", session.tr("app-cancel"));
            if icons::button(ui, Icon::Close, &label).clicked() {
                out.push(cancel.clone());
            }
        }
    }
    // Jobs ask for a frame when they end, not while they go on.
    let next = short.iter().map(|work| SHORT.saturating_sub(work.age)).min();
    let next = if long.is_empty() { next } else { Some(TICK) };
    if let Some(next) = next {
        ui.ctx().request_repaint_after(next);
    }
}
