//! What went wrong and what was done, above the map until dismissed.

use egui::{Align, Frame, Layout, Margin, RichText, ScrollArea, Stroke, Ui};

use super::actions::{Action, Actions};
use super::icons::{self, Icon};
use super::session::{Notice, Session};

/// The list; nothing when there is none.
pub(super) fn show(ui: &mut Ui, session: &Session, out: &mut Actions) {
    let count = session.notices.len();
    if count > 1 {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.small_button(session.tr("app-notices-dismiss")).clicked() {
                    out.push(Action::DismissNotices);
                }
            });
        });
    }
    ScrollArea::vertical().id_salt("notices").max_height(150.0).auto_shrink([false, true]).show(
        ui,
        |ui| {
            for (at, notice) in session.notices.iter().enumerate() {
                row(ui, session, at, notice, out);
            }
        },
    );
}

fn row(ui: &mut Ui, session: &Session, at: usize, notice: &Notice, out: &mut Actions) {
    let is_bad = !matches!(notice, Notice::Done(_));
    let color = if is_bad { ui.visuals().error_fg_color } else { super::theme::accent(ui) };
    let frame = Frame::new()
        .fill(ui.visuals().window_fill)
        .stroke(Stroke::new(1.0, color))
        .corner_radius(5.0)
        .inner_margin(Margin::symmetric(10, 4));
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            if is_bad {
                let size = egui::vec2(18.0, 18.0);
                let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
                icons::paint(ui.painter(), Icon::Warning, rect.center(), color);
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let label = session.tr("app-notice-dismiss");
                if icons::button(ui, Icon::Close, &label).clicked() {
                    out.push(Action::DismissNotice(at));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let text = RichText::new(notice.text(session.language));
                    ui.add(egui::Label::new(text).wrap());
                });
            });
        });
    });
}
