//! What the person chose for the charts of a layer, and the boxes to choose it in.

use egui::Ui;

use super::super::chosen;
use super::super::icons;
use super::super::session::Session;
use super::super::style_panel::fields;
use super::making::Wanted;
use crate::i18n::Message;
use crate::table::Table;

/// What kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Spread,
    PerValue,
    Scatter,
    Course,
}

/// What bars of values are as long as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    Count,
    Sum,
    Mean,
}

impl Measure {
    const ALL: [Measure; 3] = [Measure::Count, Measure::Sum, Measure::Mean];

    pub fn id(self) -> &'static str {
        match self {
            Measure::Count => "app-chart-count",
            Measure::Sum => "app-chart-sum",
            Measure::Mean => "app-chart-mean",
        }
    }
}

/// What the person chose for a layer; fields by name.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    pub kind: Kind,
    field: String,
    by: String,
    number: String,
    /// The two of a scatter: along the bottom, along the side.
    across: String,
    up: String,
    /// Of a course: when, and what a line is of; empty for one line.
    time: String,
    each: String,
    measure: Measure,
    pub in_view: bool,
}

impl Choice {
    /// What a layer's charts begin with.
    pub fn first(table: &Table) -> Choice {
        let name = |wanted: fields::Wanted| {
            wanted.first(table).map(|field| field.name.clone()).unwrap_or_default()
        };
        let (number, value) = (name(fields::Wanted::Numbers), name(fields::Wanted::Values));
        let field = if number.is_empty() { value.clone() } else { number.clone() };
        let measure = if number.is_empty() { Measure::Count } else { Measure::Sum };
        // Two numbers that differ, where there are two.
        let mut numbers = fields::Wanted::Numbers.of(table).map(|field| &field.name);
        let across = numbers.find(|name| **name != number).unwrap_or(&number).clone();
        let up = number.clone();
        // Readings of a thing have its name, again and again.
        let naming = table.naming_field().and_then(|at| table.fields.get(at));
        let each = naming.filter(|field| fields::repeats(table, &field.name));
        let each = each.map(|field| field.name.clone()).unwrap_or_default();
        let (kind, time) = (Kind::Spread, name(fields::Wanted::Moments));
        Choice { kind, field, by: value, number, across, up, time, each, measure, in_view: false }
    }

    /// The same for another kind of chart.
    pub fn with(self, kind: Kind) -> Choice {
        Choice { kind, ..self }
    }

    /// What is to be charted; none where a field is gone.
    pub fn wanted(&self, table: &Table) -> Option<Wanted> {
        let of = |name: &str| table.field_index(name);
        match self.kind {
            Kind::Spread => of(&self.field).map(Wanted::Spread),
            Kind::PerValue => {
                let number = of(&self.number).filter(|_| self.measure != Measure::Count);
                Some(Wanted::PerValue { by: of(&self.by)?, number })
            }
            Kind::Scatter => Some(Wanted::Scatter([of(&self.across)?, of(&self.up)?])),
            Kind::Course => {
                let fields = [of(&self.time)?, of(&self.number)?];
                Some(Wanted::Course { fields, by: of(&self.each) })
            }
        }
    }

    /// The field without which there is no chart.
    pub fn named(&self) -> &str {
        match self.kind {
            Kind::Spread => &self.field,
            Kind::PerValue => &self.by,
            Kind::Scatter => &self.up,
            Kind::Course => &self.time,
        }
    }

    /// What the bars of a chart are as long as.
    pub fn measure_of(&self, wanted: Wanted) -> Measure {
        match wanted {
            Wanted::PerValue { number: Some(_), .. } if self.measure == Measure::Mean => {
                Measure::Mean
            }
            Wanted::PerValue { number: Some(_), .. } => Measure::Sum,
            _ => Measure::Count,
        }
    }
}

