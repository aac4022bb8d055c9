//! Which layers of a file or a service are added, where it holds several.

use std::path::PathBuf;

use egui::{RichText, ScrollArea, TextEdit, Ui};

use super::actions::{Action, Actions};
use super::dialog;
use super::portal_panel::rounded_out;
use super::services::{self, ServicePart};
use super::session::{Session, ToChoose};
use super::store::RowKind;
use crate::formats::ListedLayer;
use crate::i18n::{Message, fold, format_bytes};
use crate::project::Rectangle;
use crate::table::Extent;

/// More layers than this are searched.
const MANY: usize = 10;

/// So many layers are listed: of more, those that are looked for.
const LISTED: usize = 200;

/// A layer, and whether it is wanted.
struct Offered {
    layer: ListedLayer,
    /// What it is, for who rests on it.
    about: String,
    /// Where it lies, WGS 84 degrees, where that is known.
    bbox: Option<Extent>,
    /// What it is found by.
    folded: String,
    is_chosen: bool,
}

impl Offered {
    fn new(layer: ListedLayer, is_chosen: bool) -> Offered {
        let title = layer.title.as_deref().unwrap_or_default();
        let folded = fold(&format!("{title} {}", layer.name));
        Offered { layer, about: String::new(), bbox: None, folded, is_chosen }
    }
}

/// Where the layers are.
enum Of {
    File(PathBuf, Option<FilePart>),
    Service(Box<ServicePart>),
}

/// How much of a file is wanted of which a part can be read.
struct FilePart {
    /// How large the file is, where that is known.
    bytes: Option<u64>,
    /// What was in view when the layers were shown.
    view: Rectangle,
    is_in_view: bool,
}

impl FilePart {
    fn wanted(&self) -> Option<Rectangle> {
        self.is_in_view.then_some(self.view)
    }

    fn choice(&mut self, ui: &mut Ui, session: &Session) {
        for (is_in_view, id) in [(false, "app-service-whole"), (true, "app-service-in-view")] {
            ui.radio_value(&mut self.is_in_view, is_in_view, session.tr(id));
        }
    }
}

/// Layers that a file or a service was found to hold, and which of them are wanted: at first all
/// of a file, and of a service the one that its address named.
pub(super) struct LayersOfFile {
    of: Of,
    layers: Vec<Offered>,
    search: String,
    had_focus: bool,
}

impl LayersOfFile {
    pub fn new(found: ToChoose, view: Option<Extent>) -> LayersOfFile {
        let (of, layers) = match found {
            ToChoose::File(file) => {
                let layers = file.layers.into_iter().map(|layer| Offered::new(layer, true));
                let layers: Vec<Offered> = layers.collect();
                let is_divisible = layers.iter().any(|offered| offered.layer.has_index);
                let view = view.map(rounded_out).and_then(Rectangle::of);
                let part = view.filter(|_| is_divisible);
                let bytes = file.bytes;
                let part = part.map(|view| FilePart { bytes, view, is_in_view: false });
                (Of::File(file.path, part), layers)
            }
            ToChoose::Service(service) => {
                let is_only = service.layers.len() == 1;
                let layers = service.layers.iter().map(|layer| {
                    let listed = ListedLayer {
                        name: layer.name.clone(),
                        title: Some(layer.title.clone()),
                        ..ListedLayer::default()
                    };
                    let is_chosen = is_only || service.wanted.as_ref() == Some(&layer.name);
                    let about = layer.about.clone();
                    Offered { about, bbox: layer.bbox, ..Offered::new(listed, is_chosen) }
                });
                let layers = layers.collect();
                (Of::Service(Box::new(ServicePart::new(service, view))), layers)
            }
        };
        LayersOfFile { of, layers, search: String::new(), had_focus: false }
    }

    /// Whether a server is being asked.
    pub fn is_busy(&self) -> bool {
        matches!(&self.of, Of::Service(part) if part.is_busy())
    }

    fn chosen(&self) -> Vec<String> {
        let chosen = self.layers.iter().filter(|offered| offered.is_chosen);
        chosen.map(|offered| offered.layer.name.clone()).collect()
    }

