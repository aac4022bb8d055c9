//! What may be said about a sheet.

use egui::{DragValue, Grid, Slider, TextEdit, Ui};

use super::dialog::{about, in_view};
use super::output::OutputKind;
use super::parts::MadeSheet;
use crate::app::chosen;
use crate::app::dialog::no_name;
use crate::app::icons;
use crate::app::scale_dialog::denominator;
use crate::app::session::Session;
use crate::i18n::{Language, Message};
use crate::page::{next_scale, paper_words, scale_words};
use crate::project::{
    HouseStyle, LayerId, Orientation, Paper, Sheet, SheetAtlas, SheetIndex, SheetPart, SheetPlane,
    SheetSubject,
};
use crate::table::{PartKind, RowKey, Value};

/// Areas of layers with more of them are not listed one by one.
const MOST_AREAS: usize = 2000;

/// Dots per inch of pictures that are offered.
const DOTS: [u16; 4] = [96, 150, 300, 600];

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
    named: Vec<(LayerId, String)>,
    /// The scale as it is typed; none while it is not.
    scale: Option<String>,
}

/// What a sheet shows, as it is chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    View,
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
            Some((layer.id, layer.name.clone()))
        });
        let (areas, named) = (areas.collect(), named.collect());
        Choices { language: session.language, areas, named, scale: None }
    }

    /// Shows all choices; answers the sheet as it is to become.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (sheet, selection): (&Sheet, Option<&SheetSubject>),
        made: Option<&MadeSheet>,
    ) -> Option<Sheet> {
        let mut next = sheet.clone();
        Grid::new("print").num_columns(2).spacing([10.0, 8.0]).show(ui, |ui| {
            self.what_lines(ui, session, selection, &mut next);
            paper_line(ui, session, &mut next);
            orientation_line(ui, session, &mut next);
            self.scale_line(ui, session, &mut next, made);
            turn_line(ui, session, &mut next);
            house_line(ui, session, &mut next);
            text_line(ui, session, "app-print-sheet-title", &mut next.title, made);
            text_line(ui, session, "app-print-subtitle", &mut next.subtitle, None);
            own_text_line(ui, session, &mut next);
            self.index_line(ui, session, &mut next);
            self.atlas_lines(ui, session, &mut next);
        });
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
                plane_line(ui, session, &mut next);
                size_line(ui, session, &mut next);
                language_line(ui, session, &mut next);
            });
        });
        (next != *sheet).then_some(next)
    }

    fn what_lines(
        &self,
        ui: &mut Ui,
        session: &Session,
        selection: Option<&SheetSubject>,
        next: &mut Sheet,
    ) {
        let now = match &next.subject {
            SheetSubject::All => What::All,
            SheetSubject::Area(_) => What::View,
            SheetSubject::Features { layer, rows } => {
                let listed = self.areas.iter().position(|areas| areas.layer == *layer);
                listed.filter(|_| rows.len() == 1).map_or(What::Selection, What::Area)
            }
        };
        let words = |what: What| match what {
            What::View => session.tr("app-print-what-view"),
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
            for what in [What::View].into_iter().chain(selected).chain([What::All]).chain(areas) {
                chosen::value(ui, &mut chosen, what, words(what));
            }
        });
        shown.response.labelled_by(label.id);
        ui.end_row();
        if chosen != now {
            let subject = match chosen {
                What::View => Some(in_view(session)),
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

    /// Of which layer names are listed.
    fn index_line(&self, ui: &mut Ui, session: &Session, next: &mut Sheet) {
        let mut layer = next.index.as_ref().map(|index| index.layer);
        let mut all = vec![None];
        all.extend(self.named.iter().map(|(layer, _)| Some(*layer)));
        let words = |layer: Option<LayerId>| match layer {
            None => session.tr("app-print-index-none"),
            Some(layer) => self.name_of(layer),
        };
        choice(ui, session, ("app-print-index", "print index"), &mut layer, &all, words);
        if layer != next.index.as_ref().map(|index| index.layer) {
            next.index =
                layer.map(|layer| SheetIndex { layer, field: None, with_surroundings: false });
        }
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
        let named = self.named.iter().find(|(id, _)| *id == layer).map(|(_, name)| name.clone());
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
                && let Some(scale) = self.scale.take().and_then(|text| denominator(&text))
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

/// A line of which one of several is chosen from a list.
fn choice<T: PartialEq + Copy>(
    ui: &mut Ui,
    session: &Session,
    (name, salt): (&'static str, &'static str),
    value: &mut T,
    all: &[T],
    words: impl Fn(T) -> String,
) {
    let label = ui.label(session.tr(name));
    let combo = icons::combo_box(salt).selected_text(words(*value)).width(200.0);
    let shown = combo.show_ui(ui, |ui| {
        for other in all {
            chosen::value(ui, value, *other, words(*other));
        }
    });
    shown.response.labelled_by(label.id);
    ui.end_row();
}

fn paper_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let language = session.language;
    let own = match next.paper {
        own @ Paper::Own(..) => own,
        named => {
            let [width, height] = named.millimetres();
            Paper::own(width, height).unwrap_or(named)
        }
    };
    let mut all = Paper::NAMED.to_vec();
    all.push(own);
    let mut paper = next.paper;
    choice(
        ui,
        session,
        ("app-print-paper", "print paper"),
        &mut paper,
        &all,
        |paper| match paper {
            Paper::Own(..) => session.tr("app-print-paper-own"),
            named => {
                let [width, height] = named.millimetres();
                format!("{} ({width} × {height} mm)", paper_words(language, named))
            }
        },
    );
    if let Paper::Own(..) = paper {
        no_name(ui);
        ui.horizontal(|ui| {
            let [mut width, mut height] = paper.millimetres();
            let (least, most) = Paper::OWN;
            let side = |ui: &mut Ui, value: &mut f32, name| {
                let drag = DragValue::new(value).range(least..=most).suffix(" mm").max_decimals(1);
                ui.add(drag).accessible_name(session.tr(name));
            };
            side(ui, &mut width, "app-print-paper-width");
            ui.label("×");
            side(ui, &mut height, "app-print-paper-height");
            paper = Paper::own(width, height).unwrap_or(paper);
        });
        ui.end_row();
    }
    next.paper = paper;
}

fn orientation_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    ui.label(session.tr("app-print-orientation"));
    ui.horizontal(|ui| {
        for (orientation, name) in [
            (Orientation::Best, "app-print-orientation-best"),
            (Orientation::Portrait, "app-print-orientation-portrait"),
            (Orientation::Landscape, "app-print-orientation-landscape"),
        ] {
            ui.radio_value(&mut next.orientation, orientation, session.tr(name));
        }
    });
    ui.end_row();
}

fn turn_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let label = ui.label(session.tr("app-print-turn"));
    ui.horizontal(|ui| {
        let drag = DragValue::new(&mut next.turn).range(-180.0..=180.0).speed(0.5).suffix("°");
        ui.add(drag.max_decimals(1)).labelled_by(label.id);
        let is_turned = next.turn.abs() > 0.0;
        let button = egui::Button::new(session.tr("app-print-turn-north"));
        if ui.add_enabled(is_turned, button).clicked() {
            next.turn = 0.0;
        }
    });
    ui.end_row();
}

