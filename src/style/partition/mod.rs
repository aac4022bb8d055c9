//! Which class each row of a table is in, and what there is to know of the classes.

mod crossed;
mod dress;
mod numbers;
mod rules;
mod sizes;
mod values;

use std::sync::Arc;

use arrow_array::{Array, BooleanArray};

use super::breaks::Method;
use super::{By, CategoryValue, NumberOf, Steps, Style};
use crate::crs::CrsError;
use crate::i18n::Message;
use crate::jobs::{Cancelled, Watch};
use crate::query::QueryError;
use crate::table::Table;

pub use crossed::Side;
pub use numbers::Spread;

/// The most classes of values: more have no place in a legend.
pub const MOST_CATEGORIES: usize = 250;

/// How many sizes proportional symbols are drawn in: the step between them is not seen.
const LEVELS: u16 = 200;

/// The number of the class of rows that are not drawn.
const NONE: u16 = u16::MAX;

/// What decides which class rows are in: a style without how the classes look.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouping {
    /// What tells them apart.
    pub groups: Groups,
    /// The number that sizes follow, and the one that the largest symbol stands for.
    pub size: Option<(NumberOf, Option<f64>)>,
}

/// What tells rows apart; see [`By`].
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Groups {
    /// Nothing.
    #[default]
    Nothing,
    /// Values of a field.
    Value {
        /// The field's name.
        field: String,
        /// How many of the most frequent values, while none are listed.
        most: usize,
        /// The values.
        listed: Vec<CategoryValue>,
    },
    /// A number.
    Number {
        /// The number.
        of: NumberOf,
        /// How classes are made.
        method: Method,
        /// How many.
        count: usize,
        /// Breaks set by hand.
        breaks: Option<Vec<f64>>,
    },
    /// Two numbers: the one across in the legend, and the one that goes up.
    Crossed(Box<[Steps; 2]>),
    /// Conditions.
    Rules(Vec<String>),
}

impl Style {
    /// What decides the classes of rows; none where all rows look the same.
    pub fn grouping(&self) -> Option<Grouping> {
        if self.together.hides_all() {
            return None;
        }
        let groups = match &self.by {
            By::Nothing => Groups::Nothing,
            By::Value(by) => Groups::Value {
                field: by.field.clone(),
                most: by.most,
                listed: by.listed.iter().map(|category| category.value.clone()).collect(),
            },
            By::Number(by) => Groups::Number {
                of: by.of.clone(),
                method: by.method,
                count: by.count,
                breaks: by.breaks.clone(),
            },
            By::Crossed(by) => Groups::Crossed(Box::new([by.across.sound(), by.up.sound()])),
            By::Rules(by) => Groups::Rules(by.rules.iter().map(|rule| rule.sql.clone()).collect()),
        };
        let size = self.size.as_ref().map(|size| (size.of.clone(), size.at));
        (groups != Groups::Nothing || size.is_some()).then_some(Grouping { groups, size })
    }
}

/// What a class holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Class {
    /// All rows.
    All,
    /// Numbers above `lower` up to `upper`; in the first class also `lower` itself.
    Range {
        /// The lower end.
        lower: f64,
        /// The upper end.
        upper: f64,
    },
    /// A class of one number and a class of another: the places in [`Partition::sides`].
    Cell {
        /// From left to right in the legend.
        across: usize,
        /// From below to above.
        up: usize,
    },
    /// One value.
    Value(CategoryValue),
    /// So many other values.
    Other(u64),
    /// Rows without a value.
    Missing,
    /// The rows that meet a rule, by its place, and none before it.
    Rule(usize),
    /// The rows that meet no rule.
    Unmatched,
}

/// The class of each row.
#[derive(Clone, Debug, PartialEq)]
pub struct Partition {
    /// For each row the place of its symbol in [`Style::symbols`]; beyond its end where the row is
    /// not drawn.
    pub rows: Arc<Vec<u16>>,
    /// The classes in the order of the legend, and how many of the rows shown are in each.
    pub classes: Vec<(Class, u64)>,
    /// Of classes of a number: how the numbers are spread.
    pub spread: Option<Spread>,
    /// Of two numbers crossed: their classes, those across first.
    pub sides: Option<Box<[Side; 2]>>,
    /// Of sizes by number: the number that the largest symbol stands for.
    pub largest: Option<f64>,
    /// How many of the rows shown have no symbol, because the number for its size is missing or
    /// not above 0.
    pub unsized_rows: u64,
    /// How many of the rows shown have a number beyond the one of the largest symbol.
    pub beyond: u64,
    levels: u16,
}

impl Partition {
    /// The place of a row's class; none where the row is not drawn.
    pub fn class_of(&self, row: usize) -> Option<usize> {
        let place = usize::from(*self.rows.get(row)? / self.levels.max(1));
        (place < self.classes.len()).then_some(place)
    }

