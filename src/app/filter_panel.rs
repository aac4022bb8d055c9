//! The filter of the active layer: a condition in SQL and one on place, tried while being typed.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Button, ComboBox, FontSelection, RichText, ScrollArea, Stroke, TextEdit, Ui};

use super::Wake;
use super::actions::{Action, Actions};
use super::derived::{Mask, MaskKey, select_message};
use super::icons::{self, Icon};
use super::keyed::Keyed;
use super::layers_panel::shown_of;
use super::session::Session;
use super::store::{Loaded, RowKind};
use crate::i18n::Message;
use crate::project::{Command, Filter, Layer, LayerId, Within};
use crate::query::{QueryError, Relation, SelectError};
use crate::table::{FieldKind, Table};

/// How long the person must pause before a condition is tried, seconds.
const PAUSE: f64 = 0.3;

/// The panel's own state.
#[derive(Default)]
pub(super) struct FilterPanel {
    draft: Option<Draft>,
}

/// A filter being typed.
struct Draft {
    layer: LayerId,
    filter: Filter,
    /// The layer's filter when the draft was last in step with it.
    known: Filter,
    changed_at: Option<f64>,
    trial: Keyed<MaskKey, Result<Mask, SelectError>>,
}

impl Draft {
    fn of(layer: &Layer) -> Draft {
        Draft {
            layer: layer.id,
            filter: layer.filter.clone(),
            known: layer.filter.clone(),
            changed_at: None,
            trial: Keyed::default(),
        }
    }
}

impl FilterPanel {
    /// Tries the draft and sends it to the document when it works. Called every frame.
    pub fn update(&mut self, ctx: &egui::Context, session: &mut Session, out: &mut Actions) {
        let Some(layer) = session.active_layer().cloned() else {
            self.draft = None;
            return;
        };
        let draft = match &mut self.draft {
            // Undo, or another panel, changed the filter.
            Some(draft) if draft.layer == layer.id && draft.known == layer.filter => draft,
            other => other.insert(Draft::of(&layer)),
        };
        let now = ctx.input(|input| input.time);
        if draft.changed_at.is_some_and(|at| now - at < PAUSE) {
            ctx.request_repaint_after_secs(0.1);
            return;
        }
        if draft.filter == draft.known && draft.changed_at.is_none() {
            return;
        }
        if draft.filter.is_empty() {
            draft.trial.forget();
            draft.changed_at = None;
            send(draft, out);
            return;
        }
        let document = session.history.document().clone();
        let key = MaskKey::new(&draft.filter, &layer, &document, &session.store);
        let Some(key) = key else { return };
        let wake: Wake = session.wake.clone();
        draft.trial.want(key.clone(), |key| key.start(&wake));
        if let Some(outcome) = draft.trial.of(&key) {
            draft.changed_at = None;
            if outcome.is_ok() && draft.filter != draft.known {
                let outcome = outcome.clone();
                session.derived.put_mask(layer.id, key, outcome);
                send(draft, out);
            }
        }
    }

    /// Whether a condition is waiting to be tried, or being tried.
    pub fn is_busy(&self) -> bool {
        let draft = self.draft.as_ref();
        draft.is_some_and(|draft| draft.changed_at.is_some() || draft.trial.job().is_some())
    }

    pub fn show(&mut self, ui: &mut Ui, session: &Session, out: &mut Actions) {
        let layer = session.active_layer();
        let found = layer.and_then(|layer| Some((layer, session.loaded(layer)?)));
        let (Some((layer, loaded)), Some(draft)) = (found, self.draft.as_mut()) else {
            ui.add_space(16.0);
            ui.vertical_centered(|ui| ui.weak(session.tr("app-filter-no-layer")));
            return;
        };
        if draft.layer != layer.id {
            return;
        }
        let before = draft.filter.clone();
        ScrollArea::vertical().id_salt("filter").auto_shrink(false).show(ui, |ui| {
            ui.strong(&layer.name);
            ui.add_space(2.0);
            own_condition(ui, session, draft, &loaded.table);
            verdict(ui, session, draft, layer, loaded);
            fields(ui, session, draft, &loaded.table);
            ui.separator();
            on_place(ui, session, draft, layer, loaded);
            ui.separator();
            let label = session.tr("app-filter-clear");
            if ui.add_enabled(!draft.filter.is_empty(), Button::new(label)).clicked() {
                draft.filter = Filter::default();
                out.push(Action::CloseStep);
            }
        });
        if draft.filter != before {
            draft.changed_at = Some(ui.input(|input| input.time));
        }
    }
}