fn house_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    choice(
        ui,
        session,
        ("app-print-house", "print house"),
        &mut next.house,
        &HouseStyle::ALL,
        |house| {
            session.tr(match house {
                HouseStyle::Report => "app-print-house-report",
                HouseStyle::Poster => "app-print-house-poster",
                HouseStyle::Copy => "app-print-house-copy",
                HouseStyle::Plain => "app-print-house-plain",
            })
        },
    );
}

fn text_line(
    ui: &mut Ui,
    session: &Session,
    name: &'static str,
    value: &mut Option<String>,
    made: Option<&MadeSheet>,
) {
    let label = ui.label(session.tr(name));
    let mut text = value.clone().unwrap_or_default();
    let hint = made.map_or_else(|| session.tr("app-print-auto"), |made| made.title.clone());
    let field = TextEdit::singleline(&mut text).hint_text(hint).desired_width(200.0);
    if ui.add(field).labelled_by(label.id).changed() {
        *value = Some(text).filter(|text| !text.is_empty());
    }
    ui.end_row();
}

fn own_text_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let label = ui.label(session.tr("app-print-text"));
    let field = TextEdit::multiline(&mut next.text).desired_rows(1).desired_width(200.0);
    ui.add(field.hint_text(session.tr("app-print-text-hint"))).labelled_by(label.id);
    ui.end_row();
}

