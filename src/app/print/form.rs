//! What may be said about a sheet.

use egui::{Grid, TextEdit, Ui};

use super::dialog::{about, in_view};
use super::hands::Hands;
use super::lines::{
    basemap_text_line, choice, house_line, language_line, orientation_line, over_line,
    own_text_line, paper_line, part_name, plane_line, size_line, text_line, turn_line,
};
use super::list_lines::{NamedLayer, SummedLayer, list_lines, sum_lines};
use super::own_lines::OwnLines;
use super::parts::MadeSheet;
use super::point_lines::point_lines;
use crate::app::chosen;
use crate::app::dialog::no_name;
use crate::app::icons;
use crate::app::session::Session;
use crate::i18n::{Language, Message};
use crate::page::{next_scale, read_scale, scale_words};
use crate::project::{LayerId, Sheet, SheetAtlas, SheetPart, SheetSubject};
use crate::table::{FieldKind, PartKind, RowKey, Value};

/// Areas of layers with more of them are not listed one by one.
const MOST_AREAS: usize = 2000;

/// A layer whose areas can be printed one by one.
struct Areas {
    layer: LayerId,
    name: String,
    /// What identifies each, and its name, in the order of the names.
    rows: Vec<(RowKey, String)>,
}

/// What is offered, and texts being typed.
pub(super) struct Choices {
    pub language: Language,
    areas: Vec<Areas>,
    /// The layers whose names can be listed.
    named: Vec<NamedLayer>,
    /// The layers with fields that can be added up.
    summed: Vec<SummedLayer>,
    /// The scale as it is typed; none while it is not.
    scale: Option<String>,
    own: OwnLines,
    /// The person wants to draw the frame on the map.
    pub draws_frame: bool,
}

/// What a sheet shows, as it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    View,
    /// A rectangle other than what is in view.
    Frame,
    /// One that is yet to be drawn.
    NewFrame,
    Selection,
    All,
    /// The areas of the layer at a place of the list.
    Area(usize),
}

impl Choices {
    pub fn new(session: &Session) -> Choices {
        let document = session.document();
        let areas = document.layers.iter().filter_map(|layer| {
            let table = &session.loaded(layer)?.table;
            let fits = session.main_kind(layer) == Some(PartKind::Polygon)
                && (2..=MOST_AREAS).contains(&table.rows());
            let field = table.naming_field().filter(|_| fits)?;
            let identity = table.identity();
            let named = (0..table.rows()).filter_map(|row| match table.value(row, field) {
                Value::Text(name) => Some((identity.key(row)?.clone(), name.to_owned())),
                _ => None,
            });
            let mut rows: Vec<(RowKey, String)> = named.collect();
            rows.sort_by_key(|(_, name)| crate::i18n::fold(name));
            Some(Areas { layer: layer.id, name: layer.name.clone(), rows })
        });
        let named = document.layers.iter().filter_map(|layer| {
            let loaded = session.loaded(layer)?;
            loaded.table.naming_field().filter(|_| loaded.table.geometry.is_some())?;
            let all = &loaded.table.fields;
            let is_day = |kind| matches!(kind, FieldKind::Date | FieldKind::DateTime(_));
            let day = all.iter().find(|field| is_day(field.kind)).map(|field| field.name.clone());
            let fields = all.iter().map(|field| field.name.clone()).collect();
            let (name, is_shown) = (layer.name.clone(), document.is_shown(layer));
            Some(NamedLayer { layer: layer.id, name, fields, day, is_shown })
        });
        let summed = document.layers.iter().filter_map(|layer| {
            let table = &session.loaded(layer)?.table;
            table.geometry.as_ref()?;
            let numbers = table
                .fields
                .iter()
                .filter(|field| matches!(field.kind, FieldKind::Integer | FieldKind::Number));
            let fields: Vec<String> = numbers.map(|field| field.name.clone()).collect();
            let known = SummedLayer { layer: layer.id, name: layer.name.clone(), fields };
            Some(known).filter(|known| !known.fields.is_empty())
        });
        let (areas, named, summed) = (areas.collect(), named.collect(), summed.collect());
        Choices {
            language: session.language,
            areas,
            named,
            summed,
            scale: None,
            own: OwnLines::default(),
            draws_frame: false,
        }
    }

