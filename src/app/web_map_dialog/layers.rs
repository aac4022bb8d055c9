//! The layers of a service that draws maps: found by their names, one or several of them chosen,
//! with their style and kind of picture.

use egui::{Label, RichText, ScrollArea, TextEdit, Ui};

use crate::app::chosen;
use crate::app::icons;
use crate::app::session::Session;
use crate::i18n::{Message, fold};
use crate::table::Extent;
use crate::tiles::{Chosen, FoundLayer, FoundService, Named, WebForm, WebMap};

/// More layers than this are searched.
const MANY: usize = 8;

/// The height of the list, points.
const HEIGHT: f32 = 136.0;

/// A service, and what is chosen of it.
pub(super) struct LayerChoice {
    service: Box<FoundService>,
    chosen: Chosen,
    search: String,
    /// What each layer is found by.
    folded: Vec<String>,
    /// The layers that are found, by number.
    listed: Vec<usize>,
    /// The layer that is to be in sight, by number.
    to_show: Option<usize>,
}

impl LayerChoice {
    /// With the layers chosen that the address named, or those that were chosen before.
    pub fn new(service: Box<FoundService>, before: Option<&WebMap>) -> LayerChoice {
        let can_be =
            |name: &&String| service.layer(name).is_some_and(|layer| layer.why_not.is_none());
        let before = before.map(|map| map.layers.as_slice()).unwrap_or_default();
        let named = if before.is_empty() { &service.wanted } else { before };
        let mut layers: Vec<String> = named.iter().filter(can_be).cloned().collect();
        let mut usable = service.layers.iter().filter(|layer| layer.why_not.is_none());
        if let (true, Some(only), None) = (layers.is_empty(), usable.next(), usable.next()) {
            layers.push(only.name.clone());
        }
        if service.form == WebForm::Wmts {
            layers.truncate(1);
        }
        let folded = service.layers.iter().map(|layer| {
            fold(&format!("{} {} {}", layer.groups.join(" "), layer.title, layer.name))
        });
        // One that was named and cannot be shown is in sight too, with the reason.
        let first = layers.first().or(named.first()).cloned();
        let is_first = |layer: &FoundLayer| first.as_ref() == Some(&layer.name);
        LayerChoice {
            to_show: service.layers.iter().position(is_first),
            folded: folded.collect(),
            listed: (0..service.layers.len()).collect(),
            chosen: Chosen { layers, ..Chosen::default() },
            search: String::new(),
            service,
        }
    }

    /// What the service says of who may use it.
    pub fn conditions(&self) -> &str {
        &self.service.conditions
    }

    /// Where the lowest layer that is chosen lies.
    pub fn bounds(&self) -> Option<Extent> {
        self.first()?.bounds
    }

    /// The map of what is chosen; none where nothing is.
    pub fn map(&self) -> Option<WebMap> {
        self.service.map(&self.chosen).ok()
    }

    /// What the map is called until the person says otherwise.
    pub fn name(&self, session: &Session) -> String {
        let Some(first) = self.first() else { return self.service.title.clone() };
        let others = self.chosen.layers.len().saturating_sub(1);
        if others == 0 {
            return first.title.clone();
        }
        let text = Message::new("app-web-map-and-others").text("name", first.title.as_str());
        session.say(&text.count("count", u64::try_from(others).unwrap_or(u64::MAX)))
    }

    fn first(&self) -> Option<&FoundLayer> {
        self.service.layer(self.chosen.layers.first()?)
    }

    /// Shows them; answers whether another choice was made.
    pub fn show(&mut self, ui: &mut Ui, session: &Session) -> bool {
        let service = &self.service;
        ui.horizontal_wrapped(|ui| {
            ui.strong(&service.title);
            let mut about = format!("{} {}", service.form.name(), service.version);
            if !service.provider.is_empty() && service.provider != service.title {
                about = format!("{about} · {}", service.provider);
            }
            ui.label(RichText::new(about).weak());
        });
        let before = self.chosen.clone();
        let count = u64::try_from(self.service.layers.len()).unwrap_or(u64::MAX);
        let id = match self.service.form {
            WebForm::Wmts => "app-web-map-one-layer",
            _ => "app-web-map-some-layers",
        };
        ui.horizontal(|ui| {
            ui.label(session.say(&Message::new(id).count("count", count)));
            if self.service.layers.len() > MANY {
                ui.add_space(12.0);
                let search = session.tr("app-web-map-search");
                let label = ui.label(RichText::new(search).small().weak());
                let width = (ui.available_width() - 12.0).clamp(80.0, 220.0);
                let field = TextEdit::singleline(&mut self.search).desired_width(width);
                if ui.add(field).labelled_by(label.id).changed() {
                    self.list();
                }
            }
        });
        self.rows(ui, session);
        if self.listed.is_empty() {
            ui.weak(session.tr("app-web-map-none-found"));
        }
        self.ways(ui, session);
        before != self.chosen
    }

