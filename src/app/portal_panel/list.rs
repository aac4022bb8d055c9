//! The datasets of a catalogue: searched at each letter, narrowed by choices, sorted.

use std::sync::Arc;

use egui::{Align, Button, Layout, RichText, ScrollArea, TextEdit, Ui};

use super::catalogue::Shop;
use super::key::KeyField;
use super::{job, line};
use crate::app::chosen;
use crate::app::derived::Same;
use crate::app::icons::{self, Icon};
use crate::app::keyed::Keyed;
use crate::app::layers_panel::progress;
use crate::app::session::Session;
use crate::i18n::{Message, format_date};
use crate::jobs::Job;
use crate::portal::{Catalogue, CatalogueAnswer, CatalogueFilter, CatalogueSort, Dataset};

type Question = (Same<Catalogue>, CatalogueFilter);

/// The list's own state.
#[derive(Default)]
pub(super) struct List {
    filter: CatalogueFilter,
    is_narrowing: bool,
    answer: Keyed<Question, CatalogueAnswer>,
    key: KeyField,
    pub wants_focus: bool,
}

/// How long ago a dataset must have been changed at most.
const SINCE: [(Option<i64>, &str); 5] = [
    (None, "app-portal-since-any"),
    (Some(1), "app-portal-since-day"),
    (Some(7), "app-portal-since-week"),
    (Some(31), "app-portal-since-month"),
    (Some(366), "app-portal-since-year"),
];

impl List {
    pub fn update(&mut self, shop: &Shop, session: &Session) {
        let Some(catalogue) = &shop.catalogue else { return };
        let question = (Same(Arc::clone(catalogue)), self.filter.clone());
        self.answer.want(question, |(catalogue, filter)| {
            let (catalogue, filter) = (Arc::clone(&catalogue.0), filter.clone());
            job(&session.wake, move |_| catalogue.find(&filter))
        });
    }

    pub fn is_busy(&self) -> bool {
        self.answer.job().is_some()
    }

    /// Shows the list; answers the dataset taken.
    pub fn show(&mut self, ui: &mut Ui, session: &Session, shop: &mut Shop) -> Option<Dataset> {
        self.search_line(ui, session);
        let answer = self.answer.latest().cloned().unwrap_or_default();
        if self.is_narrowing {
            self.choices(ui, session, &answer);
        }
        self.state(ui, session, shop, &answer);
        let catalogue = Arc::clone(shop.catalogue.as_ref()?);
        let mut taken = None;
        let scroll = ScrollArea::vertical().id_salt("datasets").auto_shrink(false);
        ui.spacing_mut().item_spacing.y = 2.0;
        scroll.show_rows(ui, line::HEIGHT, answer.found.len(), |ui, rows| {
            for at in answer.found.get(rows).unwrap_or_default() {
                let Some(dataset) = catalogue.datasets.get(*at) else { continue };
                if row(ui, session, dataset) {
                    taken = Some(dataset.clone());
                }
            }
        });
        taken
    }

    fn search_line(&mut self, ui: &mut Ui, session: &Session) {
        // What it is wide stays free for the button: a field that pushes it makes the panel grow.
        let room = egui::vec2(ui.available_width(), 30.0);
        ui.allocate_ui_with_layout(room, Layout::right_to_left(Align::Center), |ui| {
            let label = session.tr("app-portal-narrow-list");
            if icons::toggle(ui, Icon::Filter, &label, self.is_narrowing).clicked() {
                self.is_narrowing = !self.is_narrowing;
            }
            let field = TextEdit::singleline(&mut self.filter.text)
                .desired_width((ui.available_width() - 8.0).max(60.0))
                .hint_text(session.tr("app-portal-search-hint"));
            let field = ui.add(field).accessible_name(session.tr("app-portal-search"));
            if std::mem::take(&mut self.wants_focus) {
                field.request_focus();
            }
        });
    }

    fn choices(&mut self, ui: &mut Ui, session: &Session, answer: &CatalogueAnswer) {
        let filter = &mut self.filter;
        one_of(ui, session, "app-portal-theme", &mut filter.themes, &answer.themes);
        one_of(ui, session, "app-portal-publisher", &mut filter.publishers, &answer.publishers);
        one_of(ui, session, "app-portal-keyword", &mut filter.keywords, &answer.keywords);
        let today = chrono::Local::now().date_naive();
        let day = |days: Option<i64>| {
            days.and_then(|days| today.checked_sub_signed(chrono::TimeDelta::days(days)))
        };
        let since = SINCE.map(|(days, id)| (day(days), session.say(&Message::new(id))));
        pick(ui, session, "app-portal-since", &mut filter.updated_since, &since);
        let sorts = [
            (CatalogueSort::Best, "app-portal-sort-best"),
            (CatalogueSort::Title, "app-portal-sort-title"),
            (CatalogueSort::Modified, "app-portal-sort-modified"),
            (CatalogueSort::Records, "app-portal-sort-records"),
        ];
        let sorts = sorts.map(|(sort, id)| (sort, session.say(&Message::new(id))));
        pick(ui, session, "app-portal-sort", &mut filter.sort, &sorts);
        ui.horizontal(|ui| {
            ui.checkbox(&mut filter.with_geometry, session.tr("app-portal-with-place"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let clear = Button::new(session.tr("app-portal-clear")).small();
                if ui.add_enabled(filter.is_narrowed(), clear).clicked() {
                    *filter = CatalogueFilter {
                        text: std::mem::take(&mut filter.text),
                        sort: filter.sort,
                        ..CatalogueFilter::default()
                    };
                }
            });
        });
        ui.separator();
    }