fn send(draft: &mut Draft, out: &mut Actions) {
    draft.known = draft.filter.clone();
    out.push(Action::Run(Command::SetFilter(draft.layer, draft.filter.clone())));
}

/// The error of the draft as it stands.
fn error_of(draft: &Draft) -> Option<&SelectError> {
    let outcome = draft.trial.latest()?;
    outcome.as_ref().err().filter(|_| draft.filter != draft.known && !draft.filter.is_empty())
}

fn own_condition(ui: &mut Ui, session: &Session, draft: &mut Draft, table: &Table) {
    let error = match error_of(draft) {
        Some(SelectError::Condition(error)) => Some(error.clone()),
        _ => None,
    };
    let label = ui.label(RichText::new(session.tr("app-filter-condition")).small().weak());
    let hint = example(table, session);
    let field = condition_field(ui, &mut draft.filter.sql, error.as_ref(), hint);
    field.labelled_by(label.id);
    if let Some(error) = error {
        explain(ui, session, &error, &mut draft.filter.sql);
    }
}

/// A field for a condition, the word that is wrong underlined.
fn condition_field(
    ui: &mut Ui,
    sql: &mut String,
    error: Option<&QueryError>,
    hint: String,
) -> egui::Response {
    let mut layouter = |ui: &Ui, text: &dyn egui::TextBuffer, width: f32| {
        let job = marked(ui, text.as_str(), error.map(|error| &error.span), width);
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    };
    let field = TextEdit::multiline(sql)
        .hint_text(hint)
        .font(FontSelection::Style(egui::TextStyle::Monospace))
        .desired_rows(3)
        .desired_width(f32::INFINITY)
        .layouter(&mut layouter);
    ui.add(field)
}

