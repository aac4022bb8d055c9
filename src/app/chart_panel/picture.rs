//! What a chart shows, ready to be drawn: on the screen, on a page, as a table.

use egui::Color32;

use super::super::session::Session;
use super::super::swatch::on_screen;
use super::choice::{Choice, Measure};
use super::making::{Made, Part, Wanted};
use super::words;
use crate::i18n::Message;
use crate::project::Layer;
use crate::style::{By, Class, Color, Per};
use crate::table::{Axis, BarOf, Bars, PartKind, Tally};

/// A bar as it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bar {
    /// Its place among the bars as they were made.
    pub at: usize,
    pub name: String,
    /// How long it is; none where there is nothing to tell (a mean of nothing).
    pub value: Option<f64>,
    pub rows: u64,
    /// How long its part is that is selected.
    pub chosen: Option<f64>,
    pub chosen_rows: u64,
    /// It stands for all values without a bar of their own: its number is told, but drawn it would
    /// make the others too short to compare.
    pub is_rest: bool,
    /// The colour of the class that it is of.
    pub color: Option<Color>,
}

impl Bar {
    /// All that the bar says, for who does not see it.
    pub fn words(&self, session: &Session, measure: Option<(Measure, &str)>) -> String {
        let number = match measure {
            Some((measure, title)) if measure != Measure::Count => {
                let value = self
                    .value
                    .map_or_else(|| "–".to_owned(), |value| words::figure(value, session.language));
                format!("{} {title} {value}, ", session.tr(measure.id()))
            }
            _ => String::new(),
        };
        let id = if self.chosen_rows > 0 { "app-chart-bar-chosen" } else { "app-chart-bar" };
        let message = Message::new(id)
            .text("name", self.name.as_str())
            .text("number", number)
            .count("rows", self.rows)
            .count("chosen", self.chosen_rows);
        session.say(&message)
    }
}

/// The bars of a chart, in the order in which they stand.
pub(super) fn bars(
    session: &Session,
    layer: &Layer,
    made: &Made,
    part: Option<&Part>,
    choice: &Choice,
) -> Vec<Bar> {
    let Some(of) = made.bars() else { return Vec::new() };
    let field = match made.key.wanted {
        Wanted::PerValue { by, .. } => by,
        other => other.field(),
    };
    let measure = choice.measure_of(made.key.wanted);
    let colors = Colors::of(session, layer, made, field);
    let tallies = of.bars.iter().zip(&of.tallies).enumerate();
    let mut bars: Vec<Bar> = tallies
        .map(|(at, (bar, tally))| {
            let chosen = part.and_then(|part| part.tallies.get(at)).filter(|part| part.rows > 0);
            Bar {
                at,
                name: words::bar(session, made, field, *bar),
                value: measure.value(tally),
                rows: tally.rows,
                is_rest: matches!(bar, BarOf::Others(_)),
                chosen: chosen.and_then(|tally| measure.value(tally)),
                chosen_rows: chosen.map_or(0, |tally| tally.rows),
                color: colors.as_ref().and_then(|colors| colors.of_bar(of, *bar)),
            }
        })
        .collect();
    if measure != Measure::Count {
        // The others stay last, whatever they come to.
        bars.sort_by(|a, b| {
            let is_other = |bar: &Bar| matches!(of.bars.get(bar.at), Some(BarOf::Others(_)));
            let value = |bar: &Bar| bar.value.unwrap_or(f64::NEG_INFINITY);
            is_other(a).cmp(&is_other(b)).then(value(b).total_cmp(&value(a)))
        });
    }
    bars
}

impl Measure {
    /// How long a bar is.
    #[expect(clippy::cast_precision_loss, reason = "the length of a bar")]
    fn value(self, tally: &Tally) -> Option<f64> {
        match self {
            Measure::Count => Some(tally.rows as f64),
            Measure::Sum => (tally.numbers > 0).then_some(tally.sum),
            Measure::Mean => tally.mean(),
        }
    }
}

/// The colours of a layer's classes, where they are by the field charted.
struct Colors<'a> {
    classes: Vec<(&'a Class, Option<Color>)>,
    class_of: Box<dyn Fn(usize) -> Option<usize> + 'a>,
}

impl<'a> Colors<'a> {
    fn of(session: &'a Session, layer: &'a Layer, made: &Made, field: usize) -> Option<Colors<'a>> {
        let by = &layer.style.as_ref()?.by;
        let name = &made.table().fields.get(field)?.name;
        let is_same = match by {
            By::Value(_) => by.field() == Some(name.as_str()),
            By::Number(by) => by.of.field == *name && by.of.per == Per::Nothing,
            By::Nothing | By::Crossed(_) | By::Rules(_) => false,
        };
        let partition = session.derived.classes.partition(layer.id).filter(|_| is_same)?;
        let vision = session.derived.classes.vision;
        let is_line = session.main_kind(layer) == Some(PartKind::Line);
        let symbols = session.class_symbols(layer).into_iter();
        let colors = symbols.map(|symbol| {
            let symbol = vision.of_symbol(symbol?);
            let color = if is_line { symbol.stroke } else { symbol.fill };
            Some(color.with_alpha(255))
        });
        let classes = partition.classes.iter().map(|(class, _)| class).zip(colors).collect();
        Some(Colors { classes, class_of: Box::new(|row| partition.class_of(row)) })
    }

    fn of_bar(&self, bars: &Bars, bar: BarOf) -> Option<Color> {
        match bar {
            BarOf::Value(row) => self.classes.get((self.class_of)(row)?)?.1,
            BarOf::Others(_) => {
                let other =
                    |(class, _): &&(&Class, Option<Color>)| matches!(class, Class::Other(_));
                self.classes.iter().find(other)?.1
            }
            BarOf::Range([from, to]) => {
                // The class of the middle; of whole numbers the last belongs to the next bar.
                let to = if bars.axis == Some(Axis::Whole) { to - 1.0 } else { to };
                let middle = from / 2.0 + to / 2.0;
                let ranges = self.classes.iter().filter_map(|(class, color)| match class {
                    Class::Range { upper, .. } => Some((*upper, *color)),
                    _ => None,
                });
                let ranges: Vec<(f64, Option<Color>)> = ranges.collect();
                let found = ranges.iter().find(|(upper, _)| middle <= *upper).or(ranges.last())?;
                found.1
            }
        }
    }
}

/// The colour of a bar on the screen.
pub(super) fn color(ui: &egui::Ui, bar: &Bar) -> Color32 {
    // Paler than the accent, so that the part selected stands out on it.
    bar.color.map_or_else(|| super::super::theme::accent(ui).gamma_multiply(0.6), on_screen)
}
