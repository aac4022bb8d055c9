//! A condition to change: as rules, and as text with completion. The text is the condition; the
//! rules are read from it where it has that shape, and written to it when they are changed.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{RichText, Stroke, Ui};

use super::super::derived::Same;
use super::super::icons;
use super::Look;
use super::carry::Unfinished;
use super::complete::Completing;
use super::rules;
use super::tree::Tree;
use crate::i18n::Message;
use crate::query::builder::Group;
use crate::query::{Condition, QueryError};
use crate::table::{FieldKind, Table};

pub(super) struct ConditionEdit {
    pub sql: String,
    /// The rules; none where rules cannot say what the text says.
    tree: Option<Tree>,
    /// Whether the text is no condition, and the rules are those of the last one that was: they
    /// stay in view, so that nothing jumps while a person types.
    is_stale: bool,
    /// The text and table the rules were read from, or the text they were written to.
    read: Option<(String, Same<Table>)>,
    completing: Completing,
    /// Rules that were not finished when the text became one that rules cannot say.
    unfinished: Vec<Unfinished>,
    /// The last key that a rule had: those that stay must not get the same one as others.
    keys: u64,
}

impl ConditionEdit {
    pub fn of(sql: &str) -> ConditionEdit {
        ConditionEdit {
            sql: sql.to_owned(),
            tree: None,
            is_stale: false,
            read: None,
            completing: Completing::default(),
            unfinished: Vec::new(),
            keys: 0,
        }
    }

    /// Takes another text, from elsewhere. What is not finished stays.
    pub fn adopt(&mut self, sql: &str) {
        if self.sql != sql {
            sql.clone_into(&mut self.sql);
        }
    }

    /// Whether there is a rule that is not finished, or a text that is no condition.
    pub fn is_unfinished(&self) -> bool {
        let is_whole = |group: &Group| group.rules().iter().all(|rule| rule.is_complete());
        self.is_stale
            || !self.unfinished.is_empty()
            || self.tree.as_ref().is_some_and(|tree| !is_whole(&tree.group()))
    }

    /// Ends searches whose list is closed; answers whether one goes on.
    pub fn rest(&mut self) -> bool {
        self.tree.as_mut().is_some_and(Tree::rest)
    }

    /// Reads the rules where the text or the table changed.
    pub fn sync(&mut self, table: &Arc<Table>) {
        let is_read = self
            .read
            .as_ref()
            .is_some_and(|(sql, known)| *sql == self.sql && Arc::ptr_eq(&known.0, table));
        if !is_read {
            self.is_stale = Condition::parse(&self.sql).is_err();
            if !self.is_stale {
                self.read_rules(table);
            }
            self.read = Some((self.sql.clone(), Same(table.clone())));
        }
    }

    fn read_rules(&mut self, table: &Table) {
        let mut waiting = std::mem::take(&mut self.unfinished);
        if let Some(mut before) = self.tree.take() {
            waiting.extend(before.take_unfinished());
            self.keys = before.next;
        }
        waiting.retain(|one| one.is_about(&|field| table.field_index(field).is_some()));
        let group = Group::read(&self.sql, table);
        self.tree = group.map(|group| Tree::after(&group, self.keys));
        match &mut self.tree {
            Some(tree) => tree.put_unfinished(waiting),
            None => self.unfinished = waiting,
        }
    }

    /// Whether there is no text and no rule, finished or not.
    pub fn is_blank(&self) -> bool {
        let rules = self.tree.as_ref().is_some_and(|tree| !tree.root.branches.is_empty());
        self.sql.trim().is_empty() && !rules && self.unfinished.is_empty()
    }

