//! What is charted, made by jobs: of the rows shown, and of those selected among them.

use std::sync::Arc;

use arrow_array::BooleanArray;

use super::super::Wake;
use super::super::derived::Same;
use super::course::MOST_LINES;
use crate::jobs::{Cancelled, Job, Watch};
use crate::map::LayerScene;
use crate::table::{Bars, Course, CourseLine, Extent, RowSet, Scatter, Statistics, Table, Tally};

/// How many values have a bar of their own.
const MOST_BARS: usize = 30;

/// What a chart is of; fields by position.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wanted {
    /// How the values of a field are spread.
    Spread(usize),
    /// Rows by the values of a field, and perhaps a number of theirs.
    PerValue { by: usize, number: Option<usize> },
    /// Two numbers: along the bottom, along the side.
    Scatter([usize; 2]),
    /// A number in the course of time: when, what; a line for each value of a field.
    Course { fields: [usize; 2], by: Option<usize> },
}

impl Wanted {
    /// The field that figures are about.
    pub fn field(self) -> usize {
        match self {
            Wanted::Spread(field) => field,
            Wanted::PerValue { by, number } => number.unwrap_or(by),
            Wanted::Scatter([_, up]) | Wanted::Course { fields: [_, up], .. } => up,
        }
    }

    /// The field that tells the lines of a course apart.
    pub fn each(self) -> Option<usize> {
        match self {
            Wanted::Course { by, .. } => by,
            Wanted::Spread(_) | Wanted::PerValue { .. } | Wanted::Scatter(_) => None,
        }
    }

    fn number(self) -> Option<usize> {
        match self {
            Wanted::PerValue { number, .. } => number,
            Wanted::Spread(_) | Wanted::Scatter(_) | Wanted::Course { .. } => None,
        }
    }
}

/// What a chart follows from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Key {
    pub table: Same<Table>,
    pub mask: Option<Same<BooleanArray>>,
    /// Only rows in view: longitude and latitude in WGS 84, and where the rows are.
    pub in_view: Option<(Extent, Same<LayerScene>)>,
    pub wanted: Wanted,
}

impl Key {
    /// Starts making it.
    pub fn start(&self, wake: &Wake) -> Job<Result<Arc<Made>, Cancelled>> {
        let (key, wake) = (self.clone(), wake.clone());
        Job::start("chart", move || wake(), move |watch| key.make(watch).map(Arc::new))
    }

    fn make(self, watch: &Watch) -> Result<Made, Cancelled> {
        let mask = self.mask.as_ref().map(|mask| RowSet::of_mask(&mask.0));
        let seen = self.in_view.as_ref().map(|(extent, scene)| scene.0.rows_in(extent));
        let rows = mask.into_iter().chain(seen).reduce(|some, others| some.and(&others));
        let table = &self.table.0;
        let facts = |field: usize| {
            let mask = rows.as_ref().map(RowSet::to_mask);
            Statistics::of(table, field, mask.as_ref(), watch)
        };
        let field = self.wanted.field();
        let found = facts(field)?;
        let rows_of = rows.as_ref();
        let drawn = match self.wanted {
            Wanted::Spread(_) => match Bars::of_steps(table, field, &found, rows_of, watch)? {
                Some(bars) => Drawn::Bars(bars),
                None => {
                    Drawn::Bars(Bars::of_values(table, field, &found, MOST_BARS, rows_of, watch)?)
                }
            },
            Wanted::PerValue { by, .. } => {
                let values = if by == field { found.clone() } else { facts(by)? };
                Drawn::Bars(Bars::of_values(table, by, &values, MOST_BARS, rows_of, watch)?)
            }
            Wanted::Scatter(fields) => match Scatter::of(table, fields, rows_of, watch)? {
                Some(scatter) => Drawn::Scatter(scatter),
                None => Drawn::Nothing,
            },
            Wanted::Course { fields, by } => match Course::of(table, fields, by, rows_of, watch)? {
                Some(course) => Drawn::Course(course),
                None => Drawn::Nothing,
            },
        };
        let drawn = match drawn {
            Drawn::Bars(bars) if bars.bars.is_empty() => Drawn::Nothing,
            Drawn::Bars(bars) => Drawn::Bars(bars.tallied(table, self.wanted.number(), watch)?),
            other => other,
        };
        Ok(Made { facts: found, drawn, rows, key: self })
    }
}