    /// How many were found, from when the catalogue is, and what is being done about it.
    fn state(&mut self, ui: &mut Ui, session: &Session, shop: &mut Shop, answer: &CatalogueAnswer) {
        if let Some(error) = shop.error.clone() {
            let mut text = session.say(&error.what());
            if let Some(remedy) = error.remedy() {
                text = format!("{text}. {}", session.say(&remedy));
            }
            let color = ui.visuals().error_fg_color;
            ui.add(egui::Label::new(RichText::new(text).color(color)).wrap());
            let has_key = self.key.show(ui, session, &shop.info, &error);
            let is_empty = shop.catalogue.is_none();
            if has_key || (is_empty && ui.button(session.tr("app-portal-again")).clicked()) {
                shop.fetch(session);
            }
        }
        let progress_of = shop.fetching().map(Job::fraction);
        if let Some(fraction) = progress_of {
            ui.horizontal(|ui| {
                progress(ui, fraction, &session.tr("app-portal-fetching"));
                if icons::button(ui, Icon::Close, &session.tr("app-cancel")).clicked() {
                    shop.cancel();
                }
            });
        }
        let Some(catalogue) = shop.catalogue.clone() else { return };
        ui.horizontal(|ui| {
            let as_u64 = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
            let count = Message::new("app-portal-found")
                .count("found", as_u64(answer.found.len()))
                .count("total", catalogue.total);
            ui.label(RichText::new(session.say(&count)).small().weak());
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let day = catalogue.fetched_at.with_timezone(&chrono::Local).date_naive();
                let from = Message::new("app-portal-catalogue-of")
                    .text("day", format_date(session.language, day));
                let refresh = Button::new(RichText::new(session.say(&from)).small()).frame(false);
                let refresh = ui.add_enabled(progress_of.is_none(), refresh);
                if refresh.on_hover_text(session.tr("app-portal-refresh")).clicked() {
                    shop.fetch(session);
                }
            });
        });
        let missing = catalogue.total.saturating_sub(as_count(&catalogue));
        if missing > 0 {
            let text = Message::new("app-portal-not-all").count("count", missing);
            ui.label(RichText::new(session.say(&text)).small().color(ui.visuals().warn_fg_color));
        }
    }
}

fn as_count(catalogue: &Catalogue) -> u64 {
    u64::try_from(catalogue.datasets.len()).unwrap_or(u64::MAX)
}

/// A dataset in the list; answers whether it was taken.
fn row(ui: &mut Ui, session: &Session, dataset: &Dataset) -> bool {
    let mut facts = Vec::new();
    facts.push(session.tr(if dataset.has_place() {
        place_word(dataset)
    } else if dataset.has_records {
        "app-portal-table"
    } else {
        "app-portal-files"
    }));
    if let Some(records) = dataset.records {
        facts.push(session.say(&Message::new("app-portal-records").count("count", records)));
    }
    if !dataset.publisher.is_empty() {
        facts.push(dataset.publisher.clone());
    }
    let facts = facts.join(" · ");
    line::show(ui, &dataset.title, &facts, None).on_hover_text(&dataset.title).clicked()
}

fn place_word(dataset: &Dataset) -> &'static str {
    let has = |kind: &str| dataset.geometry_types.iter().any(|it| it.contains(kind));
    match (has("Point"), has("Line"), has("Polygon")) {
        (true, false, false) => "app-portal-points",
        (false, true, false) => "app-portal-lines",
        (false, false, true) => "app-portal-areas",
        _ => "app-portal-map",
    }
}

/// One of the values that the datasets found have, or any.
fn one_of(
    ui: &mut Ui,
    session: &Session,
    id: &'static str,
    chosen: &mut Vec<String>,
    values: &[(String, usize)],
) {
    let any = session.tr("app-portal-any");
    let mut choices = vec![(Vec::new(), any)];
    for (value, count) in values {
        choices.push((vec![value.clone()], format!("{value} ({count})")));
    }
    if let Some(lost) = chosen.first().filter(|it| !values.iter().any(|(name, _)| name == *it)) {
        choices.push((chosen.clone(), format!("{lost} (0)")));
    }
    pick(ui, session, id, chosen, &choices);
}

fn pick<T: Clone + PartialEq>(
    ui: &mut Ui,
    session: &Session,
    id: &'static str,
    value: &mut T,
    choices: &[(T, String)],
) {
    ui.horizontal(|ui| {
        let label = session.say(&Message::new(id));
        let label = ui.add_sized([84.0, 20.0], egui::Label::new(label).halign(Align::Min));
        let text = choices.iter().find(|(choice, _)| choice == value);
        let text = text.map(|(_, text)| text.clone()).unwrap_or_default();
        let combo = icons::combo_box(id).selected_text(text).truncate();
        let width = (ui.available_width() - 14.0).max(60.0);
        let shown = combo.width(width).show_ui(ui, |ui| {
            for (choice, text) in choices {
                chosen::value(ui, value, choice.clone(), text);
            }
        });
        shown.response.labelled_by(label.id);
    });
}
