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
    /// The first field of days or moments.
    pub day: Option<String>,
    /// Whether it is on the map: else it can only be listed.
    pub is_shown: bool,
}

impl NamedLayer {
    /// Only a list: what has a day in the order of days, which then stand beside the names.
    fn plain(&self) -> IndexBy {
        IndexBy::Plain(self.day.clone().map_or_else(NumberOrder::default, NumberOrder::Field))
    }
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

/// Of which layers names are listed, how they are found on the map, and where lists stand.
pub(super) fn list_lines(ui: &mut Ui, session: &Session, named: &[NamedLayer], next: &mut Sheet) {
    let has_area = has_area(next);
    // The index, the lists beside it, and one more to be chosen.
    let mut lists: Vec<Option<SheetIndex>> = vec![next.index.take()];
    lists.extend(std::mem::take(&mut next.more_lists).into_iter().map(Some));
    if lists.first().is_some_and(Option::is_some) {
        lists.push(None);
    }
    for (at, list) in lists.iter_mut().enumerate() {
        layer_line(ui, session, (named, at), list);
        if let Some(list) = list {
            let of = named.iter().find(|known| known.layer == list.layer);
            lines_of_list(ui, session, (of, at), list, has_area);
        }
    }
    let mut lists = lists.into_iter().flatten();
    next.index = lists.next();
    next.more_lists = lists.collect();
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

/// Of which layer.
fn layer_line(
    ui: &mut Ui,
    session: &Session,
    (named, at): (&[NamedLayer], usize),
    list: &mut Option<SheetIndex>,
) {
    let mut layer = list.as_ref().map(|list| list.layer);
    let mut all = vec![None];
    all.extend(named.iter().map(|known| Some(known.layer)));
    let words = |layer: Option<LayerId>| match layer {
        None => session.tr("app-print-index-none"),
        Some(layer) => {
            let known = named.iter().find(|known| known.layer == layer);
            known.map(|known| known.name.clone()).unwrap_or_default()
        }
    };
    let id = if at == 0 { "app-print-index" } else { "app-print-more-list" };
    choice(ui, session, (id, ("print index", at)), &mut layer, &all, words);
    if list.as_ref().map(|list| list.layer) != layer {
        *list = layer.map(|layer| {
            let known = named.iter().find(|known| known.layer == layer);
            let plain = known.filter(|known| at > 0 || !known.is_shown).map(NamedLayer::plain);
            SheetIndex { by: plain.unwrap_or_default(), ..SheetIndex::new(layer) }
        });
    }
}

/// How a list is made.
fn lines_of_list(
    ui: &mut Ui,
    session: &Session,
    (of, at): (Option<&NamedLayer>, usize),
    list: &mut SheetIndex,
    has_area: bool,
) {
    let fields = of.map(|known| known.fields.as_slice()).unwrap_or_default();
    let number = match list.by {
        IndexBy::Squares => 0_usize,
        IndexBy::Numbers(_) => 1,
        IndexBy::Plain(_) => 2,
    };
    let mut wanted = number;
    let words = |number: usize| {
        session.tr(match number {
            0 => "app-print-by-squares",
            1 => "app-print-by-numbers",
            _ => "app-print-by-list",
        })
    };
    let on_map: &[usize] = if of.is_none_or(|of| of.is_shown) { &[0, 1, 2] } else { &[2] };
    choice(ui, session, ("app-print-by", ("print by", at)), &mut wanted, on_map, words);
    if wanted != number {
        list.by = match (wanted, std::mem::take(&mut list.by)) {
            (0, _) => IndexBy::Squares,
            (1, IndexBy::Squares) => IndexBy::Numbers(NumberOrder::default()),
            (1, IndexBy::Numbers(order) | IndexBy::Plain(order)) => IndexBy::Numbers(order),
            (_, IndexBy::Numbers(order) | IndexBy::Plain(order)) => IndexBy::Plain(order),
            (_, IndexBy::Squares) => of.map(NamedLayer::plain).unwrap_or_default(),
        };
    }
    field_line(ui, session, (fields, at), &mut list.field);
    if let IndexBy::Numbers(order) | IndexBy::Plain(order) = &mut list.by {
        order_line(ui, session, (fields, at), order);
    }
    if has_area {
        no_name(ui);
        ui.checkbox(&mut list.with_surroundings, session.tr("app-print-index-around"));
        ui.end_row();
    }
}

/// Whether a sheet is about an area, or each page of an atlas is.
fn has_area(sheet: &Sheet) -> bool {
    sheet.atlas.is_some() || matches!(sheet.subject, SheetSubject::Features { .. })
}

/// Out of which field the names are.
fn field_line(
    ui: &mut Ui,
    session: &Session,
    (fields, at): (&[String], usize),
    field: &mut Option<String>,
) {
    let words = |field: &Option<String>| match field {
        None => session.tr("app-print-auto"),
        Some(field) => field.clone(),
    };
    let label = ui.label(session.tr("app-print-index-field"));
    let combo =
        icons::combo_box(("print index field", at)).selected_text(words(field)).width(200.0);
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
fn order_line(
    ui: &mut Ui,
    session: &Session,
    (fields, at): (&[String], usize),
    order: &mut NumberOrder,
) {
    let words = |order: &NumberOrder| match order {
        NumberOrder::Name => session.tr("app-print-order-name"),
        NumberOrder::Table => session.tr("app-print-order-table"),
        NumberOrder::Field(field) => {
            session.say(&Message::new("app-print-order-field").text("field", field.as_str()))
        }
    };
    let label = ui.label(session.tr("app-print-order"));
    let combo = icons::combo_box(("print order", at)).selected_text(words(order)).width(200.0);
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