fn plane_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    choice(
        ui,
        session,
        ("app-print-plane", "print plane"),
        &mut next.plane,
        &SheetPlane::ALL,
        |plane| {
            session.tr(match plane {
                SheetPlane::Local => "app-print-plane-local",
                SheetPlane::Lambert72 => "app-print-plane-lambert72",
                SheetPlane::Lambert2008 => "app-print-plane-lambert2008",
                SheetPlane::Screen => "app-print-plane-screen",
            })
        },
    );
}

fn size_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let label = ui.label(session.tr("app-print-size"));
    let mut percent = next.size * 100.0;
    let slider = Slider::new(&mut percent, 60.0..=200.0).suffix(" %").step_by(5.0);
    if ui.add(slider).labelled_by(label.id).changed() {
        next.size = percent / 100.0;
    }
    ui.end_row();
}

fn language_line(ui: &mut Ui, session: &Session, next: &mut Sheet) {
    let all = [None, Some(Language::Dutch), Some(Language::English)];
    choice(
        ui,
        session,
        ("app-print-language", "print language"),
        &mut next.language,
        &all,
        |language| match language {
            Some(language) => language.own_name().to_owned(),
            None => session.tr("app-print-language-window"),
        },
    );
}

/// What kind of file, and how fine where it is made of pixels.
pub(super) fn kind_line(ui: &mut Ui, session: &Session, kind: &mut OutputKind, dots: &mut u16) {
    ui.horizontal(|ui| {
        for other in OutputKind::ALL {
            let hint = session.tr(match other {
                OutputKind::Pdf => "app-print-kind-pdf",
                OutputKind::Svg => "app-print-kind-svg",
                OutputKind::Png | OutputKind::Jpeg => "app-print-kind-png",
            });
            ui.radio_value(kind, other, other.extension().to_uppercase()).on_hover_text(hint);
        }
        if kind.has_pixels() {
            let words = |dots: u16| {
                let message = Message::new("app-print-dots").count("dots", u64::from(dots));
                session.say(&message)
            };
            let combo = icons::combo_box("print dots").selected_text(words(*dots)).width(90.0);
            let shown = combo.show_ui(ui, |ui| {
                for other in DOTS {
                    chosen::value(ui, dots, other, words(other));
                }
            });
            let name = session.tr("app-print-dots-name");
            shown.response.accessible_name(&name);
        }
    });
}

fn part_name(part: SheetPart) -> &'static str {
    match part {
        SheetPart::Title => "app-print-part-title",
        SheetPart::Subtitle => "app-print-part-subtitle",
        SheetPart::Legend => "app-print-part-legend",
        SheetPart::ScaleBar => "app-print-part-scale",
        SheetPart::North => "app-print-part-north",
        SheetPart::Locator => "app-print-part-locator",
        SheetPart::Statement => "app-print-part-statement",
        SheetPart::CheckLine => "app-print-part-check",
        SheetPart::Counts => "app-print-part-counts",
        SheetPart::Date => "app-print-part-date",
        SheetPart::Veil => "app-print-part-veil",
        SheetPart::Labels => "app-print-part-labels",
    }
}