fn marked(ui: &Ui, text: &str, span: Option<&Range<usize>>, width: f32) -> LayoutJob {
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

/// What is wrong, and a button with what was perhaps meant.
fn explain(ui: &mut Ui, session: &Session, error: &QueryError, sql: &mut String) {
    let text = RichText::new(session.say(&error.message)).color(ui.visuals().error_fg_color);
    ui.label(text);
    if let Some(suggestion) = &error.suggestion {
        let text = Message::new("app-filter-did-you-mean").text("word", suggestion.as_str());
        if ui.button(session.say(&text)).clicked() && sql.get(error.span.clone()).is_some() {
            sql.replace_range(error.span.clone(), suggestion);
        }
    }
}

fn verdict(ui: &mut Ui, session: &Session, draft: &Draft, layer: &Layer, loaded: &Loaded) {
    if draft.changed_at.is_some() || draft.trial.job().is_some() {
        ui.horizontal(|ui| {
            ui.spinner();
            ui.weak(session.tr("app-filter-working"));
        });
        return;
    }
    match error_of(draft) {
        // Said under the field it is about.
        Some(SelectError::Condition(_) | SelectError::AreaCondition(_)) => {}
        Some(other) => {
            let text = session.say(&select_message(other));
            ui.label(RichText::new(text).color(ui.visuals().error_fg_color));
        }
        None => {
            let count = match session.derived.mask(layer) {
                super::derived::MaskState::Some(mask) => shown_of(mask.shown, loaded),
                super::derived::MaskState::Failed(error) => {
                    let text = session.say(&select_message(error));
                    ui.label(RichText::new(text).color(ui.visuals().error_fg_color));
                    return;
                }
                _ => loaded.kind.count(loaded.table.rows() as u64),
            };
            ui.label(RichText::new(session.say(&count)).strong());
        }
    }
}

/// A condition that would fit the table, as an example.
fn example(table: &Table, session: &Session) -> String {
    let number = table.fields.iter().find(|field| field.kind == FieldKind::Number);
    let number = number.or(table.fields.iter().find(|field| field.kind == FieldKind::Integer));
    let text = table.fields.iter().position(|field| field.kind == FieldKind::Text);
    let text = text.and_then(|at| {
        let rows = 0..table.rows().min(50);
        let value = rows.map(|row| table.value(row, at).to_data_text()).find(|v| !v.is_empty())?;
        let name = &table.fields.get(at)?.name;
        let value: String = value.chars().take(30).collect();
        Some(format!("{} = '{}'", quoted(name), value.replace('\'', "''")))
    });
    let number = number.map(|field| format!("{} > 50", quoted(&field.name)));
    let parts: Vec<String> = [text, number].into_iter().flatten().collect();
    if parts.is_empty() {
        return session.tr("app-filter-hint");
    }
    let example = parts.join(" AND ");
    session.say(&Message::new("app-filter-example").text("condition", example))
}

/// A field's name as a condition needs it: between quotation marks unless it is a plain word.
fn quoted(name: &str) -> String {
    let mut letters = name.chars();
    let starts = letters.next().is_some_and(|first| first.is_ascii_lowercase() || first == '_');
    let plain = starts
        && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        && !RESERVED.contains(&name);
    if plain { name.to_owned() } else { format!("\"{}\"", name.replace('"', "\"\"")) }
}

/// Words that mean something else in a condition.
const RESERVED: [&str; 20] = [
    "all", "and", "any", "as", "between", "case", "cast", "date", "else", "end", "exists", "from",
    "in", "is", "like", "not", "null", "or", "then", "when",
];

fn fields(ui: &mut Ui, session: &Session, draft: &mut Draft, table: &Table) {
    let title = RichText::new(session.tr("app-filter-fields")).small().weak();
    ui.label(title);
    ScrollArea::vertical().id_salt("fields").max_height(110.0).auto_shrink([false, true]).show(
        ui,
        |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = egui::vec2(4.0, 4.0);
                for field in &table.fields {
                    let hint = session.tr(kind_word(field.kind));
                    let button = Button::new(RichText::new(&field.name).monospace().small());
                    if ui.add(button).on_hover_text(hint).clicked() {
                        insert(&mut draft.filter.sql, &quoted(&field.name));
                    }
                }
            });
        },
    );
}

/// Adds a word at the end.
fn insert(sql: &mut String, word: &str) {
    if !sql.is_empty() && !sql.ends_with([' ', '(', '\n']) {
        sql.push(' ');
    }
    sql.push_str(word);
    sql.push(' ');
}

/// The message that names a kind of field.
pub(super) fn kind_word(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Boolean => "app-kind-boolean",
        FieldKind::Integer => "app-kind-integer",
        FieldKind::Number => "app-kind-number",
        FieldKind::Text => "app-kind-text",
        FieldKind::Json => "app-kind-json",
        FieldKind::Date => "app-kind-date",
        FieldKind::DateTime(_) => "app-kind-datetime",
    }
}

fn relation_word(relation: Relation) -> &'static str {
    match relation {
        Relation::Intersects => "app-relation-intersects",
        Relation::Within => "app-relation-within",
        Relation::Disjoint => "app-relation-disjoint",
    }
}

