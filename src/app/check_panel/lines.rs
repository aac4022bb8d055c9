//! The list of what was found: a line for each kind, under it one for each finding. Only the lines
//! in sight are made.

use egui::{
    Align, Button, EventFilter, Id, Key, Label, Layout, Modifiers, RichText, ScrollArea, Sense,
};
use egui::{Role, Ui, WidgetInfo, vec2};

use super::super::actions::{Action, Actions};
use super::super::chosen::{self, Edge};
use super::super::icons::{self, Icon};
use super::super::session::Session;
use super::super::shortcuts;
use super::found::{Found, LISTED};
use super::{CheckPanel, severity_color};
use crate::check::{Finding, Group, Kind, Severity, With};
use crate::i18n::Message;
use crate::project::{Layer, LayerId};
use crate::table::Table;

/// The height of a line, points.
const LINE: f32 = 24.0;

/// How far what is under a kind is set in, points.
const INDENT: f32 = 24.0;

/// How far page up and page down go, lines.
const PAGE: usize = 10;

/// How many bytes of a row's name are shown.
const NAME_BYTES: usize = 60;

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Line {
    /// A kind, by the number of its group.
    Group(usize),
    /// A line of what the kind means.
    About(usize, usize),
    /// A finding of a group.
    Finding(usize, usize),
    /// How many more there are.
    More(usize, usize),
}

/// The lines of groups; the findings of those that are unfolded. `about` is what each kind means, in
/// as many lines as that takes.
fn lines(found: &Found, about: &[Vec<String>], is_open: impl Fn(Kind) -> bool) -> Vec<Line> {
    let mut lines = Vec::new();
    for (at, group) in found.report.groups().iter().enumerate() {
        lines.push(Line::Group(at));
        if !is_open(group.kind) {
            continue;
        }
        let about = about.get(at).map_or(0, Vec::len);
        lines.extend((0..about).map(|line| Line::About(at, line)));
        let all = found.report.of(group).len();
        lines.extend((0..all.min(LISTED)).map(|finding| Line::Finding(at, finding)));
        if all > LISTED {
            lines.push(Line::More(at, all - LISTED));
        }
    }
    lines
}

/// What goes to a finding.
fn go_to(layer: LayerId, found: &Found, group: usize, at: usize) -> Option<Action> {
    let finding = found.report.of(found.report.groups().get(group)?).get(at)?;
    let place = found.places.get(group).and_then(|places| places.get(at)).copied().flatten();
    let rows = std::iter::once(finding.row).chain(finding.with.row().and_then(|row| {
        // Both are selected, so that one sees what is like what.
        u32::try_from(row).ok()
    }));
    Some(Action::GoToFinding { layer, rows: rows.collect(), place })
}

