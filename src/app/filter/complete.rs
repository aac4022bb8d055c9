//! The text of a condition with a list of what may come next: arrows choose, Enter or Tab put in,
//! Escape closes, Ctrl+Space opens.

use egui::text::{CCursor, CCursorRange};
use egui::{
    Event, EventFilter, FontSelection, Key, Modifiers, Popup, PopupCloseBehavior, RichText,
    ScrollArea, TextEdit, Ui,
};

use super::super::chosen::{self, Edge};
use super::Look;
use super::condition::marked;
use crate::query::{
    Condition, Expected, Expects, QueryError, Suggestion, SuggestionKind, expected, suggestions,
};
use crate::table::Value;

/// The most values of a field that are offered.
const MOST_VALUES: usize = 500;
/// How many lines of the list are seen at once, and how high one is, points.
const SEEN: usize = 8;
const LINE: f32 = 22.0;
/// Longer texts are not offered, bytes.
const LONGEST: usize = 200;

#[derive(Default)]
pub(super) struct Completing {
    open: Option<Open>,
}

struct Open {
    expected: Expected,
    list: Vec<Suggestion>,
    chosen: Option<usize>,
    /// Whether the field's values were known.
    has_values: bool,
    /// Whether the choice was moved by a key, so that the list follows.
    moved: bool,
    hovered: bool,
}

/// How the list ends.
enum End {
    Take,
    Close,
}

impl Completing {
    /// The field whose values are wanted.
    pub fn field(&self) -> Option<usize> {
        match self.open.as_ref()?.expected.expects {
            Expects::Value { field, .. } => Some(field),
            _ => None,
        }
    }

    /// The text field and its list.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        look: &Look<'_>,
        sql: &mut String,
        error: Option<&QueryError>,
        (label, hint): (&str, String),
    ) {
        let id = ui.make_persistent_id(("sql", look.prefix));
        let is_focused = ui.memory(|memory| memory.has_focus(id));
        if is_focused {
            self.take_keys(ui, id, sql);
        }
        let mut layouter = |ui: &Ui, text: &dyn egui::TextBuffer, width: f32| {
            let job = marked(ui, text.as_str(), error.map(|error| &error.span), width);
            ui.fonts_mut(|fonts| fonts.layout_job(job))
        };
        let takes = self.open.as_ref().is_some_and(|open| open.chosen.is_some());
        let filter = EventFilter {
            horizontal_arrows: true,
            vertical_arrows: true,
            tab: takes,
            escape: self.open.is_some(),
        };
        let shown = TextEdit::multiline(sql)
            .id(id)
            .hint_text(hint)
            .font(FontSelection::Style(egui::TextStyle::Monospace))
            .desired_rows(3)
            .desired_width(f32::INFINITY)
            .event_filter(filter)
            .layouter(&mut layouter)
            .show(ui);
        let response = shown.response.response.accessible_name(label);
        let cursor = shown.cursor_range.map(|range| range.primary.index.0);
        let asked =
            is_focused && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Space));
        if (response.changed() && response.has_focus()) || asked {
            self.open = cursor.and_then(|cursor| Open::at(look, sql, byte_of(sql, cursor)));
        } else if let Some(open) = &mut self.open {
            let here = cursor.map(|cursor| byte_of(sql, cursor));
            let has_left = !response.has_focus() || here != Some(open.expected.span.end);
            if has_left && !open.hovered {
                self.open = None;
            } else if !open.has_values && values(look, &open.expected).is_some() {
                let chosen = open.chosen;
                self.open = Open::at(look, sql, open.expected.span.end);
                if let Some(open) = &mut self.open {
                    open.chosen = chosen.or(open.chosen);
                }
            }
        }
        if self.list(&response, look) {
            self.put_in(ui, id, sql);
            response.request_focus();
        }
    }

    /// The keys that the list takes from the text, in the order they were pressed: several may come
    /// in one frame.
    fn take_keys(&mut self, ui: &Ui, id: egui::Id, sql: &mut String) {
        let Some(open) = &mut self.open else { return };
        let last = open.list.len().saturating_sub(1);
        let mut end = None;
        ui.input_mut(|input| {
            input.events.retain(|event| {
                let Event::Key { key, pressed: true, modifiers, .. } = event else { return true };
                if end.is_some() || modifiers.any() {
                    return true;
                }
                match key {
                    Key::ArrowDown if !open.list.is_empty() => {
                        open.chosen = Some(open.chosen.map_or(0, |at| (at + 1).min(last)));
                    }
                    Key::ArrowUp => open.chosen = open.chosen.and_then(|at| at.checked_sub(1)),
                    Key::Escape => end = Some(End::Close),
                    Key::Enter | Key::Tab if open.chosen.is_some() => end = Some(End::Take),
                    _ => return true,
                }
                open.moved = true;
                false
            });
        });
        match end {
            None => {}
            Some(End::Close) => self.open = None,
            Some(End::Take) => self.put_in(ui, id, sql),
        }
    }

    /// Puts the choice in place of the word, with the cursor behind it.
    fn put_in(&mut self, ui: &Ui, id: egui::Id, sql: &mut String) {
        let Some(open) = self.open.take() else { return };
        let Some(made) = open.chosen.and_then(|at| open.list.get(at)) else { return };
        let mut span = open.expected.span.clone();
        // A closing quote that is there already is part of the word.
        let rest = sql.get(span.end..).unwrap_or_default();
        if made.text.ends_with('\'') && rest.starts_with('\'') {
            span.end += 1;
        }
        let Some(before) = sql.get(..span.start) else { return };
        let rest = sql.get(span.end..).unwrap_or_default();
        let space =
            if made.text.ends_with('(') || rest.starts_with([' ', ')', ',']) { "" } else { " " };
        let cursor = before.chars().count() + made.text.chars().count() + space.len();
        *sql = format!("{before}{}{space}{rest}", made.text);
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(cursor))));
        TextEdit::store_state(ui.ctx(), id, state);
    }

    /// The list under the field; whether one of it was clicked.
    fn list(&mut self, field: &egui::Response, look: &Look<'_>) -> bool {
        let Some(open) = &mut self.open else { return false };
        let mut clicked = false;
        let popup = Popup::from_response(field)
            .id(field.id.with("completion"))
            .open(true)
            .close_behavior(PopupCloseBehavior::IgnoreClicks)
            .accessible_name(look.session.tr("app-filter-suggestions"))
            .gap(2.0)
            .width(field.rect.width() - 16.0);
        let shown = popup.show(|ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let height = open.list.iter().take(SEEN).map(|_| LINE + 1.0).sum();
            let lines = ScrollArea::vertical().max_height(height).min_scrolled_height(height);
            lines.auto_shrink([false, true]).show(ui, |ui| {
                for (at, made) in open.list.iter().enumerate() {
                    let is_chosen = open.chosen == Some(at);
                    let line = line(ui, look, made, is_chosen);
                    if is_chosen && open.moved {
                        line.scroll_to_me(None);
                    }
                    if line.clicked() {
                        open.chosen = Some(at);
                        clicked = true;
                    }
                }
            });
        });
        open.moved = false;
        open.hovered = shown.is_some_and(|shown| shown.response.contains_pointer());
        clicked
    }
}