/// What is drawn.
#[derive(Debug)]
pub(super) enum Drawn {
    /// There is nothing to draw.
    Nothing,
    Bars(Bars),
    Scatter(Scatter),
    Course(Course),
}

/// A chart and its figures.
#[derive(Debug)]
pub(super) struct Made {
    pub key: Key,
    pub facts: Statistics,
    pub drawn: Drawn,
    /// The rows it is of; none for all.
    pub rows: Option<RowSet>,
}

impl Made {
    pub fn table(&self) -> &Table {
        &self.key.table.0
    }

    pub fn bars(&self) -> Option<&Bars> {
        match &self.drawn {
            Drawn::Bars(bars) => Some(bars),
            Drawn::Nothing | Drawn::Scatter(_) | Drawn::Course(_) => None,
        }
    }
}

/// What the part selected of a chart follows from.
#[derive(Clone, PartialEq)]
pub(super) struct PartKey {
    pub made: Same<Made>,
    pub selected: RowSet,
}

/// The part of a chart that is selected.
pub(super) struct Part {
    pub rows: RowSet,
    pub facts: Statistics,
    pub tallies: Vec<Tally>,
    pub cells: Vec<u64>,
    /// The first lines of a course with selected rows, as many as are drawn.
    pub lines: Vec<usize>,
}

impl PartKey {
    /// Starts counting it.
    pub fn start(&self, wake: &Wake) -> Job<Result<Part, Cancelled>> {
        let (key, wake) = (self.clone(), wake.clone());
        Job::start("selected in chart", move || wake(), move |watch| key.make(watch))
    }

    fn make(&self, watch: &Watch) -> Result<Part, Cancelled> {
        let made = &self.made.0;
        let rows = made
            .rows
            .as_ref()
            .map_or_else(|| self.selected.clone(), |rows| rows.and(&self.selected));
        let (table, wanted) = (made.table(), made.key.wanted);
        let mask = rows.to_mask();
        let facts = Statistics::of(table, wanted.field(), Some(&mask), watch)?;
        let (tallies, cells, lines) = (Vec::new(), Vec::new(), Vec::new());
        let mut part = Part { rows, facts, tallies, cells, lines };
        match &made.drawn {
            Drawn::Nothing => {}
            Drawn::Course(course) => {
                let is_chosen = |line: &CourseLine| {
                    line.rows.iter().any(|row| part.rows.contains(*row as usize))
                };
                let lines = course.lines.iter().enumerate();
                let chosen = lines.filter(|(_, line)| is_chosen(line)).map(|(at, _)| at);
                part.lines = chosen.take(MOST_LINES).collect();
            }
            Drawn::Bars(bars) => {
                part.tallies = bars.tally(table, wanted.number(), Some(&part.rows), watch)?;
            }
            Drawn::Scatter(scatter) => {
                part.cells = scatter.count(table, Some(&part.rows), watch)?;
            }
        }
        Ok(part)
    }
}

/// What is chosen in a chart.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Brushed {
    /// Bars, from one to another.
    Bars([usize; 2]),
    /// The least and the greatest across, then up.
    Within([[f64; 2]; 2]),
    /// A line.
    Line(usize),
}

impl Brushed {
    /// Starts finding the rows.
    pub fn start(self, made: &Arc<Made>, wake: &Wake) -> Job<Option<RowSet>> {
        let (made, wake) = (made.clone(), wake.clone());
        Job::start(
            "rows of a chart",
            move || wake(),
            move |watch| match (self, &made.drawn) {
                (Brushed::Bars([from, to]), Drawn::Bars(bars)) => {
                    let meant = from.min(to)..=from.max(to);
                    Some(bars.rows_of(|bar| meant.contains(&bar)))
                }
                (Brushed::Within(within), Drawn::Scatter(scatter)) => {
                    scatter.rows_in(made.table(), within, made.rows.as_ref(), watch).ok()
                }
                (Brushed::Within([time, _]), Drawn::Course(course)) => {
                    Some(course.rows_within(made.table(), time))
                }
                (Brushed::Line(line), Drawn::Course(course)) => {
                    Some(course.rows_of(made.table(), line))
                }
                _ => None,
            },
        )
    }
}
