//! Which columns are taken, what they are called, and what several rows become.

use egui::{RichText, ScrollArea, TextEdit, Ui};

use super::JoinDialog;
use super::looking::PairsKey;
use crate::app::joined::rule_message;
use crate::app::session::Session;
use crate::app::{chosen, icons};
use crate::i18n::Message;
use crate::project::Layer;
use crate::query::join::{JoinBy, JoinColumn, Rule};
use crate::table::{FieldKind, free_name};

/// Of a table with more columns than this, none is taken until it is chosen.
const MOST_TAKEN: usize = 24;

/// A column that can be taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub field: String,
    pub kind: FieldKind,
    pub name: String,
    pub is_taken: bool,
    pub rule: Option<Rule>,
}

/// The columns of the other table, as the join has them or as is likely.
pub(super) fn choices(
    session: &Session,
    layer: &Layer,
    dialog: &JoinDialog,
    (ours, theirs): &PairsKey,
) -> Vec<Choice> {
    let join = dialog.at.and_then(|at| layer.joins.get(at));
    let kept = join.filter(|join| join.layer == dialog.other).map(|join| &join.by.columns);
    let other = session.document().layer(dialog.other).map_or("", |other| other.name.as_str());
    let mut taken = names_taken(dialog, layer, ours);
    let is_wide = theirs.0.fields.len() > MOST_TAKEN;
    let choice = |field: &crate::table::Field| {
        let known = kept.and_then(|kept| kept.iter().find(|column| column.field == field.name));
        let name = match known {
            Some(known) => known.name.clone(),
            None => free_name(&field.name, other, taken.iter().map(String::as_str)),
        };
        taken.push(name.clone());
        Choice {
            field: field.name.clone(),
            kind: field.kind,
            name,
            is_taken: if kept.is_some() { known.is_some() } else { !is_wide },
            rule: known.and_then(|known| known.rule),
        }
    };
    theirs.0.fields.iter().map(choice).collect()
}

/// The names that the layer's own columns and its other joins have.
fn names_taken(
    dialog: &JoinDialog,
    layer: &Layer,
    ours: &super::Same<crate::table::Table>,
) -> Vec<String> {
    let own = ours.0.fields.iter().map(|field| field.name.clone());
    let others = layer.joins.iter().enumerate().filter(|(at, _)| dialog.at != Some(*at));
    let joined = others.flat_map(|(_, join)| join.by.columns.iter().map(|c| c.name.clone()));
    own.chain(joined).collect()
}

impl JoinDialog {
    /// The join as it was chosen.
    pub(super) fn made(&self, session: &Session, layer: &Layer) -> JoinBy {
        let other = session.document().layer(self.other).map_or("", |other| other.name.as_str());
        let mut taken = match self.both(session, layer) {
            Some((ours, _)) => names_taken(self, layer, &ours),
            None => Vec::new(),
        };
        let has_several = self.has_several();
        let columns = self.columns.iter().filter(|column| column.is_taken).map(|column| {
            let wished = column.name.trim();
            let wished = if wished.is_empty() { column.field.as_str() } else { wished };
            let name = free_name(wished, other, taken.iter().map(String::as_str));
            taken.push(name.clone());
            let rule = column.rule.filter(|_| has_several);
            JoinColumn { field: column.field.clone(), name, rule }
        });
        let columns = columns.collect();
        JoinBy { columns, condition: self.by.condition.trim().to_owned(), ..self.by.clone() }
    }

    pub(super) fn has_several(&self) -> bool {
        let looked = self.looked.latest().and_then(|looked| looked.as_ref().ok());
        looked.is_some_and(|looked| looked.preview.several.values > 0)
    }

    /// Whether what several rows become was chosen.
    pub(super) fn has_rules(&self) -> bool {
        self.columns.iter().any(|column| column.rule.is_some())
    }

    /// Adds numbers up, takes the last of what tells rows apart (a year) and the first of anything
    /// else: a start to change.
    pub(super) fn begin_rules(&mut self) {
        let looked = self.looked.latest().and_then(|looked| looked.as_ref().ok());
        let fixes = looked.map_or(&[][..], |looked| looked.preview.several.fixes.as_slice());
        for column in &mut self.columns {
            column.rule = Some(if fixes.iter().any(|fix| fix.field == column.field) {
                Rule::Max
            } else if Rule::Sum.fits(column.kind) {
                Rule::Sum
            } else {
                Rule::First
            });
        }
    }

    pub(super) fn columns(&mut self, ui: &mut Ui, session: &Session) {
        ui.label(RichText::new(session.tr("app-join-columns")).strong());
        let with_rules = self.has_several() && self.has_rules();
        let scroll = ScrollArea::vertical().id_salt("join columns").max_height(132.0);
        scroll.auto_shrink([false, true]).show(ui, |ui| {
            for column in &mut self.columns {
                ui.horizontal(|ui| one(ui, session, column, with_rules));
            }
        });
    }
}

fn one(ui: &mut Ui, session: &Session, column: &mut Choice, with_rules: bool) {
    let named = |id| session.say(&Message::new(id).text("name", column.field.as_str()));
    let (name_label, rule_label) = (named("app-join-column-name"), named("app-join-column-rule"));
    ui.allocate_ui_with_layout(
        egui::vec2(220.0, ui.spacing().interact_size.y),
        egui::Layout::left_to_right(egui::Align::Center),
        |ui| {
            ui.set_min_width(220.0);
            ui.add(egui::Checkbox::new(&mut column.is_taken, column.field.as_str()));
        },
    );
    if !column.is_taken {
        return;
    }
    ui.weak(session.tr("app-join-as"));
    ui.add(TextEdit::singleline(&mut column.name).desired_width(180.0)).accessible_name(name_label);
    if !with_rules {
        return;
    }
    let now = column.rule.map_or_else(String::new, |rule| session.say(&rule_message(rule)));
    let combo = icons::combo_box(("join rule", column.field.as_str())).width(150.0);
    let shown = combo.selected_text(now).show_ui(ui, |ui| {
        for rule in Rule::ALL.into_iter().filter(|rule| rule.fits(column.kind)) {
            let text = session.say(&rule_message(rule));
            if chosen::item(ui, column.rule == Some(rule), text).clicked() {
                column.rule = Some(rule);
            }
        }
    });
    shown.response.accessible_name(rule_label);
}