impl CheckPanel {
    /// The list.
    pub(super) fn lines(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        found: &Found,
        out: &mut Actions,
    ) {
        if found.report.groups().is_empty() {
            return;
        }
        let about: Vec<Vec<String>> = found
            .report
            .groups()
            .iter()
            .map(|group| {
                if self.open.contains(&group.kind) { about(ui, session, group) } else { Vec::new() }
            })
            .collect();
        let lines = lines(found, &about, |kind| self.open.contains(&kind));
        let Some(loaded) = session.loaded(layer) else { return };
        // Room for the buttons under it.
        let room = (ui.available_height() - 48.0).max(LINE * 3.0);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), room), Sense::hover());
        let mut ui = ui.new_child(
            egui::UiBuilder::new().max_rect(rect).layout(Layout::top_down_justified(Align::Min)),
        );
        self.keys(&ui, session, layer.id, found, &lines, out);
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut scroll = ScrollArea::vertical().id_salt("found").auto_shrink(false);
        if std::mem::take(&mut self.has_moved)
            && let Some(at) = self.line_of_chosen(found, &lines)
        {
            // In the middle of what is in sight.
            #[expect(clippy::cast_precision_loss, reason = "a few thousand lines")]
            let top = at as f32 * LINE - (room - LINE) / 2.0;
            scroll = scroll.vertical_scroll_offset(top.max(0.0));
        }
        scroll.show_rows(&mut ui, LINE, lines.len(), |ui, shown| {
            for line in lines.get(shown).unwrap_or_default() {
                match line {
                    Line::Group(at) => self.group(ui, session, found, *at),
                    Line::About(at, line) => {
                        let text = about.get(*at).and_then(|lines| lines.get(*line));
                        line_of(ui, |ui| {
                            ui.add_space(INDENT);
                            let text = RichText::new(text.map_or("", String::as_str));
                            ui.label(text.small().weak());
                        });
                    }
                    Line::Finding(group, at) => {
                        self.finding(
                            ui,
                            session,
                            layer,
                            (&loaded.table, found),
                            (*group, *at),
                            out,
                        );
                    }
                    Line::More(_, count) => {
                        let more = Message::new("check-more").count("count", *count as u64);
                        line_of(ui, |ui| {
                            ui.add_space(INDENT);
                            ui.label(RichText::new(session.say(&more)).small().weak());
                        });
                    }
                }
            }
        });
    }

    /// A kind with how much of it there is.
    fn group(&mut self, ui: &mut Ui, session: &Session, found: &Found, at: usize) {
        let Some(group) = found.report.groups().get(at) else { return };
        let is_open = self.open.contains(&group.kind);
        let name = session.say(&group.kind.message());
        let count = session.say(&group.count());
        let severity = session.say(&group.kind.severity().message());
        let label = format!("{severity}: {name}, {count}");
        let response = ui.push_id(group.kind, |ui| {
            let size = vec2(ui.available_width(), LINE);
            let (rect, response) = ui.allocate_exact_size(size, Sense::click());
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_open, &label));
            if ui.is_rect_visible(rect) {
                let visuals = *ui.style().interact(&response);
                if response.hovered() || response.has_focus() {
                    let rim = visuals.corner_radius;
                    ui.painter().rect_filled(rect, rim, visuals.weak_bg_fill);
                }
                let color = severity_color(ui, group.kind.severity());
                let mut within = ui.new_child(
                    egui::UiBuilder::new()
                        .max_rect(rect)
                        .layout(Layout::left_to_right(Align::Center)),
                );
                within.spacing_mut().item_spacing.x = 4.0;
                let fold = if is_open { Icon::Down } else { Icon::Right };
                sign(&mut within, fold, visuals.text_color());
                sign(&mut within, sign_of(group.kind.severity()), color);
                within.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.add_space(4.0);
                    let places = RichText::new(short_count(session, group)).small().weak();
                    ui.add(Label::new(places).selectable(false));
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(
                            Label::new(RichText::new(&name).strong()).truncate().selectable(false),
                        );
                    });
                });
            }
            response.on_hover_text(label.as_str())
        });
        if response.inner.clicked() && !self.open.remove(&group.kind) {
            self.open.insert(group.kind);
        }
    }

    /// A finding; a click goes there.
    fn finding(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        layer: &Layer,
        (table, found): (&Table, &Found),
        (group, at): (usize, usize),
        out: &mut Actions,
    ) {
        let Some(of) = found.report.groups().get(group) else { return };
        let Some(finding) = found.report.of(of).get(at) else { return };
        let is_on = self.chosen == Some((of.kind, at));
        let text = text_of(session, table, found, finding);
        ui.push_id((of.kind, at), |ui| {
            line_of(ui, |ui| {
                ui.add_space(20.0);
                let button = chosen::button(ui, Edge::Left, is_on, text, Button::truncate);
                if button.clicked() {
                    self.chosen = Some((of.kind, at));
                    out.extend(go_to(layer.id, found, group, at));
                }
            });
        });
    }

    fn line_of_chosen(&self, found: &Found, lines: &[Line]) -> Option<usize> {
        let (kind, at) = self.chosen?;
        let group = found.report.groups().iter().position(|group| group.kind == kind)?;
        lines.iter().position(|line| *line == Line::Finding(group, at))
    }

    /// Up and down move through the findings while the list has the focus; Enter goes there again.
    fn keys(
        &mut self,
        ui: &Ui,
        session: &Session,
        layer: LayerId,
        found: &Found,
        lines: &[Line],
        out: &mut Actions,
    ) {
        // The same whatever stands above the list.
        let id = Id::unique("check found");
        let response = ui.interact(ui.max_rect(), id, Sense::focusable_noninteractive());
        let label = session.tr("app-check-list");
        response.widget_info(|| WidgetInfo::labeled(Role::List, true, &label));
        if !response.has_focus() {
            return;
        }
        shortcuts::leave_to_list(ui.ctx());
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let findings: Vec<(usize, usize)> = lines
            .iter()
            .filter_map(|line| match line {
                Line::Finding(group, at) => Some((*group, *at)),
                _ => None,
            })
            .collect();
        let place = self.line_of_chosen(found, lines).and_then(|line| lines.get(line));
        let now = place.and_then(|line| match line {
            Line::Finding(group, at) => findings.iter().position(|it| it == &(*group, *at)),
            _ => None,
        });
        let last = findings.len().saturating_sub(1);
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let to = if pressed(Key::ArrowDown) {
            now.map_or(0, |now| now + 1)
        } else if pressed(Key::ArrowUp) {
            now.map_or(0, |now| now.saturating_sub(1))
        } else if pressed(Key::PageDown) {
            now.map_or(0, |now| now + PAGE)
        } else if pressed(Key::PageUp) {
            now.map_or(0, |now| now.saturating_sub(PAGE))
        } else if pressed(Key::Home) {
            0
        } else if pressed(Key::End) {
            last
        } else if pressed(Key::Enter) {
            now.unwrap_or(0)
        } else {
            return;
        };
        let Some((group, at)) = findings.get(to.min(last)).copied() else {
            // Nothing is unfolded yet: the first kind is.
            self.open.extend(found.report.groups().first().map(|group| group.kind));
            return;
        };
        let kind = found.report.groups().get(group).map(|group| group.kind);
        self.chosen = kind.map(|kind| (kind, at));
        self.has_moved = true;
        out.extend(go_to(layer, found, group, at));
    }
}