    /// The fields that statistics are wanted of, by position.
    pub fn fields(&self, table: &Table) -> Vec<usize> {
        let group = self.tree.as_ref().map(Tree::group);
        let rules = group.iter().flat_map(Group::rules);
        let mut fields: Vec<usize> =
            rules.filter_map(|rule| table.field_index(&rule.field)).collect();
        fields.extend(self.completing.field());
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    /// The rules, with buttons to add and remove.
    pub fn show_rules(&mut self, ui: &mut Ui, look: &Look<'_>) {
        let Some(tree) = &mut self.tree else {
            let id = if self.is_stale { "app-filter-not-yet" } else { "app-filter-only-text" };
            ui.add(egui::Label::new(RichText::new(look.session.tr(id)).weak()).wrap());
            return;
        };
        if self.is_stale {
            ui.add_enabled_ui(false, |ui| rules::show(ui, look, tree));
            return;
        }
        if rules::show(ui, look, tree) {
            self.sql = tree.group().sql();
            self.read = Some((self.sql.clone(), Same(look.table.clone())));
        }
    }

    /// The condition as text, which can be folded away.
    pub fn show_text(&mut self, ui: &mut Ui, look: &Look<'_>, error: Option<&QueryError>) {
        let title = look.session.tr("app-filter-as-text");
        let title = RichText::new(title).small();
        icons::fold(title)
            .id_salt(("text", look.prefix))
            .default_open(true)
            .show_unindented(ui, |ui| self.text(ui, look, error, "app-filter-condition"));
    }

    /// The text without a fold around it.
    pub fn text(
        &mut self,
        ui: &mut Ui,
        look: &Look<'_>,
        error: Option<&QueryError>,
        label: &'static str,
    ) {
        let label = look.session.say(&Message::new(label).text("layer", look.prefix));
        let hint = example(look);
        self.completing.show(ui, look, &mut self.sql, error, (&label, hint));
        if let Some(error) = error {
            explain(ui, look, error, &mut self.sql);
        }
    }
}

/// What is wrong, and a button with what was perhaps meant.
fn explain(ui: &mut Ui, look: &Look<'_>, error: &QueryError, sql: &mut String) {
    let text = RichText::new(look.session.say(&error.message)).color(ui.visuals().error_fg_color);
    ui.label(text);
    if let Some(suggestion) = &error.suggestion {
        let text = Message::new("app-filter-did-you-mean").text("word", suggestion.as_str());
        if ui.button(look.session.say(&text)).clicked() && sql.get(error.span.clone()).is_some() {
            sql.replace_range(error.span.clone(), suggestion);
        }
    }
}

/// The text laid out, the word that is wrong underlined.
pub(super) fn marked(ui: &Ui, text: &str, span: Option<&Range<usize>>, width: f32) -> LayoutJob {
    let plain = TextFormat {
        font_id: egui::TextStyle::Monospace.resolve(ui.style()),
        color: ui.visuals().text_color(),
        ..TextFormat::default()
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    let parts = span.and_then(|span| {
        // At the end of the text there is no word: the one before it is marked.
        let before = text.get(..span.start)?;
        Some((before, text.get(span.clone())?, text.get(span.end..)?))
    });
    match parts {
        None => job.append(text, 0.0, plain),
        Some((before, wrong, after)) => {
            let red = ui.visuals().error_fg_color;
            let underlined =
                TextFormat { color: red, underline: Stroke::new(1.5, red), ..plain.clone() };
            job.append(before, 0.0, plain.clone());
            job.append(wrong, 0.0, underlined);
            job.append(after, 0.0, plain);
        }
    }
    job
}

/// A condition that would fit the table, as an example.
fn example(look: &Look<'_>) -> String {
    let table = look.table;
    let number = table.fields.iter().find(|field| field.kind == FieldKind::Number);
    let number = number.or(table.fields.iter().find(|field| field.kind == FieldKind::Integer));
    let text = table.fields.iter().position(|field| field.kind == FieldKind::Text);
    let text = text.and_then(|at| {
        let rows = 0..table.rows().min(50);
        let value = |row| table.value(row, at).shortened(60).0.to_data_text();
        let value = rows.map(value).find(|value| !value.is_empty())?;
        let name = &table.fields.get(at)?.name;
        let value: String = value.chars().take(30).collect();
        let (name, value) = (Condition::written_name(name), Condition::written_text(&value));
        Some(format!("{name} = {value}"))
    });
    let number = number.map(|field| format!("{} > 50", Condition::written_name(&field.name)));
    let parts: Vec<String> = [text, number].into_iter().flatten().collect();
    if parts.is_empty() {
        return look.session.tr("app-filter-hint");
    }
    let example = parts.join(" AND ");
    look.session.say(&Message::new("app-filter-example").text("condition", example))
}
