//! What a card tells of a basemap of the project's own, and what can be done with it.

use egui::{Button, Label, RichText, Ui};

use super::actions::{Action, Actions};
use super::grounds::Entry;
use super::session::Session;
use super::theme;
use crate::find::degrees;
use crate::i18n::Message;
use crate::project::{Command, OwnBasemap};
use crate::tiles::{WebMap, server_of, without_keys};

/// Tells about a basemap in a file or at an address.
pub(super) fn about(ui: &mut Ui, session: &Session, own: &OwnBasemap, out: &mut Actions) {
    match own.web() {
        Some(map) => about_web(ui, session, own, map, out),
        None => about_archive(ui, session, own, out),
    }
}

/// What an archive says of itself, or why it cannot be opened; and what can be done with it.
fn about_archive(ui: &mut Ui, session: &Session, own: &OwnBasemap, out: &mut Actions) {
    let small = |text: &str| RichText::new(text).small().weak();
    let path = own.path().unwrap_or_default();
    let mut place = None;
    match session.grounds.entry(own) {
        None | Some(Entry::Loading(_)) => {
            ui.label(small(&session.tr("app-basemap-opening")));
        }
        Some(Entry::Failed(error)) => {
            let text = RichText::new(error.what.in_language(session.language)).small();
            let text = text.color(ui.visuals().error_fg_color);
            ui.label(text).on_hover_text(error.text(session.language));
        }
        Some(Entry::Loaded(opened)) => {
            let facts = opened.archive.facts();
            place = Some(facts.bounds);
            let made = match facts.attribution.as_str() {
                "" => session.tr("app-basemap-no-maker"),
                made => made.to_owned(),
            };
            ui.label(small(&made));
            let about = ui.label(small(&session.say(&facts.message())));
            let corners = [
                [facts.bounds.min_x, facts.bounds.max_y],
                [facts.bounds.max_x, facts.bounds.min_y],
            ];
            let [from, to] = corners.map(|corner| degrees(corner, session.language));
            let reach = Message::new("app-basemap-reach").text("from", from).text("to", to);
            let lines = [facts.description.as_str(), &session.say(&reach), path];
            let lines: Vec<&str> = lines.into_iter().filter(|line| !line.is_empty()).collect();
            about.on_hover_text(lines.join("\n"));
        }
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let link = |ui: &mut Ui, id, hint: &str| link(ui, session, own, id, hint);
        if let Some(place) = place
            && link(ui, "app-basemap-go", path)
        {
            out.push(Action::ZoomToExtent(place));
        }
        if matches!(session.grounds.entry(own), Some(Entry::Failed(_)))
            && link(ui, "app-basemap-again", path)
        {
            out.push(Action::OpenBasemapAgain(own.id.clone()));
        }
        if link(ui, "app-basemap-remove", &session.tr("app-basemap-remove-hint")) {
            out.push(Action::Run(Command::RemoveBasemap(own.id.clone())));
        }
    });
}

/// Something that can be done with an own basemap; answers whether it is wanted.
fn link(ui: &mut Ui, session: &Session, own: &OwnBasemap, id: &'static str, hint: &str) -> bool {
    let name = session.say(&Message::new(id));
    let label = format!("{name}: {}", own.name);
    let text = RichText::new(name).small().color(theme::accent(ui));
    let button = ui.add(Button::new(text).frame(false)).accessible_name(&label);
    button.on_hover_text(hint).clicked()
}

/// Who made a map at an address, where that is, and what can be done with it.
fn about_web(ui: &mut Ui, session: &Session, own: &OwnBasemap, map: &WebMap, out: &mut Actions) {
    let small = |text: &str| RichText::new(text).small().weak();
    let offline = if map.offline { "app-basemap-offline" } else { "app-basemap-online" };
    let made = format!("{} · {}", map.attribution, session.say(&Message::new(offline)));
    ui.add(Label::new(small(&made)).truncate());
    let place = format!("{} · {}", map.form.name(), server_of(&map.url));
    let place = ui.add(Label::new(small(&place)).truncate());
    let mut hint = vec![without_keys(&map.url)];
    hint.extend(Some(map.layers.join(", ")).filter(|layers| !layers.is_empty()));
    place.on_hover_text(hint.join("\n"));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        let hint = session.tr("app-web-map-change-hint");
        if link(ui, session, own, "app-web-map-change-this", &hint) {
            out.push(Action::ShowWebMap(Some(own.id.clone())));
            ui.close();
        }
        let hint = session.tr("app-web-map-remove-hint");
        if link(ui, session, own, "app-basemap-remove", &hint) {
            out.push(Action::Run(Command::RemoveBasemap(own.id.clone())));
        }
    });
}
