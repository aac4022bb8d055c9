//! The numbers of a field, of all rows shown and of those selected beside them.

use egui::{Align, Label, Layout, RichText, Ui, vec2};

use super::super::session::Session;
use super::super::table::statistics::value;
use super::making::{Drawn, Made, Part};
use super::words;
use crate::i18n::Message;
use crate::table::Statistics;

/// How high a line is, points.
const LINE: f32 = 18.0;

/// A number with its name.
pub(super) struct Figure {
    pub name: String,
    /// Of all rows shown.
    pub all: String,
    /// Of those selected among them; empty without any.
    pub chosen: String,
}

/// The numbers of a chart.
pub(super) fn of(session: &Session, made: &Made, part: Option<&Part>) -> Vec<Figure> {
    let all = lines(session, made, &made.facts);
    let chosen = part.map(|part| lines(session, made, &part.facts)).unwrap_or_default();
    let mut figures: Vec<Figure> = all
        .into_iter()
        .map(|(id, all)| {
            let chosen = chosen.iter().find(|(of, _)| *of == id);
            let chosen = chosen.map(|(_, text)| text.clone()).unwrap_or_default();
            Figure { name: session.say(&Message::new(id)), all, chosen }
        })
        .collect();
    if let Drawn::Course(course) = &made.drawn
        && course.without > 0
    {
        let name = session.say(&Message::new("app-chart-without-time"));
        let all = words::count(course.without, session.language);
        figures.insert(0, Figure { name, all, chosen: String::new() });
    }
    if let Drawn::Scatter(scatter) = &made.drawn {
        let mut more = |id: &'static str, all: String| {
            let name = session.say(&Message::new(id));
            figures.insert(0, Figure { name, all, chosen: String::new() });
        };
        if let Some(found) = scatter.correlation {
            more("app-chart-correlation", words::figure(found, session.language));
        }
        if scatter.without > 0 {
            more("app-chart-without", words::count(scatter.without, session.language));
        }
        more("app-chart-both", words::count(scatter.rows, session.language));
    }
    figures
}

fn lines(session: &Session, made: &Made, facts: &Statistics) -> Vec<(&'static str, String)> {
    let language = session.language;
    let count = |rows: u64| words::count(rows, language);
    let mut lines = vec![
        ("app-stat-rows", count(facts.rows)),
        ("app-stat-nulls", count(facts.nulls)),
        ("app-stat-distinct", count(facts.distinct)),
    ];
    if facts.not_finite > 0 {
        lines.push(("app-stat-not-finite", count(facts.not_finite)));
    }
    if let Some(numbers) = &facts.numbers {
        let figure = |number: f64| words::figure(number, language);
        lines.extend([
            ("app-stat-sum", figure(numbers.sum)),
            ("app-stat-mean", figure(numbers.mean)),
            ("app-stat-deviation", figure(numbers.deviation)),
            ("app-stat-least", figure(numbers.least)),
            ("app-stat-quartile-1", figure(numbers.quartiles[0])),
            ("app-stat-median", figure(numbers.median)),
            ("app-stat-quartile-3", figure(numbers.quartiles[1])),
            ("app-stat-most", figure(numbers.most)),
        ]);
    } else if let Some([least, most]) = facts.ends {
        let field = made.key.wanted.field();
        let value = |row| value(made.table(), field, row, language);
        lines.push(("app-stat-least", value(least)));
        lines.push(("app-stat-most", value(most)));
    }
    lines
}

/// Shows them.
pub(super) fn show(ui: &mut Ui, session: &Session, made: &Made, part: Option<&Part>) {
    let table = made.table();
    let field = table.fields.get(made.key.wanted.field());
    let title = field.map(|field| field.title().to_owned()).unwrap_or_default();
    let title = session.say(&Message::new("app-chart-numbers").text("field", title));
    ui.label(RichText::new(title).strong());
    let figures = of(session, made, part);
    ui.spacing_mut().item_spacing.y = 2.0;
    if part.is_some() {
        let [all, chosen] = ["app-chart-all", "app-chart-chosen"].map(|id| session.tr(id));
        row(ui, "", &RichText::new(all).weak(), Some(&RichText::new(chosen).weak()));
    }
    for figure in &figures {
        let chosen = part.map(|_| RichText::new(&figure.chosen));
        row(ui, &figure.name, &RichText::new(&figure.all), chosen.as_ref());
    }
}

/// A line of as many columns as there are; however long numbers are, the panel stays as wide as
/// it is.
fn row(ui: &mut Ui, name: &str, all: &RichText, chosen: Option<&RichText>) {
    let width = ui.available_width();
    let names = if chosen.is_some() { 0.44 } else { 0.56 };
    let numbers = (1.0 - names) / if chosen.is_some() { 2.0 } else { 1.0 };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let left = Layout::left_to_right(Align::Center);
        cell(ui, width * names, left, RichText::new(name).weak());
        for number in std::iter::once(all).chain(chosen) {
            cell(ui, width * numbers, Layout::right_to_left(Align::Center), number.clone());
        }
    });
}

fn cell(ui: &mut Ui, width: f32, layout: Layout, text: RichText) {
    ui.allocate_ui_with_layout(vec2(width, LINE), layout, |ui| {
        ui.set_min_width(width);
        ui.add(Label::new(text).truncate());
    });
}