fn on_place(ui: &mut Ui, session: &Session, draft: &mut Draft, layer: &Layer, loaded: &Loaded) {
    let title = RichText::new(session.tr("app-filter-place")).small().weak();
    ui.label(title);
    if loaded.table.geometry.is_none() {
        ui.weak(session.tr("app-filter-place-none"));
        return;
    }
    let document = session.document();
    let areas: Vec<&Layer> = document
        .layers
        .iter()
        .filter(|other| other.id != layer.id)
        .filter(|other| {
            let kind = session.loaded(other).map(|loaded| loaded.kind);
            matches!(kind, Some(RowKind::Polygons | RowKind::Mixed))
        })
        .collect();
    if areas.is_empty() && draft.filter.within.is_none() {
        ui.weak(session.tr("app-filter-place-no-areas"));
        return;
    }
    let anywhere = session.tr("app-filter-anywhere");
    let chosen = draft.filter.within.as_ref().and_then(|within| document.layer(within.layer));
    let chosen_name = chosen.map_or(anywhere.clone(), |layer| layer.name.clone());
    if draft.filter.within.is_some() {
        let relation =
            draft.filter.within.as_ref().map(|within| within.relation).unwrap_or_default();
        let mut changed = relation;
        let label = session.tr("app-filter-relation");
        let combo = ComboBox::from_id_salt("relation")
            .selected_text(session.tr(relation_word(relation)))
            .width(ui.available_width() - 12.0);
        let shown = combo.show_ui(ui, |ui| {
            for relation in [Relation::Within, Relation::Intersects, Relation::Disjoint] {
                let text = session.tr(relation_word(relation));
                ui.selectable_value(&mut changed, relation, text);
            }
        });
        shown.response.accessible_name(label);
        if let Some(within) = &mut draft.filter.within {
            within.relation = changed;
        }
    }
    ui.horizontal(|ui| {
        let width = ui.available_width() - 40.0;
        let combo = ComboBox::from_id_salt("areas").selected_text(chosen_name).width(width);
        let shown = combo.truncate().show_ui(ui, |ui| {
            if ui.selectable_label(draft.filter.within.is_none(), anywhere).clicked() {
                draft.filter.within = None;
            }
            for area in areas {
                let is_chosen = draft.filter.within.as_ref().is_some_and(|w| w.layer == area.id);
                if ui.selectable_label(is_chosen, &area.name).clicked() {
                    let relation = draft.filter.within.take().map(|within| within.relation);
                    draft.filter.within = Some(Within {
                        layer: area.id,
                        sql: String::new(),
                        relation: relation.unwrap_or(Relation::Within),
                    });
                }
            }
        });
        shown.response.accessible_name(session.tr("app-filter-areas"));
        if draft.filter.within.is_some()
            && icons::button(ui, Icon::Close, &session.tr("app-filter-anywhere-do")).clicked()
        {
            draft.filter.within = None;
        }
    });
    let error = match error_of(draft) {
        Some(SelectError::AreaCondition(error)) => Some(error.clone()),
        _ => None,
    };
    let areas_table: Option<Arc<Table>> =
        chosen.and_then(|layer| session.loaded(layer)).map(|loaded| loaded.table.clone());
    if let (Some(within), Some(table)) = (&mut draft.filter.within, areas_table) {
        let label = ui.label(RichText::new(session.tr("app-filter-areas-which")).small().weak());
        let hint = example(&table, session);
        condition_field(ui, &mut within.sql, error.as_ref(), hint).labelled_by(label.id);
        if let Some(error) = error {
            explain(ui, session, &error, &mut within.sql);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_where_a_condition_needs_it() {
        assert_eq!(quoted("wijk_nr2"), "wijk_nr2");
        assert_eq!(quoted("Wijk"), "\"Wijk\"");
        assert_eq!(quoted("naam (kort)"), "\"naam (kort)\"");
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
        assert_eq!(quoted("in"), "\"in\"");
        assert_eq!(quoted("1e"), "\"1e\"");
        let mut sql = "a > 1 AND".to_owned();
        insert(&mut sql, "b");
        assert_eq!(sql, "a > 1 AND b ");
    }
}
