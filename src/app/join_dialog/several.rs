//! Several rows of the table for one value: which counts is for the person to say.

use egui::{Label, ScrollArea, Ui};

use super::JoinDialog;
use crate::app::chosen::{self, Edge};
use crate::app::icons::{self, Icon};
use crate::app::session::Session;
use crate::app::theme;
use crate::i18n::Message;
use crate::query::join::{Fix, Several};

impl JoinDialog {
    /// Asks which counts, where there are several.
    pub(super) fn several(&mut self, ui: &mut Ui, session: &Session) {
        let Some(Ok(looked)) = self.looked.latest() else { return };
        let several = &looked.preview.several;
        let other = session.document().layer(self.other).map_or("", |other| other.name.as_str());
        if several.values == 0 {
            return;
        }
        match card(ui, session, several, other, self.has_rules()) {
            Some(Decision::Condition(sql)) => {
                self.by.condition = sql;
                self.columns.iter_mut().for_each(|column| column.rule = None);
            }
            Some(Decision::Rules) => self.begin_rules(),
            None => {}
        }
    }
}

/// What the person decided about several rows.
enum Decision {
    Condition(String),
    Rules,
}

fn card(
    ui: &mut Ui,
    session: &Session,
    several: &Several,
    other: &str,
    has_rules: bool,
) -> Option<Decision> {
    let mut decision = None;
    ui.add_space(4.0);
    theme::card(ui).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let examples = several.examples.iter().map(|(text, rows)| format!("{text}: {rows}"));
        let text = Message::new("app-join-several")
            .count("count", u64::try_from(several.values).unwrap_or(u64::MAX))
            .text("name", other)
            .text("examples", examples.collect::<Vec<_>>().join(", "));
        ui.horizontal_top(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(18.0, 18.0), egui::Sense::hover());
            let color = ui.visuals().warn_fg_color;
            icons::paint(ui.painter(), Icon::Warning, rect.center(), color);
            ui.add(Label::new(session.say(&text)).wrap());
        });
        ui.horizontal_wrapped(|ui| {
            for fix in several.fixes.iter().take(4) {
                decision = one_fix(ui, session, fix).or(decision.take());
            }
            let text = session.tr("app-join-rules");
            if chosen::button(ui, Edge::Foot, has_rules, text, |b| b.frame_when_inactive(true))
                .clicked()
            {
                decision = Some(Decision::Rules);
            }
        });
    });
    decision
}

/// A column of which one value leaves one row.
fn one_fix(ui: &mut Ui, session: &Session, fix: &Fix) -> Option<Decision> {
    let mut decision = None;
    let text = Message::new("app-join-only-one").text("name", fix.field.as_str());
    ui.menu_button(session.say(&text), |ui| {
        ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
            // The last is the newest, where it is a year.
            for value in fix.values.iter().rev() {
                let text = Message::new("app-join-only")
                    .text("name", fix.field.as_str())
                    .text("value", value.text.as_str())
                    .count("count", u64::try_from(value.matched).unwrap_or(u64::MAX));
                if ui.button(session.say(&text)).clicked() {
                    decision = Some(Decision::Condition(value.sql.clone()));
                    ui.close();
                }
            }
        });
    });
    decision
}