    /// Of two numbers crossed: how many classes there are across and up.
    pub fn grid(&self) -> [usize; 2] {
        let [across, up] = self
            .sides
            .as_deref()
            .map_or([0; 2], |[across, up]| [across.ranges.len(), up.ranges.len()]);
        [across, up]
    }
}

/// Why rows have no classes.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PartitionError {
    /// The table has no such field.
    #[error("there is no field {0:?}")]
    NoField(String),
    /// The field holds no numbers.
    #[error("the field {0:?} has no numbers")]
    NoNumbers(String),
    /// Rows have no area.
    #[error("the layer has no areas with a known place")]
    NoAreas,
    /// There is no way to measure areas.
    #[error(transparent)]
    Crs(#[from] CrsError),
    /// A rule's condition does not work.
    #[error("rule {rule}: {error}")]
    Rule {
        /// The place of the rule, from 0.
        rule: usize,
        /// What is wrong.
        error: QueryError,
    },
    /// The person cancelled.
    #[error(transparent)]
    Cancelled(#[from] Cancelled),
}

impl PartitionError {
    /// In words.
    pub fn message(&self) -> Message {
        match self {
            PartitionError::NoField(field) => {
                Message::new("style-no-field").text("field", field.as_str())
            }
            PartitionError::NoNumbers(field) => {
                Message::new("style-no-numbers").text("field", field.as_str())
            }
            PartitionError::NoAreas => Message::new("style-no-areas"),
            PartitionError::Crs(error) => error.message(),
            PartitionError::Rule { rule, error } => Message::new("style-rule-error")
                .count("rule", *rule as u64 + 1)
                .message("message", error.message.clone()),
            PartitionError::Cancelled(_) => Message::new("error-cancelled"),
        }
    }
}

/// Finds the class of each row. Breaks of numbers follow from the rows shown; which values are the
/// most frequent follows from all rows, so that a filter changes no colours. Takes time with the
/// rows: work for a job.
///
/// # Errors
/// When a field is missing or of the wrong kind, a rule does not work, or the person cancelled.
pub fn partition(
    table: &Table,
    grouping: &Grouping,
    shown: Option<&BooleanArray>,
    watch: &Watch,
) -> Result<Partition, PartitionError> {
    let shown = Shown(shown);
    let (mut spread, mut sides) = (None, None);
    let (mut rows, classes) = match &grouping.groups {
        Groups::Nothing => (vec![0; table.rows()], vec![Class::All]),
        Groups::Value { field, most, listed } => {
            values::classes(table, field, *most, listed, watch)?
        }
        Groups::Number { of, method, count, breaks } => {
            let how = numbers::How { method: *method, count: *count, breaks: breaks.as_deref() };
            let (rows, classes, found) = numbers::classes(table, of, how, shown, watch)?;
            spread = Some(found);
            (rows, classes)
        }
        Groups::Crossed(steps) => {
            let (rows, classes, found) = crossed::classes(table, steps, shown, watch)?;
            sides = Some(Box::new(found));
            (rows, classes)
        }
        Groups::Rules(rules) => rules::classes(table, rules, watch)?,
    };
    watch.check()?;
    let mut counts = vec![0; classes.len()];
    for (row, class) in rows.iter().enumerate() {
        if let Some(count) = counts.get_mut(usize::from(*class)) {
            *count += u64::from(shown.has(row));
        }
    }
    let mut made = Partition {
        rows: Arc::new(Vec::new()),
        classes: classes.into_iter().zip(counts).collect(),
        spread,
        sides,
        largest: None,
        unsized_rows: 0,
        beyond: 0,
        levels: 1,
    };
    if let Some((of, at)) = &grouping.size {
        let numbers = numbers::of_rows(table, of, watch)?;
        sizes::apply(&mut made, &mut rows, &numbers, *at, shown);
    }
    made.rows = Arc::new(rows);
    Ok(made)
}

/// The number of each row; NaN where it has none.
///
/// # Errors
/// When the field is missing or holds no numbers, or the person cancelled.
pub fn numbers_of(table: &Table, of: &NumberOf, watch: &Watch) -> Result<Vec<f64>, PartitionError> {
    numbers::of_rows(table, of, watch)
}

/// Which rows a layer shows.
#[derive(Clone, Copy)]
struct Shown<'a>(Option<&'a BooleanArray>);

impl Shown<'_> {
    fn has(self, row: usize) -> bool {
        self.0.is_none_or(|mask| row < mask.len() && mask.is_valid(row) && mask.value(row))
    }
}

/// A field by its name.
fn field(table: &Table, name: &str) -> Result<usize, PartitionError> {
    table.field_index(name).ok_or_else(|| PartitionError::NoField(name.to_owned()))
}

#[cfg(test)]
mod tests;