fn line(ui: &mut Ui, look: &Look<'_>, made: &Suggestion, is_chosen: bool) -> egui::Response {
    let kind = look.session.tr(match made.kind {
        SuggestionKind::Field => "app-filter-is-field",
        SuggestionKind::Function => "app-filter-is-function",
        SuggestionKind::Word => "app-filter-is-word",
        SuggestionKind::Value => "app-filter-is-value",
    });
    let text = RichText::new(&made.text).monospace();
    let kind = RichText::new(kind).small().weak();
    let size = egui::vec2(ui.available_width(), LINE);
    let dress = |button: egui::Button<'static>| button.right_text(kind).truncate().min_size(size);
    chosen::button(ui, Edge::Left, is_chosen, text, dress)
}

impl Open {
    fn at(look: &Look<'_>, sql: &str, cursor: usize) -> Option<Open> {
        let expected = expected(sql, cursor, look.table)?;
        let known = values(look, &expected);
        let has_values = known.is_some();
        let list = suggestions(&expected, look.table, &known.unwrap_or_default());
        let waits = matches!(expected.expects, Expects::Value { .. }) && !has_values;
        if list.is_empty() && !waits {
            return None;
        }
        // Where nothing is typed yet, Enter and Tab stay what they are.
        let chosen = (!expected.word.is_empty() && !list.is_empty()).then_some(0);
        Some(Open { expected, list, chosen, has_values, moved: false, hovered: false })
    }
}

/// The values of the field that one is wanted of, as a condition writes them; none while unknown.
fn values(look: &Look<'_>, expected: &Expected) -> Option<Vec<String>> {
    let Expects::Value { field, .. } = expected.expects else { return Some(Vec::new()) };
    let facts = look.facts.of(look.table, field)?;
    let written = facts.values.iter().take(MOST_VALUES).filter_map(|value| {
        let value = look.table.value(value.row, field);
        match value {
            Value::Text(text) | Value::Json(text) => {
                (text.len() <= LONGEST).then(|| Condition::written_text(text))
            }
            Value::Date(_) | Value::DateTime(..) => {
                Some(Condition::written_text(&value.to_data_text()))
            }
            Value::Boolean(value) => Some(if value { "TRUE" } else { "FALSE" }.to_owned()),
            other => Some(other.to_data_text()),
        }
    });
    Some(written.collect())
}

/// The byte of a character of the text.
fn byte_of(text: &str, character: usize) -> usize {
    text.char_indices().nth(character).map_or(text.len(), |(at, _)| at)
}