    /// Shows the dialog; answers whether it is done.
    pub fn show(&mut self, ctx: &egui::Context, session: &Session, out: &mut Actions) -> bool {
        let name = match &self.of {
            Of::File(path, _) => services::name_of(path),
            Of::Service(part) => part.service.title.clone(),
        };
        let title = session.say(&Message::new("app-layers-of-file-title").text("name", name));
        let chosen = self.chosen();
        if let Of::Service(part) = &mut self.of {
            part.count(session, &chosen);
        }
        let shown = dialog::show(ctx, "layers of file", &title, 480.0, |ui| {
            self.head(ui, session);
            ui.add_space(4.0);
            if self.layers.len() > 1 {
                self.all_or_none(ui, session);
                ui.add_space(4.0);
            }
            let rest = if matches!(self.of, Of::File(_, None)) { 60.0 } else { 130.0 };
            let room = ui.available_height() - rest;
            ScrollArea::vertical().max_height(room.max(80.0)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                self.list(ui, session);
            });
            let chosen = self.chosen();
            let id = match &mut self.of {
                Of::File(_, part) => {
                    if let Some(part) = part {
                        ui.add_space(6.0);
                        part.choice(ui, session);
                    }
                    "app-layers-of-file-add"
                }
                Of::Service(part) => {
                    ui.add_space(6.0);
                    part.choice(ui, session, &chosen);
                    "app-service-fetch"
                }
            };
            let add = Message::new(id).count("count", as_count(chosen.len()));
            dialog::buttons(ui, |ui| {
                let add = dialog::main_response(ui, !chosen.is_empty(), &session.say(&add));
                // All of them is what most want of a file, and the one named of a service: Enter.
                let is_first = !std::mem::replace(&mut self.had_focus, true);
                if is_first && !chosen.is_empty() {
                    add.request_focus();
                }
                (add.clicked(), ui.button(session.tr("app-cancel")).clicked())
            })
        });
        let (is_wanted, is_cancelled) = shown.inner;
        if is_wanted {
            let names = self.chosen();
            out.push(match &self.of {
                Of::File(path, part) => {
                    let part = part.as_ref().and_then(FilePart::wanted);
                    Action::OpenLayers(path.clone(), names, part)
                }
                Of::Service(part) => {
                    let addresses = part.addresses(names.iter().map(String::as_str));
                    Action::Open(services::paths(addresses))
                }
            });
        }
        is_wanted || is_cancelled || shown.is_escaped
    }

    fn head(&mut self, ui: &mut Ui, session: &Session) {
        let count = as_count(self.layers.len());
        match &self.of {
            Of::File(_, part) => {
                let text = Message::new("app-layers-of-file-which").count("count", count);
                ui.label(session.say(&text));
                if let Some(bytes) = part.as_ref().and_then(|part| part.bytes) {
                    let text = Message::new("app-layers-of-file-large")
                        .text("size", format_bytes(session.language, bytes));
                    ui.add(egui::Label::new(RichText::new(session.say(&text)).weak()).wrap());
                }
            }
            Of::Service(part) => {
                let text = Message::new("app-service-which").count("count", count);
                ui.label(session.say(&text));
                let service = &part.service;
                let parts = [&service.protocol, &service.publisher];
                let parts: Vec<&str> =
                    parts.into_iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect();
                let about = RichText::new(parts.join(" · ")).small().weak();
                ui.label(about).on_hover_text(service.url());
            }
        }
        if self.layers.len() > MANY {
            ui.add_space(4.0);
            let name = session.tr("app-service-search");
            let field = TextEdit::singleline(&mut self.search)
                .desired_width(ui.available_width())
                .hint_text(&name);
            ui.add(field).accessible_name(&name);
        }
    }

    fn all_or_none(&mut self, ui: &mut Ui, session: &Session) {
        let search = fold(self.search.trim());
        ui.horizontal(|ui| {
            for (id, wanted) in
                [("app-export-columns-all", true), ("app-export-columns-none", false)]
            {
                if ui.link(session.tr(id)).clicked() {
                    let shown = self.layers.iter_mut().filter(|it| it.folded.contains(&search));
                    shown.for_each(|offered| offered.is_chosen = wanted);
                }
            }
        });
    }

    fn list(&mut self, ui: &mut Ui, session: &Session) {
        let search = fold(self.search.trim());
        let mut shown = 0;
        for offered in self.layers.iter_mut().filter(|it| it.folded.contains(&search)) {
            shown += 1;
            if shown > LISTED {
                continue;
            }
            match &self.of {
                Of::File(..) => {
                    ui.horizontal(|ui| row(ui, session, offered));
                }
                Of::Service(part) => row_of_service(ui, session, part, offered),
            }
        }
        if shown == 0 {
            ui.weak(session.tr("app-service-no-match"));
        } else if shown > LISTED {
            let more = Message::new("app-service-more").count("count", as_count(shown - LISTED));
            ui.weak(session.say(&more));
        }
    }
}

fn row(ui: &mut Ui, session: &Session, offered: &mut Offered) {
    let Offered { layer, is_chosen, .. } = offered;
    let title = layer.title.as_ref().filter(|title| !title.trim().is_empty());
    let name = title.unwrap_or(&layer.name);
    let row = ui.checkbox(is_chosen, name);
    let note = note_of(session, layer);
    if !note.is_empty() {
        ui.label(RichText::new(note).weak());
    }
    if title.is_some_and(|title| *title != layer.name) {
        row.on_hover_text(&layer.name);
    }
}

/// A layer of a service: its title, and below it what it is asked by and how many features it has.
fn row_of_service(ui: &mut Ui, session: &Session, part: &ServicePart, offered: &mut Offered) {
    let Offered { layer, about, bbox, is_chosen, .. } = offered;
    let title = layer.title.as_ref().filter(|title| !title.trim().is_empty());
    let row = ui.checkbox(is_chosen, title.unwrap_or(&layer.name));
    if !about.trim().is_empty() {
        row.on_hover_text(about.trim());
    }
    let note = if part.lies_elsewhere(*bbox) {
        session.tr("app-service-elsewhere")
    } else {
        part.note(session, &layer.name)
    };
    let name = Some(layer.name.as_str()).filter(|name| title.is_some_and(|title| title != name));
    let parts = [name.unwrap_or_default(), &note];
    let parts: Vec<&str> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    if !parts.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(22.0);
            let text = RichText::new(parts.join(" · ")).small().weak();
            ui.add(egui::Label::new(text).truncate());
        });
    }
}

/// "1 204 rows · table without place".
fn note_of(session: &Session, layer: &ListedLayer) -> String {
    let rows = layer.rows.map(|rows| session.say(&RowKind::Rows.count(rows)));
    let placeless =
        (layer.has_place == Some(false)).then(|| session.tr("app-layers-of-file-placeless"));
    rows.into_iter().chain(placeless).collect::<Vec<_>>().join(" · ")
}

fn as_count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
