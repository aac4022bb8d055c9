//! What the person chooses in the form: rows, the form of CSV, CRS, columns, further layers.

use egui::{Id, ScrollArea, TextEdit, Ui};

use super::wanted::{Form, Rows, Target};
use crate::app::crs_words::{offered, short_name};
use crate::app::derived::MaskState;
use crate::app::session::Session;
use crate::app::store::Loaded;
use crate::app::{chosen, icons};
use crate::crs::Crs;
use crate::formats::PlaceAs;
use crate::i18n::Message;
use crate::project::Layer;
use crate::table::Table;

impl Form {
    /// Which rows, where there is a choice.
    pub fn rows_line(&mut self, ui: &mut Ui, session: &Session, layer: &Layer, loaded: &Loaded) {
        let selected = session.selection.count(layer.id);
        let is_filtered = !layer.filter.is_empty();
        if self.rows == Rows::Selected && selected == 0 {
            self.rows = if is_filtered { Rows::Shown } else { Rows::All };
        }
        if !is_filtered && selected == 0 {
            return;
        }
        ui.label(session.tr("app-export-rows"));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            let mut choice = |ui: &mut Ui, rows: Rows, text: Message| {
                ui.radio_value(&mut self.rows, rows, session.say(&text));
            };
            let all = loaded.kind.count(loaded.table.rows() as u64);
            choice(ui, Rows::All, Message::new("app-export-all").message("all", all));
            if is_filtered {
                let filtered = match session.derived.mask(layer) {
                    MaskState::Some(mask) => Message::new("app-export-filtered")
                        .message("shown", loaded.kind.count(mask.shown)),
                    _ => Message::new("app-export-filtered-unknown"),
                };
                choice(ui, Rows::Shown, filtered);
            }
            if selected > 0 {
                let chosen = loaded.kind.count(selected as u64);
                let chosen = Message::new("app-export-selected").message("selected", chosen);
                choice(ui, Rows::Selected, chosen);
            }
        });
        ui.end_row();
    }

    /// How columns say where a row is.
    pub fn place_line(&mut self, ui: &mut Ui, session: &Session) {
        ui.label(session.tr("app-csv-place"));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            for (place, id) in [
                (PlaceAs::Wkt, "app-csv-place-wkt"),
                (PlaceAs::Columns, "app-csv-place-columns"),
                (PlaceAs::None, "app-csv-place-none"),
            ] {
                let text = session.say(&Message::new(id));
                ui.radio_value(&mut self.place, place, text);
            }
        });
        ui.end_row();
    }

    /// Whom a CSV file is for.
    pub fn csv_line(&mut self, ui: &mut Ui, session: &Session) {
        ui.label(session.tr("app-csv-for"));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            let excel = Some(session.language);
            let text = session.tr("app-csv-excel");
            ui.radio_value(&mut self.csv.excel, excel, text);
            ui.radio_value(&mut self.csv.excel, None, session.tr("app-csv-programs"));
        });
        ui.end_row();
    }

    pub fn crs_line(&mut self, ui: &mut Ui, session: &Session, source: Option<&Crs>) {
        let source_name = source.map_or_else(String::new, short_name);
        let as_source = Message::new("app-export-crs-source").text("name", source_name);
        let as_source = session.say(&as_source);
        let other = session.tr("app-crs-other");
        let shown = match &self.target {
            Target::Source => as_source.clone(),
            Target::Known(crs) => short_name(crs),
            Target::Code(_) => other.clone(),
        };
        ui.horizontal(|ui| {
            let combo = icons::combo_box("export-crs").selected_text(shown).width(230.0);
            let combo = combo.show_ui(ui, |ui| {
                chosen::value(ui, &mut self.target, Target::Source, as_source);
                for (crs, name) in offered() {
                    chosen::value(ui, &mut self.target, Target::Known(crs), name);
                }
                let code = Target::Code(self.code.clone());
                chosen::value(ui, &mut self.target, code, other);
            });
            combo.response.accessible_name(session.tr("app-export-crs"));
            if matches!(self.target, Target::Code(_)) {
                let field = TextEdit::singleline(&mut self.code).hint_text("EPSG:…");
                let field = ui.add(field.desired_width(110.0));
                if field.accessible_name(session.tr("app-crs-code")).changed() {
                    self.target = Target::Code(self.code.clone());
                }
            }
        });
    }

    pub fn columns_fold(&mut self, ui: &mut Ui, session: &Session, table: &Table) {
        if self.columns.len() != table.fields.len() {
            self.columns = vec![true; table.fields.len()];
        }
        let chosen = self.columns.iter().filter(|chosen| **chosen).count();
        let title = Message::new("app-export-columns")
            .count("chosen", chosen as u64)
            .count("all", table.fields.len() as u64);
        let header = icons::fold(session.say(&title)).id_salt("columns");
        header.show(ui, |ui| {
            ui.horizontal(|ui| {
                if ui.small_button(session.tr("app-export-columns-all")).clicked() {
                    self.columns.fill(true);
                }
                if ui.small_button(session.tr("app-export-columns-none")).clicked() {
                    self.columns.fill(false);
                }
            });
            ScrollArea::vertical().max_height(140.0).auto_shrink([false, true]).show(ui, |ui| {
                ui.horizontal_wrapped(|ui| {
                    for (field, chosen) in table.fields.iter().zip(&mut self.columns) {
                        ui.checkbox(chosen, field.title()).on_hover_text(&field.name);
                    }
                });
            });
        });
    }

    /// Other layers that go into the same file, where the format holds several.
    pub fn other_layers(&mut self, ui: &mut Ui, session: &Session, layer: &Layer) {
        let others = session.document().layers.iter().filter(|other| other.id != layer.id);
        let others: Vec<&Layer> = others.filter(|other| session.loaded(other).is_some()).collect();
        if others.is_empty() {
            return;
        }
        let chosen = others.iter().filter(|other| self.also.contains(&other.id)).count();
        let title = Message::new("app-export-also")
            .count("chosen", chosen as u64)
            .count("all", others.len() as u64);
        let header = icons::fold(session.say(&title)).id_salt("also");
        header.show(ui, |ui| {
            ScrollArea::vertical()
                .id_salt(Id::unique("also"))
                .max_height(120.0)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    for other in others {
                        let mut is_wanted = self.also.contains(&other.id);
                        if ui.checkbox(&mut is_wanted, &other.name).changed() {
                            if is_wanted {
                                self.also.insert(other.id);
                            } else {
                                self.also.remove(&other.id);
                            }
                        }
                    }
                });
            ui.weak(session.tr("app-export-also-how"));
        });
    }
}