/// What is charted, and of which rows.
pub(super) fn choose(
    ui: &mut Ui,
    session: &Session,
    table: &Table,
    choice: &mut Choice,
    has_place: bool,
) {
    let mut kinds = vec![(Kind::Spread, "app-chart-spread")];
    if fields::Wanted::Values.of(table).next().is_none() {
        fields::none(ui, session, fields::Wanted::Values);
        return;
    }
    kinds.push((Kind::PerValue, "app-chart-per-value"));
    let numbers = fields::Wanted::Numbers.of(table).take(2).count();
    if numbers > 1 {
        kinds.push((Kind::Scatter, "app-chart-scatter"));
    }
    if numbers > 0 && fields::Wanted::Moments.of(table).next().is_some() {
        kinds.push((Kind::Course, "app-chart-course"));
    }
    ui.horizontal_wrapped(|ui| {
        for (kind, id) in kinds {
            chosen::tab_value(ui, &mut choice.kind, kind, session.say(&Message::new(id)));
        }
    });
    match choice.kind {
        Kind::Scatter => {
            let (across, up) = (session.tr("app-chart-across"), session.tr("app-chart-up"));
            field(ui, table, fields::Wanted::Numbers, &across, &mut choice.across);
            field(ui, table, fields::Wanted::Numbers, &up, &mut choice.up);
        }
        Kind::Spread => {
            let label = session.tr("app-style-field");
            field(ui, table, fields::Wanted::Values, &label, &mut choice.field);
        }
        Kind::PerValue => {
            let label = session.tr("app-chart-by");
            field(ui, table, fields::Wanted::Values, &label, &mut choice.by);
            measure(ui, session, table, &mut choice.measure);
            if choice.measure != Measure::Count {
                let label = session.tr("app-chart-number");
                field(ui, table, fields::Wanted::Numbers, &label, &mut choice.number);
            }
        }
        Kind::Course => {
            let (number, time) = (session.tr("app-chart-number"), session.tr("app-chart-time"));
            field(ui, table, fields::Wanted::Numbers, &number, &mut choice.number);
            field(ui, table, fields::Wanted::Moments, &time, &mut choice.time);
            each(ui, session, table, &mut choice.each);
        }
    }
    if has_place {
        ui.checkbox(&mut choice.in_view, session.tr("app-chart-in-view"));
    }
}

fn measure(ui: &mut Ui, session: &Session, table: &Table, of: &mut Measure) {
    let mut measures = Measure::ALL.to_vec();
    if fields::Wanted::Numbers.of(table).next().is_none() {
        measures = vec![Measure::Count];
    }
    ui.horizontal(|ui| {
        let label = session.tr("app-chart-measure");
        fields::label_before(ui, &label);
        let shown = session.say(&Message::new(of.id()));
        let combo = icons::combo_box("measure").width(190.0).selected_text(shown);
        let shown = combo.show_ui(ui, |ui| {
            for measure in measures {
                let name = session.say(&Message::new(measure.id()));
                chosen::value(ui, of, measure, name);
            }
        });
        shown.response.accessible_name(label);
    });
}

/// What a line is of: one of all rows, or one for each value of a field.
fn each(ui: &mut Ui, session: &Session, table: &Table, each: &mut String) {
    ui.horizontal(|ui| {
        let label = session.tr("app-chart-each");
        fields::label_before(ui, &label);
        let one = session.tr("app-chart-one-line");
        let shown = table.field(each).map_or_else(|| one.clone(), |f| f.title().to_owned());
        let combo = icons::combo_box("each").width(190.0).selected_text(shown);
        let shown = combo.show_ui(ui, |ui| {
            chosen::value(ui, each, String::new(), one);
            for field in fields::Wanted::Values.of(table) {
                chosen::value(ui, each, field.name.clone(), field.title());
            }
        });
        shown.response.accessible_name(label);
    });
}

fn field(ui: &mut Ui, table: &Table, wanted: fields::Wanted, label: &str, name: &mut String) {
    ui.horizontal(|ui| {
        fields::label_before(ui, label);
        fields::choose(ui, table, wanted, (label, label), name);
    });
}
