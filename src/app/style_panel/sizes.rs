//! Symbols as large as a number.

use egui::{DragValue, RichText, Ui};

use super::fields::Wanted;
use super::numbers;
use super::values::Look;
use crate::i18n::Message;
use crate::style::{NumberOf, Per, SizeBy, Style};

/// Whether sizes follow a number, and which.
pub(super) fn show(ui: &mut Ui, look: &Look<'_>, style: &mut Style) {
    let session = look.session;
    let Some(first) = Wanted::Numbers.first(look.table) else { return };
    let mut is_on = style.size.is_some();
    let label = session.tr("app-size-by");
    if ui.checkbox(&mut is_on, label).on_hover_text(session.tr("app-size-by-about")).changed() {
        style.size = is_on.then(|| SizeBy {
            of: NumberOf { field: first.name.clone(), per: Per::Nothing },
            ..SizeBy::default()
        });
    }
    let Some(size) = &mut style.size else { return };
    if numbers::of(ui, look, "size", &mut size.of) {
        size.at = None;
    }
    ui.horizontal(|ui| {
        let label = session.tr("app-size-largest");
        ui.label(&label);
        let field = DragValue::new(&mut size.largest).range(4.0..=200.0).speed(0.5).suffix(" pt");
        ui.add(field).accessible_name(label);
    });
    if let Some(partition) = look.partition {
        let warn = ui.visuals().warn_fg_color;
        for (id, count) in
            [("app-size-without", partition.unsized_rows), ("app-size-beyond", partition.beyond)]
        {
            if count > 0 {
                let text = session.say(&Message::new(id).count("count", count));
                ui.label(RichText::new(text).small().color(warn));
            }
        }
    }
}