    /// Shows all choices; answers the sheet as it is to become.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (sheet, selection): (&Sheet, Option<&SheetSubject>),
        (made, hands): (Option<&MadeSheet>, &mut Hands),
    ) -> Option<Sheet> {
        let mut next = sheet.clone();
        Grid::new("print").num_columns(2).spacing([10.0, 8.0]).show(ui, |ui| {
            self.what_lines(ui, session, selection, &mut next);
            self.atlas_lines(ui, session, &mut next);
            paper_line(ui, session, &mut next);
            orientation_line(ui, session, &mut next);
            over_line(ui, session, &mut next, made);
            self.scale_line(ui, session, &mut next, made);
            house_line(ui, session, &mut next);
            text_line(ui, session, "app-print-sheet-title", &mut next.title, made);
            text_line(ui, session, "app-print-subtitle", &mut next.subtitle, None);
            own_text_line(ui, session, &mut next);
            list_lines(ui, session, &self.named, &mut next);
        });
        sum_lines(ui, session, &self.summed, &mut next);
        point_lines(ui, session, &mut next, (made, hands));
        OwnLines::blocks(ui, session, &mut next);
        self.own.logo(ui, session, &mut next);
        OwnLines::moved(ui, session, &mut next);
        icons::fold(session.tr("app-print-parts")).show(ui, |ui| {
            for part in SheetPart::ALL {
                let mut is_on = !next.without.contains(&part);
                if ui.checkbox(&mut is_on, session.tr(part_name(part))).changed() {
                    if is_on {
                        next.without.remove(&part);
                    } else {
                        next.without.insert(part);
                    }
                }
            }
        });
        icons::fold(session.tr("app-print-more")).show(ui, |ui| {
            Grid::new("print more").num_columns(2).spacing([10.0, 8.0]).show(ui, |ui| {
                turn_line(ui, session, &mut next);
                plane_line(ui, session, &mut next);
                size_line(ui, session, &mut next);
                if session.grounds.ground(&session.document().basemap).is_some() {
                    basemap_text_line(ui, session, &mut next);
                }
                language_line(ui, session, &mut next);
            });
        });
        (next != *sheet).then_some(next)
    }

    fn what_lines(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        selection: Option<&SheetSubject>,
        next: &mut Sheet,
    ) {
        let now = match &next.subject {
            SheetSubject::All => What::All,
            area @ SheetSubject::Area(_) if *area == in_view(session) => What::View,
            SheetSubject::Area(_) => What::Frame,
            SheetSubject::Features { layer, rows } => {
                let listed = self.areas.iter().position(|areas| areas.layer == *layer);
                listed.filter(|_| rows.len() == 1).map_or(What::Selection, What::Area)
            }
        };
        let words = |what: What| match what {
            What::View => session.tr("app-print-what-view"),
            What::Frame => session.tr("app-print-what-frame"),
            What::NewFrame => session.tr("app-print-what-draw"),
            What::Selection => session.tr("app-print-what-selection"),
            What::All => session.tr("app-print-what-all"),
            What::Area(at) => {
                let name = self.areas.get(at).map(|areas| areas.name.as_str()).unwrap_or_default();
                session.say(&Message::new("app-print-what-area").text("layer", name))
            }
        };
        let label = ui.label(session.tr("app-print-what"));
        let mut chosen = now;
        let combo = icons::combo_box("print what").selected_text(words(now)).width(200.0);
        let shown = combo.show_ui(ui, |ui| {
            let areas = (0..self.areas.len()).map(What::Area);
            let is_selected = selection.is_some() || now == What::Selection;
            let selected = is_selected.then_some(What::Selection);
            let framed = (now == What::Frame).then_some(What::Frame);
            let first = [What::View].into_iter().chain(framed).chain(selected);
            for what in first.chain([What::All]).chain(areas).chain([What::NewFrame]) {
                chosen::value(ui, &mut chosen, what, words(what));
            }
        });
        shown.response.labelled_by(label.id);
        ui.end_row();
        if chosen != now {
            let subject = match chosen {
                What::View => Some(in_view(session)),
                What::Frame | What::NewFrame => None,
                What::Selection => selection.cloned(),
                What::All => Some(SheetSubject::All),
                What::Area(at) => self.areas.get(at).and_then(|areas| {
                    let (row, _) = areas.rows.first()?;
                    Some(SheetSubject::Features { layer: areas.layer, rows: vec![row.clone()] })
                }),
            };
            if let Some(subject) = subject {
                *next = about(next.clone(), subject);
            }
        }
        self.draws_frame = chosen == What::NewFrame;
        let What::Area(at) = chosen else { return };
        let (Some(areas), SheetSubject::Features { rows, .. }) =
            (self.areas.get(at), next.subject.clone())
        else {
            return;
        };
        let label = ui.label(session.tr("app-print-which"));
        let is_chosen = |row: &RowKey| rows.first() == Some(row);
        let now = areas.rows.iter().find(|(row, _)| is_chosen(row));
        let name = now.map(|(_, name)| name.clone()).unwrap_or_default();
        let combo = icons::combo_box("print which").selected_text(name).width(200.0);
        let shown = combo.height(320.0).show_ui(ui, |ui| {
            for (row, name) in &areas.rows {
                if chosen::item(ui, is_chosen(row), name.as_str()).clicked() && !is_chosen(row) {
                    let rows = vec![row.clone()];
                    let subject = SheetSubject::Features { layer: areas.layer, rows };
                    *next = about(next.clone(), subject);
                }
            }
        });
        shown.response.labelled_by(label.id);
        ui.end_row();
    }

    /// Of which layer each feature has a page.
    fn atlas_lines(&self, ui: &mut Ui, session: &Session, next: &mut Sheet) {
        let mut layer = next.atlas.as_ref().map(|atlas| atlas.layer);
        let mut all = vec![None];
        all.extend(self.areas.iter().map(|areas| Some(areas.layer)));
        let words = |layer: Option<LayerId>| match layer {
            None => session.tr("app-print-atlas-none"),
            Some(layer) => self.name_of(layer),
        };
        choice(ui, session, ("app-print-atlas", "print atlas"), &mut layer, &all, words);
        if layer != next.atlas.as_ref().map(|atlas| atlas.layer) {
            next.atlas = layer.map(|layer| SheetAtlas {
                layer,
                common_scale: false,
                without_overview: false,
            });
        }
        if let Some(atlas) = &mut next.atlas {
            no_name(ui);
            ui.vertical(|ui| {
                ui.checkbox(&mut atlas.common_scale, session.tr("app-print-atlas-scale"));
                let mut has_overview = !atlas.without_overview;
                ui.checkbox(&mut has_overview, session.tr("app-print-atlas-overview"));
                atlas.without_overview = !has_overview;
            });
            ui.end_row();
        }
    }

    fn name_of(&self, layer: LayerId) -> String {
        let named = self.named.iter().find(|known| known.layer == layer).map(|n| n.name.clone());
        let areas = || self.areas.iter().find(|a| a.layer == layer).map(|a| a.name.clone());
        named.or_else(areas).unwrap_or_default()
    }

    fn scale_line(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        next: &mut Sheet,
        made: Option<&MadeSheet>,
    ) {
        let label = ui.label(session.tr("app-print-scale"));
        ui.horizontal(|ui| {
            let now = next.scale.or(made.map(|made| made.plan.denominator));
            let step = |ui: &mut Ui, sign: &str, name: &'static str, larger: bool| {
                let button = egui::Button::new(sign).min_size(egui::vec2(24.0, 0.0));
                let response = ui.add(button).on_hover_text(session.tr(name));
                let label = session.tr(name);
                let response = response.accessible_name(&label);
                (response.clicked() && now.is_some())
                    .then(|| next_scale(now.unwrap_or_default(), larger))
            };
            let smaller = step(ui, "−", "app-print-scale-smaller", false);
            let written =
                now.map_or_else(String::new, |scale| scale_words(session.language, scale));
            let mut text = self.scale.clone().unwrap_or_else(|| written.clone());
            let field = TextEdit::singleline(&mut text).desired_width(84.0);
            let response = ui.add(field).labelled_by(label.id);
            if response.changed() {
                self.scale = Some(text.clone());
            }
            if response.lost_focus()
                && let Some(scale) = self.scale.take().and_then(|text| read_scale(&text))
            {
                next.scale = Some(scale);
            }
            let larger = step(ui, "+", "app-print-scale-larger", true);
            if let Some(scale) = smaller.or(larger) {
                next.scale = Some(scale);
            }
            let mut is_free = next.scale.is_none();
            let hint = session.tr("app-print-scale-best-hint");
            if ui
                .checkbox(&mut is_free, session.tr("app-print-scale-best"))
                .on_hover_text(hint)
                .changed()
            {
                next.scale = if is_free { None } else { now };
                if is_free {
                    next.shift = [0.0; 2];
                }
            }
        });
        ui.end_row();
    }
}