/// A line as high as all others.
fn line_of(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let size = vec2(ui.available_width(), LINE);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(size);
        content(ui);
    });
}

/// What a kind means, cut into lines that fit.
fn about(ui: &Ui, session: &Session, group: &Group) -> Vec<String> {
    let text = session.say(&group.kind.about());
    let font = egui::TextStyle::Small.resolve(ui.style());
    let width = (ui.available_width() - INDENT - 16.0).max(80.0);
    let galley = ui.painter().layout(text, font, egui::Color32::PLACEHOLDER, width);
    galley.rows.iter().map(|row| row.text()).collect()
}

fn sign(ui: &mut Ui, icon: Icon, color: egui::Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
    icons::paint(ui.painter(), icon, rect.center(), color);
}

/// Beside its colour each severity has a sign of its own.
fn sign_of(severity: Severity) -> Icon {
    match severity {
        Severity::Invalid => Icon::Close,
        Severity::Doubtful => Icon::Warning,
        Severity::Note => Icon::Info,
    }
}

fn short_count(session: &Session, group: &Group) -> String {
    crate::i18n::format_integer(session.language, i64::try_from(group.places).unwrap_or(i64::MAX))
}

/// The row's number and name, and what else is known.
fn text_of(session: &Session, table: &Table, found: &Found, finding: &Finding) -> String {
    let row = Message::new("app-check-row").count("row", u64::from(finding.row) + 1);
    let mut parts = vec![session.say(&row)];
    let name = found.naming.map(|column| table.value(finding.row as usize, column));
    if let Some(name) = name.filter(|name| !name.is_null()) {
        parts.push(name.shortened(NAME_BYTES).0.in_language(session.language));
    }
    match finding.with {
        With::Nothing => {}
        With::Row(row) => {
            let like = Message::new("check-with-row").count("row", u64::from(row) + 1);
            parts.push(session.say(&like));
        }
        With::Overlap(row, area) => {
            let area = session.settings.units.format_area(session.language, area);
            let with = Message::new("check-with-overlap")
                .text("area", area)
                .count("row", u64::from(row) + 1);
            parts.push(session.say(&with));
        }
    }
    if finding.times > 1 {
        let times = Message::new("check-times").count("times", u64::from(finding.times));
        parts.push(session.say(&times));
    }
    parts.join(" · ")
}

/// All that is listed as text, for the clipboard.
pub(super) fn text(session: &Session, layer: &Layer, found: &Found) -> String {
    let mut text = layer.name.clone();
    let Some(loaded) = session.loaded(layer) else { return text };
    for group in found.report.groups() {
        text.push_str(&format!(
            "\n{}: {}, {}",
            session.say(&group.kind.severity().message()),
            session.say(&group.kind.message()),
            session.say(&group.count()),
        ));
        let findings = found.report.of(group);
        for finding in findings.iter().take(LISTED) {
            text.push_str(&format!("\n  {}", text_of(session, &loaded.table, found, finding)));
        }
        if findings.len() > LISTED {
            let more = (findings.len() - LISTED) as u64;
            let more = Message::new("check-more").count("count", more);
            text.push_str(&format!("\n  {}", session.say(&more)));
        }
    }
    text
}
