//! What the person says of a basemap: its name, who made it, how deep it goes, what fine screens
//! are shown, and whether it may be taken along.

use egui::{DragValue, Grid, Label, RichText, TextEdit, Ui};

use crate::app::chosen;
use crate::app::dialog::no_name;
use crate::app::icons;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::tiles::{DEEPEST_LEVEL, Fine, WebMap};

/// The fields, and what was put into them by itself.
#[derive(Default)]
pub(super) struct Facts {
    pub name: String,
    attribution: String,
    attribution_url: String,
    min_zoom: u8,
    max_zoom: u8,
    fine: Fine,
    offline: bool,
    terms: String,
    /// Name and maker as they were found: what differs from these was typed.
    found_name: String,
    found_attribution: String,
    found_levels: Option<[u8; 2]>,
    found_fine: Option<Fine>,
}

impl Facts {
    /// Those of a basemap that is known.
    pub fn of(name: &str, map: &WebMap) -> Facts {
        Facts {
            name: name.to_owned(),
            attribution: map.attribution.clone(),
            attribution_url: map.attribution_url.clone(),
            min_zoom: map.min_zoom,
            max_zoom: map.max_zoom,
            fine: map.fine,
            offline: map.offline,
            terms: map.terms.clone(),
            found_name: String::new(),
            found_attribution: String::new(),
            found_levels: None,
            found_fine: None,
        }
    }

    /// Puts in what was found, where the person typed nothing.
    pub fn found(&mut self, name: &str, map: &WebMap) {
        if self.name.trim().is_empty() || self.name == self.found_name {
            name.clone_into(&mut self.name);
        }
        if self.attribution.trim().is_empty() || self.attribution == self.found_attribution {
            self.attribution.clone_from(&map.attribution);
            self.attribution_url.clone_from(&map.attribution_url);
        }
        name.clone_into(&mut self.found_name);
        self.found_attribution.clone_from(&map.attribution);
        let levels = [map.min_zoom, map.max_zoom];
        if self.found_levels.is_none_or(|known| known == [self.min_zoom, self.max_zoom]) {
            [self.min_zoom, self.max_zoom] = levels;
        }
        let is_impossible = self.fine == Fine::Double && map.fine_url.is_none();
        if is_impossible || self.found_fine.is_none_or(|known| known == self.fine) {
            self.fine = map.fine;
        }
        self.found_levels = Some(levels);
        self.found_fine = Some(map.fine);
    }

    /// The map with what is said of it.
    pub fn map(&self, map: &WebMap) -> WebMap {
        WebMap {
            attribution: self.attribution.trim().to_owned(),
            attribution_url: self.attribution_url.trim().to_owned(),
            min_zoom: if map.levels.is_empty() { self.min_zoom } else { map.min_zoom },
            max_zoom: self.max_zoom.max(self.min_zoom),
            fine: self.fine,
            offline: self.offline,
            terms: self.terms.trim().to_owned(),
            ..map.clone()
        }
    }

    /// What is missing; none where nothing is.
    pub fn why_not(&self) -> Option<&'static str> {
        let link = self.attribution_url.trim();
        let is_link =
            link.is_empty() || ["https://", "http://"].iter().any(|it| link.starts_with(it));
        if self.name.trim().is_empty() {
            Some("app-web-map-no-name")
        } else if self.attribution.trim().is_empty() {
            Some("app-web-map-no-maker")
        } else if !is_link {
            Some("app-web-map-bad-link")
        } else if self.min_zoom > self.max_zoom {
            Some("app-web-map-bad-zooms")
        } else {
            None
        }
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, map: &WebMap, conditions: &str) {
        let width = if ui.available_width() > 480.0 { 150.0 } else { 100.0 };
        let grid = Grid::new("facts of the map").num_columns(2).min_col_width(width);
        grid.spacing([16.0, 6.0]).show(ui, |ui| {
            field(ui, session, "app-web-map-name", &mut self.name, "");
            field(ui, session, "app-web-map-maker", &mut self.attribution, "© …");
            field(ui, session, "app-web-map-link", &mut self.attribution_url, "https://…");
            self.zooms(ui, session, map);
            self.fine(ui, session, map);
            no_name(ui);
            ui.checkbox(&mut self.offline, session.tr("app-web-map-offline"));
            ui.end_row();
            no_name(ui);
            ui.vertical(|ui| {
                let id = if self.offline { "app-web-map-is-offline" } else { "app-web-map-online" };
                note(ui, &session.say(&Message::new(id)));
                if !conditions.is_empty() {
                    let said = Message::new("app-web-map-conditions").text("said", conditions);
                    note(ui, &session.say(&said));
                }
            });
            ui.end_row();
            field(ui, session, "app-web-map-terms", &mut self.terms, "https://…");
        });
    }

    fn zooms(&mut self, ui: &mut Ui, session: &Session, map: &WebMap) {
        ui.label(session.tr("app-web-map-zooms"));
        ui.horizontal(|ui| {
            // Levels with names of their own are those, and no others.
            let is_open = map.levels.is_empty();
            let first = session.tr("app-web-map-zoom-first");
            let range = 0..=DEEPEST_LEVEL;
            let drag = DragValue::new(&mut self.min_zoom).range(range.clone());
            ui.add_enabled_ui(is_open, |ui| ui.add(drag).accessible_name(&first));
            ui.label(session.tr("app-web-map-zoom-to"));
            let last = session.tr("app-web-map-zoom-last");
            let least = if is_open { 0 } else { map.min_zoom };
            let most = if is_open { DEEPEST_LEVEL } else { map.max_zoom };
            let drag = DragValue::new(&mut self.max_zoom).range(least..=most);
            ui.add(drag).accessible_name(&last);
        });
        ui.end_row();
    }

    fn fine(&mut self, ui: &mut Ui, session: &Session, map: &WebMap) {
        let label = ui.label(session.tr("app-web-map-fine"));
        let name = |fine| {
            session.say(&Message::new(match fine {
                Fine::Double => "app-web-map-fine-double",
                Fine::Deeper => "app-web-map-fine-deeper",
                Fine::AsIs => "app-web-map-fine-as-is",
            }))
        };
        let combo = icons::combo_box("fine").selected_text(name(self.fine)).width(330.0).truncate();
        let shown = combo.show_ui(ui, |ui| {
            for fine in [Fine::Double, Fine::Deeper, Fine::AsIs] {
                if fine != Fine::Double || map.fine_url.is_some() {
                    chosen::value(ui, &mut self.fine, fine, name(fine));
                }
            }
        });
        shown.response.labelled_by(label.id);
        ui.end_row();
    }
}

fn field(ui: &mut Ui, session: &Session, id: &'static str, text: &mut String, hint: &str) {
    let label = ui.label(session.say(&Message::new(id)));
    let width = (ui.available_width() - 12.0).clamp(120.0, 420.0);
    let field = TextEdit::singleline(text).desired_width(width).hint_text(hint);
    ui.add(field).labelled_by(label.id);
    ui.end_row();
}

fn note(ui: &mut Ui, text: &str) {
    ui.set_max_width((ui.available_width() - 12.0).clamp(120.0, 440.0));
    ui.add(Label::new(RichText::new(text).small().weak()).wrap());
}
