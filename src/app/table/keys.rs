//! The table by keyboard: arrows move the selection, with Shift they stretch it, Ctrl+C copies it.

use egui::{Event, EventFilter, Key, Modifiers, Role, Sense, Ui, WidgetInfo};

use super::super::actions::{Action, Actions, RowRef};
use super::super::copying::{Copied, RowsCopied};
use super::super::row_order::RowOrder;
use super::super::selection::Choose;
use super::super::session::Session;
use super::super::shortcuts;
use super::TablePanel;
use crate::project::LayerId;
use crate::table::RowSet;

/// How far page up and page down go, rows.
const PAGE: usize = 10;

/// Makes the rows together one stop of the Tab key: the arrows do the rest. Answers whether
/// they have the focus.
fn rows_have_focus(ui: &Ui, session: &Session) -> bool {
    let rows = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("all rows");
    let response = ui.interact(rows, id, Sense::focusable_noninteractive());
    let label = session.tr("app-table");
    response.widget_info(|| WidgetInfo::labeled(Role::Table, true, &label));
    if response.has_focus() {
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    }
    response.has_focus()
}

impl TablePanel {
    /// Answers keys while the table has the pointer or was used last, and nothing is being typed.
    pub(super) fn keys(
        &mut self,
        ui: &Ui,
        layer: LayerId,
        rows: usize,
        session: &Session,
        order: &RowOrder,
        out: &mut Actions,
    ) {
        if ui.ctx().text_edit_focused() {
            return;
        }
        let is_copied = ui.input(|input| input.events.contains(&Event::Copy));
        if is_copied && session.selection.count(layer) > 0 {
            let rows = RowsCopied::Selected;
            out.push(Action::Copy(Copied::Rows { layer, rows, is_tabbed: true }));
        }
        let has_focus = rows_have_focus(ui, session);
        if !has_focus && !ui.rect_contains_pointer(ui.max_rect()) {
            return;
        }
        if has_focus {
            shortcuts::leave_to_list(ui.ctx());
        }
        let last = order.rows.len().saturating_sub(1);
        let lead = session.selection.lead().filter(|row| row.layer == layer);
        let at = lead.and_then(|row| order.place(row.row));
        // With Shift first: egui lets keys without modifiers match those with Shift.
        for (modifiers, is_stretched) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
            let pressed = |key| ui.input_mut(|input| input.consume_key(modifiers, key));
            let to = if pressed(Key::ArrowDown) {
                at.map_or(0, |at| at + 1)
            } else if pressed(Key::ArrowUp) {
                at.map_or(0, |at| at.saturating_sub(1))
            } else if pressed(Key::PageDown) {
                at.map_or(0, |at| at + PAGE)
            } else if pressed(Key::PageUp) {
                at.map_or(0, |at| at.saturating_sub(PAGE))
            } else if pressed(Key::Home) {
                0
            } else if pressed(Key::End) {
                last
            } else {
                continue;
            };
            let Some(row) = order.row(to.min(last)) else { continue };
            let this = RowRef { layer, row };
            if is_stretched {
                self.stretch(this, rows, order, lead, out);
            } else {
                self.anchor = Some(this);
                out.push(Action::Select(Some(this)));
            }
        }
    }

    /// Selects from the anchor (else the row looked at) to a row.
    pub(super) fn stretch(
        &mut self,
        to: RowRef,
        rows: usize,
        order: &RowOrder,
        lead: Option<RowRef>,
        out: &mut Actions,
    ) {
        let anchor = self.anchor.filter(|anchor| anchor.layer == to.layer).or(lead);
        let from = anchor.and_then(|anchor| order.place(anchor.row));
        let Some((from, end)) = from.zip(order.place(to.row)) else {
            self.anchor = Some(to);
            out.push(Action::Select(Some(to)));
            return;
        };
        let range = from.min(end)..=from.max(end);
        let chosen = order.rows.get(range).unwrap_or_default();
        let chosen = RowSet::of(rows, chosen.iter().map(|row| *row as usize));
        out.push(Action::Choose { layer: to.layer, rows: chosen, how: Choose::Instead });
        out.push(Action::LookAt(to));
    }
}