    /// The layers that are looked for: only when another text is typed.
    fn list(&mut self) {
        let words = fold(&self.search);
        let words: Vec<&str> = words.split_whitespace().collect();
        let fits = |text: &String| words.iter().all(|word| text.contains(word));
        let found = self.folded.iter().enumerate().filter(|(_, text)| fits(text));
        self.listed = found.map(|(number, _)| number).collect();
    }

    fn rows(&mut self, ui: &mut Ui, session: &Session) {
        let height = ui.spacing().interact_size.y;
        let frame = egui::Frame::group(ui.style()).inner_margin(6.0);
        frame.show(ui, |ui| {
            let mut scroll = ScrollArea::vertical().id_salt("layers of the map").max_height(HEIGHT);
            let count = self.listed.len();
            // What is chosen from the start is in sight from the start.
            if let Some(first) = self.to_show.take() {
                #[expect(clippy::cast_precision_loss, reason = "a place in a list")]
                let above = first.saturating_sub(1) as f32;
                scroll =
                    scroll.vertical_scroll_offset(above * (height + ui.spacing().item_spacing.y));
            }
            // Only rows in view are made: some services have thousands of layers.
            scroll.auto_shrink([false, true]).show_rows(ui, height, count, |ui, range| {
                for number in range {
                    let layer = self.listed.get(number).and_then(|it| self.service.layers.get(*it));
                    if let Some(layer) = layer {
                        row(ui, session, self.service.form, layer, &mut self.chosen);
                    }
                }
            });
        });
    }

    /// Style, kind of picture and set of tiles, where there is something to choose.
    fn ways(&mut self, ui: &mut Ui, session: &Session) {
        let Some(first) = self.first().cloned() else { return };
        let plain = |all: &[String]| -> Vec<Named> {
            all.iter().map(|it| Named { name: it.clone(), title: it.clone() }).collect()
        };
        ui.horizontal_wrapped(|ui| {
            choose(ui, session, "app-web-map-style", &first.styles, &mut self.chosen.style);
            let formats = plain(&first.formats);
            choose(ui, session, "app-web-map-format", &formats, &mut self.chosen.format);
            let sets = plain(&first.sets);
            choose(ui, session, "app-web-map-set", &sets, &mut self.chosen.set);
        });
    }
}

/// A layer: one of several of a WMTS, any number of a WMS.
fn row(ui: &mut Ui, session: &Session, form: WebForm, layer: &FoundLayer, chosen: &mut Chosen) {
    let is_on = chosen.layers.contains(&layer.name);
    let mut title = layer.groups.iter().skip(1).cloned().collect::<Vec<_>>();
    title.push(layer.title.clone());
    let title = title.join(" › ");
    let mut hint = vec![layer.name.clone()];
    hint.extend(Some(layer.about.clone()).filter(|about| !about.is_empty()));
    hint.extend(layer.why_not.as_ref().map(|why| session.say(why)));
    let hint = hint.join("\n");
    ui.add_enabled_ui(layer.why_not.is_none(), |ui| {
        ui.horizontal(|ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
            let mut now = is_on;
            let shown = if form == WebForm::Wmts {
                let shown = ui.radio(is_on, &title);
                now |= shown.clicked();
                shown
            } else {
                ui.checkbox(&mut now, &title)
            };
            shown.on_hover_text(&hint).on_disabled_hover_text(&hint);
            if let Some(why) = &layer.why_not {
                ui.add(Label::new(RichText::new(session.say(why)).small().weak()).truncate());
            }
            if now != is_on {
                change(form, layer, now, chosen);
            }
        });
    });
}

fn change(form: WebForm, layer: &FoundLayer, is_on: bool, chosen: &mut Chosen) {
    let first = chosen.layers.first().cloned();
    if form == WebForm::Wmts {
        chosen.layers.clear();
    }
    chosen.layers.retain(|name| *name != layer.name);
    if is_on {
        chosen.layers.push(layer.name.clone());
    }
    // Styles and sets are the first layer's.
    if chosen.layers.first() != first.as_ref() {
        let layers = std::mem::take(&mut chosen.layers);
        *chosen = Chosen { layers, ..Chosen::default() };
    }
}

/// A choice between several; nothing where there are not several.
fn choose(ui: &mut Ui, session: &Session, id: &'static str, all: &[Named], now: &mut String) {
    let Some(usual) = all.first().filter(|_| all.len() > 1) else { return };
    let is_now =
        |one: &&Named| if now.is_empty() { one.name == usual.name } else { one.name == *now };
    let title = all.iter().find(is_now).map_or("", |one| one.title.as_str()).to_owned();
    let label = ui.label(RichText::new(session.say(&Message::new(id))).small().weak());
    let combo = icons::combo_box(id).selected_text(title).width(130.0).truncate();
    let shown = combo.show_ui(ui, |ui| {
        for one in all {
            let is_on = if now.is_empty() { one.name == usual.name } else { one.name == *now };
            if chosen::item(ui, is_on, one.title.as_str()).clicked() {
                now.clone_from(&one.name);
            }
        }
    });
    shown.response.labelled_by(label.id);
    ui.add_space(8.0);
}
