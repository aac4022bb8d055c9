//! The lines of the form about names that are listed.

use egui::Ui;

use super::lines::choice;
use crate::app::chosen;
use crate::app::dialog::no_name;
use crate::app::icons;
use crate::app::session::Session;
use crate::i18n::Message;
use crate::project::{
    IndexBy, LayerId, ListPlace, NumberOrder, Sheet, SheetIndex, SheetSubject, SheetSum,
};

/// A layer whose names can be listed.
pub(super) struct NamedLayer {
    pub layer: LayerId,
    pub name: String,
    /// The names of its fields, in their order.
    pub fields: Vec<String>,
}

/// A layer with fields that can be added up.
pub(super) struct SummedLayer {
    pub layer: LayerId,
    pub name: String,
    pub fields: Vec<String>,
}

/// Which fields are added up over what lies in the area.
pub(super) fn sum_lines(ui: &mut Ui, session: &Session, layers: &[SummedLayer], next: &mut Sheet) {
    if !has_area(next) || layers.is_empty() {
        return;
    }
    icons::fold(session.tr("app-print-sums")).show(ui, |ui| {
        ui.weak(session.tr("app-print-sums-hint"));
        for SummedLayer { layer, name, fields } in layers {
            for field in fields {
                let is_meant = |sum: &SheetSum| sum.layer == *layer && sum.field == *field;
                let mut is_on = next.sums.iter().any(is_meant);
                if ui.checkbox(&mut is_on, format!("{name}: {field}")).changed() {
                    if is_on {
                        next.sums.push(SheetSum { layer: *layer, field: field.clone() });
                    } else {
                        next.sums.retain(|sum| !is_meant(sum));
                    }
                }
            }
        }
    });
}

/// Of which layer names are listed, how they are found on the map, and where lists stand.
pub(super) fn list_lines(ui: &mut Ui, session: &Session, named: &[NamedLayer], next: &mut Sheet) {
    let mut layer = next.index.as_ref().map(|index| index.layer);
    let mut all = vec![None];
    all.extend(named.iter().map(|known| Some(known.layer)));
    let of = |layer: LayerId| named.iter().find(|known| known.layer == layer);
    let words = |layer: Option<LayerId>| match layer {
        None => session.tr("app-print-index-none"),
        Some(layer) => of(layer).map(|known| known.name.clone()).unwrap_or_default(),
    };
    choice(ui, session, ("app-print-index", "print index"), &mut layer, &all, words);
    let before = next.index.take();
    let is_same = before.as_ref().map(|index| index.layer) == layer;
    next.index = if is_same {
        before
    } else {
        // Points are few and each has a place; streets lie in squares.
        layer.map(SheetIndex::new)
    };
    if let Some(index) = &mut next.index {
        let mut has_numbers = !index.has_grid();
        let words = |has_numbers: bool| {
            session.tr(if has_numbers { "app-print-by-numbers" } else { "app-print-by-squares" })
        };
        let name = ("app-print-by", "print by");
        choice(ui, session, name, &mut has_numbers, &[false, true], words);
        if has_numbers == index.has_grid() {
            index.by = if has_numbers {
                IndexBy::Numbers(NumberOrder::default())
            } else {
                IndexBy::Squares
            };
        }
        let fields = of(index.layer).map(|known| known.fields.as_slice()).unwrap_or_default();
        field_line(ui, session, fields, &mut index.field);
        if let IndexBy::Numbers(order) = &mut index.by {
            order_line(ui, session, fields, order);
        }
    }
    let has_area = has_area(next);
    if let Some(index) = next.index.as_mut().filter(|_| has_area) {
        no_name(ui);
        ui.checkbox(&mut index.with_surroundings, session.tr("app-print-index-around"));
        ui.end_row();
    }
    if next.index.is_some() || !next.points.is_empty() {
        let name = ("app-print-lists", "print lists");
        choice(ui, session, name, &mut next.lists, &ListPlace::ALL, |place| {
            session.tr(match place {
                ListPlace::Best => "app-print-lists-best",
                ListPlace::Beside => "app-print-lists-beside",
                ListPlace::Below => "app-print-lists-below",
                ListPlace::Pages => "app-print-lists-pages",
            })
        });
    }
}

/// Whether a sheet is about an area, or each page of an atlas is.
fn has_area(sheet: &Sheet) -> bool {
    sheet.atlas.is_some() || matches!(sheet.subject, SheetSubject::Features { .. })
}

/// Out of which field the names are.
fn field_line(ui: &mut Ui, session: &Session, fields: &[String], field: &mut Option<String>) {
    let words = |field: &Option<String>| match field {
        None => session.tr("app-print-auto"),
        Some(field) => field.clone(),
    };
    let label = ui.label(session.tr("app-print-index-field"));
    let combo = icons::combo_box("print index field").selected_text(words(field)).width(200.0);
    let shown = combo.height(320.0).show_ui(ui, |ui| {
        for other in std::iter::once(None).chain(fields.iter().cloned().map(Some)) {
            let name = words(&other);
            chosen::value(ui, field, other, name);
        }
    });
    shown.response.labelled_by(label.id);
    ui.end_row();
}

/// In which order features get their numbers.
fn order_line(ui: &mut Ui, session: &Session, fields: &[String], order: &mut NumberOrder) {
    let words = |order: &NumberOrder| match order {
        NumberOrder::Name => session.tr("app-print-order-name"),
        NumberOrder::Table => session.tr("app-print-order-table"),
        NumberOrder::Field(field) => {
            session.say(&Message::new("app-print-order-field").text("field", field.as_str()))
        }
    };
    let label = ui.label(session.tr("app-print-order"));
    let combo = icons::combo_box("print order").selected_text(words(order)).width(200.0);
    let shown = combo.height(320.0).show_ui(ui, |ui| {
        let plain = [NumberOrder::Name, NumberOrder::Table].into_iter();
        for other in plain.chain(fields.iter().cloned().map(NumberOrder::Field)) {
            let name = words(&other);
            chosen::value(ui, order, other, name);
        }
    });
    shown.response.labelled_by(label.id);
    ui.end_row();
}
